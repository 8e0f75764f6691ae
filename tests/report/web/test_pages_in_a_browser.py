"""The site as a reader meets it: phone and desk, light and dark, keyboard, screen reader."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report import made_up
from tests.report.web.browser import DESK, PHONE, evaluated, needs_chromium, violations
from verify import equation
from verify.report.export import FORMATS
from verify.report.outline import outline
from verify.report.web.site import build

pytestmark = [needs_chromium, pytest.mark.slow]

PAGES = [
    "index.html",
    "sheets.html",
    "errata.html",
    "rules/index.html",
    "rules/algebra.html",
    "claims/algebra.binomial.html",
    "claims/algebra.substituted.html",
    "claims/order.wrong_step.html",
    "claims/order.positive_square.html",
]
DARK = "--blink-settings=preferredColorScheme=0"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    claims = {each.claim.id: each.claim for each in made_up.found()}
    build(made_up.run(), claims, folder)
    return folder


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("width", "flags"), [(DESK, ()), (PHONE, (DARK,))], ids=["desk, light", "phone, dark"]
)
def test_axe_finds_nothing_serious(site: Path, page: str, width: int, flags: tuple[str]) -> None:
    assert violations(site / page, width, *flags) == []


LONG = replace(
    made_up.BINOMIAL,
    given=[equation(made_up.a * sum([made_up.b] * 30, made_up.a), 0)],
)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exported page and slides."""
    folder = tmp_path_factory.mktemp("alone")
    result = made_up.results()[0]
    for form in ("html", "reveal"):
        shown = FORMATS[form].write(outline(LONG), result)
        (folder / f"{form}.html").write_text(shown, encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["html", "reveal"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_serious_in_what_is_exported(alone: Path, form: str, width: int) -> None:
    assert violations(alone / f"{form}.html", width) == []


def test_slides_step_row_by_row(alone: Path) -> None:
    script = (
        "const seen = () => document.querySelectorAll('.fragment.visible').length;"
        "const counts = [];"
        "for (let n = 0; n < 3; n++) { Reveal.next(); counts.push(seen()); }"
        "return counts"
    )
    assert evaluated(alone / "reveal.html", script) == [0, 1, 2]


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_scrolls_no_page_sideways(site: Path, page: str) -> None:
    script = "return [document.documentElement.scrollWidth, innerWidth]"
    content, window = evaluated(site / page, script, PHONE)
    assert content <= window


@pytest.mark.parametrize("page", PAGES)
def test_no_page_asks_for_anything_from_elsewhere(site: Path, page: str) -> None:
    text = (site / page).read_text(encoding="utf-8")
    loaded = re.findall(r'(?:src|href)="([^"#]+)', text)
    assert loaded
    for target in loaded:
        assert "//" not in target
        assert (site / page).parent.joinpath(target).is_file(), target


def test_formulas_are_set_in_the_font_that_the_site_brings(site: Path) -> None:
    script = "return document.fonts.check('16px \"STIX Two Math\"', 'Σ')"
    assert evaluated(site / "claims/algebra.binomial.html", script) is True


def test_the_search_narrows_the_list(site: Path) -> None:
    script = (
        "const field = document.getElementById('search'); field.value = '(a + b)² term';"
        "field.dispatchEvent(new Event('input'));"
        "return [...document.querySelectorAll('.group li:not([hidden]) a')].map(a => a.innerText)"
        ".concat(document.getElementById('found').textContent)"
    )
    found = evaluated(site / "index.html", script)
    assert found == ["A square with one term given", "1 of 4 claims"]


def test_a_search_on_another_page_leads_to_the_list(site: Path) -> None:
    script = "return document.getElementById('found').textContent"
    assert evaluated(site / "index.html", script, query="?q=square") == "3 of 4 claims"


def test_a_slash_reaches_the_search_by_keyboard(site: Path) -> None:
    script = (
        "document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));"
        "return document.activeElement.id"
    )
    assert evaluated(site / "claims/algebra.binomial.html", script) == "search"


def test_the_reader_chooses_light_or_dark(site: Path) -> None:
    script = (
        "const paper = () => getComputedStyle(document.body).backgroundColor;"
        "const before = paper(); document.getElementById('theme').click();"
        "const after = paper(); document.getElementById('theme').click();"
        "return [before, after, paper()]"
    )
    light, dark, again = evaluated(site / "index.html", script)
    assert light == again != dark


def test_a_reason_leads_to_its_rule_and_a_number_to_its_hypothesis(site: Path) -> None:
    script = "return [...document.querySelectorAll('.why a')].map(a => a.getAttribute('href'))"
    links = evaluated(site / "claims/algebra.substituted.html", script)
    assert links == ["../rules/given.html", "#given-1"]
