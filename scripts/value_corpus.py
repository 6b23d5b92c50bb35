"""Measures the vocabularies by the value corpus: spellings of Annex A values met in councils. Writes value_corpus.csv.

The rules were written looking at seven tenths of the spellings. Which those are follows from the spelling alone, and
was fixed before any rule was written; `held_out` is that rule. Nothing here prints a held-out spelling.

`python scripts/value_corpus.py` where ../shared has the corpus, which is not ours to hand on.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.contract.values.match import Match, Sureness, match
from scorecard.contract.values.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "data" / "samples" / "annexa_value_variants.csv"
COLUMNS = ROOT / "scripts" / "value_corpus.toml"
MEASURED = ROOT / "scripts" / "value_corpus.csv"
#: The corpus's group of what is no value of the column at all.
NO_CODE = "zzcodeerror"


def held_out(annex_list: str, column: str, value: str) -> bool:
    """Whether a spelling is one of the three tenths no rule was written by."""
    digest = hashlib.sha256(f"{annex_list}|{column}|{value}".encode()).hexdigest()
    return int(digest[:8], 16) % 10 < 3  # noqa: PLR2004 - three tenths


class Verdict(StrEnum):
    """What became of a spelling."""

    SURE = "right, sure"
    WARNED = "right, with a warning"
    WRONG_WARNED = "wrong, with a warning"
    WRONG = "wrong, without"
    EMPTY = "read as not recorded"
    UNMAPPED = "not mapped"


@dataclass(frozen=True)
class Column:
    """One column of the corpus: the vocabularies asked in turn, and the group each code belongs to.

    `nothing` is the group of what says that nothing was recorded. `short` is why fewer than 95 % come right, `gainsaid`
    why a group is wrong without a warning; both empty where that is not so.
    """

    annex_list: str
    name: str
    vocabularies: tuple[str, ...]
    groups: Mapping[str, str]
    nothing: str
    short: str
    gainsaid: str

    def verdict(self, value: str, groups: set[str]) -> Verdict:
        """Whether a spelling comes into one of the groups that the corpus puts it in."""
        found = self._match(value)
        if found.code is None:
            if NO_CODE in groups:
                return Verdict.SURE
            if found.sureness is Sureness.NONE:
                return Verdict.UNMAPPED
            if self.nothing not in groups:
                return Verdict.EMPTY
            return Verdict.WARNED if found.sureness is Sureness.LIKELY else Verdict.SURE
        right, warned = self._group(found.code) in groups, found.sureness is Sureness.LIKELY
        if right:
            return Verdict.WARNED if warned else Verdict.SURE
        return Verdict.WRONG_WARNED if warned else Verdict.WRONG

    def group_meant(self, written: str) -> str:
        """A group as the corpus writes it, small slips of its own aside."""
        tidy = " ".join(written.split()).casefold()
        if tidy in self.groups.values() or tidy in (self.nothing, NO_CODE):
            return tidy
        found = self._match(written)
        if found.code:
            return self._group(found.code)
        return tidy if found.sureness is Sureness.NONE else self.nothing

    def _match(self, value: str) -> Match:
        found = Match(None, Sureness.NONE)
        for name in self.vocabularies:
            found = match(vocabulary(name), value)
            if found.sureness is not Sureness.NONE:
                break
        return found

    def _group(self, code: str) -> str:
        return self.groups.get(code, code)


def columns() -> tuple[Column, ...]:
    """The columns of the corpus."""
    raw = tomllib.loads(COLUMNS.read_text(encoding="utf-8"))["column"]
    return tuple(
        Column(
            one["list"],
            one["name"],
            tuple(one["vocabularies"]),
            {code: group.casefold() for group, codes in one.get("groups", {}).items() for code in codes},
            one.get("nothing", "nothing").casefold(),
            one.get("short", ""),
            one.get("gainsaid", ""),
        )
        for one in raw
    )


def spellings(column: Column) -> dict[str, set[str]]:
    """Every spelling of a column, with the groups the corpus puts it in (a few stand in two)."""
    found: dict[str, set[str]] = defaultdict(set)
    with CORPUS.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            if (row["list"], row["column"]) == (column.annex_list, column.name):
                found[row["value_seen"]].add(column.group_meant(row["cleaned_group"]))
    return found


@dataclass(frozen=True)
class Measure:
    """What came of the held-out spellings of one column."""

    annex_list: str
    column: str
    spellings: int
    counts: Mapping[Verdict, int]

    @property
    def held_out(self) -> int:
        """How many spellings were held out."""
        return sum(self.counts.values())

    @property
    def right(self) -> float:
        """The share of them that came into the right group, with a warning or without."""
        return (self.counts[Verdict.SURE] + self.counts[Verdict.WARNED]) / max(self.held_out, 1)


def measured(column: Column) -> Measure:
    """A column's measure by the corpus itself."""
    found, counts = spellings(column), dict.fromkeys(Verdict, 0)
    for value, groups in found.items():
        if held_out(column.annex_list, column.name, value):
            counts[column.verdict(value, groups)] += 1
    return Measure(column.annex_list, column.name, len(found), counts)


def written() -> tuple[Measure, ...]:
    """The measures as they were last written."""
    with MEASURED.open(encoding="utf-8", newline="") as opened:
        return tuple(
            Measure(row["list"], row["column"], int(row["spellings"]), {each: int(row[each]) for each in Verdict})
            for row in csv.DictReader(opened)
        )


def main() -> None:
    """Measure every column, and write what came of it."""
    with MEASURED.open("w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened, lineterminator="\n")
        out.writerow(["list", "column", "spellings", *Verdict])
        for each in map(measured, columns()):
            out.writerow([each.annex_list, each.column, each.spellings, *each.counts.values()])
    print(f"Written: {MEASURED.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
