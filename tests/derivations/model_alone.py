"""The model of a claim without its exact worlds."""

from dataclasses import replace
from typing import Any

from verify import Claim, crosscheck
from verify.crosscheck.targets import has_unspoken_parts


def assert_the_model_alone_confirms(claim: Claim, **options: Any) -> None:
    """Every point is confirmed; a statement of several parts stays undecided, for it speaks of one
    of them only.
    """
    found = crosscheck(replace(claim, worlds=None), **options)
    assert found.points
    assert all(each.verdict == "confirmed" for each in found.points), found
    expected = "undecided" if has_unspoken_parts(claim.states) else "confirmed"
    assert found.verdict == expected, found
