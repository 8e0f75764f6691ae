"""Prints every measurement in one run: `python -m benchmarks`."""

from __future__ import annotations

import sys

from rich.table import Table

from benchmarks.draws import Drawn, draws
from benchmarks.proofs import SIZES, ProofTime, proof_times
from benchmarks.timing import Timed
from verify.report.page import page
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


def main() -> int:
    """Measures and prints; nothing here passes or fails."""
    out = page(sys.stdout)
    out.print(proof_table(proof_times(SIZES, LIMIT)))
    out.print(
        "A proof holds for every n at once: its time does not grow with n. growth: from the first "
        "size to the last one tried; after a time-out no larger size is tried. ?: SymPy did not "
        "reduce the difference to 0.\n"
    )
    out.print(draws_table(draws()))
    out.print("The same α (shared by the suite), β and smallest error for all four.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
