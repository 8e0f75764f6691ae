"""`derive`: the one door through which theorems come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from verify import language as l
from verify.kernel import definedness, theorem, validation
from verify.kernel.context import Context
from verify.kernel.polynomial import Refusal
from verify.kernel.shapes import Checker, RowRefused
from verify.kernel.theorem import Refused, Theorem

#: What odd objects in place of terms can raise; the claim is then refused, not the tool broken.
_FAULTS = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True)
class _Snapshot:
    """The parts of a claim, read once."""

    id: Any
    states: Any
    given: tuple[Any, ...]
    well_formed: tuple[Any, ...]
    proof: Any


def _snapshot(claim: Any) -> _Snapshot:
    parts = (getattr(claim, part, None) for part in ("given", "well_formed"))
    lists = [tuple(part) if isinstance(part, (list, tuple)) else (part,) for part in parts]
    states, proof = (getattr(claim, part, None) for part in ("states", "proof"))
    return _Snapshot(str(getattr(claim, "id", None)), states, lists[0], lists[1], _own(proof))


def _own(part: Any) -> Any:
    """A part of a proof as plain data that nobody else holds, and so nobody changes meanwhile."""
    if isinstance(part, tuple):
        return tuple(_own(each) for each in part)
    if isinstance(part, Mapping):
        return dict(part)
    kind = next((kind for kind in (*l.PROOFS, l.Row, l.Reason) if isinstance(part, kind)), None)
    return kind(*(_own(getattr(part, field.name)) for field in fields(kind))) if kind else part


def _door() -> tuple[Callable[[Any], Theorem | Refused], Callable[..., Refused | None]]:
    """`derive` and `refusal`, with the maker of theorems and the theorems made so far out of
    anyone's reach.

    Lemmas are proved once: theorems are kept by the identity of their claim. A theorem carries
    its own statement and hypotheses; a claim changed later changes nothing here.
    """
    mint = theorem.take_mint()
    known: dict[int, tuple[Any, Theorem]] = {}

    def derive(claim: Any) -> Theorem | Refused:
        """The theorem that a claim's proof establishes, or the first thing that is wrong with it.

        `claim` has states, given, well_formed and proof. Whether `given` can be satisfied at
        all is shown by `verify.prove`, with an exact model.
        """
        answer: Theorem | Refused = attempt(claim, (), Checker())
        return answer

    def refusal(claim: Any, rows: frozenset[str]) -> Refused | None:
        """The first of these rows, named by their places, that the kernel does not accept; None
        if it accepts them all, which proves nothing.
        """
        answer = attempt(claim, (), Checker(rows))
        return answer if isinstance(answer, Refused) else None

    def attempt(claim: Any, above: tuple[str, ...], checker: Checker) -> Any:
        proved: list[Any] = []
        original = claim

        def prove_lemma(other: Any) -> Theorem:
            if other.id in (*above, claim.id):
                raise Refusal(f"the lemma {other.id} is used in its own proof")
            held, made = known.get(id(other), (None, None))
            result: Any = made
            if held is not other:
                result = attempt(other, (*above, claim.id), Checker())
            if isinstance(result, Refused):
                raise Refusal(
                    f"the lemma {other.id} is not proved: {result.where}: {result.reason}"
                )
            if not any(other is earlier for earlier in proved):
                proved.append(other)
            lemma: Theorem = result
            return lemma

        try:
            claim = _snapshot(claim)
            validation.validate(claim)
            context = Context(prove_lemma=prove_lemma)
            free = [l.free_names(x) for x in (claim.states, *claim.given, *claim.well_formed)]
            context.present = frozenset().union(*free)
            context.bounds = l.bounds_of(context.present)
            for statement in claim.well_formed:
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
        except _FAULTS as fault:
            return Refused("proof", "language", f"the claim is not well formed: {fault}")
        if checker.only is not None:
            return None
        made = mint(claim, tuple(checker.rows), tuple(lemma.id for lemma in proved))
        known[id(original)] = (original, made)
        return made

    return derive, refusal


def _refusal(refused: RowRefused, checker: Checker) -> Refused:
    row = refused.row
    if row is None:
        return Refused(refused.where, "shape", refused.reason, rows=tuple(checker.rows))
    reasons = row.by if isinstance(row.by, tuple) else (row.by,)
    names = ", ".join(str(getattr(reason, "name", reason)) for reason in reasons)
    return Refused(
        refused.where, names, refused.reason, refused.before, row.term, tuple(checker.rows)
    )


derive, refusal = _door()
