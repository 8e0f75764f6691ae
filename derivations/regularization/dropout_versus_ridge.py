"""When dropout on the inputs of a linear regression is ridge regression.

    p·w = (XᵀX + λ_d Γ²)⁻¹Xᵀy   and   w = (XᵀX + λ_r I)⁻¹Xᵀy   agree for every y
    exactly when every column has ‖x_j‖² = λ_r/λ_d

Both shrink, and they shrink alike only when all inputs are measured in units that give their
columns one length. Standardise the inputs and dropout is weight decay; otherwise it is not.
"""

from typing import Any

from derivations.regularization.dropout import X, d, i, j, k, n, p
from derivations.regularization.dropout_weights import strength
from derivations.regularization.ridge import lam
from derivations.regularization.simulations import dropout_versus_ridge as simulation
from verify import (
    Array,
    Both,
    Claim,
    Delta,
    Inverse,
    Obtain,
    Sum,
    Variant,
    Without,
    World,
    algebra,
    chain,
    definition,
    equals,
    equation,
    every,
    given,
    iff,
    index,
    inverse,
    let,
    matrix,
    models,
    order,
    positive_definite,
    unequal,
)

M = matrix("M", n, d)
a, b, t, r = index("a", d), index("b", d), index("t", d), index("r", d)

#: ‖x_j‖², and the matrices of dropout (with λ_d = (1 − p)/p) and of ridge.
q = let("q", Array(Sum(X[i, j] ** 2, i), j))
B = let("B", Array(Sum(X[i, j] * X[i, k], i) + strength * Delta(j, k) * q[j], j, k))
A = let("A", Array(Sum(X[i, j] * X[i, k], i) + lam * Delta(j, k), j, k))
#: What each multiplies the targets by.
P, Q = Inverse(B) @ X.T, Inverse(A) @ X.T
#: Weights, and the targets to which dropout fits them.
c = let("c", (a,), Array(Sum(X[i, k] * X[i, a], i) / (strength * q[k]), k))
y = let("y", (a,), Array(X[i, a] + Sum(X[i, k] * c(a)[k], k), i))

same_weights = every([k, i], equation(P[k, i], Q[k, i]))


def same_columns(square: Any) -> Any:
    """Every ‖x_j‖² is this."""
    return every(j, equation(q[j], square))


def worlds(random: Any) -> World:
    """Worlds in which dropout is ridge, or not."""
    return world(simulation.regression(random))


def world(found: simulation.Regression) -> World:
    """The world of an exact regression."""
    return World(
        {n: found.n, d: found.d, X: found.X, p: found.p, lam: found.strength, i: 1, k: 1, j: 1}
    )


balanced = same_columns(lam / strength)
#: Xᵀy = Bc, for each column b.
solved = every([b, t], equation(Sum(X[i, t] * y(b)[i], i), Sum(B[t, r] * c(b)[r], r)))
fits = every([a, k], equation(Sum(P[k, i] * y(a)[i], i), c(a)[k]))
same_matrix = every([j, k], equation(A[j, k], B[j, k]))
#: The j-th unit vector, and the products of the columns with those of the weights c.
unit = Array(Delta(k, j), k)
products = Sum(X[i, j] * X[i, k] * c(j)[k], i, k)

dropout_versus_ridge = Claim(
    id="regularization.dropout_versus_ridge",
    title="Dropout and ridge fit the same weights to all targets iff every ‖x_j‖² = λ_r/λ_d",
    source="004 Q2.5",
    states=iff(same_weights, balanced),
    given=[positive_definite(B), positive_definite(A)],
    well_formed=[unequal(p, 0), unequal(p, 1)],
    proof=Obtain(
        every(j, unequal(q[j], 0)),
        chain(
            q[j],
            equals((unit.T @ B @ unit) / (1 / p), by=definition(B, q)),
            unequal(0, by=order),
        ),
        Obtain(
            solved,
            chain(
                Sum(X[i, t] * y(b)[i], i),
                equals(Sum(B[t, r] * c(b)[r], r), by=definition(y, c, B)),
            ),
            Both(
                forward=Obtain(
                    fits,
                    chain(
                        Sum(P[k, i] * y(a)[i], i),
                        equals(Sum(Inverse(B)[k, t] * Sum(X[i, t] * y(a)[i], i), t), by=algebra),
                        equals(
                            Sum(Inverse(B)[k, t] * Sum(B[t, r] * c(a)[r], r), t),
                            by=given(solved, times=Inverse(B)[k, t] * Delta(b, a)),
                        ),
                        equals(c(a)[k], by=inverse),
                    ),
                    chain(
                        q[j],
                        equals(Sum(X[i, j] * y(j)[i], i) - products, by=definition(y, q)),
                        equals(
                            Sum(A[j, k] * Sum(Q[k, i] * y(j)[i], i), k) - products,
                            by=inverse,
                        ),
                        equals(
                            Sum(A[j, k] * Sum(P[k, i] * y(j)[i], i), k) - products,
                            by=given(same_weights, times=A[j, k] * y(j)[i]),
                        ),
                        equals(
                            Sum(A[j, k] * c(j)[k], k) - products,
                            by=given(fits, times=A[j, k] * Delta(a, j)),
                        ),
                        equals(lam * c(j)[j], by=definition(A)),
                        equals(lam / strength, by=definition(c, q)),
                    ),
                ),
                backward=Obtain(
                    same_matrix,
                    chain(
                        A[j, k],
                        equals(
                            Sum(X[i, j] * X[i, k], i) + strength * Delta(j, k) * (lam / strength),
                            by=definition(A),
                        ),
                        equals(
                            Sum(X[i, j] * X[i, k], i) + strength * Delta(j, k) * q[j],
                            by=given(balanced),
                        ),
                        equals(B[j, k], by=definition(B)),
                    ),
                    chain(
                        P[k, i],
                        equals(
                            Sum(Inverse(B)[k, t] * Sum(A[t, r] * Q[r, i], r), t),
                            by=inverse,
                        ),
                        equals(
                            Sum(Inverse(B)[k, t] * Sum(B[t, r] * Q[r, i], r), t),
                            by=given(same_matrix),
                        ),
                        equals(Q[k, i], by=inverse),
                    ),
                ),
            ),
        ),
    ),
    worlds=worlds,
    model=models.Comparison(simulation.weights_for_one_target, repeats=40),
    points=[{"n": 4, "d": 2, "p": 0.7}, {"n": 3, "d": 4, "p": 0.4}],
    variants=[
        Variant("λ_r·λ_d for λ_r/λ_d", iff(same_weights, same_columns(lam * strength))),
        Variant("λ_d/λ_r for λ_r/λ_d", iff(same_weights, same_columns(strength / lam))),
        Variant("‖x_j‖ for ‖x_j‖²", iff(same_weights, same_columns((lam / strength) ** 2))),
        Variant("one column is enough", iff(same_weights, equation(q[1], lam / strength))),
        Variant(
            "the weights w for p·w",
            iff(every([k, i], equation(P[k, i] / p, Q[k, i])), balanced),
        ),
        Variant("always the same", same_weights),
    ],
    without=[Without(positive_definite(A), lambda _: world(simulation.one_input(1, strength=-1)))],
    notes=(
        "The columns of the two matrices are what a target of 1 for one example and 0 for the "
        "others is fitted by. They exist, since the matrices are positive definite, for 0 < p < 1 "
        "and no zero column (`dropout_matrix_positive_definite`) and for λ_r > 0 "
        "(`ridge_matrix_positive_definite`)."
    ),
)
