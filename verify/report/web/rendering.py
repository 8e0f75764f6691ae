"""The templates and the files that pages need."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from verify import __version__
from verify.notation.indices import indexed
from verify.report.run import versions

#: The fonts of text and formulas.
FONTS = (
    "fonts/STIXTwoMath-subset.woff2",
    "fonts/STIXTwoText-regular.woff2",
    "fonts/STIXTwoText-italic.woff2",
    "fonts/STIXTwoText-semibold.woff2",
)


@cache
def environment() -> Environment:
    """Jinja's environment: everything is escaped that is not markup already."""
    made = Environment(
        loader=PackageLoader("verify.report.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["prose"] = prose
    made.filters["anchor"] = lambda words: re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return made


def prose(words: str) -> Markup:
    """Words with indices below the line, a raised T where few fonts have the letter, and code."""
    parts = words.split("`")
    if len(parts) % 2 == 0:  # the last mark has no other half
        parts[-2:] = ["`".join(parts[-2:])]
    shown = [
        f"<code>{escape(part)}</code>" if number % 2 else _words(part)
        for number, part in enumerate(parts)
    ]
    return Markup("".join(shown))  # noqa: S704 - each part is escaped


def _words(words: str) -> str:
    return indexed(
        words,
        lambda part: str(escape(part)).replace("ᵀ", "<sup>T</sup>"),
        lambda inner: f"<sub>{inner}</sub>",
    )


def rendered(template: str, **shown: Any) -> str:
    """One page."""
    return environment().get_template(template).render(foot=foot(), **shown)


@cache
def foot() -> str:
    """What a page says of its origin."""
    known = versions()
    return f"chalkproof {__version__} · Python {known['python']} · SymPy {known.get('sympy', '')}"


def asset(name: str) -> bytes:
    """One of the files that pages need."""
    return files("verify.report.web").joinpath("assets", name).read_bytes()


def self_contained_style() -> Markup:
    """The style with the fonts inside, for a page that stands alone."""
    style = asset("style.css").decode()
    for name in FONTS:
        font = base64.b64encode(asset(name)).decode()
        style = style.replace(f'"{name}"', f'"data:font/woff2;base64,{font}"')
    return Markup(style)  # noqa: S704 - our own file
