"""Whether a claim is written in the language at all: faults of the author's hand, named by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sympy import Basic, Rational, Tuple

from verify.kernel import laws
from verify.language import arrays as a
from verify.language import definitions
from verify.language import functions as f
from verify.language import probability as pr
from verify.language import proofs as pf
from verify.language import statements as s
from verify.language import terms as t
from verify.language.definitions import Definition
from verify.language.names import NAME, Index, Name
from verify.language.substitution import free_names


class Malformed(Exception):
    """Something that is not a claim; `where` names the part or the row."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


def validate(claim: Any) -> None:
    """Raise `Malformed` at the first part that is not in the language."""
    if not isinstance(claim.states, s.Statement):
        raise Malformed("statement", _not_a(claim.states, "statement"))
    for part in ("given", "well_formed"):
        for number, statement in enumerate(getattr(claim, part), 1):
            if not isinstance(statement, s.Statement):
                raise Malformed(f"{part} {number}", _not_a(statement, "statement"))
    for number, statement in enumerate(claim.well_formed, 1):
        _check_condition(statement, f"well_formed {number}")
    if not isinstance(claim.proof, pf.Proof):
        raise Malformed("proof", "the claim has no proof")
    seen: dict[str, tuple[Basic, str]] = {}
    for where, node in _parts(claim):
        if not isinstance(node, (t.Term, s.Statement, Rational, Definition)):
            raise Malformed(where, _not_a(node, "term"))
        _check(node, where, seen)


def _check_condition(statement: Basic, where: str) -> None:
    while isinstance(statement, s.Every):
        statement = statement.args[0]
    fits = isinstance(statement, (s.FiniteMoment, *_COMPARISONS))
    if not fits:
        raise Malformed(
            where, "only finite moments and comparisons make terms meaningful; a law is `given`"
        )


def _not_a(value: Any, what: str) -> str:
    if isinstance(value, t.Illegal):
        return f"{value.what} stands where a {what} belongs"
    return f"{value!r} is not a {what}"


def _parts(claim: Any) -> Iterator[tuple[str, Any]]:
    yield "statement", claim.states
    for part in ("given", "well_formed"):
        for number, statement in enumerate(getattr(claim, part), 1):
            yield f"{part} {number}", statement
    yield from _proof_parts(claim.proof, "")


def _proof_parts(proof: Any, path: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(proof, pf.Proof):
        raise Malformed(path.rstrip(", ") or "proof", _not_a(proof, "proof"))
    for field, kind in _FIELDS.get(type(proof), {}).items():
        if not isinstance(getattr(proof, field), kind):
            word = getattr(kind, "__name__", "tuple").lower()
            raise Malformed(f"{path}{field}", _not_a(getattr(proof, field), word))
    if isinstance(proof, pf.Cases):
        for case in proof.split:
            if not isinstance(case, s.Statement):
                raise Malformed(f"{path}case", _not_a(case, "statement"))
    if isinstance(proof, pf.Apply):
        _check_lemma(proof.lemma, path.rstrip(", ") or "proof")
    if isinstance(proof, pf.Chain):
        yield f"{path}start", proof.start
        for number, row in enumerate(proof.rows, 1):
            if not isinstance(row, pf.Row):
                raise Malformed(f"{path}row {number}", _not_a(row, "row"))
            if row.relation not in _RELATIONS:
                raise Malformed(f"{path}row {number}", _not_a(row.relation, "relation"))
            yield f"{path}row {number}", row.term
            for reason in row.by if isinstance(row.by, tuple) else (row.by,):
                if isinstance(reason, pf.Reason):
                    yield from _reason_parts(reason, f"{path}row {number}")
    extra: dict[str, tuple[Any, ...]] = {
        "case": proof.split if isinstance(proof, pf.Cases) else (),
        "fact": (proof.fact,) if isinstance(proof, pf.Obtain) else (),
        "witness": tuple(proof.witness.values()) if isinstance(proof, pf.Exhibit) else (),
        "value": tuple(proof.values.values()) if isinstance(proof, pf.Apply) else (),
    }
    for label, nodes in extra.items():
        for node in nodes:
            yield f"{path}{label}", t.lift(node)
    for label, part in pf.parts_of(proof):
        yield from _proof_parts(part, f"{path}{label}, ")


def _reason_parts(reason: pf.Reason, where: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(reason.about, tuple):
        raise Malformed(where, _not_a(reason.about, "tuple"))
    if reason.times is not None:
        yield where, reason.times
    if reason.name == "lemma":
        _check_lemma(reason.about[0] if reason.about else None, where)
        pairs = reason.about[1] if len(reason.about) == 2 else None
        if not isinstance(pairs, tuple) or any(
            not isinstance(pair, tuple) or len(pair) != 2 for pair in pairs
        ):
            raise Malformed(where, "a lemma is cited as lemma(claim, {name: value})")
        for _, value in pairs:
            yield where, t.lift(value)
    else:
        for node in reason.about:
            yield where, node


def _check_lemma(claim: Any, where: str) -> None:
    if not isinstance(getattr(claim, "states", None), s.Statement):
        raise Malformed(where, f"{claim!r} is not a claim that could be a lemma")


def _check(node: Basic, where: str, seen: dict[str, tuple[Basic, str]]) -> None:
    if isinstance(node, t.Illegal):
        raise Malformed(where, f"{node.what} stands in a term")
    if type(node) in (Name, Index, Definition):
        _check_name(node, where, seen)
    elif type(node) not in _NODES and not isinstance(node, Rational):
        raise Malformed(where, f"{type(node).__name__} is not in the language")
    _check_arity(node, where)
    ranges = node.args[1:] if isinstance(node, (a.Binding, s.Every, s.Exists)) else ()
    for each in ranges:
        if any(isinstance(part, (s.Statement, Definition)) for part in each.args):
            raise Malformed(where, f"{each} is not a range of terms")
    for part in node.args:
        _check(part, where, seen)
    _check_shape(node, where)


def _check_name(node: Basic, where: str, seen: dict[str, tuple[Basic, str]]) -> None:
    if not isinstance(node.name, str) or not NAME.match(node.name):
        raise Malformed(where, f"{node.name!r} is not a name: letters, digits, _subscripts")
    if isinstance(node, Name) and (
        node.sort not in ("real", "dimension", "natural")
        or not isinstance(node.random, bool)
        or (node.random and node.sort != "real")
    ):
        raise Malformed(where, f"{node.name} is declared with an unknown sort")
    known, first = seen.setdefault(node.name, (node, where))
    if known != node:
        raise Malformed(
            where, f"{node.name} is declared otherwise here than in {first}; rename one of the two"
        )
    if isinstance(node, Name):
        inside = [part for axis in node.axes for part in axis if part is not None]
    elif isinstance(node, Index):
        inside = [part for part in (node.low, node.high) if part is not None]
    else:
        inside = [node.body]
        if not isinstance(node.body, (t.Term, Rational)):
            raise Malformed(where, f"the body of {node.name} is not a term")
    for part in inside:
        if isinstance(part, (s.Statement, Definition)):
            raise Malformed(where, f"{part} stands in the declaration of {node.name}, not a term")
        _check(part, where, seen)


def _check_arity(node: Basic, where: str) -> None:
    """Extra arguments would be silently ignored: log(c, 10) is not a logarithm to base 10."""
    count = next((n for n, kinds in _ARITIES.items() if isinstance(node, kinds)), None)
    if count is not None and len(node.args) != count:
        raise Malformed(
            where, f"{type(node).__name__} takes {count} argument(s), not {len(node.args)}"
        )
    if isinstance(node, (t.Plus, t.Times, a.Entry, s.Independent)) and len(node.args) < 2:
        raise Malformed(where, f"{type(node).__name__} takes at least two arguments")
    if isinstance(node, (t.Term, s.Relation, s.Law)) and any(
        isinstance(part, s.Statement) for part in node.args
    ):
        raise Malformed(where, "a statement stands where a term belongs")
    called = node.args[1:] if isinstance(node, definitions.Call) else node.args
    if any(isinstance(part, Definition) for part in called):
        raise Malformed(where, "a definition with parameters stands without its arguments")


def _check_shape(node: Basic, where: str) -> None:
    try:
        shape = a.axes(node) if isinstance(node, t.Term) else ()
    except ValueError as fault:
        raise Malformed(where, str(fault)) from fault
    ranges = node.args[1:] if isinstance(node, a.Binding) else ()
    if isinstance(node, a.Binding) and (not ranges or any(len(each) != 3 for each in ranges)):
        raise Malformed(where, f"{type(node).__name__} needs ranges (index, first, last)")
    if isinstance(node, _SCALAR) and any(a.axes(part) for part in node.args):
        raise Malformed(where, f"{type(node).__name__} takes a number, not an array")
    if isinstance(node, (a.Sum, a.Product)) and a.axes(node.args[0]):
        raise Malformed(where, "only numbers are summed; sum the entries")
    if isinstance(node, t.Times) and sum(bool(a.axes(part)) for part in node.args) > 1:
        raise Malformed(where, "arrays are multiplied with @, or entry by entry with indices")
    if isinstance(node, t.Plus) and shape and not all(a.axes(part) for part in node.args):
        raise Malformed(where, "a number is added to an array")
    if isinstance(node, s.Relation) and not _comparable(*node.args):
        raise Malformed(where, f"{node} relates an array to something of another shape")
    if isinstance(node, a.Array) and _ragged(node):
        raise Malformed(where, "a range of an Array mentions another of its indices")
    if isinstance(node, (s.SymmetricMatrix, s.PositiveDefinite, a.Inverse)):
        inner = a.axes(node.args[0])
        if len(inner) != 2 or not a.same_range(*inner):
            raise Malformed(where, f"{node.args[0]} is not a square matrix")
    if isinstance(node, s.FiniteMoment) and not (node.args[1].is_Integer and node.args[1] > 0):
        raise Malformed(where, "the order of a moment is a positive integer")
    if isinstance(node, s.Uncorrelated):
        for stated in node.args[1:]:
            if any(laws.is_random(part) for part in stated):
                raise Malformed(where, "a mean or a variance is a fixed number")


def _comparable(left: Basic, right: Basic) -> bool:
    """Numbers with numbers, arrays with arrays of as many indices."""
    return len(a.axes(left)) == len(a.axes(right))


def _ragged(array: Basic) -> bool:
    own = {where[0] for where in array.args[1:]}
    ends = [end for where in array.args[1:] for end in where[1:]]
    return any(own & free_names(end) for end in ends)


_RELATIONS = (s.Equation, s.Unequal, s.AtMost, s.Less, s.AtLeast, s.Greater, s.SameLaw)
_FIELDS: dict[type[pf.Proof], dict[str, type]] = {
    pf.Chain: {"rows": tuple},
    pf.Cases: {"split": tuple, "proofs": tuple},
    pf.Parts: {"proofs": tuple},
    pf.Minimum: {"feasible": tuple},
    pf.Exhibit: {"witness": Mapping},
    pf.Apply: {"values": Mapping},
    pf.Obtain: {"fact": s.Statement},
}
_ARITIES: dict[int, tuple[type[Basic], ...]] = {
    1: (
        t.Negative, f.Root, f.Function, pr.Expectation, pr.Variance, a.Transpose, a.Inverse,
        s.SymmetricMatrix, s.PositiveDefinite,
    ),
    2: (t.Quotient, t.Power, a.Delta, a.MatMul, s.Relation, s.Implies, s.Iff, s.FiniteMoment),
    3: (s.Uncorrelated,),
    5: (s.GlobalMinimum,),
}  # fmt: skip
_COMPARISONS = (s.Equation, s.Unequal, s.AtMost, s.Less, s.AtLeast, s.Greater)
_MODULES = (t, a, f, pr, s, definitions)
#: The closed set of node classes; anything else, a subclass included, is not in the language.
_NODES = frozenset(
    kind for module in _MODULES for kind in vars(module).values() if isinstance(kind, type)
) | {Tuple}
_SCALAR = (t.Power, f.Root, f.Function, pr.Expectation, pr.Variance, a.Delta)
