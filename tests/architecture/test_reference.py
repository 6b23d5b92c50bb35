"""The reference pages say what the program says, and the program says something about everything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from scorecard.cli import commands

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PROMISED = {
    *("demo", "new", "status", "month", "check", "take", "freeze", "facts", "cases", "explain", "pack"),
    *("indicators", "sql", "contract", "completion", "supplied"),
}


def test_the_reference_pages_are_current() -> None:
    words = [sys.executable, str(ROOT / "scripts" / "reference.py"), "--check"]
    done = subprocess.run(words, check=False, capture_output=True, text=True, encoding="utf-8")  # noqa: S603 -- ours
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_commands_of_the_plan_are_there() -> None:
    assert set(commands.commands) >= PROMISED


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = commands.commands[name]
    silent = [each.name for each in command.params if isinstance(each, click.Option) and not each.help]
    assert command.help
    assert silent == []


def _typed() -> list[tuple[str, str]]:
    pages = [ROOT / "README.md", *DOCS.glob("how-to/*.md"), *DOCS.glob("tutorial/*.md"), *DOCS.glob("explanation/*.md")]
    found = []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        lines = re.findall(r"(?:python|py|-m) (?:-m )?scorecard ([^`\n|]+)|`scorecard ([^`\n]+)`", text)
        found += [(page.relative_to(ROOT).as_posix(), (first or second).strip()) for first, second in lines]
    return sorted(set(found))


@pytest.mark.parametrize(("page", "line"), _typed())
def test_every_command_line_in_the_docs_is_one_the_program_takes(page: str, line: str) -> None:
    name, *rest = line.split()
    assert name in commands.commands, f"{page}: {line}"
    held = commands.commands[name]
    if isinstance(held, click.Group):
        assert rest[0] in held.commands, f"{page}: {line}"
        held = held.commands[rest[0]]
    known = {option for each in held.params for option in each.opts}
    unknown = [word for word in rest if word.startswith("--") and word.partition("=")[0] not in known]
    assert unknown == [], f"{page}: {line}"
