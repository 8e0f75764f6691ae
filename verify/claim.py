"""A claim: what is stated, from what, why, and how to look for a counterexample. Frozen data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from verify.language.proofs import Proof
from verify.language.statements import Statement

#: Draws one exact finite world that satisfies `given`, from a `random.Random`.
WorldSource = Callable[[Any], Any]


@dataclass(frozen=True)
class Variant:
    """A false neighbour of a claim: what was changed, and the changed parts.

    `states` replaces the statement, `given` (if not None) the hypotheses, `worlds` (if not None)
    the source of exact worlds in which it fails, `model` and `points` the simulation.
    """

    what: str
    states: Statement | None = None
    given: Sequence[Statement] | None = None
    worlds: WorldSource | None = None
    model: Any = None
    points: Sequence[Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class Without:
    """A world in which every hypothesis but `hypothesis` holds and the claim fails.

    `weakened` is what is still assumed of the hypothesis in that world (None: nothing).
    """

    hypothesis: Statement
    world: WorldSource
    weakened: Statement | None = None


@dataclass(frozen=True)
class Claim:
    """A statement with its hypotheses, its proof, its simulation and its false neighbours.

    id: subject.name, the name being the module attribute that holds the claim.
    given: hypotheses, what could be false. well_formed: conditions that only make the terms
    meaningful (finite moments, nonzero denominators); only definedness may use them.
    worlds: draws random exact worlds satisfying `given` (see verify.semantics.World).
    model, points: the simulation and where it runs (see verify.crosscheck.models).
    expected: "refuted" for an erratum, whose `corrected` is the id of the true claim, or whose
    `awaits` is the id that it will have once it is proved.
    """

    id: str
    title: str
    states: Statement
    proof: Proof | None = None
    given: Sequence[Statement] = ()
    well_formed: Sequence[Statement] = ()
    source: str | Sequence[str] = ()
    worlds: WorldSource | None = None
    model: Any = None
    points: Sequence[Mapping[str, Any]] = ()
    variants: Sequence[Variant] = ()
    without: Sequence[Without] = ()
    expected: Literal["proved", "refuted"] = "proved"
    corrected: str | None = None
    awaits: str | None = None
    notes: str = field(default="", compare=False)

    if TYPE_CHECKING:  # verify.notation gives these, which prints

        def latex(self) -> str:
            """The statement in LaTeX, in the author's order."""

        def show(self, until: int | None = None) -> Any:
            """The proof as it is written, up to row `until`, for a notebook."""

        def steps(self) -> Iterator[Any]:
            """The proof line by line, for a notebook."""

    @property
    def subject(self) -> str:
        """The part of the id before the dot."""
        return self.id.split(".", 1)[0]

    @property
    def sources(self) -> tuple[str, ...]:
        """The exercises that the claim encodes, as "sheet part" strings."""
        return (self.source,) if isinstance(self.source, str) else tuple(self.source)
