"""A council's laptop runs Windows without administrator rights: nothing here may need another system or the network."""

from __future__ import annotations

import ast
import subprocess
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "scorecard"
MODULES = sorted(SOURCE.rglob("*.py"))

POSIX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "readline"}
NETWORK = {"urllib", "socket", "http", "requests", "httpx", "ftplib", "smtplib", "ssl", "socketserver", "xmlrpc"}
# Platform differences live in one module (architecture.md, decision 9 and "Rooms"), but for the limits of a child
# process (docs/decisions/0023), which the readers of files need and the store stands above.
PLATFORM_MODULES = {SOURCE / "store" / "disk.py", SOURCE / "child_process.py"}
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
FORBIDDEN = set('<>:"\\|?*')
# Windows stops at 260 characters for a whole path; a user's folder and an unpacked archive's name take up to half.
LONGEST_PATH = 130
TEXT_METHODS = {"read_text", "write_text", "open"}


def _imported(path: Path) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.extend((alias.name.partition(".")[0], node.lineno) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.module.partition(".")[0], node.lineno))
    return found


def _importers(of: set[str], but_for: Collection[Path] = ()) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}:{line} imports {name}"
        for path in MODULES
        if path not in but_for
        for name, line in _imported(path)
        if name in of
    ]


def test_only_the_disk_and_the_child_process_know_one_system_from_another() -> None:
    assert _importers(POSIX_ONLY | {"msvcrt", "winreg", "ctypes", "platform"}, but_for=PLATFORM_MODULES) == []


def test_the_product_never_reaches_for_the_network() -> None:
    assert _importers(NETWORK) == []


def _tracked() -> list[PurePosixPath]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)  # noqa: S607 -- ours
    return [PurePosixPath(name) for name in listed.stdout.decode("utf-8").split("\0") if name]


def _fits_windows(path: PurePosixPath) -> bool:
    return len(str(path)) <= LONGEST_PATH and all(_name_fits_windows(name) for name in path.parts)


def _name_fits_windows(name: str) -> bool:
    plain = name.isascii() and name.isprintable() and not FORBIDDEN & set(name)
    return plain and not name.endswith((".", " ")) and name.partition(".")[0].lower() not in RESERVED


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="names are checked where the repository is, not in an archive")
def test_every_file_name_can_be_unpacked_on_windows() -> None:
    assert [str(path) for path in _tracked() if not _fits_windows(path)] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="names are checked where the repository is, not in an archive")
def test_no_two_file_names_differ_by_case_alone() -> None:
    counted = Counter(str(path).lower() for path in _tracked())
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", ["a:b.md", "aux.py", "COM1.csv", "what?.md", "end.", "naïve.md", "lpt9", "new\nline"])
def test_a_name_windows_refuses_is_recognised(name: str) -> None:
    assert not _name_fits_windows(name)


def _opens_text_without_encoding(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in TEXT_METHODS or any(word.arg == "encoding" or word.arg is None for word in node.keywords):
        return False
    return not _opens_bytes(node, name)


def _opens_bytes(node: ast.Call, name: str) -> bool:
    modes = [each.value for each in node.args if isinstance(each, ast.Constant)]
    modes += [word.value.value for word in node.keywords if isinstance(word.value, ast.Constant)]
    return name == "open" and any(isinstance(mode, str) and "b" in mode and len(mode) <= len("rb+") for mode in modes)


def test_no_text_is_read_or_written_in_the_machine_s_own_encoding() -> None:
    careless = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in (*MODULES, *sorted((ROOT / "scripts").glob("*.py")))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _opens_text_without_encoding(node)
    ]
    assert careless == []


@pytest.mark.parametrize(
    ("text", "careless"),
    [
        ("path.read_text()", True),
        ("open(path)", True),
        ("path.open('w')", True),
        ("path.open('rb')", False),
        ("path.write_text(words, encoding='utf-8')", False),
        ("path.open('w', encoding='utf-8', newline='')", False),
    ],
)
def test_careless_reading_is_recognised(text: str, careless: bool) -> None:  # noqa: FBT001 -- a table's column
    assert _opens_text_without_encoding(ast.parse(text, mode="eval").body) is careless
