"""Proofs about weights that keep a variance, which the rules of Xavier and Kaiming share.

A layer multiplies a variance by a factor like n·v or ½·n·v: it keeps every variance but 0 exactly
when the factor is 1, and the two directions ask this of two widths.
"""

from collections.abc import Callable
from typing import Any

from verify import Both, Parts, Proof, algebra, chain, equals, equation, given


def kept_proof(value: Any, factor: Any, size: Any, passed: Any) -> Proof:
    """value = size ⇔ factor = 1, from the fact `passed`, value = factor·size, and size ≠ 0."""
    return Both(
        forward=chain(
            factor,
            equals(factor * size / size, by=algebra),
            equals(value / size, by=given(passed)),
            equals(size / size, by=given(equation(value, size))),
            equals(1, by=algebra),
        ),
        backward=chain(
            value,
            equals(factor * size, by=given(passed)),
            equals(size, by=given(equation(factor, 1), times=size)),
        ),
    )


def both_ways_proof(
    widths: tuple[Any, Any],
    variance: Any,
    factor: Callable[[Any, Any], Any],
    compromise: Callable[[Any, Any], Any],
    share: Any,
) -> Proof:
    """factor = 1 for both widths ⇔ the widths agree and the variance is their compromise.

    factor: of a width and a variance. compromise: the variance between two widths. share: what
    one factor has to be multiplied by for half a compromise, 1/(n + m) for the factor n·v.
    """
    n, m = widths
    forwards, backwards = (equation(factor(width, variance), 1) for width in widths)
    agree, chosen = equation(n, m), equation(variance, compromise(n, m))
    return Both(
        forward=Parts(
            (
                chain(
                    n,
                    equals(n * factor(m, variance), by=given(backwards, times=n)),
                    equals(m, by=given(forwards, times=m)),
                ),
                chain(
                    variance,
                    equals((factor(n, variance) + factor(m, variance)) * share, by=algebra),
                    equals(
                        compromise(n, m),
                        by=(given(forwards, times=share), given(backwards, times=share)),
                    ),
                ),
            )
        ),
        backward=Parts(
            tuple(
                chain(
                    factor(width, variance),
                    equals(factor(width, compromise(n, m)), by=given(chosen)),
                    equals(factor(width, compromise(width, width)), by=given(agree)),
                    equals(1, by=algebra),
                )
                for width in widths
            )
        ),
    )
