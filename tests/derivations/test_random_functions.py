from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.random_functions import gradient, polynomial, wave
from verify import World, dimension, function, vector
from verify.authoring.statements import differentiable
from verify.semantics import evaluate, judge

n = dimension("n")
L, u = function("L", n), vector("u", n)


@given(st.randoms(), st.integers(1, 3))
def test_polynomials_are_smooth_functions_of_all_entries(random: Random, size: int) -> None:
    values = [Fraction(k, 3) for k in range(1, size + 1)]
    world = World({n: size, u: values, L: polynomial(random, "L", n, size)})
    assert judge(differentiable(L), world).value is True
    assert evaluate(L(u), world) is not None


def test_the_gradient_of_a_wave_is_what_central_differences_say() -> None:
    rng = np.random.default_rng(1)
    loss, at, step = wave(rng, 4), rng.normal(0, 1, 4), 1e-5
    differences = [(loss(at + e) - loss(at - e)) / (2 * step) for e in step * np.eye(4)]
    assert gradient(loss, at) == pytest.approx(np.array(differences), rel=1e-6)
