"""Teams, services and workers; workers have numbers, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.synthetic.recording import Later

if TYPE_CHECKING:
    from random import Random

    from scorecard.synthetic.recording import Register

_OF_A_NEW_WORKER = 0.95  # their share of the cases a full worker holds
_OPENED = date(2017, 4, 1)
_HUB_RENAMED, _HUB_SINCE = date(2021, 10, 1), "CWB Improvement Hub"
CITY_SPLIT = date(2021, 12, 20)  # the city's assessment team became two
_EARLY_HELP, _SAFEGUARDING = "S1", "S2"
_SERVICES = {_EARLY_HELP: "Early Help and Assessment", _SAFEGUARDING: "Safeguarding and Corporate Parenting"}


class Team(StrEnum):
    """A team, by its identifier in the records."""

    MASH = "T01"
    DA_HUB = "T02"
    EARLY_HELP_HUB = "T03"
    ASSESSMENT_NORTH = "T04"
    ASSESSMENT_SOUTH = "T05"
    ASSESSMENT_CITY = "T06"
    CHILD_IN_NEED = "T07"
    COURT_NORTH = "T08"
    COURT_SOUTH = "T09"
    CHILDREN_IN_CARE = "T10"
    CARE_LEAVERS = "T11"
    FOSTERING = "T12"
    SUPPORT_HUB = "T13"
    ASSESSMENT_CITY_EAST = "T14"
    ASSESSMENT_CITY_WEST = "T15"


@dataclass(frozen=True)
class _Described:
    name: str
    service: str
    workers: int


_TEAMS = {
    Team.MASH: _Described("MASH", _EARLY_HELP, 9),
    Team.DA_HUB: _Described("Domestic Abuse Hub", _EARLY_HELP, 4),
    Team.EARLY_HELP_HUB: _Described("Early Help Hub", _EARLY_HELP, 7),
    Team.ASSESSMENT_NORTH: _Described("Assessment Team North", _EARLY_HELP, 10),
    Team.ASSESSMENT_SOUTH: _Described("Assessment Team South", _EARLY_HELP, 10),
    Team.ASSESSMENT_CITY: _Described("Assessment Team City", _EARLY_HELP, 10),
    Team.CHILD_IN_NEED: _Described("Child in Need Team", _SAFEGUARDING, 14),
    Team.COURT_NORTH: _Described("Child Protection and Court Team North", _SAFEGUARDING, 9),
    Team.COURT_SOUTH: _Described("Child Protection and Court Team South", _SAFEGUARDING, 9),
    Team.CHILDREN_IN_CARE: _Described("Children in Care Team", _SAFEGUARDING, 19),
    Team.CARE_LEAVERS: _Described("Care Leavers Team (16+)", _SAFEGUARDING, 9),
    Team.FOSTERING: _Described("Fostering Team", _SAFEGUARDING, 8),
    Team.SUPPORT_HUB: _Described("Support Hub", _EARLY_HELP, 28),
    Team.ASSESSMENT_CITY_EAST: _Described("Assessment Team City East", _EARLY_HELP, 0),
    Team.ASSESSMENT_CITY_WEST: _Described("Assessment Team City West", _EARLY_HELP, 0),
}
ASSESSMENT_TEAMS = (Team.ASSESSMENT_NORTH, Team.ASSESSMENT_SOUTH, Team.ASSESSMENT_CITY)
COURT_TEAMS = (Team.COURT_NORTH, Team.COURT_SOUTH)


def team_of(team: Team, worker: str, since: date, until: date | None = date.min) -> str | Later:
    """The team in which a worker did a piece of work; what was under way when the city's team was split moved on.

    Without an end the work is done on one day; None is an end still to come.

    >>> team_of(Team.ASSESSMENT_CITY, "WT0603", date(2021, 12, 20))
    'T14'
    """
    if team is not Team.ASSESSMENT_CITY or (since < CITY_SPLIT and until is not None and until < CITY_SPLIT):
        return team.value
    half = Team.ASSESSMENT_CITY_EAST if int(worker[-1]) % 2 else Team.ASSESSMENT_CITY_WEST
    return half.value if since >= CITY_SPLIT else Later(half.value, CITY_SPLIT, team.value)


@dataclass(frozen=True)
class Worker:
    """One worker, full time or part time."""

    id: str
    team: Team
    full_time: float
    agency: bool
    newly_qualified: bool


class Workforce:
    """Who works where."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self.workers = [
            self._worker(team, number) for team, described in _TEAMS.items() for number in range(described.workers)
        ]
        self._by_team = {team: [worker for worker in self.workers if worker.team is team] for team in Team}

    def _worker(self, team: Team, number: int) -> Worker:
        draw = self._draw
        return Worker(
            id=f"W{team}{number + 1:02d}",
            team=team,
            full_time=draw.choice((1.0, 1.0, 1.0, 0.8, 0.6)),
            agency=draw.random() < 0.15,  # noqa: PLR2004 - about one worker in seven came from an agency
            newly_qualified=number % 6 == 0,
        )

    def someone(self, team: Team) -> str:
        """The identifier of a worker of a team."""
        workers = self._by_team[team]
        share = [worker.full_time * (_OF_A_NEW_WORKER if worker.newly_qualified else 1) for worker in workers]
        return self._draw.choices(workers, share)[0].id

    def write(self, register: Register) -> None:
        """Enter services, teams and workers."""
        for identifier, name in _SERVICES.items():
            register.enter("ssd_department", _OPENED, dept_team_id=identifier, dept_team_name=name)
        for team, described in _TEAMS.items():
            register.enter(
                "ssd_department",
                _OPENED if described.workers else CITY_SPLIT,
                dept_team_id=team.value,
                dept_team_name=Later(_HUB_SINCE, _HUB_RENAMED, described.name)
                if team is Team.SUPPORT_HUB
                else described.name,
                dept_team_parent_id=described.service,
                dept_team_parent_name=_SERVICES[described.service],
            )
        for worker in self.workers:
            register.enter(
                "ssd_professionals",
                _OPENED,
                prof_professional_id=worker.id,
                prof_staff_id=worker.id,
                prof_professional_job_title="Newly qualified social worker"
                if worker.newly_qualified
                else "Social worker",
                prof_professional_department=_TEAMS[worker.team].name,
                prof_full_time_equivalency=worker.full_time,
                prof_agency_worker_flag="Y" if worker.agency else "N",
            )
