"""The names of the rules, as data for `by=`. What each does stands in verify.kernel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.language.proofs import Reason

algebra = Reason("algebra")
cases = Reason("cases")
definition = Reason("definition")
differentiate = Reason("differentiate")
exponential = Reason("exponential")
given = Reason("given")
independence = Reason("independence")
inverse = Reason("inverse")
linearity = Reason("linearity")
logarithm = Reason("logarithm")
moments = Reason("moments")
monotone = Reason("monotone")
order = Reason("order")
peel = Reason("peel")
square_root = Reason("square_root")
symmetry = Reason("symmetry")


def lemma(claim: Any, values: Mapping[Any, Any] | None = None) -> Reason:
    """By the proved statement of another claim, at these values of its names."""
    return Reason("lemma", (claim, tuple((values or {}).items())))
