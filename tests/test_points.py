import pytest

from verify.points import in_words


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ({}, ""),
        ({"n": 3, "law": "normal"}, "n = 3, law = normal"),
        ({"v": 1 / 24, "q": 2.0}, "v = 0.04167, q = 2"),
        ({"n": [5, *[48] * 7, 1]}, "n = [5, 48 (7 times), 1]"),
        ({"v": (0.5, 0.5, 0.25)}, "v = [0.5, 0.5, 0.25]"),
        ({"X": [[1.0, -0.5], [0.3, 2.0]]}, "X = [[1, -0.5], [0.3, 2]]"),
    ],
)
def test_a_point_is_told_briefly(point: dict[str, object], words: str) -> None:
    assert in_words(point) == words


def test_the_sign_between_name_and_value_is_a_matter_of_taste() -> None:
    assert in_words({"n": 3, "v": 0.7}, "=") == "n=3, v=0.7"
