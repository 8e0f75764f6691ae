"""The optimal step in a box: sign descent.

    min ⟨g, Δ⟩ over |Δ_i| ≤ ε           gives   Δ_i = −ε · sign(g_i)

Gradient steps answer the question "what is the best small move?". The choice of optimiser is a
choice of the geometry in which moves are small: the box gives sign descent, the ball of a metric
the natural gradient (`mahalanobis_prox`).
"""

from itertools import product
from typing import Any

from derivations.optimization import box_prox_evidence as evidence
from verify import (
    Abs,
    Array,
    Claim,
    Exhibit,
    Minimum,
    Parts,
    Sum,
    Variant,
    Without,
    World,
    all_of,
    at_most,
    cases,
    chain,
    dimension,
    equals,
    equation,
    every,
    exists,
    given,
    greater,
    implies,
    index,
    minimum,
    models,
    norm_squared,
    order,
    real,
    sign,
    sqrt,
    unequal,
    vector,
)

n = dimension("n")
i, k = index("i", n), index("k", n)
g, D, other = vector("g", n), vector("Delta", n), vector("Delta'", n)
eps = real("epsilon")

#: The step, what it is worth, and the multiplier of the constraint Δ_i² ≤ ε².
box_step = Array(-eps * sign(g[i]), i)
worth = -eps * Sum(Abs(g[i]), i)
multiplier = Abs(g[i]) / (2 * eps)
#: ‖g‖₂
length = sqrt(norm_squared(g))


def slope(step: Any) -> Any:
    """⟨g, step⟩."""
    return Sum(g[i] * step[i], i)


def in_box(step: Any) -> Any:
    """|step_i| ≤ ε for every i."""
    return every(i, at_most(Abs(step[i]), eps))


def best_in_box(at: Any, value: Any, *, unique: bool = False) -> Any:
    """`at` is a (the only) best step in the box, and worth `value`."""
    return minimum(slope(D), over=D, subject_to=[in_box(D)], at=at, value=value, unique=unique)


def boxes(draw: Any) -> Any:
    """Worlds from the boxes that `draw` returns."""

    def worlds(random: Any) -> World:
        size, slopes, radius, points = draw(random)
        return World({n: size, g: slopes, eps: radius}, candidates={D: points, other: points})

    return worlds


def box(slopes: list[int], radius: int) -> Any:
    """One world; ±ε and 0 are tried at each entry."""
    values = {n: len(slopes), g: slopes, eps: radius}
    points = list(product((-radius, 0, radius), repeat=len(slopes)))
    return lambda random: World(values, candidates={D: points, other: points})


def simulated(data: Any) -> models.Optimum:
    """The claimed step against random ones and linear programming."""
    return models.Optimum(
        data=data,
        objective=evidence.objective,
        excess=evidence.excess,
        feasible=evidence.feasible,
        solve=evidence.solve,
    )


sizes = [{"n": 3}, {"n": 8}]
wrong_steps = [
    Variant("a step uphill", best_in_box(Array(eps * sign(g[i]), i), -worth)),
    Variant("no ε in the value", best_in_box(box_step, worth / eps)),
    Variant("no absolute values", best_in_box(box_step, -eps * Sum(g[i], i))),
    Variant("the step of the ball", best_in_box(-eps * g / length, -eps * length)),
]

feasible_box = chain(
    Abs(box_step[i]),
    at_most(eps, by=(cases, order)),
)
value_box = chain(
    slope(box_step),
    equals(worth, by=cases),
)
gap_box = chain(
    slope(D) - worth,
    equals(
        Sum(multiplier * (eps - Abs(D[i])) * (eps + Abs(D[i])), i)
        + Sum(multiplier * (D[i] + eps * sign(g[i])) ** 2, i),
        by=cases,
    ),
)

box_prox = Claim(
    id="optimization.box_prox",
    title="In a box the best step is −ε · sign(g), worth −ε · ‖g‖₁",
    source="000 A3a",
    states=best_in_box(box_step, worth),
    given=[greater(eps, 0)],
    proof=Minimum(feasible=(feasible_box,), attains=value_box, gap=gap_box),
    worlds=boxes(evidence.any_box),
    model=simulated(evidence.partly_flat),
    points=sizes,
    variants=[
        *wrong_steps,
        Variant("the norm ‖g‖₂", best_in_box(box_step, -eps * length)),
        Variant("no other step as good", best_in_box(box_step, worth, unique=True)),
    ],
    without=[Without(greater(eps, 0), box([1], -1), weakened=unequal(eps, 0))],
)

some_slope = unequal(norm_squared(g), 0)

box_prox_unique = Claim(
    id="optimization.box_prox_unique",
    title="The best step in a box is the only one when every g_i ≠ 0",
    source="000 A3a",
    states=best_in_box(box_step, worth, unique=True),
    given=[greater(eps, 0), every(i, unequal(g[i], 0))],
    proof=Minimum(
        feasible=(feasible_box,),
        attains=value_box,
        gap=gap_box,
        unique=chain(
            D[i],
            equals(-eps * sign(g[i]), by=given(every(i, equation(D[i] + eps * sign(g[i]), 0)))),
        ),
    ),
    worlds=boxes(evidence.steep_box),
    model=simulated(evidence.steep),
    points=sizes,
    variants=[
        *wrong_steps,
        Variant(
            "some g_i ≠ 0 for every g_i ≠ 0",
            given=[greater(eps, 0), some_slope],
            worlds=boxes(evidence.flat_box),
        ),
    ],
    without=[
        Without(greater(eps, 0), box([1], -1), weakened=unequal(eps, 0)),
        Without(every(i, unequal(g[i], 0)), box([0, 1], 1), weakened=some_slope),
    ],
)

#: Where some g_k = 0, the step that goes to +ε there is as good.
other_step = Array(-eps * sign(g[i]) + eps * (1 - sign(g[i]) ** 2), i)
zero_slope = equation(g[k], 0)


def of_others(statement: Any) -> Any:
    """Where g_k = 0, the statement for every step in the box whose entry k is another."""
    differs = all_of(in_box(other), unequal(other[k], box_step[k]))
    return every(k, implies(zero_slope, every(other, implies(differs, statement))))


box_prox_not_unique = Claim(
    id="optimization.box_prox_not_unique",
    title="Where some g_k = 0, the best step in a box is not the only one",
    source="000 A3a",
    states=every(
        k,
        implies(
            zero_slope,
            exists(
                other,
                all_of(
                    in_box(other),
                    equation(slope(other), worth),
                    unequal(other[k], box_step[k]),
                ),
            ),
        ),
    ),
    given=[greater(eps, 0)],
    proof=Exhibit(
        {other: other_step},
        Parts(
            (
                chain(Abs(other_step[i]), at_most(eps, by=(cases, order))),
                chain(slope(other_step), equals(worth, by=cases)),
                chain(
                    other_step[k],
                    equals(eps, by=cases),
                    unequal(0, by=order),
                    equals(box_step[k], by=cases),
                ),
            )
        ),
    ),
    worlds=boxes(evidence.flat_box),
    variants=[
        Variant("no other step as good", best_in_box(box_step, worth, unique=True)),
        Variant(
            "an entry that leaves the box",
            best_in_box(Array(-eps * sign(g[i]) + 2 * eps * (1 - sign(g[i]) ** 2), i), worth),
        ),
        Variant("every other step worse", of_others(greater(slope(other), worth))),
        Variant("every other step as good", of_others(equation(slope(other), worth))),
    ],
)
