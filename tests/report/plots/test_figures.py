import numpy as np
import pytest

from verify.report.plots import as_bytes
from verify.report.plots.layers import predicted, second_moments
from verify.report.plots.relus import ERROR, three_relus
from verify.report.plots.weight_norm import lengths


def test_each_layer_multiplies_the_variance_by_half_the_gain() -> None:
    rows = predicted(1.0, 4)
    assert rows[0] == 1.0
    assert np.allclose(rows[1:] / rows[:-1], 0.5)
    assert np.allclose(predicted(2.0, 9), 2.0)


def test_a_layer_is_measured_from_the_definition() -> None:
    rng = np.random.default_rng(0)
    first = second_moments(0.0, width=5, depth=3, nets=2, rng=rng)
    assert np.array_equal(first, np.zeros(3))  # weights that are all 0


def test_the_three_relus_stay_within_their_error_and_reach_it() -> None:
    x = np.linspace(0, 1, 1001)
    error = three_relus(x) - x**2
    assert np.max(np.abs(error)) <= ERROR + 1e-12
    assert np.allclose(three_relus(np.array([0.4, 0.8])) - np.array([0.16, 0.64]), ERROR)
    assert three_relus(np.array(0.0)).shape == ()


@pytest.mark.parametrize("rate", [0.1, 1.0, 5.0])
def test_the_length_of_normalised_weights_never_falls(rate: float) -> None:
    rng = np.random.default_rng(1)
    inputs, targets, start = (
        rng.standard_normal((20, 3)),
        rng.standard_normal(20),
        rng.standard_normal(3),
    )
    seen = lengths(rate, steps=15, inputs=inputs, targets=targets, start=start)
    assert seen[0] == np.linalg.norm(start)
    assert np.all(np.diff(seen) >= -1e-12 * seen[:-1])


def test_one_step_lengthens_as_pythagoras_says() -> None:
    inputs, targets, start = np.eye(2), np.array([0.0, 1.0]), np.array([1.0, 0.0])
    # y = u/‖u‖ = (1, 0): the slope in w is (y − t)/2 = (½, −½), along u it is (0, −½).
    seen = lengths(0.4, steps=1, inputs=inputs, targets=targets, start=start)
    assert np.isclose(seen[1], np.sqrt(1 + (0.4 * 0.5) ** 2))


@pytest.mark.parametrize(
    "name",
    ["variance_per_layer", "weight_norm_growth", "square_by_three_relus"],
)
def test_a_picture_is_a_figure_that_comes_out_the_same_again(name: str) -> None:
    pytest.importorskip("matplotlib")
    from verify.report import plots

    small = {"nets": 1, "width": 8} if name == "variance_per_layer" else {}
    first, again = (as_bytes(getattr(plots, name)(**small), "svg") for _ in range(2))
    assert first == again
    assert first.startswith(b"<?xml")
