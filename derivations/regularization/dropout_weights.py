"""The weights that dropout on the inputs fits in expectation.

    p·w = (XᵀX + λΓ²)⁻¹Xᵀy,   λ = (1 − p)/p

This is ridge regression with each input in units of its own length: the smaller the chance p to
keep an input, the stronger the pull towards 0. With orthogonal inputs the pull is gone.
"""

from typing import Any

from derivations.regularization.dropout import (
    Gamma,
    R,
    X,
    dropout_expected_loss,
    half,
    i,
    j,
    k,
    loss,
    mask,
    one_input,
    p,
    same_switch,
    shrunk,
    shrunk_in_entries,
    sizes,
    square,
    w,
    world,
    worlds,
    y,
    z,
)
from derivations.regularization.simulations import dropout as simulation
from verify import (
    Array,
    Cases,
    Claim,
    Definite,
    Delta,
    E,
    Inverse,
    Minimum,
    Obtain,
    Parts,
    Sum,
    Variant,
    Without,
    algebra,
    all_of,
    at_least,
    at_most,
    chain,
    definition,
    equals,
    equation,
    every,
    given,
    greater,
    inverse,
    lemma,
    less,
    let,
    linearity,
    minimum,
    models,
    moments,
    norm_squared,
    order,
    positive_definite,
    uncorrelated,
    unequal,
)

#: The strength of the penalty, the matrix of the normal equations, and their solution p·w.
strength = (1 - p) / p
B = let("B", X.T @ X + strength * (Gamma @ Gamma))
s = let("s", Inverse(B) @ (X.T @ y))
normal_equations = every(
    j,
    equation(
        Sum(X[i, j] * Sum(X[i, k] * s[k], k), i) + strength * square[j] * s[j],
        Sum(X[i, j] * y[i], i),
    ),
)
worth = norm_squared(y) - y.T @ X @ s


def only_minimum(at: Any, value: Any) -> Any:
    """`at` is the only minimiser of the expected loss, and `value` the minimum."""
    return minimum(E(loss(w)), over=w, at=at, value=value, unique=True)


def best_weights(at: Any, value: Any) -> Any:
    """The normal equations can be solved; `at` is the only minimiser, and `value` the minimum."""
    return all_of(positive_definite(B), only_minimum(at, value))


def at_weights(at: Any) -> Any:
    """A minimum claimed at these weights, with the expected loss that they have."""
    return only_minimum(at, shrunk(at))


def simulated(data: Any) -> models.Optimum:
    """The claimed weights against random ones and least squares over all masks."""
    return models.Optimum(
        data=data,
        objective=simulation.expected_loss,
        excess=simulation.no_constraint,
        feasible=simulation.weights,
        solve=simulation.fit_all_masks,
    )


def with_penalty(penalty: Any) -> Any:
    """(XᵀX + penalty)⁻¹Xᵀy / p."""
    return Inverse(X.T @ X + penalty) @ (X.T @ y) / p


def equal_columns(chance: Any) -> Any:
    """X = [1, 1], and a chance to keep an input that may be none."""
    return lambda _: world(simulation.equal_columns(chance))


no_zero_column = every(j, unequal(Sum(X[i, j] ** 2, i), 0))

#: zᵀ(XᵀX + λΓ²)z > 0 for z ≠ 0: the penalty is positive, or every z_j is 0
penalty = Sum(Sum(X[i, j] ** 2, i) * z[j] ** 2, j)
positive = Cases(
    (greater(penalty, 0), equation(penalty, 0)),
    (
        chain(
            z.T @ B @ z,
            equals(norm_squared(X @ z) + strength * penalty, by=definition(B, Gamma)),
            greater(0, by=order),
        ),
        chain(
            z.T @ B @ z,
            equals(norm_squared(z), by=given(every(j, equation(z[j], 0)))),
            greater(0, by=order),
        ),
    ),
)

#: p = E[R²] and 1 − p = E[(1 − R)²]
not_negative = chain(p, equals(E(R[1, 1] ** 2), by=moments), at_least(0, by=order))
at_most_one = chain(
    1 - p,
    equals(E((1 - R[1, 1]) ** 2), by=(linearity, moments)),
    at_least(0, by=order),
)

dropout_minimizer = Claim(
    id="regularization.dropout_minimizer",
    title="Dropout fits p·w = (XᵀX + λΓ²)⁻¹Xᵀy with λ = (1 − p)/p, and nothing else",
    source="004 Q2.3",
    states=best_weights(s / p, worth),
    given=[mask, unequal(p, 0), unequal(p, 1), no_zero_column],
    proof=Obtain(
        at_least(p, 0),
        not_negative,
        Obtain(
            at_least(1 - p, 0),
            at_most_one,
            Parts(
                (
                    Definite(z, positive),
                    Obtain(
                        normal_equations,
                        chain(
                            normal_equations.args[0].args[0],
                            equals(Sum(B[j, k] * s[k], k), by=definition(B, Gamma, square)),
                            equals(Sum(X[i, j] * y[i], i), by=(definition(s), inverse)),
                        ),
                        Minimum(
                            feasible=(),
                            attains=chain(
                                E(loss(s / p)),
                                equals(shrunk(s / p), by=lemma(dropout_expected_loss, {w: s / p})),
                                equals(shrunk_in_entries(s / p), by=definition(Gamma, square)),
                                equals(worth, by=given(normal_equations, times=s[j])),
                            ),
                            gap=chain(
                                E(loss(w)) - worth,
                                equals(shrunk(w) - worth, by=lemma(dropout_expected_loss, {})),
                                equals(shrunk_in_entries(w) - worth, by=definition(Gamma, square)),
                                equals(
                                    p**2 * ((w - s / p).T @ B @ (w - s / p)),
                                    by=(
                                        definition(B, Gamma, square),
                                        given(normal_equations, times=2 * p * w[j] - s[j]),
                                    ),
                                ),
                            ),
                            unique=chain(
                                w[j],
                                equals((s / p)[j], by=given(every(j, equation((w - s / p)[j], 0)))),
                            ),
                        ),
                    ),
                )
            ),
        ),
    ),
    worlds=worlds(simulation.regression),
    model=simulated(simulation.data),
    points=sizes,
    variants=[
        Variant("the factor p forgotten", at_weights(s)),
        Variant("λ = 1 − p", at_weights(with_penalty((1 - p) * (Gamma @ Gamma)))),
        Variant("Γ for Γ²", at_weights(with_penalty(strength * Gamma))),
        Variant("I for Γ²", at_weights(with_penalty(strength * Array(Delta(j, k), j, k)))),
        Variant("no penalty in the value", only_minimum(s / p, norm_squared(y - X @ s))),
    ],
    without=[
        Without(mask, one_input(half, [(half, [[2]]), (half, [[3]])])),
        Without(mask, one_input(half, same_switch), weakened=every(i, uncorrelated(R[i], mean=p))),
        Without(unequal(p, 0), one_input(0, [(1, [[0]])])),
        Without(unequal(p, 1), equal_columns(1)),
        Without(no_zero_column, one_input(half, [(half, [[0]]), (half, [[1]])], x=0)),
    ],
    notes=(
        "That 0 ≤ p ≤ 1 follows from the moments of the mask. For p = 1 the matrix is "
        "XᵀX, and the columns of X must be independent."
    ),
)

origin = Array(0, j)


def least(at: Any, value: Any) -> Any:
    """zᵀ(XᵀX + λΓ²)z is least at this point only."""
    return minimum(z.T @ B @ z, over=z, at=at, value=value, unique=True)


dropout_matrix_positive_definite = Claim(
    id="regularization.dropout_matrix_positive_definite",
    title="For 0 < p < 1 and no zero column zᵀ(XᵀX + λΓ²)z > 0 unless z = 0",
    source="004 Q2.3",
    states=least(origin, 0),
    given=[greater(p, 0), less(p, 1), no_zero_column],
    proof=Minimum(
        feasible=(),
        attains=chain(origin.T @ B @ origin, equals(0, by=algebra)),
        gap=chain(
            z.T @ B @ z - 0,
            equals(
                norm_squared(X @ z) + strength * Sum(Sum(X[i, j] ** 2, i) * z[j] ** 2, j),
                by=definition(B, Gamma, square),
            ),
        ),
        unique=chain(z[j], equals(origin[j], by=given(every(j, equation(z[j], 0))))),
    ),
    worlds=worlds(simulation.regression),
    variants=[
        Variant("least elsewhere", least(Array(1, j), Sum(B[j, k], j, k))),
        Variant(
            "p = 1 allowed",
            given=[greater(p, 0), no_zero_column],
            worlds=equal_columns(1),
        ),
        Variant(
            "a zero column allowed",
            given=[greater(p, 0), less(p, 1)],
            worlds=one_input(half, [(1, [[1]])], x=0),
        ),
        Variant(
            "p ≠ 0 for p > 0",
            given=[unequal(p, 0), less(p, 1), no_zero_column],
            worlds=one_input(-half, [(1, [[1]])]),
        ),
    ],
    without=[
        Without(greater(p, 0), one_input(-half, [(1, [[1]])]), weakened=unequal(p, 0)),
        Without(less(p, 1), equal_columns(2), weakened=unequal(p, 1)),
        Without(less(p, 1), equal_columns(1), weakened=at_most(p, 1)),
        Without(no_zero_column, one_input(half, [(1, [[1]])], x=0)),
    ],
)

columns_orthogonal = every([j, k], equation(Sum(X[i, j] * X[i, k], i), Delta(j, k) * square[j]))
#: The least-squares solution for orthogonal columns.
projection = Array(Sum(X[i, j] * y[i], i) / square[j], j)
worth_orthogonal = norm_squared(y) - p * Sum(Sum(X[i, j] * y[i], i) ** 2 / square[j], j)

dropout_orthogonal = Claim(
    id="regularization.dropout_orthogonal",
    title="With orthogonal columns dropout finds the least-squares weights, whatever p is",
    source="004 Q2.5",
    states=only_minimum(projection, worth_orthogonal),
    given=[mask, greater(p, 0), columns_orthogonal, no_zero_column],
    proof=Minimum(
        feasible=(),
        attains=chain(
            E(loss(projection)),
            equals(shrunk(projection), by=lemma(dropout_expected_loss, {w: projection})),
            equals(shrunk_in_entries(projection), by=definition(Gamma, square)),
            equals(
                worth_orthogonal,
                by=given(columns_orthogonal, times=p**2 * projection[j] * projection[k]),
            ),
        ),
        gap=chain(
            E(loss(w)) - worth_orthogonal,
            equals(shrunk(w) - worth_orthogonal, by=lemma(dropout_expected_loss, {})),
            equals(shrunk_in_entries(w) - worth_orthogonal, by=definition(Gamma, square)),
            equals(
                p * Sum(square[j] * (w[j] - projection[j]) ** 2, j),
                by=given(columns_orthogonal, times=p**2 * w[j] * w[k]),
            ),
        ),
        unique=chain(
            w[j],
            equals(projection[j], by=given(every(j, equation(w[j] - projection[j], 0)))),
        ),
    ),
    worlds=worlds(simulation.orthogonal),
    model=simulated(simulation.orthogonal_data),
    points=sizes,
    variants=[
        Variant("weights divided by p", at_weights(projection / p)),
        Variant("weights multiplied by p", at_weights(p * projection)),
        Variant(
            "the least squares' own value",
            only_minimum(projection, norm_squared(y - X @ projection)),
        ),
        Variant(
            "columns that are not orthogonal",
            given=[mask, greater(p, 0), no_zero_column],
            worlds=worlds(simulation.regression),
        ),
    ],
    without=[
        Without(mask, one_input(half, [(half, [[2]]), (half, [[3]])])),
        Without(mask, one_input(half, same_switch), weakened=every(i, uncorrelated(R[i], mean=p))),
        Without(greater(p, 0), one_input(0, [(1, [[0]])])),
        Without(no_zero_column, one_input(half, [(half, [[0]]), (half, [[1]])], x=0)),
        Without(columns_orthogonal, lambda _: world(simulation.oblique(half))),
    ],
)
