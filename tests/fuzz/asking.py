"""One row put to the kernel, and an accepted row put to exact worlds."""

from collections.abc import Callable
from random import Random
from typing import Any

from sympy import Basic

from tests.fuzz.rows import RandomRow
from tests.fuzz.setting import random_world
from verify import Claim, chain
from verify.kernel import definedness, validation
from verify.kernel.context import Context
from verify.kernel.polynomial import Refusal
from verify.kernel.prove import derive
from verify.kernel.shapes import Checker, RowRefused
from verify.kernel.theorem import is_theorem
from verify.language.proofs import Row
from verify.language.substitution import free_names
from verify.language.terms import lift
from verify.semantics import UndefinedError, World, judge

#: Rows asked in one context before a new one is made, so that no row relies on many others.
_ROWS_A_CONTEXT = 100


class Kernel:
    """The kernel with some hypotheses; asks as `derive` does, the hypotheses being read once for
    many rows.
    """

    def __init__(self, given: list[Basic]) -> None:
        self.given = given
        self._asked = 0
        self._context = self._made()
        self.proved: dict[str, Any] = {}

    def _made(self) -> Context:
        context = Context(prove_lemma=self._lemma)
        context.present = frozenset().union(*(free_names(x) for x in self.given))
        for statement in self.given:
            context.add(statement, "given")
        for statement in self.given:
            definedness.check_hypothesis(context, statement)
        return context

    def _lemma(self, claim: Claim) -> Any:
        if claim.id not in self.proved:
            self.proved[claim.id] = derive(claim)
            assert is_theorem(self.proved[claim.id]), claim.id
        return self.proved[claim.id]

    def accepts(self, row: RandomRow) -> bool:
        """Whether the kernel accepts the row."""
        self._asked += 1
        if self._asked % _ROWS_A_CONTEXT == 0:
            self._context = self._made()
        claim = as_claim(row, ())
        try:
            validation.validate(claim)
            definedness.check(self._context, claim.states)
            Checker().prove(self._context, claim.states, claim.proof)
        except (Refusal, RowRefused, validation.Malformed, ValueError):
            return False
        return True


def as_claim(row: RandomRow, given: Any) -> Claim:
    """The claim that one row proves."""
    start = lift(row.before)
    step = Row(row.relation, lift(row.after), row.by)
    states: Any = row.relation(start, step.term)
    return Claim(
        id="fuzz.row", title="a random row", states=states, proof=chain(start, step), given=given
    )


class Worlds:
    """Random exact worlds of dimension 1, 2 and 3 that satisfy the hypotheses."""

    def __init__(
        self, rng: Random, copies: int = 8, make: Callable[[Random, int], World] = random_world
    ) -> None:
        self._rng = rng
        self._pool = {size: [make(rng, size) for _ in range(copies)] for size in (1, 2, 3)}

    def verdicts(self, row: RandomRow) -> list[bool | None]:
        """Whether the row holds, in one world a dimension and one more."""
        sizes = (1, 2, 3, self._rng.choice((2, 3)))
        return [_verdict(row, self._rng.choice(self._pool[size])) for size in sizes]

    def every(self, test: Callable[[World], bool]) -> bool:
        """Whether all worlds pass a test."""
        return all(test(world) for pool in self._pool.values() for world in pool)


def _verdict(row: RandomRow, world: World) -> bool | None:
    states: Any = row.relation(row.before, row.after)
    try:
        return judge(states, world).value
    except UndefinedError:
        return False
