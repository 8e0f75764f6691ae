"""Recurrent networks: how gradients travel through time."""
