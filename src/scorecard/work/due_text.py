"""The lists of what is due, in a terminal: how much of each duty, then each team's rows under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.words.grammar import day_in_words
from scorecard.words.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.facts.due import Due
    from scorecard.work.due import Lists

COLUMNS = ("team", "worker", "child", "duty", "due_on", "days_left", "last_done_on", "is_overdue")
"""The columns of `scorecard due --format csv`, fixed: other people's programs read them."""

COUNTED = ("duty", "overdue", "due")
"""The columns of the count of each duty."""

_LISTED = ("worker", "child", "duty", "due", "days", "last done")


def as_rows(lists: Lists) -> list[tuple[object, ...]]:
    """The rows under `COLUMNS`."""
    return [tuple(getattr(row, name) for name in COLUMNS) for row in lists.rows]


def counts(lists: Lists, rows: Sequence[Due]) -> list[tuple[str, int, int]]:
    """How many rows of each duty are overdue, and how many are due and not overdue; a duty without any is a nought."""
    late = {duty: sum(row.is_overdue for row in rows if row.duty == duty) for duty in lists.duties}
    return [(duty, late[duty], sum(row.duty == duty for row in rows) - late[duty]) for duty in lists.duties]


def as_text(lists: Lists) -> str:
    """All lists as a terminal shows them."""
    return "\n".join(
        [heading(lists), "", table(COUNTED, counts(lists, lists.rows)), *_teams(lists), *not_listed(lists)]
    )


def heading(lists: Lists) -> str:
    """What is shown, of which day, and in lines of their own what it was read from, and how far that reaches."""
    return "\n".join(
        [
            f"{lists.shown} on {lists.day:%A} {day_in_words(lists.day)}.",
            f"Read from {lists.read_from}.",
            *_reach(lists),
        ]
    )


def _reach(lists: Lists) -> Iterator[str]:
    """Where the extract speaks of another day than the lists, what that means for them."""
    if lists.reaches and lists.reaches > lists.day:
        yield f"The extract speaks up to {day_in_words(lists.reaches)}:"
        yield f"what was recorded after {day_in_words(lists.day)} is counted too."
    elif lists.reaches and lists.reaches < lists.day:
        yield f"The extract reaches {day_in_words(lists.reaches)}: what was recorded later is not in it."


def not_listed(lists: Lists) -> Iterator[str]:
    """The duties that could not be listed, each in a line that says why."""
    for duty, tables in lists.not_listed:
        yield f"Not listed: {duty}. The extract has no {', '.join(tables)}."


def days_in_words(row: Due) -> str:
    """Days left or over.

    >>> from scorecard.facts.due import Due
    >>> [days_in_words(Due("", "", "", "", None, days, None, days is None or days < 0)) for days in (3, 0, -2, None)]
    ['3 left', 'today', '2 over', 'over']
    """
    if row.days_left is None:
        return "over"
    return f"{-row.days_left} over" if row.is_overdue else f"{row.days_left} left" if row.days_left else "today"


def _teams(lists: Lists) -> Iterator[str]:
    for team, rows in lists.teams().items():
        late = sum(row.is_overdue for row in rows)
        yield f"\n{team}: {late} overdue, {len(rows) - late} due"
        yield table(
            _LISTED,
            [(r.worker, r.child, r.duty, r.due_on, days_in_words(r), r.last_done_on or "never") for r in rows],
        )
