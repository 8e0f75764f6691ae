import pytest

from verify import (
    all_of,
    at_least,
    at_most,
    dimension,
    equation,
    every,
    greater,
    independent,
    index,
    less,
    matrix,
    positive_definite,
    random_vector,
    real,
    uncorrelated,
    unequal,
    vector,
)
from verify.language.statements import Statement
from verify.weakening import conjuncts, weakenings

n = dimension("n")
j = index("j", n)
a, v = real("a"), real("v")
z, M = vector("z", n), matrix("M", n, n)
W, x, y = (random_vector(name, n) for name in "Wxy")


@pytest.mark.parametrize(
    ("fact", "weaker"),
    [
        (greater(a, 0), [unequal(a, 0), at_least(a, 0)]),
        (less(a, 0), [unequal(a, 0), at_most(a, 0)]),
        (at_least(a, 0), []),
        (equation(a, 0), []),
        (positive_definite(M), []),
        (independent(W, x), []),
        (
            independent(W, x, y),
            [all_of(independent(W, x), independent(W, y), independent(x, y))],
        ),
        (
            uncorrelated(W, mean=0, variance=v),
            [uncorrelated(W, variance=v), uncorrelated(W, mean=0), uncorrelated(W)],
        ),
        (uncorrelated(W, mean=0), [uncorrelated(W)]),
        (uncorrelated(W), []),
        (every(j, greater(z[j], 0)), [every(j, unequal(z[j], 0)), every(j, at_least(z[j], 0))]),
        (all_of(greater(a, 0), less(v, 1)), [all_of(less(v, 1)), all_of(greater(a, 0))]),
    ],
    ids=str,
)
def test_each_hypothesis_has_its_weaker_forms(fact: Statement, weaker: list[Statement]) -> None:
    assert weakenings(fact) == weaker


def test_a_conjunction_is_given_as_its_parts() -> None:
    assert conjuncts(all_of(greater(a, 0), less(v, 1))) == (greater(a, 0), less(v, 1))
    assert conjuncts(greater(a, 0)) == (greater(a, 0),)
