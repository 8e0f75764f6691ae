"""What a row's reasons allow the normal form to do beyond commutative algebra."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sympy import Basic


@dataclass(frozen=True)
class Theory:
    """The reductions switched on while the two sides of one row are compared.

    rules: names of reductions (linearity, independence, ...; "unexpanded" keeps sums that are
    factors as they stand); unfolded: definitions and instances to unfold; cited: facts used as
    equations from left to right; flips: blocks replaced by their negatives.
    """

    rules: frozenset[str] = frozenset()
    unfolded: frozenset[Basic] = frozenset()
    cited: tuple[Any, ...] = ()
    flips: tuple[Any, ...] = ()

    def having(self, *rules: str) -> Theory:
        """The theory with more reductions."""
        return replace(self, rules=self.rules.union(rules))

    def structural(self) -> Theory:
        """Only the unfolding of definitions: what hypotheses are read with."""
        return Theory(unfolded=self.unfolded)


ALGEBRA = Theory()
