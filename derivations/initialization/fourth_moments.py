"""Fourth moments of a layer whose weights have the first four moments of normal ones.

    E[(Σ w_i x_i)⁴] = 3·s²·E[(Σ x_i²)²],   E[(Σ_r ReLU(z_r)²)²] = ¼·m·(m + 5)·s²·E[(Σ x_i²)²]

A variance says what the length of a layer's output is on average; these say how much it varies
from one draw of the weights to the next, which is what a network of finite width suffers from.
"""

from typing import Any

from derivations.initialization.relu import a, half, weaker_laws, without_symmetry
from derivations.initialization.simulations import fourth_moments as simulation
from derivations.initialization.simulations import relu as unit_simulation
from verify import (
    Cases,
    Claim,
    Delta,
    E,
    Obtain,
    Rational,
    Sum,
    Variant,
    Without,
    algebra,
    cases,
    chain,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    given,
    greater,
    independence,
    independent,
    index,
    lemma,
    less,
    linearity,
    moments,
    mutually_independent,
    random_matrix,
    random_vector,
    real,
    relu,
    same_law,
    symmetric,
    symmetry,
)

d, m, s = dimension("d"), dimension("m"), real("s")
w, u, x = random_vector("w", d), random_vector("u", d), random_vector("x", d)
i, j, k, o = index("i", d), index("j", d), index("k", d), index("o", d)
quarter = Rational(1, 4)

# -- one unit -----------------------------------------------------------------------------------

relu_fourth_moment = Claim(
    id="initialization.relu_fourth_moment",
    title="A ReLU halves the fourth moment of a symmetric variable",
    source="000 A1c",
    states=equation(E(relu(a) ** 4), half * E(a**4)),
    given=[symmetric(a)],
    well_formed=[finite_moment(a, 4)],
    proof=chain(
        E(relu(a) ** 4),
        equals(half * (E(relu(a) ** 4) + E(relu(a) ** 4)), by=algebra),
        equals(half * (E(relu(a) ** 4) + E(relu(-a) ** 4)), by=symmetry(a)),
        equals(half * E(relu(a) ** 4 + relu(-a) ** 4), by=linearity),
        equals(half * E(a**4), by=cases),
    ),
    worlds=unit_simulation.symmetric_variable,
    model=simulation.relu_model,
    points=simulation.relu_points,
    variants=[
        Variant("nothing lost", equation(E(relu(a) ** 4), E(a**4))),
        Variant("halved twice", equation(E(relu(a) ** 4), quarter * E(a**4))),
        Variant(
            "that of a normal law for every law",
            equation(E(relu(a) ** 4), Rational(3, 2) * E(a**2) ** 2),
        ),
        *weaker_laws,
    ],
    without=without_symmetry,
)

y = Sum(w[i] * x[i], i)
#: The squared length of the input.
length = Sum(x[i] ** 2, i)


def times_inputs(weights: Any) -> Any:
    """The weights times x_i·x_j·x_k·x_o."""
    return weights * x[i] * x[j] * x[k] * x[o]


def every_weight(statement: Any) -> Any:
    """The statement for each entry i of a row."""
    return every(i, statement)


centred = every_weight(equation(E(w[i]), 0))
squares = every_weight(equation(E(w[i] ** 2), s))
fourths = every_weight(equation(E(w[i] ** 4), 3 * s**2))

preactivation_fourth_moment = Claim(
    id="initialization.preactivation_fourth_moment",
    title="With the first four moments of normal weights E[(Σ w_i x_i)⁴] = 3·E[w²]²·E[(Σ x_i²)²]",
    source="000 A1a",
    states=equation(E(y**4), 3 * s**2 * E(length**2)),
    given=[mutually_independent(w), centred, squares, fourths, independent(w, x)],
    well_formed=[finite_moment(w, 4), finite_moment(x, 4)],
    proof=chain(
        E(y**4),
        equals(Sum(E(times_inputs(w[i] * w[j] * w[k] * w[o])), i, j, k, o), by=linearity),
        equals(
            Sum(E(w[i] * w[j] * w[k] * w[o]) * E(x[i] * x[j] * x[k] * x[o]), i, j, k, o),
            by=independence,
        ),
        equals(3 * s**2 * Sum(E(x[i] ** 2 * x[j] ** 2), i, j), by=(moments, given)),
        equals(3 * s**2 * E(length**2), by=linearity),
    ),
    worlds=simulation.one_sum,
    model=simulation.sum_model,
    points=simulation.sum_points,
    variants=[
        Variant("without the 3", equation(E(y**4), s**2 * E(length**2))),
        Variant("the square of the mean length", equation(E(y**4), 3 * s**2 * E(length) ** 2)),
        Variant("the fourth powers alone", equation(E(y**4), 3 * s**2 * Sum(E(x[i] ** 4), i))),
        Variant(
            "two moments for four",
            given=[mutually_independent(w), centred, squares, independent(w, x)],
            worlds=simulation.signs_for_weights,
        ),
    ],
    without=[
        Without(mutually_independent(w), simulation.entries_independent_in_pairs),
        Without(centred, simulation.weights_with_a_mean),
        Without(squares, simulation.another_second_moment),
        Without(fourths, simulation.signs_for_weights),
        Without(independent(w, x), simulation.inputs_that_see_the_weight),
    ],
    notes="No third moment is asked for: the weights need not be symmetric.",
)

# -- two units ----------------------------------------------------------------------------------


def gate(value: Any) -> Any:
    """The square of what passes the ReLU."""
    return relu(value) ** 2


def total(row: Any, negative: bool = False) -> Any:
    """Σ_i ±row_i·x_i."""
    return Sum((-row[i] if negative else row[i]) * x[i], i)


def uncorrelated_entries(row: Any) -> Any:
    """E[row_i·row_k] = s·δ_ik."""
    return every([i, k], equation(E(row[i] * row[k]), s * Delta(i, k)))


p, q = total(w), total(u)
two_rows = [
    symmetric(w),
    symmetric(u),
    independent(w, u, x),
    uncorrelated_entries(w),
    uncorrelated_entries(u),
]

relu_pair_moment = Claim(
    id="initialization.relu_pair_moment",
    title="Of two units with independent rows E[ReLU(p)²·ReLU(q)²] = ¼·E[w²]²·E[(Σ x_i²)²]",
    source="000 A1c",
    states=equation(E(gate(p) * gate(q)), quarter * s**2 * E(length**2)),
    given=two_rows,
    well_formed=[finite_moment(w, 4), finite_moment(u, 4), finite_moment(x, 4)],
    proof=chain(
        E(gate(p) * gate(q)),
        equals(half * (E(gate(p) * gate(q)) + E(gate(p) * gate(q))), by=algebra),
        equals(
            half * (E(gate(p) * gate(q)) + E(gate(total(w, negative=True)) * gate(q))),
            by=symmetry(w),
        ),
        equals(half * E(gate(p) * gate(q) + gate(-p) * gate(q)), by=linearity),
        equals(half * E(p**2 * gate(q)), by=cases),
        equals(quarter * (E(p**2 * gate(q)) + E(p**2 * gate(q))), by=algebra),
        equals(
            quarter * (E(p**2 * gate(q)) + E(p**2 * gate(total(u, negative=True)))),
            by=symmetry(u),
        ),
        equals(quarter * E(p**2 * gate(q) + p**2 * gate(-q)), by=linearity),
        equals(quarter * E(p**2 * q**2), by=cases),
        equals(quarter * Sum(E(times_inputs(w[i] * w[j] * u[k] * u[o])), i, j, k, o), by=linearity),
        equals(
            quarter
            * Sum(E(w[i] * w[j]) * E(u[k] * u[o]) * E(x[i] * x[j] * x[k] * x[o]), i, j, k, o),
            by=independence,
        ),
        equals(quarter * s**2 * Sum(E(x[i] ** 2 * x[k] ** 2), i, k), by=given),
        equals(quarter * s**2 * E(length**2), by=linearity),
    ),
    worlds=simulation.two_sums,
    model=simulation.pair_model,
    points=simulation.sum_points,
    variants=[
        Variant("one ½ only", equation(E(gate(p) * gate(q)), half * s**2 * E(length**2))),
        Variant(
            "the product of the means",
            equation(E(gate(p) * gate(q)), quarter * s**2 * E(length) ** 2),
        ),
        Variant(
            "a unit with itself",
            equation(E(gate(p) * gate(q)), 3 * half * s**2 * E(length**2)),
        ),
        Variant(
            "mean zero for a symmetric row",
            given=[every_weight(equation(E(w[i]), 0)), *two_rows[1:]],
            worlds=simulation.a_skewed_first_row,
        ),
    ],
    without=[
        Without(two_rows[0], simulation.a_skewed_first_row, weakened=centred),
        Without(
            two_rows[1],
            simulation.a_skewed_second_row,
            weakened=every_weight(equation(E(u[i]), 0)),
        ),
        Without(two_rows[2], simulation.one_row_twice),
        Without(two_rows[2], simulation.an_input_that_sees_both_rows),
        Without(two_rows[3], simulation.a_larger_first_row),
        Without(two_rows[4], simulation.a_larger_second_row),
    ],
    notes=(
        "The two are uncorrelated for an input of fixed length only: what they share is the layer "
        "below."
    ),
)

# -- one layer ----------------------------------------------------------------------------------

M = random_matrix("M", m, d)
r, t, g, h = index("r", m), index("t"), index("g", m), index("h", m)
layer_length = Sum(gate(total(M[r])), r)


def spread(factor: Any) -> Any:
    """factor·s²·E[(Σ x_i²)²]."""
    return factor * s**2 * E(length**2)


independent_entries = every(r, mutually_independent(M[r]))
symmetric_rows = every(r, symmetric(M[r]))
layer_squares = every([r, i], equation(E(M[r, i] ** 2), s))
layer_fourths = every([r, i], equation(E(M[r, i] ** 4), 3 * s**2))
row_apart = every(r, independent(M[r], x))
pairs_apart = every([r, (t, 1, r - 1)], independent(M[r], M[t], x))

centred_entries = every([r, i], equation(E(M[r, i]), 0))
uncorrelated_rows = every([r, i, k], equation(E(M[r, i] * M[r, k]), s * Delta(i, k)))
symmetric_units = every(r, symmetric(total(M[r])))
each_alone = every(r, equation(E(relu(total(M[r])) ** 4), spread(3 * half)))
two_units = E(gate(total(M[g])) * gate(total(M[h])))
value_of_two = spread(quarter * (1 + 5 * Delta(g, h)))


def of_different_units(first: Any, second: Any) -> Any:
    """The moment of two units g and h, of which one stands before the other."""
    return chain(
        two_units,
        equals(spread(quarter), by=lemma(relu_pair_moment, {w: M[first], u: M[second]})),
        equals(value_of_two, by=cases),
    )


of_one_unit = chain(
    two_units,
    equals(Delta(g, h) * two_units, by=cases),
    equals(Delta(g, h) * E(relu(total(M[g])) ** 4), by=algebra),
    equals(Delta(g, h) * spread(3 * half), by=given(each_alone)),
    equals(value_of_two, by=cases),
)


def layer_states(value: Any) -> Any:
    """The second moment of the squared length of a layer's output."""
    return equation(E(layer_length**2), value)


relu_layer_fourth_moment = Claim(
    id="initialization.relu_layer_fourth_moment",
    title="m ReLU units give E[(Σ_r ReLU(z_r)²)²] = ¼·m·(m + 5)·E[w²]²·E[(Σ x_i²)²]",
    source="000 A1",
    states=layer_states(spread(quarter * m * (m + 5))),
    given=[
        independent_entries,
        symmetric_rows,
        layer_squares,
        layer_fourths,
        row_apart,
        pairs_apart,
    ],
    well_formed=[finite_moment(M, 4), finite_moment(x, 4)],
    proof=Obtain(
        centred_entries,
        chain(E(M[r, i]), equals(0, by=symmetry(M[r]))),
        Obtain(
            uncorrelated_rows,
            chain(E(M[r, i] * M[r, k]), equals(s * Delta(i, k), by=(moments, given))),
            Obtain(
                symmetric_units,
                chain(
                    total(M[r]),
                    same_law(total(M[r], negative=True), by=symmetry(M[r])),
                    equals(-total(M[r]), by=algebra),
                ),
                Obtain(
                    each_alone,
                    chain(
                        E(relu(total(M[r])) ** 4),
                        equals(
                            half * E(total(M[r]) ** 4),
                            by=lemma(relu_fourth_moment, {a: total(M[r])}),
                        ),
                        equals(
                            spread(3 * half),
                            by=lemma(preactivation_fourth_moment, {w: M[r]}),
                        ),
                    ),
                    Obtain(
                        every([g, h], equation(two_units, value_of_two)),
                        Cases(
                            (less(h, g), equation(g, h), greater(h, g)),
                            (of_different_units(g, h), of_one_unit, of_different_units(h, g)),
                        ),
                        chain(
                            E(layer_length**2),
                            equals(Sum(two_units, g, h), by=linearity),
                            equals(
                                Sum(value_of_two, g, h),
                                by=given(every([g, h], equation(two_units, value_of_two))),
                            ),
                            equals(spread(quarter * m * (m + 5)), by=algebra),
                        ),
                    ),
                ),
            ),
        ),
    ),
    worlds=simulation.one_layer,
    model=simulation.layer_model,
    points=simulation.layer_points,
    variants=[
        Variant("m + 2, as without ReLUs", layer_states(spread(quarter * m * (m + 2)))),
        Variant("independent lengths", layer_states(spread(quarter * m**2))),
        Variant("m + 4", layer_states(spread(quarter * m * (m + 4)))),
        Variant("equal units", layer_states(spread(3 * half * m**2))),
        Variant(
            "two moments for four",
            given=[independent_entries, symmetric_rows, layer_squares, row_apart, pairs_apart],
            worlds=simulation.unit_with_signs_for_weights,
        ),
    ],
    without=[
        Without(independent_entries, simulation.unit_with_entries_independent_in_pairs),
        Without(symmetric_rows, simulation.unit_with_a_skewed_row, weakened=centred_entries),
        Without(layer_squares, simulation.unit_with_another_second_moment),
        Without(layer_fourths, simulation.unit_with_signs_for_weights),
        Without(row_apart, simulation.unit_that_the_input_sees),
        Without(pairs_apart, simulation.two_equal_units),
        Without(pairs_apart, simulation.two_units_and_an_input_that_sees_both),
    ],
    notes=(
        "Two different units contribute ¼ each, a unit with itself 3/2 = ¼·6. The rows need to be "
        "independent in pairs only, together with the input."
    ),
)
