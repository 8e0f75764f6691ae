"""A minimum is proved by all of its parts, or refused by the part that is missing."""

from typing import Any

import pytest

from tests.attacks.declarations import (
    assert_accepted,
    assert_refused,
    c,
    claimed,
    d,
    equal,
    k,
    n,
    x,
)
from verify import Sum, algebra, at_least, chain, equals, given, greater, minimum, order
from verify.language.proofs import Minimum, Parts
from verify.language.statements import Equation

objective = (c - d) ** 2 + 3
attains = chain((d - d) ** 2 + 3, equals(3, by=algebra))
gap = chain(objective - 3, equals((c - d) ** 2, by=algebra))
fact: Any = Equation(c - d, 0)
unique = chain(c, equals((c - d) + d, by=algebra), equals(0 + d, by=given(fact)), equals(
    d, by=algebra))  # fmt: skip
REFUSED: dict[str, Minimum] = {
    "a constraint that is not there": Minimum((attains,), attains, gap, unique),
    "no uniqueness": Minimum((), attains, gap),
    "a gap that is no chain": Minimum((), attains, Parts(()), unique),  # type: ignore[arg-type]
    "a gap of something else": Minimum(
        (), attains, chain((c - d) ** 2, equals((d - c) ** 2, by=algebra)), unique
    ),
    "a gap by inequality": Minimum(
        (), attains, chain(objective - 3, at_least(-(c**2) - 1, by=order)), unique
    ),
    "a gap of unknown sign": Minimum(
        (), attains, chain(objective - 3, equals(c**2 - 2 * c * d + d**2, by=algebra)), unique
    ),
    "uniqueness that is no chain": Minimum((), attains, gap, Parts(())),
    "uniqueness of another name": Minimum((), attains, gap, chain(d, equals(d + 0, by=algebra))),
    "uniqueness by inequality": Minimum((), attains, gap, chain(c, greater(c - 1, by=order))),
    "uniqueness that ends elsewhere": Minimum(
        (), attains, gap, chain(c, equals(c + 0, by=algebra))
    ),
}


def _stated(is_unique: bool) -> Any:
    return minimum(objective, over=c, at=d, value=3, unique=is_unique)


def test_a_square_has_one_minimum() -> None:
    assert_accepted(claimed(_stated(True), Minimum((), attains, gap, unique)))
    assert_accepted(claimed(_stated(False), Minimum((), attains, gap)))


@pytest.mark.parametrize("what", REFUSED)
def test_a_minimum_without_one_part_is_refused(what: str) -> None:
    assert_refused(claimed(_stated(True), REFUSED[what]))


def test_uniqueness_that_is_not_stated_is_not_shown() -> None:
    assert_refused(claimed(_stated(False), Minimum((), attains, gap, unique)))


def test_summands_are_put_over_one_denominator() -> None:
    one, two, where = 1 + x[k] ** 2, 2 + x[k] ** 2, (k, 1, n)
    apart = Sum(1 / one, where) - Sum(1 / two, where)
    assert_accepted(equal(apart, Sum(1 / (one * two), where)))
    assert_refused(equal(apart, Sum(2 / (one * two), where)))
