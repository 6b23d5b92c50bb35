"""Children in care, the stays they live in, their stability and their visits, ruled on from the prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from referee.days import age, is_open, months_earlier, working_days
from referee.ruling import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from referee.ruling import Council, Row

_TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
_SHORT_BREAKS = {"V3", "V4"}
_SAME_CARER = {"L", "T", "U"}
_ADOPTED_BY_THE_CARER = {"A3", "A5"}
_ADOPTED_BY_OTHERS = {"A4", "A6"}


@dataclass(frozen=True)
class Stay:
    """The time with one carer: its first day and its first kind of placement."""

    began: date
    kind: str | None


class Life:
    """One child's care."""

    def __init__(self, child: str, council: Council) -> None:
        self.child, self.born = child, council.born(child)
        self._breaks = [
            (row["lega_legal_status_start_date"], row["lega_legal_status_end_date"])
            for row in council.of("ssd_legal_status", child)
            if row["lega_legal_status"] in _SHORT_BREAKS
        ]
        self._places = council.placements
        self.all = sorted(
            council.of("ssd_cla_episodes", child), key=lambda row: (start(row), row["clae_cla_episode_id"])
        )
        self.real = [row for row in self.all if not self.in_short_breaks(start(row)) and end(row) != start(row)]
        self.stays = self._stays()

    def in_short_breaks(self, day: date) -> bool:
        """Whether the child is in an agreed series of short breaks."""
        return any(is_open(started, ended, day) for started, ended in self._breaks)

    def why_not_in_care(self, day: date) -> str:
        """Empty for a child in care at the end of a day."""
        if not any(is_open(start(row), end(row), day) for row in self.all):
            return "not in care"
        if self.born is not None and age(self.born, day) >= 18:
            return "eighteen"
        return "short breaks" if self.in_short_breaks(day) else ""

    def _place(self, row: Row) -> tuple[Any, ...]:
        place = self._places.get(row["clae_cla_placement_id"], {})
        return tuple(place.get(f"clap_cla_placement_{part}") for part in ("type", "provider", "urn"))

    def _stays(self) -> list[Stay]:
        stays, before = list[Stay](), None
        for row in self.real:
            kind = self._place(row)[0]
            if kind in _TEMPORARY:
                continue
            if before is None or not self._goes_on(before, row):
                stays.append(Stay(start(row), kind))
            before = row
        return stays

    def _goes_on(self, before: Row, row: Row) -> bool:
        kind = self._place(row)[0]
        if row["clae_cla_episode_start_reason"] in _SAME_CARER or kind in _ADOPTED_BY_THE_CARER:
            return True
        if row["clae_cla_placement_id"] and row["clae_cla_placement_id"] == before["clae_cla_placement_id"]:
            return True
        if None in {kind, row["clae_cla_id"], end(before)} or row["clae_cla_id"] != before["clae_cla_id"]:
            return False
        return end(before) < start(row) and self._place(row) == self._place(before)

    def stay_on(self, day: date) -> int | None:
        """The number of the stay running at the end of a day: the one begun last, if the child is placed then."""
        if not any(is_open(start(row), end(row), day) and self._has_placement(row) for row in self.real):
            return None
        return max(n for n, stay in enumerate(self.stays) if stay.began <= day)

    def _has_placement(self, row: Row) -> bool:
        """Whether an episode is a placement, or a time away from one of the same period of care or the day before."""
        if self._place(row)[0] not in _TEMPORARY:
            return True
        return any(
            start(other) <= start(row) and (other["clae_cla_id"] == row["clae_cla_id"] or end(other) == start(row))
            for other in self.real
            if self._place(other)[0] not in _TEMPORARY
        )

    def placements(self, day: date) -> int:
        """Stays running at any time after the same day twelve months before."""
        first = months_earlier(day, 12)
        begun = {n for n, stay in enumerate(self.stays) if first < stay.began <= day}
        return len(begun | ({self.stay_on(first)} - {None}))

    def in_care_since(self, day: date) -> date | None:
        """The first day of the period of care begun last, unless it only goes on from another (reason X1)."""
        periods: dict[str, date] = {}
        for row in self.real:
            periods.setdefault(row["clae_cla_id"], start(row))
        begun = [first for period, first in periods.items() if first <= day and not self._only_goes_on(period, first)]
        return max(begun, default=None)

    def _only_goes_on(self, period: str, first: date) -> bool:
        return any(
            row["clae_cla_id"] != period and end(row) == first and row["clae_cla_episode_ceased_reason"] == "X1"
            for row in self.all
        )

    def is_stable(self, day: date) -> bool:
        """Two years with the carer; placed for adoption, together with the stay just before."""
        number, two_years_ago = self.stay_on(day), months_earlier(day, 24)
        if number is None:
            return False
        if number and self.stays[number].kind in _ADOPTED_BY_OTHERS and self.stays[number - 1].began <= two_years_ago:
            return True
        return self.stays[number].began <= two_years_ago


def start(row: Row) -> date:
    """The first day of an episode."""
    found: date = row["clae_cla_episode_start_date"]
    return found


def end(row: Row) -> Any:
    """The day an episode ended, where it has."""
    return row["clae_cla_episode_ceased_date"]


def _lives(council: Council, days: Sequence[date]) -> Iterator[tuple[Life, date, str]]:
    for child in council.children_in("ssd_cla_episodes"):
        life = Life(child, council)
        for day in days:
            yield life, day, life.why_not_in_care(day)


def cla_open(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Children in care at the end of a day."""
    for life, day, why in _lives(council, days):
        yield Ruling(life.child, life.child, day, no_case=why)


def cla_3plus_placements(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Children in care, and whether they had three or more placements in twelve months."""
    for life, day, why in _lives(council, days):
        count = 0 if why else life.placements(day)
        yield Ruling(life.child, life.child, day, (count >= 3, count), no_case=why)


def cla_long_term_stability(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Children under sixteen and long in care, and whether two years with one carer."""
    for life, day, why in _lives(council, days):
        since = life.in_care_since(day)
        if not why and life.born is not None and age(life.born, day) >= 16:
            yield Ruling(life.child, life.child, day, no_case="sixteen")
        elif not why and (since is None or since > months_earlier(day, 30)):
            yield Ruling(life.child, life.child, day, no_case="not long in care")
        else:
            unknown = "" if life.born or why else "no date of birth"
            yield Ruling(life.child, life.child, day, (life.is_stable(day),), unknown, why)


def cla_visits_pct(council: Council, days: Sequence[date]) -> Iterator[Ruling]:
    """Children in care, and whether visited as regulation 28 asks in their present stay."""
    for life, day, why in _lives(council, days):
        if why:
            yield Ruling(life.child, life.child, day, no_case=why)
            continue
        number = life.stay_on(day)
        if number is None:
            yield Ruling(life.child, life.child, day, left_out="no placement")
            continue
        began = life.stays[number].began
        visits = [
            row["clav_cla_visit_date"]
            for row in council.of("ssd_cla_visits", life.child)
            if row["clav_cla_visit_seen"] == "Y" and began <= row["clav_cla_visit_date"] <= day
        ]
        if visits:
            yield Ruling(life.child, life.child, day, (_is_recent(max(visits), life.child, council, day),))
        elif (day - began).days <= 7:
            yield Ruling(life.child, life.child, day, left_out="first visit not yet due")
        else:
            yield Ruling(life.child, life.child, day, (False,))


def _is_recent(visited: date, child: str, council: Council, day: date) -> bool:
    wanted = [
        row
        for row in council.of("ssdx_visit_requirements", child)
        if row["visr_visit_type"] == "CLA"
        and row["visr_frequency_days"] is not None
        and is_open(row["visr_from_date"], row["visr_to_date"], day)
    ]
    newest = max(wanted, key=lambda row: row["visr_from_date"], default=None)
    if newest is None:
        return (day - visited).days <= 42
    passed = working_days(visited, day) if newest["visr_day_basis"] == "WORK" else (day - visited).days
    return passed is not None and passed <= newest["visr_frequency_days"]
