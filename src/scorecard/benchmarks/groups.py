"""Whom a council is compared with: its neighbours of a list, and the councils judged good or outstanding on a day."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from scorecard.errors import Place, ScorecardError, WorkspaceError, raise_together
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from pathlib import Path

GOOD, OUTSTANDING = "Good", "Outstanding"
LAST_OVERALL = date(2026, 3, 31)
"""The last day for which councils are grouped by how they were judged overall: Ofsted gives no such grade since."""


class JudgedBy(StrEnum):
    """Which of Ofsted's judgements makes the groups."""

    OVERALL = "overall"
    LEADERS = "leaders"
    HELP_AND_PROTECTION = "help_and_protection"
    IN_CARE = "in_care"
    CARE_LEAVERS = "care_leavers"

    @property
    def words(self) -> str:
        """What it is a judgement of, after "judged good"; nothing where it is the overall one."""
        return "" if self is JudgedBy.OVERALL else f" for {_OF[self]}"


_OF = {
    JudgedBy.LEADERS: "the impact of leaders",
    JudgedBy.HELP_AND_PROTECTION: "help and protection",
    JudgedBy.IN_CARE: "children in care",
    JudgedBy.CARE_LEAVERS: "care leavers",
}
_GRADES = {
    JudgedBy.OVERALL: "Overall effectiveness",
    JudgedBy.LEADERS: "The impact of leaders on social work practice with children and families",
    JudgedBy.HELP_AND_PROTECTION: "The experiences and progress of children who need help and protection",
    JudgedBy.IN_CARE: "The experiences and progress of children in care",
    JudgedBy.CARE_LEAVERS: "The experiences and progress of care leavers",
}
"""The headings of Ofsted's own lists; a list of one's own calls them `overall_effectiveness`, `in_care` and so on."""
_COUNCILS = ("dfe_la_code", "Local authority area code")
_DAYS = ("publication_date", "Publication date")


@dataclass(frozen=True)
class ComparedWith:
    """Whom a council has chosen to be compared with.

    `council` is the department's number of it, `neighbours` and `judgements` are files. `or_better` puts the neighbours
    judged outstanding among those judged good.
    """

    council: str = ""
    neighbours: Path | None = None
    judgements: Path | None = None
    judged_by: JudgedBy = JudgedBy.OVERALL
    or_better: bool = False


NOBODY_ELSE = ComparedWith()
"""Where a council has not said whom it is compared with."""


@dataclass(frozen=True)
class Judgement:
    """How Ofsted judged a council, by its number or the code of its area, and when it said so."""

    council: str
    published: date
    grade: str


def read_neighbours(path: Path) -> dict[str, tuple[str, ...]]:
    """The ten neighbours of every council, nearest first, from the list of 2021 or that of 2025 as downloaded."""
    rows = list(csv.reader(io.StringIO(text_of(path), newline="")))
    heads = [head.strip().replace("_", "").replace(" ", "").casefold() for head in rows[0]] if rows else []
    places = [heads.index(f"sn{rank}") for rank in range(1, 11) if f"sn{rank}" in heads]
    own = next((heads.index(name) for name in ("oldlacode", "lanum") if name in heads), None)
    if own is None or not places:
        remedy = "Give the list as CSV, as the department publishes it: a council a line, SN1 to SN10."
        raise WorkspaceError("This is no list of statistical neighbours.", remedy=remedy, at=Place(path, 1))
    least = max(own, *places)
    return {
        row[own].strip(): tuple(row[place].strip() for place in places)
        for row in rows[1:]
        if len(row) > least and row[own].strip()
    }


def read_judgements(path: Path, by: JudgedBy = JudgedBy.OVERALL) -> tuple[Judgement, ...]:
    """Every judgement of one kind in a list of a council, a day of publication and grades a line; or all its faults."""
    reader = csv.DictReader(io.StringIO(text_of(path), newline=""))
    heads = reader.fieldnames or ()
    own_name = "overall_effectiveness" if by is JudgedBy.OVERALL else by.value
    wanted = (_COUNCILS, _DAYS, (own_name, _GRADES[by]))
    council, day, grade = (next((name for name in names if name in heads), "") for names in wanted)
    if not (council and day and grade):
        remedy = f"Its first line must name {', '.join(' or '.join(f'“{one}”' for one in names) for names in wanted)}."
        raise WorkspaceError("This is no list of judgements.", remedy=remedy, at=Place(path, 1))
    found, faults = list[Judgement](), list[ScorecardError]()
    for row in reader:
        if row[day] and row[grade]:
            try:
                published = date.fromisoformat(row[day].strip()[:10])
            except ValueError:
                at, remedy = Place(path, reader.line_num), "Write days as 2021-11-19."
                faults.append(WorkspaceError(f"{day} holds “{row[day]}”, which is no day.", remedy=remedy, at=at))
            else:
                found.append(Judgement(row[council], published, row[grade].strip().capitalize()))
    raise_together(faults)
    return tuple(found)


def standing(judgements: tuple[Judgement, ...], day: date) -> dict[str, Judgement]:
    """The judgement of every council as last published on or before a day."""
    known = sorted((one for one in judgements if one.published <= day), key=lambda one: one.published)
    return {one.council: one for one in known}
