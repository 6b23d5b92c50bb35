"""The command line as tests drive it: within this process for speed, or in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from scorecard.cli import commands

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        """The answer, read as CSV."""
        return list(csv.DictReader(io.StringIO(self.out)))

    @property
    def data(self) -> Any:
        """The answer, read as JSON."""
        return json.loads(self.out)


def say(*words: object, workspace: Path | None = None) -> Said:
    """Run a command within this process, as `scorecard` would."""
    where = ("--workspace", str(workspace)) if workspace else ()
    answer = CliRunner().invoke(commands, [*map(str, words), *where], prog_name="scorecard")
    return Said(answer.exit_code, answer.stdout, answer.stderr)


def ask(*words: object, workspace: Path | None = None) -> Said:
    """Run a command that must succeed."""
    said = say(*words, workspace=workspace)
    assert said.code == 0, said.err
    return said


def run(*words: object, folder: Path, environment: Mapping[str, str], encoding: str = "utf-8") -> Said:
    """Run a command in a process of its own; what it wrote must be text of that encoding."""
    done = subprocess.run(  # noqa: S603 - this Python, and arguments of the test's own
        [sys.executable, "-m", "scorecard", *map(str, words)],
        cwd=folder,
        env=dict(environment),
        check=False,
        capture_output=True,
        timeout=300,
    )
    return Said(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
