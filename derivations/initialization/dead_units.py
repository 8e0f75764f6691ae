"""How often ReLU units and layers are dead: half of the units, and 2^{−m} of the layers of m units.

    P(a > 0) = ½ · P(a ≠ 0),   P(z_r > 0 for some r ≤ m) = (1 − 2^{−m}) · P(z ≠ 0)

A dead unit gives no output and gets no gradient; a dead layer cuts the network in two, and nothing
learns below it. The scale of the weights has no influence: it changes no sign.
"""

from typing import Any

from derivations.initialization.relu import a, half, weaker_laws, without_symmetry
from derivations.initialization.simulations import dead_units as simulation
from verify import (
    Claim,
    Delta,
    E,
    Induction,
    Obtain,
    Product,
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
    given,
    independent,
    index,
    linearity,
    models,
    mutually_independent,
    peel,
    random_matrix,
    random_vector,
    sign,
    symmetric,
    symmetry,
)


def alive(value: Any) -> Any:
    """1 where a number is > 0, else 0."""
    return (sign(value) ** 2 + sign(value)) / 2


def dead(value: Any) -> Any:
    """1 where a number is ≤ 0, else 0."""
    return 1 - alive(value)


# -- one unit -----------------------------------------------------------------------------------


def unit_states(value: Any) -> Any:
    """P(a > 0)."""
    return equation(E(alive(a)), value)


dead_relu_unit = Claim(
    id="initialization.dead_relu_unit",
    title="Of a symmetric variable that is not 0 a ReLU passes something with probability ½",
    source="000 A1c",
    states=unit_states(half * E(sign(a) ** 2)),
    given=[symmetric(a)],
    proof=chain(
        E(alive(a)),
        equals(half * (E(alive(a)) + E(alive(a))), by=algebra),
        equals(half * (E(alive(a)) + E(alive(-a))), by=symmetry(a)),
        equals(half * E(alive(a) + alive(-a)), by=linearity),
        equals(half * E(sign(a) ** 2), by=cases),
    ),
    worlds=simulation.symmetric_variable,
    model=models.BoundedMean(
        simulation.passes, 0, 1, known=lambda point: {E(sign(a) ** 2): simulation.not_zero(point)}
    ),
    points=simulation.unit_points,
    variants=[
        Variant("½, whatever P(a = 0) is", unit_states(half)),
        Variant("always", unit_states(E(sign(a) ** 2))),
        Variant("P(a ≥ 0)", unit_states(1 - half * E(sign(a) ** 2))),
        *weaker_laws,
    ],
    without=without_symmetry,
    notes="Probabilities are written as means: of sign(a)² for a ≠ 0, of (sign(a)² + sign(a))/2 "
    "for a > 0.",
)

# -- one layer ----------------------------------------------------------------------------------

d, m = dimension("d"), dimension("m")
M, x, z = random_matrix("M", m, d), random_vector("x", d), random_vector("z", m)
i, r, t, k = index("i", d), index("r", m), index("t"), index("k")
#: 1 where the preactivations are not 0, else 0.
signal = sign(z[1] ** 2)


def total(row: Any, negative: bool = False) -> Any:
    """Σ_i ±row_i·x_i."""
    return Sum((-row[i] if negative else row[i]) * x[i], i)


def first(count: Any) -> Any:
    """1 where the first units are all dead, else 0."""
    return Product(dead(z[t]), (t, 1, count))


def first_sums(count: Any) -> Any:
    """The same, the preactivations written out."""
    return Product(dead(total(M[t])), (t, 1, count))


def halved(count: Any) -> Any:
    """½ for each of the first units."""
    return Product(half, (t, 1, count))


forward = every(r, equation(z[r], total(M[r])))
independent_entries = mutually_independent(M)
symmetric_rows = every(r, symmetric(M[r]))
new_weights = independent(M, x)
together = every(r, equation(sign(z[r] ** 2), signal))
layer = [forward, independent_entries, symmetric_rows, new_weights, together]
centred_rows = every([r, i], equation(E(M[r, i]), 0))

with_signal = equation(E(first(k) * signal), halved(k) * E(signal))
without_signal = equation(E(first(k) * (1 - signal)), E(1 - signal))
of_the_first = every((k, 0, m), with_signal)
of_no_signal = every((k, 0, m), without_signal)

new, new_sum = z[k + 1], total(M[k + 1])
new_sign = E(first_sums(k) * sign(new_sum))
new_nonzero = E(first(k) * sign(new) ** 2)

each_row_halves = Induction(
    on=k,
    base=chain(E(first(0) * signal), equals(halved(0) * E(signal), by=algebra)),
    step=chain(
        E(first(k + 1) * signal),
        equals(E(first(k) * dead(new) * signal), by=peel),
        equals(E(first(k) * dead(new) * sign(new**2)), by=given(together)),
        equals(E(first(k) * (sign(new) ** 2 - sign(new)) / 2), by=cases),
        equals(half * (new_nonzero - E(first(k) * sign(new))), by=linearity),
        equals(half * (new_nonzero - new_sign), by=given(forward)),
        equals(half * (new_nonzero - half * (new_sign + new_sign)), by=algebra),
        equals(
            half
            * (
                new_nonzero
                - half * (new_sign + E(first_sums(k) * sign(total(M[k + 1], negative=True))))
            ),
            by=symmetry(M[k + 1]),
        ),
        equals(half * new_nonzero, by=(cases, linearity)),
        equals(half * E(first(k) * sign(new**2)), by=cases),
        equals(half * E(first(k) * signal), by=given(together)),
        equals(half * (halved(k) * E(signal)), by=given(with_signal)),
        equals(halved(k + 1) * E(signal), by=algebra),
    ),
)

all_dead_without_signal = Induction(
    on=k,
    base=chain(E(first(0) * (1 - signal)), equals(E(1 - signal), by=algebra)),
    step=chain(
        E(first(k + 1) * (1 - signal)),
        equals(E(first(k) * dead(new) * (1 - signal)), by=peel),
        equals(E(first(k) * dead(new) * (1 - sign(new**2))), by=given(together)),
        equals(E(first(k) * (1 - sign(new**2))), by=cases),
        equals(E(first(k) * (1 - signal)), by=given(together)),
        equals(E(1 - signal), by=given(without_signal)),
    ),
)


def layer_states(value: Any) -> Any:
    """P(some unit is alive)."""
    return equation(E(1 - first(m)), value)


dead_relu_layer = Claim(
    id="initialization.dead_relu_layer",
    title="A ReLU layer of m units that gets a signal is dead with probability 2^{−m}",
    source="000 A1",
    states=layer_states((1 - half**m) * E(signal)),
    given=layer,
    proof=Obtain(
        of_the_first,
        each_row_halves,
        Obtain(
            of_no_signal,
            all_dead_without_signal,
            chain(
                E(1 - first(m)),
                equals(1 - E(first(m) * signal) - E(first(m) * (1 - signal)), by=linearity),
                equals(
                    1 - E(first(m) * signal) - E(1 - signal),
                    by=given(of_no_signal, times=-Delta(k, m)),
                ),
                equals(E(signal) - E(first(m) * signal), by=linearity),
                equals(
                    E(signal) - halved(m) * E(signal), by=given(of_the_first, times=-Delta(k, m))
                ),
                equals((1 - half**m) * E(signal), by=algebra),
            ),
        ),
    ),
    worlds=simulation.layer,
    model=models.BoundedMean(
        simulation.some_alive, 0, 1, known=lambda point: {E(signal): point["signal"]}
    ),
    points=simulation.layer_points,
    variants=[
        Variant("½ for every width", layer_states(half * E(signal))),
        Variant("dead and alive exchanged", layer_states(half**m * E(signal))),
        Variant("with or without a signal", layer_states(1 - half**m)),
        Variant("1/(2m) for 2^{−m}", layer_states((1 - half / m) * E(signal))),
        Variant(
            "equal units for independent ones",
            given=[each for each in layer if each != independent_entries],
            worlds=simulation.two_equal_units,
        ),
    ],
    without=[
        Without(forward, simulation.another_forward_pass),
        Without(independent_entries, simulation.three_that_are_independent_in_pairs),
        Without(symmetric_rows, simulation.a_skewed_row, weakened=centred_rows),
        Without(new_weights, simulation.an_input_that_sees_the_weight),
        Without(together, simulation.a_unit_without_weights),
    ],
    notes=(
        "That all preactivations of a layer are 0 together is so for weights without atoms: a sum "
        "of them is then 0, save with probability 0, only where the input is 0."
    ),
)
