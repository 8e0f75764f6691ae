"""`check`: everything that is asked of one claim."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Executor
from time import perf_counter
from typing import Any

from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.hypotheses import Counterexamples, hypotheses, unused_worlds
from verify.kernel.theorem import Refused, is_theorem
from verify.proving import prove_well_formed, well_formed
from verify.refutation import Drawn, facts_of, refute
from verify.results import ClaimResult, Evidence, HypothesisResult, RowCheck, VariantResult
from verify.rows_check import check_rows
from verify.variants import try_variant

#: The fewest false neighbours that a claim must reject.
FEWEST_VARIANTS = 3

Progress = Callable[[str], None]


def check(
    claim: Claim,
    *,
    seed: int = 0,
    alpha: float = 1e-6,
    detect: float = 0.01,
    checks: int | None = None,
    executor: Executor | None = None,
    proofs_only: bool = False,
    rows: bool = False,
    progress: Progress | None = None,
    known: Collection[str] | None = None,
) -> ClaimResult:
    """Proves the claim, weighs its hypotheses, simulates it and tries its variants.

    alpha: the chance that anything true among `checks` simulations is contradicted. detect: the
    relative error that a simulation must see. executor: where simulations run (default: here).
    rows: also evaluate each row of the proof in exact worlds, as a check on the kernel.
    progress: told the name of each stage as it begins. known: the ids that an erratum's
    correction may have (default: those of our derivations and of installed ones).
    Raises ClaimError for a malformed claim.
    """
    started = perf_counter()
    well_formed(claim)
    tell = progress or (lambda stage: None)
    statistics: dict[str, Any] = {
        "seed": seed,
        "alpha": alpha,
        "detect": detect,
        "checks": count_checks(claim) if checks is None else checks,
        "executor": executor,
    }
    if claim.expected == "refuted":
        return _erratum(claim, statistics, proofs_only, tell, started, known)
    return _claim(claim, statistics, proofs_only, rows, tell, started)


def count_checks(claim: Claim) -> int:
    """How many simulations the claim may ask for: one a point, for it and for each variant."""
    own = max(1, len(claim.points))
    return own + sum(
        own if variant.points is None else max(1, len(variant.points)) for variant in claim.variants
    )


def _claim(
    claim: Claim,
    statistics: dict[str, Any],
    proofs_only: bool,
    rows: bool,
    tell: Progress,
    started: float,
) -> ClaimResult:
    seed = statistics["seed"]
    tell("proof")
    proof = prove_well_formed(claim, seed=seed)
    proof_seconds = perf_counter() - started
    found: tuple[HypothesisResult, ...] = ()
    problems: list[str] = []
    if is_theorem(proof):
        tell("hypotheses")
        known = Counterexamples(claim, seed)
        found = hypotheses(claim, seed=seed, theorem=proof, counterexamples=known)
        problems += _unneeded(found)
        problems += unused_worlds(claim, seed=seed, counterexamples=known)
    judged: tuple[RowCheck, ...] = ()
    if rows and is_theorem(proof):
        tell("rows")
        judged = check_rows(claim, seed=seed)
        problems += _of_rows(judged)
    evidence: Evidence | None = None
    tried: tuple[VariantResult, ...] = ()
    if not proofs_only:
        tell("simulation")
        evidence = crosscheck(claim, **statistics, progress=tell)
        tell("variants")
        drawn = None if claim.worlds is None else Drawn(claim.worlds, seed)
        tried = tuple(
            try_variant(claim, variant, **statistics, drawn=drawn) for variant in claim.variants
        )
        problems += _of_variants(claim, tried)
    confirmed = proofs_only or (evidence is not None and evidence.verdict == "confirmed")
    contradicted = evidence is not None and evidence.verdict == "contradicted"
    if contradicted:
        problems.append("the simulation contradicts the claim")
    if isinstance(proof, Refused) and proof.where == "given":
        problems.append("no world is known to satisfy the hypotheses")
    return ClaimResult(
        claim=claim,
        proof=proof,
        evidence=evidence,
        hypotheses=found,
        variants=tried,
        ok=is_theorem(proof) and confirmed and not problems,
        undecided=not problems and not (is_theorem(proof) and confirmed),
        problems=tuple(problems),
        seconds=perf_counter() - started,
        rows=judged,
        extra={"proof_seconds": proof_seconds},
    )


def _erratum(
    claim: Claim,
    statistics: dict[str, Any],
    proofs_only: bool,
    tell: Progress,
    started: float,
    known: Collection[str] | None,
) -> ClaimResult:
    """A published statement that is false must be refuted, and must say what is true instead."""
    tell("counterexample")
    search = refute(claim.states, facts_of(claim), claim.worlds, seed=statistics["seed"])
    if search.counterexample is not None:
        evidence = Evidence(
            "contradicted", "exact", (), perf_counter() - started, "", search.counterexample
        )
    elif proofs_only or claim.model is None:
        evidence = Evidence("undecided", "none", (), perf_counter() - started, search.reason)
    else:
        evidence = crosscheck(claim, **statistics)
    problems = _of_correction(claim, known)
    if claim.proof is not None and is_theorem(prove_well_formed(claim, seed=statistics["seed"])):
        problems.append("the erratum has a proof: it is true")
    if evidence.verdict == "confirmed":
        problems.append("the erratum is not refuted")
    return ClaimResult(
        claim=claim,
        proof=None,
        evidence=evidence,
        hypotheses=(),
        variants=(),
        ok=evidence.verdict == "contradicted" and not problems,
        undecided=evidence.verdict == "undecided" and not problems,
        problems=tuple(problems),
        seconds=perf_counter() - started,
        extra={"proof_seconds": 0.0},
    )


def _unneeded(found: tuple[HypothesisResult, ...]) -> list[str]:
    """Each hypothesis that the proof does without, or else each weaker form that is enough."""
    idle = [each for each in found if each.verdict == "unneeded"]
    superfluous = {each.statement for each in idle if each.weakened is None}
    return [
        f"unneeded hypothesis: {each.statement}"
        + (f"; {each.weakened} is enough" if each.weakened is not None else "")
        for each in idle
        if each.weakened is None or each.statement not in superfluous
    ]


def _of_rows(judged: tuple[RowCheck, ...]) -> list[str]:
    return [
        f"{each.where} was accepted by the kernel and is false for {each.counterexample}"
        for each in judged
        if each.verdict == "fails"
    ]


def _of_variants(claim: Claim, tried: tuple[VariantResult, ...]) -> list[str]:
    problems = [
        f"variant survives: {each.what} ({each.reason})"
        for each in tried
        if each.verdict == "survived"
    ]
    if len(tried) < FEWEST_VARIANTS:
        problems.append(f"{len(tried)} false variants; at least {FEWEST_VARIANTS} are asked for")
    return problems


def _of_correction(claim: Claim, known: Collection[str] | None) -> list[str]:
    if (claim.corrected is None) == (claim.awaits is None):
        return ["an erratum names the claim that is true instead, in `corrected` or in `awaits`"]
    if known is None:
        from verify.listing import listed

        known = [each.id for each in listed()]
    if claim.corrected and claim.corrected not in known:
        from verify.discovery import unknown

        return [f"corrected: {unknown(claim.corrected, sorted(known))}"]
    if claim.awaits in known:
        return [f"awaits: {claim.awaits} is there; name it in `corrected`"]
    return []
