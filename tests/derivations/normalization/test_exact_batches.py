from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from derivations.normalization import batch_norm_after_relu_evidence as after_relu
from derivations.normalization import batch_norm_evidence as evidence


@given(st.randoms())
def test_a_batch_has_its_mean_and_its_deviation(random: Random) -> None:
    found = evidence.batch(random)
    m = len(found.values)
    assert sum(found.values) == m * found.mean
    assert sum((value - found.mean) ** 2 for value in found.values) == m * found.deviation**2 > 0


@given(st.randoms())
def test_a_layer_has_the_products_asked_for(random: Random) -> None:
    products = [Fraction(-1, 3), Fraction(2), Fraction(5, 7)]
    found = evidence.layer_of(random, products, Fraction(1), Fraction(2), Fraction(0))
    assert _products(found) == products


@given(st.randoms())
def test_a_layer_straddles_the_kink(random: Random) -> None:
    found = after_relu.straddling(random)
    values = [product + found.b for product in _products(found)]
    assert min(values) <= 0 < max(values)
    assert min(_products(after_relu.straddling_without_bias(random))) <= 0


def _products(layer: evidence.Layer) -> list[Fraction]:
    return [sum((p * q for p, q in zip(layer.w, row, strict=True)), Fraction(0)) for row in layer.x]
