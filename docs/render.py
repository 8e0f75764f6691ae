"""Renders what the documentation shows from the project itself: `python -m docs.render`.

The README's picture, derivation and source, the outputs of the tutorial and the page of the rules
are never edited by hand; tests/test_readme.py and tests/docs render them again and compare.
`python -m docs.render tutorial` (or readme, picture, rules) renders one of them.
"""

from __future__ import annotations

import ast
import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from derivations.initialization import preactivation
from derivations.initialization.preactivation import preactivation_variance
from docs import transcript
from verify import prove
from verify.kernel.rules import RULES
from verify.report.derivation import derivation
from verify.report.page import plain
from verify.report.picture import as_svg, pictured
from verify.report.rule_page import rule_page
from verify.session import run_claims

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "report.svg"
README = ROOT / "README.md"
TUTORIAL = ROOT / "docs" / "tutorial.md"
RULES_PAGE = ROOT / "docs" / "rules.md"

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


def tutorial() -> str:
    """The tutorial with the outputs of its commands."""
    with TemporaryDirectory() as folder:
        return transcript.filled(TUTORIAL.read_text(encoding="utf-8"), Path(folder), ROOT)


def rules() -> str:
    """Every rule: what it says, when, where it is from, and what it makes of examples."""
    parts = [
        "# The rules\n\nThe closed table of rules that a row may cite, from their docstrings. "
        "A row that also holds without\nits rule is refused. The examples are put to the kernel "
        "when this page is rendered."
    ]
    for name in sorted(RULES):
        shown = rule_page(name)
        parts.append(f"## {name}\n\n{shown.title}")
        parts += [f"**{head}.** {_plain(body)}" for head, body in shown.parts.items()]
        examples = [
            f"- {'refused' if each.refusal else 'accepted'}: `{each.statement.text}` by {each.by}"
            + (f", given `{'`, `'.join(fact.text for fact in each.given)}`" if each.given else "")
            for each in (*shown.accepted, *shown.refused)
        ]
        parts += ["\n".join(examples)] if examples else []
    return "\n\n".join(parts) + "\n"


def _plain(words: str) -> str:
    """Prose of a docstring in which Markdown finds nothing to set, code excepted."""
    return re.sub(r"([\[\]*_<>|])(?=(?:[^`]*`[^`]*`)*[^`]*$)", r"\\\1", words)


#: What can be rendered: where it goes, and what it is.
RENDERED: dict[str, tuple[Path, Callable[[], str]]] = {
    "readme": (README, lambda: filled(README.read_text(encoding="utf-8"))),
    "tutorial": (TUTORIAL, tutorial),
    "rules": (RULES_PAGE, rules),
    "picture": (PICTURE, lambda: as_svg(run_claims(pictured()))),
}


def main(arguments: Sequence[str]) -> None:
    """Writes the pages of these names, all by default."""
    parser = ArgumentParser(prog="python -m docs.render", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="PAGE", help=", ".join(RENDERED))
    names = parser.parse_args(arguments).names
    unknown = [name for name in names if name not in RENDERED]
    if unknown:
        parser.error(f"no page {unknown[0]!r}; there are {', '.join(RENDERED)}")
    for name in names or RENDERED:
        path, render = RENDERED[name]
        path.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
