"""How to initialise a layer behind a tanh, and what the answer is worth.

    V[Σ_j W_j z_j] = q exactly for n·V[W] = 1,
    (1 − 2q)·V[Σ_j W_j z_j] ≤ V[Σ_j W_j tanh(z_j)] ≤ V[Σ_j W_j z_j]/(1 + ⅔q)

With tanh(z) taken for z the scale is Xavier's, 1/n, and not He's. It is right to first order only:
each layer loses a share of the variance between ⅔q and 2q, about. What would keep it is a larger
scale, n·V[W] = E[z²]/E[tanh(z)²], which depends on the variance that is to be kept.
"""

from typing import Any

from derivations.initialization import preactivation as row
from derivations.initialization.balance import kept_proof
from derivations.initialization.preactivation import preactivation_variance
from derivations.initialization.simulations import tanh_layer as simulation
from derivations.initialization.tanh import q as passed
from derivations.initialization.tanh import tanh_moment_below, tanh_shrinks
from derivations.initialization.tanh import z as preactivation
from derivations.initialization.tanh_bounds import two_thirds
from derivations.initialization.weaker_weights import weaker_weights
from verify import (
    Both,
    Claim,
    E,
    Obtain,
    Parts,
    Sum,
    V,
    Variant,
    Without,
    algebra,
    all_of,
    at_least,
    at_most,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    given,
    greater,
    iff,
    independence,
    independent,
    index,
    lemma,
    less,
    linearity,
    models,
    moments,
    order,
    random_vector,
    real,
    tanh,
    uncorrelated,
    unequal,
)

n = dimension("n")
j, k = index("j", n), index("k", n)
W, z = random_vector("W", n), random_vector("z", n)
v, q, r = real("v"), real("q"), real("r")

#: The next preactivation, and what it would be without the tanh.
behind, linear = Sum(W[j] * tanh(z[j]), j), Sum(W[j] * z[j], j)

weights, apart = uncorrelated(W, mean=0, variance=v), independent(W, z)
of_variance = every(j, equation(E(z[j] ** 2), q))
tails = every(j, at_most(E(z[j] ** 4), 3 * q**2))
signal = greater(q, 0)

passing = E(tanh(z[j]) ** 2)
from_squares = equation(V(behind), Sum(v * passing, j))
without_tanh = equation(V(linear), n * v * q)
squares = (
    equals(E(behind**2) - E(behind) ** 2, by=definition),
    equals(
        Sum(E(W[j] * W[k] * tanh(z[j]) * tanh(z[k])), j, k) - Sum(E(W[j] * tanh(z[j])), j) ** 2,
        by=linearity,
    ),
    equals(
        Sum(E(W[j] * W[k]) * E(tanh(z[j]) * tanh(z[k])), j, k)
        - Sum(E(W[j]) * E(tanh(z[j])), j) ** 2,
        by=independence,
    ),
    equals(Sum(v * passing, j), by=moments),
)

keeps = iff(equation(V(linear), q), equation(n * v, 1))
most = at_most(V(behind), V(linear) / (1 + two_thirds * q))
least = at_least(V(behind), (1 - 2 * q) * V(linear))


def by_units(relation: Any, bound: Any, whole: Any) -> Any:
    """V[Σ_j W_j tanh(z_j)] against `whole`, from a bound of E[tanh(z_j)²] for each j."""
    missed = Sum(v * (passing - bound), j)
    return chain(
        V(behind),
        equals(Sum(v * passing, j), by=given(from_squares)),
        equals(Sum(v * bound, j) + missed, by=algebra),
        relation(Sum(v * bound, j), by=order),
        equals(whole.xreplace({V(linear): n * v * q}), by=given),
        equals(whole, by=given(without_tanh)),
    )


tanh_variance = Claim(
    id="initialization.tanh_variance",
    title="1/n keeps a variance q of linear units; behind tanh, 1 − 2q to 1/(1 + ⅔q) of it is left",
    source="002 Ex. 2b",
    states=all_of(keeps, least, most),
    given=[weights, apart, of_variance, tails, signal],
    proof=Obtain(
        without_tanh,
        chain(V(linear), equals(n * v * q, by=lemma(preactivation_variance, {row.x: z, row.q: q}))),
        Obtain(
            from_squares,
            chain(V(behind), *squares),
            Obtain(
                at_least(v, 0),
                chain(v, equals(V(W[1]), by=moments), at_least(0, by=order)),
                Parts(
                    (
                        kept_proof(V(linear), n * v, q, without_tanh),
                        Obtain(
                            every(j, at_least(passing, (1 - 2 * q) * E(z[j] ** 2))),
                            chain(
                                passing,
                                at_least(
                                    E(z[j] ** 2) - two_thirds * E(z[j] ** 4),
                                    by=(order, lemma(tanh_moment_below, {preactivation: z[j]})),
                                ),
                                at_least(E(z[j] ** 2) - 2 * q**2, by=order),
                                equals((1 - 2 * q) * E(z[j] ** 2), by=given),
                            ),
                            by_units(at_least, (1 - 2 * q) * E(z[j] ** 2), (1 - 2 * q) * V(linear)),
                        ),
                        Obtain(
                            every(j, at_most(passing, E(z[j] ** 2) / (1 + two_thirds * q))),
                            chain(
                                passing,
                                at_most(
                                    q / (1 + two_thirds * q),
                                    by=(
                                        order,
                                        lemma(tanh_shrinks, {preactivation: z[j], passed: q}),
                                    ),
                                ),
                                equals(E(z[j] ** 2) / (1 + two_thirds * q), by=given),
                            ),
                            by_units(
                                at_most,
                                E(z[j] ** 2) / (1 + two_thirds * q),
                                V(linear) / (1 + two_thirds * q),
                            ),
                        ),
                    )
                ),
            ),
        ),
    ),
    worlds=simulation.tame_layer,
    model=models.Comparison(simulation.layer_of_a_sample),
    points=[{"n": 2}, {"n": 3}],
    variants=[
        Variant("He's scale", iff(equation(V(linear), q), equation(n * v, 2))),
        Variant("1/√n", iff(equation(V(linear), q), equation(n * v**2, 1))),
        Variant("1/n keeps it behind tanh", iff(equation(V(behind), q), equation(n * v, 1))),
        Variant("a loss of q at most", at_least(V(behind), (1 - q / 2) * V(linear))),
        Variant("a loss of q at least", at_most(V(behind), V(linear) / (1 + q))),
    ],
    without=[
        *weaker_weights(
            W,
            j,
            mean=0,
            variance=v,
            correlated=simulation.equal_weights,
            another_mean=simulation.a_mean_that_is_not_stated,
            another_variance=simulation.a_variance_that_is_not_stated,
        ),
        Without(apart, simulation.weights_that_are_the_inputs),
        Without(of_variance, simulation.another_signal),
        Without(tails, simulation.heavy_tails),
        Without(signal, simulation.no_signal),
        Without(signal, simulation.no_signal, weakened=at_least(q, 0)),
    ],
    notes="Normal z have E[z⁴] = 3q²; the fourth moments may be smaller than that.",
)

kept = every(j, equation(E(tanh(z[j]) ** 2), r))
constant = iff(equation(V(behind), q), equation(n * v, q / r))
more_than_xavier = at_least(q / r, 1 + two_thirds * q)

tanh_gain = Claim(
    id="initialization.tanh_gain",
    title="Behind tanh the variance is q again exactly for n·V[W] = q/E[tanh(z)²], above 1 + ⅔q",
    source="002 Ex. 2b",
    states=all_of(more_than_xavier, constant),
    given=[weights, apart, of_variance, kept],
    well_formed=[unequal(r, 0)],
    proof=Obtain(
        at_least(r, 0),
        chain(r, equals(E(tanh(z[1]) ** 2), by=given(kept)), at_least(0, by=order)),
        Obtain(
            equation(V(behind), n * v * r),
            chain(V(behind), *squares, equals(n * v * r, by=given(kept))),
            Obtain(
                at_least(q, 0),
                chain(q, equals(E(z[1] ** 2), by=given), at_least(0, by=order)),
                Obtain(
                    at_most(r, q / (1 + two_thirds * q)),
                    chain(
                        r,
                        equals(E(tanh(z[1]) ** 2), by=given(kept)),
                        at_most(
                            q / (1 + two_thirds * q),
                            by=(order, lemma(tanh_shrinks, {preactivation: z[1], passed: q})),
                        ),
                    ),
                    Parts(
                        (
                            chain(
                                q / r,
                                equals(
                                    1
                                    + two_thirds * q
                                    + (1 + two_thirds * q) * (q / (1 + two_thirds * q) - r) / r,
                                    by=algebra,
                                ),
                                at_least(1 + two_thirds * q, by=order),
                            ),
                            Both(
                                forward=chain(
                                    n * v,
                                    equals(n * v * r / r, by=algebra),
                                    equals(V(behind) / r, by=given(equation(V(behind), n * v * r))),
                                    equals(q / r, by=given(equation(V(behind), q))),
                                ),
                                backward=chain(
                                    V(behind),
                                    equals(n * v * r, by=given(equation(V(behind), n * v * r))),
                                    equals(q / r * r, by=given(equation(n * v, q / r), times=r)),
                                    equals(q, by=algebra),
                                ),
                            ),
                        )
                    ),
                ),
            ),
        ),
    ),
    worlds=simulation.any_layer,
    model=simulation.gain_model,
    points=simulation.points,
    variants=[
        Variant("Xavier's scale", iff(equation(V(behind), q), equation(n * v, 1))),
        Variant(
            "the bound for the scale",
            iff(equation(V(behind), q), equation(n * v, 1 + two_thirds * q)),
        ),
        Variant("1 + q at least", at_least(q / r, 1 + q)),
        Variant("for a linear layer", iff(equation(V(linear), q), equation(n * v, q / r))),
        Variant("less than Xavier's", less(q / r, 1)),
    ],
    without=[
        *(
            Without(weights, simulation.a_variance_at_the_scale, weakened=less_said)
            for less_said in (uncorrelated(W, mean=0), uncorrelated(W))
        ),
        Without(apart, simulation.inputs_at_the_scale),
        Without(of_variance, simulation.less_than_there_is),
        Without(kept, simulation.more_than_is_kept),
    ],
)
