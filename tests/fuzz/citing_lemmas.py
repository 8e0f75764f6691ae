"""True rows, and false ones that look true: instances of proved claims."""

from random import Random
from typing import Any

from tests.fuzz import setting as o
from tests.fuzz.grammar import leaf, positive, scalar
from tests.fuzz.rows import RandomRow
from verify import (
    Claim,
    E,
    Sum,
    algebra,
    at_least,
    at_most,
    chain,
    equals,
    equation,
    finite_moment,
    greater,
    independence,
    independent,
    lemma,
    less,
    order,
    random_variable,
    real,
    sqrt,
    square_root,
    unequal,
    vector,
)
from verify.language.statements import AtLeast, AtMost, Equation, Greater, Less, Unequal

_a, _e, _h = real("a"), real("e"), real("h")
_A, _B = random_variable("A"), random_variable("B")
_f = vector("f", o.n)


def _lemma(name: str, states: Any, by: Any, *given_: Any) -> Claim:
    row = equals(states.args[1], by=by)
    if not isinstance(states, Equation):
        kind = {AtLeast: at_least, AtMost: at_most, Less: less, Greater: greater,
                Unequal: unequal}[type(states)]  # fmt: skip
        row = kind(states.args[1], by=by)
    return Claim(
        id=f"fuzz.{name}", title=name, states=states, proof=chain(states.args[0], row), given=given_
    )


SQUARE = _lemma("square", equation((_a + _e) ** 2, _a**2 + 2 * _a * _e + _e**2), algebra)
ROOT = _lemma("root", equation(sqrt(_a**2), _a), square_root, at_least(_a, 0))
UNIT = _lemma("unit", equation(_a / _a, 1), algebra, unequal(_a, 0))
SPREAD = _lemma(
    "spread",
    equation(E(_A * _B), E(_A) * E(_B)),
    independence,
    independent(_A, _B), finite_moment(_A, 1), finite_moment(_B, 1),
)  # fmt: skip
SUMMED = _lemma(
    "summed",
    equation(Sum(_f[o.k] + _h, (o.k, 1, o.n)), Sum(_f[o.k], (o.k, 1, o.n)) + o.n * _h),
    algebra,
)
ABOVE = _lemma("above", at_least(_a + _e, _e), order, at_least(_a, 0))


def true_lemma(rng: Random) -> RandomRow:
    s, other, plus = scalar(rng, 1), leaf(rng), positive(rng)
    left, right = rng.choice([(o.X, o.Y), (o.X**2, o.Y), (o.W[o.i], o.X), (o.Y, o.S[o.i] + 1)])
    kind = rng.randrange(6)
    if kind == 0:
        return RandomRow((s + other) ** 2 * o.b, (s**2 + 2 * s * other + other**2) * o.b, lemma(
            SQUARE, {_a: s, _e: other}))  # fmt: skip
    if kind == 1:
        return RandomRow(sqrt(plus**2) + s, plus + s, lemma(ROOT, {_a: plus}))
    if kind == 2:
        return RandomRow(sqrt(s**2) + other, s + other, lemma(ROOT, {_a: s}))
    if kind == 3:
        return RandomRow(E(left * right) * other, E(left) * E(right) * other, lemma(
            SPREAD, {_A: left, _B: right}))  # fmt: skip
    if kind == 4:
        value = rng.choice([o.q, plus, s, o.g**2])
        by = (lemma(ABOVE, {_a: value, _e: other}), order)
        return RandomRow(sqrt(o.p) * (value + other), sqrt(o.p) * other, by, AtLeast)
    return RandomRow(sqrt(o.q**2) * s, o.q * s, lemma(ROOT, {_a: o.q}))


def tempting_lemma(rng: Random) -> RandomRow:
    s, other = scalar(rng, 1), leaf(rng)
    left, right = rng.choice([
        (o.X, o.T), (o.X, o.X), (o.W[o.i], o.W[o.j]), (o.S[o.i], o.S[o.j]), (o.noise, o.Y),
        (o.X * o.Y, o.Y), (o.T, o.T), (o.X, o.Y + o.T),
    ])  # fmt: skip
    return rng.choice([
        RandomRow(sqrt(s**2) + other, s + other, lemma(ROOT, {_a: s})),
        RandomRow(s / s + other, 1 + other, lemma(UNIT, {_a: s})),
        RandomRow(o.q / o.q, 1, lemma(UNIT, {_a: o.q})),
        RandomRow(E(left * right), E(left) * E(right), lemma(SPREAD, {_A: left, _B: right})),
        RandomRow((s + other) ** 2, s**2 + other**2, lemma(SQUARE, {_a: s, _e: other})),
        RandomRow((s + o.X) ** 2, s**2 + o.X**2, lemma(SQUARE, {_a: s, _e: o.X})),
        RandomRow(s + other, other, (lemma(ABOVE, {_a: s, _e: other}), order), AtLeast),
        RandomRow(o.d, o.c, (lemma(ABOVE, {_a: o.c, _e: o.d}), order), AtLeast),
        RandomRow(Sum(o.x[o.k] + s, (o.k, 1, o.n)), Sum(o.x[o.k], (o.k, 1, o.n)) + s,
                  lemma(SUMMED, {_f: o.x, _h: s})),
        RandomRow(Sum(o.x[o.k] + o.x[o.i], (o.k, 1, o.n)), Sum(o.x[o.k], (o.k, 1, o.n)) + o.x[o.i],
                  lemma(SUMMED, {_f: o.x, _h: o.x[o.i]})),
        RandomRow(Sum(o.u[o.k] + o.X, (o.k, 1, o.n)), Sum(o.u[o.k], (o.k, 1, o.n)) + o.X,
                  lemma(SUMMED, {_f: o.u, _h: o.X})),
    ])  # fmt: skip
