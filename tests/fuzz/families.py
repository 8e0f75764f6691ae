"""The table of what is fuzzed: one family of rows a rule."""

from random import Random
from typing import Any

from tests.fuzz import algebraic as alg
from tests.fuzz import citing_lemmas as lem
from tests.fuzz import differential as diff
from tests.fuzz import elementary as el
from tests.fuzz import entries as ent
from tests.fuzz import inequalities as ineq
from tests.fuzz import probabilistic as prob
from tests.fuzz import setting as o
from tests.fuzz.grammar import random_scalar
from tests.fuzz.rows import Family, RandomRow, in_context
from verify import (
    E,
    V,
    cases,
    exponential,
    independence,
    inverse,
    linearity,
    logarithm,
    moments,
    peel,
    square_root,
)


def _mean(rng: Random) -> Any:
    return E(random_scalar(rng, 2)) if rng.random() < 0.7 else V(random_scalar(rng, 1))


def _mean_of_entries(rng: Random) -> Any:
    return E(ent.product(rng))


def _moments(rng: Random) -> RandomRow:
    if rng.random() < 0.6:
        return in_context(moments, prob.true_moments)(rng)
    return in_context((linearity, moments), prob.true_moments_of_combinations)(rng)


_ALL = [*o.SIGNS, *o.LAWS[1:]]


def _family(given: Any, rule: Any, true: Any, tempting: Any, *term: Any) -> Family:
    return Family(given, in_context(rule, true), in_context(rule, tempting), *term)


FAMILIES: dict[str, Family] = {
    "algebra": Family(o.SIGNS, alg.true_algebra, alg.tempting_algebra),
    "cases": _family(o.SIGNS, cases, el.true_cases, el.tempting_cases),
    "definition": Family(_ALL, el.true_definition, el.tempting_definition),
    "differentiate": Family(o.DERIVATIVES, diff.true_derivative, diff.tempting_derivative),
    "exponential": _family(o.SIGNS, exponential, el.true_exponentials, el.tempting_exponentials),
    "given": Family(o.EQUATIONS, alg.true_given, alg.tempting_given),
    "independence": _family(
        o.LAWS, independence, prob.true_independent, prob.tempting_independent, _mean
    ),
    "inverse": _family(o.DEFINITE, inverse, alg.true_inverse, alg.tempting_inverse),
    "lemma": Family(_ALL, lem.true_lemma, lem.tempting_lemma),
    "linearity": _family(o.LAWS, linearity, prob.true_linear, prob.tempting_linear, _mean),
    "logarithm": _family(o.SIGNS, logarithm, el.true_logarithms, el.tempting_logarithms),
    "moments": Family(o.LAWS, _moments, in_context(moments, prob.tempting_moments), _mean),
    "monotone": Family(o.ORDER, ineq.true_monotone, ineq.tempting_monotone),
    "order": Family(o.ORDER, ineq.true_order, ineq.tempting_order),
    "peel": _family(o.SIGNS, peel, alg.true_peel, alg.tempting_peel),
    "square_root": _family(o.SIGNS, square_root, el.true_roots, el.tempting_roots),
    "symmetry": Family(o.LAWS, prob.true_symmetry, prob.tempting_symmetry, _mean),
    "independent entries": Family(
        o.ENTRIES, ent.true_entries, ent.tempting_entries, _mean_of_entries, o.world_of_entries
    ),
    "several rules": Family(o.LAWS, prob.true_together, prob.tempting_together, _mean),
}
