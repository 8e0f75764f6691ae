import json
from fractions import Fraction
from xml.etree import ElementTree

import numpy as np

from tests.report import made_up
from verify.recording import plain
from verify.report.github import as_github
from verify.report.json_format import as_json
from verify.report.junit import as_junit
from verify.report.picture import as_svg, shown


def test_json_has_the_fields_of_schema_1() -> None:
    found = json.loads(as_json(made_up.run()))
    assert found.keys() == {"schema", "versions", "seed", "alpha", "detect", "claims", "summary"}
    assert (found["schema"], found["summary"]["claims"], found["summary"]["ok"]) == (1, 4, 3)
    claim = found["claims"][1]
    assert claim["id"] == "algebra.substituted"
    assert (claim["expected"], claim["ok"]) == ("proved", True)
    assert claim["proof"]["verdict"] == "proved"
    assert claim["proof"]["theorem"]["given"] == ["b = 1"]
    (row,) = claim["proof"]["rows"]
    assert row["latex"] == r"= \left(a + 1\right)^{2}"
    assert (row["rule"], row["verdict"], row["used"]) == ("given", "proved", ["b = 1"])
    (point,) = claim["crosscheck"]["points"]
    assert (point["at"], point["samples"], point["verdict"]) == ({"n": 3}, 240_000, "confirmed")
    (hypothesis,) = claim["hypotheses"]
    assert hypothesis["verdict"] == "needed"
    assert (hypothesis["refused_at_row"], hypothesis["refused_at"]) == (1, "row 1")
    assert hypothesis["counterexample"] == "b = 2"
    assert [each["verdict"] for each in claim["variants"]] == ["refuted"] * 3


def test_json_says_where_a_proof_is_refused() -> None:
    refused = json.loads(as_json(made_up.run()))["claims"][3]
    assert refused["proof"]["theorem"] is None
    (row,) = refused["proof"]["rows"]
    assert (row["where"], row["verdict"]) == ("row 1", "undecided")
    assert "2·a·b" in row["reason"]


def test_json_holds_numbers_that_json_lacks_as_text() -> None:
    values = {"a": Fraction(1, 3), "b": float("inf"), "c": np.float64(0.5), "d": np.arange(2)}
    assert plain(values) == {"a": "1/3", "b": "inf", "c": 0.5, "d": [0, 1]}


def test_junit_has_a_case_for_each_claim() -> None:
    run = made_up.run(*made_up.results(), made_up.undecided())
    suite = ElementTree.fromstring(as_junit(run)).find("testsuite")  # noqa: S314 (our own text)
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("5", "1", "1")
    assert [case.get("name") for case in suite][:2] == ["binomial", "substituted"]
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert "refused at row 1" in str(failure.get("message"))


def test_github_annotates_what_is_not_as_expected() -> None:
    lines = as_github(made_up.run(*made_up.results(), made_up.undecided())).splitlines()
    assert [line.split("::")[1].split(" ")[0] for line in lines] == ["error", "warning", "notice"]
    assert lines[0].startswith("::error title=order.wrong_step::refused at row 1")
    assert "%0A" in lines[0]


def test_the_picture_shows_the_report_and_loads_nothing() -> None:
    drawn = as_svg(made_up.run())
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert "✓  binomial  proved  exact  0.97%  3/3  _s" in shown(drawn)
