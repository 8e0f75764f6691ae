import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.report.claims import every_claim
from tests.report.made_up import BINOMIAL, CITED, ERRATUM, FALSE, a, b, results
from verify import Cases, algebra, at_least, chain, equals, equation, given, less
from verify.claim import Claim
from verify.discovery import claim as claim_named
from verify.kernel.prove import derive
from verify.kernel.rules import RULES
from verify.report.export import FORMATS
from verify.report.export.slides import slides
from verify.report.export.tex import prose, words
from verify.report.outline import Outline, outline

PDFLATEX = shutil.which("pdflatex")
needs_tex = pytest.mark.skipif(PDFLATEX is None, reason="no TeX is installed")

LONG = replace(
    BINOMIAL,
    title="Sums √(a² + b²) ≤ ‖x‖ · ½ & 100 % of {x_1} → ŵᵀ",
    proof=chain(
        (a + b) ** 2,
        *[
            equals(row, by=algebra)
            for _ in range(9)
            for row in ((a + b) * (a + b), a**2 + 2 * a * b + b**2)
        ],
    ),
)
SHORT = chain((a + b) ** 2, equals(a**2 + 2 * a * b + b**2, by=algebra))
SPLIT = replace(
    BINOMIAL,
    given=[equation(a, 1)],
    proof=Cases((less(a, 0), at_least(a, 0)), (SHORT, SHORT)),
)
RECORDS = {each.claim.id: each for each in results()}


def page(claim: Claim) -> Outline:
    return outline(claim, None if claim.expected == "refuted" else derive(claim))


def written(claim: Claim, form: str) -> str:
    return FORMATS[form].write(page(claim), RECORDS[claim.id])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("claim", [BINOMIAL, CITED, FALSE, ERRATUM, LONG, SPLIT], ids=range(6))
def test_every_format_holds_the_statement_in_the_authors_order(form: str, claim: Claim) -> None:
    shown = written(claim, form)
    if form in ("html", "reveal"):
        assert "<math" in shown
        outside = re.sub(r"<script>.*?</script>", "", shown, flags=re.DOTALL)
        assert not re.search(r"<(?:script|img|link|iframe)[^>]* (?:src|href)=", outside)
        assert not re.search(r"url\((?!.?data:)", outside)
    else:
        first = r"\left(a + b\right)^{2}" if claim is not ERRATUM else "a^{2} > 0"
        assert first in shown


def test_a_latex_part_is_an_align_block_with_reasons() -> None:
    shown = written(CITED, "latex")
    row = r"& = \left(a + 1\right)^{2} \tag*{\footnotesize given (1)}"
    assert r"\begin{align*}" in shown
    assert row in shown


def test_beamer_uncovers_one_row_after_the_other() -> None:
    shown = written(BINOMIAL, "beamer")
    first, second = shown.index(r"\uncover<2->"), shown.index(r"\uncover<3->")
    assert first < shown.index(r"\left(a + b\right) \left(a + b\right)") < second


def test_a_long_derivation_goes_on_where_the_slide_before_ended() -> None:
    found = list(slides(page(LONG), 52, 9))
    assert len(found) > 1
    assert [row for slide in found for row in slide.rows] == list(page(LONG).steps)
    for before, after in pairwise(found):
        assert after.before == before.rows[-1]


def test_markdown_keeps_underscores_out_of_text_within_formulas() -> None:
    shown = written(CITED, "markdown")
    assert not re.search(r"\\text\{[^}]*_", shown)
    assert shown.startswith('---\ntitle: "A square with one term given"\n---\n')
    assert r"&& \text{given (1)}" in shown


def test_a_refusal_is_told_in_every_format_with_a_page() -> None:
    for form in ("latex", "markdown", "html"):
        assert "efused at row 1" in written(FALSE, form)


def test_slides_in_html_step_row_by_row() -> None:
    shown = written(BINOMIAL, "reveal")
    assert shown.count('class="row row fragment"') == 2


def test_a_formula_in_prose_stands_alone_where_it_is_too_wide() -> None:
    said = ("given (", a + b, ", ", equation(a, b), ") (1)")
    assert prose(said, 30, 20) == ["given ($a + b$, $a = b$) (1)"]
    assert prose(said, 30, 2) == [
        "given (",
        r"$\displaystyle a + b$",
        r"$\displaystyle a = b$",
        ") (1)",
    ]


def test_reasons_that_are_longer_than_a_line_have_lines_of_their_own() -> None:
    fact = equation(sum((a + number for number in range(2, 40)), b), 0)
    cited = replace(CITED, given=[fact], proof=chain(a, equals(a, by=given(fact))))
    shown = FORMATS["latex"].write(outline(cited), RECORDS[CITED.id])
    below = shown.partition("  & = a")[2]
    assert r"\tag*" not in below
    assert below.count(r"\text{\footnotesize") > 2


def test_prose_becomes_latex_that_tex_can_set() -> None:
    assert words("50 % & √2 of b_old") == r"50 \% \& \ensuremath{\surd}2 of b\_old"
    assert words("⅔q") == r"\ensuremath{\frac{2}{3}}q"
    assert words("xᵀ").isascii()
    assert words("🙂").isascii()


def test_indices_in_prose_stand_below_the_line() -> None:
    assert words("x_1 of sum_of") == r"x\textsubscript{1} of sum\_of"
    below = r"\textsubscript{h\textsubscript{t+1}}"
    assert words("∇_{h_{t+1}} = x_tᵀ") == (
        rf"\ensuremath{{\nabla}}{below} = x\textsubscript{{t}}\textsuperscript{{T}}"
    )


def compiled(source: str, folder: Path) -> str:
    """The log of pdfTeX; fails if there is no document."""
    (folder / "shown.tex").write_text(source, encoding="utf-8")
    done = subprocess.run(
        [str(PDFLATEX), "-interaction=nonstopmode", "-halt-on-error", "shown.tex"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    log = done.stdout.decode(errors="replace")
    assert done.returncode == 0, log[-2000:]
    return log


REAL = ["initialization.leaky_relu_second_moment", "initialization.erratum_relu_variance"]
WHOLE = r"\documentclass{article}\usepackage{amsmath,amssymb}\begin{document}%s\end{document}"


@needs_tex
@pytest.mark.slow
@pytest.mark.parametrize("claim", [LONG, SPLIT, *REAL], ids=str)
def test_beamer_compiles_and_nothing_leaves_the_slide(claim: Claim | str, tmp_path: Path) -> None:
    shown = page(claim_named(claim) if isinstance(claim, str) else claim)
    source = FORMATS["beamer"].write(shown, RECORDS[BINOMIAL.id])
    assert "Overfull" not in compiled(source, tmp_path)


@needs_tex
@pytest.mark.slow
@pytest.mark.parametrize("claim", [LONG, SPLIT, FALSE, *REAL], ids=str)
def test_the_latex_part_compiles(claim: Claim | str, tmp_path: Path) -> None:
    shown = page(claim_named(claim) if isinstance(claim, str) else claim)
    part = FORMATS["latex"].write(shown, RECORDS[BINOMIAL.id])
    compiled(WHOLE % f"\n{part}", tmp_path)


def overfull(log: str) -> list[str]:
    """The lines of a log that tell of an overfull box, each with its claim."""
    found, shown = [], ""
    for line in log.splitlines():
        if line.startswith("claim "):
            shown = line
        if "Overfull" in line:
            found.append(f"{shown}: {line}")
    return found


@needs_tex
@pytest.mark.slow
@pytest.mark.parametrize("size", [10, 12])
def test_no_claim_is_wider_than_an_article(size: int, tmp_path: Path) -> None:
    parts = []
    for claim in every_claim():
        shown = FORMATS["latex"].write(cites_all(claim), RECORDS[CITED.id])
        parts.append(f"\\typeout{{claim {claim.id}}}\n{shown}")
    head = WHOLE.replace("{article}", f"[{size}pt]{{article}}")
    assert overfull(compiled(head % ("\n" + "\n".join(parts)), tmp_path)) == []


@needs_tex
@pytest.mark.slow
def test_no_claim_leaves_its_slides(tmp_path: Path) -> None:
    head, parts = "", []
    for claim in every_claim():
        shown = FORMATS["beamer"].write(cites_all(claim), RECORDS[CITED.id])
        head, _, body = shown.partition(r"\begin{document}")
        head = head.replace("[aspectratio=169]", "[aspectratio=169, handout]")  # all rows at once
        parts.append(f"\\typeout{{claim {claim.id}}}\n" + body.replace(r"\end{document}", ""))
    whole = "\n".join([head, r"\begin{document}", *parts, r"\end{document}"])
    assert overfull(compiled(whole, tmp_path)) == []


def cites_all(claim: Claim) -> Outline:
    """The claim as if the kernel had used each hypothesis in each row: the longest reasons."""
    page = outline(claim)
    used = tuple(range(1, len(claim.given) + 1))
    steps = (replace(step, used=used if step.kind == "row" else ()) for step in page.steps)
    return replace(page, steps=tuple(steps))


@needs_tex
@pytest.mark.slow
def test_the_name_of_every_rule_can_be_set(tmp_path: Path) -> None:
    compiled(WHOLE % "\n\n".join(words(name) for name in RULES), tmp_path)
