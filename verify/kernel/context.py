"""The context of a row: hypotheses, ranges of indices, labels, and what was used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from sympy import Basic

from verify.kernel import signs
from verify.kernel.laws import definitions_in
from verify.kernel.normal import Normalizer
from verify.kernel.polynomial import (
    ONE,
    ZERO,
    Atom,
    Mono,
    Poly,
    atoms_of,
    rename,
    rename_atom,
)
from verify.kernel.refusal import Refusal
from verify.kernel.theory import ALGEBRA, Theory
from verify.language import statements as s
from verify.language.arrays import axes
from verify.language.names import Index, Name
from verify.language.substitution import free_names


@dataclass(frozen=True)
class Fact:
    """A statement that may be used, with the quantifiers in front of it.

    kind: given (a hypothesis), meaning (well-formedness), assumed (inside the proof), obtained.
    """

    statement: Basic
    binders: tuple[Basic, ...]
    kind: str
    origin: Basic


Env = dict[Basic, Poly]
Range = tuple[Poly, Poly | None]


def _no_lemmas(claim: Any) -> Any:
    raise Refusal("lemmas cannot be used here")


@dataclass
class Context:
    """What may be used at one place of a proof. Children add facts and never change parents."""

    facts: list[Fact] = field(default_factory=list)
    ranges: dict[str, Range] = field(default_factory=dict)
    labels: dict[Basic, str] = field(default_factory=dict)
    used: set[Fact] = field(default_factory=set)
    reading: set[Basic] = field(default_factory=set)
    scope: frozenset[Basic] = frozenset()
    present: frozenset[Basic] = frozenset()
    asserting: bool = False
    defined: set[tuple[Basic, bool]] = field(default_factory=set)
    prove_lemma: Callable[[Any], Any] = field(default=_no_lemmas)
    counter: list[int] = field(default_factory=lambda: [0])
    meaning: list[bool] = field(default_factory=lambda: [False])
    known_signs: dict[Any, tuple[frozenset[int], frozenset[Fact]]] = field(default_factory=dict)
    _normals: dict[tuple[Theory, bool], Normalizer] = field(default_factory=dict)
    _unfolded: frozenset[Basic] | None = None

    def child(self) -> Context:
        """A context with the same facts, for a part of the proof."""
        return Context(
            facts=list(self.facts),
            ranges=dict(self.ranges),
            labels=self.labels,
            used=self.used,
            counter=self.counter,
            meaning=self.meaning,
            scope=self.scope,
            present=self.present,
            asserting=self.asserting,
            defined=set(self.defined),
            prove_lemma=self.prove_lemma,
        )

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

    def add(self, statement: Basic, kind: str, origin: Basic | None = None) -> None:
        """One more fact; conjunctions are taken apart, quantifiers kept in front."""
        self._add(statement, (), kind, origin if origin is not None else statement)

    def _add(self, statement: Basic, binders: tuple[Any, ...], kind: str, origin: Basic) -> None:
        if isinstance(statement, s.AllOf):
            for part in statement.args:
                self._add(part, binders, kind, origin)
        elif isinstance(statement, s.Every) and not any(
            isinstance(where, Name) for where in statement.args[1:]
        ):
            self._add(statement.args[0], binders + tuple(statement.args[1:]), kind, origin)
        else:
            self.facts.append(Fact(statement, binders, kind, origin))
            self._normals.clear()
            self.known_signs.clear()
            self._unfolded = None

    def use(self, fact: Fact) -> None:
        """Record that the row relies on a fact."""
        self.used.add(fact)

    def bound_to(self, index: Basic, ends: Sequence[Basic]) -> Context:
        """A child in which an index is fixed, arbitrary, in the range of a quantifier."""
        if index in self.scope:
            raise Refusal(f"the index {index.name} is already fixed here; use another")
        self.require_fresh(index)
        inner = self.child()
        n = inner.normal(ALGEBRA)
        values = [n.of(end) for end in ends]
        inner.ranges[inner.label(index)] = (values[0], values[1] if len(values) > 1 else None)
        inner.scope = self.scope | {index}
        inner.defined.clear()
        return inner

    def require_fresh(self, name: Basic) -> None:
        """Raise unless no hypothesis speaks of the name: only then is it arbitrary."""
        for fact in self.facts:
            if name in free_names(fact.origin):
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

    # -- names -------------------------------------------------------------------------------

    def label(self, node: Basic) -> str:
        """A text that stands for one name, index or definition and for no other."""
        if node not in self.labels:
            text = node.name
            while text in self.labels.values():
                text += "′"
            self.labels[node] = text
            if isinstance(node, Index) and node.low is not None:
                n = self.normal(ALGEBRA)
                high = None if node.high is None else n.of(node.high)
                self.ranges[text] = (n.of(node.low), high)
        return self.labels[node]

    def fresh(self, low: Poly, high: Poly | None) -> str:
        """A new bound variable with its range."""
        self.counter[0] += 1
        name = f"_{self.counter[0]}"
        self.ranges[name] = (low, high)
        return name

    def opened(self, mono: Mono) -> Mono:
        """The monomial with its bound indices replaced by fresh ones of known range."""
        if not mono.binders:
            return mono
        names: dict[str, str] = {}
        binders = []
        for v, _, _ in mono.binders:
            self.counter[0] += 1
            names[v] = f"_{self.counter[0]}"
        for v, lo, hi in mono.binders:
            ends = (rename(lo, names), rename(hi, names))
            self.ranges[names[v]] = ends
            binders.append((names[v], *ends))
        return Mono(tuple(binders), [(rename_atom(a, names), e) for a, e in mono.factors])

    def normal(self, theory: Theory) -> Normalizer:
        """The normaliser of a theory; what it knows while definedness is shown is kept apart."""
        key = (theory, self.meaning[0])
        if key not in self._normals:
            self._normals[key] = Normalizer(self, theory)
        return self._normals[key]

    # -- facts -------------------------------------------------------------------------------

    def instances(
        self, kind: type[Basic] | tuple[type[Basic], ...], hints: Iterable[Poly]
    ) -> Iterator[tuple[Fact, Env]]:
        """Facts of a kind, each at the index values among `hints` that lie in its ranges."""
        values = list(dict.fromkeys(hints))
        for fact in list(self.facts):
            if isinstance(fact.statement, kind) and (
                self.usable(fact) or isinstance(fact.statement, s.FiniteMoment)
            ):
                for env in self.environments(fact, values):
                    yield fact, env

    def environments(self, fact: Fact, hints: list[Poly]) -> Iterator[Env]:
        """The values of a fact's quantified indices, among the hints and their neighbours."""
        if not fact.binders:
            yield {}
            return
        near = list(dict.fromkeys(h + step for h in hints for step in _STEPS if _plain(h)))
        n = self.normal(ALGEBRA)
        for values in product(near, repeat=len(fact.binders)):
            env: Env = {}
            for (index, low, *high), value in zip(fact.binders, values, strict=True):
                lo = n.of(low, env)
                hi = n.of(high[0], env) if high else None
                if not self.in_range(value, lo, hi):
                    break
                env[index] = value
            else:
                yield env

    def relation_sides(self, hints: Iterable[Poly]) -> Iterator[Poly]:
        """Both sides of every relation among the facts, in plain normal form."""
        n = self.normal(ALGEBRA)
        for fact, env in self.instances(s.Relation, hints):
            if not isinstance(fact.statement, s.SameLaw) and not axes(fact.statement.args[0]):
                for side in fact.statement.args:
                    yield n.of(side, env)

    def unfolding(self, term: Basic) -> Theory:
        """The theory that unfolds every definition of a term and of the facts."""
        if self._unfolded is None:
            parts = (definitions_in(fact.statement) for fact in self.facts)
            self._unfolded = frozenset().union(*parts)
        return Theory(unfolded=self._unfolded | definitions_in(term))

    # -- order -------------------------------------------------------------------------------

    def sign(self, p: Poly, n: Normalizer | None = None) -> frozenset[int]:
        """The possible signs of a polynomial."""
        theory = n.theory.structural() if n is not None else ALGEBRA
        return signs.sign(self, self.normal(theory), p)

    def in_range(self, value: Poly, low: Poly, high: Poly | None) -> bool:
        """Whether an index value is shown to lie between two ends (and is an integer)."""
        if not signs.is_integer(value) or not self.sign(value - low) <= {0, 1}:
            return False
        return high is None or self.sign(high - value) <= {0, 1}

    def same_range(self, v: str, w: str) -> bool:
        """Whether two index variables are declared with one range."""
        return v in self.ranges and self.ranges.get(v) == self.ranges.get(w)

    def is_natural(self, p: Poly) -> bool:
        """Whether a polynomial is integer-valued and ≥ 0."""
        return signs.is_integer(p) and self.sign(p) <= {0, 1}

    # -- citing ------------------------------------------------------------------------------

    def rewritten(self, n: Normalizer, atom: Atom) -> Poly:
        """An atom, or what the row's cited equations say that it equals."""
        from verify.kernel.citing import rewritten

        return rewritten(n, atom)


_STEPS = (ZERO, ONE, -ONE)


def _plain(p: Poly) -> bool:
    return all(a.kind in ("index", "name", "entry") for a in atoms_of(p))
