"""Worlds and simulations of the regularisers."""
