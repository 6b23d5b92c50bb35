"""Writes docs/reproduction.md: every number of the example pack beside ours; `--check` only says whether it is current.

`python scripts/reproduction.py DEMO_FOLDER [--check]`, where the folder is what `scorecard demo` has built.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import reference_markdown as markdown
from reproduction_rows import held_in, read_rows, verdict

from scorecard.words.numbers import NO_VALUE, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reproduction_rows import Held, Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reproduction.md"

_HEAD = """# Every number of the example pack

The scorecard of November 2021 that this program replaces prints {numbers} numbers. Each has a row here: where it
stands, what it is, the key of our figure, what we print, and whether the two agree. Ours come from the records of the
invented council, as first reported in November 2021. `scripts/reproduction.py` writes this page and a test compares it.

- **same**: our exact value, rounded half up to the decimals printed there, is the number printed there. *By* a
  setting: it agrees only because the invented council set that parameter for this month.
- **explained**: the example contradicts itself at this number, or prints it in the wrong place. The figure after it is
  the contradiction's number in the list the design notes keep, told below.
- **different**: neither.
- **-**: no figure, so nothing to compare: a date, a code, or a number that only its writer could know."""

CONTRADICTIONS = {
    "1": "Contacts passed to early help are 449 in one place and 499 in another; only 499 adds up to the whole.",
    "8": "Two shares of police contacts belong to no whole; we print shares of all of them.",
    "11": "A re-referral figure headed year to date is the year before, as published.",
    "16": "An assessment figure headed year to date is the year before, as published.",
    "18": "Published figures were cut in some places and rounded in others; we round.",
    "20": "One assessment in 221 is printed as 1%; it is 0.45%.",
    "27": "Conferences for 100 enquiries headed year to date are those of the year before, as published.",
    "30": "The good neighbours' rate of enquiries repeats the figure of all neighbours.",
    "32": "The year to date of conferences in time is 61% once and 55% in three other places.",
    "33": "A rate of conferences headed November is that of the year before, as published.",
    "37": "Children on a plan on a day are set beside plans started in a year; we refuse to.",
    "38": "A rate of plans started is set beside a rate of children on a plan.",
    "42": "New plans within two years of another are set beside new plans after another at any time.",
    "45": "A rate of children in care headed by the council's name is that of March, as published.",
    "60": "The remarks account for another number of late supervisions than the table.",
    "68": "None and 11 general carers were approved in the same month.",
    "69": "20 cases before the panel, and 23 items in the list of them.",
    "74": "A limit for newly qualified workers is printed and not used; one limit is asked of all.",
}
"""The contradictions of the example pack that rows refer to, told in a sentence."""


def page(held: Held) -> str:
    """The whole page."""
    rows = read_rows()
    told = [(row, *_told(row, held)) for row in rows]
    counts = Counter(word.split()[0] for _, _, word in told)
    return markdown.document(
        _HEAD.format(numbers=plain(len(rows))),
        markdown.table(("result", "numbers"), ((told_as, plain(counts[word])) for word, told_as in _RESULTS.items())),
        "## The contradictions referred to",
        markdown.table(("number", "what"), CONTRADICTIONS.items()),
        "## The numbers",
        markdown.table(_COLUMNS, (_cells(*each) for each in told)),
    )


_RESULTS = {
    "same": "same",
    "same,": "same, by a setting",
    "explained": "explained",
    "different": "different",
    NO_VALUE: NO_VALUE,
}
"""How the counts are headed, by the first word of a result."""

_COLUMNS = ("line", "number", "what it is", "class", "our key", "ours", "result")


def _told(row: Row, held: Held) -> tuple[str, str]:
    """What we print, and the result."""
    figure = held.figure(row) if row.key else None
    return (figure.text if figure else NO_VALUE), verdict(row, figure)


def _cells(row: Row, ours: str, word: str) -> Sequence[str]:
    key = f"`{row.key}`" if row.key else ""
    return (str(row.line), row.printed, row.about, row.kind, key, ours, word)


def main() -> int:
    """Write the page, or check it."""
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    if len(folders) != 1:
        print("Name the folder `scorecard demo` has built: python scripts/reproduction.py DEMO_FOLDER [--check]")
        return 2
    made = page(held_in(folders[0]))
    if "--check" in sys.argv[1:]:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
        print("The page is current." if current else "docs/reproduction.md is out of date: run it without --check.")
        return 0 if current else 1
    PAGE.write_text(made, encoding="utf-8", newline="\n")
    print(f"Written: {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
