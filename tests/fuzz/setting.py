"""The names that random rows speak of, what is assumed of them, and worlds where that holds."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from sympy import Basic

from verify import (
    E,
    Sum,
    at_least,
    at_most,
    differentiable,
    dimension,
    equation,
    every,
    finite_moment,
    function,
    greater,
    independent,
    index,
    let,
    matrix,
    mutually_independent,
    natural,
    positive_definite,
    random_variable,
    random_vector,
    real,
    symmetric,
    symmetric_matrix,
    uncorrelated,
    unequal,
    vector,
)
from verify.semantics import World, independent_product, uniform_on

n, t = dimension("n"), natural("t")
i, j = index("i", n), index("j", n)
k, l = index("k"), index("l")  # noqa: E741 (an index)
b, c, d = real("b"), real("c"), real("d")
p, q, g = real("p"), real("q"), real("g")
low, high, r, h = real("low"), real("high"), real("r"), real("h")
x, y, u, z = vector("x", n), vector("y", n), vector("u", n), vector("z", n)
w = real("w", (1, None))
M, N = matrix("M", n, n), matrix("N", n, n)
mu, v = real("mu"), real("v")
W, S = random_vector("W", n), random_vector("S", n)
f, L = function("f"), function("L", n)
R = random_vector("R", n)
m1, m2, m3, m4 = (vector(f"m{order}", n) for order in (1, 2, 3, 4))
X, Y, T = random_variable("X"), random_variable("Y"), random_variable("T")

square = let("square", (c,), c**2 + p)
mix = let("mix", (k,), x[k] * y[k] + c)
noise = let("noise", X * Y + c)
spread = let("spread", (c,), Sum((c - x[k]) ** 2, (k, 1, n)))
#: The same for each k; not 0 where there is one.
flat = let("flat", (k,), h + 0 * k)
argument, arguments = real("s"), vector("a", n)

#: p > 0, q ≥ 0, g ≠ 0, every u[i] > 0.
SIGNS: list[Basic] = [greater(p, 0), at_least(q, 0), unequal(g, 0), every(i, greater(u[i], 0))]
ORDER: list[Basic] = [
    *SIGNS, at_most(low, high), every((k, 1, t), unequal(flat(k), 0)), at_least(h, 0),
    at_most(h, t),
]  # fmt: skip
EQUATIONS: list[Basic] = [
    *SIGNS, equation(r, c * d + 1), every(i, equation(z[i], c * x[i] + y[i])), symmetric_matrix(M),
]  # fmt: skip
DEFINITE: list[Basic] = [*SIGNS, symmetric_matrix(M), positive_definite(M)]
LAWS: list[Basic] = [
    greater(p, 0), uncorrelated(W, mean=mu, variance=v), symmetric(X), symmetric(S),
    independent(W, X, Y, S), finite_moment(X, 4), finite_moment(Y, 4), finite_moment(S, 4),
    finite_moment(T, 2),
]  # fmt: skip
DERIVATIVES: list[Basic] = [
    *EQUATIONS[:-1], *LAWS[1:], differentiable(f), differentiable(L),
]  # fmt: skip
#: Every R[i] has a law of its own, and its first four moments are m1[i], ..., m4[i].
ENTRIES: list[Basic] = [
    *SIGNS, mutually_independent(R), finite_moment(R, 8),
    *(every(i, equation(E(R[i] ** order), moment[i]))
      for order, moment in ((2, m2), (3, m3), (4, m4))),
    every(i, equation(E(R[i]), m1[i])),
]  # fmt: skip

_ANY = [Fraction(a, 6) for a in (-18, -12, -9, -6, -3, -2, 0, 0, 2, 3, 6, 10, 12, 15)]
_POSITIVE = [Fraction(a, 36) for a in (4, 9, 12, 18, 36, 60, 72, 81, 144)]

Law = list[tuple[Fraction, Mapping[Any, Any]]]


def random_world(rng: Random, size: int) -> World:
    """Exact values in dimension `size` that satisfy every hypothesis of this module."""
    some, positive = _pick(rng, _ANY), _pick(rng, _POSITIVE)
    values: dict[Any, Any] = {n: size, t: rng.randrange(4), i: rng.randint(1, size)}
    values[j] = rng.randint(1, size)
    values |= {name: some() for name in (b, c, d, low, mu)}
    values |= {name: [some() for _ in range(size)] for name in (x, y)}
    values |= {p: positive(), q: rng.choice([Fraction(0), positive()]), w: [some()] + [
        some() for _ in range(9)]}  # fmt: skip
    values[g] = rng.choice([-1, 1]) * positive()
    values[u] = [positive() for _ in range(size)]
    values[high] = values[low] + rng.choice([Fraction(0), positive()])
    values[r] = values[c] * values[d] + 1
    values[h] = Fraction(values[t], rng.randint(1, 3))
    values[z] = [values[c] * a + other for a, other in zip(values[x], values[y], strict=True)]
    values[M] = _definite(rng, size)
    values[N] = [[some() for _ in range(size)] for _ in range(size)]
    values |= {f: _polynomial(rng), L: _polynomial_of_vector(rng)}
    law, values[v] = _uncorrelated(rng, size, values[mu])
    return World(values, _joint(rng, size, law))


def _pick(rng: Random, values: list[Fraction]) -> Callable[[], Fraction]:
    return lambda: rng.choice(values)


def world_of_entries(rng: Random, size: int) -> World:
    """As `random_world`, with independent entries of R and nothing else that is random."""
    values, some = dict(random_world(rng, size).values), _pick(rng, _ANY)
    law: list[tuple[Fraction, list[Fraction]]] = [(Fraction(1), [])]
    moments: list[list[Fraction]] = [[], [], [], []]
    for _ in range(size):
        weight = Fraction(rng.randint(1, 4), 5)
        entry = [(weight, some()), (1 - weight, some())]
        law = [(a * e, [*row, value]) for a, row in law for e, value in entry]
        for order, found in enumerate(moments, 1):
            found.append(sum((a * value**order for a, value in entry), Fraction(0)))
    values |= dict(zip((m1, m2, m3, m4), moments, strict=True))
    return World(values, [(weight, {R: row}) for weight, row in law])


def _polynomial(rng: Random) -> Any:
    one, two, three = (rng.choice(_ANY) for _ in range(3))
    return let("f", (argument,), one * argument**3 + two * argument**2 + three * argument + 1)


def _polynomial_of_vector(rng: Random) -> Any:
    """No function of the sum alone, nor a sum of functions of the entries."""
    one, two, three = (rng.choice(_ANY) for _ in range(3))
    square, weighted = Sum(arguments[k] ** 2, (k, 1, n)), Sum(k * arguments[k], (k, 1, n))
    return let("L", (arguments,), one * square * weighted + two * arguments[1] ** 3 + three)


def _definite(rng: Random, size: int) -> list[list[Fraction]]:
    """A·Aᵀ + s·1 for a random A and s > 0."""
    root = [[Fraction(rng.randint(-2, 2)) for _ in range(size)] for _ in range(size)]
    shift = rng.choice(_POSITIVE)
    return [
        [
            sum((a * e for a, e in zip(one, other, strict=True)), Fraction(0))
            + (shift if one is other else 0)
            for other in root
        ]
        for one in root
    ]


def _uncorrelated(rng: Random, size: int, mean: Fraction) -> tuple[Law, Fraction]:
    """Entries of this mean, uncorrelated; in half of the worlds dependent, for size ≥ 2."""
    scale = rng.choice([Fraction(0), *_POSITIVE])
    if rng.random() < 0.5:
        signs = [[]]  # type: list[list[int]]
        for _ in range(size):
            signs = [[*row, sign] for row in signs for sign in (-1, 1)]
        return uniform_on([{W: [mean + scale * s for s in row]} for row in signs]), scale**2
    rows = [
        [mean + sign * scale * (place == at) for place in range(size)]
        for at in range(size)
        for sign in (-1, 1)
    ]
    return uniform_on([{W: row} for row in rows]), scale**2 / size


def _joint(rng: Random, size: int, weights: Law) -> Law:
    some, positive = _pick(rng, _ANY), _pick(rng, _POSITIVE)
    spread, third = positive(), Fraction(1, 3)
    symmetrical: Law = [(third, {X: spread}), (third, {X: -spread}), (third, {X: Fraction(0)})]
    skewed: Law = [(third, {Y: some()}), (2 * third, {Y: some()})]
    rows = [[some() for _ in range(size)] for _ in range(2)]
    signed = [sign * Fraction(1) for sign in (-1, 1)]
    joint = uniform_on([{S: [s * e for e in row]} for row in rows for s in signed])
    together = independent_product(weights, symmetrical, skewed, joint)
    a, e = some(), some()
    return [
        (weight, {**one, T: a * one[X] * one[Y] + e * one[W][0] * one[S][0]})
        for weight, one in together
    ]
