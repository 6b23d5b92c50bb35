"""A council's `teams.csv`, read and checked; and written, to be kept with a freeze."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scorecard.errors import Place, ScorecardError, WorkspaceError, raise_together
from scorecard.facts.teams import Team, Teams
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

COLUMNS = ("team_id", "name", "from", "to", "parent_id", "line_id", "line_name")
"""The columns of `teams.csv`; all but the first two may be left out or empty."""

_ROW = "Each row has a team_id and a name; its days are written 2021-04-01, the last not before the first."
_HEADER = f"The first line is: {','.join(COLUMNS)}"


@dataclass(frozen=True)
class _Row:
    """A team, and the line of the file it stands in."""

    line: int
    team: Team


def read_teams(path: Path) -> Teams:
    """Read a council's teams; all that is wrong is raised together."""
    reader = csv.DictReader(text_of(path).splitlines())
    problems = _problems_of_header(reader.fieldnames or (), path)
    raise_together(problems)
    rows, named = list[_Row](), set[str]()
    for cells in reader:
        named.add((cells["team_id"] or "").strip())
        try:
            rows.append(_Row(reader.line_num, _team(cells)))
        except ValueError as error:
            problems.append(_problem(str(error), path, reader.line_num, _ROW))
    ordered = sorted(rows, key=lambda row: row.team.from_day or date.min)
    problems += [*_overlaps(ordered, path), *_no_such_parents(rows, named, path), *_circles(rows, path)]
    raise_together(sorted(problems, key=lambda problem: (problem.at and problem.at.line) or 0))
    return Teams(_in_own_order(rows, ordered))


def write_teams(teams: Teams, path: Path) -> None:
    """Write teams so that `read_teams` reads the same."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for team in teams.rows:
            days = ("" if day is None else day.isoformat() for day in (team.from_day, team.to_day))
            writer.writerow((team.id, team.name, *days, team.parent, team.line, team.line_name))


def _in_own_order(rows: Iterable[_Row], ordered: Sequence[_Row]) -> tuple[Team, ...]:
    """Lines as the file has them, the days of each in order."""
    lines = dict.fromkeys(row.team.line for row in rows)
    return tuple(row.team for line in lines for row in ordered if row.team.line == line)


def _problem(problem: str, path: Path, line: int, remedy: str) -> ScorecardError:
    return WorkspaceError(problem, remedy=remedy, at=Place(path, line))


def _problems_of_header(columns: Sequence[str], path: Path) -> list[ScorecardError]:
    unknown = [f"there is no column `{name}`" for name in columns if name not in COLUMNS]
    missing = [f"the column `{name}` is missing" for name in COLUMNS[:2] if name not in columns]
    return [_problem(problem, path, 1, _HEADER) for problem in unknown + missing]


def _team(cells: Mapping[str, str | None]) -> Team:
    found = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    name, first, last = found["team_id"], _day(found["from"]), _day(found["to"])
    if not name or not found["name"]:
        message = "a team has no id or no name"
        raise ValueError(message)
    if first and last and last < first:
        message = f"the team {name} ends before it begins"
        raise ValueError(message)
    return Team(name, found["name"], first, last, found["parent_id"], found["line_id"] or name, found["line_name"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        message = f"“{text}” is not a day"
        raise ValueError(message) from None


def _overlaps(ordered: Sequence[_Row], path: Path) -> list[ScorecardError]:
    """Of one id or one line, a day on which it would be two."""
    problems = list[ScorecardError]()
    for number, row in enumerate(ordered):
        for earlier in ordered[:number]:
            same = earlier.team.id == row.team.id or earlier.team.line == row.team.line
            if same and (earlier.team.to_day or date.max) >= (row.team.from_day or date.min):
                problem = (
                    f"{row.team.name} begins before {earlier.team.name} of line {earlier.line} ends, and they are one"
                )
                remedy = (
                    "Give the earlier the last day (`to`) on which it had that name, or the later a line of its own."
                )
                problems.append(_problem(problem, path, row.line, remedy))
    return problems


def _no_such_parents(rows: Iterable[_Row], named: set[str], path: Path) -> list[ScorecardError]:
    return [
        _problem(f"no team or service has the id {row.team.parent}", path, row.line, "Give it a row of its own.")
        for row in rows
        if row.team.parent and row.team.parent not in named
    ]


def _circles(rows: Iterable[_Row], path: Path) -> list[ScorecardError]:
    parents = dict[str, set[str]]()
    for row in rows:
        parents.setdefault(row.team.id, set()).add(row.team.parent)
    return [
        _problem(f"{row.team.name} belongs in the end to itself", path, row.line, "A service has no `parent_id`.")
        for row in rows
        if row.team.id in _above(row.team.id, parents)
    ]


def _above(name: str, parents: Mapping[str, set[str]]) -> set[str]:
    found, ahead = set[str](), [name]
    while ahead:
        for parent in parents.get(ahead.pop(), set()) - found:
            found.add(parent)
            ahead.append(parent)
    return found
