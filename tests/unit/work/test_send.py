"""What goes out by mail: names that say what a file is, a limit to its size, and a covering text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scorecard.calendar.periods import Period
from scorecard.definitions.registry import LIBRARY
from scorecard.errors import RefusedError
from scorecard.work import send as sending
from scorecard.work.send import name_of, send
from scorecard.work.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

NOVEMBER = Period(2021, 11)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "own").mkdir()
    settings = (LIBRARY / "demo" / "scorecard.toml").read_text(encoding="utf-8")
    (tmp_path / "own" / "scorecard.toml").write_text(settings, encoding="utf-8")
    return open_workspace(tmp_path / "own")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "2021-11-first.ods"
    path.write_bytes(b"a workbook")
    return path


def test_a_file_is_named_by_month_edition_and_marking(workspace: Workspace, made: Path) -> None:
    named = name_of(workspace, NOVEMBER, made)
    assert named == "scorecard-2021-11-Internal-edition-OFFICIAL-SENSITIVE-first.ods".replace(
        "Internal-edition", workspace.edition.replace(" ", "-")
    )


def test_a_marking_cannot_lead_out_of_the_folder(workspace: Workspace, made: Path) -> None:
    marked = replace(workspace, authority=replace(workspace.authority, marking="../../up: OFFICIAL"))
    assert not set(name_of(marked, NOVEMBER, made)) & set("/\\: ")


def test_copies_are_whole_and_the_mail_names_each(workspace: Workspace, made: Path, tmp_path: Path) -> None:
    copy, mail = send(workspace, NOVEMBER, [made], tmp_path / "out")
    assert copy.read_bytes() == b"a workbook"
    said = mail.read_text(encoding="utf-8")
    assert copy.name in said
    assert "November 2021" in said
    assert workspace.authority.marking in said
    assert "password" not in said


def test_a_file_too_large_for_mail_is_refused_and_nothing_is_written(
    workspace: Workspace, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_BYTES", 5)
    with pytest.raises(RefusedError, match="larger than 10 MB"):
        send(workspace, NOVEMBER, [made], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_locked_is_sent_as_it_is_and_not_called_locked(
    workspace: Workspace, made: Path, tmp_path: Path
) -> None:
    copy, mail = send(workspace, NOVEMBER, [made], tmp_path / "out", password="of the council")  # noqa: S106 - a test's
    assert copy.read_bytes() == b"a workbook"
    assert "(locked)" not in mail.read_text(encoding="utf-8")
