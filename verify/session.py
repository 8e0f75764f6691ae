"""Checking many claims: one budget of error, one pool of processes, and what is done so far."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column

from verify.checking import check, count_checks
from verify.claim import Claim
from verify.crosscheck.executors import processes, serial
from verify.errors import ClaimError
from verify.recording import malformed, record
from verify.records import ClaimRecord
from verify.report.run import Run


def run_claims(
    chosen: Sequence[Claim],
    *,
    seed: int = 0,
    alpha: float = 1e-6,
    detect: float = 0.01,
    jobs: int = 1,
    proofs_only: bool = False,
) -> Run:
    """Checks each claim in turn; Ctrl-C ends the run with what is done.

    The budget alpha is shared by all simulations of the run. A malformed claim becomes a failed
    result. Verdicts do not depend on `jobs`.
    """
    started = perf_counter()
    results: list[ClaimRecord] = []
    interrupted = False
    checks = sum(count_checks(each) for each in chosen)
    with _progress() as bar, serial() if jobs == 1 else processes(jobs) as executor:
        task = bar.add_task("", total=len(chosen))
        try:
            for claim in chosen:

                def tell(stage: str, claim: Claim = claim) -> None:
                    bar.update(task, description=f"{claim.id} · {stage}")

                try:
                    result = check(
                        claim,
                        seed=seed,
                        alpha=alpha,
                        detect=detect,
                        checks=checks,
                        executor=executor,
                        proofs_only=proofs_only,
                        progress=tell,
                    )
                    results.append(record(result, seed))
                except ClaimError as problem:
                    results.append(malformed(claim, str(problem)))
                bar.advance(task)
        except KeyboardInterrupt:
            interrupted = True
    return Run(
        results=tuple(results),
        seed=seed,
        alpha=alpha,
        detect=detect,
        seconds=perf_counter() - started,
        interrupted=interrupted,
        proofs_only=proofs_only,
    )


def _progress() -> Progress:
    """On a terminal's standard error only, and gone when the run is over."""
    console = Console(stderr=True)
    return Progress(
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn(
            "{task.description}",
            style="dim",
            markup=False,
            table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
        ),
        console=console,
        transient=True,
        expand=True,
        disable=not (console.is_terminal and sys.stderr.isatty()),
    )
