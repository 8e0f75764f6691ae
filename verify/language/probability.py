"""Expectation and variance of terms over the declared random names."""

from __future__ import annotations

from verify.language.terms import Term


class Expectation(Term):
    """E[X]; X must be shown to be integrable."""


class Variance(Term):
    """V[X] = E[X^2] - E[X]^2; X must be shown to have a second moment."""
