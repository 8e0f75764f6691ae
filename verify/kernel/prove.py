"""`derive`: the one door through which theorems come."""

from __future__ import annotations

from typing import Any

from verify.kernel import definedness, theorem, validation
from verify.kernel.context import Context
from verify.kernel.refusal import Refusal
from verify.kernel.shapes import Checker, RowRefused
from verify.kernel.theorem import Refused, Theorem

_mint = theorem.take_mint()

#: Theorems of this process by the identity of their claim, so that lemmas are proved once. A
#: theorem carries its own statement and hypotheses; a claim changed later changes nothing here.
_PROVED: dict[int, tuple[Any, Theorem]] = {}


def derive(claim: Any, _above: tuple[str, ...] = ()) -> Theorem | Refused:
    """The theorem that a claim's proof establishes, or the first thing that is wrong with it.

    `claim` has states, given, well_formed, where and proof. Whether `given` can be satisfied at
    all is shown by `verify.prove`, with an exact model.
    """
    checker = Checker()
    proved: list[Any] = []

    def prove_lemma(other: Any) -> Theorem:
        if other.id in (*_above, claim.id):
            raise Refusal(f"the lemma {other.id} is used in its own proof")
        known = _PROVED.get(id(other))
        result = known[1] if known else derive(other, (*_above, claim.id))
        if isinstance(result, Refused):
            raise Refusal(f"the lemma {other.id} is not proved: {result.where}: {result.reason}")
        if not any(other is known for known in proved):
            proved.append(other)
        return result

    try:
        validation.validate(claim)
        context = Context(prove_lemma=prove_lemma)
        for statement in (*claim.where, *claim.well_formed):
            context.add(statement, "meaning")
        for statement in claim.given:
            context.add(statement, "given")
        for statement in (*claim.given, *claim.well_formed):
            definedness.check_hypothesis(context, statement)
        definedness.check(context, claim.states)
        checker.prove(context, claim.states, claim.proof)
    except Refusal as refusal:
        return Refused("statement", "definedness", str(refusal))
    except validation.Malformed as fault:
        return Refused(fault.where, "language", str(fault))
    except RowRefused as refused:
        return _refusal(refused, checker)
    except (ValueError, RecursionError, KeyError) as fault:
        return Refused("proof", "language", f"the claim is not well formed: {fault}")
    made = _mint(claim, tuple(checker.rows), tuple(lemma.id for lemma in proved))
    _PROVED[id(claim)] = (claim, made)
    return made


def _refusal(refused: RowRefused, checker: Checker) -> Refused:
    row = refused.row
    if row is None:
        return Refused(refused.where, "shape", refused.reason, rows=tuple(checker.rows))
    reasons = row.by if isinstance(row.by, tuple) else (row.by,)
    names = ", ".join(str(getattr(reason, "name", reason)) for reason in reasons)
    return Refused(
        refused.where, names, refused.reason, refused.before, row.term, tuple(checker.rows)
    )
