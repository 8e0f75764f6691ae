"""The trusted kernel: the only maker of theorems."""
