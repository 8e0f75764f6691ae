"""The command `verify`: its line, and what each command is given.

Exit codes: 0 all as expected; 1 a claim is refuted or contradicted, a variant survives, or an
erratum is not refuted; 2 usage; 3 undecided only; 5 nothing selected; 130 interrupted.

Only the standard library is imported here: `list`, `--help` and `--version` answer at once. A
command's own module is imported when the command is run.
"""

from __future__ import annotations

import sys

from verify import TYPE_CHECKING, __version__
from verify.commands.outcome import INTERRUPTED, OK, USAGE, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

FORMATS = ("text", "json", "junit", "github")

#: The formats of `verify.report.export`.
EXPORTS = ("latex", "beamer", "markdown", "html", "reveal")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except UsageError as problem:
        sys.stderr.write(f"verify: {problem}\n")
        return USAGE
    except BrokenPipeError:  # the reader has seen enough
        sys.stderr.close()
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        sys.stdout.write(f"chalkproof {__version__}\n")
        return OK
    if arguments == ["list"]:
        from verify.commands.list_claims import everything

        return everything()
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        from verify.selection import similar

        close = similar(arguments[0], list(COMMANDS))
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise UsageError(f"there is no command {arguments[0]!r}{hint} (`verify --help` lists them)")
    try:
        options = parser(arguments[0] if arguments else "").parse_args(arguments)
    except SystemExit as stop:  # argparse has said why
        return int(stop.code or 0)
    return _command(options.command)(options)


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """The function `run` of the command's module."""
    from importlib import import_module

    run: Callable[[argparse.Namespace], int]
    run = import_module(f"verify.commands.{_MODULES.get(name, name)}").run
    return run


#: Modules that cannot be named as their command is.
_MODULES = {"all": "check_all", "list": "list_claims"}


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The command line; only `command` with its options, if there is one: that is quicker."""
    import argparse

    top = argparse.ArgumentParser(
        prog="verify",
        description="Proves every claim, simulates it, and tries to break it.",
        formatter_class=_page,
    )
    top.add_argument("--version", action="version", version=f"chalkproof {__version__}")
    # With `prog`, no usage need be formatted to find it out.
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", prog="verify")
    for name in [command] if command in COMMANDS else COMMANDS:
        told, fill = COMMANDS[name]
        made = commands.add_parser(name, help=told, allow_abbrev=False, formatter_class=_page)
        if command in (None, name):
            fill(made)
    return top


def _page(prog: str) -> argparse.HelpFormatter:
    """Help in the terminal's width, which argparse would import `shutil` to ask for."""
    import argparse
    import os

    try:
        columns = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        try:
            columns = os.get_terminal_size().columns
        except (OSError, ValueError, AttributeError):
            columns = 0
    return argparse.HelpFormatter(prog, width=(columns or 80) - 2)


def _all(command: argparse.ArgumentParser) -> None:
    _targets(command)
    _selecting(command)
    _writing(command, FORMATS)
    _checking(command)
    add = command.add_argument
    add("--cluster", metavar="ADDRESS", help="check on the Dask cluster of this scheduler")
    add("--time-limit", type=_seconds, default=600.0, metavar="SECONDS", help="of a claim (600)")
    add("--memory-limit", type=_count, default=4096, metavar="MB", help="of a claim (4096)")
    add("--rows", action="store_true", help="also check each row of each proof in exact worlds")
    add("--allow-undecided", action="store_true", help="exit 0 although something is undecided")
    add("--watch", action="store_true", help="check again whenever a file changes")


def _checking(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("--seed", type=_natural, default=0, help="root of all random numbers (0)")
    add("--alpha", type=_fraction, default=1e-6, help="chance of any false alarm (1e-6)")
    add("--detect", type=_fraction, default=0.01, help="relative error that must be seen (0.01)")
    add("--jobs", type=_count, default=1, metavar="N", help="processes that check claims (1)")
    add("--no-cache", action="store_true", help="neither use nor keep earlier results")
    add("--proofs-only", action="store_true", help="do not simulate")


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("ids", nargs="+", metavar="ID", help="a claim's id")
    command.add_argument("--to", choices=EXPORTS, default="latex", help="the format (latex)")
    command.add_argument("-o", "--output", metavar="DIR", default=".", help="the folder (here)")
    _within(command)


def _report(command: argparse.ArgumentParser) -> None:
    _targets(command)
    _selecting(command)
    command.add_argument("-o", "--output", metavar="DIR", default="site", help="the folder (site)")
    _checking(command)


def _list(command: argparse.ArgumentParser) -> None:
    _targets(command)
    _selecting(command)
    _writing(command, ("text", "json"))


def _errata(command: argparse.ArgumentParser) -> None:
    _list(command)
    command.add_argument("--jobs", type=_count, default=1, metavar="N", help="processes (1)")
    command.add_argument(
        "--no-cache", action="store_true", help="neither use nor keep earlier results"
    )


def _show(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="a claim's id, as `verify list` prints it")
    _within(command)


def _explain(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "code", metavar="RULE", nargs="?", help="a rule, as in a row's reason (none: all rules)"
    )


def _cache(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=("show", "clear"), nargs="?", default="show")


def _completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "fish"))


def _plot(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="a claim's id")
    told = "an .svg, .pdf or .png (ID.svg), or a .tex with a graph in TikZ"
    command.add_argument("-o", "--output", metavar="FILE", help=told)
    command.add_argument("--crosscheck", action="store_true", help="how the cross-check went")
    command.add_argument("--seed", type=_natural, default=0, help="root of all random numbers (0)")
    _within(command)


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="SUBJECT/NAME", help="such as activations/softplus_slope")
    command.add_argument(
        "--root", metavar="FOLDER", help="the package of derivations (./derivations, or here)"
    )


def _targets(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "targets",
        nargs="*",
        metavar="TARGET",
        help="a module, package, Python file or folder with claims (default: derivations, and "
        "installed packages of derivations)",
    )


def _within(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--in",
        dest="targets",
        action="append",
        default=[],
        metavar="TARGET",
        help="the module, package, file or folder that has the claim",
    )


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
    command.add_argument("--output", metavar="FILE", help="write the report there")


def _wrong(message: str) -> Exception:
    import argparse

    return argparse.ArgumentTypeError(message)


def _fraction(text: str) -> float:
    value = _number(text)
    if not 0 < value < 1:
        raise _wrong(f"{text} is not between 0 and 1")
    return value


def _seconds(text: str) -> float:
    value = _number(text)
    if not 0 < value < 1e9:
        raise _wrong(f"{text} is not a positive number of seconds")
    return value


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise _wrong(f"{text} is not an integer, 0 or more")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise _wrong(f"{text} is not a positive integer")
    return int(text)


#: What each command is for, and its arguments, in the order of `verify --help`.
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "all": ("prove and simulate every claim", _all),
    "list": ("list the claims", _list),
    "show": ("print one derivation line by line", _show),
    "explain": ("explain a rule, with rows that it accepts and refuses", _explain),
    "errata": ("published lines that are false, and why", _errata),
    "export": ("write claims as LaTeX, slides, Markdown or pages", _export),
    "report": ("write a static site of all claims", _report),
    "plot": ("draw a claim's picture, or how its cross-check went", _plot),
    "new": ("write a commented module for a new claim", _new),
    "cache": ("where earlier results are kept; `clear` removes them", _cache),
    "completion": ("print the completion of a shell", _completion),
}
