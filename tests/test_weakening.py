import pytest

from verify import (
    Claim,
    E,
    all_of,
    at_least,
    at_most,
    chain,
    differentiable,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    function,
    greater,
    independence,
    independent,
    index,
    less,
    matrix,
    mutually_independent,
    positive_definite,
    random_array,
    random_matrix,
    random_vector,
    real,
    uncorrelated,
    unequal,
    vector,
)
from verify.kernel.prove import derive
from verify.kernel.theorem import is_theorem
from verify.language.statements import Statement
from verify.semantics import World, holds, uniform_on
from verify.weakening import conjuncts, weakenings

n = dimension("n")
j = index("j", n)
a, v = real("a"), real("v")
z, M = vector("z", n), matrix("M", n, n)
N, m = random_matrix("N", n, dimension("m")), dimension("m")
p, q, r, t = (index(f"{which}_{k}") for k in (1, 2) for which in ("first", "second"))
W, x, y = (random_vector(name, n) for name in "Wxy")


@pytest.mark.parametrize(
    ("fact", "weaker"),
    [
        (greater(a, 0), [unequal(a, 0), at_least(a, 0)]),
        (less(a, 0), [unequal(a, 0), at_most(a, 0)]),
        (at_least(a, 0), []),
        (equation(a, 0), []),
        (positive_definite(M), []),
        (independent(W, x), []),
        (
            independent(W, x, y),
            [all_of(independent(W, x), independent(W, y), independent(x, y))],
        ),
        (
            uncorrelated(W, mean=0, variance=v),
            [uncorrelated(W, variance=v), uncorrelated(W, mean=0), uncorrelated(W)],
        ),
        (uncorrelated(W, mean=0), [uncorrelated(W)]),
        (uncorrelated(W), []),
        (
            mutually_independent(W),
            [every([(p, 1, n), (q, 1, p - 1)], independent(W[p], W[q]))],
        ),
        (
            mutually_independent(N),
            [
                all_of(
                    every(
                        [(p, 1, n), (q, 1, p - 1), (r, 1, m), (t, 1, m)],
                        independent(N[p, r], N[q, t]),
                    ),
                    every([(p, 1, n), (r, 1, m), (t, 1, r - 1)], independent(N[p, r], N[p, t])),
                )
            ],
        ),
        (mutually_independent(random_array("A", (1, None))), []),
        (mutually_independent(random_array("A", index("k", 1, n), index("k"))), []),
        (
            mutually_independent(N[j]),
            [every([(p, 1, m), (q, 1, p - 1)], independent(N[j, p], N[j, q]))],
        ),
        (differentiable(function("f")), []),
        (every(j, greater(z[j], 0)), [every(j, unequal(z[j], 0)), every(j, at_least(z[j], 0))]),
        (all_of(greater(a, 0), less(v, 1)), [all_of(less(v, 1)), all_of(greater(a, 0))]),
    ],
    ids=str,
)
def test_each_hypothesis_has_its_weaker_forms(fact: Statement, weaker: list[Statement]) -> None:
    assert weakenings(fact) == weaker


def test_a_conjunction_is_given_as_its_parts() -> None:
    assert conjuncts(all_of(greater(a, 0), less(v, 1))) == (greater(a, 0), less(v, 1))
    assert conjuncts(greater(a, 0)) == (greater(a, 0),)


def test_pairwise_independence_is_a_hypothesis_that_proofs_can_use_and_worlds_can_judge() -> None:
    (pairwise,) = weakenings(mutually_independent(W))
    product = E(W[1] * W[2])
    claim = Claim(
        id="made_up.pairwise",
        title="",
        states=equation(product, E(W[1]) * E(W[2])),
        given=[pairwise, at_least(n, 2)],
        well_formed=[finite_moment(W, 2)],
        proof=chain(product, equals(E(W[1]) * E(W[2]), by=independence)),
    )
    assert is_theorem(derive(claim))
    parity = World({n: 3}, uniform_on([{W: [i, k, i * k]} for i in (-1, 1) for k in (-1, 1)]))
    assert holds(pairwise, parity) is True
    assert holds(mutually_independent(W), parity) is False
