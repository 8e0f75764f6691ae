"""What is less than uncorrelated weights with a given mean and variance."""

from typing import Any

from verify import E, V, Without, WorldSource, all_of, equation, every, uncorrelated


def weaker_weights(
    block: Any,
    j: Any,
    *,
    mean: Any,
    variance: Any,
    correlated: WorldSource,
    another_mean: WorldSource,
    another_variance: WorldSource,
) -> list[Without]:
    """The hypothesis `uncorrelated(block, mean, variance)` without each of its three parts.

    j: the index of the block's entries. The last three are worlds in which the claim fails:
    with correlated entries of this mean and variance, with an unknown mean, with an unknown
    variance.
    """
    whole = uncorrelated(block, mean=mean, variance=variance)
    each = all_of(equation(E(block[j]), mean), equation(V(block[j]), variance))
    return [
        Without(whole, correlated, weakened=every(j, each)),
        Without(whole, another_mean, weakened=uncorrelated(block, variance=variance)),
        Without(whole, another_variance, weakened=uncorrelated(block, mean=mean)),
        Without(whole, another_variance, weakened=uncorrelated(block)),
    ]
