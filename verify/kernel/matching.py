"""When two statements say the same, and which laws follow from the stated ones."""

from __future__ import annotations

from typing import Any

from sympy import Basic, Tuple

from verify.kernel import laws
from verify.kernel.context import Context, Fact
from verify.kernel.laws import definitions_in
from verify.kernel.normal import Normalizer
from verify.kernel.polynomial import Poly, index_var, rename
from verify.kernel.refusal import Refusal
from verify.kernel.signs import ALLOWED
from verify.kernel.theory import ALGEBRA, Theory
from verify.kernel.visible import sign_of
from verify.language import arrays as a
from verify.language import statements as s
from verify.language import terms as t
from verify.language.names import Index, Name
from verify.language.substitution import substitute


def same_statement(context: Context, fact: Fact, wanted: Basic) -> bool:
    """Whether a fact is what the author cites: the same statement, or the one it came from."""
    if fact.origin == wanted:
        return True
    binders: tuple[Any, ...] = ()
    while isinstance(wanted, s.Every) and not any(isinstance(w, Name) for w in wanted.args[1:]):
        binders, wanted = binders + tuple(wanted.args[1:]), wanted.args[0]
    return bool(_anonymous(fact.binders, fact.statement) == _anonymous(binders, wanted))


def _anonymous(binders: tuple[Any, ...], statement: Basic) -> Any:
    """A quantified statement with its bound indices numbered, so that their names do not matter."""
    marks: dict[Basic, Basic] = {}
    ranges = []
    for number, where in enumerate(binders):
        ranges.append(tuple(substitute(end, marks) for end in where[1:]))
        marks[where[0]] = Index(f"•{number}")
    return ranges, substitute(statement, marks)


def entries(n: Normalizer, term: Basic, env: Any = None) -> tuple[Poly, tuple[Any, ...]]:
    """An array or scalar as one polynomial at placeholder indices, with its ranges."""
    shape = a.axes(term)
    if not shape:
        return n.of(term, env), ()
    ends = [tuple(n.of(end, env) for end in axis if end is not None) for axis in shape]
    names = [n.context.fresh(e[0], e[1] if len(e) > 1 else None) for e in ends]
    body = n.entry(term, tuple(index_var(v) for v in names), env or {})
    marks = {v: f"@{i}" for i, v in enumerate(names)}
    return rename(body, marks), tuple(ends)


def equal_arrays(context: Context, theory: Theory, left: Basic, right: Basic) -> bool:
    """Whether two scalars or arrays have one normal form."""
    n = context.normal(theory)
    if a.is_row(left) != a.is_row(right):
        return False
    zero = isinstance(right, type(t.lift(0))) and right == 0
    if zero and a.axes(left):
        return not entries(n, left)[0].terms
    (x, shape), (y, other) = entries(n, left), entries(n, right)
    return shape == other and not n.together(x - y)[0].terms


def symmetric_block(context: Context, about: tuple[Basic, ...]) -> list[laws.Leaf]:
    """The blocks named by `symmetry(...)` (all stated ones, if none is named)."""
    n = context.normal(ALGEBRA)
    stated = []
    for fact, env in context.instances(s.SameLaw, _hints(n, about)):
        block = laws.block_of(n, fact.statement.args[0], env)
        if block is not None and is_negative(context, *fact.statement.args):
            stated.append((block, fact))
    if not about:
        return [block for block, _ in stated]
    found = []
    for wanted in about:
        target = laws.block_of(n, wanted, {})
        home = next((f for b, f in stated if target and laws.inside(target, b)), None)
        if target is None or home is None:
            raise Refusal(f"no hypothesis says that {wanted} and its negative have the same law")
        context.use(home)
        found.append(target)
    return found


def is_negative(context: Context, left: Basic, right: Basic) -> bool:
    """Whether the right side is the negative of the left one, entry by entry."""
    return right == t.Negative(left) or equal_arrays(context, ALGEBRA, right, t.Negative(left))


def _hints(n: Normalizer, terms: tuple[Basic, ...]) -> list[Poly]:
    return [n.of(i) for term in terms if isinstance(term, a.Entry) for i in term.args[1:]]


# -- discharging hypotheses of lemmas -------------------------------------------------------------


def holds(context: Context, statement: Basic) -> bool:
    """Whether a statement is a fact here, or follows from one by a law of the table."""
    if isinstance(statement, s.AllOf):
        return all(holds(context, part) for part in statement.args)
    if isinstance(statement, s.Every):
        return _every(context, statement)
    if _is_fact(context, statement):
        return True
    return next((test(context, statement) for kind, test in _TESTS if isinstance(statement, kind)),
                False)  # fmt: skip


def _is_fact(context: Context, statement: Basic) -> bool:
    for fact in context.facts:
        if context.usable(fact) and same_statement(context, fact, statement):
            context.use(fact)
            return True
    return False


def _every(context: Context, statement: Basic) -> bool:
    inner = context
    for where in statement.args[1:]:
        if isinstance(where, Name):
            return False
        inner = inner.bound_to(where[0], where[1:])
    return holds(inner, statement.args[0])


def _relation(context: Context, statement: Basic) -> bool:
    left, right = statement.args
    if isinstance(statement, s.Equation):
        theory = Theory(unfolded=definitions_in(left) | definitions_in(right))
        cited = tuple(
            f for f in context.facts if context.usable(f) and isinstance(f.statement, s.Equation)
        )
        for option in (theory, Theory(unfolded=theory.unfolded, cited=cited)):
            if equal_arrays(context, option, left, right):
                return True
        return False
    if a.axes(left):
        return False
    wanted = ALLOWED[type(statement)]
    return sign_of(context, t.Plus(left, t.Negative(right)), None, wanted) <= wanted


def _same_law(context: Context, statement: Basic) -> bool:
    left, right = statement.args
    n = context.normal(ALGEBRA)
    hints = [*_hints(n, (left,)), *_index_hints(n, left)]
    for fact, env in context.instances(s.SameLaw, hints):
        block, target = (laws.block_of(n, x, e) for x, e in ((fact.statement.args[0], env),
                                                             (left, {})))  # fmt: skip
        joint = block and target and laws.inside(target, block)
        if joint and is_negative(context, *fact.statement.args):
            context.use(fact)
            return is_negative(context, left, right)
        both = definitions_in(statement) | definitions_in(fact.statement)
        m = context.normal(Theory(unfolded=both))
        sides = zip(fact.statement.args, (left, right), strict=True)
        if all(entries(m, x, env) == entries(m, y) for x, y in sides):
            context.use(fact)
            return True
    return False


def _index_hints(n: Normalizer, term: Basic) -> list[Poly]:
    from verify.kernel.citing import hints

    return hints(entries(n, term)[0])


def _read(context: Context, term: Basic) -> list[laws.Leaf]:
    n = context.normal(Theory(unfolded=definitions_in(term)))
    body, _ = entries(n, term)
    return [x for mono, _ in body.terms for atom, _ in mono.factors for x in laws.leaves(n, atom)]


def _independent(context: Context, statement: Basic) -> bool:
    n = context.normal(ALGEBRA)
    read = [_read(context, block) for block in statement.args]
    hints = [index for found in read for _, at in found for index in at]
    for fact, env in context.instances(s.Independent, hints):
        blocks = [laws.block_of(n, block, env) for block in fact.statement.args]
        homes = []
        for found in read:
            home = {next((i for i, b in enumerate(blocks) if b and laws.inside(x, b)), -1)
                    for x in found}  # fmt: skip
            homes.append(home)
        together = set().union(*homes)
        if -1 not in together and sum(map(len, homes)) == len(together):
            context.use(fact)
            return True
    return False


def _uncorrelated(context: Context, statement: Basic) -> bool:
    n = context.normal(ALGEBRA)
    target = laws.block_of(n, statement.args[0], {})
    for fact, env in context.instances(s.Uncorrelated, list(target[1]) if target else []):
        block = laws.block_of(n, fact.statement.args[0], env)
        if not (target and block and laws.inside(target, block)):
            continue
        pairs = zip(fact.statement.args[1:], statement.args[1:], strict=True)
        if all(_agrees(n, stated, wanted, env) for stated, wanted in pairs):
            context.use(fact)
            return True
    return False


def _agrees(n: Normalizer, stated: Tuple, wanted: Tuple, env: Any) -> bool:
    if not wanted:
        return True
    return bool(stated) and n.of(stated[0], env) == n.of(wanted[0])


def _finite_moment(context: Context, statement: Basic) -> bool:
    n = context.normal(Theory(unfolded=definitions_in(statement.args[0])))
    body, _ = entries(n, statement.args[0])
    return bool(laws.order_of(n, body) >= int(statement.args[1]))


_TESTS: tuple[tuple[type[Basic], Any], ...] = (
    (s.SameLaw, _same_law),
    (s.Relation, _relation),
    (s.Independent, _independent),
    (s.Uncorrelated, _uncorrelated),
    (s.FiniteMoment, _finite_moment),
)
