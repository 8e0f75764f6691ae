"""Rows of our own proofs with one small change: the kernel accepts none that is false."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sympy import Basic

from verify import claims
from verify.claim import Claim
from verify.kernel import rows, shapes
from verify.kernel.context import Context
from verify.kernel.polynomial import Refusal
from verify.kernel.prove import derive
from verify.kernel.theorem import is_theorem
from verify.language import statements as s
from verify.language.arrays import axes
from verify.language.names import Index, Name
from verify.language.proofs import Row
from verify.language.substitution import free_names, substitute
from verify.rows_check import check_instance, instances

PROVED = {each.id: each for each in claims() if each.expected == "proved"}
_REVERSED = {
    s.AtMost: s.AtLeast, s.AtLeast: s.AtMost, s.Less: s.Greater, s.Greater: s.Less,
    s.Equation: s.Unequal, s.Unequal: s.Equation,
}  # fmt: skip


def mutants(row: Row) -> Iterator[Row]:
    """The row with its term doubled, increased, negated, with two names or two indices swapped,
    and with its relation reversed.
    """
    term = row.term
    changed = [2 * term, -term] + ([] if axes(term) else [term + 1])
    for pair in _alike(term):
        changed.append(substitute(term, dict(zip(pair, reversed(pair), strict=True))))
    yield from (replace(row, term=each) for each in changed if each != term)
    if row.relation in _REVERSED:
        yield replace(row, relation=_REVERSED[row.relation])


def _alike(term: Basic) -> list[tuple[Basic, Basic]]:
    """One pair of names, and one of indices, that could be mistaken for one another."""
    names = sorted(free_names(term), key=str)
    found: dict[Any, list[Basic]] = {}
    for name in names:
        if isinstance(name, Name):
            found.setdefault((name.sort, name.axes, name.random), []).append(name)
        elif isinstance(name, Index):
            found.setdefault((name.low, name.high), []).append(name)
    return [(alike[0], alike[1]) for alike in found.values() if len(alike) > 1]


@dataclass
class Asked:
    """What the kernel said of the mutants of a claim's rows."""

    tried: int = 0
    rows: int = 0
    accepted: list[tuple[int, Basic]] = field(default_factory=list)


def asked(claim: Claim, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Proves the claim, putting each mutant of a row to the kernel where the row stands."""
    assert is_theorem(derive(claim)), claim.id  # its lemmas are proved before mutants are tried
    found, check_row = Asked(), rows.check_row

    def with_mutants(context: Context, before: Basic, row: Row) -> None:
        check_row(context, before, row)
        used = set(context.used)
        for mutant in mutants(row):
            found.tried += 1
            try:
                check_row(context.child(), before, mutant)
            except (Refusal, ValueError):
                continue
            found.accepted.append((found.rows, mutant.relation(before, mutant.term)))
        context.used.clear()
        context.used.update(used)
        found.rows += 1

    monkeypatch.setattr(shapes, "check_row", with_mutants)
    assert is_theorem(derive(claim)), claim.id
    return found


#: Every claim, or every n-th one where time is short.
EVERY = int(os.environ.get("MUTANTS_EVERY", "1"))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PROVED)[::EVERY])
def test_no_mutant_of_a_row_is_accepted_that_is_false(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = PROVED[name]
    found = asked(claim, monkeypatch)
    places = list(instances(claim.states, claim.proof))
    assert found.rows == len(places)
    undecided: list[str] = []
    for number, statement in found.accepted:
        here = replace(places[number], row=statement)
        verdict = check_instance(claim, here)
        if verdict.verdict == "not reached":
            undecided.append(f"{here.where}: {statement}")
            continue
        assert verdict.verdict == "holds", f"{here.where}: {statement}: {verdict}"
    if undecided:  # no world meets what is assumed there: that is no pass
        pytest.xfail(f"{len(undecided)} mutants are not judged, first {undecided[0]}")


def test_mutants_of_a_row_differ_from_it() -> None:
    claim = PROVED["initialization.preactivation_variance"]
    row = claim.proof.rows[1]  # type: ignore[union-attr]
    made = list(mutants(row))
    assert len(made) >= 4
    assert row not in made


def test_a_kernel_that_accepts_everything_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "check_row", lambda context, before, row: None)
    claim = PROVED["initialization.preactivation_variance"]
    found = asked(claim, monkeypatch)
    places = list(instances(claim.states, claim.proof))
    verdicts = [
        check_instance(claim, replace(places[number], row=statement)).verdict
        for number, statement in found.accepted
    ]
    assert "fails" in verdicts
