"""Prints measurements: `python -m benchmarks [NAME ...]`, all of them without a name."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from rich.console import Console

from benchmarks.draws import draws
from benchmarks.guarantee import OURS, guarantee, misdeclared
from benchmarks.parallel import parallel
from benchmarks.proofs import SIZES, proof_times
from benchmarks.tables import (
    LIMIT,
    alarms_table,
    draws_table,
    guarantee_table,
    parallel_table,
    proof_table,
    spent_table,
)
from benchmarks.time_spent import SEEDS, peak_memory, time_spent
from verify.report.page import page


def print_proofs(out: Console, options: argparse.Namespace) -> None:
    """The time of each proof."""
    out.print(proof_table(proof_times(SIZES, LIMIT)))
    out.print(
        "A proof holds for every n at once: its time does not grow with n. growth: from the first "
        "size to the last one tried; after a time-out no larger size is tried. ?: SymPy did not "
        "reduce the difference to 0.\n"
    )


def print_draws(out: Console, options: argparse.Namespace) -> None:
    """The draws of the cross-check."""
    out.print(draws_table(draws()))
    out.print("The same α (shared by the suite), β and smallest error for all four.\n")


def print_guarantee(out: Console, options: argparse.Namespace) -> None:
    """False alarms and missed errors of whole suites."""
    many, fine, under = guarantee(options.suites), guarantee(1, detect=0.01), misdeclared()
    out.print(guarantee_table(many, fine, under))
    total, exceeded = many.total(OURS), under.total(OURS)
    out.print(
        f"{many.suites:,} suites. false alarm: a true claim fails. missed: one of 100 claims that "
        "are wrong by 12 to 53 %, by law, passes. found: such a claim fails. 1 % off: one more "
        "suite, wrong by 1 %. s² too low: true claims, a quarter of whose variance is "
        f"declared; the e-process says so for {exceeded.exceeded / (2 * exceeded.true):.1%}. All "
        "checks see the same draws and may use as many as the bound of the e-process. It used "
        f"{total.draws / total.true:,.0f} a claim; its design formula says {many.formula:,.0f}.\n"
    )
    out.print(alarms_table(many))


def print_time(out: Console, options: argparse.Namespace) -> None:
    """Where the time of the cross-check goes."""
    out.print(spent_table(time_spent()))
    out.print(
        "exact: worlds, identities modulo a prime, attacked inequalities. in draws: the part of "
        "the simulation that the claim's own program takes. bare: its calls of the random "
        "generator and of BLAS. ratio: simulated to bare. ÷ form.: the draws used, by those that "
        f"the design of the test predicts. On average over {SEEDS} seeds. Most memory held: "
        f"{peak_memory():.0f} MB.\n"
    )


def print_parallel(out: Console, options: argparse.Namespace) -> None:
    """What more processes save."""
    out.print(parallel_table(parallel()))
    out.print(
        "Whole commands, start to end, without the cache. faster counts on an idle machine with "
        "as many cores; balance: the part of the time in which all processes were busy.\n"
    )


MEASUREMENTS: dict[str, Callable[[Console, argparse.Namespace], None]] = {
    "proofs": print_proofs,
    "draws": print_draws,
    "guarantee": print_guarantee,
    "time": print_time,
    "parallel": print_parallel,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; nothing here passes or fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    parser.add_argument("--suites", type=int, default=1000, help="suites of the guarantee")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in MEASUREMENTS]
    if unknown or options.suites < 1:
        parser.error(
            f"no measurement {unknown[0]!r}; there are {', '.join(MEASUREMENTS)}"
            if unknown
            else f"{options.suites} suites; at least 1 is needed"
        )
    out = page(sys.stdout)
    for name in options.names or MEASUREMENTS:
        MEASUREMENTS[name](out, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
