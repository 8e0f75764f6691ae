"""`-k EXPR`: words joined by and, or, not and parentheses; a word matches where it occurs."""

from __future__ import annotations

import re

from verify import TYPE_CHECKING
from verify.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Predicate = Callable[[str], bool]

_TOKEN = re.compile(r"\s*(\(|\)|[^\s()]+)")


class SelectionError(UsageError, ValueError):
    """The expression cannot be read."""


def selector(expression: str) -> Predicate:
    """A predicate on a claim's text (id, title and sources), case-insensitive.

    Raises SelectionError when the expression cannot be read.
    """
    tokens = _TOKEN.findall(expression)
    if not tokens:
        return lambda text: True
    predicate, rest = _either(tokens)
    if rest:
        raise SelectionError(f"-k {expression!r}: {rest[0]!r} is not expected here")
    return lambda text: predicate(text.lower())


def wanted(expression: str, sheet: str) -> Callable[[str, str, Sequence[str]], bool]:
    """Whether -k and --sheet choose a claim, by its id, title and sources.

    Raises SelectionError when the expression cannot be read.
    """
    matches = selector(expression)

    def is_wanted(id_: str, title: str, sources: Sequence[str]) -> bool:
        from_sheet = not sheet or any(text.split()[:1] == [sheet] for text in sources)
        return from_sheet and matches(" ".join((id_, title, *sources)))

    return is_wanted


def missing(
    what: str, expression: str, sheet: str, targets: Sequence[str], known: Sequence[str]
) -> str:
    """The line that says that nothing is chosen, and which ids may be meant."""
    told = [f" matches -k {expression!r}"] if expression else []
    told += [f" is from sheet {sheet!r}"] if sheet else []
    where = f" in {', '.join(targets)}" if targets else ""
    hint = ", ".join(similar(expression, known)) if expression else ""
    hint = f"; did you mean {hint}?" if hint else ""
    return f"verify: no {what}{where}{' and'.join(told) or ' is there'}{hint}\n"


def similar(name: str, known: Sequence[str]) -> list[str]:
    """Ids that may be meant by one that there is not: alike as a whole, or after the dot."""
    from difflib import get_close_matches

    endings = {each.rsplit(".", 1)[-1]: each for each in known}
    close = get_close_matches(name, known, n=3)
    close += [endings[each] for each in get_close_matches(name.rsplit(".", 1)[-1], endings, n=3)]
    return list(dict.fromkeys(close))


def _either(tokens: list[str]) -> tuple[Predicate, list[str]]:
    left, tokens = _both(tokens)
    while tokens and tokens[0].lower() == "or":
        right, tokens = _both(tokens[1:])
        left = _or(left, right)
    return left, tokens


def _both(tokens: list[str]) -> tuple[Predicate, list[str]]:
    left, tokens = _one(tokens)
    while tokens and tokens[0].lower() == "and":
        right, tokens = _one(tokens[1:])
        left = _and(left, right)
    return left, tokens


def _one(tokens: list[str]) -> tuple[Predicate, list[str]]:
    if not tokens:
        raise SelectionError("-k: a word is missing at the end of the expression")
    head, *rest = tokens
    if head.lower() == "not":
        inner, rest = _one(rest)
        return (lambda text: not inner(text)), rest
    if head == "(":
        inside, rest = _either(rest)
        if not rest or rest[0] != ")":
            raise SelectionError("-k: a parenthesis is not closed")
        return inside, rest[1:]
    if head == ")" or head.lower() in ("and", "or"):
        raise SelectionError(f"-k: a word is missing before {head!r}")
    word = head.lower()
    return (lambda text: word in text), rest


def _or(left: Predicate, right: Predicate) -> Predicate:
    return lambda text: left(text) or right(text)


def _and(left: Predicate, right: Predicate) -> Predicate:
    return lambda text: left(text) and right(text)
