"""True rows, and false ones that look true: order and increasing functions."""

from random import Random
from typing import Any

from tests.fuzz import setting as o
from tests.fuzz.grammar import positive, rearranged, scalar
from tests.fuzz.rows import RandomRow, two_terms
from verify import (
    Product,
    Sum,
    cases,
    exp,
    log,
    monotone,
    order,
    relu,
    sigmoid,
    sign,
    sqrt,
    tanh,
)
from verify.language.statements import AtLeast, AtMost, Greater, Less, Unequal
from verify.language.terms import Power


def _nonnegative(rng: Random) -> Any:
    s, where = scalar(rng, 1), (o.k, 1, o.n)
    return rng.choice([
        s**2, abs(s), sqrt(positive(rng)), relu(s), o.q, o.q * positive(rng), o.p * s**2,
        Sum(o.x[o.k] ** 2, where), exp(s), o.high - o.low, Sum(o.u[o.k] * abs(o.y[o.k]), where),
        Power(o.q, o.t), Product(o.w[o.k] ** 2, (o.k, 1, o.t)), o.spread(s), 1 - Power(0, o.t),
        Sum(o.y[o.i] ** 2 / o.flat(o.k), (o.k, 1, o.t)), s**2 + abs(o.c), o.n - 1,
        abs(o.c) - o.c, o.n - o.i, o.u[o.i] * s**2,
    ])  # fmt: skip


def _strictly(rng: Random) -> Any:
    s, where = scalar(rng, 1), (o.k, 1, o.n)
    return rng.choice([
        positive(rng), exp(s), s**2 + o.p, o.u[o.i] * o.p, Sum(o.u[o.k], where), abs(o.g), o.g**2,
        1 - tanh(s), sigmoid(s), 1 - sigmoid(s), sqrt(o.p) + s**2, o.q + o.p,
    ])  # fmt: skip


def _part_and_whole(rng: Random) -> tuple[Any, Any]:
    """A sum over a part of a range and over all of it, of terms that are ≥ 0 as a rule."""
    squares, signed = (o.x[o.k] * scalar(rng, 0)) ** 2, o.x[o.k] * o.y[o.k]
    body = rng.choice([squares, squares, o.u[o.k], o.u[o.k] * abs(o.y[o.k]), signed])
    ends = rng.choice([(1, o.i), (2, o.n), (o.i, o.n), (1, o.n - 1), (o.i, o.i), (1, o.n)])
    return Sum(body, (o.k, *ends)), Sum(body, (o.k, 1, o.n))


def _triangle(rng: Random) -> tuple[Any, Any]:
    """|Σ f + c| and Σ |f| + |c|."""
    body, more = scalar(rng, 1, (o.k, o.i)), scalar(rng, 0)
    where = (o.k, *rng.choice([(1, o.n), (1, o.i), (2, o.n)]))
    if rng.random() < 0.5:
        return abs(Sum(body, where)), Sum(abs(body), where)
    return abs(more - Sum(body, where)), abs(more) + Sum(abs(body), where)


def true_order(rng: Random) -> RandomRow:
    base = scalar(rng, 1)
    kind = rng.randrange(6)
    if kind == 0:
        s, plus = scalar(rng, 1), positive(rng)
        part, whole = _part_and_whole(rng)
        return rng.choice([
            RandomRow(part, whole, order, AtMost), RandomRow(*_triangle(rng), order, AtMost),
            RandomRow(log(plus), plus - 1, order, AtMost), RandomRow(1 + s, exp(s), order, AtMost),
            RandomRow(base, abs(base), (order, cases), AtMost),
            RandomRow(relu(base), 0, (order, cases), AtLeast),
        ])  # fmt: skip
    weak = kind <= 3
    gap = _nonnegative(rng) if weak else _strictly(rng)
    up = rng.choice([base + gap, gap + base]) if rng.random() < 0.8 else rearranged(rng, base + gap)
    relations = (AtMost, AtLeast) if weak else rng.choice([(Less, Greater), (Unequal, Unequal)])
    if rng.random() < 0.5:
        return RandomRow(base, up, order, relations[0])
    return RandomRow(up, base, order, relations[1])


def true_monotone(rng: Random) -> RandomRow:
    if rng.random() < 0.15:
        least, power = rng.choice([o.q, o.p, relu(scalar(rng, 1))]), rng.choice([2, 3])
        return RandomRow(least**power, (least + positive(rng)) ** power, monotone, Less)
    f = rng.choice([sqrt, exp, log, tanh, sigmoid, relu])
    base = positive(rng) if f in (sqrt, log) else scalar(rng, 1)
    strict = f is not relu and rng.random() < 0.5
    up = base + (_strictly(rng) if strict else _nonnegative(rng))
    if not strict and f not in (sqrt, log) and rng.random() < 0.3:
        base, up = o.low, o.high
    if rng.random() < 0.5:
        return RandomRow(f(base), f(up), monotone, Less if strict else AtMost)
    return RandomRow(f(up), f(base), monotone, Greater if strict else AtLeast)


# -- figures whose side condition fails


def tempting_order(rng: Random) -> RandomRow:
    (s, other), plus, where = two_terms(rng), positive(rng), (o.k, 1, o.n)
    zero_or_more = _nonnegative(rng)
    pairs: list[tuple[Any, Any, Any]] = [
        (s, s + zero_or_more, Less), (s, s + zero_or_more, Unequal), (s, s + other, AtMost),
        (s, s * plus, AtMost), (s, s**2, AtMost), (s, plus, Less), (o.c, o.n, AtMost),
        (o.i, o.j, AtMost), (o.i, o.n, Less), (o.low, o.high, Less), (log(plus), plus - 1, Less),
        (1 + s, exp(s), Less), (sqrt(plus), plus, AtMost), (0, o.q, Less), (0, o.g, Less),
        (0, Sum(o.u[o.k], (o.k, 1, o.n - 1)), Less), (0, Sum(exp(o.w[o.k]), (o.k, 1, o.t)), Less),
        (0, Sum(o.x[o.k], where), AtMost), (0, Sum(o.x[o.k], where) ** 2, Less),
        (0, o.x.T @ o.N @ o.x, AtMost), (0, o.x.T @ o.x, Less), (tanh(s), s, AtMost),
        (0, o.c * o.d, Unequal), (0, s * other, AtMost), (abs(s), s, AtMost), (relu(s), s, AtMost),
        (abs(s + other), abs(s), AtMost), (o.p, o.u[o.i], AtMost), (o.n, o.t, AtLeast),
        (0, Power(s, o.t), AtMost), (0, Power(o.q, o.t), Less), (1, Power(1 + o.c**2, o.t), Less),
        (0, log(1 + o.c**2), Less), (0, abs(o.c) - o.c, Less), (0, sign(s) ** 2, Less),
        (Power(0, o.t), 0, AtMost), (Product(0 * o.k, (o.k, 1, o.t)), 0, AtMost), (
            0, o.spread(s), Less), (Product(o.w[o.k], (o.k, 1, o.t)), 0, Unequal), (
            0, Product(s * o.w[o.k], (o.k, 1, o.t)), AtMost), (Power(s, o.t), 1, Unequal),
        (1, o.n, Less), (2, o.n, AtMost), (0, o.t, Less), (0, o.g**2 - 1, AtMost),
        (1, Sum(1 / o.flat(o.k), (o.k, 1, o.t)), AtMost), (0, o.h, Unequal),
        (s, s + Sum(1 / o.flat(o.k), (o.k, 1, o.t)), rng.choice([Less, Unequal])),
    ]  # fmt: skip
    pairs += [(*_part_and_whole(rng), Less), (*_part_and_whole(rng)[::-1], AtMost)] * 2
    pairs += [(*_triangle(rng), Less), (*_triangle(rng)[::-1], AtMost)] * 2
    before, after, relation = rng.choice(pairs)
    by = rng.choice([order, order, (order, cases)])
    if rng.random() < 0.5:
        turned = {Less: Greater, AtMost: AtLeast, AtLeast: AtMost, Unequal: Unequal}[relation]
        return RandomRow(after, before, by, turned)
    return RandomRow(before, after, by, relation)


def _squared(term: Any) -> Any:
    return term**2


def tempting_monotone(rng: Random) -> RandomRow:
    f: Any = rng.choice([sqrt, exp, log, tanh, sigmoid, relu, abs, _squared])
    s, gap = positive(rng) if f in (sqrt, log) else scalar(rng, 1), _nonnegative(rng)
    relation = rng.choice([Less, AtMost, Unequal, AtLeast])
    before, after = rng.choice([(f(s), f(s + gap)), (f(s + gap), f(s)), (f(o.low), f(o.high)), (
        f(s), f(scalar(rng, 1))), (relu(s), relu(s + positive(rng))), (s**3, (s + gap) ** 3), (
        s**2, (s + gap) ** 2), (o.q**2, (o.q + gap) ** 3)])  # fmt: skip
    return RandomRow(before, after, monotone, relation)
