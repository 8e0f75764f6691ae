"""The fuzz gate: whatever the kernel accepts holds in every exact world that is tried."""

import os
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

import pytest
from sympy import Basic

from tests.fuzz.asking import Kernel, Worlds
from tests.fuzz.families import FAMILIES
from tests.fuzz.grammar import dice, mutated
from tests.fuzz.rows import Family, RandomRow
from verify.kernel import contraction as monomials
from verify.kernel import derivatives, expectation, functions, laws, signs
from verify.kernel.context import Context
from verify.kernel.normal import Normalizer
from verify.kernel.polynomial import ONE, Atom, Poly, Refusal, of_atom
from verify.kernel.rules import RULES
from verify.language.terms import lift
from verify.semantics import World, holds

ROWS = int(os.environ.get("FUZZ_ROWS", "10000"))
_LEAST_ACCEPTED = 0.15
_LEAST_REFUSED = 0.15
_ROWS_A_POOL = 2500
_A_FEW = 80


def random_row(rng: Random, family: Family) -> RandomRow:
    """A true row, one whose side condition fails, either with one or two small changes, or two
    unrelated terms.
    """
    kind = rng.random()
    row = family.tempting(rng) if kind < 0.25 else family.true(rng)
    if 0.05 < kind < 0.65:
        return row
    if kind < 0.92:
        before, after = row.before, row.after
        for _ in range(rng.choice((1, 1, 2))):
            if rng.random() < 0.25:
                before = mutated(rng, lift(before))
            else:
                after = mutated(rng, lift(after))
        return RandomRow(before, after, row.by, row.relation)
    return RandomRow(family.term(rng), family.term(rng), row.by, row.relation)


@dataclass
class Found:
    """What the fuzzing of one rule found; `undecided` in at least one world."""

    name: str
    seed: int
    rows: int = 0
    accepted: int = 0
    undecided: int = 0
    seconds: float = 0.0
    false: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        rate = self.rows / max(self.seconds, 1e-9)
        return (
            f"{self.name}: seed {self.seed}, {self.rows} rows, {self.accepted} accepted, "
            f"{len(self.false)} false, {self.undecided} undecided in some world, "
            f"{self.seconds:.1f} s, {rate:.0f} rows/s"
        )


def fuzzed(name: str, rows: int, until_false: bool = False) -> Found:
    """Ask the kernel for random rows of one rule, and exact worlds for those it accepts.

    The seed is the rule's name, so that nobody can choose a lucky one.
    """
    found = Found(name, zlib.crc32(name.encode()))
    rng, family = dice(found.seed), FAMILIES[name]
    kernel, worlds = Kernel(family.given), Worlds(rng, make=family.world)
    start = time.perf_counter()
    for number in range(rows):
        if number and number % _ROWS_A_POOL == 0:
            worlds = Worlds(rng, make=family.world)
        row = random_row(rng, family)
        if kernel.accepts(row):
            verdicts = worlds.verdicts(row)
            found.accepted += 1
            found.undecided += None in verdicts
            if False in verdicts:
                found.false.append(f"row {number}: {row}")
        if until_false and found.false:
            break
    found.rows, found.seconds = rows, time.perf_counter() - start
    return found


def _holds(statement: Basic, world: World) -> bool:
    return holds(statement, world) is True


def test_every_rule_is_fuzzed() -> None:
    assert set(RULES) == set(FAMILIES) - {"several rules", "independent entries"}


@pytest.mark.parametrize("name", FAMILIES)
def test_worlds_satisfy_what_the_rows_assume(name: str) -> None:
    worlds = Worlds(dice(7), 3, FAMILIES[name].world)
    for statement in FAMILIES[name].given:
        assert worlds.every(partial(_holds, statement)), statement


def _identity(n: object, p: Poly) -> Poly:
    return p


def _outer_only(n: object, atom: Atom, x: object, at: object) -> Poly:
    if atom.head.axes:
        raise Refusal("a function of an array")
    return of_atom(Atom("partial", atom.head, atom.parts, atom.bound))


#: Faults of a kernel, and the rule whose rows they make false.
_FAULTS: dict[str, tuple[str, Callable[[pytest.MonkeyPatch], None]]] = {
    "|c| = c": ("cases", lambda m: m.setattr(functions, "absolute", _identity)),
    "an index beyond its range": (
        "algebra", lambda m: m.setattr(Context, "in_range", lambda *args: True)),
    "no count of an unused index": (
        "algebra", lambda m: m.setattr(monomials, "_count_unused", lambda n, b, f: Poly({}))),
    "everything is positive": (
        "order", lambda m: m.setattr(signs, "sign", lambda *a, **k: frozenset({1}))),
    "all are independent": (
        "independence", lambda m: m.setattr(
            laws, "independent_groups", lambda n, factors: [[pair] for pair in factors])),
    "every delta is 1": ("moments", lambda m: m.setattr(Normalizer, "delta", lambda *args: ONE)),
    "every name is a constant": (
        "linearity", lambda m: m.setattr(laws, "leaves", lambda n, atom: [])),
    "roots split": (
        "square_root", lambda m: m.setattr(Context, "sign", lambda *args: frozenset({1}))),
    "nothing has a kink": (
        "differentiate", lambda m: m.setattr(derivatives, "check_smooth", lambda *args: None)),
    "definitions hide what they depend on": (
        "differentiate", lambda m: m.setattr(
            derivatives, "_depends", lambda atom, x: atom.head == x or any(
                derivatives.mentions(part, x) for part in atom.parts))),
    "no chain rule": ("differentiate", lambda m: m.setattr(derivatives, "_chained", _outer_only)),
    "entries are never the same": (
        "independent entries", lambda m: m.setattr(expectation, "_tie", lambda n, cells: ONE
                                                   if len(cells) == 1 else Poly({}))),
    "all are symmetric": (
        "symmetry", lambda m: m.setattr(laws, "separated", lambda *args: True)),
}  # fmt: skip


@pytest.mark.parametrize("fault", _FAULTS)
def test_the_gate_catches_a_kernel_with_a_fault(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, plant = _FAULTS[fault]
    plant(monkeypatch)
    assert fuzzed(name, 400, until_false=True).false


@pytest.mark.parametrize("name", FAMILIES)
def test_no_accepted_row_among_a_few_is_false(name: str) -> None:
    found = fuzzed(name, _A_FEW)
    assert not found.false, f"{found.summary}; first: {found.false[:3]}"
    assert found.accepted >= _LEAST_ACCEPTED * _A_FEW, found.summary


@pytest.mark.slow
@pytest.mark.parametrize("name", FAMILIES)
def test_no_accepted_row_is_false(name: str) -> None:
    found = fuzzed(name, ROWS)
    print(found.summary)  # noqa: T201
    assert not found.false, f"{found.summary}; first: {found.false[:3]}"
    assert found.accepted >= _LEAST_ACCEPTED * ROWS, found.summary
    assert ROWS - found.accepted >= _LEAST_REFUSED * ROWS, found.summary
    assert found.undecided <= found.accepted / 20, found.summary
