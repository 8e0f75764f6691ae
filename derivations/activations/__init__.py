"""Activation functions: slopes, limits and what small networks of them can represent."""
