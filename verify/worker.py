"""One claim, checked by whichever process is asked to: this one, a worker, a node of a cluster.

A task names its claim by module and id. It is not pickled: models are functions, and a theorem
stays in the process whose kernel made it. What comes back is the record of what was found.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

from verify.cache.directory import code_digest
from verify.cache.keys import Settings, content_key, source_key
from verify.cache.store import Store
from verify.garbage import seldom_collected
from verify.limits import OutOfTimeError, memory_limit, time_limit
from verify.listing import Found
from verify.records import ClaimRecord, Formula, Heading
from verify.sources.closure import Closures
from verify.sources.index import Index
from verify.sources.targets import Source

if TYPE_CHECKING:
    from verify.cache.content import Content
    from verify.claim import Claim

Progress = Callable[[str], None]

#: The precision of ball arithmetic belongs to the process: threads take turns.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Task:
    """What is to be checked, and how.

    found: the claim's id and module, with the digest of the sources that the asker sees.
    siblings: the modules that are checked together. known: the ids among `corrected` and
    `awaits` that exist. seconds, megabytes: the limits of one claim, None for none. cache: the
    folder of earlier records, None for none. code: the digest of the asker's own program.
    """

    found: Found
    siblings: tuple[Source, ...]
    settings: Settings
    known: tuple[str, ...] = ()
    seconds: float | None = None
    megabytes: int | None = None
    cache: str | None = None
    code: str = ""


def work(
    task: Task, progress: Progress | None = None, executor: Executor | None = None
) -> ClaimRecord:
    """The record of the claim: from the cache, or else by checking it within the limits.

    Whatever goes wrong on the way is told in the record; nothing is raised but KeyboardInterrupt.
    """
    if task.code and task.code != code_digest():
        reason = "its worker runs another version of chalkproof than this process"
        return stopped(task.found, reason)
    started = perf_counter()
    try:
        with (
            _ONE_AT_A_TIME,
            time_limit(task.seconds),
            memory_limit(task.megabytes),
            seldom_collected(),
        ):
            return replace(_checked(task, progress, executor), checked_by=_self())
    except OutOfTimeError:
        found = stopped(task.found, f"not done within the limit of {task.seconds:g} s")
    except MemoryError:
        found = stopped(task.found, f"needs more than the limit of {task.megabytes} MB")
    except (Exception, SystemExit) as problem:  # noqa: BLE001 (an author's code may raise anything)
        found = stopped(task.found, f"{type(problem).__name__}: {problem}")
    return replace(found, checked_by=_self(), seconds=perf_counter() - started)


def check_claim(
    claim: Claim,
    settings: Settings,
    known: tuple[str, ...] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> ClaimRecord:
    """The record of a claim that is at hand, without limits and cache."""
    from verify.checking import check, count_checks
    from verify.errors import ClaimError
    from verify.recording import malformed, record

    try:
        result = check(
            claim,
            seed=settings.seed,
            alpha=settings.alpha,
            detect=settings.detect,
            checks=settings.claims * count_checks(claim),
            proofs_only=settings.proofs_only,
            rows=settings.rows,
            executor=executor,
            progress=progress,
            known=known,
        )
    except ClaimError as problem:
        return malformed(claim, str(problem))
    found = record(result, settings.seed)
    # What stopped a model may be gone the next time: memory, a file, a machine.
    undecided = found.evidence is not None and found.evidence.verdict == "undecided"
    return replace(found, complete=not undecided)


def _checked(task: Task, progress: Progress | None, executor: Executor | None) -> ClaimRecord:
    from verify.discovery import DiscoveryError, load, named

    source, listed, closures = task.found.source, task.found.listed, _closures(task.siblings)
    if closures.of(source).digest != task.found.closure.digest:
        return stopped(task.found, f"{source.module} is not the same in its worker's files")
    try:
        claim = named(source, listed.id)
        for each in closures.modules(source):
            if each.module in sys.modules:  # what it imports is what the digest speaks of
                load(each)
    except DiscoveryError as problem:
        return unreadable(task.found, str(problem))
    if task.cache is None:
        return check_claim(claim, task.settings, task.known, progress, executor)
    store, keys = Store(task.cache), _keys(task, claim)
    for key in keys:
        known = store.get(key)
        if known is not None:
            break
    else:
        known = check_claim(claim, task.settings, task.known, progress, executor)
    # Only if no source has changed meanwhile is it certain what the keys stand for.
    if Closures(Index(None), task.siblings).of(source) == task.found.closure:
        for key in keys:
            store.put(key, known)
    return known


def _keys(task: Task, claim: Claim) -> list[str]:
    """The keys of a claim, the source key first; fewer where it depends on anything else."""
    from verify.cache.content import NotCacheableError

    by_source = source_key(task.found, task.settings, task.known)
    keys = [] if by_source is None else [by_source]
    try:
        digest = _content(task.siblings).digest(claim)
    except NotCacheableError:
        return keys
    return [*keys, content_key(task.found.listed, digest, task.settings, task.known)]


@lru_cache(maxsize=4)
def _closures(siblings: tuple[Source, ...]) -> Closures:
    return Closures(Index(), siblings)


@lru_cache(maxsize=4)
def _content(siblings: tuple[Source, ...]) -> Content:
    from verify.cache.content import Content

    return Content(_closures(siblings))


def stopped(found: Found, reason: str) -> ClaimRecord:
    """The record of a claim whose check did not come to an end: undecided."""
    return replace(unreadable(found, reason), undecided=True, complete=False)


def unreadable(found: Found, reason: str) -> ClaimRecord:
    """The record of a claim that cannot even be imported: a failure."""
    listed = found.listed
    return ClaimRecord(
        claim=Heading(
            id=listed.id,
            title=listed.title,
            sources=listed.sources,
            expected="refuted" if listed.expected == "refuted" else "proved",
            corrected=listed.corrected,
            awaits=listed.awaits,
        ),
        states=Formula("", ""),
        given=(),
        proof=None,
        evidence=None,
        hypotheses=(),
        variants=(),
        ok=False,
        undecided=False,
        problems=(reason,),
        seconds=0.0,
    )


def _self() -> str:
    """Who checked: the name of a worker process, and of its machine in a cluster."""
    if _of_cluster():
        return f"worker process {os.getpid()} on {socket.gethostname()}"
    if multiprocessing.parent_process() is not None:
        return f"worker process {os.getpid()}"
    return "this process"


def _of_cluster() -> bool:
    """Whether a Dask worker runs this; its modules are loaded where a cluster is only used, too."""
    dask = sys.modules.get("distributed")
    if dask is None:
        return False
    try:
        dask.get_worker()
    except ValueError:
        return False
    return True
