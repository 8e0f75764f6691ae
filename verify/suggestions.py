"""Which reason a refused row lacks: other reasons are put to the kernel, until one holds.

Nothing is concluded from it: the refusal stays, and says what to write instead.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from verify.claim import Claim
from verify.kernel.prove import derive
from verify.kernel.rules import RULES
from verify.kernel.theorem import Refused
from verify.language.proofs import Proof, Reason, Row
from verify.notation.reasons import reasons
from verify.proof_rows import rows_of

#: Seconds after which no further reason is tried; a proof is checked anew for each.
SECONDS = 2.0
#: These say nothing without what they are about.
_ABOUT_SOMETHING = ("lemma", "symmetry")


def suggestion(claim: Claim, refused: Refused, seconds: float = SECONDS) -> str | None:
    """The `by=…` with which the refused row holds: one reason less, one more, or another.

    None where none was found within `seconds`, or where the fault is not in a row.
    """
    found = [row for where, _, row in rows_of(claim.proof) if where == refused.where]
    if len(found) != 1 or refused.after is None:
        return None
    last = time.monotonic() + seconds
    for by in _others(found[0]):
        if time.monotonic() > last:
            return None
        tried = replace(claim, proof=_with(claim.proof, found[0], replace(found[0], by=by)))
        answer = derive(tried)
        if any(row.where == refused.where for row in answer.rows):
            return f"by={reasons(by)}" if len(by) == 1 else f"by=({reasons(by)})"
    return None


def _others(row: Row) -> Iterator[tuple[Reason, ...]]:
    """What the row might have cited: fewer reasons, a single other one, one more."""
    cited = row.by if isinstance(row.by, tuple) else (row.by,)
    if not all(isinstance(reason, Reason) for reason in cited):
        return
    names = {reason.name for reason in cited}
    other = [Reason(name) for name in RULES if name not in names and name not in _ABOUT_SOMETHING]
    if len(cited) > 1:
        yield from (tuple(each for each in cited if each is not left) for left in cited)
    yield from ((instead,) for instead in other)
    yield from ((*cited, more) for more in other)


def _with(part: Any, old: Row, new: Row) -> Any:
    """A proof with one row in the place of another."""
    if part is old:
        return new
    if isinstance(part, tuple):
        return tuple(_with(each, old, new) for each in part)
    if isinstance(part, Proof):
        held = {each.name: getattr(part, each.name) for each in fields(part)}  # type: ignore[arg-type]
        return type(part)(**{name: _with(value, old, new) for name, value in held.items()})
    return part
