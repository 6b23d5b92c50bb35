"""A council's standing remarks: notes bound to figures, and notices on sections, each with an owner and its days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from scorecard.calendar.periods import Period

SUMMARY_COLUMNS = ("end_of_year", "year_to_date", "previous_month", "current_month", "target")
"""The columns of the summary a note may be bound to; a month such as 2021-10 binds it to that month's column."""


@dataclass(frozen=True)
class Note:
    """A remark bound to measures, to a column, or to the cells where both meet; in one view alone, if that is named."""

    text: str
    measures: tuple[str, ...] = ()
    column: str = ""
    owner: str = ""
    from_day: date | None = None
    to_day: date | None = None
    view: str = ""

    def holds_in(self, period: Period) -> bool:
        """Whether it is said in a month's pack: from the month its first day lies in to that of its last."""
        begun = self.from_day is None or self.from_day <= period.last_day
        return begun and (self.to_day is None or period.first_day <= self.to_day)

    @property
    def words(self) -> str:
        """The remark, and who answers for it."""
        return f"{self.text} ({self.owner})" if self.owner else self.text


class NoticeKind(StrEnum):
    """What a reader must know of a figure or a section before reading on."""

    UNDER_REVIEW = "under_review"
    DATA_TO_FOLLOW = "data_to_follow"
    CORRECTED = "corrected"

    @property
    def words(self) -> str:
        """As it is printed."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True)
class StandingNotice:
    """A notice on topics or measures, until somebody has looked again."""

    kind: NoticeKind
    text: str
    owner: str
    since: date
    review_by: date
    topics: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    def concerns(self, topic: str, measures: Iterable[str]) -> bool:
        """Whether it stands at the head of a topic that tells of these measures."""
        return topic in self.topics or not set(measures).isdisjoint(self.measures)


@dataclass(frozen=True)
class Remarks:
    """All notes and notices of a council."""

    notes: tuple[Note, ...] = ()
    notices: tuple[StandingNotice, ...] = ()

    def told(self, measures: Collection[str], view: str) -> Remarks:
        """Those for one view of a pack that knows these measures: an older one cannot tell of a figure made since."""

        def is_known(one: Note | StandingNotice) -> bool:
            return not one.measures or not set(one.measures).isdisjoint(measures)

        return Remarks(
            tuple(note for note in self.notes if note.view in {"", view} and is_known(note)),
            tuple(notice for notice in self.notices if notice.topics or is_known(notice)),
        )

    def bound(self, period: Period, measure: str, column: str) -> tuple[str, ...]:
        """The notes to be marked on a measure's row, on a column, or on the cell where they meet."""
        return tuple(
            note.words
            for note in self.notes
            if note.holds_in(period)
            and note.column == column
            and (measure in note.measures if measure else not note.measures)
        )

    def begun(self, day: date) -> tuple[StandingNotice, ...]:
        """The notices in force on a day."""
        return tuple(notice for notice in self.notices if notice.since <= day)

    def overdue(self, day: date) -> tuple[StandingNotice, ...]:
        """The notices that should have been looked at again before a day."""
        return tuple(notice for notice in self.begun(day) if notice.review_by < day)


NO_REMARKS = Remarks()
