"""What the referee rules on each record, and the records of a council as it reads them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

Row = dict[str, Any]
Records = dict[str, list[Row]]


class Ruling(NamedTuple):
    """One case with its marks in the order of its columns; or why it is left out; or why it is no case at all."""

    case: str
    child: str | None
    day: date | None
    marks: tuple[Any, ...] = ()
    left_out: str = ""
    no_case: str = ""


class Council:
    """The records of a council by table and child."""

    def __init__(self, records: Mapping[str, Sequence[Row]]) -> None:
        self._by_child = {table: _by_child(rows) for table, rows in records.items()}
        self.records = records
        self.people = {row["pers_person_id"]: row for row in records.get("ssd_person", ())}
        self.placements = {row["clap_cla_placement_id"]: row for row in records.get("ssd_cla_placement", ())}

    def rows(self, table: str) -> Sequence[Row]:
        """Every row of a table."""
        return self.records.get(table, ())

    def of(self, table: str, child: str) -> list[Row]:
        """A child's rows of a table."""
        return self._by_child.get(table, {}).get(child, [])

    def children_in(self, *tables: str) -> list[str]:
        """The children of whom these tables tell."""
        return sorted({child for table in tables for child in self._by_child.get(table, {})})

    def born(self, child: str) -> date | None:
        """The day of birth, where it is known."""
        found: date | None = self.people.get(child, {}).get("pers_dob")
        return found


def _by_child(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found = defaultdict[str, list[Row]](list)
    for row in rows:
        for column in row:
            if column.endswith("_person_id"):
                found[row[column]].append(row)
    return found
