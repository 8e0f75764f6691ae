"""The rows of a proof in exact finite worlds: a check on the kernel, by nothing that it uses.

Every row "before R after" holds under what stands around it: quantified names, the assumption of
a direction or a case, an induction hypothesis, the constraints of a minimum. `instances` turns it
into a closed statement with exactly these around it, and `check_rows` evaluates the statement in
random worlds of the claim. A row that the kernel accepted and that fails in one of them is a fault
of the kernel (or of the evaluator).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle, islice
from random import Random
from typing import Any, Literal

from sympy import Basic, Tuple

from verify.authoring.terms import let
from verify.claim import Claim
from verify.crosscheck.counterexamples import satisfies
from verify.crosscheck.exact import worlds
from verify.language import proofs as pf
from verify.language import statements as st
from verify.language.arrays import Entry, MatMul, Sum, Transpose, axes, norm_squared
from verify.language.calculus import Derivative
from verify.language.names import Index, Name
from verify.language.substitution import free_names, substitute
from verify.language.terms import lift
from verify.results import RowCheck
from verify.semantics import World, describe, judge
from verify.semantics.faults import (
    IllFormedError,
    UndefinedError,
    UnresolvedError,
    WorldError,
)
from verify.semantics.free_points import free_to_vary, moved
from verify.semantics.truth import Truth

#: Worlds in which something must be asked of a row, and worlds tried until then.
WORLDS = 4
_MOST_WORLDS = 60
#: Values tried for a name that a row speaks about for every value.
_CANDIDATES = 6
#: Worlds with moved numbers that are tried for a row that no other world reaches.
_MOVES = 240
#: The last value tried for an index without end, in a world that does not say.
_HORIZON = 3

_FAULTS = (UndefinedError, UnresolvedError, WorldError, IllFormedError)
#: Holds nowhere: in its place a row shows whether anything is asked of it at all.
_NEVER: Any = st.Equation(0, 1)


@dataclass(frozen=True)
class Instance:
    """A row with all that stands around it, as one closed statement.

    around: quantifiers and assumptions, outermost first. tried: values to try for bound names,
    besides random ones.
    """

    where: str
    row: Basic
    around: tuple[tuple[Literal["every", "assumed"], Basic], ...] = ()
    tried: tuple[tuple[Name, Any], ...] = ()

    def closed(self, row: Basic | None = None) -> Basic:
        """The row, or another statement in its place, under everything around it."""
        found = self.row if row is None else row
        for kind, what in reversed(self.around):
            found = st.Every(found, what) if kind == "every" else st.Implies(what, found)
        return found


def check_rows(claim: Claim, *, seed: int = 0, count: int = WORLDS) -> tuple[RowCheck, ...]:
    """Evaluate every row of the claim's proof in random worlds of the claim.

    Worlds are drawn until something was asked of the row in `count` of them, at most 60 times: a
    direction of an "if and only if" is asked nothing where its assumption is false. If none will
    do, the numbers that no hypothesis holds fast are moved about in search of one.
    Raises ClaimError when the claim has no worlds, or one of them violates its hypotheses.
    """
    if claim.proof is None:
        return ()
    drawn = _Drawn(worlds(claim, seed))
    rng = Random(seed)  # noqa: S311
    return tuple(
        _checked(claim, each, drawn, count, rng) for each in instances(claim.states, claim.proof)
    )


def check_instance(
    claim: Claim, instance: Instance, *, seed: int = 0, count: int = WORLDS
) -> RowCheck:
    """Evaluate one statement, in the place of a row, in random worlds of the claim."""
    rng = Random(seed)  # noqa: S311
    return _checked(claim, instance, _Drawn(worlds(claim, seed)), count, rng)


class _Drawn:
    """The first worlds of a source, drawn when they are asked for and kept."""

    def __init__(self, source: Iterator[World]) -> None:
        self._source, self._kept = source, list[World]()

    def __iter__(self) -> Iterator[World]:
        for number in range(_MOST_WORLDS):
            if number == len(self._kept):
                self._kept.append(next(self._source))
            yield self._kept[number]


def _moved(claim: Claim, instance: Instance, drawn: _Drawn, rng: Random) -> Iterator[World]:
    """Worlds of the claim whose free numbers were moved at random, near and far."""
    statement, facts = instance.closed(), (*claim.well_formed, *claim.given)
    for number, base in zip(range(_MOVES), cycle(islice(drawn, WORLDS)), strict=False):
        names = free_to_vary(statement, facts, base)
        if not names:
            return
        try:
            world = moved(base, names, rng, Fraction(4, 4 ** (number % 3)))
            if satisfies(claim, world):
                yield world
        except _FAULTS:
            continue


def _checked(claim: Claim, instance: Instance, drawn: _Drawn, count: int, rng: Random) -> RowCheck:
    found = _over(instance, drawn, count, rng)
    if found.verdict != "not reached":
        return found
    return _over(instance, _moved(claim, instance, drawn, rng), 1, rng)


def _over(instance: Instance, drawn: Iterable[World], count: int, rng: Random) -> RowCheck:
    reached, reason = 0, ""
    row, nothing = instance.closed(), instance.closed(_NEVER)
    for plain in drawn:
        world = _prepared(instance, plain, rng)
        if world is None or (instance.around and _judged(nothing, world).value is True):
            continue
        found = _judged(row, world)
        if found.value is False:
            shown = describe(plain) + (f": {found.note}" if found.note else "")
            return RowCheck(instance.where, "fails", reached + 1, shown)
        if found.value is None:
            reason = reason or found.note or "undecided"
        reached += 1
        if reached == count:
            break
    if reason:
        return RowCheck(instance.where, "undecided", reached, None, reason)
    return RowCheck(instance.where, "holds" if reached else "not reached", reached)


def _judged(statement: Basic, world: World) -> Truth:
    """A statement without a value is false; what the world does not tell is undecided."""
    try:
        return judge(statement, world)
    except UndefinedError as problem:
        return Truth(False, "exact", f"no value: {problem}")
    except _FAULTS as problem:
        return Truth(None, "exact", str(problem))


def _speaks_within(goal: Basic, proof: Any) -> bool:
    """Whether a case or an intermediate fact mentions what the goal quantifies."""
    said = proof.split if isinstance(proof, pf.Cases) else ()
    said = (proof.fact,) if isinstance(proof, pf.Obtain) else said
    bound = {where if isinstance(where, Name) else where[0] for where in goal.args[1:]}
    return any(free_names(each) & bound for each in said)


# -- what stands around a row -----------------------------------------------------------------


def instances(goal: Basic, proof: Any) -> Iterator[Instance]:
    """Every row of a proof of `goal`, named and in the order in which the kernel meets them."""
    yield from _Walk((), ()).proof(goal, proof, "")


@dataclass(frozen=True)
class _Walk:
    around: tuple[tuple[Literal["every", "assumed"], Basic], ...]
    tried: tuple[tuple[Name, Any], ...]

    def assuming(self, *facts: Basic) -> _Walk:
        more: Any = tuple(("assumed", fact) for fact in facts)
        return _Walk((*self.around, *more), self.tried)

    def over(self, *where: Basic, tried: tuple[tuple[Name, Any], ...] = ()) -> _Walk:
        more: Any = tuple(("every", each) for each in where)
        return _Walk((*self.around, *more), (*self.tried, *tried))

    def proof(self, goal: Basic, proof: Any, path: str) -> Iterator[Instance]:
        if isinstance(goal, st.Every) and _speaks_within(goal, proof):
            yield from self.over(*goal.args[1:]).proof(goal.args[0], proof, path)
        elif isinstance(goal, st.Implies):
            yield from self.assuming(goal.args[0]).proof(goal.args[1], proof, path)
        elif isinstance(proof, pf.Obtain):
            yield from self.proof(proof.fact, proof.proof, path + "fact, ")
            yield from self.proof(goal, proof.then, path + "then, ")
        elif isinstance(proof, pf.Cases):
            for number, (case, part) in enumerate(zip(proof.split, proof.proofs, strict=True), 1):
                yield from self.assuming(case).proof(goal, part, f"{path}case {number}, ")
        elif isinstance(proof, pf.Induction):
            yield from self.induction(goal, proof, path)
        elif isinstance(proof, pf.MeanValue):
            yield from self.mean_value(goal, proof, path)
        elif isinstance(goal, st.Every):
            yield from self.over(*goal.args[1:]).proof(goal.args[0], proof, path)
        elif isinstance(proof, pf.Definite):
            z = proof.vector
            form = MatMul(MatMul(Transpose(z), goal.args[0]), z)
            inner = self.over(z).assuming(st.Unequal(norm_squared(z), 0))
            yield from inner.proof(st.Greater(form, 0), proof.proof, path + "definite, ")
        elif isinstance(proof, pf.Both):
            left, right = goal.args
            yield from self.assuming(left).proof(right, proof.forward, path + "forward, ")
            yield from self.assuming(right).proof(left, proof.backward, path + "backward, ")
        elif isinstance(proof, pf.Parts):
            for number, (part, one) in enumerate(zip(goal.args, proof.proofs, strict=True), 1):
                yield from self.proof(part, one, f"{path}part {number}, ")
        elif isinstance(proof, pf.Exhibit):
            values = {name: lift(value) for name, value in proof.witness.items()}
            statement = substitute(goal.args[0], values)
            yield from self.proof(statement, proof.proof, path + "witness, ")
        elif isinstance(proof, pf.Minimum):
            yield from self.minimum(goal, proof, path)
        elif isinstance(proof, pf.Chain):
            yield from self.chain(proof, path)

    def mean_value(self, goal: Basic, proof: pf.MeanValue, path: str) -> Iterator[Instance]:
        (premise, relation), x = goal.args[0].args, goal.args[1]
        start = relation.func(*(substitute(side, {x: premise.args[1]}) for side in relation.args))
        slopes = relation.func(*(Derivative(side, x) for side in relation.args))
        yield from self.proof(start, proof.base, path + "base, ")
        yield from self.over(x).assuming(premise).proof(slopes, proof.slope, path + "slope, ")

    def chain(self, chain: pf.Chain, path: str) -> Iterator[Instance]:
        before = chain.start
        for number, row in enumerate(chain.rows, 1):
            statement = row.relation(before, row.term)
            yield Instance(f"{path}row {number}", statement, self.around, self.tried)
            before = row.term

    def induction(self, goal: Basic, proof: pf.Induction, path: str) -> Iterator[Instance]:
        statement, low, inner = goal, lift(0), self
        where: Basic = proof.on
        if isinstance(goal, st.Every) and len(goal.args) == 2:
            bound = goal.args[1]
            if isinstance(bound, Tuple) and bound[0] == proof.on:
                statement, low = goal.args[0], bound[1]
                where = Tuple(*bound[:2], *(last - 1 for last in bound[2:]))
            elif bound == proof.on:
                statement = goal.args[0]
        base = substitute(statement, {proof.on: low})
        step = substitute(statement, {proof.on: proof.on + 1})
        yield from inner.proof(base, proof.base, path + "base, ")
        yield from inner.over(where).assuming(statement).proof(step, proof.step, path + "step, ")

    def minimum(self, goal: Basic, proof: pf.Minimum, path: str) -> Iterator[Instance]:
        objective, variable, constraints, at, value = goal.args
        for number, (c, part) in enumerate(zip(constraints.args, proof.feasible, strict=True), 1):
            there = substitute(c, {variable: at})
            yield from self.proof(there, part, f"{path}constraint {number}, ")
        attained = st.Equation(substitute(objective, {variable: at}), value)
        yield from self.proof(attained, proof.attains, path + "value, ")
        tried = ((variable, _entries(at, variable)),)
        inside = self.over(variable, tried=tried).assuming(*constraints.args)
        yield from inside.chain(proof.gap, path + "gap, ")
        if isinstance(proof.unique, pf.Chain):
            least = inside.assuming(st.Equation(proof.gap.rows[-1].term, 0))
            start = proof.unique.start
            indices = start.args[1:] if isinstance(start, Entry) else ()
            ranges = zip(indices, axes(variable), strict=True) if indices else ()
            binders = [Tuple(i, *(end for end in axis if end is not None)) for i, axis in ranges]
            yield from least.over(*binders).chain(proof.unique, path + "uniqueness, ")


def _entries(term: Any, name: Name) -> Any:
    """A term as a value to try for a name of its shape."""
    return (lambda *key: Entry(term, *(lift(i) for i in key))) if name.axes else term


# -- values for bound names -------------------------------------------------------------------


def _prepared(instance: Instance, world: World, rng: Random) -> World | None:
    """The world with values to try for the names that are bound around the row.

    None when it has none to try: a step from t to t + 1 in a world where t is 0.
    """
    bound = [what for kind, what in instance.around if kind == "every" and isinstance(what, Name)]
    inner = {name for name in _quantified(instance.row) if isinstance(name, Name)}
    for kind, what in instance.around:
        inner |= _quantified(what) if kind == "assumed" else set()
    names = dict.fromkeys([*bound, *sorted(inner, key=str)])
    endless = any(isinstance(what, Tuple) and len(what) == 2 for _, what in instance.around)
    candidates = dict(world.candidates)
    for name in names:
        own = [value for other, value in instance.tried if other == name]
        given = list(world.candidates.get(name, ()))[:_CANDIDATES]
        candidates[name] = [*own, *given, *_random_values(name, world, rng)]
    if not all(candidates[name] for name in names):
        return None
    # A step of an induction looks one value ahead.
    last = _HORIZON if world.horizon is None else world.horizon
    return world.varied(candidates=candidates, horizon=max(0, last - 1) if endless else last)


def _quantified(statement: Basic) -> set[Basic]:
    """The names that quantifiers inside a statement bind."""
    found: set[Basic] = set()
    if isinstance(statement, (st.Every, st.Exists)):
        found |= {where for where in statement.args[1:] if isinstance(where, Name)}
    for part in statement.args:
        if isinstance(part, st.Statement):
            found |= _quantified(part)
    return found


def _random_values(name: Name, world: World, rng: Random) -> list[Any]:
    if name.sort == "function":
        return [_polynomial(name, rng) for _ in range(_CANDIDATES)]
    if name.sort != "real":
        least = 1 if name.sort == "dimension" else 0
        most = least + _HORIZON
        if not name.axes and isinstance(world.values.get(name), int):
            most = world.values[name]  # sizes that go with it are known up to here
        return list(range(least, most))
    if not name.axes:
        return [_fraction(rng) for _ in range(_CANDIDATES)]
    return [_array(rng.getrandbits(64)) for _ in range(_CANDIDATES)]


def _polynomial(name: Name, rng: Random) -> Any:
    """A polynomial of degree 3 in the entries of the argument, no two of which it treats alike."""
    argument = Name("y", "real", name.axes, False)
    places = [Index(f"k{number}") for number in range(len(name.axes))]
    ranges = [(place, low, high) for place, (_, low, high) in zip(places, name.axes, strict=True)]
    entry: Any = argument[tuple(places)] if places else argument
    weighted, square = sum(places, lift(1)) * entry, entry**2
    if ranges:
        weighted, square = Sum(weighted, *ranges), Sum(square, *ranges)
    factors = [_fraction(rng) for _ in range(3)]
    return let(
        name.name,
        (argument,),
        factors[0] * square * weighted + factors[1] * weighted + (factors[2]),
    )


def _array(seed: int) -> Any:
    """Entries by index, the same at each call."""
    return lambda *key: _fraction(Random(f"{seed} {key}"))  # noqa: S311


def _fraction(rng: Random) -> Fraction:
    return Fraction(rng.randint(-6, 6), rng.randint(1, 4))
