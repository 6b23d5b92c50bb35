"""When referee and engine disagree: the few records of one council on which they still do."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from referee.match import counted, differences, rulings_of, said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from referee.match import Match
    from referee.ruling import Records, Row

T = TypeVar("T")
Named = tuple[str, "Row"]


def fewest(parts: Sequence[T], still_differ: Callable[[Sequence[T]], bool]) -> Sequence[T]:
    """The parts left when none can be spared; whole stretches are tried first."""
    size = len(parts)
    while size:
        for start in range(0, len(parts), size):
            rest = [*parts[:start], *parts[start + size :]]
            if still_differ(rest):
                parts = rest
                break
        else:
            size //= 2
    return parts


def smallest(match: Match, records: Records, anchor: date) -> list[Named]:
    """A council without the children, then without the rows, on which nothing depends."""

    def still_differ(rows: Sequence[Named]) -> bool:
        left = _records(rows)
        cases, _ = counted([match], left, anchor)
        return bool(differences(said(rulings_of(match, left, anchor)), cases[match.indicator]))

    owners = defaultdict[str, list[Named]](list)
    for table, rows in records.items():
        for row in rows:
            owners[_owner(row)].append((table, row))
    lives = fewest(list(owners.values()), lambda some: still_differ(list(chain.from_iterable(some))))
    return list(fewest(list(chain.from_iterable(lives)), still_differ))


def _owner(row: Row) -> str:
    """The child or the worker a row is about."""
    found: str = next(row[name] for name in row if name.endswith(("_person_id", "_professional_id")))
    return found


def _records(rows: Sequence[Named]) -> Records:
    found: Records = {}
    for table, row in rows:
        found.setdefault(table, []).append(row)
    return found


def told(match: Match, records: Records, anchor: date) -> str:
    """What to print: the records left, and what each side says of them."""
    rows = smallest(match, records, anchor)
    left = _records(rows)
    cases, _ = counted([match], left, anchor)
    found = differences(said(rulings_of(match, left, anchor)), cases[match.indicator])
    lines = [f"{match.indicator}, year up to {anchor}; marks are {match.columns}"]
    lines += [
        f"  {table}: { ({name: value for name, value in row.items() if value is not None}) }" for table, row in rows
    ]
    lines += [f"  {case} on {day}: referee {ours}, engine {theirs}" for (case, day), (ours, theirs) in found.items()]
    return "\n".join(lines).replace("datetime.date", "")
