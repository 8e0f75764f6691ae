"""Names that the attacks speak of, and short ways to write a claim and a one-row claim."""

from typing import Any

from verify import (
    Claim,
    algebra,
    chain,
    dimension,
    equals,
    equation,
    index,
    matrix,
    natural,
    random_variable,
    random_vector,
    real,
    vector,
)
from verify.kernel.prove import derive
from verify.kernel.theorem import Refused, is_theorem

n, m, t = dimension("n"), dimension("m"), natural("t")
i, j, k = index("i", n), index("j", n), index("k", n)
x, y = vector("x", n), vector("y", n)
b, c, d = real("b"), real("c"), real("d")
X, Y, Z = random_variable("X"), random_variable("Y"), random_variable("Z")
W = random_vector("W", n)
S = matrix("S", n, n)


def claimed(states: Any, proof: Any, **parts: Any) -> Claim:
    """A claim without simulation."""
    return Claim(id="attack.claim", title="an attack", states=states, proof=proof, **parts)


def equal(left: Any, right: Any, by: Any = algebra, **parts: Any) -> Claim:
    """The claim left = right, proved in one row."""
    return claimed(equation(left, right), chain(left, equals(right, by=by)), **parts)


def related(relation: Any, left: Any, right: Any, by: Any, **parts: Any) -> Claim:
    """The claim left R right, proved in one row."""
    return claimed(relation(left, right), chain(left, relation(right, by=by)), **parts)


def assert_refused(claim: Any) -> Refused:
    """The refusal of a false claim; a theorem here is a hole in the kernel."""
    result = derive(claim)
    assert isinstance(result, Refused), "the kernel proved a false claim"
    assert result.reason
    assert result.where
    return result


def assert_accepted(claim: Any) -> None:
    """A true claim with an honest proof must pass."""
    result = derive(claim)
    assert is_theorem(result), f"{result.where}: {result.reason}"  # type: ignore[union-attr]
