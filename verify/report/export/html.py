"""`--to html`: the page of one claim in a file that loads nothing."""

from __future__ import annotations

from markupsafe import Markup

from verify.records import ClaimRecord
from verify.report.outline import Outline
from verify.report.web.rendering import asset, rendered, self_contained_style
from verify.report.web.views import claim_view


def as_html(page: Outline, result: ClaimRecord | None = None) -> str:
    """The page; `result` is what a run found of the claim."""
    view = claim_view(page, _nowhere, result)
    style = self_contained_style()
    script = Markup(asset("page.js").decode())  # noqa: S704 - our own file
    return rendered("single.html", claim=view, style=style, script=script, titles={}, link=_nowhere)


def _nowhere(name: str) -> None:
    """A page that stands alone leads nowhere."""
