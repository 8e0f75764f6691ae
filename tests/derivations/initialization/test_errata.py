from derivations.initialization.errata import erratum_relu_hint
from verify import check, prove


def test_the_hint_is_refuted_by_a_centred_law_on_two_points() -> None:
    found = check(erratum_relu_hint)
    assert found.ok, found.problems
    assert found.evidence is not None
    assert found.evidence.verdict == "contradicted"
    assert (
        found.evidence.counterexample == "Y = -1 with probability 2/3; Y = 2 with probability 1/3"
    )


def test_the_hint_has_no_theorem() -> None:
    assert not prove(erratum_relu_hint)
