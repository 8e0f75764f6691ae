"""What the units of the inputs do to dropout and to ridge regression.

    x_j → c_j x_j:   dropout predicts the same,   ridge does not

Measuring one input in millimetres instead of metres changes what ridge regression predicts and
leaves what dropout predicts alone. Weight decay therefore wants standardised inputs.
"""

from fractions import Fraction
from typing import Any

from derivations.regularization.dropout import X, d, i, j, k, n, p
from derivations.regularization.dropout_weights import strength
from derivations.regularization.ridge import lam
from derivations.regularization.simulations import units_of_the_inputs as simulation
from verify import (
    Array,
    Both,
    Claim,
    Delta,
    Inverse,
    Obtain,
    Parts,
    Sum,
    Variant,
    Without,
    World,
    all_of,
    chain,
    definition,
    equals,
    equation,
    every,
    given,
    greater,
    iff,
    index,
    inverse,
    let,
    matrix,
    models,
    order,
    positive_definite,
    real,
    unequal,
    vector,
)

h, m, a, b = index("h", n), index("m", n), index("a", n), index("b", n)
e, f = index("e", n), index("f", n)
t, u, r = index("t", d), index("u", d), index("r", d)
M, c, s = matrix("M", n, d), vector("c", d), real("s")

#: The inputs in other units.
Z = let("Z", Array(c[j] * X[i, j], i, j))
#: For inputs M: the products of the columns, and the matrices of dropout and of ridge.
products = Sum(M[i, j] * M[i, k], i)
B = let("B", (M,), Array(products + strength * Delta(j, k) * Sum(M[i, j] ** 2, i), j, k))
A = let("A", (M,), Array(products + lam * Delta(j, k), j, k))
#: What multiplies the targets to give the fits of dropout and of ridge.
D = let("D", (M,), M @ Inverse(B(M)) @ M.T)
H = let("H", (M,), M @ Inverse(A(M)) @ M.T)
#: The products of the rows.
K = let("K", (M,), M @ M.T)


def same(fit: Any) -> Any:
    """The fit is the same in both units, for all targets."""
    return every([i, h], equation(fit(Z)[i, h], fit(X)[i, h]))


def scales(matrix: Any) -> Any:
    """The matrix in the new units is diag(c) · the old one · diag(c)."""
    return every([j, k], equation(matrix(Z)[j, k], c[j] * c[k] * matrix(X)[j, k]))


#: The j-th unit vector.
unit = Array(Delta(k, j), k)


def of_same(fit: Any, matrix: Any) -> Any:
    """Of `same`, from `scales` and matrices that are positive definite (so that no c_j is 0)."""
    old, new = matrix(X), matrix(Z)
    targets = Sum(Inverse(old)[u, r] * X[h, r], r)
    return Obtain(
        every(j, greater(c[j] ** 2 * old[j, j], 0)),
        chain(
            c[j] ** 2 * old[j, j],
            equals(unit.T @ new @ unit, by=given(scales(matrix))),
            greater(0, by=order),
        ),
        chain(
            fit(Z)[i, h],
            equals(
                Sum(Z[i, j] * Inverse(new)[j, k] * c[k] * Sum(old[k, u] * targets, u), j, k),
                by=(definition(fit, Z), inverse),
            ),
            equals(
                Sum(Z[i, j] * Sum(Inverse(new)[j, k] * new[k, u], k) / c[u] * targets, j, u),
                by=given(scales(matrix)),
            ),
            equals(Sum(Z[i, u] / c[u] * targets, u), by=inverse),
            equals(fit(X)[i, h], by=definition(fit, Z)),
        ),
    )


def weights(matrix: Any, inputs: Any) -> Any:
    """What multiplies the targets to give the weights: matrix⁻¹ · inputsᵀ."""
    return Inverse(matrix(inputs)) @ inputs.T


def worlds(draw: Any) -> Any:
    """Worlds from the changes of units that `draw` returns."""
    names = (n, d, X, c, p, lam, t, s)
    at = {i: 1, h: 1, j: 1}
    return lambda random: World({**dict(zip(names, draw(random), strict=True)), **at})


def one_input(x: int, strength: int, s: int | Fraction) -> Any:
    """The world of one example with one input, which is multiplied by s."""
    return worlds(lambda _: simulation.one_input(x, strength, s))


#: Dropout's fit, were its penalty not in units of the columns.
F = let("F", (M,), Array(products + strength * Delta(j, k), j, k))
plain = let("R", (M,), M @ Inverse(F(M)) @ M.T)

dropout_fit_ignores_units = Claim(
    id="regularization.dropout_fit_ignores_units",
    title="Measuring the inputs in other units leaves the fit of dropout as it was",
    source="004 Q2.5",
    states=same(D),
    given=[positive_definite(B(X)), positive_definite(B(Z))],
    well_formed=[unequal(p, 0)],
    proof=Obtain(
        scales(B),
        chain(B(Z)[j, k], equals(c[j] * c[k] * B(X)[j, k], by=definition(B, Z))),
        of_same(D, B),
    ),
    worlds=worlds(simulation.change),
    model=models.Comparison(simulation.fit_of_dropout, repeats=40),
    points=[{"n": 4, "d": 2, "p": 0.7}, {"n": 3, "d": 4, "p": 0.4}],
    variants=[
        Variant("ridge", same(H)),
        Variant(
            "the weights stay",
            every([j, h], equation(weights(B, Z)[j, h], weights(B, X)[j, h])),
        ),
        Variant(
            "the fit grows with the inputs",
            every([i, h], equation(D(Z)[i, h], c[1] ** 2 * D(X)[i, h])),
        ),
        Variant("the penalty of ridge, λ_d·I", same(plain)),
    ],
    notes="That the matrix is positive definite in the new units says that no c_j is 0.",
)

only_one = every(j, equation(c[j], 1 + (s - 1) * Delta(j, t)))
square = Sum(X[i, t] ** 2, i)
same_unit = equation(s**2, 1)


def left(inputs: Any) -> Any:
    """(K + λI)H = K."""
    found = Sum(K(inputs)[i, m] * H(inputs)[m, h], m) + lam * H(inputs)[i, h]
    return every([i, h], equation(found, K(inputs)[i, h]))


def right(fitted: Any, inputs: Any, x: Any = i, y: Any = h) -> Any:
    """H(K + λI) = K at (x, y), for the fit of the one and the products of the other."""
    found = Sum(H(fitted)[x, m] * K(inputs)[m, y], m) + lam * H(fitted)[x, y]
    return every([x, y], equation(found, K(inputs)[x, y]))


def of_left(inputs: Any) -> Any:
    """`left`, since XᵀX + λI is times its inverse I."""
    product = Sum(A(inputs)[j, k] * Inverse(A(inputs))[k, r], k)
    return chain(
        left(inputs).args[0].args[0],
        equals(Sum(inputs[i, j] * product * inputs[h, r], j, r), by=definition(H, K, A)),
        equals(K(inputs)[i, h], by=(inverse, definition(K))),
    )


def of_right(inputs: Any) -> Any:
    """`right`, likewise."""
    product = Sum(Inverse(A(inputs))[j, k] * A(inputs)[k, r], k)
    return chain(
        right(inputs, inputs).args[0].args[0],
        equals(Sum(inputs[i, j] * product * inputs[h, r], j, r), by=definition(H, K, A)),
        equals(K(inputs)[i, h], by=(inverse, definition(K))),
    )


mixed = right(X, Z, a, b)
same_products = every([e, f], equation(lam * (K(Z)[e, f] - K(X)[e, f]), 0))


def weight(x: Any, y: Any) -> Any:
    """(K + λI)[e, x], where y = f."""
    return (K(X)[e, x] + lam * Delta(e, x)) * Delta(y, f)


ridge_fit_depends_on_units = Claim(
    id="regularization.ridge_fit_depends_on_units",
    title="Measuring one input in other units changes the fit of ridge, except by a sign",
    source="004 Q2.5",
    states=iff(same(H), same_unit),
    given=[
        only_one,
        unequal(square, 0),
        unequal(lam, 0),
        positive_definite(A(X)),
        positive_definite(A(Z)),
    ],
    proof=Both(
        forward=Obtain(
            all_of(left(X), right(X, X), right(Z, Z)),
            Parts((of_left(X), of_right(X), of_right(Z))),
            Obtain(
                mixed,
                chain(
                    mixed.args[0].args[0],
                    equals(right(Z, Z, a, b).args[0].args[0], by=given(same(H))),
                    equals(K(Z)[a, b], by=given(right(Z, Z), times=Delta(i, a) * Delta(h, b))),
                ),
                Obtain(
                    same_products,
                    chain(
                        lam * (K(Z)[e, f] - K(X)[e, f]),
                        equals(
                            0,
                            by=(
                                given(mixed, times=-weight(a, b)),
                                given(right(X, X), times=weight(i, h)),
                                given(left(X), times=Delta(i, e) * (K(Z)[h, f] - K(X)[h, f])),
                            ),
                        ),
                    ),
                    chain(
                        s**2,
                        equals(
                            1 + Sum(lam * (K(Z)[a, a] - K(X)[a, a]), a) / (lam * square),
                            by=(definition(K, Z), given(only_one)),
                        ),
                        equals(1, by=given(same_products, times=Delta(e, f) / (lam * square))),
                    ),
                ),
            ),
        ),
        backward=Obtain(
            scales(A),
            chain(
                A(Z)[j, k],
                equals(
                    c[j] * c[k] * Sum(X[i, j] * X[i, k], i) + lam * Delta(j, k),
                    by=definition(A, Z),
                ),
                equals(
                    c[j] * c[k] * Sum(X[i, j] * X[i, k], i) + lam * Delta(j, k) * c[j] ** 2,
                    by=(given(only_one), given(same_unit, times=lam * Delta(j, k) * Delta(j, t))),
                ),
                equals(c[j] * c[k] * A(X)[j, k], by=definition(A)),
            ),
            of_same(H, A),
        ),
    ),
    worlds=worlds(simulation.one_column),
    model=models.Comparison(simulation.fit_of_ridge, repeats=40),
    points=[{"n": 4, "d": 2, "lambda": 0.8}, {"n": 3, "d": 4, "lambda": 2.5}],
    variants=[
        Variant("whatever the unit, as for dropout", same(H)),
        Variant("for s = 1 only", iff(same(H), equation(s, 1))),
        Variant("for s = −1 only", iff(same(H), equation(s, -1))),
        Variant(
            "the weights, not the fit",
            iff(every([j, h], equation(weights(A, Z)[j, h], weights(A, X)[j, h])), same_unit),
        ),
        Variant(
            "without a penalty",
            given=[only_one, unequal(square, 0), positive_definite(A(X)), positive_definite(A(Z))],
            worlds=one_input(1, strength=0, s=2),
        ),
    ],
    without=[
        Without(only_one, worlds(lambda _: simulation.another_column())),
        Without(unequal(square, 0), one_input(0, strength=1, s=2)),
        Without(unequal(lam, 0), one_input(1, strength=0, s=2)),
        Without(positive_definite(A(X)), one_input(1, strength=-1, s=2)),
        Without(positive_definite(A(Z)), one_input(2, strength=-1, s=Fraction(1, 2))),
    ],
    notes="Where the fits differ, they differ for some targets: those that are 1 for one example.",
)
