from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from derivations.optimization import (
    box_prox_evidence,
    mahalanobis_prox_evidence,
    mirror_descent_evidence,
)


@given(st.randoms())
def test_boxes_hold_their_points_and_flat_slopes_have_zeros(random: Random) -> None:
    flat, steep = box_prox_evidence.flat_box(random), box_prox_evidence.steep_box(random)
    assert any(flat.slope)
    assert not all(flat.slope)
    assert all(steep.slope)
    for found in (flat, steep):
        assert len(found.slope) == found.size
        assert all(abs(entry) <= found.radius for point in found.points for entry in point)


@given(st.randoms())
def test_balls_hold_their_points_and_some_touch_the_surface(random: Random) -> None:
    found = mahalanobis_prox_evidence.ball(random)
    squares = [_square(found.metric, point) for point in found.points]
    assert max(squares) == found.radius**2
    assert min(squares) == 0
    assert any(found.slope)


@given(st.randoms())
def test_mirror_steps_start_and_look_inside_the_interval(random: Random) -> None:
    found = mirror_descent_evidence.setting(random)
    assert found.weight > 0
    assert found.start in found.points
    assert all(0 < point < 1 for point in found.points)


def _square(metric: list[list[Fraction]], point: list[Fraction]) -> Fraction:
    rows = [sum((m * x for m, x in zip(row, point, strict=True)), Fraction(0)) for row in metric]
    return sum((x * y for x, y in zip(rows, point, strict=True)), Fraction(0))
