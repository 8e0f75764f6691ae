"""A refuted statement comes with the smallest counterexample found."""

from fractions import Fraction
from random import Random
from typing import Any

from verify.authoring.names import dimension, index, real, vector
from verify.authoring.rows import greater
from verify.authoring.statements import equation, every
from verify.authoring.terms import derivative, let
from verify.language.arrays import Sum
from verify.refutation import Drawn, refute
from verify.semantics import World

n, x, u = dimension("n"), real("x"), vector("u", dimension("n"))
i = index("i", n)
ADDITIVE = equation(Sum(u[i], i) ** 2, Sum(u[i] ** 2, i))


def world(random: Random) -> World:
    size = random.randint(1, 5)
    entries = [Fraction(random.randint(-20, 20), random.randint(1, 9)) for _ in range(size)]
    return World({n: size, u: entries, x: random.randint(1, 30)})


def test_the_counterexample_is_the_smallest_one_whatever_the_seed() -> None:
    found = {refute(ADDITIVE, [], world, seed=seed).counterexample for seed in range(5)}
    assert found == {"n = 2, u = [1, 1], x = 1"}


def test_hypotheses_hold_in_the_smallest_counterexample() -> None:
    facts = [greater(x, 3), greater(u[1], 2)]
    found = refute(ADDITIVE, facts, world, seed=0).counterexample
    assert found == "n = 2, u = [3, 1], x = 4"


def test_the_first_counterexample_will_do_where_none_is_shown() -> None:
    first = refute(ADDITIVE, [], world, seed=0, smallest=False).counterexample
    assert first is not None
    assert len(first) > len("n = 2, u = [1, 1], x = 1")


def test_a_world_that_the_author_wrote_out_is_left_as_it_is() -> None:
    def written(_: Any) -> World:
        return World({n: 2, u: [3, 4], x: 5})

    assert refute(ADDITIVE, [], written, seed=0).counterexample == "n = 2, u = [3, 4], x = 5"


def test_a_world_of_candidates_alone_says_where_the_statement_fails() -> None:
    def written(_: Any) -> World:
        return World({}, candidates={x: [0, 3]})

    found = refute(every(x, equation(x**2, x)), [], written, seed=0)
    assert found.counterexample == "x = 3: not 9 = 3"


def test_a_statement_without_a_value_is_refuted_only_where_that_is_asked() -> None:
    def zero(_: Any) -> World:
        return World({x: 0})

    states = equation(x / x, 1)
    assert refute(states, [], zero, seed=0).counterexample is None
    found = refute(states, [], zero, seed=0, undefined=True)
    assert (found.counterexample, found.undefined) == ("x = 0", True)
    assert not refute(equation(x / 1, 1), [], zero, seed=0, undefined=True).undefined


def test_a_derivative_that_is_not_computed_may_exist_all_the_same() -> None:
    smooth = equation(derivative(abs(x) * x, x), 0)
    kept = let("s", (x,), derivative(abs(x) * x, x))
    for states in (smooth, equation(kept(x), 0)):
        found = refute(states, [], lambda _: World({x: 0}), seed=0, undefined=True)
        assert found.counterexample is None


def test_worlds_are_drawn_once_for_several_statements() -> None:
    drawn: list[World] = []

    def counted(random: Random) -> World:
        drawn.append(world(random))
        return drawn[-1]

    shared = Drawn(counted, 0)
    first = refute(ADDITIVE, [], shared, seed=0, draws=7)
    assert (len(drawn), first) == (7, refute(ADDITIVE, [], world, seed=0, draws=7))
    second = refute(equation(x, 0), [greater(x, 3)], shared, seed=0, draws=9)
    assert (len(drawn), second) == (
        9,
        refute(equation(x, 0), [greater(x, 3)], world, seed=0, draws=9),
    )
