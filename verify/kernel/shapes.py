"""Proof shapes: which goals a proof of each shape settles."""

from __future__ import annotations

from typing import Any

from sympy import Basic

from verify import language as l
from verify.kernel import definedness, lemmas, matching, minima
from verify.kernel.context import Context
from verify.kernel.polynomial import Refusal
from verify.kernel.rows import check_row
from verify.kernel.sign_sets import ALLOWED, times
from verify.kernel.theorem import AcceptedRow
from verify.kernel.theory import ALGEBRA


class RowRefused(Exception):
    """The first row that does not follow: where it stands, and why."""

    def __init__(
        self, where: str, reason: str, before: Any = None, row: l.Row | None = None
    ) -> None:
        super().__init__(reason)
        self.where, self.reason, self.before, self.row = where, reason, before, row


class Checker:
    """Walks a proof; collects the accepted rows, raises `RowRefused` at the first other one.

    With `only`, the places of some rows, the others are passed over: then nothing is proved.
    """

    def __init__(self, only: frozenset[str] | None = None) -> None:
        self.rows: list[AcceptedRow] = []
        self.only = only

    def prove(self, context: Context, goal: Basic, proof: Any, path: str = "") -> None:
        """Raise unless the proof settles the goal."""
        try:
            self._prove(context, goal, proof, path)
        except Refusal as refusal:
            raise RowRefused(path.rstrip(", ") or "proof", str(refusal)) from refusal

    def _prove(self, context: Context, goal: Any, proof: Any, path: str) -> None:
        if isinstance(goal, l.Every) and _speaks_within(context, goal, proof):
            self.prove(self._generic(context, goal), goal.args[0], proof, path)
        elif isinstance(goal, l.Implies):
            inner = context.child()
            inner.add(goal.args[0], "assumed")
            self.prove(inner, goal.args[1], proof, path)
        elif isinstance(proof, l.Obtain):
            definedness.check(context, proof.fact)
            self.prove(context, proof.fact, proof.proof, path + "fact, ")
            inner = context.child()
            inner.add(proof.fact, "obtained")
            self.prove(inner, goal, proof.then, path + "then, ")
        elif isinstance(proof, l.Cases):
            self._cases(context, goal, proof, path)
        elif isinstance(proof, l.Induction):
            self._induction(context, goal, proof, path)
        elif isinstance(proof, l.MeanValue):
            self._mean_value(context, goal, proof, path)
        elif isinstance(goal, l.Every):
            self.prove(self._generic(context, goal), goal.args[0], proof, path)
        elif isinstance(proof, l.Apply):
            self._apply(context, goal, proof)
        elif isinstance(goal, l.Iff) and isinstance(proof, l.Both):
            left, right = goal.args
            self.prove(context, l.Implies(left, right), proof.forward, path + "forward, ")
            self.prove(context, l.Implies(right, left), proof.backward, path + "backward, ")
        elif isinstance(goal, l.AllOf) and isinstance(proof, l.Parts):
            self._parts(context, goal.args, proof.proofs, path)
        elif isinstance(goal, l.Exists) and isinstance(proof, l.Exhibit):
            self._exhibit(context, goal, proof, path)
        elif isinstance(goal, l.PositiveDefinite) and isinstance(proof, l.Definite):
            self._definite(context, goal.args[0], proof, path)
        elif isinstance(goal, l.GlobalMinimum) and isinstance(proof, l.Minimum):
            minima.prove(self, context, goal, proof, path)
        elif isinstance(goal, l.Relation) and isinstance(proof, l.Chain):
            self._chain(context, goal, proof, path)
        else:
            raise Refusal(
                f"a proof of shape {type(proof).__name__} does not settle {type(goal).__name__}"
            )

    # -- chains ------------------------------------------------------------------------------

    def walk(self, context: Context, chain: l.Chain, path: str) -> type[Basic]:
        """Check every row of a chain; the relation between its ends."""
        if not chain.rows:
            raise Refusal("the chain has no rows")
        if self.only is None:
            definedness.check(context, chain.start)
        before, relation = chain.start, l.Equation
        for number, row in enumerate(chain.rows, 1):
            where = f"{path}row {number}"
            context.used.clear()
            try:
                relation = _composed(relation, row.relation)
                if self.only is None or where in self.only:
                    check_row(context, before, row)
            except Refusal as refusal:
                raise RowRefused(where, str(refusal), before, row) from refusal
            origins = dict.fromkeys(f.origin for f in context.facts if f in context.used)
            self.rows.append(AcceptedRow(where, before, row, tuple(origins)))
            before = row.term
        return relation

    def _chain(self, context: Context, goal: Basic, chain: l.Chain, path: str) -> None:
        left, right = goal.args
        if not matching.same_term(chain.start, left):
            raise Refusal(f"the chain starts with {chain.start}, the statement with {left}")
        end = chain.rows[-1].term if chain.rows else chain.start
        if not matching.same_term(end, right):
            raise Refusal(f"the chain ends with {end}, the statement with {right}")
        relation = self.walk(context, chain, path)
        if not isinstance(goal, _IMPLIED[relation]):
            raise Refusal(f"the chain shows {relation.symbol}, the statement says {goal.symbol}")

    # -- other shapes ------------------------------------------------------------------------

    def _generic(self, context: Context, goal: Basic) -> Context:
        for where in goal.args[1:]:
            if isinstance(where, l.Name):
                context.require_fresh(where)
            else:
                context = context.bound_to(where[0], where[1:])
        return context

    def _parts(self, context: Context, goals: Any, proofs: Any, path: str) -> None:
        if len(goals) != len(proofs):
            raise Refusal(f"{len(goals)} statements need as many proofs, not {len(proofs)}")
        for number, (goal, proof) in enumerate(zip(goals, proofs, strict=True), 1):
            self.prove(context, goal, proof, f"{path}part {number}, ")
            context = context.child()
            context.add(goal, "obtained")

    def _cases(self, context: Context, goal: Basic, proof: l.Cases, path: str) -> None:
        n = context.normal(ALGEBRA)
        if len(proof.split) != len(proof.proofs) or not proof.split:
            raise Refusal("one proof a case is needed")
        covered: frozenset[int] = frozenset()
        first = None
        for case in proof.split:
            definedness.check(context, case)
            if type(case) not in ALLOWED:
                raise Refusal(f"{case} is not a comparison of two numbers; nest cases for several")
            if any(l.is_random(side) for side in case.args):
                raise Refusal(f"{case} may hold with some probability only; it is no case")
            gap = n.of(case.args[0]) - n.of(case.args[1])
            first = gap if first is None else first
            if gap not in (first, -first):
                raise Refusal("the cases compare different things; nest one split in the other")
            sense = frozenset({1 if gap == first else -1})
            covered |= times(sense, ALLOWED[type(case)])
        if first is None or not context.sign(first) <= covered:
            raise Refusal("the cases do not exhaust all possibilities")
        for number, (case, part) in enumerate(zip(proof.split, proof.proofs, strict=True), 1):
            inner = context.child()
            inner.add(case, "assumed")
            self.prove(inner, goal, part, f"{path}case {number}, ")

    def _induction(self, context: Context, goal: Basic, proof: l.Induction, path: str) -> None:
        on, statement, low, within = proof.on, goal, l.lift(0), context
        if isinstance(goal, l.Every) and len(goal.args) == 2:
            where = goal.args[1]
            if not isinstance(where, l.Name) and where[0] == on:
                statement, low = goal.args[0], where[1]
                within = context.bound_to(on, (low, *(high - 1 for high in where[2:])))
                context = context.bound_to(on, where[1:])
            elif where == on:
                statement = goal.args[0]
        natural = isinstance(on, l.Name) and on.sort == "natural" and not on.axes
        if not (isinstance(on, l.Index) or natural):
            raise Refusal(f"induction is over a natural number or an index, not {on}")
        if isinstance(on, l.Index) and statement is goal:
            raise Refusal(f"the statement is not for every {on} from some value on")
        within.require_fresh(on)
        for other in l.free_names(statement) - {on}:
            if isinstance(other, l.Index) and on in l.free_names(other):
                raise Refusal(f"the range of {other} depends on {on}; quantify it in the statement")
        base, step = (l.substitute(statement, {on: value}) for value in (low, on + 1))
        self.prove(context, base, proof.base, path + "base, ")
        inner = within.child()
        inner.add(statement, "assumed")
        definedness.check(inner, step)
        self.prove(inner, step, proof.step, path + "step, ")

    def _definite(self, context: Context, matrix: Basic, proof: l.Definite, path: str) -> None:
        z = proof.vector
        plain = isinstance(z, l.Name) and z.sort == "real" and not z.random and len(z.axes) == 1
        if not plain or z in l.free_names(matrix) or l.is_random(matrix):
            raise Refusal(f"{z} is not a vector that {matrix} says nothing of")
        if not l.same_axes(l.axes(z), l.axes(matrix)[:1]):
            raise Refusal(f"{z} has not the length of {matrix}")
        form = l.Greater(l.MatMul(l.MatMul(l.Transpose(z), matrix), z), 0)
        goal = l.Every(l.Implies(l.Unequal(l.norm_squared(z), 0), form), z)
        self.prove(context, goal, proof.proof, path + "definite, ")

    def _mean_value(self, context: Context, goal: Any, proof: l.MeanValue, path: str) -> None:
        """From f ≤ g at a and f' ≤ g' from a on (f' < g' beyond a), by the mean value theorem."""
        statement, *names = goal.args if isinstance(goal, l.Every) else (goal,)
        premise, relation = (statement.args * 2)[:2]
        weak: dict[Any, Any] = {
            (l.AtLeast, l.AtMost): l.AtMost, (l.AtLeast, l.AtLeast): l.AtLeast,
            (l.Greater, l.Less): l.AtMost, (l.Greater, l.Greater): l.AtLeast,
        }  # fmt: skip
        kind = weak.get((type(premise), type(relation)))
        if kind is None or not isinstance(statement, l.Implies) or [premise.args[0]] != names:
            raise Refusal("the mean value theorem gives f ≤ g for every x ≥ a, or f < g for x > a")
        x, a = premise.args
        plain = isinstance(x, l.Name) and (x.sort, x.axes, x.random) == ("real", (), False)
        if not plain or x in l.free_names(a) or l.is_random(a):
            raise Refusal(f"{x} is not a number that grows from {a}")
        context.require_fresh(x)
        f, g = relation.args
        start = kind(*(l.substitute(side, {x: a}) for side in (f, g)))
        definedness.check(context, start)
        self.prove(context, start, proof.base, path + "base, ")
        slopes = (l.Derivative(f, x), l.Derivative(g, x))
        from_a, beyond = context.child(), context.child()
        from_a.add(l.AtLeast(x, a), "assumed")
        definedness.check(from_a, l.Equation(*slopes))
        beyond.add(premise, "assumed")
        self.prove(beyond, type(relation)(*slopes), proof.slope, path + "slope, ")

    def _apply(self, context: Context, goal: Basic, proof: l.Apply) -> None:
        if isinstance(proof.lemma, l.Statement):
            values = {name: l.lift(value) for name, value in proof.values.items()}
            if not matching.holds(context, proof.lemma) or not isinstance(proof.lemma, l.Every):
                raise Refusal(f"{proof.lemma} is not known here, or not for every value of a name")
            fact = lemmas.specialised(context, proof.lemma, values)
        else:
            fact = lemmas.instance(context, proof.lemma, proof.values)
        inner = context.child()
        for form in dict.fromkeys((fact, lemmas.expanded(fact))):
            inner.add(form, "lemma")
        if not any(matching.holds(inner, form) for form in (goal, lemmas.expanded(goal))):
            raise Refusal(f"the lemma says {fact}, the statement {goal}")

    def _exhibit(self, context: Context, goal: Basic, proof: l.Exhibit, path: str) -> None:
        values = {name: l.lift(value) for name, value in proof.witness.items()}
        names = set(goal.args[1:])
        if set(values) != names:
            raise Refusal("the witness must give a value to each name, and to no other")
        for name in goal.args[1:]:
            lemmas.suits(context, name, values, "the witness")
        statement = l.substitute(goal.args[0], values)
        definedness.check(context, statement)
        self.prove(context, statement, proof.proof, path + "witness, ")


def _speaks_within(context: Context, goal: Any, proof: Any) -> bool:
    """Whether a case or an intermediate fact mentions what the goal quantifies, so that it is to
    be read with that fixed.
    """
    said = proof.split if isinstance(proof, l.Cases) else ()
    said = (proof.fact,) if isinstance(proof, l.Obtain) else said
    bound = {where if isinstance(where, l.Name) else where[0] for where in goal.args[1:]}
    names: frozenset[Basic] = frozenset().union(*(l.free_names(each) for each in said))
    return bool(names & bound - context.scope)


def _composed(x: type[Basic], y: type[Basic]) -> type[Basic]:
    if x is l.Equation or y is l.Equation:
        return y if x is l.Equation else x
    for strict, weak in ((l.Less, l.AtMost), (l.Greater, l.AtLeast)):
        if {x, y} <= {strict, weak}:
            return strict if strict in (x, y) else weak
    if x is y is l.SameLaw:
        return x
    raise Refusal(f"{x.symbol} and {y.symbol} do not compose")


_IMPLIED: dict[type[Basic], tuple[type[Basic], ...]] = {
    l.Equation: (l.Equation, l.AtMost, l.AtLeast, l.SameLaw),
    l.AtMost: (l.AtMost,),
    l.Less: (l.Less, l.AtMost, l.Unequal),
    l.AtLeast: (l.AtLeast,),
    l.Greater: (l.Greater, l.AtLeast, l.Unequal),
    l.Unequal: (l.Unequal,),
    l.SameLaw: (l.SameLaw,),
}
