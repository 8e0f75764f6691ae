"""True rows, and false ones that look true: definitions, cases, roots, exponentials, logarithms."""

from random import Random

from sympy import Rational

from tests.fuzz import setting as o
from tests.fuzz.grammar import leaf, positive, random_scalar, scalar
from tests.fuzz.rows import Pair, RandomRow, embedded, two_terms
from verify import (
    Delta,
    E,
    Sum,
    V,
    definition,
    exp,
    log,
    relu,
    sigmoid,
    sign,
    sqrt,
    tanh,
)
from verify.language.terms import Power


def true_definition(rng: Random) -> RandomRow:
    arg, s = scalar(rng, 1), leaf(rng)
    random = random_scalar(rng, 1)
    before, after, about = rng.choice([
        (o.square(arg), arg**2 + o.p, o.square),
        (o.mix(o.i), o.x[o.i] * o.y[o.i] + o.c, o.mix),
        (sigmoid(s), 1 / (1 + exp(-s)), sigmoid(s)),
        (tanh(s), (exp(s) - exp(-s)) / (exp(s) + exp(-s)), tanh(s)),
        (V(random), E(random**2) - E(random) ** 2, V(random)),
        (Sum(o.mix(o.k), (o.k, 1, o.n)), o.x.T @ o.y + o.n * o.c, o.mix),
        (E(o.noise), E(o.X * o.Y + o.c), o.noise),
    ])  # fmt: skip
    cited = definition(about) if rng.random() < 0.7 else definition
    return RandomRow(*embedded(rng, before, after), cited)


def true_cases(rng: Random) -> Pair:
    (s, other), plus = two_terms(rng), positive(rng)
    return rng.choice([
        (relu(s), (s + abs(s)) / 2), (abs(s) ** 2, s**2), (abs(s * other), abs(s) * abs(other)),
        (sign(s) * abs(s), s), (sign(o.c) * o.c, abs(o.c)), (abs(plus), plus), (relu(plus), plus),
        (relu(-plus), 0), (sign(plus), 1), (relu(s) - relu(-s), s), (sign(s) ** 3, sign(s)),
        (abs(-s), abs(s)), (abs(s / plus), abs(s) / plus), (sign(s * plus), sign(s)),
        (relu(s) ** 2 + relu(-s) ** 2, s**2), (relu(plus * s), plus * relu(s)),
        (Delta(o.i, o.n + 1) * s, 0), (Sum(Delta(o.k, o.j) * s, (o.k, 1, o.j - 1)), 0),
    ])  # fmt: skip


def true_roots(rng: Random) -> Pair:
    s, plus, other = scalar(rng, 1), positive(rng), positive(rng)
    return rng.choice([
        (sqrt(s**2), abs(s)), (sqrt(s**2 * plus), abs(s) * sqrt(plus)), (sqrt(plus**2), plus),
        (sqrt(plus * other), sqrt(plus) * sqrt(other)), (sqrt(4 * plus), 2 * sqrt(plus)),
        (sqrt(plus / other), sqrt(plus) / sqrt(other)), (sqrt(o.q**2), o.q),
        (abs(o.g) ** 2, o.g**2),
        (sqrt(s**4), s**2), (sqrt(Rational(8)), 2 * sqrt(Rational(2))), (abs(plus), plus),
        (sqrt(o.g**2 * plus) / abs(o.g), sqrt(plus)), (sqrt(plus / o.g**2), sqrt(plus) / abs(o.g)),
    ])  # fmt: skip


def true_exponentials(rng: Random) -> Pair:
    (s, other), plus = two_terms(rng), positive(rng)
    return rng.choice([
        (exp(s + other), exp(s) * exp(other)), (exp(-s), 1 / exp(s)), (exp(log(plus)), plus),
        (exp(3 * s), exp(s) ** 3), (exp(s - other), exp(s) / exp(other)), (exp(s - s), 1),
        (exp(s + log(plus)), plus * exp(s)), (exp(s / 2) ** 2, exp(s)),
    ])  # fmt: skip


def true_logarithms(rng: Random) -> Pair:
    s, plus, other = scalar(rng, 1), positive(rng), positive(rng)
    return rng.choice([
        (log(plus * other), log(plus) + log(other)), (log(plus / other), log(plus) - log(other)),
        (log(exp(s)), s), (log(plus**2), 2 * log(plus)), (log(Rational(6)), log(2) + log(3)),
        (log(plus * exp(s)), log(plus) + s), (log(1 / plus), -log(plus)),
    ])  # fmt: skip


# -- figures whose side condition fails


def tempting_definition(rng: Random) -> RandomRow:
    arg, s = scalar(rng, 1), leaf(rng)
    before, after, about = rng.choice([
        (o.square(arg), o.square(-arg) + 0, o.square), (o.square(arg), arg**2, o.square),
        (o.mix(o.i), o.mix(o.j), o.mix), (E(o.noise**2), E(o.noise) ** 2, o.noise),
        (o.mix(o.n + 1), o.x[o.n + 1] * o.y[o.n + 1] + o.c, o.mix),
        (V(o.X), E(o.X**2), V(o.X)), (V(o.T), E(o.T) ** 2 - E(o.T**2), V(o.T)),
        (sigmoid(s), exp(s) / (1 + exp(-s)), sigmoid(s)), (E(o.noise), o.noise, o.noise),
        (tanh(s), (exp(s) + exp(-s)) / (exp(s) - exp(-s)), tanh(s)),
        (Sum(o.mix(o.k), (o.k, 1, o.n)), o.x.T @ o.y + o.c, o.mix),
        (sigmoid(s), tanh(s), sigmoid(s)), (arg, arg + 1, o.square),
    ])  # fmt: skip
    return RandomRow(before, after, definition(about) if rng.random() < 0.6 else definition)


def tempting_cases(rng: Random) -> Pair:
    (s, other), plus = two_terms(rng), positive(rng)
    return rng.choice([
        (abs(s), s), (abs(s + other), abs(s) + abs(other)), (sign(s) ** 2, 1), (relu(s), s),
        (abs(s) / s, sign(s)), (sign(s) * s, s), (relu(s) + relu(other), relu(s + other)),
        (relu(s * other), relu(s) * relu(other)), (relu(-s), -relu(s)), (sign(o.q), 1),
        (abs(o.g), o.g), (sign(s) * sign(s) * plus, plus), (abs(s - plus), plus - s),
        (relu(s - plus), relu(s) - plus), (sign(o.g) ** 2, 1), (sign(s / o.g), sign(s) * sign(o.g)),
        (abs(o.x[o.i] * o.x[o.j]), o.x[o.i] ** 2), (relu(s) ** 2, s**2), (abs(o.c) ** 3, o.c**3),
        (Delta(o.i, o.j), 0), (Delta(o.i, o.n), 0), (Delta(o.i, o.j + 1) * s, 0),
        (Sum(Delta(o.k, o.j) * s, (o.k, 1, o.j)), 0),
    ])  # fmt: skip


def tempting_roots(rng: Random) -> Pair:
    (s, other), plus = two_terms(rng), positive(rng)
    return rng.choice([
        (sqrt(s**2), s), (sqrt(s * other), sqrt(s) * sqrt(other)), (sqrt(s**2 * plus), s * sqrt(
            plus)), (sqrt(plus + plus**2), plus + sqrt(plus)), (sqrt(o.g**2), o.g),
        (sqrt(o.c * o.d), sqrt(o.c) * sqrt(o.d)), (sqrt(plus / s**2), sqrt(plus) / s),
        (sqrt(s**2 + other**2), abs(s) + abs(other)), (abs(s), s), (sqrt(s**4 * plus), s * sqrt(
            plus)), (sqrt(o.q / o.p**2), o.q / o.p), (sqrt(Rational(12)), 3 * sqrt(Rational(2))),
        (sqrt(o.q * s), sqrt(o.q) * sqrt(s)), (Power(s**2, Rational(1, 2)), s), (abs(s) ** 3, s**3),
        (sqrt(s**2) * sqrt(other**2), s * other), (sqrt(o.g**2 * o.q) / o.g, sqrt(o.q)),
    ])  # fmt: skip


def tempting_exponentials(rng: Random) -> Pair:
    (s, other), plus = two_terms(rng), positive(rng)
    return rng.choice([
        (exp(s * other), exp(s) * exp(other)), (exp(log(s)), s), (exp(s) + exp(other), exp(s +
            other)), (exp(s / 2), exp(s) / 2), (exp(-s), -exp(s)), (exp(2 * s), exp(s) * 2),
        (exp(log(plus) * other), plus * other), (exp(log(plus) / 2), plus / 2), (exp(0 * s), 0),
        (exp(s) * exp(s), exp(s**2)), (exp(log(o.q)), o.q), (exp(log(o.g)), o.g),
        (exp(Sum(o.x[o.k], (o.k, 1, o.n))), Sum(exp(o.x[o.k]), (o.k, 1, o.n))),
    ])  # fmt: skip


def tempting_logarithms(rng: Random) -> Pair:
    (s, other), plus = two_terms(rng), positive(rng)
    return rng.choice([
        (log(s * other), log(s) + log(other)), (log(s**2), 2 * log(s)), (log(o.g**2), 2 * log(o.g)),
        (log(plus + o.p), log(plus) + log(o.p)), (log(plus) * log(o.p), log(plus * o.p)),
        (log(plus) ** 2, 2 * log(plus)), (log(exp(s) + exp(other)), s + other),
        (log(abs(o.g)), log(o.g)), (log(plus / s), log(plus) - log(s)), (log(1 / plus), log(plus)),
        (log(plus * o.q), log(plus) + log(o.q)), (log(o.c * o.d), log(o.c) + log(o.d)),
        (log(Rational(6)), log(Rational(2)) * log(Rational(3))),
    ])  # fmt: skip
