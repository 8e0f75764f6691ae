from dataclasses import replace

import numpy as np
import pytest

from tests.report import made_up
from verify.discovery import claim
from verify.report.plots import PICTURES, NothingDrawnError, wealth
from verify.report.web.chart import charts
from verify.results import Wealth

PATH = Wealth((0, 100, 200), (0, -1, -2), (0, 3, 6.5), (0, 4, 6.1), 9.0, 6.0)
EVIDENCE = made_up.evidence(rung="variance-bounded")
DRAWN = replace(EVIDENCE, points=(replace(EVIDENCE.points[0], wealth=PATH),))


def test_the_wealth_is_drawn_against_the_draws_with_both_bars() -> None:
    pytest.importorskip("matplotlib")
    figure = wealth(DRAWN)
    (panel,) = figure.axes
    lines = [np.asarray(line.get_ydata()) for line in panel.lines]
    assert [tuple(line) for line in lines if len(line) == 3] == [
        PATH.above, PATH.below, PATH.against,
    ]  # fmt: skip
    bars = {line[0] for line in lines if len(line) == 2}
    assert bars == {9.0, 6.0}
    assert panel.get_title() == "n = 3: confirmed"


def test_what_drew_nothing_has_no_wealth() -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(NothingDrawnError):
        wealth(EVIDENCE)


def test_pictures_belong_to_claims_that_are_there() -> None:
    for name in PICTURES:
        assert claim(name).id == name


def test_a_chart_of_a_page_has_its_lines_inside_and_is_told_in_words() -> None:
    (chart,) = charts(DRAWN.points)
    assert "200 draws" in chart.told
    assert "6.5 against a mean larger" in chart.told
    for _, points in chart.lines:
        for place in points.split():
            x, y = (float(each) for each in place.split(","))
            assert 0 <= x <= 400
            assert 0 <= y <= 190
    heights = dict(chart.bars)
    assert heights["contradicts"] < heights["confirms"]  # more wealth is higher up
    assert charts(EVIDENCE.points) == ()
