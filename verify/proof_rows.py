"""The rows of a proof in reading order, for what shows or mutates them."""

from __future__ import annotations

from typing import Any

from sympy import Basic

from verify.language.proofs import Chain, Row, parts_of


def rows_of(proof: Any, path: str = "") -> list[tuple[str, Basic, Row]]:
    """Every row of a proof in reading order: where it stands, the term before, the row."""
    if isinstance(proof, Chain):
        before = [proof.start, *(row.term for row in proof.rows)]
        pairs = zip(before, proof.rows, strict=False)
        return [(f"{path}row {n}", old, row) for n, (old, row) in enumerate(pairs, 1)]
    found = []
    for label, part in parts_of(proof):
        found += rows_of(part, f"{path}{label}, ")
    return found
