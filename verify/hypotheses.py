"""What each hypothesis of a claim is for: the proof is run again with less and less of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from verify.claim import Claim, Without
from verify.kernel.prove import derive, refusal
from verify.kernel.theorem import Refused, Theorem
from verify.language.statements import Statement
from verify.refutation import Search, refute
from verify.results import HypothesisResult
from verify.weakening import conjuncts, weakenings


def hypotheses(
    claim: Claim, *, seed: int = 0, theorem: Theorem | Refused | None = None
) -> tuple[HypothesisResult, ...]:
    """One result for each hypothesis left out, and one for each weaker form of it.

    A proof that still goes through makes it *unneeded*. Where the proof is refused, a world of
    the claim's `without` in which the claim fails makes it *needed*, else it is *used*.
    `theorem`: that of the claim, if it is at hand; its rows say where a hypothesis is used.
    """
    proved = derive(claim) if theorem is None else theorem
    rows = [frozenset(row.where for row in proved.rows if fact in row.used) for fact in claim.given]
    return tuple(
        _examined(claim, number, weaker, seed, rows[number])
        for number, fact in enumerate(claim.given)
        for weaker in _forms(claim, fact)
    )


def unused_worlds(claim: Claim, *, seed: int = 0) -> tuple[str, ...]:
    """Each `Without` that is no counterexample to its hypothesis, and why."""
    problems = []
    for each in claim.without:
        if each.hypothesis not in claim.given:
            problems.append(f"without {each.hypothesis}: the claim has no such hypothesis")
            continue
        found = _search(claim, each, seed)
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
    claim: Claim, number: int, weaker: Statement | None, seed: int, rows: frozenset[str]
) -> HypothesisResult:
    fact = claim.given[number]
    less = replace(claim, given=_given(claim, number, weaker))
    # Usually a row that rests on the hypothesis is refused; only if none is, all are read again.
    answer: Theorem | Refused | None = refusal(less, rows) if rows else None
    if answer is None:
        answer = derive(less)
    if not isinstance(answer, Refused):
        return HypothesisResult(fact, "unneeded", weakened=weaker)
    counterexample = _counterexample(claim, fact, weaker, seed)
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


def _counterexample(
    claim: Claim, fact: Statement, weaker: Statement | None, seed: int
) -> str | None:
    """A world without the hypothesis; one that keeps a part of it counts as well."""
    for each in claim.without:
        if each.hypothesis == fact and (weaker is None or each.weakened == weaker):
            found = _search(claim, each, seed)
            if found.counterexample is not None:
                return found.counterexample
    return None


def _search(claim: Claim, each: Without, seed: int) -> Search:
    kept = () if each.weakened is None else conjuncts(each.weakened)
    others = [fact for fact in claim.given if fact != each.hypothesis]
    facts = (*claim.well_formed, *others, *kept)
    return refute(claim.states, facts, each.world, seed=seed, smallest=False)
