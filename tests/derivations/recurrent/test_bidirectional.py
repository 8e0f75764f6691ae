import numpy as np
import pytest

from derivations.recurrent.bidirectional import bidirectional_gradients, state_gradient
from derivations.recurrent.bidirectional_evidence import Net
from derivations.recurrent.bidirectional_graph import bidirectional_graph
from derivations.recurrent.bidirectional_net import following, step
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (state_gradient, "used"),
        (bidirectional_gradients, "needed"),
        (bidirectional_graph, "needed"),
    ],
    ids=lambda each: getattr(each, "id", each),
)
def test_everything_asked_of_the_claim_holds(claim: Claim, verdict: str) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} == {verdict}
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_the_step_of_the_graph_is_the_one_whose_gradient_is_proved() -> None:
    assert step.body == following
    assert state_gradient.states.has(following)


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_going_back_through_time_gives_the_central_difference_quotients(steps: int) -> None:
    net = Net(np.random.default_rng(1), {"d": 3, "e": 2, "c": 2, "T": steps})
    gradient = sum(
        np.outer(delta, source) for delta, source in zip(net.deltas(), net.given["x"], strict=True)
    )
    width, at = 1e-5, np.zeros((3, 2))
    at[1, 0] = width
    quotient = (net.loss(W=net.given["W"] + at) - net.loss(W=net.given["W"] - at)) / (2 * width)
    assert np.isclose(np.asarray(gradient)[1, 0], quotient, rtol=1e-6)
