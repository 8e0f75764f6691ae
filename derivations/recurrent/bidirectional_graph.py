"""The computational graph of a bidirectional recurrent net, unrolled for three steps.

The graph is a composition of definitions, from the initial states h^f_0 and h^b_4 to the loss. A
program sweeps instead: forward once, backward once, and adds. Whatever values satisfy the
equation of each node, from those of its parents alone, give the loss of the graph.
"""

from typing import Any

from derivations.recurrent import bidirectional_graph_evidence as evidence
from derivations.recurrent.bidirectional_net import (
    STEPS,
    TIMES,
    U_b,
    U_f,
    V_b,
    V_f,
    W_b,
    W_f,
    backward,
    c,
    d,
    forward,
    i,
    j,
    k,
    loss,
    o,
    output,
    reading,
    squares,
    step,
    x,
    z,
)
from verify import (
    Claim,
    Obtain,
    Sum,
    Variant,
    Without,
    chain,
    definition,
    equals,
    equation,
    every,
    given,
    models,
    sigmoid,
    vector,
)

#: What a program has for the states and outputs, by time.
u: dict[int, Any] = {0: forward[0], **{t: vector(f"u_{t}", d) for t in TIMES}}
v: dict[int, Any] = {
    **{t: vector(f"v_{t}", d) for t in TIMES},
    STEPS + 1: backward[STEPS + 1],
}
w: dict[int, Any] = {t: vector(f"w_{t}", c) for t in TIMES}


def activated(weights: Any, recurrent: Any, before: Any, t: int) -> Any:
    """σ(W·x_t + U·before), entry i."""
    return sigmoid(Sum(weights[i, k] * x[t][k], k) + Sum(recurrent[i, j] * before[j], j))


def both(first: Any, second: Any) -> Any:
    """V_f·first + V_b·second, entry o."""
    return Sum(V_f[o, j] * first[j], j) + Sum(V_b[o, j] * second[j], j)


#: The hypotheses, one a node; and what the proof finds of the nodes one after the other.
swept_f = {t: every(i, equation(u[t][i], activated(W_f, U_f, u[t - 1], t))) for t in TIMES}
swept_b = {t: every(i, equation(v[t][i], activated(W_b, U_b, v[t + 1], t))) for t in TIMES}
read_out = {t: every(o, equation(w[t][o], both(u[t], v[t]))) for t in TIMES}
found_f = {t: every(i, equation(forward[t][i], u[t][i])) for t in TIMES}
found_b = {t: every(i, equation(backward[t][i], v[t][i])) for t in TIMES}
found_y = {t: every(o, equation(output[t][o], w[t][o])) for t in TIMES}


def at_state(weights: Any, recurrent: Any, nodes: Any, values: Any, facts: Any, t: int) -> Any:
    """A state has the program's value if the state before it has."""
    before, hypothesis = (t - 1, swept_f[t]) if nodes is forward else (t + 1, swept_b[t])
    rows = [
        equals(step(weights, recurrent, nodes[before], x[t])[i], by=definition(nodes[t])),
        equals(activated(weights, recurrent, nodes[before], t), by=definition(step)),
    ]
    if before in facts:
        known = activated(weights, recurrent, values[before], t)
        rows.append(equals(known, by=given(facts[before])))
    return chain(nodes[t][i], *rows, equals(values[t][i], by=given(hypothesis)))


def at_output(t: int) -> Any:
    """An output has the program's value if the two states that it reads have."""
    return chain(
        output[t][o],
        equals(
            reading(V_f, forward[t])[o] + reading(V_b, backward[t])[o], by=definition(output[t])
        ),
        equals(both(forward[t], backward[t]), by=definition(reading)),
        equals(both(u[t], v[t]), by=(given(found_f[t]), given(found_b[t]))),
        equals(w[t][o], by=given(read_out[t])),
    )


#: What the program adds up.
swept_loss = squares(lambda t: w[t][o] - z[t][o])

#: The nodes in the order in which their values are found, parents first.
along = [
    *((found_f[t], at_state(W_f, U_f, forward, u, found_f, t)) for t in TIMES),
    *((found_b[t], at_state(W_b, U_b, backward, v, found_b, t)) for t in reversed(TIMES)),
    *((found_y[t], at_output(t)) for t in TIMES),
]
proof: Any = chain(
    loss,
    equals(squares(lambda t: output[t][o] - z[t][o]), by=definition(loss)),
    equals(swept_loss, by=tuple(given(found_y[t]) for t in TIMES)),
)
for fact, at_node in reversed(along):
    proof = Obtain(fact, at_node, proof)

bidirectional_graph = Claim(
    id="recurrent.bidirectional_graph",
    title="Three steps in both directions as a graph: a value at each node from its parents alone",
    source="004 Q6.1",
    states=equation(loss, swept_loss),
    given=[*swept_f.values(), *swept_b.values(), *read_out.values()],
    proof=proof,
    worlds=evidence.swept,
    model=models.Comparison(evidence.graph_and_sweep, repeats=50),
    points=[{"d": 3, "e": 2, "c": 2, "T": STEPS}, {"d": 1, "e": 1, "c": 1, "T": STEPS}],
    variants=[
        Variant(
            "outputs of the forward states alone",
            equation(loss, squares(lambda t: Sum(V_f[o, j] * u[t][j], j) - z[t][o])),
        ),
        Variant(
            "the backward state of the step after",
            equation(loss, squares(lambda t: both(u[t], v[t + 1]) - z[t][o])),
        ),
        Variant("the last step only", equation(loss, Sum((w[STEPS][o] - z[STEPS][o]) ** 2, o))),
        Variant(
            "the targets in reverse",
            equation(loss, squares(lambda t: w[t][o] - z[STEPS + 1 - t][o])),
        ),
    ],
    without=[
        *(Without(swept_f[t], evidence.without("u", t)) for t in TIMES),
        *(Without(swept_b[t], evidence.without("v", t)) for t in TIMES),
        *(Without(read_out[t], evidence.without("w", t)) for t in TIMES),
    ],
    notes=(
        "h_{f,t} and h_{b,t} are the states of the two directions, y_t the outputs, L the loss: "
        "the nodes of the picture, whose edges are read off these definitions. u, v and w are what "
        "a program has for them. The step is the one that `state_gradient` differentiates."
    ),
)
