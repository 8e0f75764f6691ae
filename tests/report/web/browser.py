"""A page in headless Chromium, in a frame of a phone's or a desk's width. Nothing is fetched."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

PHONE, DESK = 375, 1100

_HARNESS = """<!DOCTYPE html>
<iframe id="frame" style="border:0;width:{width}px;height:900px" src="{page}"></iframe>
<script type="application/json" id="answer"></script>
<script>
const frame = document.getElementById("frame");
const told = (answer) => {{
  document.getElementById("answer").textContent =
    encodeURIComponent(JSON.stringify(answer === undefined ? null : answer));
}};
frame.onload = async () => {{
  try {{
    await frame.contentDocument.fonts.ready;
    const act = frame.contentWindow.eval("(async () => {{" + {script} + "}})");
    told({{ value: await act() }});
  }} catch (problem) {{ told({{ error: String(problem) }}); }}
}};
</script>
"""


def evaluated(page: Path, script: str, width: int = DESK, *flags: str, query: str = "") -> Any:
    """What the body of a JavaScript function returns within the page; raises if it throws."""
    harness = page.parent / f"harness-{page.stem}.html"
    address = page.as_uri() + query
    harness.write_text(_HARNESS.format(width=width, page=address, script=json.dumps(script)))
    try:
        dom = subprocess.run(
            [
                str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu",
                "--allow-file-access-from-files", "--virtual-time-budget=20000",
                "--window-size=1400,1000", *flags, "--dump-dom", harness.as_uri(),
            ],
            capture_output=True, text=True, check=True, timeout=120,
        ).stdout  # fmt: skip
    finally:
        harness.unlink()
    from urllib.parse import unquote

    _, _, rest = dom.partition('id="answer">')
    answer = json.loads(unquote(rest.partition("</script>")[0]))
    if "error" in answer:
        raise AssertionError(answer["error"])
    return answer["value"]


def violations(page: Path, width: int = DESK, *flags: str) -> list[str]:
    """What axe-core finds that is serious or critical, each with the first place."""
    spec = find_spec("axe_core_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-core-python is not installed")
    axe = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    script = axe + (
        ";const found = await axe.run(document);"
        "return found.violations.filter((v) => ['serious', 'critical'].includes(v.impact))"
        ".map((v) => v.id + ': ' + v.help + ' ' + v.nodes[0].html);"
    )
    return list(evaluated(page, script, width, *flags))
