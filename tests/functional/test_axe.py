"""The HTML pack in a real browser, asked by axe-core for what shuts a reader out. It stays on this machine."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
AXE = ROOT / ".axe" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CHROMIUM and AXE.exists()), reason="no Chromium, or no axe-core: bash scripts/install_browser.sh"
    ),
]

_ASKED = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """addEventListener("load", () => axe.run(document, {resultTypes: ["violations"], runOnly: ASKED}).then(
    (told) => { document.body.innerHTML = '<pre id="told"></pre>';
                document.getElementById("told").textContent = JSON.stringify({
                    passes: told.passes.length,
                    violations: told.violations.map((one) => [one.id, one.nodes.map((node) => node.html)])}); },
    (error) => { document.body.innerHTML = `<pre id="told">${error}</pre>`; }))"""


def _asked(page: str, folder: Path, width: int) -> dict[str, Any]:
    """What axe-core says of a page as it is at a width."""
    # The page forbids every script but its own; the copy that is asked must run the asker.
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    script = AXE.read_text(encoding="utf-8").replace("</script", "<\\/script")
    run = _RUN.replace("ASKED", json.dumps(_ASKED))
    copy = folder / "asked.html"
    copy.write_text(
        bare.replace("</body>", f"<script>{script}</script><script>{run}</script></body>"), encoding="utf-8"
    )
    words: Sequence[str] = (
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--window-size={width},900",
        f"--user-data-dir={folder / f'browser-{width}'}", "--host-resolver-rules=MAP * ~NOTFOUND",
        "--virtual-time-budget=2000000", "--dump-dom", copy.as_uri(),
    )  # fmt: skip
    done = subprocess.run(words, check=True, capture_output=True, text=True, encoding="utf-8", timeout=300)  # noqa: S603 -- ours
    told = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told, done.stdout[:500]
    found: dict[str, Any] = json.loads(html.unescape(told[1]))
    return found


@pytest.mark.parametrize("width", [1280, 500])
def test_axe_finds_nothing_that_shuts_a_reader_out(demo: Path, tmp_path: Path, width: int) -> None:
    page = (demo / "packs" / "2021-11-first.html").read_text(encoding="utf-8")
    told = _asked(page, tmp_path, width)
    assert told["passes"] > 20
    assert told["violations"] == []


def test_axe_is_asked_in_earnest(demo: Path, tmp_path: Path) -> None:
    page = (demo / "packs" / "2021-11-first.html").read_text(encoding="utf-8")
    spoilt = page.replace('<html lang="en-GB"', "<html").replace("</main>", '<img src="data:,"></main>')
    assert {one[0] for one in _asked(spoilt, tmp_path, 1280)["violations"]} >= {"html-has-lang", "image-alt"}
