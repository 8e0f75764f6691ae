"""Proof shapes: cases with gaps, wrong starts, relations that do not compose, false minima."""

from dataclasses import replace
from typing import Any

import pytest
from sympy import Integer

from tests.attacks.declarations import (
    S,
    assert_accepted,
    assert_refused,
    b,
    c,
    claimed,
    d,
    equal,
    i,
    j,
    m,
    n,
    t,
    x,
    y,
)
from verify import (
    Apply,
    Array,
    Both,
    Cases,
    Chain,
    Exhibit,
    Induction,
    Minimum,
    Obtain,
    Parts,
    Sum,
    algebra,
    all_of,
    at_least,
    at_most,
    cases,
    chain,
    equals,
    equation,
    every,
    exists,
    given,
    greater,
    iff,
    implies,
    index,
    less,
    minimum,
    norm_squared,
    order,
    unequal,
    vector,
)
from verify.language.names import Name
from verify.language.proofs import Row
from verify.language.terms import Power

s = index("s", 1, None)
D = vector("D", n)
upto = index("j", t + 1)
family: Any = Name("t", "natural", ((None, Integer(1), Integer(2)),), False)
trivial = replace(equal(c + d, d + c), id="shapes.trivial")
zero = Array(0 * x[i], i)


def both_ways(left: Any, right: Any, goal: Any) -> Any:
    """The goal by the cases left and right, each by order."""
    row = Chain(goal.args[0], (Row(type(goal), goal.args[1], order),))
    return claimed(goal, Cases((left, right), (row, row)))


FALSE = {
    "cases that leave out 0": both_ways(greater(c, 0), less(c, 0), at_least(c, 0)),
    "one case twice": both_ways(greater(c, 0), greater(c, 0), at_least(c, 0)),
    "one case twice, turned round": both_ways(greater(c, 0), less(0, c), at_least(c, 0)),
    "cases about different things": both_ways(greater(c, 0), at_most(d, 0), at_least(c, 0)),
    "c ≠ 0 twice": both_ways(unequal(c, 0), unequal(0, c), unequal(c, 0)),
    "≤ then ≥": claimed(at_most(c, d), chain(c, at_most(c + 1, by=order), at_least(d, by=order))),
    "≠ then ≠": claimed(
        unequal(c, b),
        chain(c, unequal(d, by=order), unequal(b, by=order)),
        given=[unequal(c, d), unequal(d, b)],
    ),
    "< then ≠": claimed(
        unequal(c, b),
        chain(c, less(d, by=order), unequal(b, by=order)),
        given=[less(c, d), unequal(d, b)],
    ),
    "≤ for <": claimed(less(c, d), chain(c, at_most(d, by=order)), given=[at_most(c, d)]),
    "≤ for =": claimed(equation(c, d), chain(c, at_most(d, by=order)), given=[at_most(c, d)]),
    "a chain that starts elsewhere": claimed(
        equation(c, d), chain(c + 0, equals(d, by=given)), given=[equation(c, d)]
    ),
    "a chain that ends elsewhere": claimed(
        equation(c, d), chain(c, equals(d + 0, by=given)), given=[equation(c, d)]
    ),
    "a chain that ends two before": claimed(
        equation(t - 1, t + 1), chain(t - 1, equals(t + 1 - 2, by=algebra))
    ),
    "an empty chain": claimed(equation(c, c), chain(c)),
    "a row that repeats": claimed(equation(c, c), chain(c, equals(c, by=algebra))),
    "induction whose base fails": claimed(
        every(t, at_least(t, 1)),
        Induction(t, chain(0, at_least(1, by=order)), chain(t + 1, at_least(1, by=order))),
    ),
    "induction that starts at 1 and claims 2": claimed(
        every(s, at_least(s, 2)),
        Induction(s, chain(1, at_least(2, by=order)), chain(s + 1, at_least(2, by=order))),
    ),
    "induction on a number that a hypothesis fixes": claimed(
        at_least(t, 5),
        Induction(t, chain(0, at_least(5, by=order)), chain(t + 1, at_least(5, by=order))),
        given=[equation(t, 5)],
    ),
    "induction on the end of an index's range": claimed(
        at_least(t, 0),
        Obtain(
            at_most(upto, 1),
            Induction(t, chain(upto, at_most(1, by=order)), chain(upto, at_most(1, by=order))),
            chain(t, at_least(0, by=order)),
        ),
    ),
    "induction over a real number": claimed(
        at_least(c, 0),
        Induction(c, chain(0, at_least(0, by=order)), chain(c + 1, at_least(0, by=order))),
    ),
    "induction over a dimension": claimed(
        at_least(n, 3),
        Induction(n, chain(0, at_least(3, by=order)), chain(n + 1, at_least(3, by=order))),
    ),
    "induction over a whole family": claimed(
        equation(family[1], family[2]), Induction(family, Apply(trivial), Apply(trivial))
    ),
    "a step that assumes its end": claimed(
        every(t, equation(c * t, 0)),
        Induction(
            t,
            chain(c * 0, equals(0, by=algebra)),
            chain(c * (t + 1), equals(0, by=given)),
        ),
    ),
    "a witness that mentions itself": claimed(
        exists(c, equation(c, c + 1)),
        Exhibit({c: c + 1}, chain(c + 1, equals(c + 1 + 1, by=algebra))),
    ),
    "witnesses that mention each other": claimed(
        exists([c, d], equation(c, d + 1)),
        Exhibit({c: d, d: c}, chain(d, equals(c + 1, by=algebra))),
    ),
    "a witness of another sort": claimed(
        exists(t, equation(2 * t, n)),
        Exhibit({t: n / 2}, chain(2 * (n / 2), equals(n, by=algebra))),
    ),
    "a dimension that may be 0": claimed(
        exists(m, equation(m, n - 1)),
        Exhibit({m: n - 1}, chain(n - 1, equals(n - 1 + 0, by=algebra))),
    ),
    "a witness of another shape": claimed(
        exists(D, equation(D[1], c)),
        Exhibit({D: Array(c * i, (i, 1, n + 1))}, chain(c * i, equals(c, by=algebra))),
    ),
    "no witness": claimed(exists(c, equation(c, c + 1)), chain(c, equals(c + 1, by=algebra))),
    "one direction for both": claimed(
        iff(equation(c, 0), equation(c * d, 0)),
        Both(
            forward=chain(c * d, equals(0, by=given(equation(c, 0), times=d))),
            backward=chain(c, equals(0, by=given)),
        ),
    ),
    "one part for two": claimed(
        all_of(equation(c, c + 0), equation(c, d)),
        Parts((chain(c, equals(c + 0, by=algebra)),)),
    ),
    "an obtained fact without proof": claimed(
        equation(c, d),
        Obtain(equation(c, d), chain(c, equals(d, by=algebra)), chain(c, equals(d, by=given))),
    ),
    "an obtained fact that proves itself": claimed(
        equation(c, d),
        Obtain(equation(c, d), chain(c, equals(d, by=given)), chain(c, equals(d, by=given))),
    ),
    "the premise of another part": claimed(
        all_of(implies(equation(c, 0), equation(c, 0 * d)), equation(c, 0)),
        Parts((chain(c, equals(0 * d, by=given)), chain(c, equals(0, by=given)))),
    ),
    "a minimum that a hypothesis on the variable makes": claimed(
        minimum(c, over=c, at=0, value=0),
        Minimum(
            (),
            chain(0, equals(0 + 0, by=algebra)),
            chain(c - 0, equals(c, by=algebra)),
        ),
        given=[at_least(c, 0)],
    ),
    "a point that is not feasible": claimed(
        minimum(c**2, over=c, subject_to=[at_least(c, 1)], at=0, value=0),
        Minimum(
            (chain(0, at_least(1, by=order)),),
            chain(Power(0, 2), equals(0, by=algebra)),
            chain(c**2 - 0, equals(c**2, by=algebra)),
        ),
    ),
    "a gap that may be negative": claimed(
        minimum(c**3, over=c, at=0, value=0),
        Minimum(
            (), chain(Power(0, 3), equals(0, by=algebra)), chain(c**3 - 0, equals(c**3, by=algebra))
        ),
    ),
    "a point that mentions the variable": claimed(
        minimum(c, over=c, at=c, value=c),
        Minimum((), chain(c, equals(c + 0, by=algebra)), chain(c - c, equals(0, by=algebra))),
    ),
    "uniqueness where a factor may vanish": claimed(
        minimum(c**2 * d**2, over=c, at=0, value=0, unique=True),
        Minimum(
            (),
            chain(Power(0, 2) * d**2, equals(0, by=algebra)),
            chain(c**2 * d**2 - 0, equals(c**2 * d**2, by=algebra)),
            chain(c, equals(0, by=given(equation(c, 0)))),
        ),
    ),
    "uniqueness over a sum that may be empty": claimed(
        minimum(Sum(c**2, (i, 1, n - 5)), over=c, at=0, value=0, unique=True),
        Minimum(
            (),
            chain(Sum(Power(0, 2), (i, 1, n - 5)), equals(0, by=algebra)),
            chain(Sum(c**2, (i, 1, n - 5)) - 0, equals(Sum(c**2, (i, 1, n - 5)), by=algebra)),
            chain(c, equals(0, by=given(every((i, 1, n - 5), equation(c, 0))))),
        ),
    ),
    "uniqueness of one entry for all": claimed(
        minimum(D[1] ** 2, over=D, at=zero, value=0, unique=True),
        Minimum(
            (),
            chain(zero[1] ** 2, equals(0, by=algebra)),
            chain(D[1] ** 2 - 0, equals(D[1] ** 2, by=algebra)),
            chain(D[1], equals(zero[1], by=given(equation(D[1], 0)))),
        ),
    ),
    "uniqueness from a form that is not definite": claimed(
        minimum(D.T @ S @ D, over=D, at=zero, value=0),
        Minimum(
            (),
            chain(zero.T @ S @ zero, equals(0, by=algebra)),
            chain(D.T @ S @ D - 0, equals(D.T @ S @ D, by=algebra)),
        ),
    ),
    "a lemma's shape for a chain": claimed(equation(c, d), Apply(None)),
}


@pytest.mark.parametrize("what", FALSE)
def test_a_shape_settles_only_its_goal(what: str) -> None:
    assert_refused(FALSE[what])


def test_honest_shapes_are_accepted() -> None:
    assert_accepted(
        claimed(
            at_least(c * abs(c), -(c**2)),
            Cases(
                (at_least(c, 0), less(c, 0)),
                (
                    chain(c * abs(c), equals(c**2, by=cases), at_least(-(c**2), by=order)),
                    chain(c * abs(c), equals(-(c**2), by=cases)),
                ),
            ),
        )
    )
    assert_accepted(
        claimed(
            minimum(norm_squared(D), over=D, at=zero, value=0, unique=True),
            Minimum(
                (),
                chain(norm_squared(zero), equals(0, by=algebra)),
                chain(norm_squared(D) - 0, equals(norm_squared(D), by=algebra)),
                chain(D[j], equals(0, by=given(every(j, equation(D[j], 0))))),
            ),
        )
    )
    assert_accepted(
        claimed(
            every(t, equation(Sum(y[1], (i, 1, t)), t * y[1])),
            chain(Sum(y[1], (i, 1, t)), equals(t * y[1], by=algebra)),
        )
    )
