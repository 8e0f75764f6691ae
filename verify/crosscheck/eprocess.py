"""The variance-bounded test of a mean: Catoni e-processes with a decision on both sides.

Let X have mean μ and variance at most s², and Y be the mean of a block of m draws. With Catoni's
influence φ(y) = sign(y)·ln(1 + |y| + y²/2), which satisfies

    −ln(1 − y + y²/2) ≤ φ(y) ≤ ln(1 + y + y²/2),

E exp φ(±λ(Y − μ)) ≤ 1 + λ²s²/(2m). So exp Σ[φ(±λ(Y − c)) − ln(1 + λ²s²/2m)] is a nonnegative
supermartingale that starts at 1 when μ = c, and by Ville's inequality it ever reaches 1/p with
probability at most p: looking after each block costs nothing. φ is increasing, so the process
against the mean c + Δ with the sign − is one for every μ ≥ c + Δ too. An average of such
processes is one again.

* contradicted: the average over both signs and λ ∈ {λ₀, 4λ₀} against c reaches K/α.
* confirmed: the averages over λ ∈ {λ₁, 4λ₁} against μ ≥ c + Δ and μ ≤ c − Δ both reach 1/β.
* undecided: neither within N draws.

Choice of λ₀ and N. To second order φ(y) = y, so with ℓ = λ/m per draw and M draws the logarithm
of the process is about normal with mean MℓΔ − Mℓ²s²/2 and standard deviation ℓs√M when μ = c + Δ.
It exceeds a = ln(4K/α) (the 4: one process of the average is enough) except with probability
e^(−b), b = ln(1/β), if MℓΔ − Mℓ²s²/2 − ℓs√(2bM) ≥ a. The best ℓ is √(2a/M)/s, and then the
condition reads √M·Δ/s ≥ √(2a) + √(2b), that is M ≥ N = 2(√a + √b)²·s²/Δ². So λ₀ = m·√(2a/N)/s,
and likewise λ₁ = m·√(2a₁/N)/s with a₁ = ln(2/β). The factor 4 reaches gross errors sooner. N is
taken a tenth larger, for what second order leaves out.

The variance bound is tested along with it: (X₁ − X₂)²/(2s²) of pairs has a mean of at most 1, so
Π(1 + η(· − 1)), 0 < η < 1, is a nonnegative supermartingale as well, whatever μ is.

Sources: O. Catoni, "Challenging the empirical mean and empirical variance" (2012); H. Wang and
A. Ramdas, "Catoni-style confidence sequences for heavy-tailed mean estimation" (2022); J. Ville,
"Étude critique de la notion de collectif" (1939); I. Waudby-Smith and A. Ramdas, "Estimating
means of bounded random variables by betting" (2023).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Decision = Literal["confirmed", "contradicted", "bound exceeded", "undecided"]

#: Blocks up to the sample bound: enough for block means to be close to normal.
_BLOCKS = 4096
#: Bets on the variance: large ones see gross excesses at once, small ones a few per cent.
BETS = np.array([0.5, 1 / 16, 1 / 128])
#: More draws than this are not attempted.
MOST_DRAWS = 2_000_000_000


@dataclass(frozen=True)
class Plan:
    """A test of mean = `claimed` against errors of `gap` or more, for variance <= `bound`.

    Both error levels are probabilities: `alpha` that a true claim is contradicted, `beta` that
    a claim wrong by `gap` or more is confirmed.
    """

    claimed: float
    gap: float
    bound: float
    alpha: float
    beta: float
    chunk: int
    draws: int = field(init=False)
    block: int = field(init=False)
    against: float = field(init=False)
    towards: float = field(init=False)

    def __post_init__(self) -> None:
        a, b, c = math.log(4 / self.alpha), math.log(1 / self.beta), math.log(2 / self.beta)
        deviation = math.sqrt(self.bound)
        least = 2.2 * (math.sqrt(a) + math.sqrt(b)) ** 2 * self.bound / self.gap**2
        # One factor 2 for whole pairs; a few draws at least, should the bound be tiny or 0.
        block = 2 * max(1, math.ceil(least / _BLOCKS / 2))
        draws = block * max(64, math.ceil(least / block))
        scale = block / (deviation * math.sqrt(draws)) if deviation > 0 else 1 / self.gap
        for name, value in (
            ("draws", draws),
            ("block", block),
            ("against", scale * math.sqrt(2 * a)),
            ("towards", scale * math.sqrt(2 * c)),
        ):
            object.__setattr__(self, name, value)

    @property
    def blocks_per_chunk(self) -> int:
        """Blocks in one chunk of draws."""
        return min(max(1, self.chunk // self.block), self.draws // self.block)

    @property
    def chunk_draws(self) -> int:
        """Draws in one chunk."""
        return self.blocks_per_chunk * self.block

    @property
    def chunks(self) -> int:
        """Chunks up to the sample bound."""
        return math.ceil(self.draws / self.chunk_draws)


@dataclass(frozen=True)
class Chunk:
    """What a chunk of draws leaves behind: block means, and the logs of the bets on variance."""

    means: Floats
    bets: Floats
    pairs: int
    squares: float


def summarise(draws: Floats, plan: Plan) -> Chunk:
    """Fold one chunk of draws; sums in float64."""
    means = draws.reshape(-1, plan.block).mean(axis=1)
    squares = np.square(draws[0::2] - draws[1::2]) / 2
    ratio = squares / plan.bound if plan.bound > 0 else np.where(squares > 0, np.inf, 1.0)
    bets = np.array([np.log1p(eta * (ratio - 1)).sum() for eta in BETS])
    return Chunk(means, bets, len(squares), float(squares.sum()))


def influence(y: Floats) -> Floats:
    """Catoni's φ."""
    size = np.abs(y)
    return np.asarray(np.sign(y) * np.log1p(size + size * size / 2))


class Test:
    """The processes of one plan, fed with chunks in order."""

    __test__ = False  # a test of statistics, not of pytest

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.decision: Decision = "undecided"
        self.draws = 0
        self._total = 0.0
        self._against = np.zeros(4)
        self._above, self._below = np.zeros(2), np.zeros(2)
        self._bets = np.zeros(len(BETS))
        self._reached = [False, False]
        self._pairs, self._squares = 0, 0.0

    @property
    def mean(self) -> float:
        """The mean of the draws seen."""
        return self._total / self.draws if self.draws else math.nan

    @property
    def variance(self) -> float:
        """The variance of the draws seen."""
        return self._squares / self._pairs if self._pairs else math.nan

    def feed(self, chunk: Chunk) -> Decision:
        """Continue the processes by one chunk; returns the decision so far."""
        means, plan = chunk.means, self.plan
        against = self._logs(means - plan.claimed, plan.against, (1, -1), self._against)
        above = self._logs(means - plan.claimed - plan.gap, plan.towards, (-1,), self._above)
        below = self._logs(means - plan.claimed + plan.gap, plan.towards, (1,), self._below)
        self._bets = self._bets + chunk.bets
        self._pairs += chunk.pairs
        self._squares += chunk.squares
        refuted = _first(_log_average(against) >= -math.log(plan.alpha))
        confirmed = self._both(
            _first(_log_average(above) >= -math.log(plan.beta)),
            _first(_log_average(below) >= -math.log(plan.beta)),
        )
        last = len(means)
        if _log_average(self._bets[:, None])[0] >= -math.log(plan.alpha):
            self.decision = "bound exceeded"  # whatever the means say, they rely on the bound
        elif refuted is not None and (confirmed is None or refuted <= confirmed):
            self.decision, last = "contradicted", refuted + 1
        elif confirmed is not None:
            self.decision, last = "confirmed", confirmed + 1
        self.draws += last * plan.block
        self._total += float(means[:last].sum()) * plan.block
        self._against, self._above, self._below = against[:, -1], above[:, -1], below[:, -1]
        return self.decision

    def _logs(self, gaps: Floats, rate: float, signs: tuple[int, ...], start: Floats) -> Floats:
        rows = []
        for sign in signs:
            for each in (rate, 4 * rate):
                cost = math.log1p(each**2 * self.plan.bound / (2 * self.plan.block))
                rows.append(influence(sign * each * gaps) - cost)
        return start[:, None] + np.cumsum(np.array(rows), axis=1)

    def _both(self, above: int | None, below: int | None) -> int | None:
        """The block at which the second of the two sides is reached, if it is."""
        found = []
        for side, at in enumerate((above, below)):
            if self._reached[side]:
                found.append(0)
            elif at is not None:
                self._reached[side] = True
                found.append(at)
        return max(found) if len(found) == 2 else None


def _log_average(logs: Floats) -> Floats:
    top = logs.max(axis=0)
    shifted = np.where(np.isfinite(top), top, 0.0)
    total: Any = np.exp(np.minimum(logs - shifted, 700)).mean(axis=0)
    return np.where(top == np.inf, np.inf, shifted + np.log(total))


def _first(reached: NDArray[np.bool_]) -> int | None:
    return int(reached.argmax()) if reached.any() else None
