"""Rows are evaluated where they stand: under their quantifiers, assumptions and constraints."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verify.authoring import reasons as by
from verify.authoring.names import dimension, function, index, matrix, natural, real, vector
from verify.authoring.rows import at_least, chain, equals, greater, less
from verify.authoring.statements import all_of, equation, every, exists, iff, implies
from verify.authoring.terms import derivative, partial
from verify.claim import Claim
from verify.discovery import claims
from verify.errors import ClaimError
from verify.kernel.prove import derive
from verify.kernel.theorem import Theorem
from verify.language.arrays import Sum
from verify.language.proofs import Both, Cases, Exhibit, Induction, Minimum, Obtain, Parts
from verify.language.statements import GlobalMinimum, UniqueMinimum
from verify.results import RowCheck
from verify.rows_check import check_rows
from verify.semantics import World

n, T = dimension("n"), natural("T")
x, c, u = real("x"), real("c"), vector("u", dimension("n"))
i = index("i", n)


def world(random: Random) -> World:
    size = random.randint(1, 3)
    values = [Fraction(random.randint(-3, 3), random.randint(1, 2)) for _ in range(size + 2)]
    return World({n: size, x: values[0], c: values[1], u: values[2:], T: random.randint(0, 3)})


def checked(states: Any, proof: Any, worlds: Any = world) -> dict[str, str]:
    found = check_rows(
        Claim(id="made_up.rows", title="", states=states, proof=proof, worlds=worlds)
    )
    return {each.where: each.verdict for each in found}


def row(left: Any, right: Any) -> Any:
    return chain(left, equals(right, by=by.algebra))


def test_each_row_of_a_chain_is_evaluated_by_itself() -> None:
    steps = chain(x, equals(x + 1, by=by.algebra), equals(x, by=by.algebra))
    assert checked(equation(x, x), steps) == {"row 1": "fails", "row 2": "fails"}
    squares = chain(x * x, at_least(0, by=by.order), less(1, by=by.order))
    assert checked(less(x * x, 1), squares) == {"row 1": "holds", "row 2": "holds"}


def test_a_failing_row_shows_the_world_and_both_sides() -> None:
    claim = Claim(id="made_up.rows", title="", states=equation(x, 2), proof=row(x, 2), worlds=world)
    (found,) = check_rows(claim)
    assert found.verdict == "fails"
    assert found.counterexample is not None
    assert "x = " in found.counterexample
    assert "= 2" in found.counterexample


def test_a_row_without_a_value_fails() -> None:
    (found,) = checked(equation(1 / (x - x), 1), row(1 / (x - x), 1)).values()
    assert found == "fails"


def test_rows_hold_under_the_assumption_of_their_direction() -> None:
    both = Both(row(x, c), row(c, x))
    assert checked(iff(equation(x, c), equation(c, x)), both) == {
        "forward, row 1": "holds",
        "backward, row 1": "holds",
    }
    assert checked(implies(greater(x, 0), greater(x, 0)), chain(x, greater(0, by=by.order))) == {
        "row 1": "holds"
    }


def test_a_row_whose_assumption_is_never_met_is_not_called_true() -> None:
    assert checked(implies(equation(1, 2), equation(x, 3)), row(x, 3)) == {"row 1": "not reached"}


def test_numbers_are_moved_to_where_a_row_is_asked_for() -> None:
    narrow = implies(less((10 * x - 1) ** 2, 1), less(x, Fraction(1, 5)))
    assert checked(narrow, chain(x, less(Fraction(1, 5), by=by.order))) == {"row 1": "holds"}
    wrong = implies(less((10 * x - 1) ** 2, 1), less(x, Fraction(1, 50)))
    assert checked(wrong, chain(x, less(Fraction(1, 50), by=by.order))) == {"row 1": "fails"}


def test_rows_of_a_case_hold_in_that_case_only() -> None:
    split = Cases((greater(x, 0), less(x, 2)), (row(x, x), row(abs(x), -x)))
    found = checked(equation(x, x), split)
    assert found == {"case 1, row 1": "holds", "case 2, row 1": "fails"}


def test_a_quantified_name_takes_values_that_the_world_does_not_give() -> None:
    z, w = real("z"), vector("w", n)
    assert checked(every(z, equation(z - z, 0)), row(z - z, 0)) == {"row 1": "holds"}
    assert checked(every(z, equation(z * z, z)), row(z * z, z)) == {"row 1": "fails"}
    square = Sum(w[i] ** 2, i)
    assert checked(every(w, at_least(square, 0)), chain(square, at_least(0, by=by.order))) == {
        "row 1": "holds"
    }
    assert checked(every(i, equation(u[i], 2)), row(u[i], 2)) == {"row 1": "fails"}


def test_a_step_of_an_induction_assumes_the_statement_before() -> None:
    power = 2**T
    step = row(2 ** (T + 1), 2 * 2**T)
    base = chain(2 ** (0 * T), greater(0, by=by.order))
    assert checked(greater(power, 0), Induction(T, base, step)) == {
        "base, row 1": "holds",
        "step, row 1": "holds",
    }
    wrong = row(2 ** (T + 1), 2**T)
    assert checked(greater(power, 0), Induction(T, base, wrong))["step, row 1"] == "fails"


def test_a_witness_stands_for_the_name() -> None:
    z = real("z")
    proof = Exhibit({z: x + 1}, row(x + 1 - x, 1))
    assert checked(exists(z, equation(z - x, 1)), proof) == {"witness, row 1": "holds"}


def test_parts_and_facts_keep_their_labels() -> None:
    proof = Obtain(equation(x, x), row(x, x), Parts((row(c, c), row(c, c + 1))))
    assert checked(all_of(equation(c, c), equation(c, c + 1)), proof) == {
        "fact, row 1": "holds",
        "then, part 1, row 1": "holds",
        "then, part 2, row 1": "fails",
    }


def test_the_gap_is_tried_at_feasible_points_and_uniqueness_at_the_minimiser() -> None:
    z = real("z")
    objective, gap = (z - x) ** 2 + c, (z - x) ** 2
    proof = Minimum((), row((x - x) ** 2 + c, c), row(objective - c, gap), row(z, x))
    statement = UniqueMinimum(objective, z, (), x, c)
    assert checked(statement, proof) == {
        "value, row 1": "holds",
        "gap, row 1": "holds",
        "uniqueness, row 1": "holds",
    }
    wrong = Minimum((), row((x - x) ** 2 + c, c), row(objective - c, (z + x) ** 2))
    assert checked(GlobalMinimum(objective, z, (), x, c), wrong)["gap, row 1"] == "fails"


def test_a_claim_without_worlds_cannot_be_asked() -> None:
    with pytest.raises(ClaimError, match=r"made_up\.rows: the claim has no `worlds`"):
        checked(equation(x, x), row(x, x), None)
    assert check_rows(Claim(id="made_up.none", title="", states=equation(x, x), worlds=world)) == ()


def test_the_same_seed_gives_the_same_answers() -> None:
    claim = Claim(id="made_up.rows", title="", states=equation(x, 2), proof=row(x, 2), worlds=world)
    assert check_rows(claim, seed=3) == check_rows(claim, seed=3)


@pytest.mark.slow
@pytest.mark.parametrize(
    "claim", [each for each in claims() if each.proof is not None], ids=lambda claim: claim.id
)
def test_every_row_that_the_kernel_accepts_holds_in_exact_worlds(claim: Claim) -> None:
    theorem = derive(claim)
    assert isinstance(theorem, Theorem)
    found = check_rows(claim)
    assert [each.where for each in found] == [accepted.where for accepted in theorem.rows]
    assert not [each for each in found if each.verdict in ("fails", "undecided")]
    assert any(each.verdict == "holds" for each in found) or not found


@pytest.mark.slow
def test_hardly_any_row_is_out_of_reach() -> None:
    rows: list[RowCheck] = []
    for claim in claims():
        rows += check_rows(claim) if claim.proof is not None else ()
    assert sum(each.verdict == "holds" for each in rows) >= 0.95 * len(rows)


@pytest.mark.parametrize("loss", [function("L"), function("L", n), function("L", n, n)])
def test_unknown_functions_that_a_statement_binds_are_tried_as_polynomials(loss: Any) -> None:
    at = (real("s"), vector("s", n), matrix("s", n, n))[len(loss.axes)]
    entry = at[(1,) * len(loss.axes)] if loss.axes else at
    slope = partial(loss, at, *(1,) * len(loss.axes))
    size = {n: 2, at: [1, [1, 2], [[1, 2], [3, 4]]][len(loss.axes)]}

    def rows(value: Any) -> dict[str, str]:
        statement = every(loss, equation(derivative(loss(at), entry), value))
        proof = row(derivative(loss(at), entry), value)
        return checked(statement, proof, worlds=lambda random: World(size))

    assert rows(slope) == {"row 1": "holds"}
    assert rows(2 * slope) == {"row 1": "fails"}
