"""The demo's workspace, built once for all the tests that read it. None of them may write into it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from built_once import built_once
from command_line import ask, run

_READY = "SCORECARD_TEST_DEMO"
"""Names a demo built by hand, to spare its building while tests are written."""


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary folder that all processes of one run of the tests have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def demo(shared: Path) -> Path:
    """The workspace that `scorecard demo` builds: to be read only."""
    named = os.environ.get(_READY)
    return Path(named) if named else built_once(shared / "the-demo", _build)


def _build(folder: Path) -> None:
    said = run("demo", folder.name, folder=folder.parent, environment=os.environ)
    assert said.code == 0, said.err


@pytest.fixture(scope="session")
def november(demo: Path) -> Path:
    """The demo's extract of 30 November 2021."""
    return demo / "extracts" / "2021-11-30"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A council's own workspace, as `scorecard new` leaves it."""
    folder = tmp_path / "council"
    ask("new", folder)
    return folder


@pytest.fixture(scope="session")
def _one_taken(shared: Path, november: Path) -> Path:
    def build(folder: Path) -> None:
        ask("new", folder)
        ask("take", november, "--as-at", "2021-11-30", workspace=folder)

    return built_once(shared / "one-taken", build)


@pytest.fixture
def taken(_one_taken: Path, tmp_path: Path) -> Path:
    """A council's own workspace which has taken one extract."""
    return Path(shutil.copytree(_one_taken, tmp_path / "taken"))
