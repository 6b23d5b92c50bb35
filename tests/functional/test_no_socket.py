"""No command opens a socket, but for a database somebody named: a council's records go nowhere by themselves."""

from __future__ import annotations

import shutil
import socket
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import say
from few_definitions import define_only
from kept_store import kept_store

from scorecard.cli import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

_watched: list[str] | None = None

KEY = "assessments_45wd_pct/2021-11/month"
COMMANDS: dict[str, tuple[str, ...]] = {
    "about": (),
    "approve": ("2021-11", "--by", "Olga, Head of Service", "--because", "Looked at"),
    "benchmarks": ("list",),
    "cases": (KEY, "--view", "now"),
    "check": ("{at}/november", "--as-at", "2021-11-30"),
    "completion": ("bash",),
    "commentary": ("check", "2021-11"),
    "contract": (),
    "coverage": ("{at}/november",),
    "demo": ("{at}/demo",),
    "doctor": (),
    "due": ("--on", "2021-11-30"),
    "erase": ("--from", "{at}/ids.txt", "--yes", "--why", "SAR 7"),
    "explain": (KEY,),
    "export": ("--layout", "annex-a", "--month", "2021-11", "--out", "{at}/returned"),
    "facts": ("2021-11",),
    "freeze": ("2021-10", "--again"),
    "import-history": ("--template", "--out", "{at}/past.xlsx"),
    "indicators": (),
    "issue": ("2021-10", "--file", "{at}/pack.html"),
    "ledger": (),
    "merge": ("--from", "{at}/two.txt", "--yes", "--why", "Ticket 8"),
    "month": ("2021-11", "{at}/november"),
    "new": ("{at}/another",),
    "new-year": ("2022",),
    "pack": ("2021-11",),
    "purge": (),
    "quality": ("2021-11",),
    "reconcile": ("{at}/returned", "--month", "2021-11"),
    "remap": (),
    "restated": ("2021-11",),
    "revise": ("2021-11", "--because", "One was missing"),
    "sql": ("assessments_45wd",),
    "status": ("2021-11",),
    "supplied": (),
    "take": ("{at}/november", "--as-at", "2021-11-30"),
    "ties": ("2021-11",),
    "verify": (),
}
"""How each command is given here, on a small workspace."""

BEFORE = {"approve": "revise", "reconcile": "export"}
"""What must have been done for a command to have something to do."""


def _note(event: str, _arguments: object) -> None:
    if _watched is not None and event.startswith("socket."):
        _watched.append(event)


sys.addaudithook(_note)  # one that is added stays, so that it only listens while a test asks it to


@contextmanager
def watched() -> Iterator[list[str]]:
    """What this process does with sockets meanwhile."""
    global _watched  # noqa: PLW0603 - a hook has no other memory
    events: list[str] = []
    _watched = events
    try:
        yield events
    finally:
        _watched = None


def test_what_is_watched_for_is_seen() -> None:
    with watched() as events, socket.socket() as opened, pytest.raises(OSError, match=r".*"):
        opened.connect(("127.0.0.1", 9))
    assert {"socket.__new__", "socket.connect"} <= set(events)


def test_every_command_is_tried() -> None:
    assert sorted(COMMANDS) == sorted(commands.commands)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with something of every kind, and what some commands are given."""
    at = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        kept_store(at, patch)
    (at / "ids.txt").write_text("c3\n", encoding="utf-8")
    (at / "two.txt").write_text("c3\nc2\n", encoding="utf-8")
    return at


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name == "demo" else ()) for name in COMMANDS]
)
def test_a_command_opens_no_socket_and_fetches_no_extension(
    name: str, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = Path(shutil.copytree(kept, tmp_path / "kept"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))  # where DuckDB would put an extension it had fetched
    monkeypatch.chdir(at / "council")
    if name != "demo":  # its notes and its pack speak of all of them
        define_only(("assessments_45wd", "cpp_open"), monkeypatch)
    with watched() as events:
        for each in filter(None, (BEFORE.get(name), name)):
            said = say(each, *(word.format(at=at) for word in COMMANDS[each]))
    assert said.code == (12 if name == "doctor" else 0), said.err
    assert events == []
    assert list(tmp_path.glob("home/.duckdb/**/*.duckdb_extension")) == []
