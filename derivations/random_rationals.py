"""Random exact numbers; denominators other than powers of two, so that no rounding is hidden."""

from __future__ import annotations

from fractions import Fraction
from random import Random


def positive(random: Random) -> Fraction:
    """A fraction in (0, 4]."""
    return Fraction(random.randint(1, 12), random.choice((3, 5, 7)))


def nonzero(random: Random) -> Fraction:
    """A fraction in [-4, 4] that is not 0."""
    return random.choice((-1, 1)) * positive(random)


def proper(random: Random) -> Fraction:
    """A fraction in (0, 1)."""
    below = random.choice((5, 7, 11, 20, 37))
    return Fraction(random.randint(1, below - 1), below)


def on_sphere(random: Random, size: int) -> list[Fraction]:
    """A point with rational coordinates and norm 1, by stereographic projection."""
    plane = [nonzero(random) for _ in range(size - 1)]
    square = sum((t * t for t in plane), Fraction(0))
    pole = random.choice((-1, 1)) * (1 - square) / (1 + square)
    return [*(2 * t / (1 + square) for t in plane), pole]
