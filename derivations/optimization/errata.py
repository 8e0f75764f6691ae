"""What the sheet leaves out, and what is false without it."""

from typing import Any

from derivations.optimization import mahalanobis_prox as metric
from derivations.optimization import mirror_descent as mirror
from verify import Claim, Rational, World, greater, norm_squared, symmetric_matrix, unequal


def saddle(random: Any) -> World:
    """ΔᵀMΔ = Δ_1² − Δ_2²: the first entry of Δ goes as far as one likes."""
    values = {metric.n: 2, metric.M: [[1, 0], [0, -1]], metric.g: [1, 0], metric.eps: 1}
    return World(values, candidates={metric.D: [[-2, 2]]})


def repulsion(random: Any) -> World:
    """λ = −1 and no slope: the start is the maximum."""
    values = {mirror.g: 0, mirror.lam: -1, mirror.x0: Rational(1, 2)}
    return World(values, candidates={mirror.x: [Rational(1, 4)]})


erratum_mahalanobis_definite = Claim(
    id="optimization.erratum_mahalanobis_definite",
    title="The best step for a symmetric M, definite or not",
    source="000 A3b",
    states=metric.mahalanobis_prox.states,
    given=[
        symmetric_matrix(metric.M),
        unequal(norm_squared(metric.g), 0),
        greater(metric.eps, 0),
    ],
    worlds=saddle,
    expected="refuted",
    corrected="optimization.mahalanobis_prox",
    notes="For M = [−1] not even the formula has a value: it is the root of −g².",
)

erratum_mirror_positive = Claim(
    id="optimization.erratum_mirror_positive",
    title="The mirror step for any λ ≠ 0",
    source="000 A4",
    states=mirror.mirror_descent_step.states,
    given=[unequal(mirror.lam, 0), *mirror.inside],
    worlds=repulsion,
    expected="refuted",
    corrected="optimization.mirror_descent_step",
)
