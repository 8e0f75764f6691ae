"""What each hypothesis of a claim is for: the proof is run again with less and less of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verify.claim import Claim, Without
from verify.kernel.prove import derive, refusal
from verify.kernel.theorem import Refused, Theorem
from verify.language.statements import Statement
from verify.refutation import DRAWS, Search, refute
from verify.results import HypothesisResult
from verify.weakening import conjuncts, weakenings

#: Worlds drawn from a `Without` that was written for something else: most have only one.
_OTHER_DRAWS = 4


class Counterexamples:
    """The claim's `without`, each looked through once."""

    def __init__(self, claim: Claim, seed: int) -> None:
        self._claim, self._seed = claim, seed
        self._known: dict[tuple[int, Statement | None], Search] = {}

    def search(self, number: int, kept: Statement | None, draws: int = DRAWS) -> Search:
        """Whether the claim fails in worlds of one `Without` in which this much is assumed."""
        key = (number, kept)
        if key not in self._known:
            claim, each = self._claim, self._claim.without[number]
            others = [fact for fact in claim.given if fact != each.hypothesis]
            facts = (*claim.well_formed, *others, *(() if kept is None else conjuncts(kept)))
            self._known[key] = refute(
                claim.states, facts, each.world, seed=self._seed, draws=draws, smallest=False
            )
        return self._known[key]

    def of(self, fact: Statement, weaker: Statement | None) -> str | None:
        """A counterexample to the claim with less, or nothing, assumed of a hypothesis.

        Every `Without` of the hypothesis will do whose worlds satisfy what is assumed.
        """
        own = [n for n, each in enumerate(self._claim.without) if each.hypothesis == fact]
        said = [n for n in own if weaker in (None, self._claim.without[n].weakened)]
        tried = [(n, self._claim.without[n].weakened, DRAWS) for n in said]
        tried += [(n, weaker, _OTHER_DRAWS) for n in own if n not in said]
        searches = (self.search(*each) for each in tried)
        found = (each.counterexample for each in searches)
        return next((each for each in found if each is not None), None)


def hypotheses(
    claim: Claim,
    *,
    seed: int = 0,
    theorem: Theorem | Refused | None = None,
    counterexamples: Counterexamples | None = None,
) -> tuple[HypothesisResult, ...]:
    """One result for each hypothesis left out, and one for each weaker form of it.

    A proof that still goes through makes it *unneeded*. Where the proof is refused, a world of
    the claim's `without` in which the claim fails makes it *needed*, else it is *used*.
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
    counterexample = counterexamples.of(fact, weaker)
    return HypothesisResult(
        fact,
        "used" if counterexample is None else "needed",
        refused_at=answer.where,
        counterexample=counterexample,
        weakened=weaker,
    )


def _given(claim: Claim, number: int, weaker: Statement | None) -> tuple[Statement, ...]:
    kept = () if weaker is None else conjuncts(weaker)
    return (*claim.given[:number], *kept, *claim.given[number + 1 :])
