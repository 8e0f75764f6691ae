from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from verify.authoring.names import dimension, index, real, vector
from verify.authoring.rows import at_least, at_most, greater
from verify.authoring.statements import every, implies, minimum
from verify.authoring.terms import sign
from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.crosscheck.models import Optimum
from verify.language.arrays import Array, Sum
from verify.language.functions import Abs

n, eps = dimension("n"), real("eps")
g, D, i = vector("g", n), vector("D", n), index("i", n)


def stated(factor: Any, *, unique: bool = True, value: Any = None) -> Any:
    best = minimum(
        Sum(g[i] * D[i], i),
        over=D,
        subject_to=[every(i, at_most(Abs(D[i]), eps))],
        at=Array(factor * eps * sign(g[i]), i),
        value=factor * eps * Sum(Abs(g[i]), i) if value is None else value,
        unique=unique,
    )
    return implies(greater(eps, 0), best)


def data(rng: np.random.Generator, point: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"g": rng.standard_normal(point["n"]), "eps": rng.uniform(0.5, 2)}


def solve(values: Mapping[str, Any]) -> Any:
    return linprog(values["g"], bounds=[(-values["eps"], values["eps"])] * values["n"]).x


BOX = Claim(
    id="made_up.box",
    title="",
    states=stated(-1),
    model=Optimum(
        data=data,
        objective=lambda values, x: float(values["g"] @ x),
        excess=lambda values, x: float(np.max(np.abs(x)) - values["eps"]),
        feasible=lambda rng, values, k: rng.uniform(-1, 1, (k, values["n"])) * values["eps"],
        solve=solve,
        repeats=8,
        candidates=40,
    ),
    points=[{"n": 2}, {"n": 6}],
)


def test_a_true_minimum_is_confirmed_by_search_and_solver() -> None:
    found = crosscheck(BOX)
    assert (found.verdict, found.rung) == ("confirmed", "search")
    assert found.points == crosscheck(BOX).points


@pytest.mark.parametrize(
    ("states", "message"),
    [
        (stated(1), "is feasible and lower"),
        (stated(-Fraction(99, 100)), "is feasible and lower"),
        (stated(-Fraction(101, 100)), "violates the constraints"),
        (stated(-1, value=0 * eps), "claimed is 0"),
    ],
)
def test_a_changed_minimum_is_contradicted_by_the_same_model(states: Any, message: str) -> None:
    found = crosscheck(replace(BOX, states=states))
    assert found.verdict == "contradicted"
    assert message in found.reason


def test_uniqueness_fails_where_an_entry_of_the_gradient_vanishes() -> None:
    def flat(rng: np.random.Generator, point: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"g": np.append(rng.standard_normal(point["n"] - 1), 0.0), "eps": 1.0}

    def corners(rng: np.random.Generator, values: Mapping[str, Any], k: int) -> Any:
        return np.sign(rng.standard_normal((k, values["n"])))

    model = replace(BOX.model, data=flat, feasible=corners)
    unique = crosscheck(replace(BOX, model=model))
    assert unique.verdict == "contradicted"
    assert "attains the minimum as well" in unique.reason
    assert crosscheck(replace(BOX, model=model, states=stated(-1, unique=False))).verdict == (
        "confirmed"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"solve": lambda values: np.zeros(values["n"])}, "the solver's objective differs"),
        ({"solve": lambda values: 1 / 0}, "ZeroDivisionError"),
        ({"objective": lambda values, x: np.nan}, "the objective is nan"),
        ({"feasible": lambda rng, values, k: np.zeros(k)}, "feasible returned the shape"),
        (
            {"feasible": lambda rng, values, k: np.full((k, values["n"]), 9.0)},
            "a point that violates the constraints",
        ),
        ({"data": lambda rng, point: {"eps": 1.0}}, "no value to g"),
        ({"repeats": 0}, "asks for no data sets"),
    ],
)
def test_a_model_that_fails_is_undecided(change: Any, message: str) -> None:
    found = crosscheck(replace(BOX, model=replace(BOX.model, **change)))
    assert found.verdict == "undecided"
    assert message in found.reason


def rounded(values: Mapping[str, Any]) -> Any:
    """The solver's point, outside of the box by as much as a solver's rounding."""
    return solve(values) * (1 + 0.9e-9 / values["eps"])


def test_a_point_that_is_feasible_up_to_rounding_must_be_clearly_lower() -> None:
    steep = replace(
        BOX,
        model=replace(
            BOX.model,
            data=lambda rng, point: {**data(rng, point), "g": 1e3 * np.ones(point["n"])},
            solve=rounded,
        ),
    )
    assert crosscheck(steep).verdict == "confirmed"
    assert crosscheck(replace(steep, states=stated(Fraction(-99, 100)))).verdict == "contradicted"


@pytest.mark.parametrize(("factor", "verdict"), [(1, "confirmed"), ("1.01", "contradicted")])
def test_an_objective_of_small_values_is_held_to_small_errors(factor: Any, verdict: str) -> None:
    """10⁻¹³·(t − c)² is far below 10⁻⁹ at any t, the minimiser or not."""
    t, c, small = real("t"), real("c"), Fraction(1, 10**13)
    best = Fraction(factor) * c
    tiny = Claim(
        id="made_up.tiny",
        title="",
        states=minimum(small * (t - c) ** 2, over=t, at=best, value=0, unique=True),
        model=Optimum(
            data=lambda rng, point: {"c": 1 + rng.random()},
            objective=lambda values, x: 1e-13 * float(x - values["c"]) ** 2,
            excess=lambda values, x: -1.0,
            feasible=lambda rng, values, k: 1 + rng.standard_normal(k),
            solve=lambda values: values["c"],
        ),
    )
    assert crosscheck(tiny).verdict == verdict


def test_large_objective_values_excuse_no_constraint() -> None:
    """Within 10⁻⁹ of the objective's 10¹² the constraint t ≥ 0 would be missed by 100."""
    t, c = real("t"), real("c")

    def stated_at(least: int) -> Claim:
        return Claim(
            id="made_up.large",
            title="",
            states=minimum(c + t, over=t, subject_to=[at_least(t, 0)], at=least, value=c + least),
            model=Optimum(
                data=lambda rng, point: {"c": 1e12},
                objective=lambda values, x: values["c"] + float(x),
                excess=lambda values, x: -float(x),
                feasible=lambda rng, values, k: np.abs(rng.standard_normal(k)),
                solve=lambda values: 0.0,
            ),
        )

    assert crosscheck(stated_at(0)).verdict == "confirmed"
    assert crosscheck(stated_at(-100)).verdict == "contradicted"
