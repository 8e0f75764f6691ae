"""Whether the false neighbours of a claim are rejected."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace

from verify.claim import Claim, Variant
from verify.crosscheck import crosscheck
from verify.errors import ClaimError
from verify.refutation import Drawn, facts_of, refute
from verify.results import VariantResult


def varied(claim: Claim, variant: Variant) -> Claim:
    """The claim that a variant states: what it replaces, and the rest of the original."""
    return replace(
        claim,
        title=f"{claim.title}, with {variant.what}",
        states=claim.states if variant.states is None else variant.states,
        given=claim.given if variant.given is None else variant.given,
        worlds=claim.worlds if variant.worlds is None else variant.worlds,
        model=claim.model if variant.model is None else variant.model,
        points=claim.points if variant.points is None else variant.points,
        proof=None,
        variants=(),
        without=(),
    )


def try_variant(
    claim: Claim,
    variant: Variant,
    *,
    seed: int,
    alpha: float,
    detect: float,
    checks: int,
    executor: Executor | None,
    drawn: Drawn | None = None,
) -> VariantResult:
    """Refuted by an exact world where there is one, else by the simulation; else it survives.

    drawn: worlds of the claim, which its variants share.
    """
    neighbour = varied(claim, variant)
    if neighbour.states == claim.states and tuple(neighbour.given) == tuple(claim.given):
        return VariantResult(variant.what, "survived", reason="it states the same as the claim")
    source = drawn if drawn is not None and variant.worlds is None else neighbour.worlds
    found = refute(neighbour.states, facts_of(neighbour), source, seed=seed, smallest=False)
    if found.counterexample is not None:
        return VariantResult(variant.what, "refuted", counterexample=found.counterexample)
    if neighbour.model is None:
        return VariantResult(variant.what, "survived", reason=found.reason)
    simulated = replace(neighbour, worlds=None)  # its worlds were tried above
    try:
        evidence = crosscheck(
            simulated, seed=seed, alpha=alpha, detect=detect, checks=checks, executor=executor
        )
    except ClaimError as problem:
        return VariantResult(variant.what, "survived", reason=str(problem))
    if evidence.verdict == "contradicted":
        return VariantResult(
            variant.what, "refuted", counterexample=evidence.counterexample, evidence=evidence
        )
    reason = f"{found.reason}; the simulation says {evidence.verdict}"
    return VariantResult(variant.what, "survived", evidence=evidence, reason=reason)
