"""Half of the second moment of a symmetric variable passes a ReLU.

    E[ReLU(a)²] = ½ · E[a²]   for a symmetric about 0

This factor ½ is the whole difference between He's initialisation and Xavier's. It needs a
symmetric law: mean zero is not enough, and the *variance* of the output is not halved.
"""

from derivations.initialization.simulations import relu as simulation
from verify import (
    Claim,
    E,
    Rational,
    V,
    Variant,
    Without,
    algebra,
    cases,
    chain,
    definition,
    equals,
    equation,
    finite_moment,
    lemma,
    linearity,
    random_variable,
    relu,
    symmetric,
    symmetry,
)

a = random_variable("a")
half = Rational(1, 2)

#: Less than a law symmetric about 0, and a law for which the claims fail.
centred, about_its_mean = equation(E(a), 0), symmetric(a - E(a))
without_symmetry = [
    Without(symmetric(a), simulation.centred_but_skewed, weakened=centred),
    Without(symmetric(a), simulation.symmetric_about_one, weakened=about_its_mean),
]
weaker_laws = [
    Variant("mean zero for symmetric", given=[centred], worlds=simulation.centred_but_skewed),
    Variant(
        "symmetric about its mean for symmetric about 0",
        given=[about_its_mean],
        worlds=simulation.symmetric_about_one,
    ),
]

relu_second_moment = Claim(
    id="initialization.relu_second_moment",
    title="A ReLU halves the second moment of a symmetric variable",
    source="000 A1c",
    states=equation(E(relu(a) ** 2), half * E(a**2)),
    given=[symmetric(a)],
    well_formed=[finite_moment(a, 2)],
    proof=chain(
        E(relu(a) ** 2),
        equals(half * (E(relu(a) ** 2) + E(relu(a) ** 2)), by=algebra),
        equals(half * (E(relu(a) ** 2) + E(relu(-a) ** 2)), by=symmetry(a)),
        equals(half * E(relu(a) ** 2 + relu(-a) ** 2), by=linearity),
        equals(half * E(a**2), by=cases),
    ),
    worlds=simulation.symmetric_variable,
    model=simulation.model,
    points=simulation.points,
    variants=[
        Variant("nothing lost", equation(E(relu(a) ** 2), E(a**2))),
        Variant("the variance of the output", equation(V(relu(a)), half * E(a**2))),
        *weaker_laws,
    ],
    without=without_symmetry,
)

relu_second_moment_variance = Claim(
    id="initialization.relu_second_moment_variance",
    title="The second moment of a ReLU's output is half the variance of its symmetric input",
    source="000 A1c",
    states=equation(E(relu(a) ** 2), half * V(a)),
    given=[symmetric(a)],
    well_formed=[finite_moment(a, 2)],
    proof=chain(
        E(relu(a) ** 2),
        equals(half * E(a**2), by=lemma(relu_second_moment)),
        equals(half * (E(a**2) - E(a) ** 2), by=symmetry(a)),
        equals(half * V(a), by=definition),
    ),
    worlds=simulation.symmetric_variable,
    model=simulation.model,
    points=simulation.points,
    variants=[
        Variant("nothing lost", equation(E(relu(a) ** 2), V(a))),
        Variant("the variance of the output", equation(V(relu(a)), half * V(a))),
        *weaker_laws,
    ],
    without=without_symmetry,
)
