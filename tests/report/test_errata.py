import json
from dataclasses import replace

import pytest

from tests.report.made_up import ERRATUM
from verify import Claim, World, equation, real, tanh
from verify.cli import main
from verify.report.errata import errata_json, errata_table
from verify.report.page import plain
from verify.session import run_claims

x = real("x")

DOUBLE = Claim(
    id="algebra.erratum_double",
    title="Doubling is squaring",
    source="002 Ex. 9",
    states=equation(2 * x, x**2),
    worlds=lambda random: World({x: 1}),
    expected="refuted",
    corrected="initialization.relu_second_moment",
    notes="Only 0 and 2.",
)


def test_the_table_shows_source_line_world_values_and_correction() -> None:
    shown = plain(errata_table(run_claims([DOUBLE])))
    for part in ("002 Ex. 9", "Doubling is squaring", "2·x = x²", "x = 1", "not 2 = 1"):
        assert part in shown
    assert "initialization." in shown
    assert "relu_second_moment" in shown


def test_the_json_has_the_same_and_what_was_assumed() -> None:
    found = json.loads(errata_json(run_claims([DOUBLE])))
    assert found["schema"] == 1
    (row,) = found["errata"]
    assert row["published"]["text"] == "2·x = x²"
    assert (row["counterexample"], row["values"]) == ("x = 1", "not 2 = 1")
    assert (row["refuted"], row["ok"], row["rung"]) == (True, True, "exact")
    assert (row["assumed"], row["notes"]) == ([], "Only 0 and 2.")


def test_a_line_that_is_not_refuted_says_so() -> None:
    run = run_claims([replace(DOUBLE, worlds=lambda random: World({x: 2}))])
    assert "none found" in plain(errata_table(run))
    assert run.exit_code() == 3
    assert run.results[0].values == ""
    assert json.loads(errata_json(run))["errata"][0]["refuted"] is False


def test_a_correction_that_is_not_there_is_shown_and_fails() -> None:
    run = run_claims([replace(DOUBLE, corrected="algebra.nowhere")])
    assert "is not there" in plain(errata_table(run))
    assert run.exit_code() == 1


def test_an_erratum_whose_correction_is_not_proved_yet_says_so() -> None:
    assert run_claims([replace(DOUBLE, corrected=None)]).exit_code() == 1
    run = run_claims([replace(DOUBLE, corrected=None, awaits="algebra.nowhere")])
    assert "not proved yet" in " ".join(plain(errata_table(run)).split())
    assert run.exit_code() == 0


def test_an_irrational_value_is_rounded_in_the_table_and_enclosed_in_the_document() -> None:
    run = run_claims([replace(DOUBLE, states=equation(tanh(x), x))])
    assert "not 0.761594 = 1" in plain(errata_table(run))
    assert "+/-" in json.loads(errata_json(run))["errata"][0]["values"]


def test_an_erratum_without_worlds_has_no_values() -> None:
    assert "none found" in plain(errata_table(run_claims([ERRATUM])))


def test_the_command_lists_errata_of_one_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["errata", "--sheet", "000"]) == 0
    shown = capsys.readouterr().out
    assert "000 A4" in shown
    assert "003" not in shown
    assert main(["errata", "-k", "mirror", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["errata"]
    assert row["id"] == "optimization.erratum_mirror_positive"


def test_claims_are_listed_by_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--sheet", "002"]) == 0
    assert "initialization.erratum_relu_hint" in capsys.readouterr().out
    assert main(["list", "--sheet", "999"]) == 5
    assert "is from sheet '999'" in capsys.readouterr().err
    assert main(["errata", "--sheet", "999"]) == 5
    capsys.readouterr()
