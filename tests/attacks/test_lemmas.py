"""Lemmas: hypotheses not discharged, well-formedness used as a hypothesis, wrong instances."""

from dataclasses import replace
from typing import Any

import pytest

from tests.attacks.declarations import (
    W,
    X,
    Y,
    assert_accepted,
    assert_refused,
    b,
    c,
    claimed,
    d,
    equal,
    n,
    related,
    x,
)
from verify import (
    Apply,
    Claim,
    E,
    Exhibit,
    Sum,
    algebra,
    at_least,
    cases,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    exists,
    finite_moment,
    function,
    given,
    greater,
    implies,
    independence,
    independent,
    index,
    lemma,
    let,
    linearity,
    matrix,
    moments,
    natural,
    order,
    random_vector,
    symmetric,
    symmetry,
    uncorrelated,
    unequal,
    vector,
)
from verify.kernel.prove import derive

N, r = dimension("N"), index("r", dimension("N"))
w = dimension("w", (1, None))
level, other = index("k", 1, None), index("m", 1, None)
within = index("j", w[level])
standard = uncorrelated(X, mean=0, variance=1)


def named(name: str, claim: Claim) -> Claim:
    return replace(claim, id=f"lemma.{name}")


absolute = named("absolute", equal(abs(c), c, cases, given=[greater(c, 0)]))
below = named("below", equal(abs(N - r), N - r, cases))
square = named("square", related(at_least, c**2, 0, order))
constant = named(
    "constant", equal(E(c * X), c * E(X), linearity, well_formed=[finite_moment(X, 1)])
)
split = named(
    "split",
    equal(
        E(X * Y),
        E(X) * E(Y),
        independence,
        given=[independent(X, Y)],
        well_formed=[finite_moment(X, 1), finite_moment(Y, 1)],
    ),
)
length = named("length", equal(Sum(x[index("i", n)] * 0 + 1, (index("i", n), 1, n)), n))
mean_of = let("f", (b,), E(b * X))
constant_mean = named(
    "constant_mean",
    claimed(
        every(c, equation(mean_of(c), c * E(X))),
        chain(
            mean_of(c),
            equals(E(c * X), by=definition(mean_of)),
            equals(c * E(X), by=linearity),
        ),
        well_formed=[finite_moment(X, 4)],
    ),
)
anywhere, sides = index("q"), dimension("K", n, n)
number = named(
    "number",
    claimed(equation(anywhere.T, anywhere), chain(anywhere.T, equals(anywhere, by=algebra))),
)
late = index("e", 1, n - 5)
sizes = dimension("s", (1, 7))
seventh = named("seventh", equal(5 * sizes[7], 4 * sizes[7] + sizes[7]))
beyond = named("beyond", related(at_least, n, late + 5, order))
bounded = [finite_moment(each, 4) for each in (X, Y, W)]
other_vector = vector("z", n + 1)

FALSE = {
    "a hypothesis of the lemma missing": equal(abs(d), d, lemma(absolute, {c: d})),
    "a hypothesis for another name": equal(
        abs(d), d, lemma(absolute, {c: d}), given=[greater(c, 0)]
    ),
    "a weaker hypothesis": equal(abs(d), d, lemma(absolute, {c: d}), given=[unequal(d, 0)]),
    "well-formedness discharges a hypothesis": equal(
        abs(c), c, lemma(absolute), well_formed=[greater(c, 0)]
    ),
    "an index of every level, in the range of one": equal(
        abs(w[other] - within), w[other] - within, lemma(below, {N: w[level], r: within})
    ),
    "an index of a range that may be empty, in the lemma": related(
        at_least, n, 6, (order, lemma(beyond))
    ),
    "an index out of the lemma's range": equal(
        abs(n - (n + 1)), n - (n + 1), lemma(below, {N: n, r: n + 1})
    ),
    "a random value for a fixed name": equal(
        E(X * X), X * E(X), lemma(constant, {c: X}), well_formed=bounded
    ),
    "one value for two independent names": equal(
        E(W[1] * W[1]),
        E(W[1]) * E(W[1]),
        lemma(split, {X: W[1], Y: W[1]}),
        given=[every(index("i", n), independent(W[index("i", n)], X))],
        well_formed=bounded,
    ),
    "values that share a name": equal(
        E(X * (X + Y)),
        E(X) * E(X + Y),
        lemma(split, {Y: X + Y}),
        given=[independent(X, Y)],
        well_formed=bounded,
    ),
    "a real number for a dimension": equal(abs(c - 1), c - 1, lemma(below, {N: c, r: 1})),
    "zero for a dimension": equal(abs(0 - r), 0 - r, lemma(below, {N: 0})),
    "a fraction for an index": equal(abs(n - n / 2), n - n / 2, lemma(below, {N: n, r: n / 2})),
    "a name that the lemma lacks": equal(abs(d), d, lemma(absolute, {b: d}), given=[greater(d, 0)]),
    "a float for a name": equal(abs(d), d, lemma(absolute, {c: 0.5}), given=[greater(d, 0)]),
    "a law that stands in `well_formed`": equal(E(X), 0, moments, well_formed=[standard]),
    "independence that stands in `well_formed`": equal(
        E(X * Y), E(X) * E(Y), independence, well_formed=[independent(X, Y), *bounded]
    ),
    "symmetry that stands in `well_formed`": equal(
        E(X), (E(X) + E(-X)) / 2, symmetry, well_formed=[symmetric(X), *bounded]
    ),
    "an equation that stands in `well_formed`": equal(c, d, given, well_formed=[equation(c, d)]),
    "a count that well-formedness makes possible": equal(
        1 / (1 + Sum(c**2, (index("i", n), 1, n - 5))),
        1 / (1 + (n - 5) * c**2),
        well_formed=[at_least(n, 6)],
    ),
    "the conclusion cited for another value": equal(
        abs(d), d, lemma(absolute), given=[greater(c, 0)]
    ),
    "a random value for the argument of an expectation": claimed(
        equation(mean_of(X), X * E(X)), Apply(constant_mean, {c: X}), well_formed=bounded
    ),
    "a function for a number": claimed(at_least(d**2, 0), Apply(square, {c: function("g")})),
    "a definition for a number": claimed(at_least(d**2, 0), Apply(square, {c: mean_of})),
    "a statement for a number": claimed(at_least(d**2, 0), Apply(square, {c: equation(d, d)})),
    "a function that exists as a number": claimed(
        exists(c, at_least(c**2, 0)),
        Exhibit({c: function("g")}, Apply(square, {c: function("g")})),
    ),
    "a matrix of numbers for an index": claimed(
        equation(sides.T, sides), Apply(number, {anywhere: sides})
    ),
    "moments of all that are like X": claimed(
        implies(every(X, at_least(E(X**2), 0)), finite_moment(Y, 2)),
        Apply(every(X, at_least(E(X**2), 0)), {X: Y}),
        well_formed=[finite_moment(X, 4)],
    ),
    "a lemma that says something else": claimed(
        equation(abs(d), d + 0), Apply(absolute, {c: d}), given=[unequal(d, 0)]
    ),
    "a lemma that is not a claim": equal(c, d, lemma("he_variance")),
    "no lemma at all": claimed(equation(c, d), Apply(None)),
}


@pytest.mark.parametrize("what", FALSE)
def test_a_lemma_gives_only_what_it_proved(what: str) -> None:
    assert_refused(FALSE[what])


def test_a_lemma_may_be_used_where_its_hypotheses_hold() -> None:
    assert_accepted(equal(abs(d + 1), d + 1, lemma(absolute, {c: d + 1}), given=[greater(d, 1)]))


def test_a_lemma_does_not_prove_itself() -> None:
    """The proof of a claim cites another claim of the same id."""
    wrong = named("circle", equal(c, d, given, given=[equation(c, d)]))
    circle = named("circle", equal(c, d, lemma(wrong)))
    assert "own proof" in assert_refused(circle).reason


def test_lemmas_in_a_circle_are_refused() -> None:
    steps: list[Any] = []
    first = named("first", claimed(equation(c, d), chain(c, equals(d, by=_late(steps)))))
    second = named("second", equal(c, d, lemma(first)))
    steps.append(second)
    assert_refused(first)
    assert_refused(second)


def _late(steps: list[Any]) -> Any:
    """A reason whose lemma is chosen after the claim was made."""
    from verify.language.proofs import Reason

    class Later(tuple):  # type: ignore[type-arg]
        def __iter__(self) -> Any:
            return iter((steps[0], ()))

        def __getitem__(self, at: Any) -> Any:
            return (steps[0], ())[at]

    return Reason("lemma", Later())


def test_a_lemma_changed_after_its_proof_is_what_was_proved() -> None:
    hypotheses = [greater(c, 0)]
    changing = named("changing", equal(abs(c), c, cases, given=hypotheses))
    assert_accepted(changing)
    hypotheses.clear()
    assert_refused(changing)
    assert_refused(equal(abs(c), c, lemma(changing)))


def test_a_refuted_lemma_gives_nothing() -> None:
    false = named("false", equal(c, d))
    assert "not proved" in assert_refused(equal(c, d, lemma(false))).reason


def test_a_shape_must_fit_the_lemma() -> None:
    v = vector("v", N)
    total = named("total", equal(Sum(v[r], r) * 1 + 0, Sum(v[r], r) + 0 * N))
    longer = vector("z", n + 1)
    assert_refused(equal(c, d, lemma(total, {N: n, v: longer})))
    assert_refused(equal(c, d, lemma(total, {N: n, v: matrix("A", n, n)})))
    assert_refused(equal(c, d, lemma(total, {N: natural("t")})))
    assert "shape" in assert_refused(equal(c, d, lemma(seventh, {sizes: n}))).reason
    assert_refused(equal(c, d, lemma(total, {N: n, v: random_vector("R", n)})))


def test_a_fake_lemma_cannot_pass_for_one_that_was_proved() -> None:
    class Fake:
        id = absolute.id
        title = "fake"
        states = equation(c, d)
        given: tuple[Any, ...] = ()
        well_formed: tuple[Any, ...] = ()
        proof = absolute.proof

    derive(absolute)
    assert_refused(equal(c, d, lemma(Fake())))


def test_unfolding_keeps_algebra_honest() -> None:
    assert_refused(equal(c, c + 0 * d + 1, algebra))
