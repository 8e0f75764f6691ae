"""`verify report`: a static site of a run, one page a claim and one a rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from verify.claim import Claim
from verify.kernel.rules import RULES
from verify.report.outline import outline
from verify.report.run import Run
from verify.report.terminal import summary
from verify.report.web.rendering import FONTS, asset, rendered
from verify.report.web.views import (
    ClaimView,
    RuleView,
    claim_view,
    lemmas_cited,
    rule_view,
    rules_cited,
)

#: Files that every page needs.
ASSETS = ("style.css", "page.js", *FONTS, "fonts/OFL.txt")

#: Tells a directory that an earlier run made from one that holds other things.
MARKER = ".chalkproof-site"


class NotASiteError(Exception):
    """The directory holds something else."""


@dataclass(frozen=True)
class Built:
    """What was written: how many files, how many bytes, in what time."""

    files: int
    size: int
    seconds: float


def build(run: Run, claims: Mapping[str, Claim], directory: Path) -> Built:
    """Writes the site of a run into `directory`, in place of an earlier one.

    claims: each claim of the run by its id; a record alone does not have the shape of its proof.
    Raises NotASiteError if the directory holds files that are not a site's; OSError where it
    cannot be written.
    """
    started = perf_counter()
    refuse_other_folders(directory)
    for page in (*directory.glob("*.html"), *directory.glob("*/*.html")):
        page.unlink()  # of an earlier run
    pages = _pages(run, claims)
    content: dict[str, bytes] = {name: page.encode() for name, page in pages.items()}
    content |= {f"assets/{name}": asset(name) for name in ASSETS}
    content[MARKER] = b""
    for name, data in content.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    size = sum(len(data) for data in content.values())
    return Built(len(content), size, perf_counter() - started)


def refuse_other_folders(directory: Path) -> None:
    """Raises NotASiteError for what is no folder, and for one that holds something else."""
    if not directory.exists():
        return
    if not directory.is_dir():
        raise NotASiteError(f"{directory} is a file; name a folder")
    if any(directory.iterdir()) and not (directory / MARKER).is_file():
        raise NotASiteError(f"{directory} holds other files; name a new or empty folder")


def _pages(run: Run, known: Mapping[str, Claim]) -> dict[str, str]:
    titles = {each.claim.id: each.claim.title for each in run.results}
    link = _linker(titles)
    cited = {name: lemmas_cited(known[name]) for name in titles}
    claims = [
        _connected(claim_view(outline(known[each.claim.id], each.proof), link, each), run, cited)
        for each in run.results
    ]
    rules = [_rule(name, run, known) for name in RULES]
    lead = summary(run)
    by_subject = _grouped(claims, lambda claim: (claim.subject,))
    by_sheet = _grouped(claims, lambda claim: tuple(each.split()[0] for each in claim.sources))
    pages = {
        "index.html": _page("index", "Claims by subject", lead, by_subject),
        "sheets.html": _page("sheets", "Claims by sheet", lead, by_sheet),
        "errata.html": rendered(
            "errata.html",
            root="",
            here="errata",
            titles=titles,
            errata=sorted(
                (claim for claim in claims if claim.expected == "refuted"),
                key=lambda claim: (claim.sources, claim.id),
            ),
        ),
        "rules/index.html": rendered("rules.html", root="../", here="rules", rules=rules),
    }
    for rule in rules:
        pages[f"rules/{rule.name}.html"] = rendered(
            "rule.html", root="../", here="rules", rule=rule
        )
    for claim in claims:
        pages[f"claims/{claim.id}.html"] = rendered(
            "claim.html", root="../", here="", claim=claim, titles=titles, link=link
        )
    return pages


def _page(here: str, heading: str, lead: str, groups: Mapping[str, Sequence[ClaimView]]) -> str:
    return rendered(
        "index.html", root="", here=here, heading=heading, lead=lead, groups=list(groups.items())
    )


def _grouped(
    claims: Sequence[ClaimView], keys: Callable[[ClaimView], Sequence[str]]
) -> dict[str, list[ClaimView]]:
    """The claims under each of their keys, a claim without any under "beyond the sheets"."""
    found: dict[str, list[ClaimView]] = {}
    for claim in claims:
        for key in dict.fromkeys(keys(claim)) or ("beyond the sheets",):
            found.setdefault(key, []).append(claim)
    return {key: sorted(found[key], key=lambda claim: claim.expected) for key in sorted(found)}


def _linker(titles: Mapping[str, str]) -> Callable[[str], str | None]:
    """Where a claim or a rule is, seen from the page of a claim."""

    def link(name: str) -> str | None:
        if name in RULES:
            return f"../rules/{name}.html"
        return f"{name}.html" if name in titles else None

    return link


def _connected(claim: ClaimView, run: Run, cited: Mapping[str, Collection[str]]) -> ClaimView:
    """With the errata that the claim corrects, and the claims whose proofs cite it."""
    titles = {each.claim.id: each.claim.title for each in run.results}
    errata = [each.claim.id for each in run.results if each.claim.corrected == claim.id]
    used_by = [name for name in titles if claim.id in cited[name]]
    return replace(
        claim,
        errata=tuple((each, titles[each]) for each in errata),
        used_by=tuple((each, titles[each]) for each in used_by),
    )


def _rule(name: str, run: Run, known: Mapping[str, Claim]) -> RuleView:
    rows = []
    for result in run.results:
        count = rules_cited(known[result.claim.id]).get(name, 0)
        if count:
            rows.append((result.claim.id, result.claim.title, count))
    return replace(rule_view(name), rows=tuple(rows))
