"""Ridge regression: linear regression with a penalty on the squared length of the weights.

    min_w ‖y − Xw‖² + λ‖w‖²     gives   w = (XᵀX + λI)⁻¹Xᵀy

The penalty makes the problem well-posed even with more inputs than examples, and unlike dropout
it depends on the units in which an input is measured.
"""

from typing import Any

from derivations.regularization.simulations import ridge as simulation
from verify import (
    Array,
    Claim,
    Definite,
    Delta,
    Inverse,
    Minimum,
    Obtain,
    Parts,
    Sum,
    Variant,
    Without,
    World,
    all_of,
    at_least,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    given,
    greater,
    implies,
    index,
    inverse,
    let,
    matrix,
    minimum,
    models,
    norm_squared,
    order,
    positive_definite,
    real,
    unequal,
    vector,
)

n, d = dimension("n"), dimension("d")
i, j, k = index("i", n), index("j", d), index("k", d)
X, y, w, z = matrix("X", n, d), vector("y", n), vector("w", d), vector("z", d)
lam = real("lambda")

#: The matrix of the normal equations, their solution, and what it is worth.
identity = Array(Delta(j, k), j, k)
A = let("A", X.T @ X + lam * identity)
u = let("u", Inverse(A) @ (X.T @ y))
worth = norm_squared(y) - y.T @ X @ u
normal_equations = every(
    j,
    equation(Sum(X[i, j] * Sum(X[i, k] * u[k], k), i) + lam * u[j], Sum(X[i, j] * y[i], i)),
)


def penalised(weights: Any) -> Any:
    """‖y − Xw‖² + λ‖w‖²."""
    return norm_squared(y - X @ weights) + lam * norm_squared(weights)


def best_weights(at: Any, value: Any) -> Any:
    """The normal equations can be solved; `at` is the only minimiser of the penalised error, and
    `value` the minimum.
    """
    least = minimum(penalised(w), over=w, at=at, value=value, unique=True)
    return all_of(positive_definite(A), least)


def with_penalty(penalty: Any) -> Any:
    """(XᵀX + penalty)⁻¹Xᵀy."""
    return Inverse(X.T @ X + penalty) @ (X.T @ y)


def world(drawn: simulation.Regression) -> World:
    """The world of an exact regression."""
    values = {n: drawn.n, d: drawn.d, X: drawn.X, y: drawn.y, lam: drawn.strength}
    return World(values, candidates={w: drawn.points, z: drawn.points})


def worlds(random: Any) -> World:
    """Worlds with λ > 0."""
    return world(simulation.regression(random))


def one_input(x: int, y: int, strength: int) -> Any:
    """One example with one input."""
    return lambda _: world(simulation.one_input(x, y, strength))


wrong_strength = with_penalty(2 * lam * identity)
shrunk = u / (1 + lam)

#: zᵀAz > 0 for z ≠ 0
positive = chain(
    z.T @ A @ z,
    equals(norm_squared(X @ z) + lam * norm_squared(z), by=definition(A)),
    greater(0, by=order),
)

ridge_minimizer = Claim(
    id="regularization.ridge_minimizer",
    title="The weights of ridge regression are (XᵀX + λI)⁻¹Xᵀy, and no others",
    source="004 Q2.4",
    states=best_weights(u, worth),
    given=[greater(lam, 0)],
    proof=Parts(
        (
            Definite(z, positive),
            Obtain(
                normal_equations,
                chain(
                    normal_equations.args[0].args[0],
                    equals(Sum(A[j, k] * u[k], k), by=definition(A)),
                    equals(Sum(X[i, j] * y[i], i), by=(definition(u), inverse)),
                ),
                Minimum(
                    feasible=(),
                    attains=chain(
                        penalised(u), equals(worth, by=given(normal_equations, times=u[j]))
                    ),
                    gap=chain(
                        penalised(w) - worth,
                        equals(
                            (w - u).T @ A @ (w - u),
                            by=(definition(A), given(normal_equations, times=2 * w[j] - u[j])),
                        ),
                    ),
                    unique=chain(w[j], equals(u[j], by=given(every(j, equation((w - u)[j], 0))))),
                ),
            ),
        )
    ),
    worlds=worlds,
    model=models.Optimum(
        data=simulation.data,
        objective=simulation.penalised_error,
        excess=simulation.no_constraint,
        feasible=simulation.weights,
        solve=simulation.solve,
    ),
    points=[{"n": 6, "d": 3, "lambda": 0.5}, {"n": 2, "d": 4, "lambda": 1.5}],
    variants=[
        Variant("2λ for λ", best_weights(wrong_strength, penalised(wrong_strength))),
        Variant(
            "XᵀX forgotten",
            best_weights(X.T @ y / lam, penalised(X.T @ y / lam)),
        ),
        Variant("everything shrunk alike", best_weights(shrunk, penalised(shrunk))),
        Variant("the value without the penalty", best_weights(u, norm_squared(y - X @ u))),
    ],
    without=[
        Without(greater(lam, 0), one_input(0, 1, -1), weakened=unequal(lam, 0)),
        Without(greater(lam, 0), one_input(0, 1, 0), weakened=at_least(lam, 0)),
    ],
    notes="λ = 0 will do exactly when the columns of X are independent.",
)

nonzero = unequal(norm_squared(z), 0)


def for_nonzero(statement: Any) -> Any:
    """The statement for every z ≠ 0."""
    return every(z, implies(nonzero, statement))


ridge_matrix_positive_definite = Claim(
    id="regularization.ridge_matrix_positive_definite",
    title="For λ > 0 and any X, zᵀ(XᵀX + λI)z > 0 unless z = 0",
    source="004 Q2.4",
    states=for_nonzero(greater(z.T @ A @ z, 0)),
    given=[greater(lam, 0)],
    proof=positive,
    worlds=worlds,
    variants=[
        Variant("more than λ‖z‖²", for_nonzero(greater(z.T @ A @ z, lam * norm_squared(z)))),
        Variant("without the penalty", for_nonzero(greater(z.T @ X.T @ X @ z, 0))),
        Variant("at least ‖z‖²", for_nonzero(at_least(z.T @ A @ z, norm_squared(z)))),
        Variant("any λ ≠ 0", given=[unequal(lam, 0)], worlds=one_input(0, 1, -1)),
    ],
    without=[
        Without(greater(lam, 0), one_input(0, 1, -1), weakened=unequal(lam, 0)),
        Without(greater(lam, 0), one_input(0, 1, 0), weakened=at_least(lam, 0)),
    ],
)
