import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.report.claims import formulas
from verify.notation.measure import width, words_width

PDFLATEX = shutil.which("pdflatex")

#: What pdfTeX 1.40.24 with the fonts of amsmath's article says, in em of 10 pt.
KNOWN = {
    r"\left(\frac{s}{p}\right)": 2.215,
    r"\left(\sum_{i=1}^{n} b\right)": 3.624,
    r"\sum_{i=1}^{n} b": 2.040,
    r"\left(b_{i}^{2}\right)": 1.794,
    r"\sqrt{\frac{a}{b}}": 1.769,
    r"a_{b}": 0.930,
    r"\frac{a}{a}": 0.769,
}


@pytest.mark.parametrize("shown", KNOWN)
def test_a_formula_is_as_wide_as_tex_sets_it(shown: str) -> None:
    assert width(shown) == pytest.approx(KNOWN[shown], rel=0.1)


def test_a_fraction_is_as_wide_as_its_wider_half() -> None:
    wide = width(r"\frac{a + b + c}{2}")
    assert wide == width(r"\frac{2}{a + b + c}")
    assert width("a + b + c") < wide < width("a + b + c + 2")


def test_a_sign_is_set_closer_than_a_difference() -> None:
    assert width(r"\left(-b\right)") < width(r"\left(a - b\right)") - width("a")


def test_what_goes_on_from_another_line_is_measured_as_it_is_set_there() -> None:
    assert width("a") + width("+ b") == pytest.approx(width("a + b"))
    assert width("a") + width("= b") == pytest.approx(width("a = b"))


def test_half_of_a_pair_of_brackets_can_be_measured() -> None:
    halves = width(r"\bigl( a") + width(r"+ b \bigr)^{2}")
    assert halves == pytest.approx(width(r"\bigl( a + b \bigr)^{2}"))


def test_text_between_formulas_is_roman() -> None:
    assert width(r"\text{and}") == words_width("and") != width("and")


@pytest.mark.slow
@pytest.mark.skipif(PDFLATEX is None, reason="no TeX is installed")
def test_the_formulas_of_all_claims_are_as_wide_as_tex_sets_them(tmp_path: Path) -> None:
    found = sorted(set(formulas()))
    boxes = "\n".join(
        rf"\setbox0\hbox{{$\displaystyle {each}$}}\typeout{{width {n} \the\wd0}}"
        for n, each in enumerate(found)
    )
    head = r"\documentclass{article}\usepackage{amsmath,amssymb}\begin{document}"
    (tmp_path / "all.tex").write_text(f"{head}\n{boxes}\n\\end{{document}}\n", encoding="utf-8")
    done = subprocess.run(
        [str(PDFLATEX), "-interaction=nonstopmode", "-halt-on-error", "all.tex"],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    log = done.stdout.decode(errors="replace")
    measured = re.findall(r"^width (\d+) ([\d.]+)pt", log, re.MULTILINE)
    assert len(measured) == len(found)
    for number, points in measured:
        true, said = float(points) / 10, width(found[int(number)])
        # Too wide costs a line, too narrow a line that leaves the page.
        low, high = 0.96 * true - 0.6, 1.1 * true + 0.6
        assert low <= said <= high, (true, said, found[int(number)])
