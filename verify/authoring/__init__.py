"""How an author writes: short names for the nodes of the language. Nothing here is trusted: what is
proved is said by the nodes, and these are checked and printed as they are.
"""
