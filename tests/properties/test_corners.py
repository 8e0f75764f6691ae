"""Corners of the trusted code that no derivation and no attack happens to visit."""

from typing import Any

import pytest
from sympy import Rational

from tests.attacks.declarations import (
    S,
    X,
    Y,
    assert_accepted,
    assert_refused,
    b,
    c,
    claimed,
    d,
    equal,
    i,
    j,
    k,
    n,
    related,
    t,
    x,
    y,
)
from verify import (
    Delta,
    E,
    Sum,
    Vector,
    algebra,
    all_of,
    at_least,
    definition,
    equation,
    every,
    exp,
    finite_moment,
    given,
    greater,
    independence,
    independent,
    index,
    less,
    let,
    linearity,
    log,
    logarithm,
    monotone,
    order,
    peel,
    real,
    same_law,
    sqrt,
    square_root,
    symmetric,
    symmetry,
    tanh,
    unequal,
    vector,
)
from verify.authoring.rows import chain, equals
from verify.kernel.theorem import Theorem, is_theorem
from verify.language.arrays import Array
from verify.language.names import Name
from verify.language.proofs import Chain
from verify.language.substitution import substitute
from verify.language.terms import Illegal, Power
from verify.proof_rows import rows_of

w = real("w", (1, None))
longer = vector("z", t + 1)
twice = let("twice", (x,), Array(2 * x[j], (j, 1, n)))

TRUE: dict[str, Any] = {
    "an entry of a written vector": equal(Vector(c, d)[2] + c, d + c),
    "an entry of a written vector at a symbol": equal(
        Vector(c, d)[index("e", 2)] * 2, Vector(2 * c, 2 * d)[index("e", 2)]
    ),
    "entries of a quotient of an array": equal((x / c)[i], x[i] / c, given=[unequal(c, 0)]),
    "a cited equation between sums of vectors": equal(
        (x + y)[i] * c, 2 * b * c, given(every(j, equation((x + y)[j], 2 * b))),
        given=[every(j, equation((x + y)[j], 2 * b))],
    ),
    "a conjunction is taken apart": equal(
        c * b, d * b, given, given=[all_of(equation(c, d), greater(b, 0))]
    ),
    "logarithms of numbers": equal(log(Rational(45, 4)), 2 * log(3) + log(5) - 2 * log(2),
                                   logarithm),
    "a logarithm of a product of two signs stays": equal(
        log(c * d) + log(2 * b), log(c * d) + log(2) + log(b), logarithm,
        given=[greater(c * d, 0), greater(b, 0)],
    ),
    "a root of a product of two unknown signs": equal(
        sqrt(4 * c * d), 2 * sqrt(c * d), square_root, given=[at_least(c * d, 0)]
    ),
    "a root of a negative multiple": equal(
        sqrt(-4 * c), 2 * sqrt(-c), square_root, given=[less(c, 0)]
    ),
    "|c|² leaves a root": equal(abs(c) ** 3, c**2 * abs(c), square_root),
    "tanh by exponentials": equal(
        tanh(c), (exp(c) - exp(-c)) / (exp(c) + exp(-c)), definition(tanh(c))
    ),
    "powers keep the order of terms ≥ 0": related(
        less, c**3, d**3, monotone, given=[at_least(c, 0), less(c, d)]
    ),
    "a definition of an array": equal(twice(x)[i] * c, 2 * x[i] * c, definition(twice)),
    "an opaque array is one array": equal(twice(x)[i] + c, c + twice(x)[i]),
    "a last term is put back": equal(
        Sum(w[k], (k, 1, t)), Sum(w[k], (k, 1, t + 1)) - w[t + 1], peel
    ),
    "a matrix product is peeled": equal(
        longer.T @ longer, Sum(longer[k] ** 2, (k, 1, t)) + longer[t + 1] ** 2, peel
    ),
    "roots have twice the moments": equal(
        E(sqrt(abs(X)) * 2), 2 * E(sqrt(abs(X))), linearity, given=[finite_moment(X, 1)]
    ),
    "an odd function of a sign flip, on one side": equal(
        E(X * Y) + 0, -E(X * Y) * 0, (symmetry,),
        given=[symmetric(X), independent(X, Y), finite_moment(X, 2), finite_moment(Y, 2)],
    ),
    "strict and weak compose": claimed(
        greater(c, b - 1), chain(c, at_least(d, by=order), greater(d - 1, by=order),
                                 at_least(b - 1, by=order)),
        given=[at_least(c, d), at_least(d, b)],
    ),
    "two flips in law": claimed(
        same_law(X * Y, X * Y * 1 + 0),
        chain(X * Y, same_law(-X * Y, by=symmetry(X)), same_law(X * Y * 1 + 0, by=symmetry(X))),
        given=[symmetric(X), independent(X, Y)],
    ),
    "0 is the sum of no term": equal(Sum(c * i, (i, 3, 2)), 0, peel),
}  # fmt: skip

REFUSED: dict[str, Any] = {
    "a delta of reals": equal(Delta(c, d) + 1, 1 + Delta(c, d)),
    "a negative power of what may be 0": equal(c**-1 + 1, 1 + c**-1),
    "too many indices": equal(x[i, j] + 1, 1 + x[i, j]),
    "a mean that may not exist": equal(E(2 * X), 2 * E(X), linearity),
    "an independent factor without a mean": equal(
        E(X * Y), E(X) * E(Y), independence,
        given=[independent(X, Y), equation(E(X * Y), 1)],
    ),
    "a number too large to be factored": equal(
        log(Rational(10**13 + 37) * 2), log(2) + log(10**13 + 37), logarithm
    ),
    "an array where a number is needed": related(at_least, x, y, order),
    "a power too large to be expanded": equal((c + d) ** 200 * 1, (d + c) ** 200),
    "a multiple of an inequality": equal(
        c, d, given(at_least(c, d), times=2), given=[at_least(c, d)]
    ),
    "an equation for every natural index is not summed": equal(
        w[1], 0, given(every((k, 1, None), equation(w[k], 0)), times=w[k]),
        given=[every((k, 1, None), equation(w[k], 0))],
    ),
    "one function of two equal terms": related(
        at_least, tanh(c + d), tanh(d + c), monotone
    ),
    "powers of terms that may be negative": related(
        less, c**2, d**2, monotone, given=[less(c, d)]
    ),
    "different powers": related(
        less, c**2, d**3, monotone, given=[at_least(c, 0), less(c, d)]
    ),
    "a law by algebra": related(same_law, X, X + 0, algebra),
    "a law by linearity": related(same_law, X, -X, linearity, given=[symmetric(X)]),
    "a row that is no row": claimed(equation(c, d), Chain(c, (equals(c + 0, by=algebra), d))),
    "vectors of different length": equal(x + real("z", n + 1), x),
    "a row and a column": equal(x + x.T, x),
    "shapes that do not fit": equal(S @ real("z", n + 1), x),
    "a sum of vectors": equal(Sum(x, (i, 1, n)), n * x),
    "a product of vectors": equal(x * y, y * x),
    "a peeled sum that may have no last term": equal(
        Sum(w[k], (k, 1, t - 1)), Sum(w[k], (k, 1, t)) - w[t], peel, given=[greater(w[1], 0)]
    ),
    "a name of no sort": equal(Name("a", "complex", (), False) + 1, 1 + 0),
    "a definition without body": equal(let("f", equation(c, d)), 1),
    "a definition with a parameter that is no name": equal(let("f", (c + d,), c), 1),
    "a definition with a bad name": equal(let("c^2", c), 1),
}  # fmt: skip


@pytest.mark.parametrize("what", TRUE)
def test_a_true_row_is_proved(what: str) -> None:
    assert_accepted(TRUE[what])


@pytest.mark.parametrize("what", REFUSED)
def test_a_row_without_its_condition_is_refused(what: str) -> None:
    assert_refused(REFUSED[what])


def test_terms_keep_what_the_author_wrote() -> None:
    assert 2**c == Power(2, c)
    assert +c is c
    assert c.doit() is c
    assert str(c.as_sympy()) == "c"
    with pytest.raises(TypeError):
        iter(c)


def test_atoms_are_rebuilt_from_their_arguments() -> None:
    square = let("square", (c,), c**2)
    for node in (c, i, Illegal("a float"), square):
        assert type(node)(*node.__getnewargs__()) == node
        assert hash(node) == hash(type(node)(*node.__getnewargs__()))


def test_substitution_reaches_declarations_and_definitions() -> None:
    size = real("s")
    shorter = substitute(x, {n: t + 1})
    assert shorter == real("x", t + 1)
    assert substitute(index("e", n), {n: t + 1}) == index("e", t + 1)
    scaled = let("scaled", (c,), c * d)
    moved: Any = substitute(scaled(b), {d: c + size})
    assert moved.args[0].parameters != (c,)
    with pytest.raises(ValueError, match="rename"):
        substitute(real("T", index("e", n), (1, index("e", n))), {n: index("e", n) + 1})


def test_only_the_kernel_has_theorems() -> None:
    assert not is_theorem("a theorem")
    assert not is_theorem(object.__new__(Theorem))


def test_rows_are_listed_in_reading_order() -> None:
    claim = TRUE["strict and weak compose"]
    assert [where for where, _, _ in rows_of(claim.proof)] == ["row 1", "row 2", "row 3"]
