"""The variance of a uniform law, and the scale that gives a law a wanted variance.

    V[R] = 1/3 for R uniform on (−1, 1)

Libraries draw initial weights as γ·Z (normal) or b·R (uniform): a variance rule becomes a number
to pass only through these two formulas. The law enters through one property: a fair sign ε
picks a half of (−1, 1), in which R is again uniform, so that (R + ε)/2 has the law of R.
"""

from typing import Any

from derivations.initialization.simulations import scale as simulation
from verify import (
    Both,
    Claim,
    E,
    Obtain,
    Parts,
    Proof,
    Rational,
    V,
    Variant,
    Without,
    algebra,
    all_of,
    chain,
    definition,
    equals,
    equation,
    given,
    independence,
    independent,
    linearity,
    random_variable,
    sqrt,
    square_root,
)

R, epsilon = random_variable("R"), random_variable("epsilon")
third = Rational(1, 3)
half_of_itself = (R + epsilon) / 2
same_mean = equation(E(R), E(half_of_itself))
same_second_moment = equation(E(R**2), E(half_of_itself**2))
fair, unit = equation(E(epsilon), 0), equation(E(epsilon**2), 1)

uniform_variance = Claim(
    id="initialization.uniform_variance",
    title="V[R] = 1/3 for R uniform on (−1, 1), because (R + ε)/2 is uniform on (−1, 1) as well",
    source="003 4e",
    states=all_of(equation(E(R), 0), equation(V(R), third)),
    given=[same_mean, same_second_moment, independent(R, epsilon), fair, unit],
    proof=Parts(
        (
            chain(
                E(R),
                equals(2 * E(R) - E(R), by=algebra),
                equals(2 * E(half_of_itself) - E(R), by=given(same_mean)),
                equals(E(epsilon), by=linearity),
                equals(0, by=given(fair)),
            ),
            chain(
                V(R),
                equals(E(R**2) - E(R) ** 2, by=definition),
                equals(E(R**2), by=given(equation(E(R), 0))),
                equals((4 * E(R**2) - E(R**2)) / 3, by=algebra),
                equals((4 * E(half_of_itself**2) - E(R**2)) / 3, by=given(same_second_moment)),
                equals((2 * E(R * epsilon) + E(epsilon**2)) / 3, by=linearity),
                equals((2 * E(R) * E(epsilon) + E(epsilon**2)) / 3, by=independence),
                equals(third, by=given),
            ),
        )
    ),
    worlds=simulation.halving,
    model=simulation.uniform_model,
    points=[{"b": 1.0}],
    variants=[
        Variant("the variance on (0, 1)", equation(V(R), Rational(1, 12))),
        Variant("the mean of |R|, ½, squared", equation(V(R), Rational(1, 4))),
        Variant("the width of the interval for its half", equation(V(R), 4 * third)),
    ],
    without=[
        Without(same_mean, simulation.another_mean),
        Without(same_second_moment, simulation.another_second_moment),
        Without(independent(R, epsilon), simulation.the_sign_itself),
        Without(fair, simulation.sign_always_up),
        Without(unit, simulation.double_sign),
    ],
)


def scale_proof(scale: Any, law: Any, spread: Any, variance: Any, wanted: Any) -> Proof:
    """V[scale · law] = variance ⇔ scale = wanted, from V[law] = spread and scale ≥ 0.

    wanted is √(variance/spread), written as the claim writes it.
    """
    scaled = equation(V(scale * law), scale**2 * spread)
    reached = equation(V(scale * law), variance)
    return Obtain(
        scaled,
        chain(
            V(scale * law),
            equals(E((scale * law) ** 2) - E(scale * law) ** 2, by=definition),
            equals(scale**2 * (E(law**2) - E(law) ** 2), by=linearity),
            equals(scale**2 * V(law), by=definition),
            equals(scale**2 * spread, by=given(equation(V(law), spread))),
        ),
        Both(
            forward=chain(
                scale,
                equals(sqrt(scale**2), by=square_root),
                equals(sqrt(V(scale * law) / spread), by=given(scaled)),
                equals(sqrt(variance / spread), by=given(reached)),
                equals(wanted, by=algebra),
            ),
            backward=chain(
                V(scale * law),
                equals(scale**2 * spread, by=given(scaled)),
                equals(wanted**2 * spread, by=given(equation(scale, wanted))),
                equals(variance, by=algebra),
            ),
        ),
    )
