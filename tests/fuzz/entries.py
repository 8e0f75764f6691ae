"""True rows, and false ones that look true: moments of independent entries."""

from random import Random
from typing import Any

from tests.fuzz import setting as o
from tests.fuzz.rows import Pair, RandomRow, embedded
from verify import Delta, E, Sum, V, given, independence, linearity, moments, relu
from verify.language.terms import lift

_WHERE = (o.k, 1, o.n)


def product(rng: Random) -> Any:
    """A monomial in entries of R."""
    factors = [o.R[rng.choice((o.i, o.j))] for _ in range(rng.randint(1, 4))]
    found = factors[0]
    for factor in factors[1:]:
        found = found * factor
    return found


def _moment(at: Any, order: int) -> Any:
    return (lift(1), o.m1[at], o.m2[at], o.m3[at], o.m4[at])[order]


def _cumulants(at: Any) -> tuple[Any, Any, Any]:
    one, two, three = (_moment(at, order) for order in (1, 2, 3))
    return one, two - one**2, three - 3 * two * one + 2 * one**3


def _of_two(rng: Random) -> Pair:
    """E[R_i^a·R_j^b] for a + b ≤ 4."""
    a, b = rng.choice([(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1)])
    apart = _moment(o.i, a) * _moment(o.j, b)
    together = Delta(o.i, o.j) * (_moment(o.i, a + b) - _moment(o.i, a) * _moment(o.i, b))
    return E(o.R[o.i] ** a * o.R[o.j] ** b), apart + together


def _of_sum(rng: Random) -> Pair:
    """The moments of Σ_k x_k·R_k from its cumulants Σ_k x_k^r·κ_r(R_k)."""
    weight = rng.choice([o.x, o.y])
    one, two, three = (
        Sum(weight[o.k] ** order * each, _WHERE) for order, each in enumerate(_cumulants(o.k), 1)
    )
    dot, order = Sum(weight[o.k] * o.R[o.k], _WHERE), rng.choice([2, 2, 3])
    return E(dot**order), two + one**2 if order == 2 else three + 3 * two * one + one**3


def _centred(rng: Random) -> Pair:
    first, second = (o.R[at] - o.m1[at] for at in (o.i, o.j))
    _, two, three = _cumulants(o.i)
    return rng.choice([
        (E(first * second), Delta(o.i, o.j) * two),
        (E(first**2 * second), Delta(o.i, o.j) * three),
        (E(first * o.R[o.j] ** 2), Delta(o.i, o.j) * (o.m3[o.i] - o.m1[o.i] * o.m2[o.i])),
        (E(o.R[o.i] * Sum(o.x[o.k] * o.R[o.k], _WHERE)),
         o.m1[o.i] * Sum(o.x[o.k] * o.m1[o.k], _WHERE) + o.x[o.i] * two),
    ])  # fmt: skip


def true_entries(rng: Random) -> RandomRow:
    kind = rng.random()
    if kind < 0.5:
        return RandomRow(*embedded(rng, *_of_two(rng)), (moments, given))
    if kind < 0.65:  # not in a context: powers of sums make long normal forms
        return RandomRow(*_of_sum(rng), (linearity, moments, given))
    return RandomRow(*embedded(rng, *_centred(rng)), (linearity, moments, given))


def tempting_entries(rng: Random) -> RandomRow:
    at, other = rng.choice([o.i, o.j]), rng.choice([o.i, o.j])
    R, m1, m2, m3, m4 = o.R, o.m1, o.m2, o.m3, o.m4  # noqa: N806 (names of the mathematics)
    same, dot = Delta(o.i, o.j), Sum(o.x[o.k] * R[o.k], _WHERE)
    two = Sum(o.x[o.k] ** 2 * m2[o.k], _WHERE)
    before, after = rng.choice([
        (E(R[at] * R[other]), m1[at] * m1[other]), (E(R[o.i] * R[o.j]), same * m2[o.i]),
        (E(R[o.i] ** 2 * R[o.j] ** 2), m2[o.i] * m2[o.j]),
        (E(R[o.i] ** 2 * R[o.j] ** 2), same * m4[o.i]),
        (E(R[o.i] ** 2 * R[o.j]), m2[o.i] * m1[o.j] + same * m3[o.i]),
        (E(R[at] ** 2), m1[at] ** 2), (E(R[at] ** 3), m3[other]), (E(R[at] ** 4), 3 * m2[at] ** 2),
        (E(R[at] ** 4), m2[at] ** 2), (E(R[at] ** 3), m1[at] * m2[at]), (V(R[at]), m2[at]),
        (E(dot**2), two), (E(dot**3), 0), (E(dot), m1[o.i]),
        (E(dot**2), two + Sum(o.x[o.k] * m1[o.k], _WHERE) ** 2),
        (E(abs(R[at]) * R[other]), E(abs(R[at])) * m1[other]),
        (E(relu(R[o.i]) * R[o.j]), E(relu(R[o.i])) * m1[o.j]),
        (E(R[at] ** 4), m3[at] * m1[at]), (E(R[at] ** 3 * R[other]), m3[at] * m1[other]),
        (E(R[o.i] * R[o.j] * R[1]), m1[o.i] * m1[o.j] * m1[1]),
        (E((R[o.i] - m1[o.i]) ** 2 * (R[o.j] - m1[o.j]) ** 2), same * m4[o.i]),
        (V(R[o.i] + R[o.j]), V(R[o.i]) + V(R[o.j])), (V(R[o.i] * R[o.j]), V(R[o.i]) * V(R[o.j])),
    ])  # fmt: skip
    by = rng.choice([
        (moments, given), (linearity, moments, given), (linearity, moments, given), moments,
        (linearity, moments), independence, (independence, moments, given),
    ])  # fmt: skip
    return RandomRow(*embedded(rng, before, after), by)
