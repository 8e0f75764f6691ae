"""True rows, and false ones that look true: derivatives.

A true row is made by building a term together with its derivative, node by node.
"""

from random import Random
from typing import Any

from tests.fuzz import setting as o
from tests.fuzz.rows import Pair, RandomRow, embedded
from verify import (
    Array,
    Delta,
    E,
    Product,
    Sum,
    V,
    definition,
    derivative,
    differentiate,
    exp,
    given,
    let,
    linearity,
    log,
    partial,
    relu,
    sigmoid,
    sign,
    sqrt,
    tanh,
)
from verify.language.substitution import substitute
from verify.language.terms import Power, lift

_ALONG = [o.c, o.d, o.p, o.x[o.i], o.x[o.j], o.c, o.x[o.i]]
_WHERE = (o.k, 1, o.n)


def _leaf(rng: Random, along: Any, at: tuple[Any, ...]) -> Pair:
    place = rng.choice(at)
    name = rng.choice([o.c, o.d, o.p, o.x[place], o.x[place], o.y[place], lift(2), o.n])
    if along.args and name == o.x[place]:
        return name, Delta(place, along.args[1])
    return name, lift(1 if name == along else 0)


def smooth(rng: Random, along: Any, depth: int, at: tuple[Any, ...] = (o.i, o.j)) -> Pair:
    """A term with a derivative everywhere, and that derivative."""
    if depth == 0:
        return _leaf(rng, along, at)
    kind = rng.randrange(16)
    if kind <= 2:
        return _sum(rng, along, depth, at)
    a, da = smooth(rng, along, depth - 1, at)
    b, db = smooth(rng, along, depth - 1, at)
    below, dbelow = 1 + b**2, 2 * b * db
    return [
        (a + b, da + db), (a - b, da - db), (a * b, da * b + a * db), (a * b, da * b + a * db),
        (a / below, (da * below - a * dbelow) / below**2), (a**2, 2 * a * da),
        (a**3, 3 * a**2 * da), (Power(a, o.t + 1), (o.t + 1) * Power(a, o.t) * da),
        (sqrt(below) * a, dbelow / (2 * sqrt(below)) * a + sqrt(below) * da),
        rng.choice([(exp(a), exp(a) * da), (log(below), dbelow / below)]),
        rng.choice([
            (tanh(a), (1 - tanh(a) ** 2) * da), (sigmoid(a), sigmoid(a) * (1 - sigmoid(a)) * da),
        ]),
        (o.f(a), partial(o.f, a) * da),
        (o.square(a) * b, o.square(a) * db + b * (2 * a * da + (1 if along == o.p else 0))),
    ][kind - 3]  # fmt: skip


def _sum(rng: Random, along: Any, depth: int, at: tuple[Any, ...]) -> Pair:
    bound, other = (o.k, o.l) if o.k not in at else (o.l, o.k)
    body, slope = smooth(rng, along, depth - 1, (bound, at[0]))
    where = (bound, 1, o.n)
    if rng.random() < 0.4 and other not in at:
        inner: Any = Array(body, where)
        there: Any = substitute(lift(slope), {bound: other})
        return o.L(inner), Sum(partial(o.L, inner, other) * there, (other, 1, o.n))
    return Sum(body, where), Sum(slope, where)


def _by_hand(rng: Random) -> tuple[Any, Any, Any]:
    """Figures that the building of a term does not reach."""
    c, x, i, j, k = o.c, o.x, o.i, o.j, o.k
    dot = Sum(x[k] * o.W[k], _WHERE)
    hidden = let("hidden", c**2 * o.d)
    both = (differentiate, linearity)
    return rng.choice([
        (derivative(abs(o.g), o.g), sign(o.g), differentiate),
        (derivative(relu(o.g), o.g), (1 + sign(o.g)) / 2, differentiate),
        (derivative(sqrt(o.p), o.p), 1 / (2 * sqrt(o.p)), differentiate),
        (derivative(log(o.u[i]), o.u[j]), Delta(i, j) / o.u[i], differentiate),
        (derivative(derivative(c**3 * o.d**2, c), o.d), 6 * c**2 * o.d, differentiate),
        (derivative(derivative(Sum(x[k] ** 2, _WHERE), x[i]), x[j]), 2 * Delta(i, j),
         differentiate),
        (derivative(o.L(x), x[i]), partial(o.L, x, i), differentiate),
        (derivative(o.mix(i), x[j]), Delta(i, j) * o.y[i], (differentiate, definition)),
        (derivative(hidden * c, c), 3 * c**2 * o.d, (differentiate, definition)),
        (derivative(o.square(o.d), c), 0, differentiate), (derivative(o.r, c), 0, differentiate),
        (derivative(E((c * o.X - o.d * o.Y) ** 2), c), 2 * E((c * o.X - o.d * o.Y) * o.X), both),
        (derivative(E((dot - o.Y) ** 2), x[i]), 2 * E((dot - o.Y) * o.W[i]), both),
        (derivative(V(c * o.X), c), 2 * c * (E(o.X**2) - E(o.X) ** 2), both),
        (derivative(E(o.X**2 * c**3), c), 3 * c**2 * E(o.X**2), both),
    ])  # fmt: skip


def true_derivative(rng: Random) -> RandomRow:
    if rng.random() < 0.2:
        before, after, by = _by_hand(rng)
        return RandomRow(*embedded(rng, before, after), by)
    along = rng.choice(_ALONG)
    term, slope = smooth(rng, along, rng.choice((1, 1, 2)))
    return RandomRow(*embedded(rng, derivative(term, along), slope), differentiate)


# -- figures whose side condition fails


def _tempting(rng: Random) -> tuple[Any, Any, Any]:
    c, d, x, i, j, k, f, loss = o.c, o.d, o.x, o.i, o.j, o.k, o.f, o.L
    along = rng.choice(_ALONG)
    (s, ds), (other, do) = smooth(rng, along, 1), smooth(rng, along, 1)
    one, whole = differentiate, Sum(x[k] ** 2, _WHERE)
    hidden, both = let("hidden", c * d), (differentiate, linearity)
    scaled: Any = Array(c * x[k], _WHERE)
    return rng.choice([
        # a wrong chain, product or quotient rule
        (derivative(f(s), along), partial(f, s), one), (derivative(exp(s), along), exp(s), one),
        (derivative(f(c * d), c), partial(f, c * d), one), (derivative(f(s + c**2), c), partial(
            f, s + c**2), one), (derivative(f(whole), x[i]), partial(f, whole), one),
        (derivative(f(x[i] ** 2), x[j]), Delta(i, j) * partial(f, x[i] ** 2), one),
        (derivative(f(c) * f(d), c), partial(f, c) * partial(f, d), one),
        (derivative(s**2, along), 2 * s, one), (derivative(s * other, along), ds * do, one),
        (derivative(s / (1 + other**2), along), ds / (1 + other**2), one),
        (derivative(tanh(s), along), ds / (1 - tanh(s) ** 2), one),
        (derivative(loss(scaled), x[i]), partial(loss, scaled, i), one),
        (derivative(loss(scaled), c), partial(loss, scaled, i) * x[i], one),
        (derivative(loss(x), x[i]), partial(loss, x, j), one), (f(c), c, one),
        (partial(loss, scaled, i), c * partial(loss, x, i), one), (partial(f, s), ds, one),
        # values that hypotheses give, used within a derivative
        (derivative(o.r, c), d, (one, given)), (derivative(o.r, d), c, (one, given)),
        (derivative(o.z[i], c), x[i], (one, given)), (derivative(o.z[i], x[j]), c * Delta(i, j), (
            one, given)), (derivative(o.r * c, c), 2 * c * d + 1, (one, given)),
        (derivative(o.q, o.q), 0, (one, given)),
        # kinks and edges
        (derivative(abs(c), c), sign(c), one), (derivative(relu(s), along), ds * (1 + sign(s)) / 2,
         one), (derivative(sqrt(o.q), o.q), 1 / (2 * sqrt(o.q)), one), (derivative(sign(c), c), 0,
         one), (derivative(abs(c) * c, c), 2 * abs(c), one), (derivative(sqrt(c**2), c), sign(c),
         one), (derivative(Power(c, o.t), c), o.t * Power(c, o.t - 1), one),
        (derivative(0 * abs(c), c), 0, one), (derivative(relu(c) + relu(-c), c), sign(c), one),
        (derivative(log(o.g), o.g), 1 / o.g, one), (derivative(abs(x[i]), x[j]), Delta(i, j) * sign(
            x[i]), one), (derivative(Power(o.q, 2 * o.t), o.q), 2 * o.t * Power(o.q, o.t), one),
        # bound indices and definitions
        (derivative(whole, x[i]), 2 * Sum(x[k], _WHERE), one), (derivative(x[i] * x[j], x[i]), x[j],
         one), (derivative(x[i], x[j]), 0, one), (derivative(Sum(x[k], (o.k, 2, o.n)), x[i]), 1,
         one), (Sum(derivative(x[k] ** 2, x[i]), _WHERE), Sum(2 * x[k], _WHERE), one),
        (derivative(Product(x[k], _WHERE), x[i]), Product(x[k], _WHERE) / x[i], one),
        (derivative(hidden, c), 0, one), (derivative(hidden * c, c), hidden, one),
        (derivative(o.square(d), c), 2 * d, one), (derivative(o.square(d), d), 2 * o.c, one),
        (derivative(o.mix(i), x[j]), o.y[i], (one, definition)),
        (derivative(o.square(c), c), derivative(o.square(d), d), one),
        (let("g", (o.b,), derivative(c * o.b, c))(c), 2 * c, one),
        (let("g", (o.c,), derivative(c * d, d))(d), 2 * d, (one, definition)),
        # second derivatives, means
        (derivative(derivative(c**3, c), c), 3 * c**2, one), (derivative(derivative(c * d, c), d),
         0, one), (derivative(E(c * o.X**2), c), E(o.X) ** 2, both), (derivative(E(abs(c * o.X)), c
         ), E(abs(o.X)), both), (derivative(E(relu(c * o.X)), c), E(relu(o.X)), both),
        (derivative(E(1 / (o.Y - c)), c), E(1 / (o.Y - c) ** 2), both),
        (derivative(V(c * o.X), c), V(o.X), both), (derivative(E(c * o.X) ** 2, c), 2 * E(
            c * o.X), both), (derivative(E(f(c)), c), E(partial(f, c)), both),
    ])  # fmt: skip


def tempting_derivative(rng: Random) -> RandomRow:
    before, after, by = _tempting(rng)
    return RandomRow(*embedded(rng, before, after), by)
