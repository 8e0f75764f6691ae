"""True rows, and false ones that look true: algebra, hypotheses, inverses, last terms of sums."""

from random import Random
from typing import Any

from tests.fuzz import setting as o
from tests.fuzz.grammar import leaf, positive, rearranged, scalar
from tests.fuzz.rows import Pair, RandomRow, embedded, one_of, two_terms
from verify import (
    Delta,
    Inverse,
    Sum,
    algebra,
    equation,
    every,
    given,
    sqrt,
    symmetric_matrix,
)
from verify.language.arrays import Array, Product
from verify.language.terms import Power, lift


def _ring(rng: Random) -> Pair:
    term = scalar(rng, 3)
    return term, rearranged(rng, term)


def _distributed_sum(rng: Random) -> Pair:
    one, other = (scalar(rng, 1, (o.k, o.i)) for _ in range(2))
    where = (o.k, 1, o.n)
    return Sum(one + other, where), Sum(one, where) + Sum(other, where)


def _factored_sum(rng: Random) -> Pair:
    factor, body = scalar(rng, 1), scalar(rng, 1, (o.k,))
    return Sum(factor * body, (o.k, 1, o.n)), factor * Sum(body, (o.k, 1, o.n))


def _product_of_sums(rng: Random) -> Pair:
    one, other = scalar(rng, 1, (o.k,)), scalar(rng, 1, (o.l,))
    both = Sum(one * other, (o.k, 1, o.n), (o.l, 1, o.n))
    return Sum(one, (o.k, 1, o.n)) * Sum(other, (o.l, 1, o.n)), both


def _contracted(rng: Random) -> Pair:
    at = rng.choice([o.i, o.j])
    body, there = o.x[o.k] * o.y[o.k], o.x[at] * o.y[at]
    factor = scalar(rng, 1)
    return Sum(Delta(at, o.k) * body * factor, (o.k, 1, o.n)), there * factor


def _common_denominator(rng: Random) -> Pair:
    (one, other), below, second = two_terms(rng), positive(rng), positive(rng)
    return one / below + other / second, (one * second + other * below) / (below * second)


def _root_squared(rng: Random) -> Pair:
    inner = positive(rng)
    return sqrt(inner) ** 2, inner


def _powers(rng: Random) -> Pair:
    base, other = leaf(rng), leaf(rng)
    return rng.choice([
        (Power(base, o.t) * base, Power(base, o.t + 1)),
        (Power(base, o.t) ** 2, Power(base, 2 * o.t)),
        (Power(base * other, o.t), Power(base, o.t) * Power(other, o.t)),
        (Power(2, o.t + 1), 2 * Power(2, o.t)),
        (Power(o.p, -o.t) * Power(o.p, o.t), 1),
    ])  # fmt: skip


def _matrices(rng: Random) -> Pair:
    return rng.choice([
        ((o.N @ o.x)[o.i], Sum(o.N[o.i, o.k] * o.x[o.k], (o.k, 1, o.n))),
        (o.x.T @ o.y, Sum(o.x[o.k] * o.y[o.k], (o.k, 1, o.n))),
        (o.x.T @ o.N @ o.y, o.y.T @ o.N.T @ o.x),
        ((o.M @ o.N)[o.i, o.j], (o.N.T @ o.M.T)[o.j, o.i]),
        (o.x @ o.y.T, Array(o.x[o.k] * o.y[o.l], (o.k, 1, o.n), (o.l, 1, o.n))),
        ((o.N + o.M) @ o.x, o.N @ o.x + o.M @ o.x),
    ])  # fmt: skip


def _products(rng: Random) -> Pair:
    one, other, where = leaf(rng, (o.k,)), leaf(rng, (o.k, o.i)), (o.k, 1, o.n)
    return rng.choice([
        (Product(one * other, where), Product(one, where) * Product(other, where)),
        (Product(one**2, where), Product(one, where) ** 2),
        (Product(o.c, where), Power(o.c, o.n)),
        (Product(one / o.u[o.k], where), Product(one, where) / Product(o.u[o.k], where)),
    ])  # fmt: skip


_algebra = one_of(
    _ring, _ring, _distributed_sum, _factored_sum, _product_of_sums, _contracted,
    _common_denominator, _root_squared, _powers, _products,
)  # fmt: skip


def true_algebra(rng: Random) -> RandomRow:
    if rng.random() < 0.15:
        pair = _matrices(rng)
        return RandomRow(*(pair if rng.random() < 0.5 else pair[::-1]), algebra)
    return RandomRow(*embedded(rng, *_algebra(rng)), algebra)


def true_given(rng: Random) -> RandomRow:
    kind = rng.randrange(6)
    at = rng.choice([o.i, o.j])
    line = every(o.i, equation(o.z[o.i], o.c * o.x[o.i] + o.y[o.i]))
    if kind == 0:
        before, after, by = o.r, o.c * o.d + 1, given(equation(o.r, o.c * o.d + 1))
    elif kind == 1:
        before, after, by = o.z[at], o.c * o.x[at] + o.y[at], given(line)
    elif kind == 2:
        factor = o.x[o.k]
        body = o.c * o.x[o.k] + o.y[o.k]
        before, after = Sum(o.z[o.k] * factor, (o.k, 1, o.n)), Sum(body * factor, (o.k, 1, o.n))
        by = given(line)
    elif kind == 3:
        before, after, by = o.M[o.i, o.j] * o.c, o.M[o.j, o.i] * o.c, given
    elif kind == 4:
        factor = scalar(rng, 1)
        before, after = o.c * o.d * factor, (o.r - 1) * factor
        by = given(equation(o.r, o.c * o.d + 1), times=factor)
    else:
        factor = o.x[o.i] * leaf(rng)
        moved = Sum((o.c * o.x[o.i] + o.y[o.i]) * factor, (o.i, 1, o.n))
        before, after = Sum(o.z[o.i] * factor, (o.i, 1, o.n)), moved
        by = given(line, times=factor)
    if kind == 4 or kind == 5:
        return RandomRow(before, after, by)
    return RandomRow(*embedded(rng, before, after), by)


def true_inverse(rng: Random) -> Pair:
    where, inv = (o.k, 1, o.n), Inverse(o.M)
    return rng.choice([
        (Sum(inv[o.i, o.k] * o.M[o.k, o.j], where), Delta(o.i, o.j)),
        (Sum(o.M[o.i, o.k] * inv[o.k, o.j], where), Delta(o.i, o.j)),
        ((inv @ (o.M @ o.x))[o.i], o.x[o.i]), ((o.M @ (inv @ o.y))[o.j], o.y[o.j]),
        (o.x.T @ inv @ o.M @ o.y, o.x.T @ o.y),
        ((inv @ o.M @ o.N)[o.i, o.j], o.N[o.i, o.j]),
    ])  # fmt: skip


def true_peel(rng: Random) -> Pair:
    def body(at: Any) -> Any:
        return o.w[at] * factor + other

    factor, other = leaf(rng), leaf(rng)
    some = Sum(body(o.k), (o.k, 1, o.t))
    return rng.choice([
        (Sum(body(o.k), (o.k, 1, o.t + 1)), some + body(o.t + 1)),
        (Sum(body(o.k), (o.k, 1, o.t + 2)), some + body(o.t + 1) + body(o.t + 2)),
        (Sum(body(o.k), (o.k, o.t + 1, o.t + 2)), body(o.t + 1) + body(o.t + 2)),
        (Sum(body(o.k), (o.k, 2, 4)), body(2) + body(3) + body(4)),
        (Sum(o.k * body(o.k), (o.k, 1, 3)), body(1) + 2 * body(2) + 3 * body(3)),
        (Sum(body(o.k), (o.k, 3, 2)), 0), (some, Sum(body(o.k), (o.k, 1, o.t + 1)) - body(o.t + 1)),
        (Sum(o.x[o.k], (o.k, 1, o.n - 1)), Sum(o.x[o.k], (o.k, 1, o.n)) - o.x[o.n]),
    ])  # fmt: skip


# -- figures whose side condition fails


def _tempting_algebra(rng: Random) -> Pair:
    (s, other), at = two_terms(rng), rng.choice([o.i, o.j])
    where, short, late = (o.k, 1, o.n), (o.k, 1, o.n - 1), (o.k, 2, o.n)
    body = o.x[o.k] * leaf(rng, (o.k,))
    return rng.choice([
        (s / other * other, s), (s / s, 1), (o.q / o.q, 1), (o.c**2 / o.c, o.c),
        (Sum(Delta(at, o.k) * o.x[o.k], short), o.x[at]),
        (Sum(Delta(at, o.k) * o.x[o.k], late), o.x[at]),
        (Sum(Delta(at, o.k + 1) * o.x[o.k], short), o.x[at - 1]),
        (Sum(Delta(o.k, 1) * o.x[o.k], short), o.x[1]),
        (Sum(s, short), (o.n - 1) * s), (Sum(s, late), (o.n - 1) * s), (Sum(s, where), s),
        (Sum(s, (o.k, 1, o.n - 2)), (o.n - 2) * s), (Sum(s, (o.k, 3, o.n)), (o.n - 2) * s),
        (Sum(body, where), Sum(body, short)), (Sum(body, where) ** 2, Sum(body**2, where)),
        (Sum(body, where) * Sum(o.y[o.k], where), Sum(body * o.y[o.k], where)),
        (sqrt(s) ** 2, s), (Power(s, o.t) * Power(s, -o.t), 1), (Power(o.c, o.n - o.n), 1),
        (Power(o.c, o.t + o.n), Power(o.c, o.t) * o.c), (Power(0, o.t), 0),
        (Delta(o.i, o.j) * o.x[o.i], o.x[o.j]), (Delta(o.i, o.j) ** 2, Delta(o.i, o.i)),
        (Delta(o.i, o.j) * o.N[o.i, o.j], Delta(o.i, o.j) * o.N[o.j, o.j]),
        (o.x.T @ o.N @ o.y, o.y.T @ o.N @ o.x), ((o.N @ o.M)[o.i, o.j], (o.M @ o.N)[o.i, o.j]),
        (o.N.T @ o.x, o.N @ o.x), (Product(o.c * o.x[o.k], where), o.c * Product(o.x[o.k], where)),
        (Product(o.c, short), Power(o.c, o.n)), (Sum(o.x[o.k + 1], short), Sum(o.x[o.k], late)),
        (Sum(o.x[o.k] * o.x[o.l], where, (o.l, 1, o.k)), Sum(o.x[o.k], where) ** 2),
        (Sum(1, where, (o.l, o.k, o.n)), o.n**2), (Sum(1, (o.k, o.i, o.j)), o.j - o.i + 1),
        (Sum(1, (o.k, 1, o.t)), o.t + 1), (Sum(o.w[o.k], (o.k, o.n, o.t)), o.w[o.t]),
    ])  # fmt: skip


def tempting_algebra(rng: Random) -> RandomRow:
    return RandomRow(*embedded(rng, *_tempting_algebra(rng)), algebra)


def tempting_given(rng: Random) -> RandomRow:
    line = every(o.i, equation(o.z[o.i], o.c * o.x[o.i] + o.y[o.i]))
    at = rng.choice([o.n + 1, o.i + 1, lift(2), o.j - 1, o.t])
    before, after, by = rng.choice([
        (o.z[at], o.c * o.x[at] + o.y[at], given(line)),
        (o.N[o.i, o.j], o.N[o.j, o.i], given), (o.M[o.i, o.j], o.M[o.j, o.j], given),
        (o.c * o.d, o.r, given(equation(o.r, o.c * o.d + 1))),
        (o.c, (o.r - 1) / o.d, given(equation(o.r, o.c * o.d + 1), times=1 / o.d)),
        (Sum(o.z[o.k], (o.k, 1, o.n - 1)), Sum(o.c * o.x[o.k] + o.y[o.k], (o.k, 1, o.n)),
         given(line)),
        (o.z[o.j] * o.x[o.i], (o.c * o.x[o.i] + o.y[o.i]) * o.x[o.i], given(line, times=o.x[o.i])),
        (o.z[o.j] * o.x[o.j], (o.c * o.x[o.j] + o.y[o.j]) * o.x[o.j], given(line, times=o.x[o.j])),
        (o.M @ o.N, o.N @ o.M, given(symmetric_matrix(o.M))), (o.M @ o.x, o.M.T @ o.x, given),
    ])  # fmt: skip
    return RandomRow(*embedded(rng, before, after), by) if rng.random() < 0.3 else RandomRow(
        before, after, by)  # fmt: skip


def tempting_inverse(rng: Random) -> Pair:
    where, inv, short = (o.k, 1, o.n), Inverse(o.M), (o.k, 1, o.n - 1)
    return rng.choice([
        (Sum(inv[o.i, o.k] * o.M[o.k, o.j], short), Delta(o.i, o.j)),
        (Sum(inv[o.i, o.k] * o.M[o.k, o.i], where), 1), (inv[o.i, o.i] * o.M[o.i, o.i], 1),
        (Sum(inv[o.i, o.k] * o.N[o.k, o.j], where), Delta(o.i, o.j)),
        (Sum(inv[o.k, o.k] * o.M[o.k, o.k], where), o.n),
        ((inv @ o.N @ o.M)[o.i, o.j], o.N[o.i, o.j]), (inv[o.i, o.j], inv[o.j, o.i]),
        (Sum(inv[o.i, o.k] * o.M[o.k, o.j] * o.x[o.k], where), o.x[o.i] * Delta(o.i, o.j)),
        (Sum(inv[o.i, o.k] * o.M[o.l, o.k], where, (o.l, 1, o.n)), 1),
        ((Inverse(o.N) @ o.N)[o.i, o.j], Delta(o.i, o.j)),
    ])  # fmt: skip


def tempting_peel(rng: Random) -> Pair:
    body, w, t = o.w[o.k] * leaf(rng, (o.i,)), o.w, o.t
    return rng.choice([
        (Sum(w[o.k], (o.k, 2, t + 1)), Sum(w[o.k], (o.k, 2, t)) + w[t + 1]),
        (Sum(w[o.k], (o.k, 3, t + 2)), Sum(w[o.k], (o.k, 3, t)) + w[t + 1] + w[t + 2]),
        (Sum(w[o.k], (o.k, 1, t)), Sum(w[o.k], (o.k, 1, t - 1)) + w[t]),
        (Sum(w[o.k], (o.k, 1, o.n)), Sum(w[o.k], (o.k, 1, o.n - 1)) + w[o.n]),
        (Sum(w[o.k], (o.k, t, t + 2)), w[t + 1] + w[t + 2]),
        (Sum(body, (o.k, 1, t + 1)), Sum(body, (o.k, 2, t + 1)) + body),
        (Sum(w[o.k], (o.k, 4, 2)), -w[3]), (Sum(w[o.k], (o.k, o.n, t + 1)), w[t + 1]),
        (Sum(w[o.k], (o.k, t + 1, o.n + 1)), Sum(w[o.k], (o.k, t + 1, o.n)) + w[o.n + 1]),
    ])  # fmt: skip
