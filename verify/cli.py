"""The command `verify`: all, list, show, explain, errata.

Exit codes: 0 all as expected; 1 a claim is refuted or contradicted, a variant survives, or an
erratum is not refuted; 2 usage; 3 undecided only; 5 nothing selected; 130 interrupted.

Only the standard library is imported here: `list`, `--help` and `--version` answer at once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify import __version__
from verify.listing import Listed, listed
from verify.selection import SelectionError, selector

if TYPE_CHECKING:
    from verify.claim import Claim
    from verify.report.run import Run

OK, FAILED, USAGE, UNDECIDED, NOTHING, INTERRUPTED = 0, 1, 2, 3, 5, 130

FORMATS = ("text", "json", "junit", "github")


class UsageError(Exception):
    """The command line asks for something that there is not."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:  # argparse has said why
        return int(stop.code or 0)
    try:
        return int(options.run(options))
    except (UsageError, SelectionError) as problem:
        sys.stderr.write(f"verify: {problem}\n")
        return USAGE
    except BrokenPipeError:  # the reader has seen enough
        sys.stderr.close()
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="verify", description="Proves every claim, simulates it, and tries to break it."
    )
    top.add_argument("--version", action="version", version=f"chalkproof {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    every = commands.add_parser("all", help="prove and simulate every claim")
    _selecting(every)
    _writing(every, FORMATS)
    every.add_argument("--seed", type=int, default=0, help="root of all random numbers (0)")
    every.add_argument(
        "--alpha", type=_fraction, default=1e-6, help="chance of any false alarm (1e-6)"
    )
    every.add_argument(
        "--detect", type=_fraction, default=0.01, help="relative error that must be seen (0.01)"
    )
    every.add_argument("--jobs", type=_count, default=1, help="processes that simulate (1)")
    every.add_argument(
        "--no-cache", action="store_true", help="accepted for scripts; nothing is cached yet"
    )
    every.add_argument("--proofs-only", action="store_true", help="do not simulate")
    every.add_argument(
        "--allow-undecided", action="store_true", help="exit 0 although something is undecided"
    )
    every.set_defaults(run=_all)

    names = commands.add_parser("list", help="list the claims")
    _selecting(names)
    _writing(names, ("text", "json"))
    names.set_defaults(run=_list)

    show = commands.add_parser("show", help="print one derivation line by line")
    show.add_argument("id", metavar="ID", help="a claim's id, as `verify list` prints it")
    show.set_defaults(run=_show)

    explain = commands.add_parser("explain", help="explain a rule")
    explain.add_argument("code", metavar="CODE", help="the name of a rule, as in a row's reason")
    explain.set_defaults(run=_explain)

    errata = commands.add_parser("errata", help="published lines that are false, and why")
    _selecting(errata)
    _writing(errata, ("text", "json"))
    errata.set_defaults(run=_errata)
    return top


def _selecting(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-k",
        metavar="EXPR",
        default="",
        help="only claims whose id, title or source contains the words (and, or, not)",
    )
    command.add_argument(
        "--sheet", metavar="NUMBER", default="", help="only claims from this sheet, such as 004"
    )


def _writing(command: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    command.add_argument("--format", choices=formats, default="text", help="of the report (text)")
    command.add_argument("--output", type=Path, metavar="FILE", help="write the report there")


def _fraction(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive integer")
    return int(text)


# -- verify list -----------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> int:
    wanted = _wanted(options)
    chosen = [each for each in listed() if wanted(each)]
    if not chosen:
        return _nothing(options)
    if options.format == "json":
        rows = [
            {
                "id": each.id,
                "title": each.title,
                "sources": list(each.sources),
                "expected": each.expected,
            }
            for each in chosen
        ]
        _write(json.dumps({"schema": 1, "claims": rows}, indent=2, ensure_ascii=False), options)
        return OK
    width = max(len(each.id) for each in chosen)
    _write("\n".join(f"{each.id:<{width}}  {each.title}" for each in chosen), options)
    return OK


def _text(each: Listed | Claim) -> str:
    return " ".join((each.id, each.title, *each.sources))


def _wanted(options: argparse.Namespace) -> Callable[[Listed | Claim], bool]:
    """Whether a claim is chosen by -k and --sheet."""
    matches, sheet = selector(options.k), options.sheet
    return lambda each: (
        matches(_text(each))
        and (not sheet or any(source.split()[:1] == [sheet] for source in each.sources))
    )


def _nothing(options: argparse.Namespace) -> int:
    told = [f" matches -k {options.k!r}"] if options.k else []
    told += [f" is from sheet {options.sheet!r}"] if options.sheet else []
    sys.stderr.write(f"verify: no claim{' and'.join(told) or ' is there'}\n")
    return NOTHING


def _write(text: str, options: argparse.Namespace) -> None:
    text = text.rstrip("\n") + "\n"
    if options.output is None:
        sys.stdout.write(text)
        return
    try:
        options.output.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise UsageError(f"--output: {problem}") from problem


# -- verify all ------------------------------------------------------------------------------


def _all(options: argparse.Namespace) -> int:
    from verify.discovery import DiscoveryError, claims

    wanted = _wanted(options)
    if not any(wanted(each) for each in listed()):
        return _nothing(options)
    try:
        chosen = [each for each in claims() if wanted(each)]
    except DiscoveryError as problem:
        raise UsageError(str(problem)) from problem
    if not chosen:
        return _nothing(options)
    from verify.session import run_claims

    run = run_claims(
        chosen,
        seed=options.seed,
        alpha=options.alpha,
        detect=options.detect,
        jobs=options.jobs,
        proofs_only=options.proofs_only,
    )
    _report(run, options)
    return (
        INTERRUPTED if run.interrupted else run.exit_code(allow_undecided=options.allow_undecided)
    )


def _report(run: Run, options: argparse.Namespace) -> None:
    if options.format == "text" and options.output is None and sys.stdout.isatty():
        from verify.report.page import page
        from verify.report.terminal import print_run

        print_run(run, page(sys.stdout))
        return
    _write(_rendered(run, options.format), options)


def _rendered(run: Run, style: str) -> str:
    if style == "json":
        from verify.report.json_format import as_json

        return as_json(run)
    if style == "junit":
        from verify.report.junit import as_junit

        return as_junit(run)
    if style == "github":
        from verify.report.github import as_github

        return as_github(run)
    from verify.report.page import plain
    from verify.report.terminal import report

    return plain(report(run))


# -- verify errata ---------------------------------------------------------------------------


def _errata(options: argparse.Namespace) -> int:
    from verify.discovery import DiscoveryError, claims

    wanted = _wanted(options)
    try:
        chosen = [each for each in claims() if each.expected == "refuted" and wanted(each)]
    except DiscoveryError as problem:
        raise UsageError(str(problem)) from problem
    if not chosen:
        return _nothing(options)
    from verify.report.errata import errata_json, errata_table
    from verify.report.page import page, plain
    from verify.session import run_claims

    run = run_claims(chosen)
    if options.format == "json":
        _write(errata_json(run), options)
    elif options.output is None and sys.stdout.isatty():
        page(sys.stdout).print(errata_table(run))
    else:
        _write(plain(errata_table(run)), options)
    return INTERRUPTED if run.interrupted else run.exit_code()


# -- verify show, verify explain -------------------------------------------------------------


def _show(options: argparse.Namespace) -> int:
    from verify.discovery import DiscoveryError, UnknownClaimError, claim
    from verify.errors import ClaimError
    from verify.hypotheses import hypotheses
    from verify.kernel.theorem import Refused, is_theorem
    from verify.proving import prove
    from verify.report.derivation import derivation
    from verify.report.page import page, plain

    try:
        found = claim(options.id)
        answer = None if found.expected == "refuted" else prove(found)
    except (DiscoveryError, UnknownClaimError) as problem:
        raise UsageError(str(problem)) from problem
    except ClaimError as problem:
        sys.stderr.write(f"verify: {problem}\n")
        return FAILED
    weighed = hypotheses(found) if is_theorem(answer) else ()
    content = derivation(found, answer, weighed)
    if sys.stdout.isatty():
        page(sys.stdout).print(content)
    else:
        sys.stdout.write(plain(content))
    return UNDECIDED if isinstance(answer, Refused) else OK


def _explain(options: argparse.Namespace) -> int:
    import inspect

    from verify.discovery import unknown
    from verify.kernel.rules import RULES

    rules: dict[str, Any] = dict(RULES)
    if options.code not in rules:
        message = unknown(options.code, list(rules)).replace("no claim", "no rule")
        raise UsageError(f"{message}; the rules are {', '.join(sorted(rules))}")
    sys.stdout.write(f"{options.code}\n\n{inspect.getdoc(rules[options.code])}\n")
    return OK
