"""Where text goes: a terminal in its own width and colours, or 100 plain columns."""

from __future__ import annotations

from io import StringIO
from typing import IO, Any

from rich.console import Console, RenderableType

#: The width of a report that does not go to a terminal, and of a derivation at most.
WIDTH = 100

#: A terminal that says to be narrower than this is not believed.
NARROWEST = 60


def page(stream: IO[str]) -> Console:
    """A console on a stream; colours only on a terminal, and not with NO_COLOR."""
    console = console_on(stream)
    if not console.is_terminal:
        console.width = WIDTH
    console.width = max(console.width, NARROWEST)
    return console


def console_on(stream: IO[str], **options: Any) -> Console:
    """A console that prints brackets as they are: W[j] is an entry and no markup."""
    return Console(file=stream, markup=False, emoji=False, highlight=False, **options)


def plain(content: RenderableType, width: int = WIDTH) -> str:
    """The text without any escape codes, lines without trailing blanks."""
    stream = StringIO()
    console_on(stream, width=width, no_color=True).print(content)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"
