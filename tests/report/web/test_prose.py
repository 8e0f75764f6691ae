import pytest

from verify.report.web.rendering import prose


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Σ_j x_j", "Σ<sub>j</sub> x<sub>j</sub>"),
        ("∇_{h_{t+1}} = Uᵀ", "∇<sub>h<sub>t+1</sub></sub> = U<sup>T</sup>"),
        ("`sum_of` is sum_of, W_ij too", "<code>sum_of</code> is sum_of, W_ij too"),
        ("`a_j`", "<code>a_j</code>"),
        ("one ` alone", "one ` alone"),
        ("<b> & x_<", "&lt;b&gt; &amp; x_&lt;"),
    ],
)
def test_prose_has_indices_and_code_and_no_markup_of_its_own(words: str, shown: str) -> None:
    assert prose(words) == shown
