"""The reasons of a row, as they were written, and words with formulas between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Basic

from verify.claim import Claim
from verify.language import statements as s
from verify.language.definitions import Definition
from verify.language.proofs import Reason
from verify.language.terms import lift
from verify.notation import text


class Label(str):
    """The declared name of a definition, without its parameters."""


#: Words (str), names (Label) and formulas (Basic), to be read one after the other.
Said = tuple[Any, ...]


def reasons(by: Any) -> str:
    """The reasons of a row, as they were written."""
    listed = by if isinstance(by, (tuple, list)) else (by,)
    return ", ".join(reason(each) for each in listed)


def reason(by: Any) -> str:
    """One reason with what it cites: `definition(h)`, `given(b = 1)`, `lemma(algebra.sum)`."""
    if not isinstance(by, Reason):
        return repr(by)
    about = told(cited(by), str, text, text.name)
    return f"{by.name}({about})" if about else by.name


def cited(by: Any) -> Said:
    """What a reason cites: `definition(h)`, `given(b = 1)`, `lemma(algebra.sum, a = 2)`."""
    if not isinstance(by, Reason):
        return ()
    about: list[Said] = [_named(each) for each in by.about]
    if by.name == "lemma":
        claim, values = by.about
        about = [_named(claim), *((s.Equation(name, lift(value)),) for name, value in values)]
    if by.times is not None:
        about.append(("times ", by.times))
    said: list[Any] = []
    for number, each in enumerate(about):
        said += [", ", *each] if number else each
    return tuple(said)


def _named(what: Any) -> Said:
    """A definition by its name, a claim by its id, a formula as it is."""
    if isinstance(what, Claim):
        return (what.id,)
    if isinstance(what, Definition):
        return (Label(what.name),)
    return (what,) if isinstance(what, Basic) else (str(what),)


def told(
    said: Said,
    words: Callable[[str], str],
    formula: Callable[[Basic], str],
    name: Callable[[str], str],
) -> str:
    """The words, formulas and names of a `Said`, each in the manner of a format."""
    return "".join(
        name(each) if isinstance(each, Label) else words(each) if isinstance(each, str)
        else formula(each)
        for each in said
    )  # fmt: skip
