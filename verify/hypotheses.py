"""What each hypothesis of a claim is for: the proof is run again with less and less of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from verify.claim import Claim, Without
from verify.crosscheck.exact import worlds
from verify.edges import edges
from verify.errors import ClaimError
from verify.kernel.prove import derive, refusal
from verify.kernel.theorem import Refused, Theorem
from verify.language.statements import Statement
from verify.refutation import DRAWS, Drawn, Search, refute
from verify.results import HypothesisResult
from verify.semantics import World, WorldError, size
from verify.weakening import conjuncts, weakenings

#: Worlds of the claim in which a bounded number is moved.
_OWN_WORLDS = 4
#: Worlds drawn from a `Without` that was written for something else: most have only one.
_OTHER_DRAWS = 4


class Counterexamples:
    """The claim's `without`, each looked through once."""

    def __init__(self, claim: Claim, seed: int) -> None:
        self._claim, self._seed = claim, seed
        self._known: dict[tuple[int, Statement | None], Search] = {}
        self._own: list[World] | None = None

    def search(self, number: int, kept: Statement | None, draws: int = DRAWS) -> Search:
        """Whether the claim fails in worlds of one `Without` in which this much is assumed."""
        key = (number, kept)
        if key not in self._known:
            each = self._claim.without[number]
            self._known[key] = refute(
                self._claim.states,
                self._facts(each.hypothesis, kept),
                each.world,
                seed=self._seed,
                draws=draws,
                smallest=False,
                undefined=True,
            )
        return self._known[key]

    def of(self, fact: Statement, weaker: Statement | None) -> Search | None:
        """A counterexample to the claim with less, or nothing, assumed of a hypothesis.

        Every `Without` of the hypothesis will do whose worlds satisfy what is assumed; where none
        does, worlds of the claim in which a bounded number is moved to its bound or beyond.
        """
        own = [n for n, each in enumerate(self._claim.without) if each.hypothesis == fact]
        said = [n for n in own if weaker in (None, self._claim.without[n].weakened)]
        tried = [(n, self._claim.without[n].weakened, DRAWS) for n in said]
        tried += [(n, weaker, _OTHER_DRAWS) for n in own if n not in said]
        for each in tried:
            found = self.search(*each)
            if found.counterexample is not None:
                return found
        found = self._at_the_edge(fact, weaker)
        return None if found.counterexample is None else found

    def _at_the_edge(self, fact: Statement, weaker: Statement | None) -> Search:
        found = [edge for world in self._near(fact) for edge in edges(fact, world)]
        following = iter(sorted(found, key=size))
        return refute(
            self._claim.states,
            self._facts(fact, weaker),
            lambda random: next(following),
            seed=self._seed,
            draws=len(found),
            smallest=False,
            undefined=True,
        )

    def _near(self, fact: Statement) -> Iterator[World]:
        """Worlds of the claim, and those without the hypothesis, whose numbers an author chose."""
        for each in self._claim.without:
            if each.hypothesis == fact:
                with suppress(WorldError):
                    yield Drawn(each.world, self._seed).world(0)
        yield from self._worlds()

    def _worlds(self) -> list[World]:
        if self._own is None:
            self._own = []
            with suppress(ClaimError):  # what is wrong with them is told where they are judged
                self._own.extend(islice(worlds(self._claim, self._seed), _OWN_WORLDS))
        return self._own

    def _facts(self, fact: Statement, kept: Statement | None) -> tuple[Statement, ...]:
        """All that is assumed with only this much of a hypothesis."""
        others = [other for other in self._claim.given if other != fact]
        return (*self._claim.well_formed, *others, *(() if kept is None else conjuncts(kept)))


def hypotheses(
    claim: Claim,
    *,
    seed: int = 0,
    theorem: Theorem | Refused | None = None,
    counterexamples: Counterexamples | None = None,
) -> tuple[HypothesisResult, ...]:
    """One result for each hypothesis left out, and one for each weaker form of it.

    A proof that still goes through makes it *unneeded*. Where the proof is refused, a world of
    the claim's `without` in which the claim fails makes it *needed*, else it is *used*. So does one
    in which the claim has no value, or one found at the edge of an inequality.
    `theorem`: that of the claim, if it is at hand; its rows say where a hypothesis is used.
    """
    proved = derive(claim) if theorem is None else theorem
    known = counterexamples or Counterexamples(claim, seed)
    rows = [frozenset(row.where for row in proved.rows if fact in row.used) for fact in claim.given]
    return tuple(
        _examined(claim, number, weaker, known, rows[number])
        for number, fact in enumerate(claim.given)
        for weaker in _forms(claim, fact)
    )


def unused_worlds(
    claim: Claim, *, seed: int = 0, counterexamples: Counterexamples | None = None
) -> tuple[str, ...]:
    """Each `Without` that is no counterexample to its hypothesis, and why."""
    known = counterexamples or Counterexamples(claim, seed)
    problems = []
    for number, each in enumerate(claim.without):
        if each.hypothesis not in claim.given:
            problems.append(f"without {each.hypothesis}: the claim has no such hypothesis")
            continue
        found = known.search(number, each.weakened)
        if found.counterexample is None:
            problems.append(f"without {_shown(each)}: {found.reason}")
    return tuple(problems)


def _shown(each: Without) -> str:
    kept = f" (keeping: {each.weakened})" if each.weakened is not None else ""
    return f"{each.hypothesis}{kept}"


def _forms(claim: Claim, fact: Statement) -> Iterator[Statement | None]:
    own = [each.weakened for each in claim.without if each.hypothesis == fact]
    yield None
    yield from dict.fromkeys([*weakenings(fact), *(form for form in own if form is not None)])


def _examined(
    claim: Claim,
    number: int,
    weaker: Statement | None,
    counterexamples: Counterexamples,
    rows: frozenset[str],
) -> HypothesisResult:
    fact = claim.given[number]
    less = replace(claim, given=_given(claim, number, weaker))
    # Usually a row that rests on the hypothesis is refused; only if none is, all are read again.
    answer: Theorem | Refused | None = refusal(less, rows) if rows else None
    if answer is None:
        answer = derive(less)
    if not isinstance(answer, Refused):
        return HypothesisResult(fact, "unneeded", weakened=weaker)
    found = counterexamples.of(fact, weaker)
    return HypothesisResult(
        fact,
        "used" if found is None else "needed",
        refused_at=answer.where,
        counterexample=None if found is None else found.counterexample,
        weakened=weaker,
        undefined=found is not None and found.undefined,
    )


def _given(claim: Claim, number: int, weaker: Statement | None) -> tuple[Statement, ...]:
    kept = () if weaker is None else conjuncts(weaker)
    return (*claim.given[:number], *kept, *claim.given[number + 1 :])
