"""Random claims with proofs of every shape: what the kernel accepts holds in exact worlds."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice
from typing import Any

import pytest

from tests.fuzz.grammar import dice
from tests.fuzz.setting import t
from tests.fuzz.whole_claims import REALS, claim, world
from verify import Claim
from verify.kernel import lemmas
from verify.kernel.context import Context
from verify.kernel.prove import derive
from verify.kernel.theorem import is_theorem
from verify.language.proofs import Apply
from verify.semantics import UndefinedError, World, judge

CLAIMS = int(os.environ.get("FUZZ_ROWS", "10000"))
_A_FEW, _SOME = 100, 6000
#: Worlds drawn for an accepted claim, and those with its hypotheses that are enough.
_MOST_WORLDS, _ENOUGH = 300, 8
_KNOWN = 60


@dataclass
class Found:
    """What became of random claims: accepted by the kernel, tried in a world, false there."""

    accepted: int = 0
    tried: int = 0
    false: list[str] = field(default_factory=list)


def fuzzed(claims: int, until_false: bool = False) -> Found:
    """Ask the kernel for random claims, and exact worlds for those it accepts; accepted ones are
    lemmas for those that follow.
    """
    rng, found = dice(20260), Found()
    known: list[Claim] = []
    for number in range(claims):
        try:
            one = claim(rng, known)
        except ValueError:  # what is put in for a name does not fit there
            continue
        if not is_theorem(derive(one)):
            continue
        found.accepted += 1
        if not isinstance(one.proof, Apply):
            known = [*known[1 - _KNOWN :], replace(one, id=f"fuzz.lemma{number}")]
        drawn = (world(rng) for _ in range(_MOST_WORLDS))
        worlds = list(islice((each for each in drawn if _assumed(one, each)), _ENOUGH))
        found.tried += bool(worlds)
        for each in worlds:
            if _fails(one.states, each) and _assumed(one, _wider(each)):
                found.false.append(f"{one.given} give {one.states} by {one.proof}")
                break
        if until_false and found.false:
            break
    return found


def _assumed(one: Claim, where: World) -> bool:
    return all(_value(fact, where) is True for fact in one.given)


def _value(statement: Any, where: World) -> bool | None:
    try:
        return judge(statement, where).value
    except UndefinedError:
        return None


def _fails(statement: Any, where: World) -> bool:
    """Whether what was accepted is false, or has no value."""
    try:
        return judge(statement, where).value is False
    except UndefinedError:
        return True


def _wider(where: World) -> World:
    """More values for what hypotheses say of every number: a few do not show that they hold."""
    tried = [Fraction(a, 2) for a in range(-24, 25)] + [Fraction(a, 4) for a in range(-9, 9, 2)]
    candidates: dict[Any, Any] = dict.fromkeys(REALS, tried) | {t: list(range(6))}
    return World(where.values, (), candidates, where.horizon)


#: Faults of a kernel that only a whole proof shows.
_FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "what is fixed counts as arbitrary": lambda m: m.setattr(
        Context, "require_fresh", lambda self, name: None
    ),
    "assumptions outlive their part of the proof": lambda m: m.setattr(
        Context, "child", lambda self: self
    ),
    "a lemma needs nothing": lambda m: m.setattr(lemmas, "_discharge", lambda *args: None),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", _FAULTS)
def test_a_kernel_with_a_fault_accepts_a_false_claim(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _FAULTS[fault](monkeypatch)
    assert fuzzed(_SOME, until_false=True).false


def test_no_accepted_claim_among_a_few_is_false() -> None:
    assert not fuzzed(_A_FEW).false


@pytest.mark.slow
def test_no_accepted_claim_is_false() -> None:
    found = fuzzed(CLAIMS)
    assert not found.false, found.false[:3]
    assert found.accepted >= CLAIMS / 12
    assert found.tried >= found.accepted / 2
