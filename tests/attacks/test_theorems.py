"""Theorems: forged, copied, changed, subclassed; claims that change while they are read."""

import copy
import pickle
import sys
from dataclasses import replace
from typing import Any

import pytest
from sympy import Basic, Integer

from tests.attacks.declarations import assert_refused, c, claimed, d, equal
from verify import (
    Claim,
    Induction,
    algebra,
    at_least,
    at_most,
    cases,
    chain,
    equals,
    equation,
    given,
    greater,
    lemma,
    order,
)
from verify.kernel.prove import derive
from verify.kernel.theorem import Refused, Theorem, is_theorem, take_mint
from verify.language.names import Name
from verify.language.proofs import Chain, Row
from verify.language.statements import AtMost, Equation
from verify.language.terms import Plus, Times

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


class Natural(Name):
    """A natural number that is equal to the real number c."""

    def __eq__(self, other: object) -> bool:
        return other is c or other is self

    def __hash__(self) -> int:
        return hash(c)


class Sometimes(Natural):
    """A name that is equal to c, but not when it has just been said to be."""

    def __eq__(self, other: object) -> bool:
        self.__dict__["asked"] = self.__dict__.get("asked", 0) + 1
        return super().__eq__(other) and self.asked not in self.__dict__.get("unequal", ())

    __hash__ = Natural.__hash__


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


def _disguised(kind: type[Name], **own: Any) -> Any:
    made = Basic.__new__(kind)
    for name, value in {"name": "c", "sort": "natural", "axes": (), "random": False, **own}.items():
        setattr(made, name, value)
    return made


def test_an_induction_over_a_name_that_is_equal_to_a_real_one() -> None:
    steps = Induction(
        _disguised(Natural),
        chain(Plus(Times(2, 0), 1), at_least(0, by=order)),
        chain(Plus(Times(2, c + 1), 1), at_least(0, by=order)),
    )
    assert "not in the language" in assert_refused(claimed(at_least(2 * c + 1, 0), steps)).reason


@pytest.mark.parametrize("first", range(3, 8))
def test_a_value_for_a_name_that_is_equal_at_times(first: int) -> None:
    """The hypothesis would be read at c, the conclusion at d."""
    absolute = replace(equal(abs(c), c, cases, given=[greater(c, 0)]), id="attack.absolute")
    key = _disguised(Sometimes, sort="real", unequal=range(first, 8))
    wrong = equal(abs(d), d, lemma(absolute, {key: d}), given=[greater(c, 0)])
    assert "not in the language" in assert_refused(wrong).reason
