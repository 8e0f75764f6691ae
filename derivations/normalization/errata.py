"""What is published about normalisation, and false."""

from typing import Any

from verify import (
    Claim,
    Sum,
    World,
    at_most,
    dimension,
    equation,
    every,
    greater,
    index,
    less,
    norm_squared,
    real,
)

d, T = dimension("d"), dimension("T")
i, t = index("i", d), index("t", 1, T)
slow, fast = real("eta"), real("zeta")
#: Two runs from one start: weights after t updates, and the gradients there.
u, U = real("u", (0, T), d), real("U", (0, T), d)
g, G = real("g", (0, T), d), real("G", (0, T), d)


def run(weights: Any, gradients: Any, rate: Any) -> list[Any]:
    """Gradient descent in which each gradient is orthogonal to its weights."""
    return [
        every([t, i], equation(weights[t, i], weights[t - 1, i] - rate * gradients[t - 1, i])),
        every(t, equation(Sum(weights[t - 1, i] * gradients[t - 1, i], i), 0)),
    ]


erratum_growth_with_the_rate = Claim(
    id="normalization.erratum_growth_with_the_rate",
    title="A larger learning rate makes the norm of a normalised weight grow faster",
    source="004 Q4.3",
    states=at_most(norm_squared(u[T]), norm_squared(U[T])),
    given=[
        greater(slow, 0),
        less(slow, fast),
        *run(u, g, slow),
        *run(U, G, fast),
        every(i, equation(u[0, i], U[0, i])),
        every(i, equation(g[0, i], G[0, i])),
    ],
    expected="refuted",
    corrected="normalization.weight_norm_growth",
    worlds=lambda random: World(
        {
            d: 2,
            T: 2,
            slow: 1,
            fast: 2,
            u: [[1, 0], [1, 1], [-1, 3]],
            g: [[0, -1], [2, -2], [0, 0]],
            U: [[1, 0], [1, 2], [1, 2]],
            G: [[0, -1], [0, 0], [0, 0]],
        }
    ),
    notes=(
        "True of one step from the same weights. Afterwards the runs see different gradients: here "
        "the large step has found a stationary point, and the small one has not."
    ),
)
