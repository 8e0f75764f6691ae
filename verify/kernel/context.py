"""The context of a row: hypotheses, ranges of indices, and what was used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Basic

from verify import language as l
from verify.kernel import integers, order, signs
from verify.kernel.normal import Entries, Env, Normalizer
from verify.kernel.polynomial import (
    ONE,
    ZERO,
    Mono,
    Poly,
    Refusal,
    atoms_of,
    hints,
    index_var,
    rename,
    rename_atom,
)  # fmt: skip
from verify.kernel.sign_sets import NONNEGATIVE, Signs
from verify.kernel.theory import ALGEBRA, Theory


@dataclass(frozen=True)
class Fact:
    """A statement that may be used, with the quantifiers in front of it.

    kind: given (a hypothesis), meaning (well-formedness), assumed (inside the proof), obtained.
    """

    statement: Basic
    binders: tuple[Basic, ...]
    kind: str
    origin: Basic


Range = tuple[Poly, Poly | None]


@dataclass
class Context:
    """What may be used at one place of a proof. Children add facts and never change parents."""

    prove_lemma: Callable[[Any], Any]
    facts: list[Fact] = field(default_factory=list)
    ranges: dict[Any, Range] = field(default_factory=dict)
    used: set[Fact] = field(default_factory=set)
    scope: frozenset[Basic] = frozenset()
    bounds: frozenset[Basic] = frozenset()
    present: frozenset[Basic] = frozenset()
    branches: tuple[tuple[Poly, Signs], ...] = ()
    unbranched: Context | None = None
    asserting: bool = False
    defined: set[tuple[Basic, bool]] = field(default_factory=set)
    counter: list[int] = field(default_factory=lambda: [0])
    meaning: list[bool] = field(default_factory=lambda: [False])
    searches: dict[tuple[Theory, bool], signs.Search] = field(default_factory=dict)
    known_ranges: dict[Any, bool] = field(default_factory=dict)
    known_open: dict[Mono, Mono] = field(default_factory=dict)
    known_gaps: dict[bool, tuple[integers.Gaps, bool]] = field(default_factory=dict)
    asking: int = 0
    _normals: dict[tuple[Theory, bool], Normalizer] = field(default_factory=dict)

    def child(self) -> Context:
        """A context with the same facts, for a part of the proof."""
        return replace(
            self, facts=list(self.facts), ranges=dict(self.ranges), defined=set(self.defined),
            searches={key: each.kept() for key, each in self.searches.items()},
            known_open={}, known_ranges={}, known_gaps={}, asking=0, _normals={},
        )  # fmt: skip

    def branch(self, p: Poly, known: Signs) -> Context:
        """A child for the outcomes in which p has one of these signs; `unbranched` is for all."""
        branches = (*self.branches, (p, known))
        return replace(self.child(), branches=branches, unbranched=self.unbranched or self)

    @contextmanager
    def defining(self) -> Iterator[None]:
        """While definedness is shown, and only then, well-formedness conditions may be used."""
        before, self.meaning[0] = self.meaning[0], True
        try:
            yield
        finally:
            self.meaning[0] = before

    def usable(self, fact: Fact) -> bool:
        """Whether a fact may be used here."""
        return fact.kind != "meaning" or self.meaning[0]

    def add(self, statement: Basic, kind: str) -> None:
        """One more fact; conjunctions are taken apart, quantifiers kept in front."""
        self.facts += facts_of(statement, kind)
        self._normals.clear()
        self.searches = {key: each.kept() for key, each in self.searches.items()}
        self.known_ranges.clear()
        self.known_gaps.clear()

    def bound_to(self, index: Basic, ends: Sequence[Basic]) -> Context:
        """A child in which an index is fixed, arbitrary, in the range of a quantifier."""
        if index in self.scope:
            raise Refusal(f"the index {index.name} is already fixed here; use another")
        self.require_fresh(index)
        inner = self.child()
        if index in self.ranges:  # with another range, perhaps
            inner.searches.clear()
        values = [inner.normal(ALGEBRA).of(end) for end in ends]
        inner.ranges[index] = (values[0], values[1] if len(values) > 1 else None)
        inner.scope = self.scope | {index}
        inner.bounds = self.bounds.union(*(l.free_names(end) for end in ends))
        inner.defined.clear()
        return inner

    def unspoken(self, index: Basic, ends: Sequence[Basic]) -> Basic:
        """The index, or one with a stroke if something here speaks of this one already."""
        said = (*ends, *(fact.origin for fact in self.facts))
        spoken = self.scope.union(self.bounds, *(l.free_names(each) for each in said))
        return l.Index(f"{index.name}′") if index in spoken else index

    def require_fresh(self, name: Basic) -> None:
        """Raise unless no hypothesis speaks of the name, nor the range of an index that is fixed
        here: only then is it arbitrary.
        """
        if name in self.bounds:
            raise Refusal(f"{name} is not arbitrary: it bounds the range of an index; rename one")
        for fact in self.facts:
            if name in l.free_names(fact.origin):
                raise Refusal(f"{name} is not arbitrary: {fact.origin} speaks of it")

    @contextmanager
    def using(self) -> Iterator[set[Fact]]:
        """The facts used inside the block; they are added to those used before."""
        before = set(self.used)
        self.used.clear()
        relied: set[Fact] = set()
        try:
            yield relied
        finally:
            relied |= self.used
            self.used |= before

    # -- indices -----------------------------------------------------------------------------

    def known(self, index: Basic) -> Basic:
        """A free index, its declared range being noted."""
        if index not in self.ranges and index.low is not None:
            n = self.normal(ALGEBRA)
            self.ranges[index] = (n.of(index.low), None if index.high is None else n.of(index.high))
        return index

    def unknown(self) -> str:
        """A new variable of which nothing is known."""
        self.counter[0] += 1
        return f"_{self.counter[0]}"

    def fresh(self, low: Poly, high: Poly | None) -> str:
        """A new bound variable with its range."""
        name = self.unknown()
        self.ranges[name] = (low, high)
        return name

    def ranged(self, binders: Iterable[Basic], env: Env | None = None) -> tuple[Any, Env]:
        """Fresh variables for quantified indices, (variable, first, last), and their values."""
        inner, found, n = dict(env or {}), [], self.normal(ALGEBRA)
        for index, *ends in binders:
            low = n.of(ends[0], inner)
            high = n.of(ends[1], inner) if len(ends) > 1 else None
            name = self.fresh(low, high)
            inner[index] = Entries(index_var(name))
            found.append((name, low, high))
        return tuple(found), inner

    def opened(self, mono: Mono) -> Mono:
        """The monomial with its bound indices replaced by fresh ones of known range."""
        if not mono.binders:
            return mono
        names = {v: self.fresh(lo, hi) for v, lo, hi in mono.binders}
        binders = tuple((names[v], rename(lo, names), rename(hi, names))
                        for v, lo, hi in mono.binders)  # fmt: skip
        self.ranges.update({v: (lo, hi) for v, lo, hi in binders})
        return Mono(binders, [(rename_atom(a, names), e) for a, e in mono.factors])

    def opened_once(self, mono: Mono) -> Mono:
        """`opened`, always with the same indices: for statements that hold for all their values."""
        if mono.binders and mono not in self.known_open:
            self.known_open[mono] = self.opened(mono)
        return self.known_open.get(mono, mono)

    def normal(self, theory: Theory) -> Normalizer:
        """The normaliser of a theory; what it knows while definedness is shown is kept apart."""
        key = (theory, self.meaning[0])
        if key not in self._normals:
            self._normals[key] = Normalizer(self, theory)
        return self._normals[key]

    # -- facts -------------------------------------------------------------------------------

    def instances(
        self,
        kind: type[Basic] | tuple[type[Basic], ...],
        hints: Iterable[Poly] = (),
        among: Callable[[Basic], bool] = lambda statement: True,
    ) -> Iterator[tuple[Fact, Env]]:
        """Facts of a kind, each at the index values among `hints` that lie in its ranges."""
        values = list(dict.fromkeys(hints))
        for fact in list(self.facts):
            if (
                isinstance(fact.statement, kind)
                and among(fact.statement)
                and (self.usable(fact) or isinstance(fact.statement, l.FiniteMoment))
            ):
                for env in self.environments(fact, values):
                    yield fact, env

    def environments(self, fact: Fact, hints: list[Poly]) -> Iterator[Env]:
        """The values of a fact's quantified indices, among the hints and their neighbours."""
        if not fact.binders:
            yield {}
            return
        plain = (h for h in hints if all(a.kind in ("index", "name") for a in atoms_of(h)))
        near = list(dict.fromkeys(h + step for h in plain for step in (ZERO, ONE, -ONE)))
        n = self.normal(ALGEBRA)

        def fitting(binders: tuple[Any, ...], env: Env) -> Iterator[Env]:
            if not binders:
                yield env
                return
            (index, low, *high), *rest = binders
            lo, hi = n.of(low, env), n.of(high[0], env) if high else None
            for value in near:
                if self.in_range(value, lo, hi):
                    yield from fitting(tuple(rest), {**env, index: Entries(value)})

        yield from fitting(fact.binders, {})

    def unfolding(self, term: Basic) -> Theory:
        """The theory that unfolds every definition of a term and of the facts."""
        parts = (l.definitions_in(fact.statement) for fact in self.facts)
        return Theory(unfolded=l.definitions_in(term).union(*parts))

    def positive_definite(self, matrix: Basic, env: Env) -> bool:
        """Whether a matrix, or the one that it is the inverse of, is positive definite."""
        n = self.normal(ALGEBRA)

        def read(term: Basic, at: Env) -> Any:
            ends = [n.of(end, at) for axis in l.axes(term) for end in axis]
            return n.entries(term, at), ends

        inner = read(matrix.args[0] if isinstance(matrix, l.Inverse) else matrix, env)
        for fact, there in self.instances(l.PositiveDefinite, hints(inner[0].body)):
            if read(fact.statement.args[0], there) == inner:
                self.used.add(fact)
                return True
        return False

    def vanishing(self, statement: Basic) -> Fact | None:
        """`statement`, an equation with 0, as a fact if a sum of terms ≥ 0 is known to be 0 and
        contains it.
        """
        wanted, plain = facts_of(statement, "obtained")[0], self.normal(ALGEBRA)
        ends = [len(where) for where in wanted.binders]
        if (
            not isinstance(wanted.statement, l.Equation)
            or wanted.statement.args[1] != 0
            or 2 in ends
        ):
            return None
        binders, env = self.ranged(wanted.binders)
        target = plain.of(wanted.statement.args[0], env)
        equations = [
            f for f in self.facts if isinstance(f.statement, l.Equation) and self.usable(f)
        ]
        for fact in equations if target.terms else ():
            gap, right = fact.statement.args
            if fact.binders or l.axes(gap) or right != 0:
                continue
            for way in (ALGEBRA, self.unfolding(gap)):
                n = self.normal(way.having("unexpanded"))
                for inner, zero in order.zeros(self, n, n.of(gap)):
                    flat = plain.rebuilt(zero, {}, lambda atom: None)
                    if flat.terms and order.vanishing(inner, flat) == order.vanishing(
                        binders, target):  # fmt: skip
                        self.used.add(fact)
                        return wanted
        return None

    # -- order -------------------------------------------------------------------------------

    def search(self, n: Normalizer) -> signs.Search:
        """What is known of signs in the theory of `n`."""
        key = (n.theory, self.meaning[0])
        if key not in self.searches:
            self.searches[key] = signs.Search()
        return self.searches[key]

    def sign(self, p: Poly, n: Normalizer | None = None, wanted: Signs = NONNEGATIVE) -> Signs:
        """The possible signs of a polynomial, as far as it takes to see that they are wanted."""
        theory = n.theory.structural() if n is not None else ALGEBRA
        return signs.sign(self, self.normal(theory), p, wanted=wanted)

    def at_least_zero(self, p: Poly) -> bool:
        """Whether an integer is shown to be ≥ 0."""
        if integers.is_affine(p):
            if integers.at_least_zero(self, p):
                return True
            if not self.integer_gaps()[1]:
                return False
        return self.sign(p) <= NONNEGATIVE

    @contextmanager
    def _within(self) -> Iterator[None]:
        """While a question about integers is answered, others may be asked."""
        self.asking += 1
        try:
            yield
        finally:
            self.asking -= 1

    def integer_gaps(self) -> tuple[integers.Gaps, bool]:
        """`integers.gaps_of`, kept."""
        key = self.meaning[0]
        if key not in self.known_gaps:
            self.known_gaps[key] = [], False  # nothing, for questions asked meanwhile
            with self._within():
                self.known_gaps[key] = integers.gaps_of(self)
        return self.known_gaps[key]

    def difference(self, statement: Basic) -> Poly:
        """Left − right of a comparison of numbers."""
        n = self.normal(ALGEBRA)
        return n.of(statement.args[0]) - n.of(statement.args[1])

    def in_range(self, value: Poly, low: Poly, high: Poly | None) -> bool:
        """Whether an index value is shown to lie between two ends (and is an integer)."""
        key = (value, low, high, self.meaning[0])
        if key not in self.known_ranges:
            gaps = (value - low,) if high is None else (value - low, high - value)
            with self._within():
                fits = integers.is_integer(value) and all(self.at_least_zero(gap) for gap in gaps)
            if not fits and self.asking:
                return False  # perhaps only because the question is asked inside another
            self.known_ranges[key] = fits
        return self.known_ranges[key]

    def same_range(self, v: Any, w: Any) -> bool:
        """Whether two index variables are declared with one range."""
        return v in self.ranges and self.ranges.get(v) == self.ranges.get(w)

    def is_natural(self, p: Poly) -> bool:
        """Whether a polynomial is integer-valued and ≥ 0."""
        return integers.is_integer(p) and self.at_least_zero(p)


def facts_of(statement: Basic, kind: str) -> list[Fact]:
    """A statement as facts: conjunctions taken apart, quantifiers over indices in front."""

    def parts(node: Basic, binders: tuple[Basic, ...]) -> Iterator[Fact]:
        if isinstance(node, l.AllOf):
            for part in node.args:
                yield from parts(part, binders)
        elif isinstance(node, l.Every) and not any(isinstance(w, l.Name) for w in node.args[1:]):
            yield from parts(node.args[0], binders + node.args[1:])
        else:
            yield Fact(node, binders, kind, statement)

    return list(parts(statement, ()))
