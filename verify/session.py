"""Checking many claims: one budget of error, the workers, the cache, and what is done so far."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from verify.cache import durations
from verify.cache.directory import code_digest, directory
from verify.cache.keys import Settings, source_key
from verify.cache.store import Store
from verify.listing import Catalogue, Found
from verify.records import ClaimRecord
from verify.report.run import Run
from verify.threads import keep_to_one_thread
from verify.worker import Task, check_claim, work

if TYPE_CHECKING:
    from verify.claim import Claim
    from verify.executors import Workers

#: The number and the record of each claim, in the order in which they are done.
Records = Generator[tuple[int, ClaimRecord], None, None]

#: The fewest claims that alpha is shared by. A fixed share: what is found of a claim does not
#: depend on which others are checked with it.
SHARES = 256

#: What one claim may take by default: seconds, and megabytes beyond what the process has.
SECONDS, MEGABYTES = 600.0, 4096


@dataclass(frozen=True)
class Options:
    """How a run is done; none of it changes what is found.

    jobs: worker processes (1: this process). cluster: the address of a Dask scheduler instead.
    seconds, megabytes: the limits of one claim, None for none. cached: whether records of earlier
    runs are used and kept.
    """

    jobs: int = 1
    cluster: str | None = None
    seconds: float | None = SECONDS
    megabytes: int | None = MEGABYTES
    cached: bool = True


def run_claims(
    chosen: Sequence[Claim],
    *,
    seed: int = 0,
    alpha: float = 1e-6,
    detect: float = 0.01,
    proofs_only: bool = False,
    rows: bool = False,
) -> Run:
    """Checks claims that are at hand, in this process; Ctrl-C ends the run with what is done.

    The budget alpha is shared equally by the claims. A malformed claim becomes a failed record.
    """
    settings = Settings(seed, alpha, detect, _shares(len(chosen)), proofs_only, rows)

    def records(tell: Tell) -> Records:
        for number, claim in enumerate(chosen):
            tell.at(claim.id)
            yield number, check_claim(claim, settings, progress=tell.stage(claim.id))

    return _run(records, len(chosen), settings)


def run_found(
    chosen: Sequence[Found],
    catalogue: Catalogue,
    *,
    seed: int = 0,
    alpha: float = 1e-6,
    detect: float = 0.01,
    proofs_only: bool = False,
    rows: bool = False,
    options: Options | None = None,
) -> Run:
    """Checks claims of a catalogue, here or by workers; Ctrl-C ends the run with what is done.

    The records are the same, whatever the options; they stand in the order of `chosen`. Claims
    whose records are in the cache are not even imported.
    Raises ClusterError when the cluster cannot be used.
    """
    keep_to_one_thread()
    how = options or Options()
    shares = _shares(len(catalogue.found))
    settings = Settings(seed, alpha, detect, shares, proofs_only, rows)
    known = _existing(catalogue.ids)
    folder = directory() if how.cached else None
    store = Store() if how.cached else None

    def records(tell: Tell) -> Records:
        left: list[int] = []
        for number, found in enumerate(chosen):
            key = source_key(found, settings, known(found)) if store is not None else None
            record = store.get(key) if store is not None and key is not None else None
            if record is None:
                left.append(number)
            else:
                yield number, record
        tasks = [
            Task(
                found=chosen[number],
                siblings=catalogue.modules,
                settings=settings,
                known=known(chosen[number]),
                seconds=how.seconds,
                megabytes=how.megabytes,
                cache=folder if how.cluster is None else None,
                code=code_digest(),
            )
            for number in left
        ]
        if how.jobs > 1 or how.cluster is not None:
            order = durations.longest_first([task.found.listed.id for task in tasks])
            left, tasks = [left[n] for n in order], [tasks[n] for n in order]
        done = []
        for number, record in _worked(tasks, how, tell):
            if store is not None and how.cluster is not None:
                _keep(store, tasks[number], record)
            done.append(record)
            yield left[number], record
        if store is not None and done:
            store.prune()
            durations.keep(done)

    return _run(records, len(chosen), settings)


def _worked(tasks: Sequence[Task], how: Options, tell: Tell) -> Records:
    """The records of the tasks, by whoever is to do them."""
    if not tasks:
        return
    from verify.executors import cluster, workers
    from verify.scheduling import spread

    if how.cluster is not None:
        with cluster(how.cluster) as nodes:
            yield from spread(tasks, nodes, tell.watch)
    elif how.jobs > 1 and len(tasks) > 1:
        with workers(min(how.jobs, len(tasks))) as pool:
            yield from spread(tasks, pool, tell.watch)
    elif how.jobs > 1:
        with workers(how.jobs) as pool:  # one claim: its simulation is what can be shared
            yield from _here(tasks, tell, pool)
    else:
        yield from _here(tasks, tell, None)


def _keep(store: Store, task: Task, record: ClaimRecord) -> None:
    """What a cluster has found, whose files were compared with ours."""
    key = source_key(task.found, task.settings, task.known)
    if key is not None:
        store.put(key, record)


def _here(tasks: Sequence[Task], tell: Tell, pool: Workers | None) -> Records:
    for number, task in enumerate(tasks):
        name = task.found.listed.id
        tell.at(name)
        yield number, work(task, tell.stage(name), None if pool is None else pool.executor)


def _run(records: Callable[[Tell], Records], total: int, settings: Settings) -> Run:
    started = perf_counter()
    done: dict[int, ClaimRecord] = {}
    interrupted = False
    with _progress(total) as tell:
        try:
            with closing(records(tell)) as found:
                for number, record in found:
                    done[number] = record
                    tell.advance()
        except KeyboardInterrupt:
            interrupted = True
    return Run(
        results=tuple(done[number] for number in sorted(done)),
        seed=settings.seed,
        alpha=settings.alpha,
        detect=settings.detect,
        seconds=perf_counter() - started,
        interrupted=interrupted,
        proofs_only=settings.proofs_only,
    )


def _shares(claims: int) -> int:
    """Into how many equal shares alpha is divided: a power of two that rarely changes."""
    shares = SHARES
    while shares < claims:
        shares *= 2
    return shares


def _existing(ids: Collection[str]) -> Callable[[Found], tuple[str, ...]]:
    def known(found: Found) -> tuple[str, ...]:
        named = (found.listed.corrected, found.listed.awaits)
        return tuple(name for name in named if name is not None and name in ids)

    return known


class Tell:
    """What a run tells while it goes on: nothing, in this form."""

    def at(self, what: str) -> None:
        """Says what is being worked on."""

    def advance(self) -> None:
        """Says that one more claim is done."""

    def stage(self, name: str) -> Callable[[str], None]:
        """Says at which stage one claim is."""
        return lambda stage: self.at(f"{name} · {stage}")

    def watch(self, tasks: Sequence[Task]) -> None:
        """Says which tasks the workers have."""
        self.at(", ".join(task.found.listed.id for task in tasks))


@contextmanager
def _progress(total: int) -> Iterator[Tell]:
    """On a terminal's standard error only, and gone when the run is over."""
    if not sys.stderr.isatty():
        yield Tell()
        return
    from verify.report.progress import bar

    with bar(total) as shown:
        yield _Shown(shown)


class _Shown(Tell):
    def __init__(self, shown: Any) -> None:
        self._shown = shown

    def at(self, what: str) -> None:
        self._shown.update(what)

    def advance(self) -> None:
        self._shown.advance()
