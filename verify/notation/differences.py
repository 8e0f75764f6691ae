"""By what two sides differ, as people write it: the kernel prints its canonical polynomials.

`-1·Σ[#1.0=1..n] E(X[#1.0]^2)·n^-2` is read as `-Σ_{i=1..n} E[X[i]²]/n²`. Nothing but the marks
changes: no term is added, left out or moved, except that what divides stands after a slash.
"""

from __future__ import annotations

import re

_GAP = re.compile(r"(?P<lead>\bthe two sides differ by )(?P<gap>[^;]*)")
_BOUND = re.compile(r"#\d+(?:\.\d+)*")
_POWERED = re.compile(r"(?P<base>.+)\^(?P<sign>-?)(?P<exponent>\d+)\Z", re.DOTALL)
_CALLED = re.compile(r"(?P<head>[^\W\d]\w*'*)\((?P<inside>.*)\)\Z", re.DOTALL)
_INDEXED = re.compile(r"(?P<head>[^\W\d]\w*'*)\[(?P<inside>.*)\]\Z", re.DOTALL)
_PLAIN = re.compile(r"(?:[^\W\d]\w*'*|\d+)\Z")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LETTERS = "ijklmpqrstuvw"
_OPEN, _CLOSED = "([", ")]"


def readable(reason: str) -> str:
    """A refusal in which the difference of two sides is written for people."""
    return _GAP.sub(lambda found: found["lead"] + _sum(_named(found["gap"])), reason)


def _named(gap: str) -> str:
    """Letters that are not yet taken for the indices that the kernel numbers."""
    taken = set(re.findall(r"[^\W\d]\w*", gap))
    letters = iter([letter for letter in _LETTERS if letter not in taken])
    names: dict[str, str] = {}
    for found in _BOUND.findall(gap):
        if found not in names:
            names[found] = next(letters, f"i{len(names)}")
    return _BOUND.sub(lambda found: names[found[0]], gap)


def _split(text: str, mark: str) -> list[str]:
    """The parts between the marks that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for at, each in enumerate(text):
        depth += (each in _OPEN) - (each in _CLOSED)
        if depth == 0 and text.startswith(mark, at):
            parts.append(text[start:at])
            start = at + len(mark)
    return [*parts, text[start:]]


def _sum(text: str) -> str:
    """Terms with their signs between them."""
    first, *rest = map(_term, _split(text, " + "))
    signed = [f" - {each[1:]}" if each.startswith("-") else f" + {each}" for each in rest]
    return "".join([first, *signed])


def _term(text: str) -> str:
    """A number, sums and factors; those with a negative exponent below a slash."""
    sign = ""
    if text.startswith("-1·"):
        sign, text = "-", text.removeprefix("-1·")
    shown = sign
    above: list[str] = []
    below: list[str] = []
    *sums, last = _split(text, " ")
    for each in sums:
        number, mark, found = each.rpartition("Σ[")
        if not mark:
            return sign + text
        shown += f"{number}Σ_{{{_range(found[:-1])}}} "
    for factor in _split(last, "·"):
        powered = _POWERED.match(factor)
        inverse = powered is not None and powered["sign"] == "-"
        (below if inverse else above).append(_factor(factor))
    shown += "·".join(above) or "1"
    if below:
        shown += "/" + (below[0] if len(below) == 1 else f"({'·'.join(below)})")
    return shown


def _range(text: str) -> str:
    name, _, ends = text.partition("=")
    return f"{name}={'..'.join(_sum(end) for end in ends.split('..'))}"


def _factor(text: str) -> str:
    """An atom with its exponent, whose sign the slash before it stands for."""
    powered = _POWERED.match(text)
    if powered is None:
        return _atom(text)
    shown = _atom(powered["base"])
    if powered["base"].startswith("power("):
        shown = f"({shown})"
    exponent = powered["exponent"]
    return shown if exponent == "1" else shown + exponent.translate(_SUPERSCRIPTS)


def _atom(text: str) -> str:
    """A name, an entry, a function or a sum in parentheses."""
    if text.startswith("(") and text.endswith(")"):
        return f"({_sum(text[1:-1])})"
    indexed, called = _INDEXED.match(text), _CALLED.match(text)
    if indexed is not None:
        return f"{indexed['head']}[{_listed(indexed['inside'])}]"
    if called is None:
        return text
    head, parts = called["head"], _split(called["inside"], ", ")
    if head == "power" and len(parts) == 2:
        base, exponent = (_sum(part) for part in parts)
        whole = [part if _PLAIN.match(part) else f"({part})" for part in (base, exponent)]
        return "^".join(whole)
    if head in ("E", "V"):
        return f"{head}[{_listed(called['inside'])}]"
    if head == "abs" and len(parts) == 1:
        return f"|{_sum(parts[0])}|"
    if head == "root" and len(parts) == 1:
        return f"√({_sum(parts[0])})"
    return f"{head}({_listed(called['inside'])})"


def _listed(text: str) -> str:
    return ", ".join(_sum(part) for part in _split(text, ", "))
