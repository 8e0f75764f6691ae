"""Gradients of a bidirectional recurrent net: back through time, in each direction by itself.

    h_t = σ(W x_t + U h_{t−1}),  y_t = V h_t + (the other direction's part),  L = Σ_t ‖y_t − z_t‖²
    ∇_{h_t} = Uᵀ diag(h_{t+1}∘(1 − h_{t+1})) ∇_{h_{t+1}} + 2Vᵀ(y_t − z_t),  t < T

and only the last part for t = T; the gradient in W is Σ_t δ_t x_tᵀ, in U it is Σ_t δ_t h_{t−1}ᵀ.
Automatic differentiation does just this; the boundary terms are what hand-written code gets wrong.
"""

from typing import Any

from derivations.recurrent import bidirectional_evidence as evidence
from derivations.recurrent.bidirectional_net import (
    U,
    V,
    c,
    d,
    e,
    following,
    i,
    j,
    k,
    o,
    read,
    state,
)
from verify import (
    Claim,
    Induction,
    Obtain,
    Parts,
    Sum,
    Variant,
    Without,
    all_of,
    chain,
    definition,
    derivative,
    differentiable,
    differentiate,
    equals,
    equation,
    every,
    function,
    given,
    index,
    let,
    matrix,
    models,
    natural,
    partial,
    peel,
    real,
    vector,
)

# -- one state ---------------------------------------------------------------------------------

#: The loss of later steps, what the other direction adds to the output, and the target.
R, other, target = function("R", d), vector("q", c), vector("p", c)
l = index("l", d)  # noqa: E741
miss = read + other[o] - target[o]
squared = Sum(miss**2, o)
#: 2Vᵀ(y − z), and what comes back from the next state.
now = 2 * Sum(V[o, l] * miss, o)
later = Sum(U[i, l] * (following[i] * (1 - following[i])) * partial(R, following, i), i)


def in_the_state(before: Any, last: Any) -> Any:
    """The gradients of the loss in a state that another follows, and in the last one."""
    return all_of(
        every(l, equation(derivative(R(following) + squared, state[l]), before)),
        every(l, equation(derivative(squared, state[l]), last)),
    )


state_gradient = Claim(
    id="recurrent.state_gradient",
    title="∇_{h_t} = Uᵀ diag(h_{t+1}∘(1 − h_{t+1})) ∇_{h_{t+1}} + 2Vᵀ(y_t − z_t)",
    source="004 Q6.2",
    states=in_the_state(later + now, now),
    given=[differentiable(R)],
    proof=Parts(
        (
            chain(
                derivative(R(following) + squared, state[l]),
                equals(later + now, by=differentiate),
            ),
            chain(derivative(squared, state[l]), equals(now, by=differentiate)),
        )
    ),
    worlds=evidence.one_state,
    model=models.Comparison(evidence.state_moved, repeats=50),
    points=[{"d": 3, "e": 2, "c": 2, "T": 1}, {"d": 4, "e": 3, "c": 5, "T": 1}],
    variants=[
        Variant("without the part of its own output", in_the_state(later, now)),
        Variant("without the factor 2", in_the_state(later + now / 2, now / 2)),
        Variant("the other sign", in_the_state(later - now, -now)),
        Variant("only its own output", in_the_state(now, now)),
    ],
    notes=(
        "R is the loss of all later steps as a function of the state h_{t+1}, so that ∇R is "
        "∇_{h_{t+1}}. For the backward direction the next state is h_{t−1}, and t = 1 is last."
    ),
)

# -- the weights, for any number of steps ------------------------------------------------------

T = natural("T")
t, m, u = index("t", 1, None), index("m", 0, None), index("u", 0, None)
tau = index("tau")
x, y, z = real("x", (1, None), e), real("y", (1, None), c), real("z", (1, None), c)
M, N = matrix("M", d, e), matrix("N", d, d)
h, v, r = (real(name, (0, None), d) for name in ("h", "v", "r"))
s, g, delta = (real(name, (1, None), d) for name in ("s", "g", "delta"))


def error(time: Any, unit: Any = i) -> Any:
    """2Vᵀ(y − z)."""
    return 2 * Sum(V[o, unit] * (y[time, o] - z[time, o]), o)


def pushed(time: Any, unit: Any = i) -> Any:
    """How W + εM and U + εN move a preactivation when the state before it stays."""
    return Sum(M[unit, k] * x[time, k], k) + Sum(N[unit, j] * h[time - 1, j], j)


def carried(time: Any) -> Any:
    """How far the state moves: by its own step, and by the one before."""
    return s[time, i] * (pushed(time) + Sum(U[i, j] * v[time - 1, j], j))


def change(time: Any) -> Any:
    """The change of the loss of the first steps."""
    return Sum(error(tau) * v[tau, i], (tau, 1, time), i)


def collected(time: Any) -> Any:
    """Σ_t δ_tᵀ(M·x_t + N·h_{t−1}), over the first steps."""
    return Sum(delta[tau, i] * pushed(tau), (tau, 1, time), i)


def owed(time: Any) -> Any:
    """What later steps will say of the state."""
    return Sum(r[time, i] * v[time, i], i)


def last_step(time: Any) -> Any:
    """The change of the loss of one step."""
    return Sum(error(time) * v[time, i], i)


gradients = every([t, i], equation(g[t, i], r[t, i] + error(t)))
future = every([u, i], equation(r[u, i], Sum(U[j, i] * delta[u + 1, j], j)))
slopes = every([t, i], equation(delta[t, i], s[t, i] * g[t, i]))
moves = every([t, i], equation(v[t, i], carried(t)))
fixed_start = every(i, equation(v[0, i], 0))
no_future = every(i, equation(r[T, i], 0))

D = let("D", (m,), change(m))
so_far = equation(D(m), collected(m) - owed(m))
step = m + 1


def in_direction(value: Any) -> Any:
    """The change of the whole loss."""
    return equation(change(T), value)


bidirectional_gradients = Claim(
    id="recurrent.bidirectional_gradients",
    title="∇_W L = Σ_t δ_t x_tᵀ and ∇_U L = Σ_t δ_t h_{t−1}ᵀ, for any number of steps",
    source="004 Q6.2",
    states=in_direction(collected(T)),
    given=[gradients, future, slopes, moves, fixed_start, no_future],
    proof=Obtain(
        every(m, so_far),
        Induction(
            on=m,
            base=chain(
                D(0),
                equals(change(0), by=definition(D)),
                equals(collected(0) - owed(0), by=(peel, given(fixed_start))),
            ),
            step=chain(
                D(step),
                equals(change(step), by=definition(D)),
                equals(change(m) + last_step(step), by=peel),
                equals(D(m) + last_step(step), by=definition(D)),
                equals(collected(m) - owed(m) + last_step(step), by=given(so_far)),
                equals(
                    collected(m) - owed(m) + Sum(g[step, i] * v[step, i], i) - owed(step),
                    by=given(gradients),
                ),
                equals(
                    collected(m) - owed(m) + Sum(g[step, i] * carried(step), i) - owed(step),
                    by=given(moves),
                ),
                equals(
                    collected(m)
                    - owed(m)
                    + Sum(delta[step, i] * (pushed(step) + Sum(U[i, j] * v[m, j], j)), i)
                    - owed(step),
                    by=given(slopes),
                ),
                equals(
                    collected(m) + Sum(delta[step, i] * pushed(step), i) - owed(step),
                    by=given(future),
                ),
                equals(collected(step) - owed(step), by=peel),
            ),
        ),
        chain(
            change(T),
            equals(D(T), by=definition(D)),
            equals(collected(T) - owed(T), by=given(every(m, so_far))),
            equals(collected(T), by=given(no_future)),
        ),
    ),
    worlds=evidence.through_time,
    model=models.Comparison(evidence.weights_moved, repeats=50),
    points=[{"d": 3, "e": 2, "c": 2, "T": steps} for steps in (1, 2, 3, 5)],
    variants=[
        Variant(
            "each step by its own loss only",
            in_direction(Sum(s[tau, i] * error(tau) * pushed(tau), (tau, 1, T), i)),
        ),
        Variant("without the slopes", in_direction(Sum(g[tau, i] * pushed(tau), (tau, 1, T), i))),
        Variant(
            "the state itself for the one before",
            in_direction(
                Sum(
                    delta[tau, i] * (Sum(M[i, k] * x[tau, k], k) + Sum(N[i, j] * h[tau, j], j)),
                    (tau, 1, T),
                    i,
                )
            ),
        ),
        Variant("the last step only", in_direction(Sum(delta[T, i] * pushed(T), i))),
    ],
    without=[
        Without(gradients, evidence.two_steps(coming=(5, 3, 0, 0), whole=(5, 3, 0))),
        Without(future, evidence.two_steps(coming=(2, 0, 0, 0), whole=(2, 2, 0))),
        Without(
            slopes,
            evidence.two_steps(coming=(7, 5, 0, 0), whole=(7, 2, 0), scaled=(7, 5, 0)),
        ),
        Without(moves, evidence.two_steps(moved=(0, 1, 9, 10))),
        Without(fixed_start, evidence.two_steps(moved=(1, 2, 3, 4))),
        Without(no_future, evidence.two_steps(coming=(5, 3, 1, 0), whole=(5, 3, 1))),
    ],
    notes=(
        "v_t is the derivative of h_t along W + εM, U + εN, for any M and N: their coefficients "
        "are the gradients. s_t is σ', h_t∘(1 − h_t) for a sigmoid; g_t is ∇_{h_t}, as "
        "`state_gradient` has it, r_t its part from later steps, which is 0 at T; δ_t = s_t∘g_t. "
        "The other direction's states do not depend on these weights. Its own gradients are the "
        "same claim for the sequence read from its end: T + 1 − t for t, h_{t+1} for h_{t−1}."
    ),
)
