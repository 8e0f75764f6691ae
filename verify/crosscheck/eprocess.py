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
* confirmed: the processes with λ₁ against μ ≥ c + Δ and against μ ≤ c − Δ both reach 1/β.
* undecided: neither within N draws.

Choice of λ₀ and N. To second order φ(y) = y, so with ℓ = λ/m per draw and M draws the logarithm
of the process is about normal with mean MℓΔ − Mℓ²s²/2 and standard deviation ℓs√M when μ = c + Δ.
It exceeds a = ln(4K/α) (the 4: one process of the average is enough) except with probability
e^(−b), b = ln(1/β), if MℓΔ − Mℓ²s²/2 − ℓs√(2bM) ≥ a. The best ℓ is √(2a/M)/s, and then the
condition reads √M·Δ/s ≥ √(2a) + √(2b), that is M ≥ N = 2(√a + √b)²·s²/Δ². So λ₀ = m·√(2a/N)/s.
The factor 4 reaches gross errors sooner. N is taken a tenth larger, for what second order leaves
out.

Choice of λ₁, for few draws when the claim is true. Any λ₁ keeps the level β. With ℓ = κΔ/s² and
time τ = MΔ²/s², to second order, the logarithms of the two processes are κ(τ ∓ B(τ)) − κ²τ/2, B a
Brownian motion. Each reaches b at a time of mean b/r and standard deviation κ√b·r^(−3/2) with
r = κ − κ²/2; B drives them in opposite directions, so the later of the two is at about

    τ = b/r + √(2/π)·κ·√b·r^(−3/2).

At b = ln(10⁶) this is least near κ = 0.8, with τ = 36 (Wald's one-sided optimum, κ = 1, has 2b = 28
for one side and 36 for both); the least is flat, so κ = 0.8 is used for every β. Then the expected
number of draws is τ·s²/Δ².

Where L ≤ X ≤ H, V[X] ≤ (H − μ)(μ − L). So s² may be the largest of (H − m)(m − L) at the three
means m = c, c + Δ, c − Δ: if μ > c + Δ, the variable L + (X − L)(c + Δ − L)/(μ − L) ≤ X has the
mean c + Δ and only a larger process; likewise below. Such a bound is certain.

Another variance bound is tested along with it: (X₁ − X₂)²/(2s²) of pairs has a mean of at most 1,
and so have the means R of 16 such pairs. So Π(1 + η(R − 1)), 0 < η < 1, is a nonnegative
supermartingale as well, whatever μ is.

Sources: O. Catoni, "Challenging the empirical mean and empirical variance" (2012); H. Wang and
A. Ramdas, "Catoni-style confidence sequences for heavy-tailed mean estimation" (2022); J. Ville,
"Étude critique de la notion de collectif" (1939); I. Waudby-Smith and A. Ramdas, "Estimating
means of bounded random variables by betting" (2023); A. Wald, "Sequential analysis" (1947);
R. Bhatia and C. Davis, "A better bound on the variance" (2000).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from verify.results import Wealth

Floats = NDArray[np.float64]
Decision = Literal["confirmed", "contradicted", "bound exceeded", "undecided"]

#: Blocks up to the sample bound: enough for block means to be close to normal.
_BLOCKS = 4096
#: The κ of the two processes that confirm.
_KAPPA = 0.8
#: Chunks that a true claim is expected to take, where the model's chunk is not smaller still.
_CHUNKS = 6
_SMALLEST_CHUNK = 2048
#: Pairs in a group, and bets on the variance of a group: a large one sees gross excesses at once,
#: a small one a few per cent, the smallest an excess that comes from rare large draws. (A logarithm
#: for each pair would take as long as the draws.)
_GROUP = 16
BETS = (7 / 8, 1 / 8, 1 / 64)
_LOG10 = math.log(10)
#: Wealth is shown so many times a chunk, and up to this logarithm.
_SHOWN = 3
_MOST_LOG = 1e6
#: More draws than this are not attempted.
MOST_DRAWS = 2_000_000_000


@dataclass(frozen=True)
class Plan:
    """A test of mean = `claimed` against errors of `gap` or more, for variance <= `bound`.

    Both error levels are probabilities: `alpha` that a true claim is contradicted, `beta` that
    a claim wrong by `gap` or more is confirmed. `draws` is the sample bound, `expected` the number
    of draws that a true claim takes on average (second order; its variance being the bound).
    certain: the bound is no statement of the model, and is not tested.
    """

    claimed: float
    gap: float
    bound: float
    alpha: float
    beta: float
    chunk: int
    certain: bool = False
    draws: int = field(init=False)
    expected: float = field(init=False)
    block: int = field(init=False)
    against: float = field(init=False)
    towards: float = field(init=False)

    def __post_init__(self) -> None:
        a, b = math.log(4 / self.alpha), math.log(1 / self.beta)
        deviation, spread = math.sqrt(self.bound), self.bound / self.gap**2
        least = 2.2 * (math.sqrt(a) + math.sqrt(b)) ** 2 * spread
        # One factor 2 for whole pairs; a few draws at least, should the bound be tiny or 0.
        block = 2 * max(1, math.ceil(least / _BLOCKS / 2))
        draws = block * max(64, math.ceil(least / block))
        against, towards = 1 / self.gap, 1 / self.gap
        if deviation > 0:
            against = block / (deviation * math.sqrt(draws))
            towards = _KAPPA * block * self.gap / self.bound
        rate = _KAPPA - _KAPPA**2 / 2
        time = b / rate + math.sqrt(2 / math.pi * b) * _KAPPA * rate**-1.5
        for name, value in (
            ("draws", draws),
            ("expected", max(time * spread, float(block))),
            ("block", block),
            ("against", against * math.sqrt(2 * a)),
            ("towards", towards),
        ):
            object.__setattr__(self, name, value)

    @property
    def blocks_per_chunk(self) -> int:
        """Blocks in one chunk of draws."""
        size = min(self.chunk, max(_SMALLEST_CHUNK, math.ceil(self.expected / _CHUNKS)))
        return min(max(1, size // self.block), self.draws // self.block)

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
    bets: Floats = field(default_factory=lambda: np.zeros(len(BETS)))
    pairs: int = 0
    squares: float = 0.0


def summarise(draws: Floats, plan: Plan) -> Chunk:
    """Fold one chunk of draws; sums in float64."""
    blocks = draws.reshape(-1, plan.block)
    block_means = blocks.sum(axis=1)
    block_means /= plan.block
    if plan.certain:
        return Chunk(block_means)
    halves = blocks.reshape(len(blocks), 2, -1)
    squares = np.subtract(halves[:, 0], halves[:, 1]).ravel()
    squares *= squares
    # Groups of pairs that stand far apart add up fastest; the last group takes what is left over.
    whole = len(squares) - len(squares) % _GROUP
    sums = squares[:whole].reshape(_GROUP, -1).sum(axis=0)
    sizes = np.full(len(sums), float(_GROUP))
    if whole < len(squares):
        sums = np.append(sums, squares[whole:].sum())
        sizes = np.append(sizes, float(len(squares) - whole))
    means = sums / sizes / 2
    ratio = means / plan.bound if plan.bound > 0 else np.where(means > 0, np.inf, 1.0)
    bets = np.array([np.log1p(bet * (ratio - 1)).sum() for bet in BETS])
    return Chunk(block_means, bets, len(squares), float(sums.sum()) / 2)


def influence(y: Floats) -> Floats:
    """Catoni's φ."""
    size = np.abs(y)
    return np.asarray(np.copysign(np.log1p(size + size * size / 2), y))


class Test:
    """The processes of one plan, fed with chunks in order."""

    __test__ = False  # a test of statistics, not of pytest

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.decision: Decision = "undecided"
        self.draws = 0
        self._total = 0.0
        # Four processes against the claim, one against c + Δ, one against c − Δ.
        near, far, towards = plan.against, 4 * plan.against, plan.towards
        self._rates = np.array([near, far, -near, -far, -towards, towards])[:, None]
        centres = plan.claimed + np.array([0, 0, 0, 0, plan.gap, -plan.gap])
        self._centres = centres[:, None]
        self._costs = np.log1p(self._rates**2 * (plan.bound / (2 * plan.block)))
        self._logs = np.zeros((6, 1))
        self._bets = np.zeros(len(BETS))
        self._reached = [False, False]
        #: Whether any block had another mean than the claimed one.
        self.strayed = False
        self._pairs, self._squares = 0, 0.0
        self._trail: list[tuple[int, Floats]] = [(0, np.zeros(6))]

    @property
    def mean(self) -> float:
        """The mean of the draws seen."""
        return self._total / self.draws if self.draws else math.nan

    @property
    def variance(self) -> float:
        """The variance of the draws seen."""
        return self._squares / self._pairs if self._pairs else math.nan

    @property
    def wealth(self) -> Wealth:
        """How the processes went, a few times a chunk and where each side was reached."""
        logs = np.array([each for _, each in self._trail])
        average = np.logaddexp.reduce(logs[:, :4], axis=1) - math.log(4)
        seen = np.clip([average, logs[:, 4], logs[:, 5]], -_MOST_LOG, _MOST_LOG) / _LOG10
        against, above, below = (tuple(row) for row in seen.round(3).tolist())
        draws = tuple(drawn for drawn, _ in self._trail)
        bars = (-math.log10(level) for level in (self.plan.alpha, self.plan.beta))
        return Wealth(draws, against, above, below, *bars)

    def feed(self, chunk: Chunk) -> Decision:
        """Continue the processes by one chunk; returns the decision so far."""
        means, plan = chunk.means, self.plan
        self.strayed = self.strayed or bool((means != plan.claimed).any())
        steps = influence(self._rates * (means - self._centres)) - self._costs
        logs = self._logs + np.cumsum(steps, axis=1)
        self._bets = self._bets + chunk.bets
        self._pairs += chunk.pairs
        self._squares += chunk.squares
        refuted = _first_average(logs[:4], -math.log(plan.alpha))
        enough = logs[4:] >= -math.log(plan.beta)
        sides = _first(enough[0]), _first(enough[1])
        confirmed = self._both(*sides)
        last = len(means)
        if _first_average(self._bets[:, None], -math.log(plan.alpha)) is not None:
            self.decision = "bound exceeded"  # whatever the means say, they rely on the bound
        elif refuted is not None and (confirmed is None or refuted <= confirmed):
            self.decision, last = "contradicted", refuted + 1
        elif confirmed is not None:
            self.decision, last = "confirmed", confirmed + 1
        step = math.ceil(last / _SHOWN)
        shown = {*range(step - 1, last, step), last - 1, *(at for at in sides if at is not None)}
        for at in sorted(at for at in shown if at < last):
            self._trail.append((self.draws + (at + 1) * plan.block, logs[:, at].copy()))
        self.draws += last * plan.block
        self._total += float(means[:last].sum()) * plan.block
        self._logs = logs[:, last - 1 : last].copy()  # not a view: the others may go
        return self.decision

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


def _first_average(logs: Floats, bar: float) -> int | None:
    """The first column at which the average of the processes has a logarithm of `bar` or more."""
    top = logs.max(axis=0)
    if not (top >= bar).any():
        return None  # an average is at most the largest
    shifted = np.where(np.isfinite(top), top, 0.0)
    total: Any = np.exp(np.minimum(logs - shifted, 700)).mean(axis=0)
    return _first(np.where(top == np.inf, np.inf, shifted + np.log(total)) >= bar)


def _first(reached: NDArray[np.bool_]) -> int | None:
    return int(reached.argmax()) if reached.any() else None
