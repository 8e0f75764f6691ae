from random import Random

from hypothesis import given
from hypothesis import strategies as st

from derivations.random_rationals import nonzero, on_sphere, positive, proper


@given(st.randoms(), st.integers(1, 3))
def test_points_on_the_sphere_have_norm_1(random: Random, size: int) -> None:
    point = on_sphere(random, size)
    assert len(point) == size
    assert sum(entry * entry for entry in point) == 1


@given(st.randoms())
def test_fractions_lie_where_their_names_say(random: Random) -> None:
    assert positive(random) > 0
    assert nonzero(random) != 0
    assert 0 < proper(random) < 1
