"""`python -m chalkproof` is the command `verify`."""

from __future__ import annotations

import sys

from chalkproof import main

if __name__ == "__main__":
    sys.exit(main())
