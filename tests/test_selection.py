import pytest

from verify.selection import SelectionError, selector

TEXT = "initialization.he_variance He's variance 000 A1"


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("", True),
        ("he_variance", True),
        ("HE_VARIANCE", True),
        ("variance and not a1", False),
        ("prox or he", True),
        ("not (prox or relu)", True),
        ("not prox and (zzz or a1)", True),
        ("not not he", True),
        ("000", True),
        ("prox", False),
    ],
)
def test_words_combine_as_in_pytest(expression: str, chosen: bool) -> None:
    assert selector(expression)(TEXT) is chosen


@pytest.mark.parametrize("expression", ["and", "he or", "(he", "he)", "he prox", "not"])
def test_an_unreadable_expression_is_an_error(expression: str) -> None:
    with pytest.raises(SelectionError, match="-k"):
        selector(expression)
