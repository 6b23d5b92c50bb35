"""What a council installs is whole: every definition, table, template and sentence is in it, and it runs offline."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- our own script, with arguments of ours
        [sys.executable, *words], cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8"
    )


def _files_of_the_package() -> set[str]:
    files = (path for path in (SOURCE / "scorecard").rglob("*") if path.is_file())
    return {path.relative_to(SOURCE).as_posix() for path in files if "__pycache__" not in path.parts}


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    done = _run("-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert _files_of_the_package() - held == set()
    assert wheel.name.endswith("-py3-none-any.whl")


@pytest.mark.slow
def test_the_demo_runs_in_an_empty_environment_installed_from_the_wheelhouse_without_network() -> None:
    done = _run(ROOT / "scripts" / "offline_check.py")
    assert done.returncode == 0, done.stdout + done.stderr
