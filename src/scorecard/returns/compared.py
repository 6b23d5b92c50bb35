"""One list of a return as it was sent, laid beside the same list made from the records."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING

from scorecard.contract.load import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from scorecard.contract.layouts.as_sent import Row
    from scorecard.returns.sheet import Sheet

    Meanings = Callable[[str, Collection[str]], dict[str, str]]


@dataclass(frozen=True)
class Difference:
    """One row that is in one of the two alone, or one cell in which a row that is in both differs.

    `where` is what tells it from the child's other rows; `column` is empty for a whole row.
    """

    child: str
    where: str
    column: str = ""
    sent: str = ""
    ours: str = ""

    @property
    def found(self) -> str:
        """What it is, in words."""
        return f"{self.column} differs" if self.column else f"only in the {'file sent' if self.sent else 'records'}"


@dataclass(frozen=True)
class Compared:
    """A list, its rows in the file and from the records, and how they differ.

    `lacking` are the tables a column is made of that the records lack, so that it is among those not compared.
    """

    name: str
    title: str
    sent: tuple[Row, ...]
    ours: tuple[Row, ...]
    differences: tuple[Difference, ...]
    not_compared: tuple[str, ...]
    lacking: Mapping[str, tuple[str, ...]]

    @property
    def only_sent(self) -> int:
        """Rows that only the file has."""
        return sum(1 for one in self.differences if not one.column and one.sent)

    @property
    def only_ours(self) -> int:
        """Rows that only the records have."""
        return sum(1 for one in self.differences if not one.column and one.ours)

    @property
    def differing(self) -> dict[str, int]:
        """In how many rows of both each column differs, the most first."""
        counted: dict[str, int] = defaultdict(int)
        for one in self.differences:
            counted[one.column] += 1
        counted.pop("", None)
        return dict(sorted(counted.items(), key=lambda each: (-each[1], each[0])))

    @property
    def rows_differing(self) -> int:
        """Rows that are in both and differ in some column."""
        return len({(one.child, one.where) for one in self.differences if one.column})


@dataclass(frozen=True)
class Counted:
    """A count of a list's rows that a figure of the pack counts too: in the month, still open, or of a kind."""

    list: str
    figure: str
    within: str = ""
    empty: str = ""
    column: str = ""
    says: tuple[str, ...] = ()

    @property
    def at_the_end(self) -> bool:
        """Whether it counts what there is at the month's end, and not what happened in the month."""
        return not self.within

    @property
    def told(self) -> str:
        """What is counted, in words."""
        if self.within:
            return f"{self.within.strip()} in the month"
        return f"no {self.empty.strip()}" if self.empty else f"{self.column}: {', '.join(self.says)}"

    def of(self, rows: Iterable[Row], first: date, last: date, meanings: Meanings) -> int:
        """How many rows it counts."""
        if self.within:
            return sum(first.isoformat() <= row.get(self.within, "") <= last.isoformat() for row in rows)
        if self.empty:
            return sum(self.empty not in row for row in rows)
        said = [row.get(self.column, "") for row in rows]
        meant = meanings(self.column, {*said, *self.says})
        wanted = {meant[text] for text in self.says}
        return sum(meant[text] in wanted for text in said)


@dataclass(frozen=True)
class Rules:
    """What of a return is not compared, and the counts that the pack's figures count too."""

    not_compared: frozenset[str] = frozenset()
    counted: tuple[Counted, ...] = ()

    def wanted(self, sheet: Sheet) -> frozenset[str]:
        """The columns of a list that are read from a file: all that the records say something about, and no others."""
        told = {header for row in rows_of(sheet) for header in row} - self.not_compared
        asked = {
            header for one in self.counted if one.list == sheet.name for header in (one.within, one.empty, one.column)
        }
        return frozenset({*told, *asked, sheet.child, *sheet.key} - {""})


def rules_of(layout: str) -> Rules:
    """The rules of a layout, from its `reconcile.toml`; none where it has none."""
    path = FOLDER.parent / "returns" / layout / "reconcile.toml"
    if not path.exists():
        return Rules()
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    counted = [Counted(says=tuple(one.pop("is", ())), **one) for one in said.get("figure", [])]
    return Rules(frozenset(said.get("not_compared", ())), tuple(counted))


def rows_of(sheet: Sheet) -> tuple[Row, ...]:
    """A list made from the records, as it would stand in a file."""
    return tuple(
        {header: _text(value) for header, value in zip(sheet.headers, row, strict=True) if value not in {None, ""}}
        for row in sheet.rows
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def compare(
    sheet: Sheet,
    sent: Sequence[Row],
    found: Collection[str],
    meanings: Meanings,
    lacking: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Compared:
    """Lay the rows of a file, of which the columns `found` were read, beside those of a list.

    A row is the same child's with the same key; of several such the first goes with the first. A column the records say
    nothing about in any row is not compared, nor one that was not read or is made of what the records lack.
    """
    ours = rows_of(sheet)
    filled = {header for row in ours for header in row} - lacking.keys()
    asked = [header for header in sheet.headers if header in found and header in filled]
    meant = {header: meanings(header, {row.get(header, "") for row in (*sent, *ours)}) for header in asked}
    key = tuple(header for header in (sheet.child, *sheet.key) if header in asked)
    columns = [header for header in asked if header not in key]
    differences = tuple(_differences(_by_key(sent, key, meant), _by_key(ours, key, meant), sheet.child, columns, meant))
    left = tuple(header for header in sheet.headers if header not in asked)
    return Compared(sheet.name, sheet.title or sheet.name, tuple(sent), ours, differences, left, lacking)


def _by_key(
    rows: Iterable[Row], key: Sequence[str], meant: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(meant[header][row.get(header, "")] for header in key)].append(row)
    return found


def _differences(
    sent: Mapping[tuple[str, ...], list[Row]],
    ours: Mapping[tuple[str, ...], list[Row]],
    child: str,
    columns: Sequence[str],
    meant: Mapping[str, Mapping[str, str]],
) -> Iterator[Difference]:
    for key in sorted({*sent, *ours}):
        for one, other in zip_longest(sent.get(key, ()), ours.get(key, ())):
            whose, where = (one or other or {}).get(child, ""), " / ".join(key[1:])
            if one is None or other is None:
                yield Difference(whose, where, "", "yes" if other is None else "", "yes" if one is None else "")
                continue
            for header in columns:
                said, say = one.get(header, ""), other.get(header, "")
                if meant[header][said] != meant[header][say]:
                    yield Difference(whose, where, header, said, say)
