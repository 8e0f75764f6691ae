"""Means of random polynomials of an uncorrelated family, up to order 2."""

from fractions import Fraction
from typing import Any

from hypothesis import assume, settings
from hypothesis import given as drawn
from hypothesis import strategies as some
from sympy import Rational

from tests.properties.polynomials import added, i, j, k, l, multiplied, n, proved, x, y
from verify import (
    Delta,
    E,
    Sum,
    V,
    definition,
    linearity,
    moments,
    random_vector,
    real,
    uncorrelated,
)

W = random_vector("W", n)
mu, v = real("mu"), real("v")
family = uncorrelated(W, mean=mu, variance=v)
by = (linearity, moments)

#: A linear form a + b·W[i] + e·W[j] + f·Σ x_k W_k + g·Σ y_k W_k as its coefficients.
Form = tuple[Fraction, ...]
numbers = some.builds(Fraction, some.integers(-3, 3), some.integers(1, 2))
forms = some.tuples(*[numbers] * 5)


def number(value: Fraction) -> Any:
    return Rational(value.numerator, value.denominator)


def dot(vector: Any, index: Any = k) -> Any:
    return Sum(vector[index] * W[index], (index, 1, n))


def written(form: Form) -> Any:
    parts = (1, W[i], W[j], dot(x), dot(y, l))
    return added(*(multiplied(number(a), part) for a, part in zip(form, parts, strict=True)))


def total(vector: Any) -> Any:
    return Sum(vector[k], (k, 1, n))


def mean(form: Form) -> Any:
    parts = (1, mu, mu, mu * total(x), mu * total(y))
    return added(*(multiplied(number(a), part) for a, part in zip(form, parts, strict=True)))


def covariance(one: Form, other: Form) -> Any:
    """v · Σ of the products of the weights that two forms give to the same entry."""
    dots = {
        (1, 1): 1, (1, 2): Delta(i, j), (1, 3): x[i], (1, 4): y[i],
        (2, 2): 1, (2, 3): x[j], (2, 4): y[j],
        (3, 3): Sum(x[k] ** 2, (k, 1, n)), (3, 4): Sum(x[k] * y[k], (k, 1, n)),
        (4, 4): Sum(y[k] ** 2, (k, 1, n)),
    }  # fmt: skip
    parts = []
    for a in range(1, 5):
        for b in range(1, 5):
            weight = number(one[a] * other[b])
            parts.append(multiplied(weight, v, dots[min(a, b), max(a, b)]))
    return added(*parts)


@settings(max_examples=40, deadline=None)
@drawn(forms.filter(lambda f: f[0] and any(f[1:])), some.integers(0, 4), some.sampled_from([-1, 1]))
def test_the_mean_of_a_linear_form(form: Form, at: int, by_one: int) -> None:
    assert proved(E(written(form)), mean(form), by, family)
    wrong = tuple(a + by_one * (place == at) for place, a in enumerate(form))
    assert not proved(E(written(form)), mean(wrong), by, family)
    assert not proved(E(written(form)), mean(form), linearity, family)


@settings(max_examples=25, deadline=None)
@drawn(
    forms.filter(lambda f: f[0] and any(f[1:])),
    forms.filter(lambda f: any(f[1:])),
    some.integers(1, 4),
)
def test_the_mean_of_a_product_of_two_forms(one: Form, other: Form, at: int) -> None:
    left = E(written(one) * written(other))
    assert proved(left, mean(one) * mean(other) + covariance(one, other), by, family)
    assert not proved(left, mean(one) * mean(other), by, family) or _uncorrelated(one, other)
    wrong = tuple(a + (place == at) for place, a in enumerate(one))
    assert not proved(left, mean(wrong) * mean(other) + covariance(wrong, other), by, family)


def _uncorrelated(one: Form, other: Form) -> bool:
    """Whether the covariance vanishes identically (all weights of one entry do)."""
    symmetric = [one[a] * other[b] + one[b] * other[a] for a in range(1, 5) for b in range(a, 5)]
    return not any(symmetric)


@settings(max_examples=25, deadline=None)
@drawn(forms.filter(lambda f: f[0] and any(f[1:])))
def test_the_variance_of_a_linear_form(form: Form) -> None:
    rules = (definition, linearity, moments)
    assert proved(V(written(form)), covariance(form, form), rules, family)
    doubled = multiplied(2, covariance(form, form))
    assert not proved(V(written(form)), doubled, rules, family)


@settings(max_examples=25, deadline=None)
@drawn(forms.filter(lambda f: f[0] and any(f[1:])))
def test_nothing_is_known_without_the_mean_or_the_variance(form: Form) -> None:
    assume(any(form[1:]))
    assert not proved(E(written(form)), mean(form), by, uncorrelated(W, variance=v))
    square = E(written(form) ** 2)
    assert not proved(
        square, mean(form) ** 2 + covariance(form, form), by, uncorrelated(W, mean=mu)
    )
