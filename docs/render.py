"""Renders what the README shows from the project itself: `python -m docs.render`.

The picture of the report, the page of one derivation and its source are never edited by hand;
tests/test_readme.py renders them again and compares.
"""

from __future__ import annotations

import ast
from pathlib import Path

from derivations.initialization import preactivation
from derivations.initialization.preactivation import preactivation_variance
from verify import prove
from verify.discovery import claims
from verify.report.derivation import derivation
from verify.report.page import plain
from verify.report.picture import as_svg
from verify.session import run_claims

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "report.svg"
README = ROOT / "README.md"

#: The parts of a claim that the README shows.
SHOWN = ("id", "title", "source", "states", "given", "proof")


def page() -> str:
    """What `verify show` prints of the README's derivation."""
    return plain(derivation(preactivation_variance, prove(preactivation_variance)))


def source() -> str:
    """The declarations and the claim of the README's derivation, as its module has them."""
    text = Path(str(preactivation.__file__)).read_text(encoding="utf-8")
    assigned = [node for node in ast.parse(text).body if isinstance(node, ast.Assign)]
    claim = next(node for node in assigned if _targets(node) == {"preactivation_variance"})
    if not isinstance(claim.value, ast.Call):
        raise TypeError("preactivation_variance is not a call of Claim")
    shown = [each for each in claim.value.keywords if each.arg in SHOWN]
    needed = {name for each in shown for name in _names(each)}
    declared: list[ast.Assign] = []
    for node in reversed(assigned[: assigned.index(claim)]):
        if _targets(node) & needed:
            declared.insert(0, node)
            needed |= _names(node.value)
    lines = [str(ast.get_source_segment(text, node)) for node in declared]
    lines += ["", "preactivation_variance = Claim("]
    lines += [f"    {ast.get_source_segment(text, each)}," for each in shown]
    return "\n".join([*lines, "    # then: worlds, a simulation, false variants", ")"]) + "\n"


def _targets(node: ast.Assign) -> set[str]:
    return {name for target in node.targets for name in _names(target)}


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def filled(readme: str) -> str:
    """The README with its two blocks replaced."""
    for name, language, block in (("show", "", page()), ("source", "python", source())):
        fenced = f"```{language}\n{block.rstrip()}\n```"
        before, _, rest = readme.partition(f"<!-- {name} -->\n")
        _, _, after = rest.partition("\n<!-- end -->")
        readme = f"{before}<!-- {name} -->\n{fenced}\n<!-- end -->{after}"
    return readme


def main() -> None:
    """Writes the README's blocks and the picture."""
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(as_svg(run_claims(list(claims()))), encoding="utf-8")


if __name__ == "__main__":
    main()
