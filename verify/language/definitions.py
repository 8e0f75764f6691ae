"""`let`: names for terms. A definition carries its body, so definitions cannot be circular."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Self

from sympy import Basic
from sympy.core.basic import Atom

from verify.language.names import Index
from verify.language.terms import Illegal, Leaf, Term, lift, shared


class Definition(Leaf, Atom):  # type: ignore[misc]
    """`name(parameters) := body`; parameters are declared names, replaced at a call."""

    __slots__ = ("body", "name", "parameters")
    own = ("name", "parameters", "body")
    name: str
    parameters: tuple[Any, ...]
    body: Any

    def __new__(cls, name: str, parameters: tuple[Any, ...], body: Any) -> Self:
        node: Self = shared(cls, name=name, parameters=parameters, body=lift(body))
        return node

    def __call__(self, *arguments: Any) -> Term:
        if len(arguments) != len(self.parameters):
            return Illegal(
                f"{self.name} with {len(arguments)} arguments; it takes {len(self.parameters)}"
            )
        return Call(self, *arguments)


class Call(Term):
    """An instance of a definition: `Call(definition, *arguments)`; opaque until unfolded."""


@lru_cache(maxsize=100_000)
def unfold(call: Call) -> Basic:
    """The body of a definition at the arguments of one call."""
    from verify.language.substitution import substitute

    definition = call.args[0]
    return substitute(definition.body, dict(zip(definition.parameters, call.args[1:], strict=True)))


@lru_cache(maxsize=100_000)
def parameters(definition: Definition, whole: bool = False) -> tuple[Any, ...]:
    """The indices that a definition's body leaves open, an instance depending on them too; with
    `whole`, the declared parameters before them.
    """
    from verify.language.substitution import free_names

    loose = sorted((x for x in free_names(definition) if isinstance(x, Index)), key=str)
    return (*definition.parameters, *loose) if whole else tuple(loose)
