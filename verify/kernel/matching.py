"""When two statements say the same, and which laws follow from the stated ones."""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import Any

from sympy import Basic, Integer

from verify import language as l
from verify.kernel import laws
from verify.kernel.context import Context, Fact, facts_of
from verify.kernel.normal import Env, Normalizer
from verify.kernel.order import sign_of
from verify.kernel.polynomial import Poly, Refusal, hints
from verify.kernel.sign_sets import ALLOWED
from verify.kernel.theory import ALGEBRA, Theory


def same_statement(fact: Fact, wanted: Basic) -> bool:
    """Whether a fact is what the author cites: the same statement, or the one it came from."""
    if fact.origin == wanted:
        return True
    other = facts_of(wanted, fact.kind)
    return len(other) == 1 and _anonymous(fact) == _anonymous(other[0])


def _anonymous(fact: Fact) -> Any:
    """A fact with its bound indices numbered, so that their names do not matter."""
    marks: dict[Basic, Basic] = {}
    ranges = []
    for number, where in enumerate(fact.binders):
        ranges.append(tuple(l.substitute(end, marks) for end in where[1:]))
        marks[where[0]] = l.Index(f"•{number}")
    return ranges, l.substitute(fact.statement, marks)


def same_term(left: Basic, right: Basic) -> bool:
    """Whether two terms are written alike, but for bound names and brackets on the left."""
    return bool(left == right or _numbered(left) == _numbered(right))


def _numbered(node: Any, depth: int = 0) -> Any:
    """A term with its bound indices numbered from outside in."""
    if isinstance(node, l.Binding):
        marks: dict[Basic, Basic] = {}
        binders = []
        for number, where in enumerate(node.args[1:], depth):
            ends = (_numbered(l.substitute(end, marks), number) for end in where[1:])
            binders.append((l.Index(f"•{number}"), *ends))
            marks[where[0]] = binders[-1][0]
        body = l.substitute(node.args[0], marks)
        return node.func(_numbered(body, depth + len(binders)), *binders)
    if isinstance(node, (l.Name, l.Index, l.Definition)) or not node.args:
        return node
    parts = [_numbered(part, depth) for part in node.args]
    if isinstance(node, (l.Plus, l.Times)) and type(parts[0]) is type(node):
        parts[:1] = parts[0].args  # what is put in for t brings brackets that no author can write
    return _counted(node, parts)


def _counted(node: Any, parts: list[Any]) -> Basic:
    """A node of these parts, its integers put together: 0 + 1, t + 1 - 1, 2·0, |0|."""
    whole = [part for part in parts if isinstance(part, Integer)]
    match node:
        case l.Negative() | l.Abs() if whole:
            return -whole[0] if isinstance(node, l.Negative) else abs(whole[0])
        case l.Times() if len(whole) == len(parts):
            return Integer(prod(whole))
        case l.Plus() if len(whole) > 1:
            rest = [part for part in parts if part not in whole]
            rest += [Integer(sum(whole))] if sum(whole) or not rest else []
            return l.Plus(*rest) if len(rest) > 1 else rest[0]
    return node.func(*parts)


def shape(n: Normalizer, term: Basic) -> list[tuple[Poly | None, ...]]:
    """The ranges of an array term, as normal forms."""
    return [tuple(None if end is None else n.of(end) for end in axis) for axis in l.axes(term)]


def equal_arrays(context: Context, theory: Theory, left: Basic, right: Basic) -> bool:
    """Whether two scalars or arrays have one normal form."""
    n = context.normal(theory)
    alike = l.is_row(left) == l.is_row(right) and shape(n, left) == shape(n, right)
    return alike and not n.together(gap(n, left, right))[0].terms


def gap(n: Normalizer, left: Basic, right: Basic, m: Normalizer | None = None) -> Poly:
    """left − right, of arrays at common indices; the right side by m, if it is given."""
    _, env = n.context.ranged(
        l.binder((l.Index(f"•{k}"), *axis)) for k, axis in enumerate(l.axes(left))
    )
    at = tuple(value.body for value in env.values())
    return n.of(left, None, at) - (m or n).of(right, None, at)


def symmetric_blocks(context: Context, about: tuple[Basic, ...]) -> list[laws.Leaf]:
    """The blocks named by `symmetry(...)` (all stated ones, if none is named)."""
    n = context.normal(ALGEBRA)
    near = [n.of(i) for term in about if isinstance(term, l.Entry) for i in term.args[1:]]
    known = []
    for fact, env in context.instances(l.SameLaw, near):
        block = laws.block_of(n, fact.statement.args[0], env)
        if block is not None and is_negative(context, *fact.statement.args):
            known.append((block, fact))
    found = [] if about else [block for block, _ in known]
    for wanted in about:
        target = laws.block_of(n, wanted)
        home = next((f for b, f in known if target and laws.inside(target, b)), None)
        if target is None or home is None:
            raise Refusal(f"no hypothesis says that {wanted} and its negative have the same law")
        context.used.add(home)
        found.append(target)
    return found


def is_negative(context: Context, left: Basic, right: Basic) -> bool:
    """Whether the right side is the negative of the left one, entry by entry."""
    return right == l.Negative(left) or equal_arrays(context, ALGEBRA, right, l.Negative(left))


# -- discharging hypotheses of lemmas -------------------------------------------------------------


def holds(context: Context, statement: Any) -> bool:
    """Whether a statement is a fact here, or follows from one by a law of the table."""
    if isinstance(statement, l.AllOf):
        return all(holds(context, part) for part in statement.args)
    if _is_fact(context, statement):
        return True
    if isinstance(statement, l.Every):
        if any(isinstance(where, l.Name) for where in statement.args[1:]):
            return False
        inner = context
        for where in statement.args[1:]:
            inner = inner.bound_to(where[0], where[1:])
        return holds(inner, statement.args[0])
    n = context.normal(Theory(unfolded=l.definitions_in(statement)))
    match statement:
        case l.SameLaw():
            return _same_law(context, statement)
        case l.Relation(args=(left, right)):
            return _relation(context, statement, left, right)
        case l.Independent(args=blocks):
            return _independent(n, [laws.read(n, n.entries(block).body) for block in blocks])
        case l.Uncorrelated() | l.IndependentEntries():
            return _family(context.normal(ALGEBRA), statement)
        case l.FiniteMoment(args=(block, order)):
            return bool(laws.order_of(n, n.entries(block).body) >= int(order))
    return False


def _is_fact(context: Context, statement: Basic) -> bool:
    for fact in context.facts:
        if context.usable(fact) and same_statement(fact, statement):
            context.used.add(fact)
            return True
    return False


def _relation(context: Context, statement: Basic, left: Basic, right: Basic) -> bool:
    if isinstance(statement, l.Equation):
        plain = Theory(unfolded=l.definitions_in(statement))
        cited = tuple(
            f for f in context.facts if context.usable(f) and isinstance(f.statement, l.Equation)
        )
        # All at once, or one alone: another might rewrite what it speaks of.
        ways = ((), cited, *((fact,) for fact in cited))
        theories = (replace(plain, cited=way) for way in ways)
        return any(equal_arrays(context, theory, left, right) for theory in theories)
    wanted = ALLOWED[type(statement)]
    if l.axes(left):
        return False
    return sign_of(context, l.Plus(left, l.Negative(right)), None, wanted) <= wanted


def _same_law(context: Context, statement: Any) -> bool:
    n, sides = context.normal(ALGEBRA), statement.args
    near = hints(n.entries(sides[0]).body)
    for fact, env in context.instances(l.SameLaw, near):
        target, block = laws.block_of(n, sides[0]), laws.block_of(n, fact.statement.args[0], env)
        if target and laws.inside(target, block) and is_negative(context, *fact.statement.args):
            context.used.add(fact)
            return is_negative(context, *sides)
        both = l.definitions_in(statement) | l.definitions_in(fact.statement)
        m = context.normal(Theory(unfolded=both))
        pairs = list(zip(fact.statement.args, sides, strict=True))
        if all(_same_array(m, x, y, env) for x, y in pairs):
            context.used.add(fact)
            return True
    return False


def _same_array(n: Normalizer, x: Basic, y: Basic, env: Env) -> bool:
    return n.entries(x, env) == n.entries(y) and len(l.axes(x)) == len(l.axes(y)) and [
        [None if end is None else n.of(end, env) for end in axis] for axis in l.axes(x)
    ] == [list(axis) for axis in shape(n, y)]  # fmt: skip


def _independent(n: Normalizer, found: list[list[laws.Leaf]]) -> bool:
    for fact, _, blocks in laws.stated(n, l.Independent, [x for leaves in found for x in leaves]):
        homes = [laws.homes(leaves, blocks) for leaves in found]
        together: frozenset[int] = frozenset().union(*homes)
        if -1 not in together and sum(map(len, homes)) == len(together):
            n.context.used.add(fact)
            return True
    return False


def _family(n: Normalizer, statement: Any) -> bool:
    """A law of entries, from that of a block which holds them."""
    target = laws.block_of(n, statement.args[0])
    for fact, env, blocks in laws.stated(n, type(statement), [target] if target else []):
        pairs = zip(fact.statement.args[1:], statement.args[1:], strict=True)
        agree = (not wanted or (stated and n.of(stated[0], env) == n.of(wanted[0]))
                 for stated, wanted in pairs)  # fmt: skip
        if target and laws.inside(target, blocks[0]) and all(agree):
            n.context.used.add(fact)
            return True
    return False
