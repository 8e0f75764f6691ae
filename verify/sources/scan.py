"""What one source file says, read without running it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import ast

#: Parts of the standard library that compute and neither read nor write anything.
PURE = frozenset({
    "__future__", "abc", "bisect", "cmath", "collections", "copy", "dataclasses", "decimal",
    "enum", "fractions", "functools", "heapq", "itertools", "math", "numbers", "operator",
    "random", "re", "statistics", "string", "textwrap", "types", "typing", "warnings",
})  # fmt: skip

#: Names whose use can make a module depend on more than its source and its imports.
_OUTSIDE = frozenset({
    "__import__", "compile", "eval", "exec", "fromfile", "genfromtxt", "getenv", "globals",
    "import_module", "input", "load", "loadtxt", "memmap", "open", "setattr", "vars",
})  # fmt: skip

#: The parts of a claim that a list shows; they must be literals to be read from the source.
_SHOWN = ("id", "title", "source", "expected", "corrected", "awaits")


class Listed(NamedTuple):
    """What a list shows of a claim; the fields are those of `Claim`."""

    id: str
    title: str
    sources: tuple[str, ...]
    expected: str
    corrected: str | None = None
    awaits: str | None = None


class Scan(NamedTuple):
    """What was found in one file.

    code: a digest of the program, comments and layout left out. imports: absolute names, and
    relative ones with their dots. claims: made by literal calls at the top level. makes: claims
    may be made here in another way. outside: what the module reads beside its imports, or "".
    fault: why the file cannot be read, or "".
    """

    code: str
    imports: tuple[str, ...]
    claims: tuple[Listed, ...]
    makes: bool
    outside: str
    fault: str


def scan(text: str) -> Scan:
    """What the source text of a module says."""
    import ast

    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as problem:
        line = getattr(problem, "lineno", None)
        place = f"line {line}: " if line else ""
        told = f"{place}{getattr(problem, 'msg', None) or problem}"
        return Scan(hashlib.sha256(text.encode()).hexdigest(), (), (), True, "", told)
    nodes = list(ast.walk(tree))
    imports = _imports(nodes)
    calls = list(_top_level_claims(tree))
    claims = [_read(call) for call in calls]
    plain = {id(call.func) for call, claim in zip(calls, claims, strict=True) if claim is not None}
    return Scan(
        code=hashlib.sha256(ast.dump(tree).encode()).hexdigest(),
        imports=tuple(dict.fromkeys(imports)),
        claims=tuple(claim for claim in claims if claim is not None),
        makes=_makes_otherwise(nodes, plain),
        outside=_outside(nodes, imports),
        fault="",
    )


def _imports(nodes: Sequence[ast.AST]) -> list[str]:
    import ast

    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            found.append(base)
            dot = "" if base.endswith(".") else "."
            found += [f"{base}{dot}{alias.name}" for alias in node.names if alias.name != "*"]
    return found


def _top_level_claims(tree: ast.Module) -> list[ast.Call]:
    import ast

    values = [
        node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr)
    ]
    return [value for value in values if isinstance(value, ast.Call) and _is_claim(value.func)]


def _is_claim(node: ast.AST) -> bool:
    return getattr(node, "id", getattr(node, "attr", None)) == "Claim"


def _read(call: ast.Call) -> Listed | None:
    """The literal parts of one call, None if one of them is not a literal."""
    import ast

    values: dict[str, Any] = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            return None
        if keyword.arg in _SHOWN:
            try:
                values[keyword.arg] = ast.literal_eval(keyword.value)
            except ValueError:
                return None
    source = values.get("source", ())
    sources = (source,) if isinstance(source, str) else source
    if call.args or not isinstance(sources, list | tuple):
        return None
    listed = Listed(
        values.get("id", ""),
        values.get("title", ""),
        tuple(sources),
        values.get("expected", "proved"),
        values.get("corrected"),
        values.get("awaits"),
    )
    texts = (listed.id, listed.title, listed.expected, *listed.sources)
    optional = (listed.corrected, listed.awaits)
    if not all(isinstance(text, str) for text in texts) or not listed.id:
        return None
    return listed if all(text is None or isinstance(text, str) for text in optional) else None


def _makes_otherwise(nodes: Sequence[ast.AST], plain: set[int]) -> bool:
    """Whether `Claim` is used other than in literal calls and annotations, or claims are copied."""
    import ast

    passed = set(plain)
    for node in nodes:
        notes = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        passed |= {id(part) for note in notes if note is not None for part in ast.walk(note)}
    for node in nodes:
        if (
            isinstance(node, ast.Name | ast.Attribute)
            and _is_claim(node)
            and id(node) not in passed
        ):
            return True
        if isinstance(node, ast.ImportFrom):
            copies = node.module in ("dataclasses", "copy") and node.level == 0
            for alias in node.names:
                if alias.name == "Claim" and alias.asname:
                    return True
                if copies and alias.name in ("replace", "copy", "deepcopy", "*"):
                    return True
        if isinstance(node, ast.Import) and {"dataclasses", "copy"} & {a.name for a in node.names}:
            return True
    return False


def _outside(nodes: Sequence[ast.AST], imports: Sequence[str]) -> str:
    import ast
    import sys

    for name in imports:
        top = name.split(".")[0]
        if top in sys.stdlib_module_names and top not in PURE:
            return f"imports {top}"
    for node in nodes:
        used = getattr(node, "id", None) if isinstance(node, ast.Name) else None
        used = node.attr if isinstance(node, ast.Attribute) else used
        if used in _OUTSIDE:
            return f"uses {used}"
    return ""
