from dataclasses import replace
from io import StringIO

import pytest

from tests.report import made_up
from verify.recording import record
from verify.report.page import WIDTH, page, plain
from verify.report.terminal import folded, print_run, report, short, summary
from verify.results import Evidence, PointResult


def lines() -> list[str]:
    return plain(report(made_up.run(*made_up.results(), made_up.undecided()))).splitlines()


def line(name: str) -> str:
    return next(each for each in lines() if each[1:].lstrip().startswith(name + " "))


def test_each_claim_has_a_line_with_proof_rung_samples_and_error() -> None:
    shown = line("substituted").split()
    assert shown == ["✓", "substituted", "proved", "240k", "draws", "0.97%", "1/1", "3/3", "1.2s"]


def test_an_erratum_shows_its_counterexample_and_counts_as_expected() -> None:
    assert line("positive_square").split()[:3] == ["✓", "positive_square", "refuted"]
    assert "counterexample" in line("positive_square")


def test_a_failure_shows_the_refused_row_with_both_sides_and_the_evidence() -> None:
    text = "\n".join(lines())
    assert line("wrong_step").startswith("✗")
    assert "refused at row 1, by algebra: the two sides differ by 2·a·b" in text
    assert "from  (a + b)²" in text
    assert "to    a² + b²" in text
    assert "counterexample: a = 1, b = 1" in text
    assert "at n = 3: claimed 4, observed 5.25, 1,234 samples, contradicted" in text
    assert "variant survives: x (no world)" in text


def test_an_undecided_claim_is_neither_a_pass_nor_a_failure() -> None:
    assert any(each.split()[:2] == ["?", "binomial"] for each in lines())
    run = made_up.run(made_up.undecided())
    assert (run.exit_code(), run.exit_code(allow_undecided=True)) == (3, 0)


def test_a_failure_outweighs_what_is_undecided() -> None:
    run = made_up.run(*made_up.results(), made_up.undecided())
    assert run.exit_code(allow_undecided=True) == 1
    assert summary(run).startswith("5 claims · 3 as expected · 3 proved · 1 undecided · 1 failed")
    assert summary(replace(run, interrupted=True)).endswith("interrupted")


def test_only_a_theorem_of_the_kernel_is_reported_as_proved() -> None:
    genuine = made_up.found()[0]
    with pytest.raises(TypeError, match="no theorem of this process"):
        record(replace(genuine, proof=object()))
    text = plain(report(made_up.run(record(replace(genuine, proof=None)))))
    assert " proved " not in text


@pytest.mark.parametrize("width", [WIDTH, 80])
def test_no_line_is_wider_than_the_page_and_nothing_is_cut(width: int) -> None:
    made = made_up.results()[1]
    long = replace(made.claim, id="normalization.batch_norm_identity_insertion_epsilon")
    points = tuple(evidence_at(rung) for rung in ("exact", "variance-bounded"))
    seen = Evidence("confirmed", "exact", points, 0.25)
    result = replace(made, claim=long, evidence=seen)
    text = plain(report(made_up.run(*made_up.results(), result)), width)
    assert max(len(each) for each in text.splitlines()) <= width
    assert "…" not in text
    assert "exact, 2.3M draws" in text
    assert "batch_norm_identity_" in text


def evidence_at(rung: str) -> PointResult:
    return replace(made_up.evidence().points[0], rung=rung, samples=2_340_000)


def test_a_name_is_folded_after_underscores() -> None:
    assert folded("batch_norm_epsilon", 12) == "batch_norm_\n  epsilon"
    assert folded("batch_norm_epsilon", 40) == "batch_norm_epsilon"


def test_columns_without_an_entry_are_left_out() -> None:
    proofs = replace(made_up.results()[0], evidence=None, variants=())
    text = plain(report(made_up.run(proofs)))
    assert "cross-check" not in text
    assert "proved" in text


@pytest.mark.parametrize(
    ("count", "text"),
    [(980, "980"), (1234, "1.2k"), (24_300, "24k"), (240_000, "240k"), (2_340_000, "2.3M")],
)
def test_counts_are_short(count: int, text: str) -> None:
    assert short(count) == text


def test_brackets_are_no_markup() -> None:
    failing = replace(made_up.undecided(), problems=("W[j] and [bold]x[/bold]",))
    assert "W[j] and [bold]x[/bold]" in plain(report(made_up.run(failing)))


def test_what_does_not_go_to_a_terminal_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    stream = StringIO()
    print_run(made_up.run(), page(stream))
    assert "\x1b" not in stream.getvalue()


def test_no_color_is_honoured_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, plain_one = Terminal(), Terminal()
    print_run(made_up.run(), page(coloured))
    monkeypatch.setenv("NO_COLOR", "1")
    print_run(made_up.run(), page(plain_one))
    assert "\x1b[32m" in coloured.getvalue()
    assert "\x1b[32m" not in plain_one.getvalue()
