"""The reasons of a row, as they were written."""

from __future__ import annotations

from typing import Any

from sympy import Basic

from verify.claim import Claim
from verify.language.definitions import Definition
from verify.language.proofs import Reason
from verify.notation import text


def reasons(by: Any) -> str:
    """The reasons of a row, as they were written."""
    listed = by if isinstance(by, (tuple, list)) else (by,)
    return ", ".join(reason(each) for each in listed)


def reason(by: Any) -> str:
    """One reason with what it cites: `definition(h)`, `given(b = 1)`, `lemma(algebra.sum)`."""
    if not isinstance(by, Reason):
        return repr(by)
    cited = [_cited(each) for each in by.about]
    if by.name == "lemma":
        claim, values = by.about
        cited = [_cited(claim), *(f"{text(name)} = {_cited(value)}" for name, value in values)]
    if by.times is not None:
        cited.append(f"times {text(by.times)}")
    return f"{by.name}({', '.join(cited)})" if cited else by.name


def _cited(what: Any) -> str:
    """A definition by its name, a claim by its id, anything else as it is written."""
    if isinstance(what, Claim):
        return what.id
    if isinstance(what, Definition):
        return text.name(what.name)
    return text(what) if isinstance(what, Basic) else str(what)
