"""Whether a claim is written in the language at all: faults of the author's hand, named by row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sympy import Basic, Rational, Tuple

from verify import language as l


class Malformed(Exception):
    """Something that is not a claim; `where` names the part or the row."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


def validate(claim: Any) -> None:
    """Raise `Malformed` at the first part that is not in the language."""
    parts = [("statement", claim.states)]
    for part in ("given", "well_formed"):
        parts += [(f"{part} {k}", fact) for k, fact in enumerate(getattr(claim, part), 1)]
    for where, statement in parts:
        _require(isinstance(statement, l.Statement), where, _not_a, statement, "statement")
        while where.startswith("well_formed") and isinstance(statement, l.Every):
            statement = statement.args[0]
        meaning = isinstance(statement, (l.FiniteMoment, *_RELATIONS[:-1]))
        _require(
            meaning or not where.startswith("well_formed"), where,
            "only finite moments and comparisons make terms meaningful; a law is `given`",
        )  # fmt: skip
    _require(isinstance(claim.proof, l.Proof), "proof", "the claim has no proof")
    seen: dict[Any, Any] = {}
    for where, node in (*parts, *_of_proof(claim.proof, "")):
        fits = isinstance(node, (l.Term, l.Statement, Rational, l.Definition))
        _require(fits, where, _not_a, node, "term")
        _check(node, where, seen)


def _require(holds: bool, where: str, otherwise: Any, *about: Any) -> None:
    """Raise with a message, made only then: a template, or a function, of what it is about."""
    if not holds:
        made = otherwise.format(*about) if isinstance(otherwise, str) else otherwise(*about)
        raise Malformed(where, made)


def _not_a(value: Any, what: str) -> str:
    if isinstance(value, l.Illegal):
        return f"{value.what} stands where a {what} belongs"
    return f"{value!r} is not a {what}"


def _of_proof(proof: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every term and statement of a proof, with its place."""
    _require(isinstance(proof, l.Proof), path.rstrip(", ") or "proof", _not_a, proof, "proof")
    for field, kind in _FIELDS.get(type(proof), {}).items():
        word = getattr(kind, "__name__", "tuple").lower()
        value = getattr(proof, field)
        _require(isinstance(value, kind), f"{path}{field}", _not_a, value, word)
    match proof:
        case l.Chain(start=start, rows=rows):
            yield f"{path}start", start
            for number, row in enumerate(rows, 1):
                yield from _of_row(row, f"{path}row {number}")
        case l.Cases(split=split):
            for case in split:
                _require(isinstance(case, l.Statement), f"{path}case", _not_a, case, "statement")
                yield f"{path}case", case
        case l.Definite(vector=vector):
            yield f"{path}vector", vector
        case l.Obtain(fact=fact):
            yield f"{path}fact", fact
        case l.Induction(on=on):
            yield f"{path}on", on
        case l.Exhibit(witness=values) | l.Apply(values=values):
            for name, value in values.items():
                _check(name, f"{path}name", {})  # as the lemma declares it, not this claim
                yield f"{path}value", l.lift(value)
    if isinstance(proof, l.Apply):
        if isinstance(proof.lemma, l.Statement):
            yield f"{path}fact", proof.lemma
        else:
            _check_lemma(proof.lemma, path.rstrip(", ") or "proof")
    for label, part in l.parts_of(proof):
        yield from _of_proof(part, f"{path}{label}, ")


def _of_row(row: Any, where: str) -> Iterator[tuple[str, Any]]:
    _require(isinstance(row, l.Row), where, _not_a, row, "row")
    known = any(row.relation is kind for kind in _RELATIONS)
    _require(known, where, _not_a, row.relation, "relation")
    yield where, row.term
    for reason in row.by if isinstance(row.by, tuple) else (row.by,):
        if not isinstance(reason, l.Reason):
            continue
        _require(isinstance(reason.about, tuple), where, _not_a, reason.about, "tuple")
        about = reason.about if reason.times is None else (*reason.about, reason.times)
        if reason.name == "lemma":
            _check_lemma(reason.about[0] if reason.about else None, where)
            pairs = reason.about[1] if len(reason.about) == 2 else None
            _require(isinstance(pairs, tuple) and all(
                isinstance(pair, tuple) and len(pair) == 2 for pair in pairs
            ), where, "a lemma is cited as lemma(claim, {name: value})")  # fmt: skip
            for name, _ in pairs or ():
                _check(name, where, {})
            about = tuple(l.lift(value) for _, value in pairs or ())
        for node in about:
            yield where, node


def _check_lemma(claim: Any, where: str) -> None:
    _require(isinstance(getattr(claim, "states", None), l.Statement), where,
             "{!r} is not a claim that could be a lemma", claim)  # fmt: skip


def _check(node: Basic, where: str, seen: dict[Any, Any]) -> None:
    """`seen`: each declaration by its name, and each node that was read, by its identity."""
    if id(node) in seen:
        return
    seen[id(node)] = node
    _require(type(node) is not l.Illegal, where, "{} stands in a term", getattr(node, "what", ""))
    if type(node) in (l.Name, l.Index, l.Definition):
        _check_name(node, where, seen)
    elif type(node) not in _NUMBERS:
        _require(type(node) in SIGNATURES, where, "{} is not in the language", type(node).__name__)
        _check_count(node, where)
        for part in node.args:
            for inner in part if type(part) is Tuple else (part,):
                _check(inner, where, seen)
        _check_arguments(node, where)
        _check_shape(node, where)
        if isinstance(node, (l.Binding, l.Every, l.Exists)):
            _check_scope(l.free_names(node.args[0]), node.args[1:], where)


def _check_name(node: Any, where: str, seen: dict[Any, Any]) -> None:
    _require(type(node.name) is str and bool(l.NAME.match(node.name)), where,
             "{!r} is not a name: letters, digits, _subscripts", node.name)  # fmt: skip
    known, first = seen.setdefault(_spelled(node.name), (node, where))
    message = "{} is declared otherwise here than in {}; rename one of the two{}"
    ranges = isinstance(node, l.Index) and isinstance(known, l.Index)
    other = f", or give a sum its own range, as in Sum(…, ({node.name}, 1, t + 1))"
    _require(known == node, where, message, node.name, first, other if ranges else "")
    if isinstance(node, l.Name):
        kind = type(node.sort) is str and type(node.random) is bool
        _require(kind and node.sort in _SORTS[node.random], where,
                 "{} is declared with an unknown sort", node.name)  # fmt: skip
        _require(_are_axes(node.axes), where,
                 "the axes of {} are not of the form (index, first, last)", node.name)  # fmt: skip
        inside = [part for axis in node.axes for part in axis if part is not None]
    elif isinstance(node, l.Index):
        inside = [part for part in (node.low, node.high) if part is not None]
    else:
        named = all(isinstance(p, (l.Name, l.Index)) for p in node.parameters)
        _require(named and type(node.parameters) is tuple, where,
                 "a parameter of {} is not a declared name", node.name)  # fmt: skip
        inside = [node.body, *node.parameters]
        _check_scope(l.free_names(node.body), node.parameters, where)
    for part in inside:
        _require(isinstance(part, (l.Term, Rational)), where,
                 "{} stands in the declaration of {}, not a term", part, node.name)  # fmt: skip
        _check(part, where, seen)


def _are_axes(axes: Any) -> bool:
    """Whether a name's axes are ranges, none of which mentions its own index or a later one."""
    if type(axes) is not tuple or any(type(axis) is not tuple or len(axis) != 3 for axis in axes):
        return False
    marks = [index for index, *_ in axes]
    return all(mark is None or isinstance(mark, l.Index) for mark in marks) and all(
        l.free_names(end).isdisjoint(marks[k:])
        for k, (_, *ends) in enumerate(axes) for end in ends if isinstance(end, Basic)
    )  # fmt: skip


def _check_scope(names: frozenset[Basic], binders: Sequence[Basic], where: str) -> None:
    """Each is bound once, and decides no range of a name or an index that is not bound within."""
    own = [each[0] if isinstance(each, Tuple) else each for each in binders]
    _require(len(set(own)) == len(own), where, "two of {} are the same name", own)
    for each in reversed(binders):
        bound, *ends = each if isinstance(each, Tuple) else (each,)
        for name in names - {bound}:
            _require(bound not in l.free_names(name), where,
                     "the range of {} depends on {}, bound there; bind it within",
                     name, bound)  # fmt: skip
        names = (names - {bound}).union(*(l.free_names(end) for end in ends))


def _spelled(name: str) -> str:
    """A name as its letters are called: μ and mu, or an a of two alphabets, look alike."""
    plain = (unicodedata.name(c, c) if c > "~" else c for c in unicodedata.normalize("NFKC", name))
    parts = [each.partition(" LETTER ")[::2] for each in plain]
    return "".join(
        letter.lower() if "SMALL" in kind else letter.capitalize() or kind for kind, letter in parts
    )


def _check_count(node: Basic, where: str) -> None:
    """Extra arguments would be silently ignored: log(c, 10) is not a logarithm to base 10."""
    least, kinds = SIGNATURES[type(node)]
    fits = len(node.args) >= least if kinds[-1] == "*" else len(node.args) == least
    _require(fits, where, "{} takes {} argument(s), not {}",
             type(node).__name__, least, len(node.args))  # fmt: skip


def _check_arguments(node: Basic, where: str) -> None:
    """Arguments are of the kinds of the node's signature, the last kind repeated before a *."""
    kinds = SIGNATURES[type(node)][1].rstrip("*")
    for k, part in enumerate(node.args):
        test, word = _ARGUMENTS[kinds[min(k, len(kinds) - 1)]]
        _require(test(part), where, "{} takes {}, not {}", type(node).__name__, word, part)


def _check_shape(node: Any, where: str) -> None:
    try:
        shape = l.axes(node) if isinstance(node, l.Term) else ()
        parts = () if isinstance(node, (l.Entry, l.Law)) else node.args
        inner = [l.axes(part) for part in parts if isinstance(part, (l.Term, Rational))]
    except ValueError as fault:
        raise Malformed(where, str(fault)) from fault
    match node:
        case l.Times():
            _require(sum(map(bool, inner)) < 2, where,
                     "arrays are multiplied with @, or entry by entry with indices")  # fmt: skip
        case l.Plus():
            _require(not shape or all(inner), where, "a number is added to an array")
        case l.Relation():
            left, right = ((len(l.axes(side)), l.is_row(side)) for side in node.args)
            _require(left == right, where,
                     "{} relates an array to something of another shape", node)  # fmt: skip
        case l.Array():
            own = {where[0] for where in node.args[1:]}
            ends = [l.free_names(end) for where in node.args[1:] for end in where[1:]]
            _require(all(own.isdisjoint(names) for names in ends), where,
                     "a range of an Array mentions another of its indices")  # fmt: skip
        case l.Applied(args=(function, argument)) | l.Partial(args=(function, argument, *_)):
            ranges = tuple((low, high) for _, low, high in function.axes)
            fits = all(high is not None for _, high in ranges) and not l.is_row(argument)
            _require(fits and l.same_axes(l.axes(argument), ranges), where,
                     "{} is no argument of {}", argument, function.name)  # fmt: skip
            _require(len(node.args) - 2 == (len(ranges) if isinstance(node, l.Partial) else 0),
                     where, "{} needs {} indices", node, len(ranges))  # fmt: skip
        case l.Call(args=(definition, *values)):
            _require(len(values) == len(definition.parameters), where,
                     "{} is not given its arguments", definition.name)  # fmt: skip
            given = dict(zip(definition.parameters, values, strict=True))
            for name, value in given.items():
                declared = l.substitute(name, {k: v for k, v in given.items() if k != name})
                fits = l.same_axes(l.axes(value), l.axes(declared)) and not l.is_row(value)
                _require(fits, where, "{} has not the shape of {} of {}", value, name,
                         definition.name)  # fmt: skip


def _square(part: Any) -> bool:
    shape = l.axes(part) if isinstance(part, l.Term) else ()
    return len(shape) == 2 and l.same_range(*shape)


def _range(part: Any, ends: tuple[int, ...]) -> bool:
    indexed = type(part) is Tuple and len(part) - 1 in ends and isinstance(part[0], l.Index)
    return indexed and all(_scalar(end) for end in part[1:])


def _term(part: Any) -> bool:
    function = isinstance(part, l.Name) and part.sort == "function"
    return isinstance(part, (l.Term, Rational)) and not function


def _scalar(part: Any) -> bool:
    return _term(part) and (isinstance(part, Rational) or not l.axes(part))


def _variable(part: Any) -> bool:
    name = part.args[0] if isinstance(part, l.Entry) else part
    real = isinstance(name, l.Name) and name.sort == "real" and not name.random
    return real and _scalar(part)


def _stated(part: Any) -> bool:
    fixed = type(part) is Tuple and not any(l.is_random(each) for each in part)
    return fixed and len(part) < 2 and all(_scalar(each) for each in part)


#: What stands in a signature: the test of an argument, and its name.
_ARGUMENTS: dict[str, tuple[Any, str]] = {
    "s": (_scalar, "a number, not an array or a statement"),
    "t": (lambda part: _term(part), "terms"),
    "f": (lambda part: isinstance(part, l.Name) and part.sort == "function", "a function name"),
    "v": (lambda part: _variable(part), "a real name, or an entry of one, to differentiate along"),
    "m": (_square, "a square matrix"),
    "S": (lambda part: isinstance(part, l.Statement), "statements"),
    "i": (lambda part: getattr(part, "is_Integer", False) and part > 0, "a positive integer"),
    "p": (_stated, "a fixed mean or variance"),
    "b": (lambda part: _range(part, (2,)), "ranges (index, first, last)"),
    "q": (lambda part: isinstance(part, l.Name) or _range(part, (1, 2)), "ranges and names"),
    "n": (lambda part: isinstance(part, l.Name), "a declared name"),
    "d": (lambda part: isinstance(part, l.Definition), "a definition"),
    "L": (lambda part: type(part) is Tuple and all(isinstance(x, l.Statement) for x in part),
          "a list of statements"),
}  # fmt: skip

#: The closed set of node classes, a subclass not included: (fewest arguments, their kinds).
SIGNATURES: dict[type[Basic], tuple[int, str]] = {
    **dict.fromkeys(l.FUNCTIONS, (1, "s")),
    **dict.fromkeys((l.Root, l.Expectation, l.Variance), (1, "s")),
    **dict.fromkeys((l.Plus, l.Times, l.Independent), (2, "t*")),
    **dict.fromkeys((l.Negative, l.Transpose, l.IndependentEntries), (1, "t")),
    **dict.fromkeys((l.Inverse, l.SymmetricMatrix, l.PositiveDefinite), (1, "m")),
    **dict.fromkeys((l.Sum, l.Product), (2, "sb*")),
    **dict.fromkeys((l.Every, l.Exists), (2, "Sq*")),
    **dict.fromkeys((l.Implies, l.Iff), (2, "SS")),
    **dict.fromkeys((l.GlobalMinimum, l.UniqueMinimum), (5, "snLts")),
    l.Differentiable: (1, "f"), l.Applied: (2, "ft"), l.Partial: (2, "fts*"),
    l.Derivative: (2, "sv"), l.Quotient: (2, "ts"), l.Power: (2, "ss"), l.Delta: (2, "ss"),
    l.MatMul: (2, "tt"),
    l.Vector: (1, "s*"), l.Array: (2, "sb*"), l.Entry: (2, "ts*"), l.Call: (1, "dt*"),
    l.AllOf: (1, "S*"), l.Uncorrelated: (3, "tpp"), l.FiniteMoment: (2, "ti"),
}  # fmt: skip
#: The sorts of fixed names and of random ones.
_SORTS = (("dimension", "natural", "real", "function"), ("real",))
#: A subclass of these could be another number each time it is read.
_NUMBERS = {Rational, *(type(Rational(p, q)) for p, q in ((0, 1), (1, 1), (-1, 1), (2, 1), (1, 2)))}
_RELATIONS = (l.Equation, l.Unequal, l.AtMost, l.Less, l.AtLeast, l.Greater, l.SameLaw)
SIGNATURES.update(dict.fromkeys(_RELATIONS, (2, "tt")))
_FIELDS: dict[type[l.Proof], dict[str, Any]] = {
    l.Chain: {"rows": tuple},
    l.Cases: {"split": tuple, "proofs": tuple},
    l.Parts: {"proofs": tuple},
    l.Minimum: {"feasible": tuple},
    l.Exhibit: {"witness": Mapping},
    l.Apply: {"values": Mapping},
    l.Obtain: {"fact": l.Statement},
}
