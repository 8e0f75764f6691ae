"""MathML for pages that load nothing: latex2mathml's, tidied for the eye and for screen readers."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from itertools import pairwise
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

#: Elements whose children are distinct places, where a group stands for one child.
_PLACES = frozenset({
    "mfrac", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mroot",
})  # fmt: skip

#: Where limits stand, by where indices would.
_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}

#: Marks that latex2mathml takes for names.
_PUNCTUATION = {";", ":", "⟨", "⟩", "<", ">", "{", "}"}

#: The invisible mark between a function and its argument, which screen readers read as "of".
_APPLIED = "\N{FUNCTION APPLICATION}"

#: The invisible mark between a factor and the name of a function, with TeX's thin space.
_TIMES = "\N{INVISIBLE TIMES}"


#: Marks that latex2mathml would hand on as markup, or with the backslash before them, and the
#: private characters that stand in for them until the tree is built.
_STAND_INS = {
    mark: chr(0xE000 + number)
    for number, mark in enumerate(
        ("<", ">", r"\&", r"\textbackslash{}", r"\textasciitilde{}", r"\textasciicircum{}",
         r"\#", r"\$", r"\%", r"\_", r"\{", r"\}")
    )
}  # fmt: skip
_TEXT_MARKS = re.compile(
    r"(?<!\\left)(?<!\\right)(?:" + "|".join(re.escape(mark) for mark in _STAND_INS) + ")"
)
_MARKS = str.maketrans(dict(zip(_STAND_INS.values(), "<>&\\~^#$%_{}", strict=True)))


@cache
def mathml(latex: str, *, continued: bool = False) -> str:
    """One formula in the size and with the limits of a display, flowing with the text.

    A `continued` formula goes on where another stopped: a mark at its head has that to its left.
    """
    root = Element("math", displaystyle="true")
    root.extend([_tidied(tree) for tree in _converted(latex)])
    _flatten(root)
    if continued and len(root) and root[0].tag == "mo":
        root[0].set("form", "infix")
    return tostring(root, encoding="unicode", short_empty_elements=False)


def _converted(latex: str) -> list[Element]:
    safe = _TEXT_MARKS.sub(lambda found: _STAND_INS[found[0]], latex)
    return list(convert_to_element(safe, display="block"))


def _tidied(node: Element) -> Element:
    """Upright words in one piece, marks as marks, without attributes that are the default."""
    kind = node.tag
    node.text = None if node.text is None else unescape(node.text).translate(_MARKS)
    word = _word(node)
    if word is not None:
        return _leaf("mi", word)
    text = (node.text or "").strip("\n")
    if kind == "mi" and text in _PUNCTUATION:
        return _leaf("mo", text)
    if kind == "mo" and len(text) > 1 and text.isalpha() and len(node) == 0:
        return _leaf("mi", text)
    if kind in _LIMITS and len(node) and unescape(node[0].text or "") in ("∑", "∏"):
        kind = _LIMITS[kind]  # the reader's program puts them aside where there is no room
    made = Element(kind)
    made.text = node.text
    for key, value in node.attrib.items():
        if (key == "mathvariant" and len(text) == 1) or key in ("width", "columnalign"):
            made.set(key, value)
    if "minsize" in node.attrib:  # half of a pair of brackets, the other half on another line
        size = node.attrib["minsize"]
        form = "prefix" if text in "([" else "postfix"
        made.attrib |= {"stretchy": "true", "form": form, "minsize": size, "maxsize": size}
    for part in node:
        made.append(_tidied(part))
    _flatten(made)
    _join_marks(made)
    _apply_functions(made)
    if kind == "mrow" and len(made) == 1:
        return made[0]
    return made


def _leaf(kind: str, text: str) -> Element:
    made = Element(kind)
    made.text = text
    return made


def _word(node: Element) -> str | None:
    """The word that a row of upright letters spells, as `mathrm` does."""
    letters = [each.text or "" for each in node]
    upright = all(each.get("mathvariant") == "normal" for each in node)
    return "".join(letters) if len(letters) > 1 and upright else None


def _flatten(node: Element) -> None:
    """Dissolve rows that only group, where a row can stand."""
    if node.tag in _PLACES:
        return
    for part in list(node):
        if part.tag == "mrow" and not _fenced(part):
            at = list(node).index(part)
            node.remove(part)
            for offset, inner in enumerate(list(part)):
                node.insert(at + offset, inner)


def _join_marks(node: Element) -> None:
    """The two marks of a definition in one."""
    for before, after in pairwise(list(node)):
        if (before.tag, before.text, after.tag, after.text) == ("mo", ":", "mo", "="):
            before.text = ":="
            node.remove(after)


def _fenced(row: Element) -> bool:
    """Whether a row is held by delimiters, which grow with what is between them."""
    opens = row.tag == "mrow" and len(row) > 1 and row[0].tag == "mo"
    return opens and (row[0].text or " ") in "([|‖{⟨"


def _apply_functions(node: Element) -> None:
    """Put the invisible "of" behind a function's name, and "times" before it."""
    for before, after in pairwise(list(node)):
        operator = before.tag == "mi" and (before.text or " ") in "𝔼𝕍ℙ"
        if (_named(before) or operator) and _fenced(after):
            node.insert(list(node).index(after), _leaf("mo", _APPLIED))
        elif _named(after) and before.tag not in ("mo", "mtext", "mspace"):
            times = _leaf("mo", _TIMES)
            times.set("lspace", "0.17em")
            node.insert(list(node).index(after), times)


def _named(node: Element) -> bool:
    """Whether this is a name of several letters, such as that of a function."""
    return node.tag == "mi" and len(node.text or "") > 1
