"""Words go out as forms and come back: filled in with LibreOffice, read, answered, and every version kept."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import say

from scorecard.pack.commentary_files import load_commentary
from scorecard.pack.promise_files import load_promises

if TYPE_CHECKING:
    from collections.abc import Callable

SYSTEM_PYTHON = "/usr/bin/python3"
FILL = Path(__file__).parents[1] / "support" / "fill_form.py"


def _has_office() -> bool:
    if not (shutil.which("soffice") and Path(SYSTEM_PYTHON).exists()):
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], check=False, capture_output=True).returncode == 0  # noqa: S603 - the tests' own program


def _fill(form: Path, target: Path, **words: str) -> Path:
    given = [f"{name.replace('_', '-')}={text}" for name, text in words.items()]
    subprocess.run([SYSTEM_PYTHON, str(FILL), str(form), str(target), *given], check=True, timeout=180)  # noqa: S603 - the tests' own program
    return target


@pytest.fixture
def council(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo that may be written into."""
    return Path(shutil.copytree(demo, tmp_path / "council"))


@pytest.fixture
def ask(council: Path) -> Callable[..., str]:
    """A command of the group, in that copy."""

    def run(*words: str) -> str:
        said = say("commentary", *words, "--workspace", str(council))
        assert said.code == 0, said.err
        return said.out

    return run


@pytest.mark.slow
@pytest.mark.skipif(not _has_office(), reason="LibreOffice and its Python library are not on this machine")
def test_three_forms_filled_in_with_libreoffice_are_read_answered_and_kept(
    council: Path, ask: Callable[..., str], tmp_path: Path
) -> None:
    ask("send", "2021-11")
    sent, versions = council / "commentary" / "forms", council / "commentary" / "versions" / "2021-11"
    mash, care = sent / "2021-11-service-manager-mash.docx", sent / "2021-11-head-of-service-children-in-care.docx"
    first = _fill(mash, tmp_path / "1.docx", author="B. Manager", agreed="yes", screening="We screened 93% in time.")
    second = _fill(mash, tmp_path / "2.docx", author="B. Manager", screening="We will clear the rest by 14 January.")
    blank = _fill(care, tmp_path / "3.docx")
    before = (council / "commentary" / "2021-11.md").read_bytes()
    assert "version 1: 1 taken in" in ask("read", str(first))
    assert "0 taken in" in ask("read", str(blank))
    assert "version 2: 1 taken in" in ask("read", str(second))
    assert "changes nothing" in ask("read", str(first))
    words = load_commentary(council / "commentary" / "2021-11.md").on("screening")
    assert words
    assert (words.text, words.author, words.state) == ("We will clear the rest by 14 January.", "B. Manager", "drafted")
    told = (versions / "service-manager-mash-1-reply.md").read_text(encoding="utf-8")
    assert "The figures say otherwise. “93%” in “We screened 93% in time.”" in told
    assert "MASH contacts screened in 24 hours, November 2021: 50%" in told
    assert "We screened 93% in time." in (versions / "service-manager-mash-1.md").read_text(encoding="utf-8")
    assert (versions / "service-manager-mash-1.docx").read_bytes() == first.read_bytes()
    assert (versions / "2021-11-1.md").read_bytes() == before
    answer = (versions / "head-of-service-children-in-care-1-reply.md").read_text(encoding="utf-8")
    assert "Empty. The words that came before stand." in answer
    (promise,) = load_promises(council / "actions.toml")
    assert (promise.topic, promise.measure, str(promise.due)) == ("screening", "mash_24h_pct", "2022-01-14")


def test_a_form_of_another_month_or_of_another_council_is_refused(
    council: Path, ask: Callable[..., str], tmp_path: Path
) -> None:
    ask("send", "2021-11", "--to", "Service Manager, Adoption", "--out", str(tmp_path))
    (form,) = tmp_path.glob("*.docx")
    other = say("commentary", "read", str(form), "--month", "2021-10", "--workspace", str(council))
    assert other.code != 0
    assert "The form is of November 2021" in other.err
    settings = council / "scorecard.toml"
    named = settings.read_text(encoding="utf-8").replace("Merrowshire County Council", "Another Council")
    settings.write_text(named, encoding="utf-8")
    strange = say("commentary", "read", str(form), "--workspace", str(council))
    assert strange.code != 0
    assert "is none of this workspace" in strange.err
