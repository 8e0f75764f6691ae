import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests.report import made_up
from verify.discovery import claims
from verify.kernel.rules import RULES
from verify.recording import record
from verify.report.web.rendering import FONTS, asset, prose
from verify.report.web.site import NotASiteError, build
from verify.report.web.views import rule_view
from verify.results import ClaimResult

CLAIMS = {each.claim.id: each.claim for each in made_up.found()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    build(made_up.run(), CLAIMS, tmp_path / "site")
    return tmp_path / "site"


def page(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_there_is_a_page_for_each_claim_and_each_rule(site: Path) -> None:
    assert {path.stem for path in (site / "claims").iterdir()} == set(CLAIMS)
    assert {path.stem for path in (site / "rules").iterdir()} == {*RULES, "index"}


def test_claims_are_listed_by_subject_and_by_sheet(site: Path) -> None:
    subjects, sheets = page(site, "index.html"), page(site, "sheets.html")
    assert subjects.index('id="algebra"') < subjects.index('id="order"')
    assert sheets.index('id="000"') < sheets.index('id="003"')
    assert sheets.count("claims/algebra.binomial.html") == 2  # it is in two sheets
    assert "beyond the sheets" in sheets


def test_each_hypothesis_says_what_fails_without_it(site: Path) -> None:
    shown = page(site, "claims/algebra.substituted.html")
    assert "without it:</span> false for b = 2" in shown


def test_a_row_shows_its_reason_and_the_hypotheses_that_it_used(site: Path) -> None:
    shown = page(site, "claims/algebra.substituted.html")
    assert '<a href="../rules/given.html">given</a> <a class="uses" href="#given-1"' in shown


def test_a_refused_row_is_marked_with_what_is_missing(site: Path) -> None:
    shown = page(site, "claims/order.wrong_step.html")
    assert 'class="row row refused"' in shown
    assert "Refused at row 1:" in shown
    assert "the two sides differ by" in shown
    assert "variant survives: x (no world)" in shown


def test_the_cross_check_and_the_variants_are_shown(site: Path) -> None:
    shown = page(site, "claims/algebra.substituted.html")
    assert "<td>240,000</td>" in shown
    assert "False neighbours, rejected" in shown


def test_errata_stand_in_a_table_and_beside_what_is_true(site: Path) -> None:
    assert "Every square is positive" in page(site, "errata.html")
    assert "order.positive_square.html" in page(site, "claims/algebra.binomial.html")
    assert "True instead:" in page(site, "claims/order.positive_square.html")


def test_the_page_of_a_rule_lists_the_rows_that_cite_it(site: Path) -> None:
    assert "The square of a sum" in page(site, "rules/algebra.html")
    assert "2 rows" in page(site, "rules/algebra.html")


def test_the_page_of_a_rule_shows_rows_that_the_kernel_accepts_and_refuses(site: Path) -> None:
    shown = page(site, "rules/linearity.html")
    assert '<span class="accepted">' in shown
    assert '<span class="refused">' in shown


def test_what_authors_write_is_escaped(tmp_path: Path) -> None:
    claim = replace(made_up.BINOMIAL, title="<script>a & b</script>", notes='"quoted" <i>')
    result = next(each for each in made_up.results() if each.claim.id == claim.id)
    result = replace(result, claim=replace(result.claim, title=claim.title, notes=claim.notes))
    build(made_up.run(result), {claim.id: claim}, tmp_path)
    for name in ("index.html", f"claims/{claim.id}.html", "rules/algebra.html"):
        assert "<script>a" not in page(tmp_path, name)
        assert "&lt;script&gt;a &amp; b" in page(tmp_path, name)


def test_every_letter_of_our_claims_is_in_the_fonts_of_the_site() -> None:
    ttlib = pytest.importorskip("fontTools.ttLib")
    letters = set()
    for name in FONTS:
        letters |= set(ttlib.TTFont(BytesIO(asset(name))).getBestCmap())
    shown = {
        letter
        for claim in claims()
        for words in (claim.title, claim.notes, *(each.what for each in claim.variants))
        for letter in re.sub("<.*?>", "", str(prose(words)))
    }
    assert {letter for letter in shown if ord(letter) not in letters and letter != "\n"} == set()


@pytest.mark.slow
def test_the_site_of_all_our_claims_is_smaller_than_5_mb(tmp_path: Path) -> None:
    ours = {claim.id: claim for claim in claims()}
    records = [record(ClaimResult(each, None, None, (), (), True, False)) for each in ours.values()]
    assert build(made_up.run(*records), ours, tmp_path).size < 5e6


def test_a_site_takes_the_place_of_an_earlier_one(site: Path) -> None:
    first = made_up.results()[0]
    build(made_up.run(first), CLAIMS, site)
    assert [path.stem for path in (site / "claims").iterdir()] == [first.claim.id]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(NotASiteError, match="holds other files"):
        build(made_up.run(), CLAIMS, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_what_is_reported_built_is_what_lies_there(tmp_path: Path) -> None:
    built = build(made_up.run(), CLAIMS, tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert (built.files, built.size) == (len(files), sum(path.stat().st_size for path in files))


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_has_a_summary_and_a_figure(name: str) -> None:
    view = rule_view(name)
    assert view.says
    assert "Figure" in dict(view.parts)
