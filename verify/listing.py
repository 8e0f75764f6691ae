"""Which claims there are, read from the source without importing anything.

`verify list` need not wait for SymPy: id, title, source and expectation of a claim are literals
in a `Claim(...)` call. A module where they are not is imported after all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, order=True)
class Listed:
    """What a list shows of a claim."""

    id: str
    title: str
    sources: tuple[str, ...]
    expected: str


def listed(package: str = "derivations") -> list[Listed]:
    """Every claim under `package`, sorted by id."""
    found: list[Listed] = []
    for name, path in _sources(package):
        calls = [node for node in ast.walk(_parsed(path)) if _makes_a_claim(node)]
        literal = [_read(call) for call in calls]
        if None in literal:
            found += _imported(name)
        else:
            found += [each for each in literal if each is not None]
    return sorted(set(found))


def _sources(package: str) -> Iterator[tuple[str, Path]]:
    spec = find_spec(package)
    for root in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(root).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if parts[-1] == "__init__":
                parts = parts[:-1]
            yield ".".join((package, *parts)), path


def _parsed(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])  # reported when the claims are imported


def _makes_a_claim(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) == "Claim"
    )


def _read(call: ast.AST) -> Listed | None:
    """The literal parts of one call, None if one of them is not a literal."""
    values: dict[str, object] = {"source": (), "expected": "proved"}
    for keyword in call.keywords if isinstance(call, ast.Call) else []:
        if keyword.arg in ("id", "title", "source", "expected"):
            try:
                values[keyword.arg] = ast.literal_eval(keyword.value)
            except ValueError:
                return None
    if not isinstance(values.get("id"), str) or "title" not in values:
        return None
    source = values["source"]
    sources = (source,) if isinstance(source, str) else tuple(source)  # type: ignore[arg-type]
    return Listed(str(values["id"]), str(values["title"]), sources, str(values["expected"]))


def _imported(module: str) -> list[Listed]:
    from verify.discovery import claims_of

    return [
        Listed(claim.id, claim.title, claim.sources, claim.expected) for claim in claims_of(module)
    ]
