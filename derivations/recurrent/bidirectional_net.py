"""The definitions of a bidirectional recurrent net: one step, what is read of a state, the graph.

    h_t = σ(W x_t + U h_{t−1}) forward, σ(W x_t + U h_{t+1}) backward, with weights of their own;
    y_t = V_f h^f_t + V_b h^b_t,  L = Σ_t ‖y_t − z_t‖²

`following` is what the gradients of `bidirectional` differentiate, and what each state of the
unrolled graph is made of; the graph is drawn by reading which of these definitions mention which.
"""

from collections.abc import Callable
from typing import Any

from verify import Array, Sum, dimension, index, let, matrix, sigmoid, vector

d, e, c = dimension("d"), dimension("e"), dimension("c")
i, j, k, o = index("i", d), index("j", d), index("k", e), index("o", c)
U, V, W = matrix("U", d, d), matrix("V", c, d), matrix("W", d, e)

#: A state, the input of the step after it, that step, and what an output reads of a state.
state, source = vector("a", d), vector("b", e)
following = Array(sigmoid(Sum(W[i, k] * source[k], k) + Sum(U[i, j] * state[j], j)), i)
read = Sum(V[o, j] * state[j], j)
step = let("step", (W, U, state, source), following)
reading = let("reading", (V, state), Array(read, o))

# -- unrolled ----------------------------------------------------------------------------------

STEPS = 3
TIMES = tuple(range(1, STEPS + 1))
W_f, U_f, V_f = matrix("W_f", d, e), matrix("U_f", d, d), matrix("V_f", c, d)
W_b, U_b, V_b = matrix("W_b", d, e), matrix("U_b", d, d), matrix("V_b", c, d)
x = {t: vector(f"x_{t}", e) for t in TIMES}
z = {t: vector(f"z_{t}", c) for t in TIMES}

#: The states by time, from the initial ones on: h^f_0 and h^b_{STEPS + 1} are names.
forward: dict[int, Any] = {0: vector("h_f_0", d)}
for t in TIMES:
    forward[t] = let(f"h_f_{t}", step(W_f, U_f, forward[t - 1], x[t]))
backward: dict[int, Any] = {STEPS + 1: vector(f"h_b_{STEPS + 1}", d)}
for t in reversed(TIMES):
    backward[t] = let(f"h_b_{t}", step(W_b, U_b, backward[t + 1], x[t]))
output: dict[int, Any] = {
    t: let(f"y_{t}", Array(reading(V_f, forward[t])[o] + reading(V_b, backward[t])[o], o))
    for t in TIMES
}


def squares(miss: Callable[[int], Any]) -> Any:
    """Σ_t Σ_o miss(t)²."""
    first, *rest = (Sum(miss(t) ** 2, o) for t in TIMES)
    return sum(rest, first)


loss = let("L", squares(lambda t: output[t][o] - z[t][o]))
