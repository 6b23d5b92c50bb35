"""Children in care, their placements and their stability, lived through day by day in plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from referee import Row, age, cases_of, is_open, months_earlier, referee

_DAYS = (date(2021, 10, 31), date(2021, 11, 30))
_CHILDREN = ("c1", "c2", "c3")
_BORN = (date(2010, 5, 5), date(2005, 11, 30), date(2005, 12, 1), date(2003, 11, 30), date(2004, 2, 29), None)
_FIRST = [date(2019, 5, 30), date(2019, 5, 31), date(2019, 4, 30), date(2018, 1, 1), date(2020, 11, 1)]
_MOVES = [date(2019, 11, 30), date(2019, 12, 1), date(2020, 11, 30), date(2020, 12, 1), date(2020, 10, 31)]
_LATE = [date(2021, 6, 1), date(2021, 6, 10), date(2021, 10, 31), date(2021, 11, 30), date(2021, 12, 1)]
_TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
_PLACES = [("U6", "PR1", None), ("U4", "PR1", None), ("K2", "PR4", "SC1"), ("K2", "PR4", "SC2"), ("T1", None, None)]
_ADOPTIONS = [("A6", None, None), ("A4", None, None), ("A5", None, None), ("A3", None, None)]


@st.composite
def _lives(draw: st.DrawFn) -> dict[str, list[Row]]:
    """Three children's care: periods without gaps, now and then a gap, a record of no day or two records at once."""
    records: dict[str, list[Row]] = {"ssd_cla_episodes": [], "ssd_cla_placement": [], "ssd_legal_status": []}
    records["ssd_person"] = [{"pers_person_id": c, "pers_dob": draw(st.sampled_from(_BORN))} for c in _CHILDREN]
    for child in _CHILDREN:
        _one_life(draw, child, records)
    return records


def _one_life(draw: st.DrawFn, child: str, records: dict[str, list[Row]]) -> None:
    moves = draw(st.lists(st.sampled_from(_MOVES + _LATE), max_size=5))
    turns = sorted([draw(st.sampled_from(_FIRST)), *moves])
    period, opened = 0, draw(st.sampled_from([turns[-1], date(2021, 11, 25), None, None, None]))
    for number, started in enumerate(turns):
        last = number == len(turns) - 1
        goes_home = not last and draw(st.sampled_from([False, False, False, True]))
        ended = (opened if opened and opened >= started else None) if last else turns[number + 1]
        if goes_home and ended and draw(st.booleans()):
            ended = max(started, ended - timedelta(3))
        leaves = last or goes_home
        begins = number == 0 or records["ssd_cla_episodes"][-1]["clae_cla_episode_ceased_reason"] == "E4A"
        period += begins or draw(st.integers(0, 9)) == 0
        episode = {
            "clae_cla_episode_id": f"{child}-{number}",
            "clae_person_id": child,
            "clae_cla_id": f"{child}-{period}",
            "clae_cla_episode_start_date": started,
            "clae_cla_episode_start_reason": "S" if begins else draw(st.sampled_from("PPPBLTU")),
            "clae_cla_episode_ceased_date": ended,
            "clae_cla_episode_ceased_reason": None if ended is None else "E4A" if leaves else "X1",
            "clae_cla_placement_id": draw(st.sampled_from([f"{child}-{number}", f"{child}-{max(number - 2, 0)}"])),
        }
        records["ssd_cla_episodes"].append(episode)
        kind, provider, home = draw(st.sampled_from([*_PLACES, *_PLACES, *_ADOPTIONS]))
        records["ssd_cla_placement"].append(
            {
                "clap_cla_placement_id": f"{child}-{number}",
                "clap_cla_placement_type": kind,
                "clap_cla_placement_provider": provider,
                "clap_cla_placement_urn": home,
            }
        )
        _short_breaks(draw, child, started, records["ssd_legal_status"])


def _short_breaks(draw: st.DrawFn, child: str, started: date, statuses: list[Row]) -> None:
    if draw(st.integers(0, 7)) == 0:
        ended = draw(st.sampled_from([None, started, started + timedelta(30), date(2021, 11, 30)]))
        statuses.append(
            {
                "lega_legal_status_id": f"{child}-{len(statuses)}",
                "lega_person_id": child,
                "lega_legal_status": draw(st.sampled_from(["V3", "V4", "V2"])),
                "lega_legal_status_start_date": started,
                "lega_legal_status_end_date": ended,
            }
        )


class _Child:
    """One child's records, asked day by day."""

    def __init__(self, child: str, records: dict[str, list[Row]]) -> None:
        self._statuses = [row for row in records["ssd_legal_status"] if row["lega_person_id"] == child]
        self._places = {row["clap_cla_placement_id"]: row for row in records["ssd_cla_placement"]}
        own = [row for row in records["ssd_cla_episodes"] if row["clae_person_id"] == child]
        self.all = sorted(own, key=lambda row: (row["clae_cla_episode_start_date"], row["clae_cla_episode_id"]))
        self.real = [row for row in self.all if not self._short_break(_start(row)) and _end(row) != _start(row)]
        self.born = next(row["pers_dob"] for row in records["ssd_person"] if row["pers_person_id"] == child)
        self.stays = self._stays()

    def _short_break(self, day: date) -> bool:
        return any(
            row["lega_legal_status"] in {"V3", "V4"}
            and is_open(row["lega_legal_status_start_date"], row["lega_legal_status_end_date"], day)
            for row in self._statuses
        )

    def in_care(self, day: date) -> bool:
        adult = self.born is not None and self.born <= day and age(self.born, day) >= 18
        return not adult and not self._short_break(day) and any(is_open(_start(r), _end(r), day) for r in self.all)

    def placed(self, day: date) -> bool:
        return any(is_open(_start(row), _end(row), day) for row in self.real)

    def _place(self, row: Row) -> Any:
        place = self._places[row["clae_cla_placement_id"]]
        return tuple(place[f"clap_cla_placement_{part}"] for part in ("type", "provider", "urn"))

    def _stays(self) -> list[tuple[date, str]]:
        """First day and first kind of placement of each time with one carer."""
        stays, before = list[tuple[date, str]](), None
        for row in self.real:
            if self._place(row)[0] in _TEMPORARY:
                continue
            if before is None or not self._goes_on(before, row):
                stays.append((_start(row), self._place(row)[0]))
            before = row
        return stays

    def _goes_on(self, before: Row, row: Row) -> bool:
        if row["clae_cla_episode_start_reason"] in {"L", "T", "U"} or self._place(row)[0] in {"A3", "A5"}:
            return True
        if row["clae_cla_placement_id"] == before["clae_cla_placement_id"]:
            return True
        was_away = row["clae_cla_id"] == before["clae_cla_id"] and _end(before) is not None
        return was_away and _end(before) < _start(row) and self._place(row) == self._place(before)

    def placements(self, day: date) -> int:
        """Stays lived in on any day from twelve months before; on that first day any placement at all."""
        first = months_earlier(day, 12)
        seen = {self._stay_on(first)} if self.placed(first) else set()
        for step in range(1, (day - first).days + 1):
            today = first + timedelta(step)
            seen |= {number for number, (began, _) in enumerate(self.stays) if began == today}
        return len(seen)

    def _stay_on(self, day: date) -> int:
        return max((number for number, (began, _) in enumerate(self.stays) if began <= day), default=-1)

    def in_care_since(self, day: date) -> date:
        """The first day of the period of care begun last by a day, unless it only goes on from another (reason X1)."""
        periods = dict[str, date]()
        for row in self.real:
            periods.setdefault(row["clae_cla_id"], _start(row))
        begun = [first for period, first in periods.items() if first <= day and not self._only_goes_on(period, first)]
        return max(begun, default=date.max)

    def _only_goes_on(self, period: str, first: date) -> bool:
        return any(
            row["clae_cla_id"] != period and _end(row) == first and row["clae_cla_episode_ceased_reason"] == "X1"
            for row in self.all
        )

    def is_stable(self, day: date) -> bool:
        number = self._stay_on(day)
        if number < 0:
            return False
        two_years = months_earlier(day, 24)
        began, kind = self.stays[number]
        just_before = self.stays[number - 1][0] if number and kind in {"A4", "A6"} else date.max
        return began <= two_years or just_before <= two_years


def _start(row: Row) -> date:
    found: date = row["clae_cla_episode_start_date"]
    return found


def _end(row: Row) -> Any:
    return row["clae_cla_episode_ceased_date"]


@referee
@given(_lives())
def test_children_in_care_are_those_with_open_care_under_eighteen(records: dict[str, list[Row]]) -> None:
    expected = {(child, day) for child in _CHILDREN for day in _DAYS if _Child(child, records).in_care(day)}
    assert set(cases_of("cla_open", records, _DAYS)) == expected


@referee
@given(_lives())
def test_placements_of_twelve_months_are_the_stays_lived_in(records: dict[str, list[Row]]) -> None:
    children = {child: _Child(child, records) for child in _CHILDREN}
    expected = {
        (name, day): child.placements(day) for name, child in children.items() for day in _DAYS if child.in_care(day)
    }
    found = cases_of("cla_3plus_placements", records, _DAYS)
    assert {case: row["placements"] for case, row in found.items()} == expected
    assert all(bool(row["is_three_or_more"]) == (row["placements"] > 2) for row in found.values())


@referee
@given(_lives())
def test_long_term_stability_is_two_years_with_one_carer(records: dict[str, list[Row]]) -> None:
    expected = {}
    for name in _CHILDREN:
        child = _Child(name, records)
        for day in _DAYS:
            young = child.born is None or age(child.born, day) < 16
            if young and child.in_care(day) and child.in_care_since(day) <= months_earlier(day, 30):
                expected[name, day] = (child.is_stable(day), child.born is None)
    found = cases_of("cla_long_term_stability", records, _DAYS)
    assert {case: (bool(row["is_stable"]), bool(row["left_out"])) for case, row in found.items()} == expected
