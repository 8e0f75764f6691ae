"""The public names: what an author writes a claim with, and what checks it.

Importing `verify` imports nothing else; each name is loaded when it is first used.
"""

from __future__ import annotations

import sys

#: True for type checkers; `typing` itself takes longer to import than a whole `verify list`.
TYPE_CHECKING = False

__version__ = "0.1.0"

#: Whose `verify` this is; other distributions have a package of that name too.
DISTRIBUTION = "chalkproof"

if TYPE_CHECKING:
    from sympy import Rational

    from verify.authoring.names import (
        dimension,
        function,
        index,
        matrix,
        natural,
        random_array,
        random_matrix,
        random_variable,
        random_vector,
        real,
        vector,
    )
    from verify.authoring.reasons import (
        algebra,
        cases,
        definition,
        differentiate,
        exponential,
        given,
        independence,
        inverse,
        lemma,
        linearity,
        logarithm,
        moments,
        monotone,
        order,
        peel,
        square_root,
        symmetry,
    )
    from verify.authoring.rows import (
        at_least,
        at_most,
        chain,
        equals,
        greater,
        less,
        same_law,
        unequal,
    )
    from verify.authoring.statements import (
        all_of,
        differentiable,
        equation,
        every,
        exists,
        finite_moment,
        iff,
        implies,
        independent,
        minimum,
        mutually_independent,
        positive_definite,
        symmetric,
        symmetric_matrix,
        uncorrelated,
    )
    from verify.authoring.terms import (
        E,
        V,
        derivative,
        exp,
        let,
        log,
        partial,
        relu,
        sigmoid,
        sign,
        sqrt,
        tanh,
    )
    from verify.checking import check
    from verify.claim import Claim, Variant, Without, WorldSource
    from verify.crosscheck import crosscheck, models
    from verify.discovery import claims
    from verify.language.arrays import Array, Delta, Inverse, Product, Sum, Vector, norm_squared
    from verify.language.functions import Abs
    from verify.language.proofs import (
        Apply,
        Both,
        Cases,
        Chain,
        Definite,
        Exhibit,
        Induction,
        MeanValue,
        Minimum,
        Obtain,
        Parts,
        Proof,
        Row,
    )
    from verify.proving import prove
    from verify.semantics import World, independent_entries, independent_product, uniform_on

_HOME = {
    "sympy": "Rational",
    "verify.authoring.names": (
        "dimension function index matrix natural random_array random_matrix random_variable "
        "random_vector real vector"
    ),
    "verify.authoring.reasons": (
        "algebra cases definition differentiate exponential given independence inverse lemma "
        "linearity logarithm moments monotone order peel square_root symmetry"
    ),
    "verify.authoring.rows": "at_least at_most chain equals greater less same_law unequal",
    "verify.authoring.statements": (
        "all_of differentiable equation every exists finite_moment iff implies independent "
        "minimum mutually_independent positive_definite symmetric symmetric_matrix uncorrelated"
    ),
    "verify.authoring.terms": ("E V derivative exp let log partial relu sigmoid sign sqrt tanh"),
    "verify.checking": "check",
    "verify.claim": "Claim Variant Without WorldSource",
    "verify.crosscheck": "crosscheck models",
    "verify.discovery": "claims",
    "verify.language.arrays": "Array Delta Inverse Product Sum Vector norm_squared",
    "verify.language.functions": "Abs",
    "verify.language.proofs": (
        "Proof Apply Both Cases Chain Definite Exhibit Induction MeanValue Minimum Obtain Parts Row"
    ),
    "verify.proving": "prove",
    "verify.semantics": "World independent_entries independent_product uniform_on",
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names.split()}

__all__ = [
    "Abs",
    "Apply",
    "Array",
    "Both",
    "Cases",
    "Chain",
    "Claim",
    "Definite",
    "Delta",
    "E",
    "Exhibit",
    "Induction",
    "Inverse",
    "MeanValue",
    "Minimum",
    "Obtain",
    "Parts",
    "Product",
    "Proof",
    "Rational",
    "Row",
    "Sum",
    "V",
    "Variant",
    "Vector",
    "Without",
    "World",
    "WorldSource",
    "__version__",
    "algebra",
    "all_of",
    "at_least",
    "at_most",
    "cases",
    "chain",
    "check",
    "claims",
    "crosscheck",
    "definition",
    "derivative",
    "differentiable",
    "differentiate",
    "dimension",
    "equals",
    "equation",
    "every",
    "exists",
    "exp",
    "exponential",
    "finite_moment",
    "function",
    "given",
    "greater",
    "iff",
    "implies",
    "independence",
    "independent",
    "independent_entries",
    "independent_product",
    "index",
    "inverse",
    "lemma",
    "less",
    "let",
    "linearity",
    "log",
    "logarithm",
    "matrix",
    "minimum",
    "models",
    "moments",
    "monotone",
    "mutually_independent",
    "natural",
    "norm_squared",
    "order",
    "partial",
    "peel",
    "positive_definite",
    "prove",
    "random_array",
    "random_matrix",
    "random_variable",
    "random_vector",
    "real",
    "relu",
    "same_law",
    "sigmoid",
    "sign",
    "sqrt",
    "square_root",
    "symmetric",
    "symmetric_matrix",
    "symmetry",
    "tanh",
    "uncorrelated",
    "unequal",
    "uniform_on",
    "vector",
]


if not TYPE_CHECKING:  # a type checker should miss the names that are not there

    def __getattr__(name: str) -> object:
        if name not in _MODULE_OF:
            raise AttributeError(f"module 'verify' has no attribute {name!r}")
        from importlib import import_module

        import_module("verify.notation")  # terms print themselves from here on
        home = import_module(_MODULE_OF[name])
        if name == "models":
            import_module("verify.crosscheck.models")
        value = getattr(home, name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(type(sys)):  # type: ignore[misc] # the class of modules
    """`verify.crosscheck` names both a subpackage and its function; callers get the function."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "crosscheck" and isinstance(value, type(sys)):
            value = value.__dict__["crosscheck"]
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
