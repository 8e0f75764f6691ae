"""The operator norm: what a matrix does to lengths, and the largest eigenvalue of AᵀA.

    ‖A·B‖ ≤ ‖A‖·‖B‖,   ‖A‖² = λ₁(AᵀA)

Every bound on a gradient through many layers multiplies norms of matrices; the norm is computed
from AᵀA and not from the eigenvalues of A, which can all be 0 while A lengthens. Here ‖A‖ < α is
said without a norm: α²I − AᵀA is positive definite.
"""

from typing import Any

from derivations.recurrent import operator_norm_evidence as evidence
from verify import (
    Array,
    Claim,
    Delta,
    Parts,
    Variant,
    Without,
    algebra,
    all_of,
    at_most,
    chain,
    dimension,
    equals,
    equation,
    every,
    given,
    index,
    less,
    matrix,
    models,
    norm_squared,
    order,
    positive_definite,
    real,
    unequal,
    vector,
)

r, m, n = dimension("r"), dimension("m"), dimension("n")
i, j, p, q = index("i", m), index("j", m), index("p", n), index("q", n)
A, B = matrix("A", r, m), matrix("B", m, n)
w, z, u = vector("w", m), vector("z", n), vector("u", m)
alpha, beta, c, lam = real("alpha"), real("beta"), real("c"), real("lambda")

#: ‖A‖ < α and ‖B‖ < β.
room_of_a = alpha**2 * Array(Delta(i, j), i, j) - A.T @ A
room_of_b = beta**2 * Array(Delta(p, q), p, q) - B.T @ B
norm_of_a, norm_of_b = positive_definite(room_of_a), positive_definite(room_of_b)
some_length = unequal(norm_squared(w), 0)

squared, image = norm_squared(A @ (B @ z)), norm_squared(B @ z)
lengthened = less(norm_squared(A @ w), alpha**2 * norm_squared(w))


def product_bound(factor: Any) -> Any:
    """‖A·B·z‖² ≤ factor·‖z‖²."""
    return at_most(squared, factor * norm_squared(z))


operator_norm = Claim(
    id="recurrent.operator_norm",
    title="λ₁(AᵀA) < α² means ‖A·w‖ < α·‖w‖, and norms of products are products at most",
    source="004 Q5",
    states=all_of(lengthened, product_bound(alpha**2 * beta**2)),
    given=[norm_of_a, norm_of_b, some_length],
    proof=Parts(
        (
            chain(
                norm_squared(A @ w),
                equals(alpha**2 * norm_squared(w) - w.T @ room_of_a @ w, by=algebra),
                less(alpha**2 * norm_squared(w), by=order),
            ),
            chain(
                squared,
                equals(alpha**2 * image - (B @ z).T @ room_of_a @ (B @ z), by=algebra),
                at_most(alpha**2 * image, by=order),
                equals(
                    alpha**2 * beta**2 * norm_squared(z) - alpha**2 * (z.T @ room_of_b @ z),
                    by=algebra,
                ),
                at_most(alpha**2 * beta**2 * norm_squared(z), by=order),
            ),
        )
    ),
    worlds=evidence.two_matrices,
    model=models.Comparison(evidence.lengths_of_products),
    points=[{"r": 3, "m": 4, "n": 2}, {"r": 6, "m": 5, "n": 7}],
    variants=[
        Variant("αβ for α²β²", product_bound(alpha * beta)),
        Variant("the norm of one factor", product_bound(alpha**2)),
        Variant("equality", equation(squared, alpha**2 * beta**2 * norm_squared(z))),
        Variant("α for α²", less(norm_squared(A @ w), alpha * norm_squared(w))),
    ],
    without=[
        Without(norm_of_a, evidence.numbers(2, 1, 1)),
        Without(norm_of_b, evidence.numbers(1, 5, 1)),
        Without(some_length, evidence.numbers(1, 1, 0)),
    ],
)

# -- the norm is attained at an eigenvector -------------------------------------------------------

stretched = A.T @ A @ u
is_eigenvector = every(i, equation(stretched[i], lam * u[i]))

operator_norm_at_an_eigenvector = Claim(
    id="recurrent.operator_norm_at_an_eigenvector",
    title="An eigenvector of AᵀA is lengthened by the root of its eigenvalue",
    source="004 Q5",
    states=equation(norm_squared(A @ u), lam * norm_squared(u)),
    given=[is_eigenvector],
    proof=chain(
        norm_squared(A @ u),
        equals(u.T @ stretched, by=algebra),
        equals(lam * norm_squared(u), by=given(is_eigenvector, times=u[i])),
    ),
    worlds=evidence.eigenvector,
    model=models.Comparison(evidence.singular_vector),
    points=[{"r": 3, "m": 4}, {"r": 5, "m": 2}],
    variants=[
        Variant("λ² for λ", equation(norm_squared(A @ u), lam**2 * norm_squared(u))),
        Variant("the length kept", equation(norm_squared(A @ u), norm_squared(u))),
        Variant("at most half", at_most(norm_squared(A @ u), lam / 2 * norm_squared(u))),
    ],
    without=[Without(is_eigenvector, evidence.no_eigenvector)],
)

attained = equation(norm_squared(A @ u), c**2 * norm_squared(u))
bounded = at_most(norm_squared(A @ stretched), c**2 * norm_squared(stretched))
off = stretched - c**2 * u

operator_norm_is_an_eigenvalue = Claim(
    id="recurrent.operator_norm_is_an_eigenvalue",
    title="A vector that A lengthens most, by c, is an eigenvector of AᵀA with eigenvalue c²",
    source="004 Q5",
    states=at_most(c**2 * norm_squared(off), 0),
    given=[attained, bounded],
    proof=chain(
        c**2 * norm_squared(off),
        equals(
            -(c**2 * norm_squared(stretched) - norm_squared(A @ stretched))
            - norm_squared(c**2 * (A @ u) - A @ stretched),
            by=given(attained, times=c**4),
        ),
        at_most(0, by=order),
    ),
    worlds=evidence.longest,
    model=models.Comparison(evidence.largest_singular_vector),
    points=[{"r": 3, "m": 4}, {"r": 5, "m": 2}],
    variants=[
        Variant("eigenvalue c", at_most(c**2 * norm_squared(stretched - c * u), 0)),
        Variant("orthogonal to u", equation(u.T @ stretched, 0)),
        Variant(
            "at a vector that is lengthened by c, but not most",
            given=[attained],
            worlds=evidence.not_longest,
        ),
    ],
    without=[
        Without(attained, evidence.not_attained),
        Without(bounded, evidence.not_longest),
    ],
    notes="For c ≠ 0 it says that AᵀA·u = c²·u. The bound is used at one vector only, AᵀA·u.",
)
