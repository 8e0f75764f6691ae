"""Theorems: forged, copied, changed, subclassed; claims that change while they are read."""

import copy
import pickle
from dataclasses import replace
from typing import Any

import pytest

from tests.attacks.declarations import c, claimed, d, equal
from verify import Claim, algebra, chain, equals, equation, given
from verify.kernel.prove import derive
from verify.kernel.theorem import Refused, Theorem, is_theorem, take_mint

true = equal(c + d, d + c)


def theorem() -> Any:
    made = derive(true)
    assert is_theorem(made)
    return made


def test_no_constructor() -> None:
    with pytest.raises(TypeError):
        Theorem()
    assert not is_theorem(object.__new__(Theorem))


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickle.dumps, replace])
def test_no_copies(copied: Any) -> None:
    with pytest.raises(TypeError):
        copied(theorem())


def test_no_subclass() -> None:
    with pytest.raises(TypeError):
        type("Forged", (Theorem,), {})


def test_no_change() -> None:
    made = theorem()
    with pytest.raises(AttributeError):
        made.states = equation(c, d)
    with pytest.raises(AttributeError):
        del made.states
    object.__setattr__(made, "states", equation(c, d))
    assert not is_theorem(made)


def test_no_look_alike() -> None:
    class Alike:
        __class__ = Theorem  # type: ignore[assignment]
        states = equation(c, d)

    assert not is_theorem(Alike())
    assert not is_theorem(true)
    assert not is_theorem(None)


def test_no_second_mint() -> None:
    with pytest.raises(RuntimeError):
        take_mint()


@pytest.mark.parametrize("reads", range(1, 12))
@pytest.mark.parametrize("part", ["given", "states", "proof"])
def test_a_claim_that_changes_while_it_is_read(part: str, reads: int) -> None:
    """Whatever it says later, the theorem is about what was read and checked."""
    false = equal(c, d)
    honest = equal(c, d, given, given=[equation(c, d)])
    first = {"given": honest.given, "states": true.states, "proof": honest.proof}
    later = {"given": (), "states": false.states, "proof": true.proof}
    base = {"given": honest, "states": true, "proof": honest}[part]

    class Shifting:
        id = "attack.shifting"
        title = "shifting"
        states, given, well_formed, proof = base.states, base.given, base.well_formed, base.proof

    calls = [0]

    def read(self: Any) -> Any:
        calls[0] += 1
        return first[part] if calls[0] < reads else later[part]

    setattr(Shifting, part, property(read))
    result = derive(Shifting())
    if isinstance(result, Refused):
        return
    assert is_theorem(result)
    again = claimed(result.states, result.proof, given=result.given)
    assert is_theorem(derive(again))


def test_a_list_of_rows_changed_later_changes_no_theorem() -> None:
    hypotheses = [equation(c, d)]
    claim: Claim = equal(c, d, given, given=hypotheses)
    made = derive(claim)
    assert isinstance(made, Theorem)
    hypotheses.clear()
    assert made.given == (equation(c, d),)
    assert is_theorem(made)


def test_a_chain_is_what_was_checked() -> None:
    made = derive(claimed(equation(c, c + 0), chain(c, equals(c + 0, by=algebra))))
    assert is_theorem(made)
    assert made.rows[0].before == c
