"""Names: captured, free where they should be bound, out of range, printing alike."""

from typing import Any

import pytest
from sympy import Integer

from tests.attacks.declarations import (
    S,
    assert_accepted,
    assert_refused,
    b,
    c,
    claimed,
    d,
    equal,
    i,
    j,
    m,
    n,
    t,
    x,
    y,
)
from verify import (
    Array,
    Induction,
    Obtain,
    Product,
    Sum,
    algebra,
    at_least,
    at_most,
    chain,
    definition,
    equals,
    equation,
    every,
    exists,
    function,
    given,
    greater,
    index,
    less,
    let,
    minimum,
    order,
    peel,
    real,
    sqrt,
    vector,
)
from verify.language.names import Index, Name
from verify.language.proofs import Exhibit

at_j = let("f", x[j])
empty = index("e", n - 5)
p, q = index("p", n), index("q")
inner, row = let("a", 2 * c), let("r", x.T)
outer = let("f", (c,), inner * 1)
rows = real("R", p, (1, p))
ragged = Array(sqrt(p - q), p, (q, 1, p))
entry = let("g", (p,), x[p])
weighted = let("h", (c,), Sum(c * x[j], j))
unknown = function("L", n)
h, bound = index("h"), index("k", n)
length = let("F", (x,), x.T @ x)
longer = vector("z", n + 1)
power_in_disguise: Any = Name("c^2", "real", (), False)
sum_in_disguise: Any = Index("1 + p", 1, n)

own_end: Any = Name("x", "real", ((p, Integer(1), p),), False)
of_a_name: Any = Name("x", "real", ((n, Integer(1), n),), False)
two_parts: Any = ((Integer(1), n),)
no_index: Any = Name("x", "real", two_parts, False)

FALSE = {
    "two parameters of one name": equal(let("F", (c, c), c)(b, d), d, definition),
    "two indices of one name": equal(Array(x[i], (i, 1, n), (i, 1, n))[1, n], x[n]),
    "an axis that ends at its own index": equal(own_end[p] * 1, own_end[p]),
    "an axis of two parts": equal(no_index[1] * 1, no_index[1]),
    "an axis whose index is a dimension": equal(of_a_name[1] * 1, of_a_name[1]),
    "a parameter of another definition, unseen": equal(
        outer(d), 2 * c, (definition(outer), definition(inner))
    ),
    "a definition that stands for a row": equal(row, x, definition(row)),
    "bare definition with nothing to unfold": equal(c, d, definition),
    "a free index inside a definition escapes its sum": equal(Sum(at_j, j), n * at_j),
    "definitions at two indices are one": equal(
        x[i] * 1, x[j], given, given=[every(j, equation(at_j, y[j])), equation(x[i], x[i])]
    ),
    "an index of a range that may be empty exists": claimed(
        at_least(n, 6),
        chain(n, at_least(empty + 5, by=order), at_least(6, by=order)),
    ),
    "a ragged array read outside its range": claimed(
        at_most(p, 1),
        chain(p, equals(1 - ragged[1, p] ** 2, by=algebra), at_most(1, by=order)),
    ),
    "an entry of a transposed array, outside its range": equal(rows.T[p, 1] * 1, rows.T[p, 1]),
    "a product with rows of different lengths": equal((x.T @ rows)[1] * 1, (x.T @ rows)[1]),
    "an argument captured by a sum": equal(weighted(y[j]), Sum(x[j] * y[j], j), definition),
    "an instance of a definition taken for constant": equal(Sum(entry(j), j), n * entry(j)),
    "an instance out of range": equal(entry(n + 1), entry(n + 1) + 0),
    "a bound index captured by an inner sum": equal(
        Sum(x[i] * Sum(y[i], i), i), Sum(x[i] * y[i], i)
    ),
    "a nested product captured": equal(
        Sum(Product(x[i] + y[j], i), j), Sum(Product(x[j] + y[i], i), j)
    ),
    "an argument transposed": equal(let("F", (S,), S[1, n])(S), let("F", (S,), S[1, n])(S.T)),
    "a name that prints like a power": equal(power_in_disguise + 1, c**2 + 1),
    "an index that prints like a sum": equal(x[sum_in_disguise], x[p + 1]),
    "a witness captured by a quantifier": claimed(
        exists(c, every(i, equation(x[i], c))),
        Exhibit({c: x[i]}, chain(x[i], equals(x[i] + 0, by=algebra))),
    ),
    "a fact at i used at n": equal(x[n], c, given, given=[every((i, 1, n - 1), equation(x[i], c))]),
    "a fact from 2 on used from 1 on": equal(
        x[j], c, given, given=[every((i, 2, n), equation(x[i], c))]
    ),
    "a fact about one i used for every i": claimed(
        every(i, equation(x[i], c)),
        chain(x[i], equals(c, by=given)),
        given=[equation(x[i], c)],
    ),
    "a fact about one i used under a sum": equal(
        Sum(x[i], i), n * c, given, given=[equation(x[i], c)]
    ),
    "one index quantified twice": claimed(
        every([i, i], equation(x[i], x[i] + 0)), chain(x[i], equals(x[i] + 0, by=algebra))
    ),
    "every c when a hypothesis speaks of c": claimed(
        every(c, equation(c, 0)), chain(c, equals(0, by=given)), given=[equation(c, 0)]
    ),
    "an empty sum counted": equal(Sum(1, (i, 1, n - 5)), n - 5),
    "the last term of an empty sum": equal(Sum(c, (i, 5, n)), Sum(c, (i, 5, n - 1)) + c, peel),
    "an entry beyond the end": equal(Sum(x[i], (i, 1, n)), Sum(x[i], (i, 1, n + 1)) - x[1], peel),
    "an empty product": equal(Product(c, (i, 1, n - 5)), c ** (n - 5)),
    "a length declared twice": equal(vector("x", n)[1], vector("x", m)[1]),
    "an induction over an index that the range bounds": claimed(
        every(index("s", 1, n), at_least(n, index("s", 1, n) + 1)),
        Induction(
            index("s", 1, n),
            base=chain(n, at_least(2, by=order)),
            step=chain(n, at_least(index("s", 1, n) + 1 + 1, by=order)),
        ),
    ),
    "real and natural of one name": equal(real("n"), n),
    "a number quantified again, within a range that it bounds": claimed(
        every([(h, 1, t), t], at_most(h, t)), chain(h, at_most(t, by=order))
    ),
    "an index quantified again, within a range that it bounds": claimed(
        every((h, 1, bound), every(bound, at_most(h, bound))), chain(h, at_most(bound, by=order))
    ),
    "an induction on the end of the range of what is fixed": claimed(
        every((h, 1, t), less(t, h)),
        Obtain(
            at_least(h, 1),
            chain(h, at_least(1, by=order)),
            Induction(
                t,
                chain(0, less(h, by=order)),
                chain(t + 1, at_most(2 * t + 1 - h, by=order), less(h, by=order)),
            ),
        ),
    ),
    "a number that a hypothesis speaks of, quantified within another": equal(
        d, d + 0, given=[greater(c, 0), every(c, at_least(d / c, 0))]
    ),
    "a number quantified within a range that it bounds, of a hypothesis": equal(
        d, d + 0, given=[every([(h, 1, t), t], at_least(1 / (t - h + 1), 0))]
    ),
    "a minimum over what a hypothesis speaks of": equal(
        d, d + 0, given=[greater(c, 0), minimum(c + 1 / c, over=c, at=1, value=2)]
    ),
    "an index that exists beyond the end": equal(
        d, d + 0, given=[exists((i, 1, n + 5), equation(x[i], c))]
    ),
    "an argument longer than the parameter": equal(
        length(longer), Sum(longer[i] ** 2, i), definition(length)
    ),
    "a row twice transposed is a row": equal(x.T.T * 1, x.T),
    "a hypothesis that a row is a column": equal(c, c + 0, given=[equation(x, x.T)]),
    "an unknown function of a row": equal(unknown(x.T) * 1, unknown(x)),
    "the length of a column twice transposed": equal(x.T.T @ x + 0, x.T @ x),
}


@pytest.mark.parametrize(
    ("one", "other"),
    [("mu", "μ"), ("Sigma", "Σ"), ("μ", "\N{MICRO SIGN}"), ("a", "\N{CYRILLIC SMALL LETTER A}")],
)
def test_two_names_that_look_alike_are_not_of_one_claim(one: str, other: str) -> None:
    refusal = assert_refused(equal(real(one) + real(other), real(other) + real(one)))
    assert "declared otherwise" in refusal.reason


def test_a_column_twice_transposed_is_that_column() -> None:
    assert_accepted(equal(x.T.T * 1, x))


def test_names_of_any_alphabet_are_told_apart() -> None:
    one, other = real("é"), real("e")
    assert_accepted(equal(one + other, other + one))
    assert_accepted(equal(real("μ") + real("σ_1"), real("σ_1") + real("μ")))


@pytest.mark.parametrize("what", FALSE)
def test_names_are_never_confused(what: str) -> None:
    assert_refused(FALSE[what])
