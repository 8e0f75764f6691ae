"""`verify completion SHELL`: what Tab completes, for bash, zsh and fish."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from verify.cli import COMMANDS
from verify.commands.outcome import OK

#: What a shell asks for when it completes an argument: `verify list` and `verify explain` know.
_IDS = "verify list 2>/dev/null | cut -d' ' -f1"
_RULES = "verify explain 2>/dev/null | sed '/^$/,$d' | cut -d' ' -f1"

#: Commands whose first argument is the id of a claim.
_OF_AN_ID = ("show",)


def run(options: Namespace) -> int:
    """Prints the shell's program, to be evaluated or kept where the shell looks for it."""
    sys.stdout.write({"bash": bash, "zsh": zsh, "fish": fish}[options.shell]())
    return OK


class _Flags:
    """Stands for a parser, and keeps the options that it is given."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = [("--help", "show the command's options")]

    def add_argument(self, *names: str, **rest: Any) -> None:
        """Keeps the names of an option, and what it is for."""
        self.found += [(name, rest.get("help") or "") for name in names if name.startswith("-")]


def commands() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """For each command what it is for, and its options with theirs."""
    found = {}
    for name, (told, fill) in COMMANDS.items():
        flags: Any = _Flags()
        fill(flags)
        found[name] = (told, flags.found)
    return found


def bash() -> str:
    """For `eval "$(verify completion bash)"`."""
    cases = "\n".join(
        f'        {name}) words="{" ".join(flag for flag, _ in options)}" ;;'
        for name, (_, options) in commands().items()
    )
    return f"""_verify() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" command="${{COMP_WORDS[1]}}" words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="{" ".join(commands())} --help --version"
    else
        case "$command" in
{cases}
        esac
        case "$word" in
            -*) ;;
            *)  case "$command" in
                    {"|".join(_OF_AN_ID)}) words="$({_IDS})" ;;
                    explain) words="$({_RULES})" ;;
                    cache) words="show clear" ;;
                    completion) words="bash zsh fish" ;;
                esac ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$word"))
    if [ "${{#COMPREPLY[@]}}" -eq 0 ]; then
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}}
complete -F _verify verify
"""


def zsh() -> str:
    """For `eval "$(verify completion zsh)"`; zsh runs the completions of bash."""
    return f"autoload -U +X bashcompinit && bashcompinit\n{bash()}"


def fish() -> str:
    """For `verify completion fish | source`."""
    none = "not __fish_seen_subcommand_from " + " ".join(commands())
    lines = []
    for name, (told, options) in commands().items():
        lines.append(f"complete -c verify -n '{none}' -f -a {name} -d {_quoted(told)}")
        seen = f"__fish_seen_subcommand_from {name}"
        for flag, help_ in options:
            kind = f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}"
            lines.append(f"complete -c verify -n '{seen}' {kind} -d {_quoted(help_)}")
    for name in _OF_AN_ID:
        seen = f"__fish_seen_subcommand_from {name}"
        lines.append(f"complete -c verify -n '{seen}' -f -a \"({_IDS})\"")
    seen = "__fish_seen_subcommand_from explain"
    lines.append(f"complete -c verify -n '{seen}' -f -a \"({_RULES})\"")
    return "\n".join(lines).replace("$d", "\\$d") + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
