r"""Long formulas in LaTeX on several lines, broken at relations, addends and factors.

A formula is cut only as deep as it must be for each piece to fit a line. Where a pair of brackets
is cut, it becomes `\bigl( … \bigr)`, which may stand on different lines; a cut product shows its
dots; what is cut within a fraction or a root is stacked there. The order is the author's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from sympy import Basic

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import statements as s
from verify.language.calculus import Applied, Derivative, Partial
from verify.language.definitions import Call, Definition
from verify.language.names import Name
from verify.language.probability import Expectation, Variance
from verify.language.terms import Negative, Plus, Power, Quotient, Times
from verify.notation.latex import latex
from verify.notation.measure import width
from verify.notation.style import Strength


class Piece(NamedTuple):
    """A part before which a line may end; `depth` counts the marks around it that are cut."""

    text: str
    depth: int


#: How far a line is indented for each mark around its beginning, in em and in LaTeX, and
#: how many marks count.
INDENT, _QUAD, _DEEPEST = 1.0, r"\quad ", 4

#: What a break costs by its depth, beside the line itself; and an em beyond the room.
_DEEPER, _BEYOND = 0.4, 1000.0

#: By how much pieces are shorter than a line, at first and where that is not enough, in em.
_LESS = (0.0, INDENT, 3.0, 5.0, 7.0, 9.0, 12.0)

#: Factors up to this wide stay with the next one, with a dot between them.
_SHORT, _DOT = 2.5, 0.8

_TALL = (r"\sum", r"\prod", r"\frac", r"\begin")


def lines(node: Basic, room: float, before: str = "") -> list[str]:
    """A term, statement or definition on lines of `room` em.

    `before` stands before it on the first line. Continued lines bring their indentation.
    """
    lead = width(before) if before else 0.0
    tries = []
    for less in _LESS:  # pieces deep within others have margins of their own: cut a little more
        found = _led(before, pieces(node, room - lead - less))
        tries.append(filled(found, room))
        if max(map(width, tries[-1])) <= room:
            return tries[-1]
    return min(tries, key=lambda shown: max(map(width, shown)))


def filled(found: Sequence[Piece], room: float) -> list[str]:
    """Pieces on as few lines as hold them, broken where the fewest brackets are open."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(found) + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            margin = 0.0 if start == 0 else INDENT * _indents(found[start])
            beyond = margin + width("".join(each.text for each in found[start:end])) - room
            cost = 1 + _DEEPER * found[start].depth * (start > 0) + max(0.0, beyond) * _BEYOND
            choices.append((best[start][0] + cost, start))
            if beyond > 0:
                break
        # Of breaks that are as good the last: lines are full before one is begun.
        best.append(min(choices, key=lambda each: (each[0], -each[1])))
    ends = [len(found)]
    while ends[-1]:
        ends.append(best[ends[-1]][1])
    ends.reverse()
    shown = []
    for start, end in pairwise(ends):
        line = "".join(each.text for each in found[start:end]).strip()
        shown.append(_QUAD * (_indents(found[start]) if start else 0) + line)
    return shown


def _indents(piece: Piece) -> int:
    return min(piece.depth + 1, _DEEPEST)


def pieces(node: Basic, room: float, needed: Strength = Strength.QUANTIFIED) -> list[Piece]:
    """The node, in brackets if it binds less than `needed`, in pieces of `room` em if it can be."""
    whole, strength = latex.render(node)
    inside = strength < needed
    shown = latex.defined(node) if isinstance(node, Definition) else whole
    shown = latex.parentheses(shown) if inside else shown
    if width(shown) <= room:
        return [Piece(shown, 0)]
    cut = next((_CUTS[kind] for kind in type(node).__mro__ if kind in _CUTS), None)
    if cut is None:
        return [Piece(shown, 0)]
    if inside:
        return _enclosed("", "(", cut(node, room - INDENT), ")")
    return cut(node, room)


def _led(before: str, found: Sequence[Piece], after: str = "") -> list[Piece]:
    """With marks before the first piece and after the last."""
    shown = [found[0]._replace(text=before + found[0].text), *found[1:]]
    return [*shown[:-1], shown[-1]._replace(text=shown[-1].text + after)]


def _deeper(found: Sequence[Piece]) -> list[Piece]:
    return [each._replace(depth=each.depth + 1) for each in found]


def _enclosed(before: str, opened: str, found: Sequence[Piece], closed: str) -> list[Piece]:
    """In brackets of a size that is the same on every line."""
    size = "bigg" if any(mark in each.text for each in found for mark in _TALL) else "big"
    first, *rest = found
    inner = [first, *_deeper(rest)]
    return _led(rf"{before}\{size}l{opened} ", inner, rf" \{size}r{closed}")


def _stacked(node: Basic, room: float) -> str:
    """On lines of its own, where brackets or a bar go round the whole."""
    shown = filled(pieces(node, room), room)
    if len(shown) == 1:
        return shown[0]
    return r"\begin{aligned} & " + r" \\ & ".join(shown) + r" \end{aligned}"


# -- terms ---------------------------------------------------------------------------------------


def _plus(node: Plus, room: float) -> list[Piece]:
    first, *rest = node.args
    found = pieces(first, room, Strength.NEGATIVE)
    for part in rest:
        sign, shown = (" - ", part.args[0]) if isinstance(part, Negative) else (" + ", part)
        head, *tail = _led(sign, pieces(shown, room - INDENT, Strength.BIG))
        found += [head, *_deeper(tail)]
    return found


def _negative(node: Negative, room: float) -> list[Piece]:
    return _led("-", pieces(node.args[0], room - 1, Strength.BIG))


def _times(node: Times, room: float) -> list[Piece]:
    *front, last = node.args
    # Only the last factor may be open to the right.
    opens = latex.render(last)[1] == Strength.BIG
    needed = [Strength.RATIO] * len(front) + [Strength.BIG if opens else Strength.RATIO]
    return _factors(node.args, needed, room)


def _matrix_product(node: a.MatMul, room: float) -> list[Piece]:
    return _factors(node.args, [Strength.MATRIX_PRODUCT, Strength.PREFIX], room)


def _factors(factors: Sequence[Any], needed: Sequence[Strength], room: float) -> list[Piece]:
    found: list[Piece] = []
    alone = False  # whether all there is is one short factor
    for factor, strength in zip(factors, needed, strict=True):
        taken = width(found[0].text) + _DOT if alone else INDENT
        shown = pieces(factor, room - taken, strength)
        if not found:
            found = shown
        elif alone:
            found = _led(found[0].text + r" \cdot ", shown)
        else:
            head, *tail = _led(r" \cdot ", shown)
            found += [head, *_deeper(tail)]
        alone = len(found) == 1 and width(found[0].text) <= _SHORT
    return found


def _quotient(node: Quotient, room: float) -> list[Piece]:
    top, bottom = (_stacked(part, room) for part in node.args)
    return [Piece(latex.ratio(top, bottom), 0)]


def _root(node: f.Root, room: float) -> list[Piece]:
    return [Piece(rf"\sqrt{{{_stacked(node.args[0], room - 1)}}}", 0)]


def _power(node: Power, room: float) -> list[Piece]:
    base, exponent = node.args
    if isinstance(base, f.Exp):
        return _enclosed("", "(", pieces(base, room - INDENT), ")" + latex.raised("", exponent))
    return _led("", pieces(base, room - 1, Strength.ATOM), latex.raised("", exponent))


def _transpose(node: a.Transpose, room: float) -> list[Piece]:
    return _led("", pieces(node.args[0], room - 1, Strength.ATOM), latex.transposed(""))


def _inverse(node: a.Inverse, room: float) -> list[Piece]:
    return _led("", pieces(node.args[0], room - 1, Strength.ATOM), "^{-1}")


def _big(node: a.Binding, room: float) -> list[Piece]:
    mark = "".join(latex.big_mark(node, where) for where in node.args[1:])
    return _led(mark, pieces(node.args[0], room - width(mark), Strength.BIG))


def _derivative(node: Derivative, room: float) -> list[Piece]:
    body, along = node.args
    mark = latex.derivative_mark(latex(along))
    return _led(mark, pieces(body, room - width(mark), Strength.BIG))


def _operator(node: Basic, room: float) -> list[Piece]:
    name = "E" if isinstance(node, Expectation) else "V"
    inside = pieces(node.args[0], room - 2 * INDENT)
    return _enclosed(rf"\mathbb{{{name}}}", "[", inside, "]")


def _function(node: f.Function, room: float) -> list[Piece]:
    kind = type(node).__name__
    inside = pieces(node.args[0], room - 2 * INDENT)
    if kind == "Abs":
        return _enclosed("", "|", inside, "|")
    if kind == "Exp":
        return _enclosed(r"\exp", "(", inside, ")")
    return _enclosed(latex.applied(kind, "").split(r"\left")[0], "(", inside, ")")


def _call(node: Call, room: float) -> list[Piece]:
    if len(node.args) == 1:
        return [Piece(latex(node), 0)]
    return _applied(latex.name(node.args[0].name), node.args[1:], room)


def _value_at(node: Applied, room: float) -> list[Piece]:
    return _applied(latex.name(node.args[0].name), node.args[1:], room)


def _partial(node: Partial, room: float) -> list[Piece]:
    function, argument, *indices = node.args
    name = latex.partial_mark(indices) + latex.name(function.name)
    return _applied(name, [argument], room)


def _applied(name: str, arguments: Sequence[Any], room: float) -> list[Piece]:
    found: list[Piece] = []
    for number, each in enumerate(arguments):
        inside = pieces(each, room - 2 * INDENT)
        found = [*_led("", found, ", "), *inside] if number else inside
    return _enclosed(name, "(", found, ")")


def _indexed(node: a.Entry, room: float) -> list[Piece]:
    base, *indices = node.args
    if isinstance(base, (Name, Call)):
        return [Piece(latex(node), 0)]
    below = latex.subscripted("", indices, base)
    return _enclosed("", "(", pieces(base, room - INDENT), ")" + below)


def _array(node: a.Array, room: float) -> list[Piece]:
    ranges = ", ".join(latex.ranged(*where) for where in node.args[1:])
    below = f"_{{{ranges}}}"
    return _enclosed("", "(", pieces(node.args[0], room - INDENT - width(below)), ")" + below)


# -- statements ----------------------------------------------------------------------------------


def _defined(node: Definition, room: float) -> list[Piece]:
    head = latex(node) + latex.assigned
    return _led(head, pieces(node.body, room - width(head)))


def _sides(node: Basic, room: float) -> list[Piece]:
    needed = Strength.SUM if isinstance(node, s.Relation) else Strength.CONJUNCTION
    left, right = node.args
    first, *rest = pieces(left, room, needed)
    mark = f" {latex.relation_mark(type(node))} "
    second, *more = _led(mark, pieces(right, room - INDENT, needed))
    return [first, *_deeper(rest), second, *_deeper(more)]


def _listed(facts: Sequence[Any], room: float) -> list[Piece]:
    found: list[Piece] = []
    for number, fact in enumerate(facts):
        word = latex.words(" and ") if number else ""
        head, *tail = _led(word, pieces(fact, room - width(word), Strength.RELATION))
        found += [head, *_deeper(tail)]
    return found


def _all_of(node: s.AllOf, room: float) -> list[Piece]:
    return _listed(node.args, room)


def _quantified(node: Basic, room: float) -> list[Piece]:
    word = "for every " if isinstance(node, s.Every) else "for some "
    *front, last = [latex.quantifier(where) for where in node.args[1:]]
    ranges = [*(f"{each}, " for each in front), last + latex.colon]
    ranges[0] = latex.words(word) + ranges[0]
    whole = "".join(ranges)
    shown = [whole] if width(whole) <= room else ranges
    return [*(Piece(each, 0) for each in shown), *pieces(node.args[0], room)]


def _property(node: Basic, room: float) -> list[Piece]:
    subject = latex(node.args[0])
    said = latex(node).removeprefix(subject)
    return [*pieces(node.args[0], room - INDENT), Piece(said, 0)]


def _uncorrelated(node: s.Uncorrelated, room: float) -> list[Piece]:
    block, *_ = node.args
    without = latex(type(node)(block, None, None))
    said = latex(node).removeprefix(without)
    return [Piece(without, 0), Piece(said, 0)]


def _minimum(node: s.GlobalMinimum, room: float) -> list[Piece]:
    objective, variable, constraints, at, value = node.args
    shown = latex(variable)
    head = latex.words("the minimum of ")
    first, *rest = _led(head, pieces(objective, room - width(head)))
    found = [first, *_deeper(rest), Piece(latex.words(" over ") + shown, 0)]
    if constraints:
        subject = latex.words(" subject to ")
        found += _led(subject, _listed(list(constraints), room - width(subject)))
    where = latex.words(" only at " if isinstance(node, s.UniqueMinimum) else " at ")
    for head, each, end in ((latex.words(" is "), value, ","), (f"{where}{shown} = ", at, "")):
        first, *rest = _led(head, pieces(each, room - width(head)), end)
        found += [first, *_deeper(rest)]
    return found


_CUTS: dict[type, Callable[[Any, float], list[Piece]]] = {
    Plus: _plus,
    Negative: _negative,
    Times: _times,
    Quotient: _quotient,
    Power: _power,
    a.MatMul: _matrix_product,
    a.Transpose: _transpose,
    a.Inverse: _inverse,
    a.Sum: _big,
    a.Product: _big,
    a.Array: _array,
    a.Entry: _indexed,
    f.Root: _root,
    f.Function: _function,
    Derivative: _derivative,
    Applied: _value_at,
    Partial: _partial,
    Expectation: _operator,
    Variance: _operator,
    Call: _call,
    Definition: _defined,
    s.Relation: _sides,
    s.Implies: _sides,
    s.Iff: _sides,
    s.AllOf: _all_of,
    s.Every: _quantified,
    s.Exists: _quantified,
    s.PositiveDefinite: _property,
    s.SymmetricMatrix: _property,
    s.Uncorrelated: _uncorrelated,
    s.GlobalMinimum: _minimum,
}
