"""The measurements as tables for a page of text."""

from __future__ import annotations

from rich.table import Table

from benchmarks.draws import Drawn
from benchmarks.guarantee import OURS, Count, Measured
from benchmarks.parallel import Parallel
from benchmarks.proofs import SIZES, ProofTime
from benchmarks.time_spent import Spent
from benchmarks.timing import Timed
from verify.report.terminal import folded, short

#: Seconds that a notebook check may take.
LIMIT = 20.0


def proof_table(times: list[ProofTime]) -> Table:
    """One row a claim; ratio: the largest size tried over the proof."""
    table = Table(box=None, title="seconds: proof for every n, and notebook check", pad_edge=False)
    table.add_column("claim", no_wrap=True)
    for heading in ("proof", *(f"n={n}" for n in SIZES), "growth", "ratio"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in times:
        cells = [_cell(each.checks.get(n)) for n in SIZES]
        proof = f"{each.seconds:.3f}" + ("" if each.proved else " ✗")
        table.add_row(folded(each.id, 44), proof, *cells, _growth(each), _ratio(each))
    total = sum(each.seconds for each in times)
    table.add_row("all proofs", f"{total:.2f}")
    return table


def _cell(timed: Timed | None) -> str:
    if timed is None:
        return ""
    if timed.seconds is None:
        return f"> {LIMIT:g}"
    return f"{timed.seconds:.3f}" + ("" if timed.answer else " ?")


def _last(each: ProofTime) -> tuple[float, str] | None:
    """Seconds of the largest size that was tried, and the mark of a lower bound."""
    if not each.checks:
        return None
    seconds = list(each.checks.values())[-1].seconds
    return (LIMIT, "> ") if seconds is None else (seconds, "")


def _growth(each: ProofTime) -> str:
    last = _last(each)
    first = next(iter(each.checks.values())).seconds if last else None
    if last is None or not first or len(each.checks) < 2:
        return ""
    return f"{last[1]}{last[0] / first:.0f}×"


def _ratio(each: ProofTime) -> str:
    last = _last(each)
    return "" if last is None else f"{last[1]}{last[0] / each.seconds:.1f}×"


def draws_table(found: list[Drawn]) -> Table:
    """One row a claim; the ratio is to the smallest of the fixed sizes."""
    table = Table(box=None, title="draws: e-process, and fixed sizes", pad_edge=False)
    table.add_column("claim", no_wrap=True)
    for heading in ("e-process", "Chebyshev", "med. of means", "Catoni", "ratio"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in found:
        fixed = (each.chebyshev, each.median_of_means, each.catoni)
        cells = [short(round(size)) for size in (each.sequential, *fixed)]
        table.add_row(folded(each.id, 44), *cells, f"{min(fixed) / each.sequential:.1f}×")
    return table


def guarantee_table(many: Measured, fine: Measured, misdeclared: Measured) -> Table:
    """One row a check: many suites, one suite at a fine error, a variance declared too small."""
    table = Table(box=None, title=f"suites of 100 claims at α = β = {many.level:.0%}")
    headings = (
        "false alarm\n(suites)",
        "missed\n(suites)",
        "found\n(claims)",
        "draws\na claim",
        "1 % off\nfound",
        "s² too low\nalarms",
    )
    table.add_column("check", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    for check in many.counts:
        total, small, under = many.total(check), fine.total(check), misdeclared.total(check)
        table.add_row(
            check,
            _share(len(total.alarmed), many.suites),
            _share(len(total.deceived), many.suites),
            _share(total.caught, total.wrong),
            short(round(total.draws / total.true)),
            _share(small.caught, small.wrong),
            _share(under.alarms, under.true),
        )
    return table


def alarms_table(many: Measured) -> Table:
    """False alarms in a thousand true claims, by law."""
    table = Table(box=None, title="false alarms in 1,000 true claims")
    table.add_column("check", no_wrap=True)
    laws = list(many.counts[OURS])
    for law in laws:
        table.add_column(law, justify="right", no_wrap=True)
    for check, found in many.counts.items():
        table.add_row(check, *(_per_thousand(found[law]) for law in laws))
    return table


def spent_table(found: list[Spent]) -> Table:
    """One row a claim, the dearest first; then all together."""
    table = Table(box=None, title="processor seconds of the cross-check", pad_edge=False)
    table.add_column("claim", no_wrap=True)
    headings = ("exact", "simul.", "in draws", "bare", "ratio", "draws", "÷ form.")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    for each in sorted(found, key=lambda each: -(each.exact + each.simulated)):
        table.add_row(folded(each.id, 40), *_spent(each))
    sampled = [each for each in found if each.bare is not None]
    table.add_row("all that is sampled", *_spent(_summed(sampled)))
    rest = [each for each in found if each.bare is None]
    table.add_row("all that is not", *_spent(_summed(rest)))
    return table


def _spent(each: Spent) -> tuple[str, ...]:
    bare = each.bare or 0.0
    return (
        f"{each.exact:.2f}",
        f"{each.simulated:.2f}",
        "" if each.model is None else f"{each.model:.2f}",
        "" if each.bare is None else f"{bare:.2f}",
        f"{each.simulated / bare:.2f}×" if bare else "",
        short(each.draws) if each.draws else "",
        f"{each.draws / each.formula:.2f}" if each.formula else "",
    )


def _summed(parts: list[Spent]) -> Spent:
    """All together; the draws are those of the claims for which the formula speaks."""
    told = [each for each in parts if each.formula]
    sampled = any(each.bare is not None for each in parts)
    return Spent(
        "",
        sum(each.exact for each in parts),
        sum(each.simulated for each in parts),
        sum(each.model or 0.0 for each in parts) if sampled else None,
        sum(each.bare or 0.0 for each in parts) if sampled else None,
        sum(each.draws for each in told),
        sum(each.formula for each in told),
    )


def _per_thousand(count: Count) -> str:
    return f"{1000 * count.alarms / count.true:.3g}"


def _share(part: int, whole: int) -> str:
    share = 100 * part / whole
    return f"{share:.1f} %" if 0 < part < whole else f"{share:.0f} %"


def parallel_table(runs: list[Parallel]) -> Table:
    """One row a number of processes; faster: than the first; balance: busy over all the time."""
    table = Table(box=None, title="the same run with more processes", pad_edge=False)
    for heading in ("processes", "seconds", "faster", "processor s", "balance", "figures"):
        table.add_column(heading, justify="right", no_wrap=True)
    first = runs[0]
    for each in runs:
        same = "the same" if each.figures == first.figures else "DIFFERENT"
        table.add_row(
            str(each.jobs),
            f"{each.seconds:.1f}",
            f"{first.seconds / each.seconds:.2f}",
            f"{each.busy:.1f}",
            f"{each.busy / (each.jobs * each.seconds):.0%}",
            same,
        )
    return table
