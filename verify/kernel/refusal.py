"""What the kernel raises, inside, when it cannot justify something."""

from __future__ import annotations


class Refusal(Exception):
    """A step is not justified; the message says what is missing or what differs."""
