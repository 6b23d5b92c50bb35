"""Where the words of a month stand: who has been asked, who has answered, and by when they should have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scorecard.pack.commentary import slot_name
from scorecard.pack.commentary_files import load_commentary
from scorecard.work.pack import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.pack.commentary import Comment
    from scorecard.pack.plan import SlotPlan, TopicPlan
    from scorecard.work.workspace import Workspace

STATUS_COLUMNS = ("role", "section", "slot", "heard", "author", "state", "due", "late")
"""The columns of who has been heard."""


@dataclass(frozen=True)
class Asked:
    """One slot of a month: of whom it is asked, by which day, and what came."""

    topic: TopicPlan
    slot: SlotPlan
    due: date
    comment: Comment | None

    @property
    def name(self) -> str:
        """The slot's one name."""
        return slot_name(self.topic.id, self.slot.id)

    @property
    def heard(self) -> str:
        """Whether words came, only a name or a dash, or nothing."""
        if self.comment is None or not self.comment.text:
            return "nothing"
        return "words" if self.comment.says_something else "a name only"


def commentary_path(workspace: Workspace, period: Period) -> Path:
    """Where the words of a month stand."""
    return workspace.folder / "commentary" / f"{period}.md"


def due_day(workspace: Workspace, period: Period) -> date:
    """The day by which the words of a month are due."""
    return period.last_day + timedelta(days=workspace.commentary_due)


def asked(workspace: Workspace, period: Period) -> Iterator[Asked]:
    """Every slot of the month, in the order of the pack."""
    plan, due = plan_of(workspace), due_day(workspace, period)
    given = load_commentary(commentary_path(workspace, period), plan.commented).comments
    for topic in (topic for section in plan.sections for topic in section.topics):
        for slot in topic.spoken:
            yield Asked(topic, slot, due, given.get(slot_name(topic.id, slot.id)))


def status_rows(workspace: Workspace, period: Period, today: date, role: str = "") -> list[tuple[str, ...]]:
    """The slots by role, those who have not answered first."""
    wanted = [one for one in asked(workspace, period) if not role or one.slot.role == role]
    late_first = sorted(wanted, key=lambda one: (one.heard == "words", one.slot.role))
    return [_row(one, today) for one in late_first]


def _row(one: Asked, today: date) -> tuple[str, ...]:
    author, state = (one.comment.author, one.comment.state) if one.comment else ("", "")
    late = "yes" if one.heard != "words" and today > one.due else ""
    return one.slot.role, one.topic.title, one.slot.id, one.heard, author, state, str(one.due), late
