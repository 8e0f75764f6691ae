"""What a claim can say: terms, names, statements and proofs. Data that never evaluates."""

# fmt: off
from verify.language.arrays import (
    Array, Binding, Delta, Entry, Inverse, MatMul, Product, Sum, Transpose, Vector, axes,
    binder, is_row, norm_squared, same_axes, same_range,
)
from verify.language.calculus import Applied, Derivative, Partial, variable
from verify.language.definitions import Call, Definition, parameters, unfold
from verify.language.functions import Abs, Exp, Function, Log, ReLU, Root, Sigmoid, Sign, Tanh
from verify.language.names import NAME, Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.proofs import (
    Apply, Both, Cases, Chain, Definite, Exhibit, Induction, MeanValue, Minimum, Obtain, Parts,
    Proof, Reason, Row, parts_of,
)
from verify.language.reading import (
    addends, contains, definitions_in, is_random, of_integers, pointwise, quadratic, spoken_of,
)
from verify.language.statements import (
    AllOf, AtLeast, AtMost, Differentiable, Equation, Every, Exists, FiniteMoment,
    GlobalMinimum, Greater, Iff, Implies, Independent, IndependentEntries, Law, Less,
    PositiveDefinite, Relation, SameLaw, Statement, SymmetricMatrix, Uncorrelated, Unequal,
    UniqueMinimum,
)
from verify.language.substitution import bounds_of, free_names, substitute
from verify.language.terms import Illegal, Negative, Plus, Power, Quotient, Term, Times, lift

#: The shapes of proofs.
PROOFS = (
    Apply, Both, Cases, Chain, Definite, Exhibit, Induction, MeanValue, Minimum, Obtain, Parts,
)
#: The named functions of one real variable.
FUNCTIONS = (Abs, Exp, Log, ReLU, Sigmoid, Sign, Tanh)
