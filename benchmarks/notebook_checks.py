"""The usual notebook check of a claim: stock SymPy, entries written out for one dimension n.

Each function returns whether SymPy found the two sides equal; False is no refutation.
"""

from __future__ import annotations

from typing import Any

from sympy import Abs, Expr, Matrix, Symbol, exp, expand, expand_log, log, simplify, sqrt, symbols


def _row(name: str, n: int, **assumptions: bool) -> list[Any]:
    return list(symbols(f"{name}1:{n + 1}", **assumptions))


def preactivation_variance(n: int) -> bool:
    """V[Σ W_j x_j] = n·v·q: the square written out, and E taken of each term."""
    weights, inputs = _row("W", n), _row("x", n)
    v, q = symbols("v q")
    square = expand(sum(w * x for w, x in zip(weights, inputs, strict=True)) ** 2)
    total: Any = 0
    for term in square.as_ordered_terms():
        powers = term.as_powers_dict()
        if any(powers[w] == 2 for w in weights):
            total += v * q  # E[W_j² x_j²]; the terms with two different weights have mean 0
    return bool(simplify(total - n * v * q) == 0)


def batch_norm_scale_invariance(n: int) -> bool:
    """Batch norm of c·w and of w agree for c > 0, for a batch of n examples with 2 features."""
    c, shift = Symbol("c", positive=True), Symbol("b", real=True)
    w = _row("w", 2, real=True)
    x = [_row(f"x{i}_", 2, real=True) for i in range(n)]

    def first_output(scale: Any) -> Any:
        y = [sum(scale * u * e for u, e in zip(w, row, strict=True)) + shift for row in x]
        mean = sum(y) / n
        return (y[0] - mean) / sqrt(sum((each - mean) ** 2 for each in y) / n)

    return bool(simplify(first_output(c) - first_output(1)) == 0)


def box_prox_gap(n: int) -> bool:
    """⟨g, Δ⟩ + ε‖g‖₁ as multipliers times constraints plus squares; sign(g) = g/|g|."""
    g, step = _row("g", n, real=True, nonzero=True), _row("D", n, real=True)
    eps = Symbol("epsilon", positive=True)
    gap = sum(u * s for u, s in zip(g, step, strict=True)) + eps * sum(Abs(u) for u in g)
    shown = sum(
        Abs(u) / (2 * eps) * ((eps - Abs(s)) * (eps + Abs(s)) + (s + eps * u / Abs(u)) ** 2)
        for u, s in zip(g, step, strict=True)
    )
    return bool(simplify(expand(gap - shown)) == 0)


def mahalanobis_gap(n: int) -> bool:
    """The same in the ball of a metric M, with M⁻¹ written out."""
    metric = Matrix(n, n, lambda i, j: Symbol(f"M{min(i, j)}{max(i, j)}", real=True))
    g, step = Matrix(_row("g", n, real=True)), Matrix(_row("D", n, real=True))
    eps = Symbol("epsilon", positive=True)
    h = metric.inv() * g
    length = sqrt((g.T * h)[0])
    moved = step + eps * h / length
    gap = (g.T * step)[0] + eps * length
    inside = eps**2 - (step.T * metric * step)[0]
    shown = length / (2 * eps) * (inside + (moved.T * metric * moved)[0])
    return bool(simplify(expand(gap - shown)) == 0)


def mirror_value(n: int) -> bool:
    """The value of the mirror step on (0, 1); there is no dimension in it, n is not used."""
    g = Symbol("g", real=True)
    lam, x0, rest = symbols("lambda x_0 r", positive=True)  # r = 1 − x₀
    z = rest + x0 * exp(-g / lam)
    best, other = x0 * exp(-g / lam) / z, rest / z

    def part(p: Expr, q: Expr) -> Any:
        return p * expand_log(log(p / q), force=True)

    value = g * (best - x0) + lam * (part(best, x0) + part(other, rest))
    return bool(simplify(value - (-g * x0 - lam * log(z))) == 0)


#: Each with the claim that it checks and whether it depends on n.
CHECKS: dict[str, tuple[Any, bool]] = {
    "initialization.preactivation_variance": (preactivation_variance, True),
    "normalization.batch_norm_scale_invariance": (batch_norm_scale_invariance, True),
    "optimization.box_prox": (box_prox_gap, True),
    "optimization.mahalanobis_prox": (mahalanobis_gap, True),
    "optimization.mirror_descent_step": (mirror_value, False),
}
