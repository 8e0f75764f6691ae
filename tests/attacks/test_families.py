"""Families: entries that are taken for others, and inductions that run past the end of a range."""

from typing import Any

import pytest

from tests.attacks.declarations import (
    W,
    X,
    Y,
    Z,
    assert_accepted,
    assert_refused,
    claimed,
    equal,
    i,
    j,
    m,
    n,
    x,
)
from verify import (
    E,
    Induction,
    Product,
    Sum,
    algebra,
    at_least,
    cases,
    chain,
    equals,
    equation,
    every,
    given,
    greater,
    independent,
    index,
    less,
    let,
    mutually_independent,
    order,
    random_matrix,
    sign,
    symmetric,
    symmetry,
    unequal,
)

M = random_matrix("M", n, n)
h, k = index("h"), index("k")
family, each_symmetric = mutually_independent(W), every(i, symmetric(W[i]))
rows, symmetric_rows = mutually_independent(M), every(i, symmetric(M[i]))
all_of_them = let("s", Sum(sign(W[h]), (h, 1, n)))


def flipped(others: Any, *laws: Any, block: Any = W[j]) -> Any:
    """E[sign(block)·others] = E[sign(−block)·others] by symmetry of the block."""
    terms = [E(sign(sense * block) * others) for sense in (1, -1)]
    return equal(terms[0], E(sign(-block) * others), symmetry(block), given=[*laws])


def up_to(last: Any) -> Any:
    """Π_{h=1..last} (1 + sign(W_h))."""
    return Product(1 + sign(W[h]), (h, 1, last))


def length(row: Any) -> Any:
    """Σ_k M_{row,k}."""
    return Sum(M[row, k], (k, 1, n))


def row_flipped(last: Any, *laws: Any) -> Any:
    """The same of row j of a matrix and the product over the rows 1..last."""
    before = Product(1 + sign(length(h)), (h, 1, last))
    return equal(
        E(before * sign(length(j))),
        E(before * sign(Sum(-M[j, k], (k, 1, n)))),
        symmetry(M[j]),
        given=[*laws],
    )


laws = [family, each_symmetric]
TRUE = {
    "another entry": flipped(sign(W[i]), *laws, unequal(i, j)),
    "the entries before it": flipped(up_to(j - 1), *laws),
    "the sum of the entries behind it": flipped(Sum(sign(W[h]), (h, j + 1, n)), *laws),
    "what is independent of them all": flipped(up_to(j - 1) * sign(X), *laws, independent(W, X)),
    "the rows before it": row_flipped(j - 1, rows, symmetric_rows),
}

FALSE = {
    "an entry that may be the same": flipped(sign(W[i]), *laws),
    "the entries up to it": flipped(up_to(j), *laws),
    "all entries": flipped(Sum(sign(W[h]), (h, 1, n)), *laws),
    "all entries, through a definition": flipped(all_of_them, *laws),
    "entries that are symmetric, each alone": flipped(up_to(j - 1), each_symmetric),
    "a symmetric family": flipped(up_to(j - 1), symmetric(W), each_symmetric),
    "independence in pairs": flipped(
        up_to(j - 1), each_symmetric, every([i, (k, 1, i - 1)], independent(W[i], W[k]))
    ),
    "independent entries of another family": flipped(
        sign(W[i]), each_symmetric, rows, unequal(i, j)
    ),
    "an entry of no symmetric law": flipped(up_to(j - 1), family),
    "what may depend on the family": flipped(up_to(j - 1) * sign(X), *laws),
    "what is independent of this entry alone": flipped(
        up_to(j - 1) * sign(X), *laws, independent(W[j], X)
    ),
    "what is independent of each entry": flipped(
        up_to(j - 1) * sign(X), *laws, every(i, independent(W[i], X))
    ),
    "two that are independent of the family, each alone": flipped(
        up_to(j - 1) * sign(X * Y), *laws, independent(W, X), independent(W, Y)
    ),
    "the rows up to it": row_flipped(j, rows, symmetric_rows),
    "rows each of independent entries": row_flipped(
        j - 1, every(i, mutually_independent(M[i])), symmetric_rows
    ),
    "a sign that may be 0": equal(E(sign(Z) ** 2), 1, cases, given=[at_least(Z, 0)]),
}


@pytest.mark.parametrize("what", TRUE)
def test_a_block_is_flipped_beside_other_entries_of_its_family(what: str) -> None:
    assert_accepted(TRUE[what])


@pytest.mark.parametrize("what", FALSE)
def test_a_block_is_not_flipped_beside(what: str) -> None:
    assert_refused(FALSE[what])


def constant(last: Any, known: Any) -> Any:
    """x_h = x_1 for h = 1..last, from x_{h+1} = x_h for h = 1..known."""
    return claimed(
        every((h, 1, last), equation(x[h] + x[1], 2 * x[1])),
        Induction(
            on=h,
            base=chain(x[1] + x[1], equals(2 * x[1], by=algebra)),
            step=chain(
                x[h + 1] + x[1],
                equals(x[h] + x[1], by=given(every((k, 1, known), equation(x[k + 1], x[k])))),
                equals(2 * x[1], by=given(equation(x[h] + x[1], 2 * x[1]))),
            ),
        ),
        given=[every((k, 1, known), equation(x[k + 1], x[k])), greater(n, 2)],
    )


def test_an_induction_ends_with_its_range() -> None:
    assert_accepted(constant(n - 1, n - 2))


@pytest.mark.parametrize(("last", "known"), [(n - 1, n - 3), (n + 1, n - 1)], ids=str)
def test_an_induction_does_not_run_past_what_is_known(last: Any, known: Any) -> None:
    assert_refused(constant(last, known))


@pytest.mark.parametrize("known", [(), (greater(m, 1),)], ids=["of n", "of m"])
def test_the_base_of_an_induction_knows_of_no_second_value(known: Any) -> None:
    more_than_one = chain(1, less(n, by=order))
    proof = Induction(on=h, base=more_than_one, step=more_than_one)
    assert_refused(claimed(every((h, 1, n), less(1, n)), proof, given=known))
