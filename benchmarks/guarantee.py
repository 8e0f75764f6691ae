"""The guarantee of the sequential test, measured beside the usual checks.

A suite is 100 true claims and 100 wrong ones, evenly from the laws of benchmarks.laws, the error
probabilities α and β shared evenly among them. Every check sees the same draws of the same claims
and may use at most the sample bound of the sequential test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from benchmarks.laws import LAWS, MISDECLARED, Floats, Law
from benchmarks.usual_checks import USUAL, Check, Setting
from verify.crosscheck.eprocess import Plan, Test, summarise

OURS = "e-process"
CLAIMS = 100
LEVEL = 0.05
#: Random numbers held at once.
_NUMBERS = 1_000_000


@dataclass
class Count:
    """What became of the claims of one law under one check; suites by their number.

    alarms: true claims contradicted. missed: wrong claims confirmed. caught: wrong claims
    contradicted. exceeded: claims undecided because the variance is more than declared.
    draws: those of the true claims.
    """

    true: int = 0
    wrong: int = 0
    alarms: int = 0
    missed: int = 0
    caught: int = 0
    exceeded: int = 0
    draws: float = 0.0
    alarmed: set[int] = field(default_factory=set)
    deceived: set[int] = field(default_factory=set)

    def add(self, other: Count) -> None:
        """Put another count of the same suites to this one."""
        for name in ("true", "wrong", "alarms", "missed", "caught", "exceeded", "draws"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.alarmed |= other.alarmed
        self.deceived |= other.deceived


#: By check, then by law.
Counts = dict[str, dict[str, Count]]


@dataclass(frozen=True)
class Measured:
    """`suites` suites at the level `level`; `formula` is the mean number of draws it predicts."""

    suites: int
    level: float
    counts: Counts
    formula: float

    def total(self, check: str) -> Count:
        """All laws together."""
        found = Count()
        for each in self.counts[check].values():
            found.add(each)
        return found


def guarantee(
    suites: int = 1000,
    *,
    seed: int = 0,
    level: float = LEVEL,
    laws: Sequence[Law] = LAWS,
    detect: float | None = None,
    usual: Mapping[str, Check] = USUAL,
) -> Measured:
    """Run the suites; `detect` replaces the relative error that each law looks for."""
    counts: Counts = {check: {law.name: Count() for law in laws} for check in (OURS, *usual)}
    formula = 0.0
    for number, law in enumerate(laws):
        chosen = law if detect is None else replace(law, detect=detect)
        plan = plan_of(chosen, 1.0, level)
        formula += plan.expected / len(laws)
        rng = np.random.Generator(np.random.SFC64([seed, number]))
        each = CLAIMS // len(laws)
        for first, last in _batches(suites * each, plan.draws):
            draws = chosen.draw(rng, (last - first, plan.draws))
            for check, found in _judged(draws, first, each, chosen, plan, usual).items():
                counts[check][law.name].add(found)
    return Measured(suites, level, counts, formula)


def misdeclared(suites: int = 20, *, seed: int = 0, level: float = LEVEL) -> Measured:
    """Suites of claims whose declared variance is a quarter of the true one."""
    return guarantee(suites, seed=seed, level=level, laws=(MISDECLARED,))


def plan_of(law: Law, claimed: float, level: float) -> Plan:
    """The test of one claim of a suite; all true means are 1."""
    each = level / CLAIMS
    return Plan(claimed, law.detect, law.declared * law.variance, each, each, 32768)


def _batches(claims: int, draws: int) -> Iterator[tuple[int, int]]:
    size = max(1, _NUMBERS // draws)
    for first in range(0, claims, size):
        yield first, min(first + size, claims)


def _judged(
    draws: Floats, first: int, each: int, law: Law, plan: Plan, usual: Mapping[str, Check]
) -> dict[str, Count]:
    """Every check of the draws (claims, N): of the mean 1, and of 1 + or − the error."""
    number = np.arange(first, first + len(draws))
    suite, sign = number // each, np.where(number % 2, 1.0, -1.0)
    true, wrong = np.ones(len(draws)), 1.0 + sign * plan.gap
    found = {OURS: _sequential(draws, suite.tolist(), wrong.tolist(), plan)}
    setting = Setting(plan.alpha, plan.gap, law.high)
    for name, check in usual.items():
        bounds = check(draws, setting)
        right, off = bounds.passed(true), bounds.passed(wrong)
        found[name] = Count(
            true=len(draws),
            wrong=len(draws),
            alarms=int((~right).sum()),
            missed=int(off.sum()),
            caught=int((~off).sum()),
            draws=float(bounds.draws(true).sum()),
            alarmed=set(suite[~right].tolist()),
            deceived=set(suite[off].tolist()),
        )
    return found


def _sequential(draws: Floats, suites: list[int], wrong: list[float], plan: Plan) -> Count:
    found = Count(true=len(draws), wrong=len(draws))
    for row, number, claimed in zip(draws, suites, wrong, strict=True):
        right = _run(row, plan)
        off = _run(row, replace(plan, claimed=claimed))
        found.draws += right.draws
        found.exceeded += [right.decision, off.decision].count("bound exceeded")
        if right.decision == "contradicted":
            found.alarms += 1
            found.alarmed.add(number)
        if off.decision == "confirmed":
            found.missed += 1
            found.deceived.add(number)
        found.caught += off.decision == "contradicted"
    return found


def _run(row: Floats, plan: Plan) -> Test:
    test, size = Test(plan), plan.chunk_draws
    for start in range(0, len(row), size):
        if test.feed(summarise(row[start : start + size], plan)) != "undecided":
            break
    return test
