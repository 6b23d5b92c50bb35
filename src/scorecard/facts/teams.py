"""A council's teams over time: which days each had which name, which service it belonged to, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from scorecard.calendar.periods import Period
from scorecard.definitions.indicator import NOT_RECORDED
from scorecard.errors import UsageError
from scorecard.words.grammar import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import duckdb

TEAM, SERVICE = "team", "service"
"""The two parts of a council that figures can be told for."""


@dataclass(frozen=True)
class Part:
    """A team (the id of its line) or a service that figures are told for.

    >>> str(Part.parse("team/T04"))
    'team/T04'
    """

    kind: str
    id: str

    def __str__(self) -> str:
        """As it is written on the command line."""
        return f"{self.kind}/{self.id}"

    @classmethod
    def parse(cls, text: str) -> Part:
        """Read a part as it is written; a `UsageError` says how."""
        kind, parted, name = text.strip().partition("/")
        if kind and not parted:
            remedy = f"Did you mean {TEAM}/{kind}? A service is written {SERVICE}/ID."
            raise UsageError(f"“{text}” is no team and no service.", remedy=remedy)
        if kind not in {TEAM, SERVICE} or not name:
            raise UsageError(f"“{text}” is no team and no service.", remedy="Write team/ID or service/ID.")
        return cls(kind, name)


@dataclass(frozen=True)
class Team:
    """A team as it was from one day to another; `parent` is the id of its service.

    Teams that share a `line` are one over time. One that was merged or split ends its line, and others begin.
    """

    id: str
    name: str
    from_day: date | None = None
    to_day: date | None = None
    parent: str = ""
    line: str = ""
    line_name: str = ""


@dataclass(frozen=True)
class Teams:
    """All teams of a council, in its own order; of one id and of one line, the earlier first."""

    rows: tuple[Team, ...] = ()

    @property
    def services(self) -> Mapping[str, str]:
        """The names of those that others belong to, by id."""
        parents = {team.parent for team in self.rows}
        return {team.id: team.name for team in self.rows if team.id in parents}

    @property
    def lines(self) -> Mapping[str, str]:
        """The teams over time, by the id of their line, with every name they had."""
        services = self.services
        lines = dict.fromkeys(team.line for team in self.rows if team.id not in services)
        return {line: _named([team for team in self.rows if team.line == line]) for line in lines}

    def title_of(self, part: Part) -> str:
        """The name of a team or service; a `UsageError` lists those there are."""
        if part.id == NOT_RECORDED:
            return f"No {part.kind} recorded"
        known = self.lines if part.kind == TEAM else self.services
        if part.id not in known:
            listed = "; ".join(f"{part.kind}/{name} {title}" for name, title in known.items()) or "none"
            raise UsageError(f"There is no {part.kind} “{part.id}”.", remedy=f"There are: {listed}.")
        return known[part.id]

    def service_of(self, line: str, day: date) -> str:
        """The id of the service a team belongs to on a day; of one that has ended, the last."""
        begun = [team for team in self.rows if team.line == line and (team.from_day or date.min) <= day]
        return begun[-1].parent if begun else ""

    def spells(self) -> Iterator[tuple[str, date, date, str, str]]:
        """Each id, and each name, with its line and its service, from a day to a day: every day falls into one.

        Work can be recorded under an id before its team began or after it ended; it stays with that team. What is
        recorded under the id of a service belongs to that service, and to no team. Lists that people fill have names.
        """
        services, ids = self.services, {team.id for team in self.rows}
        called = [(team.id, team, first, last) for team, first, last in _in_turn(self.rows, "id")]
        named = [team for team in self.rows if team.name not in ids]
        called += [(team.name, team, first, last) for team, first, last in _in_turn(named, "name")]
        for name, team, first, last in called:
            if team.id in services:
                yield (name, first, last, NOT_RECORDED, team.id)
            else:
                yield (name, first, last, team.line, team.parent or NOT_RECORDED)

    def since(self, kept: Teams) -> Iterator[tuple[str, date, date, str, str]]:
        """For each line (or id of none) of the teams of another time, from a day to a day, our line and service."""
        lines = {team.line for team in kept.rows}
        once = [(team.line, team.id, first, last) for team, first, last in _in_turn(kept.rows, "line")]
        once += [(team.id, team.id, date.min, date.max) for team in self.rows if team.id not in lines]
        for line, name, first, last in dict.fromkeys(once):
            for of, begins, ends, now, service in self.spells():
                if of == name and begins <= last and first <= ends:
                    yield (line, max(first, begins), min(last, ends), now, service)

    def within(self, part: Part) -> Iterator[tuple[str, date, date]]:
        """The ids of a part's kind whose cases are its own, each with its days: a service has those below it too."""
        return self._below(part.id, date.min, date.max, ()) if part.kind == SERVICE else _always(part.id)

    def _below(self, service: str, first: date, last: date, above: tuple[str, ...]) -> Iterator[tuple[str, date, date]]:
        yield (service, first, last)
        services = [team for team in self.rows if team.id in self.services]
        for team, begins, ends in _in_turn(services, "id"):
            # The records' own list of teams may go round in a circle; the file cannot.
            if team.parent == service and team.id not in above and begins <= last and first <= ends:
                yield from self._below(team.id, max(first, begins), min(last, ends), (*above, service))


NO_TEAM = Part(TEAM, NOT_RECORDED)
"""What belongs to no team: with it, the teams add up to the whole."""

NO_TEAMS = Teams()
"""Of a council that names none: each team is then the id its records give."""


def teams_of_departments(connection: duckdb.DuckDBPyConnection) -> Teams:
    """The teams that the records themselves list, undated: each is a line of its own."""
    rows = connection.execute(
        "SELECT dept_team_id, COALESCE(dept_team_name, dept_team_id),"
        " COALESCE(NULLIF(dept_team_parent_id, dept_team_id), '') FROM ssd_department ORDER BY dept_team_id"
    ).fetchall()
    return Teams(tuple(Team(name, title, parent=parent, line=name) for name, title, parent in rows))


def _in_turn(rows: Iterable[Team], same: Literal["id", "name", "line"]) -> Iterator[tuple[Team, date, date]]:
    """Each with its days; of those with one id (or name, or line) the first from ever, the last for ever."""
    by_name = dict[str, list[Team]]()
    for team in sorted(rows, key=lambda team: team.from_day or date.min):
        by_name.setdefault(getattr(team, same), []).append(team)
    for teams in by_name.values():
        firsts = [date.min, *(team.from_day or date.min for team in teams[1:])]
        lasts = [*(first - timedelta(days=1) for first in firsts[1:]), date.max]
        yield from zip(teams, firsts, lasts, strict=True)


def _always(name: str) -> Iterator[tuple[str, date, date]]:
    yield (name, date.min, date.max)


def _named(rows: list[Team]) -> str:
    """The newest name, or the line's own, with those it had before and when each ended.

    >>> _named([Team("H", "Support Hub", to_day=date(2021, 9, 30)), Team("H", "Improvement Hub")])
    'Improvement Hub (until September 2021: Support Hub)'
    """
    name = rows[-1].line_name or rows[-1].name
    before = [
        f"until {_until(team.to_day)}: {team.name}" for team in rows[:-1] if team.to_day and team.name not in name
    ]
    return f"{name} ({'; '.join(before)})" if before else name


def _until(day: date) -> str:
    return Period.holding(day).label if day == Period.holding(day).last_day else day_in_words(day)
