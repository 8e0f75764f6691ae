"""Normal forms are the same in every process, and for matrices written in different ways."""

import os
import subprocess
import sys
from typing import Any

import pytest

from tests.attacks.declarations import (
    S,
    assert_accepted,
    assert_refused,
    c,
    claimed,
    equal,
    j,
    k,
    x,
    y,
)
from verify import (
    Array,
    Delta,
    Inverse,
    Sum,
    cases,
    chain,
    definition,
    equals,
    equation,
    greater,
    let,
    positive_definite,
    sign,
    sqrt,
    square_root,
)

PROGRAM = """
from verify import Sum, index, dimension, vector
from verify.kernel.context import Context
from verify.kernel.theory import ALGEBRA
n = dimension("n")
i, j, k = index("i", n), index("j", n), index("k", n)
x, y = vector("x", n), vector("y", n)
term = Sum(x[i] * y[j] * x[k] * (y[i] + x[j]) ** 2, i, j, k) / Sum(x[i] + y[i], i)
print(Context(print).normal(ALGEBRA).of(term).hash)
"""


def printed(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.getcwd()}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return done.stdout


def test_the_canonical_order_does_not_depend_on_the_process() -> None:
    assert printed("1") == printed("2") != ""


q = let("q", Array(y[j], j))
B = let("B", Array(S[j, k] + Delta(j, k) * q[j], j, k))
turned = Array(S[j, k] + Delta(k, j) * y[k], j, k)


@pytest.mark.parametrize("other", [turned, Array(y[k] * Delta(j, k) + S[j, k], j, k)])
def test_a_diagonal_under_an_inverse_may_be_written_either_way(other: Any) -> None:
    left, right = Sum(Inverse(B)[k, j] * x[j], j), Sum(Inverse(other)[k, j] * x[j], j)
    proof = chain(left, equals(right, by=definition(B, q)))
    given = [positive_definite(B), positive_definite(other)]
    assert_accepted(claimed(equation(left, right), proof, given=given))


nothing = 1 / (c + 1) + c / (c + 1) - 1


@pytest.mark.parametrize(
    ("term", "by"), [(abs(nothing), cases), (sign(nothing), cases), (sqrt(nothing), square_root)]
)
def test_what_is_0_over_its_common_denominator_is_0(term: Any, by: Any) -> None:
    assert_accepted(equal(term, 0, by, given=[greater(c, 0)]))
    assert_refused(equal(term, 1, by, given=[greater(c, 0)]))
    assert_refused(equal(1 / nothing * term, 1 / nothing * 0, by, given=[greater(c, 0)]))
