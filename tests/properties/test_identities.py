"""Random true identities, built so, are proved; with one change they are refused."""

from typing import Any

from hypothesis import assume, settings
from hypothesis import given as drawn
from hypothesis import strategies as some

from tests.properties.polynomials import (
    Data,
    added,
    c,
    d,
    i,
    j,
    k,
    l,
    multiplied,
    n,
    perturbed,
    polynomials,
    proved,
    t,
    times,
    written,
    x,
    y,
)
from verify import (
    Delta,
    Sum,
    algebra,
    cases,
    exp,
    exponential,
    greater,
    less,
    log,
    logarithm,
    peel,
    real,
    sqrt,
    square_root,
    unequal,
)
from verify.language.terms import Power

quick = settings(max_examples=40, deadline=None)
b = [real(name) for name in ("b1", "b2", "b3")]
nonzero = [unequal(name, 0) for name in b]
positive = [greater(name, 0) for name in b]
w = real("w", (1, None))
exponents = some.lists(some.integers(-3, 3), min_size=3, max_size=3)


@quick
@drawn(polynomials(terms=2), polynomials(terms=2), some.randoms(use_true_random=False), some.data())
def test_algebra_expands_a_product(one: Data, other: Data, rng: Any, data: Any) -> None:
    left, whole = multiplied(written(one), written(other)), times(one, other)
    right = written(whole, order=rng)
    assume(left != right)
    assert proved(left, right, algebra)
    wrong = data.draw(perturbed(whole))
    assume(wrong != whole)
    assert not proved(left, written(wrong, order=rng), algebra)


@quick
@drawn(polynomials(3, degree=1), polynomials(3, degree=1), some.data())
def test_algebra_multiplies_sums_of_symbolic_length(one: Data, other: Data, data: Any) -> None:
    left = multiplied(
        Sum(written(one, (c, x[k], y[k])), (k, 1, n)),
        Sum(written(other, (d, x[l], y[l])), (l, 1, n)),
    )

    def doubled(body: Data) -> Any:
        return Sum(
            written(one, (c, x[k], y[k])) * written(body, (d, x[l], y[l])), (l, 1, n), (k, 1, n)
        )

    assert proved(left, doubled(other), algebra)
    wrong = data.draw(perturbed(other))
    assume(wrong != other)
    assert not proved(left, doubled(wrong), algebra)


@quick
@drawn(polynomials(3), some.sampled_from([i, j]), some.data())
def test_algebra_contracts_a_delta(body: Data, at: Any, data: Any) -> None:
    left = Sum(Delta(at, k) * written(body, (c, x[k], y[k])), (k, 1, n))
    assert proved(left, written(body, (c, x[at], y[at])), algebra)
    other = j if at == i else i
    if any(key[1] or key[2] for key in body):
        assert not proved(left, written(body, (c, x[other], y[other])), algebra)
    wrong = data.draw(perturbed(body))
    assume(wrong != body)
    assert not proved(left, written(wrong, (c, x[at], y[at])), algebra)
    short = Sum(Delta(at, k) * written(body, (c, x[k], y[k])), (k, 1, n - 1))
    assert not proved(short, written(body, (c, x[at], y[at])), algebra)


@quick
@drawn(some.lists(polynomials(terms=2), min_size=2, max_size=3), some.data())
def test_algebra_finds_a_common_denominator(numerators: list[Data], data: Any) -> None:
    below = b[: len(numerators)]

    def over_one(parts: list[Data]) -> Any:
        cross = [
            multiplied(written(part), *(other for other in below if other is not mine))
            for part, mine in zip(parts, below, strict=True)
        ]
        return added(*cross) / multiplied(*below)

    left = added(*(written(part) / mine for part, mine in zip(numerators, below, strict=True)))
    assert proved(left, over_one(numerators), algebra, *nonzero)
    assert not proved(left, over_one(numerators), algebra, *nonzero[: len(below) - 1])
    wrong = data.draw(perturbed(numerators[0]))
    assume(wrong != numerators[0])
    assert not proved(left, over_one([wrong, *numerators[1:]]), algebra, *nonzero)


@quick
@drawn(
    some.lists(some.integers(1, 3), min_size=3, max_size=3),
    some.lists(some.booleans(), min_size=3, max_size=3),
    some.integers(0, 2),
)
def test_roots_of_squares_follow_the_declared_signs(
    powers: list[int], signs: list[bool], flipped: int
) -> None:
    declared = [greater(m, 0) if up else less(m, 0) for m, up in zip(b, signs, strict=True)]
    left = sqrt(multiplied(*(Power(m, 2 * e) for m, e in zip(b, powers, strict=True)), c**2 + 1))

    def right(ups: list[bool]) -> Any:
        bases = [m if up else -m for m, up in zip(b, ups, strict=True)]
        return multiplied(
            *(Power(m, e) for m, e in zip(bases, powers, strict=True)), sqrt(c**2 + 1)
        )

    assert proved(left, right(signs), square_root, *declared)
    wrong = [not up if at == flipped else up for at, up in enumerate(signs)]
    odd = powers[flipped] % 2 == 1
    assert proved(left, right(wrong), square_root, *declared) is not odd
    if odd:
        rest = [fact for at, fact in enumerate(declared) if at != flipped]
        assert not proved(left, right(signs), square_root, *rest)


@quick
@drawn(exponents.filter(any), some.integers(0, 2))
def test_absolute_values_multiply(powers: list[int], at: int) -> None:
    left = abs(multiplied(c, *(Power(m, e) for m, e in zip(b, powers, strict=True))))

    def right(es: list[int]) -> Any:
        return multiplied(abs(c), *(Power(abs(m), e) for m, e in zip(b, es, strict=True)))

    assert proved(left, right(powers), cases, *nonzero)
    wrong = [e + (place == at) for place, e in enumerate(powers)]
    assert not proved(left, right(wrong), cases, *nonzero)


@quick
@drawn(exponents.filter(lambda es: sum(map(bool, es)) > 1), some.integers(0, 2))
def test_exponentials_of_sums_are_products(es: list[int], at: int) -> None:
    names = (c, d, x[i])
    left = exp(added(*(multiplied(e, name) for e, name in zip(es, names, strict=True) if e)))

    def right(powers: list[int]) -> Any:
        return multiplied(*(Power(exp(m), e) for e, m in zip(powers, names, strict=True)))

    assert proved(left, right(es), exponential)
    assert not proved(left, right([e + (p == at) for p, e in enumerate(es)]), exponential)


@quick
@drawn(exponents.filter(lambda es: sum(map(bool, es)) > 1), some.integers(0, 2))
def test_logarithms_of_products_are_sums(es: list[int], at: int) -> None:
    left = log(multiplied(*(Power(m, e) for m, e in zip(b, es, strict=True))))

    def right(powers: list[int]) -> Any:
        return added(*(multiplied(e, log(m)) for m, e in zip(b, powers, strict=True)))

    assert proved(left, right(es), logarithm, *positive)
    assert not proved(left, right([e + (p == at) for p, e in enumerate(es)]), logarithm, *positive)
    assert not proved(left, right(es), logarithm, *positive[:2], unequal(b[2], 0))


@settings(max_examples=15, deadline=None)
@drawn(polynomials(3, terms=2, degree=1), some.integers(1, 3), some.just(1), some.data())
def test_the_last_terms_of_a_sum_are_peeled(body: Data, m: int, low: int, data: Any) -> None:
    assume(any(key[1] or key[2] for key in body))
    terms = (c, w[k + 1], w[k + 2])

    def at(place: Any, of: Data) -> Any:
        return written(of, (c, w[place + 1], w[place + 2]))

    left = Sum(written(body, terms), (k, low, t + m))

    def right(of: Data) -> Any:
        return added(
            Sum(written(body, terms), (k, low, t)), *(at(t + e, of) for e in range(1, m + 1))
        )

    assert proved(left, right(body), peel)
    assert not proved(left, right(body), algebra)
    wrong = data.draw(perturbed(body))
    assume(wrong != body)
    assert not proved(left, right(wrong), peel)


@quick
@drawn(polynomials(3, terms=2), some.integers(2, 4))
def test_a_sum_from_2_is_not_peeled_to_a_length_that_may_be_negative(body: Data, low: int) -> None:
    left = Sum(written(body, (c, w[k], w[k + 1])), (k, low, t + 1))
    last = written(body, (c, w[t + 1], w[t + 2]))
    right = Sum(written(body, (c, w[k], w[k + 1])), (k, low, t)) + last
    assert not proved(left, right, peel)
