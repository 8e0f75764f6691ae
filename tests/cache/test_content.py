"""Two claims have one digest only if they are one claim: every part is changed in turn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from random import Random
from typing import Any

import numpy as np
import pytest
from flint import arb

from tests.cache.samples import ALIKE, CHANGES, CLAIM, a, factor
from verify import Claim, claims, equation, greater, real
from verify.cache.content import Content, NotCacheableError
from verify.sources.closure import Closures
from verify.sources.index import Index

CONTENT = Content(Closures(Index(), ()))


def digest(value: Any) -> str:
    return CONTENT.digest(value)


def test_the_table_changes_every_part_of_a_claim() -> None:
    assert CHANGES.keys() == {each.name for each in fields(Claim)}


def test_no_change_of_any_part_keeps_the_digest() -> None:
    changed = [replace(CLAIM, **{part: new}) for part, news in CHANGES.items() for new in news]
    digests = [digest(claim) for claim in (CLAIM, *changed)]
    assert len(set(digests)) == len(digests)


def test_the_same_claim_built_again_has_the_same_digest() -> None:
    again = replace(CLAIM, states=equation(a * a, a**2), given=[greater(real("a"), 0)])
    assert digest(again) == digest(CLAIM)


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=lambda value: type(value).__name__)
def test_what_looks_alike_has_different_digests(one: Any, other: Any) -> None:
    assert digest(one) == digest(one)
    assert digest(one) != digest(other)


def test_an_attribute_of_a_function_is_a_part_of_it() -> None:
    first, second = factor(1), factor(1)
    assert digest(first) == digest(second)
    second.scale = 3
    assert digest(first) != digest(second)


def test_what_has_no_digest_for_certain_is_not_cacheable() -> None:
    typed_in: dict[str, Any] = {"__name__": "typed_in"}
    exec("def draw(rng, point, size): return rng.normal(size=size)", typed_in)  # noqa: S102
    itself: list[Any] = []
    itself.append(itself)
    counting = defaultdict(int, {"a": 1})
    ball = arb("0.1")
    odd: Any
    state = Random(0)  # noqa: S311
    for odd in (typed_in["draw"], itself, state, object(), iter([]), np, counting, ball):
        with pytest.raises(NotCacheableError):
            digest(replace(CLAIM, notes=odd))


def test_every_claim_of_ours_has_a_digest_of_its_own() -> None:
    found = [digest(claim) for claim in claims()]
    assert len(set(found)) == len(found)
