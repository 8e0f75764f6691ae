"""`let`: names for terms. A definition carries its body, so definitions cannot be circular."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Self

from sympy import Basic
from sympy.core.basic import Atom

from verify.language.names import NAME, Index, Name
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


def let(name: str, *parts: Any) -> Any:
    """`let("a", body)` names a term; `let("f", (x, c), body)` names a function of x and c.

    Parameters are declared real names (scalars or arrays), naturals or indices.
    """
    if not isinstance(name, str) or not NAME.match(name):
        return Illegal(f"the name {name!r}; a name is letters, then digits, then _subscripts")
    if len(parts) == 1:
        return Call(Definition(name, (), parts[0]))
    if len(parts) == 2 and isinstance(parts[0], tuple):
        parameters, body = parts
        if parameters and all(isinstance(p, (Name, Index)) for p in parameters):
            return Definition(name, parameters, body)
    return Illegal(f"the definition of {name}; write let(name, body) or let(name, (x, ...), body)")


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
