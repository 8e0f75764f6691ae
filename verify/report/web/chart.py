"""The wealth of a point's e-processes as a small inline drawing in the colours of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verify.points import in_words
from verify.report.terminal import short
from verify.results import PointResult, Wealth

#: The drawing, and the room for the axes at its left and foot, in pixels of its own.
WIDTH, HEIGHT, LEFT, FOOT, TOP = 400, 190, 30, 24, 10


@dataclass(frozen=True)
class Chart:
    """Where the template draws: lines as points, ticks with their words, bars at heights.

    told: what a reader who does not see it is told.
    """

    title: str
    told: str
    lines: tuple[tuple[str, str], ...]
    bars: tuple[tuple[str, float], ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]


def charts(points: Sequence[PointResult]) -> tuple[Chart, ...]:
    """One chart for each point at which something was drawn."""
    return tuple(_chart(point, point.wealth) for point in points if point.wealth is not None)


def _chart(point: PointResult, wealth: Wealth) -> Chart:
    logs = (*wealth.against, *wealth.above, *wealth.below)
    bar = max(wealth.confirms, wealth.contradicts)
    low = min(0.0, max(min(logs), -bar))
    high = max(bar, min(max(logs), 2 * bar)) + 0.5
    last = max(wealth.draws[-1], 1)

    def x(draws: float) -> float:
        return round(LEFT + (WIDTH - LEFT - 8) * draws / last, 1)

    def y(log: float) -> float:
        inside = min(max(log, low), high)
        return round(TOP + (HEIGHT - TOP - FOOT) * (high - inside) / (high - low), 1)

    def line(values: Sequence[float]) -> str:
        return " ".join(
            f"{x(draws)},{y(log)}" for draws, log in zip(wealth.draws, values, strict=True)
        )

    step = 2 if high - low < 16 else 10
    ticks = range(step * -int(-low // step), int(high) + 1, step)
    at = in_words(point.at)
    return Chart(
        title=at or "simulation",
        told=(
            f"After {short(wealth.draws[-1])} draws the wealth is 10 to the power of "
            f"{wealth.above[-1]:.1f} against a mean larger by the error that is looked for, "
            f"{wealth.below[-1]:.1f} against one smaller, {wealth.against[-1]:.1f} against the "
            f"claim itself; {wealth.confirms:.0f} confirms, {wealth.contradicts:.0f} contradicts."
        ),
        lines=(
            ("above", line(wealth.above)),
            ("below", line(wealth.below)),
            ("against", line(wealth.against)),
        ),
        bars=(("confirms", y(wealth.confirms)), ("contradicts", y(wealth.contradicts))),
        across=tuple((x(last * part / 4), short(round(last * part / 4))) for part in (0, 2, 4)),
        up=tuple((y(tick), str(tick).replace("-", "−")) for tick in ticks),
    )
