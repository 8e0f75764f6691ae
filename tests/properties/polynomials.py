"""Polynomials as data (exponents: coefficient) and the terms that an author could write for them.

The atoms are algebraically independent over all dimensions, so two terms are equal exactly when
their data are.
"""

from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import strategies as some
from sympy import Rational

import verify.notation  # terms that Hypothesis reports print themselves
from verify import Sum, dimension, equation, index, natural, real, vector
from verify.authoring.rows import chain, equals
from verify.claim import Claim
from verify.kernel.prove import derive
from verify.kernel.theorem import is_theorem
from verify.language.terms import Plus, Power, Times, lift

assert verify.notation

n, t = dimension("n"), natural("t")
i, j = index("i", n), index("j", n)
k, l = index("k"), index("l")  # noqa: E741 (an index)
c, d = real("c"), real("d")
x, y = vector("x", n), vector("y", n)

ATOMS: tuple[Any, ...] = (c, x[i], n, Sum(x[k], (k, 1, n)), Sum(x[k] * y[k], (k, 1, n)))

Data = dict[tuple[int, ...], Fraction]
coefficients = some.builds(Fraction, some.integers(-4, 4).filter(bool), some.integers(1, 3))


def polynomials(atoms: int = len(ATOMS), terms: int = 3, degree: int = 2) -> Any:
    """Nonzero polynomials in that many atoms."""
    exponents = some.tuples(*[some.integers(0, degree)] * atoms)
    return some.dictionaries(exponents, coefficients, min_size=1, max_size=terms)


def times(one: Data, other: Data) -> Data:
    """The product."""
    total: Data = {}
    for (a, u), (b, v) in product(one.items(), other.items()):
        key = tuple(p + q for p, q in zip(a, b, strict=True))
        total[key] = total.get(key, Fraction(0)) + u * v
    return {key: value for key, value in total.items() if value}


def written(data: Data, atoms: Any = ATOMS, order: Any = None) -> Any:
    """Σ coefficient · Π atom^exponent, as a term; `order` permutes the addends."""
    addends = [
        multiplied(
            Rational(value.numerator, value.denominator),
            *(Power(atom, e) if e > 1 else atom for atom, e in zip(atoms, key, strict=True) if e),
        )
        for key, value in data.items()
    ]
    if order is not None:
        order.shuffle(addends)
    return added(*addends)


def added(*parts: Any) -> Any:
    """Their sum: 0 of none, the term itself of one."""
    return Plus(*parts) if len(parts) > 1 else lift(parts[0] if parts else 0)


def multiplied(*parts: Any) -> Any:
    """Their product, likewise."""
    return Times(*parts) if len(parts) > 1 else lift(parts[0] if parts else 1)


@some.composite
def perturbed(draw: Any, data: Data) -> Data:
    """The polynomial with one coefficient or one exponent changed."""
    key = draw(some.sampled_from(sorted(data)))
    changed = dict(data)
    if draw(some.booleans()):
        changed[key] += draw(some.sampled_from([-1, 1]))
        return {key: value for key, value in changed.items() if value}
    place = draw(some.integers(0, len(key) - 1))
    moved = tuple(e + (1 if at == place else 0) for at, e in enumerate(key))
    value = changed.pop(key)
    changed[moved] = changed.get(moved, Fraction(0)) + value
    return {key: value for key, value in changed.items() if value}


def proved(left: Any, right: Any, by: Any, *given: Any) -> bool:
    """Whether the kernel proves left = right in one row."""
    claim = Claim(
        id="properties.row",
        title="a random identity",
        states=equation(left, right),
        proof=chain(lift(left), equals(right, by=by)),
        given=given,
    )
    return is_theorem(derive(claim))
