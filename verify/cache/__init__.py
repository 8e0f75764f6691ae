"""What was found before, kept by the content of the claims and of everything they depend on."""
