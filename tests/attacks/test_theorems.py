"""Theorems: forged, copied, changed, subclassed; claims that change while they are read."""

import copy
import pickle
import sys
from dataclasses import replace
from typing import Any

import pytest
from sympy import Basic, Integer

from tests.attacks.declarations import assert_refused, c, claimed, d, equal
from verify import Claim, algebra, at_most, chain, equals, equation, given, lemma, order
from verify.kernel.prove import derive
from verify.kernel.theorem import Refused, Theorem, is_theorem, take_mint
from verify.language.proofs import Chain, Row
from verify.language.statements import AtMost, Equation

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


class TwoChains(Chain):
    """A chain that shows its end to one reader, and its rows to another."""

    def __init__(self, shown: Chain, walked: Chain) -> None:
        object.__setattr__(self, "start", shown.start)
        object.__setattr__(self, "both", (shown.rows, walked.rows))

    def __getattribute__(self, name: str) -> Any:
        if name != "rows":
            return object.__getattribute__(self, name)
        return self.both[sys._getframe(1).f_code.co_name == "walk"]


class TwoEnds(tuple):  # type: ignore[type-arg]
    """Rows whose last one is another when it is asked for by its place."""

    end: Any

    def __getitem__(self, at: Any) -> Any:
        return self.end


class AnyRelation:
    """A relation that is equal to each, and looked up as the one that suits."""

    symbol = "="

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(Equation if sys._getframe(1).f_code.co_name == "_chain" else AtMost)


class Number(Integer):  # type: ignore[misc]
    """A number that is a larger one whenever it is read."""

    __slots__ = ("times",)

    @property
    def p(self) -> int:
        self.times = getattr(self, "times", 0) + 1
        return int(self.times)


FALSE_ROW, TRUE_ROW = chain(c, equals(d, by=algebra)), chain(c, equals(c + 0, by=algebra))


def test_parts_of_a_proof_that_are_two_things_at_once() -> None:
    assert_refused(claimed(equation(c, d), TwoChains(FALSE_ROW, TRUE_ROW)))
    rows = TwoEnds(TRUE_ROW.rows)
    rows.end = FALSE_ROW.rows[0]
    assert_refused(claimed(equation(c, d), Chain(c, rows)))
    row: Any = Row(AnyRelation(), d, order)  # type: ignore[arg-type]
    assert_refused(claimed(equation(c, d), Chain(c, (row,)), given=[at_most(c, d)]))


def test_a_number_that_is_another_each_time() -> None:
    number = Basic.__new__(Number)
    for claim in (equal(c + number, c + 1), equal(c + 0, c, given=[equation(number, c)])):
        assert "not in the language" in assert_refused(claim).reason


def test_a_lemma_that_changes_the_proof_which_cites_it() -> None:
    class Changing:
        id, title, given, well_formed, proof = "attack.changing", "", (), (), true.proof

        @property
        def states(self) -> Any:
            object.__setattr__(honest.rows[0], "term", d * 1)
            return true.states

    honest = chain(c, equals(d, by=lemma(Changing())))
    result = derive(claimed(equation(c, d), honest))
    assert isinstance(result, Refused)


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
