import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.report.made_up import BINOMIAL, CITED, ERRATUM, FALSE, a, b, results
from verify import Cases, algebra, at_least, chain, equals, equation, less
from verify.claim import Claim
from verify.discovery import claim as claim_named
from verify.kernel.prove import derive
from verify.kernel.rules import RULES
from verify.report.export import FORMATS
from verify.report.export.slides import slides
from verify.report.export.tex import broken, words
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


def test_a_formula_is_broken_only_where_there_is_no_room() -> None:
    parts = ["a", " + b", " + c"]
    assert broken(parts, 20) == ["a + b + c"]
    assert broken(parts, 2) == ["a", "+ b", "+ c"]


def test_prose_becomes_latex_that_tex_can_set() -> None:
    assert words("50 % of x_1 & √2") == r"50 \% of x\_1 \& \ensuremath{\surd}2"
    assert words("xᵀ").isascii()
    assert words("🙂").isascii()


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


REAL = [
    "initialization.preactivation_variance",
    "optimization.mirror_descent_step",
    "initialization.leaky_relu_second_moment",
    "regularization.dropout_expected_loss",
    "regularization.ridge_fit_depends_on_units",
    "initialization.erratum_relu_variance",
]
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


@needs_tex
@pytest.mark.slow
def test_the_name_of_every_rule_can_be_set(tmp_path: Path) -> None:
    compiled(WHOLE % "\n\n".join(words(name) for name in RULES), tmp_path)
