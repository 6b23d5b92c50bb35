"""What is installed is what was locked, by hash, from the public index, with a wheel for every council's machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "uv.lock"
CHECK = ROOT / "scripts" / "check_wheels.py"


def _locked() -> dict[str, Any]:
    packages = tomllib.loads(LOCK.read_text(encoding="utf-8"))["package"]
    return {package["name"]: package for package in packages if "registry" in package["source"]}


def _hashes(package: dict[str, Any]) -> set[str]:
    files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
    return {file["hash"] for file in files}


def _required(name: str) -> dict[str, tuple[str, set[str]]]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {
        line.split("==")[0]: (line.split("==")[1].split()[0], set(re.findall(r"--hash=(\S+)", line))) for line in lines
    }


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_the_requirements_pip_reads_are_those_of_the_lock(name: str) -> None:
    locked = _locked()
    for package, (version, hashes) in _required(name).items():
        assert (version, hashes) == (locked[package]["version"], _hashes(locked[package])), (
            f"{package}: run `make lock`"
        )


def test_everything_locked_is_in_the_developers_requirements() -> None:
    assert set(_locked()) == set(_required("dev.txt"))


def test_every_dependency_pyproject_names_is_among_those_pip_installs_to_run() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {re.split(r"[\[<>=~! ;]", wanted)[0].lower() for wanted in project["dependencies"]}
    assert named <= set(_required("run.txt"))


def _wanted(texts: Iterable[str]) -> set[tuple[str, SpecifierSet]]:
    return {(canonicalize_name(each.name), each.specifier) for each in map(Requirement, texts)}


def _recorded(entries: Iterable[dict[str, Any]]) -> set[tuple[str, SpecifierSet]]:
    return {(canonicalize_name(each["name"]), SpecifierSet(each.get("specifier", ""))) for each in entries}


def test_the_lock_was_made_from_the_dependencies_as_they_stand() -> None:
    given = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = tomllib.loads(LOCK.read_text(encoding="utf-8"))["package"]
    (ours,) = (each["metadata"] for each in packages if each["name"] == given["project"]["name"])
    extras = (text for texts in given["project"]["optional-dependencies"].values() for text in texts)
    assert _recorded(ours["requires-dist"]) == _wanted((*given["project"]["dependencies"], *extras)), "run `make lock`"
    assert _recorded(ours["requires-dev"]["dev"]) == _wanted(given["dependency-groups"]["dev"]), "run `make lock`"


def test_the_lock_names_the_public_index_and_no_other_host() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", LOCK.read_text(encoding="utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def _missing(lock: Path) -> str:
    program = (
        "import sys, pathlib, check_wheels; print(*check_wheels.missing_wheels(pathlib.Path(sys.argv[1])), sep='\\n')"
    )
    words = [sys.executable, "-c", program, str(lock)]
    return subprocess.run(words, cwd=CHECK.parent, check=True, capture_output=True, text=True).stdout  # noqa: S603 -- ours


def test_every_runtime_dependency_has_a_wheel_for_every_machine() -> None:
    assert _missing(LOCK).strip() == ""


def test_a_dependency_that_needs_a_compiler_on_windows_is_found_out(tmp_path: Path) -> None:
    text = LOCK.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not ("/duckdb-" in line and "win_amd64" in line)]
    (tmp_path / "uv.lock").write_text("\n".join(kept), encoding="utf-8")
    found = _missing(tmp_path / "uv.lock")
    assert "duckdb" in found
    assert "win_amd64, Python 3.11" in found
    assert "macosx" not in found
