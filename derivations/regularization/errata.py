"""What is published about regularisation, and false."""

from verify import (
    Array,
    Claim,
    Delta,
    Rational,
    Sum,
    World,
    dimension,
    greater,
    index,
    less,
    matrix,
    positive_definite,
    real,
)

n, d = dimension("n"), dimension("d")
i, j, k = index("i", d), index("j", d), index("k", n)
X, p = matrix("X", n, d), real("p")
gram = Sum(X[k, i] * X[k, j], k)

erratum_zero_column = Claim(
    id="regularization.erratum_zero_column",
    title="For every X the matrix XᵀX + λΓ² of the dropout minimiser has an inverse",
    source="004 Q2.3",
    states=positive_definite(Array(gram + (1 - p) / p * Delta(i, j) * gram, i, j)),
    given=[greater(p, 0), less(p, 1)],
    expected="refuted",
    corrected="regularization.dropout_minimizer",
    worlds=lambda random: World({n: 1, d: 1, X: [[0]], p: Rational(1, 2)}),
    notes=(
        "The matrix is positive semidefinite, so that it has an inverse exactly when it is "
        "positive definite. A column of zeros leaves its weight free."
    ),
)
