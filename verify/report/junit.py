"""`--format junit`: one test case a claim, for continuous integration."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from verify.report.run import Run
from verify.report.terminal import failure_lines


def as_junit(run: Run) -> str:
    """The run as a JUnit XML document."""
    suite = Element(
        "testsuite",
        name="chalkproof",
        tests=str(len(run.results)),
        failures=str(len(run.failed)),
        skipped=str(len(run.undecided)),
        errors="0",
        time=f"{run.seconds:.3f}",
    )
    for result in run.results:
        claim = result.claim
        case = SubElement(
            suite,
            "testcase",
            classname=claim.subject,
            name=claim.id.partition(".")[2],
            time=f"{result.seconds:.3f}",
        )
        if not result.ok:
            lines = [_clean(line) for line in failure_lines(result)]
            kind = "skipped" if result.undecided else "failure"
            note = SubElement(case, kind, message=lines[0] if lines else "undecided")
            note.text = "\n".join(lines)
    suites = Element("testsuites")
    suites.append(suite)
    indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _clean(line: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(mark for mark in line if mark.isprintable() or mark == "\t")
