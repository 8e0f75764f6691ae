"""The reports of a run: for people, for tools, and the page of one derivation."""
