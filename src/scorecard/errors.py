"""Every error a user can act on: what happened, where, and what to do instead.

Nothing here knows of children: a message names files, rows, columns and ids of definitions, never a value of a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Place:
    """Where in a file something was found; lines count from 1.

    >>> str(Place("indicators/assessments.md", 31))
    'indicators/assessments.md:31'
    """

    path: str | Path
    line: int | None = None

    def __str__(self) -> str:
        """Path and line as editors and terminals link them."""
        return str(self.path) if self.line is None else f"{self.path}:{self.line}"


class ScorecardError(Exception):
    """Something the user can put right."""

    exit_code = 1

    def __init__(self, problem: str, *, remedy: str = "", at: Place | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.at = at

    def __str__(self) -> str:
        """Place and problem on one line, the remedy on the next."""
        first = f"{self.at}: {self.problem}" if self.at else self.problem
        return f"{first}\n  {self.remedy}" if self.remedy else first


class UsageError(ScorecardError):
    """The command was given something it cannot take."""

    exit_code = 2


class DefinitionError(ScorecardError):
    """An indicator, dimension, parameter or pack file says something it cannot mean."""

    exit_code = 10


class ExtractError(ScorecardError):
    """An extract cannot be taken as it stands."""

    exit_code = 11


class StoreError(ScorecardError):
    """The store does not hold, or will not change, what was asked."""

    exit_code = 12


class WorkspaceError(ScorecardError):
    """The folder is no workspace, or a file in it cannot be read."""

    exit_code = 13


class RefusedError(ScorecardError):
    """The program will not do this, and says why."""

    exit_code = 14


class Problems(ScorecardError):  # noqa: N818 - it is many errors, and is read as such
    """All problems of one run together, so that they are mended together."""

    def __init__(self, problems: tuple[ScorecardError, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
        self.exit_code = max(problem.exit_code for problem in problems)


def raise_together(problems: list[ScorecardError]) -> None:
    """Raise what was gathered: nothing, the one, or all of them together."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(tuple(problems))
