"""True rows, and false ones that look true: expectations, moments, symmetry."""

from random import Random
from typing import Any

from sympy import Basic, Rational

from tests.fuzz import setting as o
from tests.fuzz.rows import Pair, RandomRow, embedded
from verify import (
    Delta,
    E,
    Sum,
    V,
    cases,
    definition,
    exp,
    independence,
    linearity,
    moments,
    relu,
    sign,
    symmetry,
)
from verify.language.statements import SameLaw


def _random_part(rng: Random, depth: int = 1) -> Any:
    return rng.choice([o.X, o.Y, o.W[o.i], o.S[o.j], o.X**2, o.X * o.Y, o.W[o.i] * o.W[o.j]])


def _fixed(rng: Random, depth: int = 1) -> Any:
    return rng.choice([o.c, o.d, o.x[o.i], o.n, Rational(2), Rational(-1, 2), o.c * o.d])


def true_linear(rng: Random) -> Pair:
    one, other = _random_part(rng), _random_part(rng)
    a, e = _fixed(rng), _fixed(rng)
    where = (o.k, 1, o.n)
    return rng.choice([
        (E(a * one + e * other), a * E(one) + e * E(other)), (E(one - other), E(one) - E(other)),
        (E(Sum(o.x[o.k] * o.W[o.k], where)), Sum(o.x[o.k] * E(o.W[o.k]), where)), (E(a), a),
        (E(Sum(o.W[o.k], where) ** 2),
         Sum(E(o.W[o.k] * o.W[o.l]), where, (o.l, 1, o.n))),
        (E(a + one), a + E(one)), (E((one + a) ** 2), E(one**2) + 2 * a * E(one) + a**2),
    ])  # fmt: skip


def true_independent(rng: Random) -> Pair:
    fx = rng.choice([o.X, o.X**2, abs(o.X), relu(o.X)])
    fy = rng.choice([o.Y, o.Y**2, relu(o.Y), o.Y * o.Y])
    fw = rng.choice([o.W[o.i], o.W[o.j], o.W[o.i] * o.W[o.j]])
    fs = rng.choice([o.S[o.i], o.S[o.i] * o.S[o.j]])
    return rng.choice([
        (E(fx * fy), E(fx) * E(fy)), (E(fx * fw), E(fx) * E(fw)),
        (E(fw * fs * fy), E(fw) * E(fs) * E(fy)),
        (E(fs * fx), E(fs) * E(fx)),
        (E(fw * fx) * E(fy), E(fx) * E(fy) * E(fw)), (E(fw * fs), E(fw) * E(fs)),
    ])  # fmt: skip


def true_moments(rng: Random) -> Pair:
    at, other = rng.choice([o.i, o.j]), rng.choice([o.i, o.j])
    where = (o.k, 1, o.n)
    pairs = [
        (E(o.W[at]), o.mu), (E(o.W[at] ** 2), o.mu**2 + o.v), (V(o.W[at]), o.v),
        (E(o.W[at] * o.W[other]), o.mu**2 + o.v * Delta(at, other)),
        (Sum(o.x[o.k] * E(o.W[o.k] * o.W[at]), where),
         o.mu**2 * Sum(o.x[o.k], where) + o.v * o.x[at]),
        (Sum(E(o.W[o.k]), where), o.n * o.mu),
    ]  # fmt: skip
    return rng.choice(pairs)


def true_moments_of_combinations(rng: Random) -> Pair:
    where = (o.k, 1, o.n)
    dot = Sum(o.x[o.k] * o.W[o.k], where)
    a = _fixed(rng)
    first = o.mu * Sum(o.x[o.k], where)
    return rng.choice([
        (E(dot), first), (E(a * o.W[o.i] + o.W[o.j]), a * o.mu + o.mu),
        (E(dot**2), first**2 + o.v * Sum(o.x[o.k] ** 2, where)),
        (E((o.W[o.i] - o.mu) ** 2), o.v), (E(dot * o.W[o.j]), first * o.mu + o.v * o.x[o.j]),
    ])  # fmt: skip


def true_symmetry(rng: Random) -> RandomRow:
    kind = rng.randrange(9)
    if kind == 0:
        return RandomRow(o.X * o.Y, -o.X * o.Y, symmetry(o.X), SameLaw)
    if kind == 1:
        f = rng.choice([o.S[o.i] + o.Y, o.S[o.i] * o.Y, o.S[o.i] - o.S[o.j], relu(o.S[o.i])])
        return RandomRow(f, _negated(f), symmetry(o.S),
                         SameLaw)  # fmt: skip
    even = rng.choice(
        [o.X**2, abs(o.X), o.X * o.S[o.i], o.W[o.i] * o.X, relu(o.X), o.Y * relu(o.X)]
    )
    odd = rng.choice([o.X, o.X**3, o.X * o.Y, o.X * abs(o.X), o.S[o.i], o.S[o.i] * o.W[o.j]])
    if kind <= 4:
        return RandomRow(*embedded(rng, E(odd), 0, _fixed), symmetry)
    if kind <= 6:
        return RandomRow(E(even), E(_flipped(even)), symmetry(o.X))
    return RandomRow(E(relu(o.X) * o.Y), E(relu(-o.X) * o.Y), symmetry)


def _negated(term: Basic) -> Any:
    return term.xreplace({o.S[o.i]: -o.S[o.i], o.S[o.j]: -o.S[o.j]})


def _flipped(term: Basic) -> Any:
    return term.xreplace({o.X: -o.X})


def true_together(rng: Random) -> RandomRow:
    where = (o.k, 1, o.n)
    dot = Sum(o.x[o.k] * o.W[o.k], where)
    a = _fixed(rng)
    first = o.mu * Sum(o.x[o.k], where)
    kind = rng.randrange(5)
    if kind == 0:
        return RandomRow(E(a * o.X**2 * o.Y + o.W[o.i]), a * E(o.X**2) * E(o.Y) + E(o.W[o.i]), (
            linearity, independence))  # fmt: skip
    if kind == 1:
        return RandomRow(E(dot * o.Y), first * E(o.Y), (linearity, independence, moments))
    if kind == 2:
        before = V(dot) if rng.random() < 0.7 else V(a * dot)
        after = o.v * Sum(o.x[o.k] ** 2, where) * (1 if before == V(dot) else a**2)
        return RandomRow(before, after, (definition, linearity, moments))
    if kind == 3:
        return RandomRow(E(relu(o.X) ** 2), E(o.X**2) / 2, (cases, linearity, symmetry))
    return RandomRow(E(o.X * o.T + a * o.X * o.Y), E(o.X * o.T), (linearity, symmetry))


# -- figures whose side condition fails


def tempting_linear(rng: Random) -> Pair:
    one, other, a = _random_part(rng), _random_part(rng), _fixed(rng)
    return rng.choice([
        (E(one * other), E(one) * E(other)), (E(one**2), E(one) ** 2), (E(o.T), o.T), (E(one), one),
        (E(abs(one)), abs(E(one))), (E(relu(o.X)), relu(E(o.X))), (E(a * one), E(one)),
        (E(o.T * one), o.T * E(one)), (V(a * one), a * V(one)), (V(one + other), V(one) + V(other)),
        (E(Sum(o.W[o.k], (o.k, 1, o.n))), o.n * E(o.W[o.i])), (E(o.noise), o.noise),
        (E(exp(o.X)), exp(E(o.X))), (E(1 / o.Y), 1 / E(o.Y)), (E(sign(one) * one), E(one)),
    ])  # fmt: skip


def tempting_independent(rng: Random) -> Pair:
    at, other = rng.choice([o.i, o.j]), rng.choice([o.i, o.j])
    f = rng.choice([o.X, o.Y, o.W[at], o.S[at]])
    return rng.choice([
        (E(o.W[at] * o.W[other]), E(o.W[at]) * E(o.W[other])), (E(o.X * o.X), E(o.X) * E(o.X)),
        (E(o.T * f), E(o.T) * E(f)), (E(o.S[o.i] * o.S[o.j]), E(o.S[o.i]) * E(o.S[o.j])),
        (E(o.W[at] ** 2 * o.W[other]), E(o.W[at] ** 2) * E(o.W[other])),
        (E(o.noise * f), E(o.noise) * E(f)), (E(f * f * o.Y), E(f) ** 2 * E(o.Y)),
        (E(o.X * o.Y * o.X), E(o.X) * E(o.Y) * E(o.X)), (E(abs(o.X) * o.X), E(abs(o.X)) * E(o.X)),
        (E((o.X + o.Y) * o.Y), E(o.X + o.Y) * E(o.Y)), (E(relu(o.X * o.Y)), E(relu(o.X)) * E(o.Y)),
        (E(relu(o.W[at]) * o.W[other]), E(relu(o.W[at])) * E(o.W[other])),
    ])  # fmt: skip


def tempting_moments(rng: Random) -> Pair:
    at, other = rng.choice([o.i, o.j]), rng.choice([o.i, o.j])
    where = (o.k, 1, o.n)
    return rng.choice([
        (E(o.W[at] * o.W[other]), o.mu**2), (E(o.W[at] ** 2), o.v), (E(o.W[at] ** 2), o.mu**2),
        (E(o.W[at] * o.W[other]), o.mu**2 + o.v), (E(o.W[at] ** 3), o.mu**3 + 3 * o.mu * o.v),
        (E(o.S[at]), o.mu), (E(o.S[at] ** 2), o.mu**2 + o.v), (E(o.X), 0), (V(o.X), o.v),
        (E(o.W[at] ** 4), 3 * o.v**2), (E(o.W[o.i] * o.S[o.i]), o.mu * o.mu), (E(o.T), o.mu),
        (E(o.W[at] * o.X), o.mu * E(o.X)), (Sum(E(o.W[o.k] ** 2), where), o.n * o.v),
        (E(o.W[o.i] ** 2 * o.W[o.j] ** 2), (o.mu**2 + o.v) ** 2), (E(abs(o.W[at])), abs(o.mu)),
        (V(o.W[o.i] + o.W[o.j]), 2 * o.v), (V(2 * o.W[at]), 2 * o.v), (E(o.W[at]), E(o.W[other])),
        (Sum(E(o.W[o.k] * o.W[o.i]), where), o.n * o.mu**2 + o.n * o.v),
    ])  # fmt: skip


def tempting_symmetry(rng: Random) -> RandomRow:
    both = rng.choice([symmetry, symmetry(o.X), symmetry(o.S)])
    law = rng.choice([
        (o.T, -o.T), (o.X * o.T, -o.X * o.T), (o.X + o.T, -o.X + o.T), (o.Y, -o.Y),
        (o.S[o.i] * o.S[o.j], -o.S[o.i] * o.S[o.j]), (o.X * o.S[o.i] + o.Y, o.X * o.S[o.i] - o.Y),
        (relu(o.X), -relu(o.X)), (o.X + 1, -o.X - 1), (o.S[o.i], -o.S[o.j]), (o.X, o.S[o.i]),
        (o.S[o.i] + o.S[o.j], o.S[o.i] - o.S[o.j]), (o.noise, -o.noise),
    ])  # fmt: skip
    if rng.random() < 0.4:
        return RandomRow(*law, both, SameLaw)
    pair = rng.choice([
        (E(o.T), 0), (E(o.X * o.T), 0), (E(o.X**2), 0), (E(o.S[o.i] * o.S[o.j]), 0), (E(o.Y), 0),
        (E(relu(o.X)), 0), (E(o.X * o.T), E(-o.X * o.T)), (E(abs(o.X) * o.Y), 0), (E(o.W[o.i]), 0),
        (E(relu(o.X) * o.T), E(relu(-o.X) * o.T)), (E(relu(o.X)), E(o.X) / 2), (E(o.noise), 0),
        (E(relu(o.S[o.i]) * o.S[o.j]), E(relu(-o.S[o.i]) * o.S[o.j])), (E(o.X**2), E(-(o.X**2))),
        (V(o.X), 0), (E(relu(o.T)), E(relu(-o.T))), (E(sign(o.T)), 0),
        (E(relu(o.Y)), E(relu(-o.Y))),
    ])  # fmt: skip
    return RandomRow(*pair, both)


def tempting_together(rng: Random) -> RandomRow:
    pair = rng.choice([
        tempting_linear, tempting_independent, tempting_moments
    ])(rng)  # fmt: skip
    by = rng.choice([
        (linearity, independence), (linearity, independence, moments), (linearity, moments),
        (definition, linearity), (independence, moments), (cases, linearity, symmetry),
        (linearity, symmetry), (definition, linearity, moments),
    ])  # fmt: skip
    return RandomRow(*embedded(rng, *pair, _fixed), by)
