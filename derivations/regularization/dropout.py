"""Dropout on the inputs of a linear regression, in expectation.

    E‖y − (R∘X)w‖² = ‖y − pXw‖² + p(1 − p)·‖Γw‖²,   Γ = diag(√(XᵀX)_jj)

Averaged over the masks, dropout is weight decay in units of each input's own length, which is why
it does not care in which units an input is measured. The mask keeps an input with probability p.
"""

from typing import Any

from derivations.regularization.simulations import dropout as simulation
from verify import (
    Array,
    Claim,
    Delta,
    E,
    Rational,
    Sum,
    Variant,
    Without,
    World,
    algebra,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    index,
    let,
    linearity,
    matrix,
    models,
    moments,
    norm_squared,
    random_matrix,
    real,
    sqrt,
    uncorrelated,
    vector,
)

n, d = dimension("n"), dimension("d")
i, j, k = index("i", n), index("j", d), index("k", d)
X, y, w = matrix("X", n, d), vector("y", n), vector("w", d)
R, p = random_matrix("R", n, d), real("p")

#: R∘X, the inputs that are left, and the lengths of the columns of X on a diagonal.
kept = let("K", Array(R[i, j] * X[i, j], i, j))
Gamma = let("Gamma", Array(Delta(j, k) * sqrt((X.T @ X)[j, j]), j, k))
#: ‖x_j‖²
square = let("q", Array(Sum(X[i, j] ** 2, i), j))

#: All that is used of a Bernoulli mask; different rows may be dependent.
mask = every(i, uncorrelated(R[i], mean=p, variance=p * (1 - p)))


def loss(weights: Any) -> Any:
    """‖y − (R∘X)w‖²."""
    return norm_squared(y - kept @ weights)


def shrunk(weights: Any) -> Any:
    """‖y − pXw‖² + p(1 − p)·‖Γw‖²."""
    return norm_squared(y - p * (X @ weights)) + p * (1 - p) * norm_squared(Gamma @ weights)


def shrunk_in_entries(weights: Any) -> Any:
    """The same with the penalty written out."""
    penalty = Sum(square[j] * weights[j] ** 2, j)
    return norm_squared(y - p * (X @ weights)) + p * (1 - p) * penalty


def world(drawn: simulation.Regression) -> World:
    """The world of an exact regression."""
    return World(
        {n: drawn.n, d: drawn.d, X: drawn.X, y: drawn.y, w: drawn.w, p: drawn.p},
        [(weight, {R: rows}) for weight, rows in drawn.masks],
        candidates={w: drawn.points, z: drawn.points},
    )


def worlds(draw: Any) -> Any:
    """Worlds from the regressions that `draw` returns."""
    return lambda random: world(draw(random))


def one_input(chance: Any, masks: Any, x: int = 1) -> Any:
    """One example with one input x, target 1 and weight 1."""
    return lambda _: world(simulation.one_input(chance, masks, x))


half = Rational(1, 2)
#: A mask that always halves: its mean is right, its variance is not.
same_switch = [(1, [[half]])]
z = vector("z", d)
sizes = [{"n": 5, "d": 3, "p": 0.3}, {"n": 4, "d": 2, "p": 0.8}]

dropout_loss = Claim(
    id="regularization.dropout_loss",
    title="With a mask on the inputs the squared error is ‖y − (R∘X)w‖²",
    source="004 Q2.1",
    states=equation(Sum((y[i] - Sum(R[i, j] * X[i, j] * w[j], j)) ** 2, i), loss(w)),
    proof=chain(
        Sum((y[i] - Sum(R[i, j] * X[i, j] * w[j], j)) ** 2, i),
        equals(Sum((y[i] - Sum(kept[i, j] * w[j], j)) ** 2, i), by=definition(kept)),
        equals(loss(w), by=algebra),
    ),
    worlds=worlds(simulation.regression),
    model=models.Comparison(simulation.by_loops),
    points=sizes,
    variants=[
        Variant(
            "the predictions masked, not the inputs",
            equation(
                Sum((y[i] - Sum(R[i, j] * X[i, j] * w[j], j)) ** 2, i),
                norm_squared(y - R @ w),
            ),
        ),
        Variant(
            "p for the mask",
            equation(
                Sum((y[i] - Sum(R[i, j] * X[i, j] * w[j], j)) ** 2, i),
                norm_squared(y - p * (X @ w)),
            ),
        ),
        Variant(
            "the targets masked as well",
            equation(
                Sum((y[i] - Sum(R[i, j] * X[i, j] * w[j], j)) ** 2, i),
                Sum((R[i, 1] * y[i] - Sum(R[i, j] * X[i, j] * w[j], j)) ** 2, i),
            ),
        ),
    ],
)

dropout_expected_loss = Claim(
    id="regularization.dropout_expected_loss",
    title="In expectation dropout shrinks the prediction by p and adds a penalty p(1 − p)·‖Γw‖²",
    source="004 Q2.2",
    states=equation(E(loss(w)), shrunk(w)),
    given=[mask],
    proof=chain(
        E(loss(w)),
        equals(
            E(Sum((y[i] - Sum(R[i, j] * X[i, j] * w[j], j)) ** 2, i)),
            by=definition(kept),
        ),
        equals(
            Sum(
                y[i] ** 2
                - 2 * y[i] * Sum(E(R[i, j]) * X[i, j] * w[j], j)
                + Sum(Sum(E(R[i, j] * R[i, k]) * X[i, j] * w[j] * X[i, k] * w[k], k), j),
                i,
            ),
            by=linearity,
        ),
        equals(
            Sum(
                y[i] ** 2
                - 2 * y[i] * Sum(p * X[i, j] * w[j], j)
                + Sum(Sum(p**2 * X[i, j] * w[j] * X[i, k] * w[k], k), j)
                + Sum(p * (1 - p) * X[i, j] ** 2 * w[j] ** 2, j),
                i,
            ),
            by=moments,
        ),
        equals(
            norm_squared(y - p * (X @ w)) + p * (1 - p) * Sum((X.T @ X)[j, j] * w[j] ** 2, j),
            by=algebra,
        ),
        equals(shrunk(w), by=definition(Gamma)),
    ),
    worlds=worlds(simulation.regression),
    model=models.Mean(simulation.losses, simulation.variance_of_a_loss),
    points=[
        {
            "n": 3,
            "d": 2,
            "X": [[1.0, -0.5], [0.3, 2.0], [-1.2, 0.7]],
            "y": [0.5, -1.0, 2.0],
            "w": [0.8, -1.5],
            "p": 0.7,
        },
        {
            "n": 2,
            "d": 4,
            "X": [[1.0, -0.5, 0.2, 1.1], [0.3, 2.0, -0.7, 0.4]],
            "y": [1.5, -1.0],
            "w": [0.8, -0.5, 0.9, 1.2],
            "p": 0.4,
        },
    ],
    variants=[
        Variant(
            "p for p(1 − p)",
            equation(E(loss(w)), norm_squared(y - p * (X @ w)) + p * norm_squared(Gamma @ w)),
        ),
        Variant(
            "p² for p(1 − p)",
            equation(E(loss(w)), norm_squared(y - p * (X @ w)) + p**2 * norm_squared(Gamma @ w)),
        ),
        Variant(
            "wᵀΓw for ‖Γw‖²",
            equation(
                E(loss(w)),
                norm_squared(y - p * (X @ w)) + p * (1 - p) * (w.T @ Gamma @ w),
            ),
        ),
        Variant(
            "‖w‖² for ‖Γw‖²",
            equation(E(loss(w)), norm_squared(y - p * (X @ w)) + p * (1 - p) * norm_squared(w)),
        ),
        Variant("the prediction not shrunk", equation(E(loss(w)), norm_squared(y - X @ w))),
        Variant(
            "one Bernoulli variable for a whole row",
            given=[
                every([i, j], equation(E(R[i, j]), p)),
                every([i, j], equation(E(R[i, j] ** 2), p)),
            ],
            worlds=lambda _: world(simulation.one_switch(half)),
        ),
    ],
    without=[
        Without(mask, lambda _: world(simulation.one_switch(half))),
        Without(
            mask,
            one_input(half, [(half, [[2]]), (half, [[3]])]),
            weakened=every(i, uncorrelated(R[i], variance=p * (1 - p))),
        ),
        Without(
            mask,
            one_input(half, [(half, [[0]]), (half, [[3]])]),
            weakened=every(i, uncorrelated(R[i])),
        ),
        Without(
            mask,
            one_input(half, same_switch),
            weakened=every(i, uncorrelated(R[i], mean=p)),
        ),
    ],
)
