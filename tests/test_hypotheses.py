from dataclasses import replace
from fractions import Fraction
from typing import Any

from verify import (
    Claim,
    Without,
    World,
    algebra,
    at_least,
    chain,
    equals,
    equation,
    given,
    greater,
    real,
    sqrt,
    square_root,
    unequal,
)
from verify.hypotheses import Counterexamples, hypotheses, unused_worlds

a, b, c = real("a"), real("b"), real("c")


def world(**values: int) -> Any:
    names = {"a": a, "b": b, "c": c}
    return lambda random: World({names[name]: value for name, value in values.items()})


ROOT = Claim(
    id="algebra.root",
    title="The root of a square",
    states=equation(sqrt(a**2), a),
    given=[greater(a, 0)],
    proof=chain(sqrt(a**2), equals(a, by=square_root)),
    without=[Without(greater(a, 0), world(a=-2))],
)

CITED = Claim(
    id="algebra.cited",
    title="A sum with one term given",
    states=equation(a + b, a + 1),
    given=[equation(b, 1)],
    proof=chain(a + b, equals(a + 1, by=given)),
)


def test_a_hypothesis_with_a_counterexample_without_it_is_needed() -> None:
    whole, *weaker = hypotheses(ROOT)
    assert whole.verdict == "needed"
    assert whole.refused_at == "row 1"
    assert whole.counterexample == "a = -2"
    assert whole.weakened is None
    # What refutes the claim without a > 0 refutes it with a ≠ 0 as well.
    assert [each.verdict for each in weaker] == ["needed", "unneeded"]


def test_a_world_refutes_weaker_forms_only_if_it_satisfies_them() -> None:
    claim = replace(ROOT, given=[greater(a, -1)])
    claim = replace(claim, without=[Without(greater(a, -1), world(a=-1))])
    known = Counterexamples(claim, 0)
    for weaker in (None, at_least(a, -1)):
        found = known.of(greater(a, -1), weaker)
        assert found is not None
        assert found.counterexample == "a = -1"
    assert known.of(greater(a, -1), unequal(a, -1)) is None


def test_a_hypothesis_that_only_the_proof_needs_is_used() -> None:
    (found,) = hypotheses(CITED)
    assert (found.verdict, found.counterexample) == ("used", None)


def test_a_hypothesis_that_nothing_uses_is_unneeded() -> None:
    found = hypotheses(replace(CITED, given=[*CITED.given, equation(c, 2)]))
    assert [each.verdict for each in found] == ["used", "unneeded"]


def test_a_counterexample_may_keep_a_part_of_the_hypothesis() -> None:
    kept = Without(greater(a, 0), world(a=-2), weakened=unequal(a, 0))
    found = hypotheses(replace(ROOT, without=[kept]))
    assert {str(each.weakened): each.verdict for each in found} == {
        "None": "needed",
        "a ≠ 0": "needed",
        "a ≥ 0": "unneeded",
    }


def test_a_world_that_is_no_counterexample_is_a_problem() -> None:
    assert unused_worlds(ROOT) == ()
    claim = replace(
        ROOT,
        without=[
            Without(greater(a, 0), world(a=3)),
            Without(greater(a, 0), world(a=-1), weakened=greater(a, -1)),
            Without(equation(b, 0), world(a=-1, b=0)),
            Without(greater(a, 0), lambda random: World({a: Fraction(1, 3), b: 0.5})),
        ],
    )
    held, broken, foreign, malformed = unused_worlds(claim)
    assert "the statement is not false" in held
    assert "a world does not satisfy: a > -1" in broken
    assert "no such hypothesis" in foreign
    assert "malformed" in malformed


def test_a_world_must_satisfy_the_other_hypotheses() -> None:
    claim = replace(
        ROOT,
        given=[greater(a, 0), equation(b, 1)],
        without=[
            Without(greater(a, 0), world(a=-1, b=2)),
        ],
    )
    assert unused_worlds(claim) == ("without a > 0: a world does not satisfy: b = 1",)


INVERSE = Claim(
    id="algebra.inverse",
    title="A number times its inverse",
    states=equation(a * (1 / a), 1),
    given=[greater(a, 0)],
    proof=chain(a * (1 / a), equals(1, by=algebra)),
    worlds=lambda random: World({a: Fraction(random.randint(1, 9), 4)}),
)


def test_a_hypothesis_without_which_the_claim_has_no_value_is_needed() -> None:
    left_out, nonzero, at_least_zero = hypotheses(INVERSE)
    for each in (left_out, at_least_zero):
        assert (each.verdict, each.counterexample, each.undefined) == ("needed", "a = 0", True)
    assert (nonzero.verdict, nonzero.counterexample, nonzero.undefined) == ("unneeded", None, False)


def test_a_world_in_which_the_claim_is_false_is_preferred() -> None:
    states = equation(a / sqrt(a**2), 1)
    known = Counterexamples(replace(INVERSE, states=states), 0)
    found = known.of(greater(a, 0), None)
    assert found is not None
    assert found.counterexample is not None
    assert not found.undefined
    assert found.counterexample.startswith("a = -")


def test_worlds_that_violate_a_hypothesis_are_no_starting_point() -> None:
    broken = replace(INVERSE, worlds=world(a=-1))
    assert Counterexamples(broken, 0).of(greater(a, 0), None) is None


def test_the_simplest_world_at_the_edge_is_shown_be_it_drawn_or_written() -> None:
    near = Without(greater(a, 0), world(a=-2, b=1))
    claim = replace(INVERSE, given=[greater(a, 0), greater(b, 0)], without=[near])
    drawn = lambda random: World({a: 3, b: Fraction(random.randint(5, 9), 4)})  # noqa: E731
    claim = replace(claim, worlds=drawn)
    found = Counterexamples(claim, 0).of(greater(a, 0), at_least(a, 0))
    assert found is not None
    assert found.counterexample == "a = 0, b = 1"
