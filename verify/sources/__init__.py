"""Modules of derivations as files: which there are, what they say, and what they import.

Nothing here imports a derivation, or SymPy.
"""
