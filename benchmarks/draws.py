"""The draws of the cross-check beside those of fixed-size tests with the same guarantee.

Guarantee: a true claim is contradicted with probability at most α, one that is wrong by Δ is
confirmed with probability at most β, for every law with variance at most s². The fixed sizes
are those at which two intervals around an estimate, one of error level α, one of β, have together
the half-width Δ:

* Chebyshev, for the sample mean: N = (1/√α + 1/√β)² s²/Δ².
* Median of means: N = 32 (√ln(1/α) + √ln(1/β))² s²/Δ². Source: G. Lugosi and S. Mendelson, "Mean
  estimation and regression under heavy-tailed distributions: a survey" (2019), theorem 2.
* Catoni's estimator: N = 2 (√ln(2/α) + √ln(2/β))² s²/Δ², the second-order size that the e-process
  is designed from. Source: O. Catoni (2012).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from verify.checking import count_checks
from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.crosscheck.models import Mean
from verify.discovery import claims


@dataclass(frozen=True)
class Drawn:
    """The draws of one claim, over its points: of the e-process, and of fixed-size tests."""

    id: str
    sequential: int
    chebyshev: float
    median_of_means: float
    catoni: float


def chebyshev(alpha: float, beta: float, spread: float) -> float:
    """`spread` is s²/Δ²."""
    return (1 / math.sqrt(alpha) + 1 / math.sqrt(beta)) ** 2 * spread


def median_of_means(alpha: float, beta: float, spread: float) -> float:
    """`spread` is s²/Δ²."""
    return 32 * (math.sqrt(-math.log(alpha)) + math.sqrt(-math.log(beta))) ** 2 * spread


def catoni(alpha: float, beta: float, spread: float) -> float:
    """`spread` is s²/Δ²."""
    return 2 * (math.sqrt(math.log(2 / alpha)) + math.sqrt(math.log(2 / beta))) ** 2 * spread


def draws(alpha: float = 1e-6, beta: float = 1e-6) -> list[Drawn]:
    """For each claim whose left side is simulated as a mean; α is shared by the whole suite."""
    every = list(claims())
    checks = sum(count_checks(each) for each in every)
    return [
        found
        for each in every
        if isinstance(each.model, Mean) and each.expected == "proved"
        if (found := drawn(each, alpha, beta, checks)) is not None
    ]


def drawn(claim: Claim, alpha: float, beta: float, checks: int) -> Drawn | None:
    """One claim, at the points whose claimed mean is not 0 (else an error has no relative size)."""
    found = crosscheck(claim, alpha=alpha, power=1 - beta, checks=checks)
    sequential, spread = 0, 0.0
    for point in found.points:
        if isinstance(point.claimed, float) and point.claimed and point.smallest_detectable:
            gap = abs(point.claimed) * point.smallest_detectable
            sequential += point.samples
            spread += float(claim.model.variance(point.at)) / gap**2
    if not sequential:
        return None
    each = alpha / checks
    sizes = (size(each, beta, spread) for size in (chebyshev, median_of_means, catoni))
    return Drawn(claim.id, sequential, *sizes)
