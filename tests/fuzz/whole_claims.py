"""Random claims with proofs of every shape: quantifiers, cases, induction, facts, witnesses.

Most are false or badly proved. What the kernel accepts must hold in the exact worlds that satisfy
the hypotheses.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from sympy import Basic

from tests.fuzz.setting import c, d, i, j, k, n, t, x, y
from verify import (
    Apply,
    Array,
    Both,
    Cases,
    Claim,
    Exhibit,
    Induction,
    MeanValue,
    Obtain,
    Parts,
    Sum,
    algebra,
    all_of,
    at_least,
    at_most,
    cases,
    chain,
    definition,
    equation,
    every,
    exists,
    given,
    greater,
    iff,
    implies,
    index,
    lemma,
    less,
    let,
    order,
    peel,
    real,
    relu,
    unequal,
)
from verify.language.names import Name
from verify.language.proofs import Row
from verify.language.statements import AllOf, Equation, Every, Exists, Iff, Implies, Relation
from verify.language.substitution import free_names, substitute
from verify.language.terms import lift
from verify.semantics import World

s, e, w = index("s", 0, None), real("e"), real("w", (0, None))
twice: Any = let("twice", (c,), c + e)
part: Any = let("part", (k,), x[k] - c)
total: Any = let("total", Sum(x[k], (k, 1, n)))

#: Numbers, of which something may be said for every value.
REALS = (c, d, e)
_RELATIONS = (equation, at_most, less, at_least, greater, unequal)
_SMALL = [Fraction(a) for a in (-2, -1, -1, 0, 0, 0, 1, 1, 2)] + [Fraction(1, 2)]
#: As far as a quantifier without end is tried, and as the sequence has values.
_HORIZON, _LENGTH = 5, 12


def any_of(rng: Random, *makers: Callable[[], Any]) -> Any:
    """What one of these makes."""
    return rng.choice(makers)()


def place(rng: Random, within: Any = None) -> Any:
    """An index of x, perhaps beyond its range."""
    if rng.random() < 0.05:
        return rng.choice((i + 1, n - 1, t, n + 1))
    return rng.choice((i, i, j, 1, n)) if within is None else rng.choice((within, within, i))


def moment(rng: Random, within: Any = None) -> Any:
    """An index of w."""
    near = [t, t, 0, t + 1, 1] if within is None else [within, within, within + 1, t]
    return rng.choice(near)


def atom(rng: Random, within: Any = None, sequence: Any = None) -> Any:
    return any_of(
        rng,
        lambda: rng.choice(REALS), lambda: rng.choice(REALS),
        lambda: x[place(rng, within)], lambda: rng.choice((x, y))[place(rng, within)],
        lambda: w[moment(rng, sequence)], lambda: rng.choice((0, 0, 1, 2)),
    )  # fmt: skip


def term(rng: Random, within: Any = None, sequence: Any = None) -> Any:
    one, other = (atom(rng, within, sequence) for _ in range(2))
    return any_of(
        rng,
        lambda: one, lambda: one, lambda: one, lambda: lift(one) + other,
        lambda: lift(one) - other, lambda: lift(one) * other, lambda: lift(one) ** 2,
        lambda: relu(one), lambda: abs(lift(one)), lambda: Sum(x[k], (k, 1, n)),
        lambda: Sum(x[k] * one, (k, 1, n)), lambda: twice(one), lambda: part(place(rng, within)),
        lambda: total, lambda: lift(one) / rng.choice((other, n, 2)), lambda: rng.choice((t, n)),
        lambda: Sum(w[k], (k, 0, t)),
    )  # fmt: skip


def relation(rng: Random, within: Any = None, sequence: Any = None) -> Any:
    left = term(rng, within, sequence)
    right = any_of(rng, lambda: 0, lambda: term(rng, within, sequence))
    return rng.choice(_RELATIONS)(left, right)


def statement(rng: Random, depth: int = 2) -> Any:
    """A random statement, of at most this many quantifiers and connectives."""
    kind = rng.randrange(12) if depth else 0
    within = rng.choice((i, j, k))
    some = ((k, 1, n), (k, 1, n - 1), (k, 2, n), (k, 1, t))
    ranged = rng.choice(some) if within is k else within
    match kind:
        case 0 | 1 | 2:
            return relation(rng)
        case 3 | 4:
            return every(ranged, relation(rng, within))
        case 5:
            return every(ranged, implies(relation(rng, within), relation(rng, within)))
        case 6:
            return every(s, relation(rng, None, s))
        case 7:
            return every(rng.choice((t, c, d, e, e)), statement(rng, depth - 1))
        case 8:
            return implies(statement(rng, depth - 1), statement(rng, depth - 1))
        case 9:
            return all_of(statement(rng, depth - 1), statement(rng, depth - 1))
        case 10:
            return exists(rng.choice(REALS), statement(rng, depth - 1))
    return iff(relation(rng), relation(rng))


def near(rng: Random, facts: list[Any]) -> Any:
    """A statement like one of these: an instance, a neighbour, a part, or with more around it."""
    fact = rng.choice(facts)
    bound = fact.args[1:] if isinstance(fact, Every) else ()
    match rng.randrange(9):
        case 0 if bound:
            values = {}
            for where in bound:
                name = where if isinstance(where, Name) else where.args[0]
                values[name] = lift(
                    rng.choice((place(rng), moment(rng))) if name in (i, j, k, s) else
                    rng.choice((t, t + 1)) if name == t else term(rng))  # fmt: skip
            return substitute(fact.args[0], values)
        case 1:
            names = sorted(free_names(fact) & {i, j, c, d, e, t}, key=str)
            if names:
                name = rng.choice(names)
                put = place(rng) if name in (i, j) else t + 1 if name == t else term(rng)
                return substitute(fact, {name: lift(put)})
        case 2 if isinstance(fact, (Implies, AllOf, Iff)):
            return rng.choice(fact.args)
        case 3:
            return every(rng.choice((i, j, t, c, d, e)), fact)
        case 4:
            return implies(rng.choice(facts), fact)
        case 5 if isinstance(fact, Relation):
            return rng.choice(_RELATIONS)(*fact.args)
        case 6 if isinstance(fact, Relation):
            left, right = fact.args
            more = term(rng)
            a, b = lift(left), lift(right)
            pair = rng.choice([(a + more, b + more), (a * more, b * more), (more - a, more - b)])
            return type(fact)(*pair)
        case 7 if isinstance(fact, Relation):
            return rng.choice((iff, implies))(fact, type(fact)(*fact.args[::-1]))
    return fact


def reasons(rng: Random, kind: type[Basic], facts: list[Any]) -> Any:
    fact = rng.choice(facts) if facts else None
    if kind is Equation:
        choices = [
            given,
            given,
            given,
            algebra,
            cases,
            definition,
            peel,
            (given, peel),
            (given, cases),
        ]
        return rng.choice([*choices, given(fact), given(fact)] if fact is not None else choices)
    choices = [order, order, order, order, (given, order), (cases, order), (definition, order)]
    return rng.choice([*choices, (given(fact), order)] if fact is not None else choices)


def named(fact: Any) -> list[Any]:
    """The names, not indices, that a quantifier binds."""
    return [where for where in fact.args[1:] if isinstance(where, Name)]


def over(goal: Any) -> tuple[Any, Any]:
    """What an induction could be over, and what it would show for each of its values."""
    if not isinstance(goal, Every) or len(goal.args) > 2:
        return t, goal
    inner, where = goal.args
    return (where if isinstance(where, Name) else where.args[0]), inner


def proof(rng: Random, goal: Any, facts: list[Any], depth: int = 4) -> Any:
    """A proof that might fit the goal."""
    kind = rng.random() if depth else 1
    if kind < 0.08:
        fact = near(rng, facts) if facts and rng.random() < 0.7 else statement(rng, 1)
        return Obtain(fact, proof(rng, fact, facts, depth - 1),
                      proof(rng, goal, [*facts, fact], depth - 1))  # fmt: skip
    if kind < 0.16:
        what = rng.choice((c, d, e, x[place(rng)], w[t], c - d))
        if isinstance(goal, Relation) and rng.random() < 0.5:
            what = lift(goal.args[0]) - goal.args[1] if rng.random() < 0.5 else goal.args[0]
        split = rng.choice([
            (at_least(what, 0), less(what, 0)), (greater(what, 0), at_most(what, 0)),
            (equation(what, 0), unequal(what, 0)), (at_least(what, 0), at_most(what, 0)),
            (greater(what, 0), less(what, 0)),
            (at_least(what, 0), unequal(what, 0)), (at_least(what, 0), greater(what, 0)),
        ])  # fmt: skip
        return Cases(split, tuple(proof(rng, goal, [*facts, one], depth - 1) for one in split))
    known = [fact for fact in facts if isinstance(fact, Every)]
    if kind < 0.22 and known:
        fact = rng.choice(known)
        return Apply(fact, some_values(rng, named(fact)))
    on, inner = over(goal)
    if kind < 0.4 and on in (t, s, i, j, k):
        step = proof(rng, substitute(inner, {on: lift(on + 1)}), [*facts, inner], depth - 1)
        low = 0 if on in (t, s) else 1
        return Induction(on, proof(rng, substitute(inner, {on: lift(low)}), facts, depth - 1), step)
    match goal:
        case Every():
            if isinstance(goal.args[0], Implies) and kind < 0.5:
                return MeanValue(*(proof(rng, goal.args[0].args[1], facts, 0) for _ in range(2)))
            return proof(rng, goal.args[0], facts, depth and depth - 1)
        case Implies(args=(premise, rest)):
            return proof(rng, rest, [*facts, premise], depth and depth - 1)
        case AllOf(args=goals):
            return Parts(tuple(proof(rng, each, facts, depth and depth - 1) for each in goals))
        case Iff(args=(one, other)):
            return Both(proof(rng, other, [*facts, one], 0), proof(rng, one, [*facts, other], 0))
        case Exists(args=(inside, *names)):
            witness = {name: term(rng) for name in names}
            values = {name: lift(value) for name, value in witness.items()}
            return Exhibit(
                witness, proof(rng, substitute(inside, values), facts, depth and depth - 1)
            )
    left, right = goal.args
    rows = [Row(type(goal), right, reasons(rng, type(goal), facts))]
    if rng.random() < 0.25:
        middle = lift(term(rng))
        kinds = [rng.choice((Equation, type(goal))) for _ in range(2)]
        rows = [Row(one, end, reasons(rng, one, facts))
                for one, end in zip(kinds, (middle, right), strict=True)]  # fmt: skip
    return chain(left, *rows)


def replaced(rng: Random, node: Any, values: dict[Any, Any]) -> Any:
    """With values put in as they should be, or without regard to what is bound."""
    return substitute(node, values) if rng.random() < 0.5 else node.xreplace(values)


def some_values(rng: Random, names: list[Any]) -> dict[Any, Any]:
    """A value for each name, of its sort."""
    found: dict[Any, Any] = {}
    for name in names:
        if name.sort in ("natural", "dimension"):
            found[name] = rng.choice((t, t + 1, n, 1))
        elif name in (x, y):
            found[name] = rng.choice((x, y, Array(x[k] + term(rng, k), (k, 1, n))))
        elif not name.axes:
            found[name] = term(rng)
    return {name: lift(value) for name, value in found.items()}


def instance_of(rng: Random, fact: Any) -> tuple[Any, Any]:
    """An instance of what is said of every value of some numbers, and its proof."""
    values = some_values(rng, named(fact))
    body = fact.args[0]
    if isinstance(body, Implies):
        body = rng.choice((body, body.args[1], body.args[1]))
    return replaced(rng, body, values), Apply(fact, values)


def corollary(rng: Random, known: Claim) -> Claim:
    """A proved claim at other values of its names, perhaps with less than it needs."""
    names = frozenset().union(*(free_names(part) for part in (known.states, *known.given)))
    own = [name for name in sorted(names, key=str) if isinstance(name, Name)]
    values = some_values(rng, rng.sample(own, min(len(own), rng.choice((1, 1, 2)))))
    facts = [replaced(rng, fact, values) for fact in known.given]
    if rng.random() < 0.3:
        facts = [fact if rng.random() < 0.7 else near(rng, facts) for fact in facts]
    goal = replaced(rng, known.states, values)
    if rng.random() < 0.2:
        goal = near(rng, [goal])
    by: Any = Apply(known, values)
    if isinstance(goal, Relation) and rng.random() < 0.5:
        cited = lemma(known, values)
        by = chain(goal.args[0], Row(type(goal), goal.args[1], cited if isinstance(
            goal, Equation) else (cited, order)))  # fmt: skip
    return Claim(id=f"fuzz.of.{known.id}", title="a random corollary", states=goal, proof=by,
                 given=facts)  # fmt: skip


def claim(rng: Random, known: Sequence[Claim] = ()) -> Claim:
    """A random claim, or a corollary of one that is known."""
    if known and rng.random() < 0.3:
        return corollary(rng, rng.choice(known))
    facts = [statement(rng, rng.choice((0, 1, 1, 2))) for _ in range(rng.choice((1, 2, 2, 3)))]
    general = [fact for fact in facts if isinstance(fact, Every) and named(fact)]
    if general and rng.random() < 0.5:
        goal, by = instance_of(rng, rng.choice(general))
        return Claim(id="fuzz.claim", title="an instance", states=goal, proof=by, given=facts)
    goal = near(rng, facts)
    if rng.random() < 0.5:
        goal = near(rng, [*facts, goal])
    if rng.random() < 0.1:
        goal = statement(rng)
    return Claim(id="fuzz.claim", title="a random claim", states=goal,
                 proof=proof(rng, goal, facts), given=facts)  # fmt: skip


def entries(rng: Random, count: int, flat: bool) -> list[Fraction]:
    """So many values, all alike or each its own."""
    one = rng.choice(_SMALL)
    return [one if flat else rng.choice(_SMALL) for _ in range(count)]


def world(rng: Random) -> World:
    """Small values, so that many hypotheses hold."""
    size = rng.choice((1, 1, 2, 3))
    values: dict[Any, Any] = {n: size, t: rng.choice((0, 0, 1, 2))}
    values |= {i: rng.randint(1, size), j: rng.randint(1, size)}
    values |= {name: rng.choice(_SMALL) for name in REALS}
    flat = rng.random() < 0.3
    values |= {x: entries(rng, size, flat), y: entries(rng, size, flat)}
    values[w] = entries(rng, _LENGTH, flat)
    tried = sorted(set(_SMALL))
    candidates: dict[Any, Any] = dict.fromkeys(REALS, tried) | {t: [0, 1, 2, 3]}
    return World(values, (), candidates, _HORIZON)
