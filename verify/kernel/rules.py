"""The closed table of rules. Each says what it lets the normal form do, and from which facts.

Algebra (commutative ring and field identities, finite sums with Kronecker deltas) is always on;
a row must fail without each rule that it names, so a rule cannot hide behind algebra.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sympy import Basic

from verify import language as l
from verify.kernel import matching
from verify.kernel.context import Context, Fact
from verify.kernel.polynomial import Refusal
from verify.kernel.theory import Theory


@dataclass(frozen=True)
class Use:
    """A rule at work on one row."""

    reason: l.Reason
    context: Context
    before: Basic
    after: Basic


def algebra(use: Use, theory: Theory) -> Theory:
    """Commutative algebra of finite sums.

    Figure: two terms with one normal form are equal.
    Side conditions: every denominator, root and power of both terms was shown to be defined.
    Covers: ring laws, one common denominator, (√S)² = S, Σ distributed and renamed, δ contracted
    where the ranges agree, a summand without the index counted, powers of one base merged.
    Source: ring axioms; Graham, Knuth, Patashnik, Concrete Mathematics, ch. 2.
    """
    return _switched(use, theory)


def definition(use: Use, theory: Theory) -> Theory:
    """Unfolding one definition.

    Figure: `definition(a)`: a is its body; `definition(V(X))`: V[X] = E[X²] − E[X]²;
    `definition(sigmoid(u))`, `definition(tanh(u))`: by exponentials. Bare `definition`: the
    single definition that makes the row true.
    Source: the claim's own `let`; König–Huygens for V.
    """
    for target in use.reason.about:
        if isinstance(target, l.Call):
            theory = replace(theory, unfolded=theory.unfolded | {target.args[0]})
        elif isinstance(target, (l.Definition, l.Variance, l.Sigmoid, l.Tanh)):
            theory = replace(theory, unfolded=theory.unfolded | {target})
        else:
            raise Refusal(f"{target} has no definition to unfold")
    return theory


def given(use: Use, theory: Theory) -> Theory:
    """Replacing by an equation that is assumed.

    Figure: from l = r in the hypotheses, T[l] = T[r], a sum, product or power l where T has it
    written as it stands; `given(fact)` cites one, bare `given` all;
    `given(fact, times=c)` adds c·(l − r), summed over an index of c that the fact quantifies.
    A cited symmetric matrix gives M[i, j] = M[j, i]. `given(every(i, equation(t, 0)))` also cites
    what must vanish because a known sum of terms ≥ 0, among them a power of t, is 0.
    Side conditions: an instance of "for every i" needs its index shown to be in range.
    """
    facts = cited_facts(use)
    return replace(theory, cited=theory.cited + tuple(facts))


def cited_facts(use: Use) -> list[Fact]:
    """The facts that a `given` names, or all equations among the hypotheses."""
    open_facts = [fact for fact in use.context.facts if fact.kind != "meaning"]
    if not use.reason.about:
        kinds = (l.Equation, l.SymmetricMatrix)
        return [fact for fact in open_facts if isinstance(fact.statement, kinds)]
    found: list[Fact] = []
    for wanted in use.reason.about:
        matches = [fact for fact in open_facts if matching.same_statement(fact, wanted)]
        implied = None if matches else use.context.vanishing(wanted)
        if not matches and implied is None:
            kept = any(matching.same_statement(fact, wanted) for fact in use.context.facts)
            only = "; it stands in well_formed, which shows that terms are defined, and no more"
            raise Refusal(f"nothing assumed or obtained says {wanted}{only if kept else ''}")
        found += matches or [implied] if implied else matches
    return found


def linearity(use: Use, theory: Theory) -> Theory:
    """Linearity of expectation.

    Figure: E[Σ c·X] = Σ c·E[X] for constants c; E[c] = c.
    Side conditions: each X is integrable; a name is constant only if it is declared fixed.
    Source: Williams, Probability with Martingales, 6.2.
    """
    return _switched(use, theory, "linearity")


def independence(use: Use, theory: Theory) -> Theory:
    """Products of independent factors.

    Figure: X, Y independent and integrable ⇒ E[XY] = E[X]·E[Y]; likewise for functions of
    independent blocks.
    Side conditions: one stated law separates all that the factors read, through definitions too.
    Source: Williams, Probability with Martingales, 7.1.
    """
    return _switched(use, theory, "independence")


def moments(use: Use, theory: Theory) -> Theory:
    """Moments of a family.

    Figure: entries uncorrelated with mean m, variance v ⇒ E[W_j] = m,
    E[W_j W_k] = m² + v·δ_jk, V[W_j] = v; independent entries ⇒ E of a product of any of them is
    Σ over set partitions of Π (joint cumulant of a part · δ of its indices).
    Side conditions: all entries lie in the declared block; of uncorrelated ones at most two.
    Source: McCullagh, Tensor Methods in Statistics, ch. 2.
    """
    return _switched(use, theory, "moments")


def symmetry(use: Use, theory: Theory) -> Theory:
    """Replacing a block by its negative.

    Figure: W ~ −W, W independent of Y ⇒ E[f(W, Y)] = E[f(−W, Y)], so that E[f(W, Y)] = 0 for
    f odd in W, and f(W, Y) ~ f(−W, Y).
    Side conditions: the joint law of the block is symmetric (marginals are not enough); of a family
    with independent entries, Y may hold the entries at other indices.
    Source: Feller, An Introduction to Probability Theory II, V.5.
    """
    blocks = matching.symmetric_blocks(use.context, use.reason.about)
    return replace(theory, flips=theory.flips + tuple(blocks))


def cases(use: Use, theory: Theory) -> Theory:
    """Cases on signs.

    Figure: ReLU(x) = (x + |x|)/2, |−x| = |x|, |x|² = x², |xy| = |x||y|, sign(x)·|x| = x,
    sign(x)·x = |x|;
    where the sign of x is known, |x|, sign(x) and ReLU(x) are ±x, ±1 and x or 0; sign(x)² = 1
    where x ≠ 0 is known; δ_ij = 0 where i ≠ j is known, 1 where i = j is.
    """
    return _switched(use, theory, "cases")


def square_root(use: Use, theory: Theory) -> Theory:
    """Roots of squares and products.

    Figure: √(c²·S) = |c|·√S, √(a·b) = √a·√b for a, b ≥ 0, |c| = ±c where the sign is known.
    """
    return _switched(use, theory, "square_root")


def exponential(use: Use, theory: Theory) -> Theory:
    """Laws of the exponential.

    Figure: e^(x+y) = e^x·e^y, e^(n·x) = (e^x)^n for integers n, e^(log x) = x for x > 0.
    """
    return _switched(use, theory, "exponential")


def logarithm(use: Use, theory: Theory) -> Theory:
    """Laws of the logarithm.

    Figure: log(x·y) = log x + log y, log(x/y) = log x − log y, log(e^u) = u.
    Side conditions: each factor is shown to be > 0.
    """
    return _switched(use, theory, "logarithm")


def inverse(use: Use, theory: Theory) -> Theory:
    """The inverse of a matrix.

    Figure: Σ_j M[i, j]·M⁻¹[j, k] = δ_ik = Σ_j M⁻¹[i, j]·M[j, k].
    Side conditions: the inverse was shown to exist.
    """
    return _switched(use, theory, "inverse")


def differentiate(use: Use, theory: Theory) -> Theory:
    """Derivatives of terms.

    Figure: (f + g)' = f' + g', (f·g)' = f'·g + f·g', ∂L(y)/∂x = Σ_j ∂_j L(y)·∂y_j/∂x; √, e^, log,
    tanh, sigmoid, x^k, |x| and ReLU by the table; ∂E[p]/∂x = E[∂p/∂x] for polynomials in x.
    Side conditions: x alone varies, all other names are fixed, whatever hypotheses say of their
    values; |x| and ReLU away from 0, roots of what is > 0, unknown functions differentiable.
    Source: Apostol, Mathematical Analysis, ch. 5 and 12.
    """
    return _switched(use, theory, "differentiate")


def peel(use: Use, theory: Theory) -> Theory:
    """The last terms of a sum.

    Figure: Σ_{i=a}^{t+1} f(i) = Σ_{i=a}^{t} f(i) + f(t+1) when a ≤ t + 1, Π likewise; a sum whose
    ends differ by a number is written out.
    """
    return _switched(use, theory, "peel")


def monotone(use: Use, theory: Theory) -> Theory:
    """Increasing functions keep an order.

    Figure: x ≤ y ⇒ f(x) ≤ f(y) for f = √, e^, log, tanh, sigmoid (x < y ⇒ f(x) < f(y)), x^k for
    x, y ≥ 0 (likewise), E (X ≤ Y in every outcome) and ReLU (≤ only); the order of x and y has a
    visible sign, as for `order`.
    """
    return _switched(use, theory)


def order(use: Use, theory: Theory) -> Theory:
    """Inequality from a visible sign.

    Figure: r − l is a sum of terms that are ≥ 0 (> 0) by shape or by hypothesis ⇒ l ≤ r (l < r);
    f ≤ g throughout a range ⇒ Σ f ≤ Σ g; u ≤ v, c ≥ 0 ⇒ c·u ≤ c·v; f ≥ 0 throughout ⇒ f(k) ≤ Σ f,
    and Σ f over a part of the range is ≤ Σ f; f ≤ c throughout ⇒ Σ f ≤ c·length; |Σ f| ≤ Σ |f|.
    Shapes: squares, |x|, √x, e^x, E and V of such, z.T M z for positive definite M, sums and
    products; log x ≤ x − 1 and e^x ≥ 1 + x with equality only where they touch. With `cases`, for
    each sign that what stands in |x|, ReLU(x) or sign(x) can have.
    """
    return _switched(use, theory)


def lemma(use: Use, theory: Theory) -> Theory:
    """The statement of a proved claim, at values of its names.

    Figure: `lemma(claim, {name: value})`: each hypothesis of the claim, at these values, is a
    hypothesis here or follows from one by a law of the table; then its conclusion may be cited.
    """
    raise Refusal("a lemma is resolved before the row is compared")


RULES: dict[str, Callable[[Use, Theory], Theory]] = {
    rule.__name__: rule
    for rule in (
        algebra, cases, definition, differentiate, exponential, given, independence, inverse,
        lemma, linearity, logarithm, moments, monotone, order, peel, square_root, symmetry,
    )
}  # fmt: skip


def _switched(use: Use, theory: Theory, *rules: str) -> Theory:
    """The theory with these reductions, for a rule that takes no argument."""
    if use.reason.about or use.reason.times is not None:
        raise Refusal(f"the rule {use.reason.name} takes no argument")
    return theory.having(*rules)
