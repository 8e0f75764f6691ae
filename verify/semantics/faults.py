"""What can go wrong when a term is evaluated; every message is meant for the author."""

from __future__ import annotations


class WorldError(Exception):
    """The world is malformed, or gives no value to a name that a term mentions."""


class UndefinedError(Exception):
    """The term has no value in this world: division by zero, log of 0, an index out of range."""


class IllFormedError(Exception):
    """The term or statement means nothing in any world: an illegal part, shapes that clash."""


class UnresolvedError(Exception):
    """Interval arithmetic cannot decide a comparison at the precision in use."""


class NotRationalError(Exception):
    """The term is no rational function of the names that are free to vary."""
