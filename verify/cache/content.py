"""A digest of everything that a claim says: its terms, its proof, its lemmas, its simulation.

Two claims have one digest only if they are the same claim. What cannot be digested for certain
(a function whose source is not there, or which reads files) raises `NotCacheableError`: such a
claim is checked anew every time.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import partial
from types import (
    BuiltinFunctionType,
    CodeType,
    FunctionType,
    MappingProxyType,
    MethodType,
    ModuleType,
)
from typing import Any

import numpy as np
from flint import fmpq, fmpz
from sympy import Basic, Rational, srepr

from verify.sources.closure import ENVIRONMENT, Closures
from verify.sources.targets import Source


class NotCacheableError(Exception):
    """The claim depends on something that has no digest; the message says on what."""


class Content:
    """Digests, with each module's sources looked at once."""

    def __init__(self, closures: Closures) -> None:
        self._closures = closures

    def digest(self, value: Any) -> str:
        """The digest of a claim, or of any part of one. Raises NotCacheableError."""
        return _Walk(self._closures).of(value)


class _Walk:
    """One walk through a value. Parts met again are digested once; a part inside itself fails."""

    def __init__(self, closures: Closures) -> None:
        self._closures = closures
        self._known: dict[int, tuple[Any, str]] = {}

    def of(self, value: Any) -> str:
        known = self._known.get(id(value))
        if known is not None and known[0] is value:
            if not known[1]:
                raise NotCacheableError(f"{type(value).__name__} contains itself")
            return known[1]
        self._known[id(value)] = (value, "")
        kind = type(value)
        told = (_name(kind), self._origin(kind.__module__), self._told(value), self._own(value))
        digest = hashlib.sha256(repr(told).encode()).hexdigest()
        self._known[id(value)] = (value, digest)
        return digest

    def _told(self, value: Any) -> Any:
        """What distinguishes the value from others of its type, as nested tuples of strings."""
        for kinds, tell in _TELL:
            if isinstance(value, kinds):
                return tell(self, value)
        if isinstance(value, type):
            return (_name(value), self._origin(value.__module__))
        if is_dataclass(value):
            return tuple(
                (each.name, self.of(getattr(value, each.name)))
                for each in fields(value)
                if each.init
            )
        if hasattr(value, "__wrapped__"):  # functools.cache and the like
            return self.of(value.__wrapped__)
        if isinstance(value, fmpz | fmpq):
            return str(value)
        if _is_open(type(value)):
            slots = [name for kind in type(value).__mro__ for name in _slots(kind)]
            return tuple(self.of((name, getattr(value, name, None))) for name in slots)
        raise NotCacheableError(f"{type(value).__name__} {value!r}")

    def _own(self, value: Any) -> str:
        """What else an object holds: the attributes of a function, or of an author's class."""
        if (
            isinstance(value, (type, Basic))
            or is_dataclass(value)
            or not hasattr(value, "__dict__")
        ):
            return ""
        held = {name: each for name, each in vars(value).items() if name != "__wrapped__"}
        return self.of(held) if held else ""

    def _origin(self, module: str) -> str:
        """What the code of a module rests on: the versions in every key, or its sources."""
        top = module.split(".")[0]
        if top in ENVIRONMENT or top in sys.stdlib_module_names:
            return module
        loaded = sys.modules.get(module)
        file = getattr(loaded, "__file__", None)
        if not file:
            raise NotCacheableError(f"the module {module} has no source")
        closure = self._closures.of(Source(module, file, _root(module, file)))
        if closure.outside:
            raise NotCacheableError(f"{module} {closure.outside}")
        return closure.digest

    def _basic(self, value: Basic) -> Any:
        if _name(type(value)).split(".")[0] not in ("verify", "sympy"):
            raise NotCacheableError(f"the term {value!r}")
        if isinstance(value, Rational):
            return (str(value.p), str(value.q))
        if value.args:
            return tuple(self.of(part) for part in value.args)
        if type(value).__module__.startswith("sympy"):
            return srepr(value)
        own: tuple[Any, ...] = getattr(value, "__getnewargs__", tuple)()
        if not own and (type(value).__slots__ or getattr(value, "__dict__", None)):
            raise NotCacheableError(f"the term {value!r}")
        return tuple(self.of(part) for part in own)

    def _function(self, value: FunctionType) -> Any:
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        return (
            value.__qualname__,
            self._origin(value.__module__),
            self._code(value.__code__),
            self.of(cells),
            self.of(value.__defaults__),
            self.of(value.__kwdefaults__),
        )

    def _code(self, code: CodeType) -> Any:
        constants = tuple(
            self._code(each) if isinstance(each, CodeType) else self.of(each)
            for each in code.co_consts
        )
        return (code.co_code.hex(), constants, code.co_names, code.co_varnames, code.co_freevars)

    def _builtin(self, value: Any) -> Any:
        owner = value.__self__
        bound = "" if owner is None or isinstance(owner, ModuleType) else self.of(owner)
        return (value.__qualname__, self._origin(value.__module__ or "builtins"), bound)

    def _mapping(self, value: Mapping[Any, Any]) -> Any:
        if type(value) not in _MAPPINGS and not _is_open(type(value)):
            raise NotCacheableError(f"a {type(value).__name__}")
        return tuple((self.of(key), self.of(held)) for key, held in value.items())

    def _array(self, value: Any) -> Any:
        if value.dtype.hasobject:
            return (value.shape, self.of(value.tolist()))
        return (value.dtype.str, value.shape, value.tobytes().hex())


_TELL: list[tuple[Any, Callable[[_Walk, Any], Any]]] = [
    (Basic, _Walk._basic),
    (
        (type(None), bool, int, str, bytes, Fraction, complex, range),
        lambda walk, value: repr(value),
    ),
    (float, lambda walk, value: value.hex()),
    ((list, tuple), lambda walk, value: tuple(walk.of(part) for part in value)),
    ((set, frozenset), lambda walk, value: tuple(sorted(walk.of(part) for part in value))),
    (Mapping, _Walk._mapping),
    ((np.ndarray, np.generic), _Walk._array),
    (np.ufunc, lambda walk, value: value.__name__),
    (FunctionType, _Walk._function),
    (MethodType, lambda walk, value: (walk.of(value.__func__), walk.of(value.__self__))),
    (
        partial,
        lambda walk, value: (walk.of(value.func), walk.of(value.args), walk.of(value.keywords)),
    ),
    (BuiltinFunctionType, _Walk._builtin),
]

#: Mappings that hold nothing but their items.
_MAPPINGS = (dict, Counter, MappingProxyType, OrderedDict)


def _is_open(kind: type) -> bool:
    """Whether all that an object of the class holds is in its attributes: a class in Python."""
    bases = {each.__module__.split(".")[0] for each in kind.__mro__ if each is not object}
    return bool(bases) and not bases & (sys.stdlib_module_names | (ENVIRONMENT - {"verify"}))


def _slots(kind: type) -> tuple[str, ...]:
    slots = kind.__dict__.get("__slots__", ())
    names = (slots,) if isinstance(slots, str) else tuple(slots)
    return tuple(name for name in names if name not in ("__dict__", "__weakref__"))


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _root(module: str, file: str) -> str:
    """The folder from which a loaded module is imported by its name."""
    from os.path import basename, dirname

    folder = dirname(file)
    levels = module.count(".") + (basename(file) == "__init__.py")
    for _ in range(levels):
        folder = dirname(folder)
    return folder
