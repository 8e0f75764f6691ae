"""Claims and results for the tests of the reports: real theorems, invented evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from verify import (
    Chain,
    Claim,
    algebra,
    chain,
    dimension,
    equals,
    equation,
    given,
    greater,
    index,
    less,
    let,
    real,
)
from verify.kernel.prove import derive
from verify.recording import record
from verify.records import ClaimRecord
from verify.report.run import Run
from verify.results import (
    ClaimResult,
    Evidence,
    HypothesisResult,
    PointResult,
    VariantResult,
)

a, b = real("a"), real("b")
n = dimension("n")
j = index("j", n)
square = let("s", (a + b) ** 2)

BINOMIAL = Claim(
    id="algebra.binomial",
    title="The square of a sum",
    source=("000 A1a", "003 §4"),
    states=equation((a + b) ** 2, a**2 + 2 * a * b + b**2),
    proof=chain(
        (a + b) ** 2,
        equals((a + b) * (a + b), by=algebra),
        equals(a**2 + 2 * a * b + b**2, by=algebra),
    ),
)

CITED = Claim(
    id="algebra.substituted",
    title="A square with one term given",
    source="000 A1b",
    states=equation((a + b) ** 2, (a + 1) ** 2),
    given=[equation(b, 1)],
    proof=chain((a + b) ** 2, equals((a + 1) ** 2, by=given)),
)

FALSE = Claim(
    id="order.wrong_step",
    title="A step that does not follow",
    states=equation((a + b) ** 2, a**2 + b**2),
    given=[greater(a, 0), less(b, 1)],
    proof=chain((a + b) ** 2, equals(a**2 + b**2, by=algebra)),
)

ERRATUM = Claim(
    id="order.positive_square",
    title="Every square is positive",
    states=greater(a**2, 0),
    expected="refuted",
    corrected="algebra.binomial",
)


def evidence(verdict: Any = "confirmed", rung: str = "exact", **options: Any) -> Evidence:
    point = PointResult(
        at={"n": 3},
        claimed=4.0,
        observed=4.0 if verdict == "confirmed" else 5.25,
        samples=options.pop("samples", 1234),
        smallest_detectable=0.0097,
        verdict=verdict,
        rung=rung,
    )
    return Evidence(verdict, rung, (point,), 0.25, **options)


def results() -> tuple[ClaimRecord, ...]:
    """Their records, as a run has them."""
    return tuple(record(each) for each in found())


def found() -> tuple[ClaimResult, ...]:
    used = tuple(HypothesisResult(fact, "needed", "row 1", "b = 2") for fact in CITED.given)
    variants = tuple(VariantResult(what, "refuted", "a = 1") for what in ("x", "y", "z"))
    extra = {"proof_seconds": 0.01}
    return (
        ClaimResult(BINOMIAL, derive(BINOMIAL), evidence(), (), variants, True, False, (), 0.3),
        ClaimResult(
            CITED,
            derive(CITED),
            evidence(rung="variance-bounded", samples=240_000),
            used,
            variants,
            True,
            False,
            (),
            1.25,
            extra,
        ),
        ClaimResult(
            ERRATUM, None, evidence("contradicted", counterexample="a = 0"), (), (), True, False
        ),
        ClaimResult(
            FALSE,
            derive(FALSE),
            evidence("contradicted", counterexample="a = 1, b = 1"),
            (),
            (replace(variants[0], verdict="survived", reason="no world"), *variants[1:]),
            False,
            False,
            ("variant survives: x (no world)", "the simulation contradicts the claim"),
            0.5,
        ),
    )


def undecided() -> ClaimRecord:
    missing = evidence("undecided", "variance-bounded", reason="the sample bound is reached")
    return record(ClaimResult(BINOMIAL, derive(BINOMIAL), missing, (), (), False, True))


def run(*chosen: ClaimRecord) -> Run:
    return Run(chosen or results(), 0, 1e-6, 0.01, 2.5, versions={"chalkproof": "0.1.0"})


assert isinstance(BINOMIAL.proof, Chain)
