"""Proofs are data: their rows in reading order, and equality that sees what they hold."""

from tests.attacks.declarations import b, c, d
from verify import (
    Apply,
    Array,
    Both,
    Cases,
    Definite,
    Exhibit,
    Induction,
    MeanValue,
    Minimum,
    Obtain,
    Parts,
    algebra,
    chain,
    dimension,
    equals,
    equation,
    greater,
    index,
    let,
    natural,
    real,
    vector,
)
from verify.language.arrays import axes, same_range
from verify.language.terms import Illegal
from verify.proof_rows import rows_of

row = chain(c, equals(d, by=algebra))
last = chain(d, equals(b, by=algebra))


def test_rows_are_named_by_their_places_in_every_shape() -> None:
    shapes = {
        Both(row, last): ["forward, row 1", "backward, row 1"],
        Parts((row, last)): ["part 1, row 1", "part 2, row 1"],
        Cases((greater(c, 0),), (row,)): ["case 1, row 1"],
        Induction(natural("t"), row, last): ["base, row 1", "step, row 1"],
        Minimum((row,), row, row, last): [
            "constraint 1, row 1",
            "value, row 1",
            "gap, row 1",
            "uniqueness, row 1",
        ],
        Exhibit({c: d}, row): ["witness, row 1"],
        Obtain(equation(c, d), row, last): ["fact, row 1", "then, row 1"],
        Definite(vector("z", dimension("n")), row): ["definite, row 1"],
        MeanValue(row, last): ["base, row 1", "slope, row 1"],
        Apply(equation(c, d)): [],
    }
    for proof, places in shapes.items():
        assert [where for where, _, _ in rows_of(proof)] == places
    assert [(before, each.term) for _, before, each in rows_of(row)] == [(c, d)]


def test_proofs_with_one_content_are_one() -> None:
    assert len({Exhibit({c: d}, row), Exhibit({c: d}, row), Exhibit({c: b}, row)}) == 2
    fact = equation(c, d)
    assert len({Apply(fact, {c: d}), Apply(fact, {c: d}), Apply(fact, {c: b})}) == 2


def test_a_definition_with_too_few_arguments_is_no_term() -> None:
    pair = let("P", (c, d), c + d)
    assert isinstance(pair(b), Illegal)
    assert "takes 2" in pair(b).what


def test_ranges_are_compared_as_integers() -> None:
    n, k = dimension("n"), dimension("k")
    assert same_range((1, n + 2 - 1), (1, n + 1))
    assert not same_range((1, n + 2), (1, n + 1))
    widths = dimension("w", index("l", k))
    assert same_range((1, widths[k - 1 - 1]), (1, widths[k - 2]))


def test_a_column_times_a_row_is_a_matrix() -> None:
    n, m = dimension("n"), dimension("m")
    outer = vector("x", n) @ vector("y", m).T
    assert [end for _, end in axes(outer)] == [n, m]


def test_a_later_range_is_read_at_the_indices_before() -> None:
    layers = dimension("layers")
    level = index("l", layers)
    width = dimension("w", level)
    bias = real("bias", level, width[level])
    assert axes(bias[2]) == ((1, width[2]),)
    assert axes(Array(c, index("i", layers))) == ((1, layers),)
