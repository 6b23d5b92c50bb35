"""Coverage in words: for a screen of any width, and in rows for other programs."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from scorecard.contract.layouts.holdings import reports_holding
from scorecard.contract.layouts.shipped import SHIPPED
from scorecard.contract.load import load_contract
from scorecard.facts.known import in_words
from scorecard.facts.teams import SERVICE
from scorecard.words.grammar import day_in_words, joined, plural
from scorecard.work.coverage import Covered, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.sql.needed import Need
    from scorecard.work.coverage import Coverage

COLUMNS = ("section", "measure", "title", "standing", "why", "lacks", "not_broken_down_by", "months_missing", "held_in")
"""The columns of the rows, fixed: other people's programs read them."""

_INDENT = " " * 16
_NARROWEST = 50
_STANDARD = "ssd_"


def as_rows(found: Coverage) -> list[tuple[object, ...]]:
    """One row a figure, in the order of the pack."""
    held_in = _Reports()
    return [
        (
            *(one.section, one.measure.id, one.measure.title, one.standing.value, " ".join(one.why)),
            "; ".join(column or table for table, column in sorted(one.lacking)),
            "; ".join(one.parts),
            one.year_needs,
            "; ".join(dict.fromkeys(name for need in sorted(one.lacking) for name in held_in.of(need))),
        )
        for one in found.figures
    ]


def as_text(found: Coverage, width: int) -> str:
    """The totals, every section with its figures, and what would feed more; no line wider than the screen."""
    wide = max(width, _NARROWEST)
    lines = [*_totals(found, wide), ""]
    for section, figures in groupby(found.figures, key=lambda one: one.section):
        of_it = list(figures)
        fed = sum(one.standing.is_fed for one in of_it)
        lines += _wrapped(f"{section}: {fed} of {len(of_it)}", "", wide)
        lines += [*_figures(of_it, wide), ""]
    return "\n".join([*lines, *_more(found, wide)]).rstrip()


def judged_as_at(found: Coverage) -> str:
    """As at which day the source was judged, and where its records end."""
    newest = found.newest
    ends = f"; the newest contact, referral, visit or the like is of {day_in_words(newest)}" if newest else ""
    return f"Judged as at {day_in_words(found.as_at)}{ends}. `--as-at` says another day."


def _totals(found: Coverage, width: int) -> list[str]:
    fed = found.count(Standing.FED, Standing.CAUTION, Standing.UNRELIABLE)
    said = [f"{fed} of {len(found.figures)} figures of {found.period.label} can be fed from this source."]
    counted = {
        Standing.CAUTION: "of them are to be read with caution",
        Standing.UNRELIABLE: "of them are not reliable",
        Standing.LACKS: "need another report",
        Standing.SUPPLIED: "are supplied as totals",
    }
    said += [f"{found.count(one)} {words}." for one, words in counted.items() if found.count(one)]
    short = [one.year_needs for one in found.figures if one.year_needs]
    if short:
        months = plural(max(short), "month")
        said.append(
            f"{len(short)} have a month and no year to date: that needs up to {max(short)} more {months} of the source,"
            " kept month after month."
        )
    if found.blocks:
        said.append(f"{found.blocks} findings block the source from being taken: `scorecard check` lists them.")
    return _wrapped(" ".join(said), "", width) + _wrapped(judged_as_at(found), "", width)


def _figures(figures: Sequence[Covered], width: int) -> Iterator[str]:
    """The figures of a section; what is to be said of several alike is said once under them."""
    alike = dict[tuple[Standing, tuple[str, ...]], list[Covered]]()
    for one in figures:
        alike.setdefault((one.standing, tuple(_remarks(one))), []).append(one)
    for (standing, remarks), these in alike.items():
        for one in these:
            yield from _wrapped(f"  {standing.value:<12}  {one.measure.title}", _INDENT, width)
        for said in remarks:
            yield from _wrapped(f"{_INDENT}  {said}", f"{_INDENT}  ", width)


def _remarks(one: Covered) -> Iterator[str]:
    if one.lacking:
        yield f"It needs {in_words(one.lacking)}."
    else:
        yield from one.why
    if one.standing.is_fed and one.parts:
        names = [("service" if name == SERVICE else name.replace("_", " ").replace("×", " and ")) for name in one.parts]
        yield f"Not broken down by {joined(names)}: no {in_words(frozenset().union(*one.parts.values()))}."
    if one.year_needs:
        yield f"Month only: the year to date needs {one.year_needs} more {plural(one.year_needs, 'month')} kept."


def _more(found: Coverage, width: int) -> Iterator[str]:
    """What is lacking, the most awaited first, with where it usually is."""
    if not found.lacking:
        return
    yield "What would feed more"
    reports = _Reports()
    for need, titles in found.lacking.items():
        count = f"{len(titles)} {plural(len(titles), 'figure')}"
        yield from _wrapped(f"  {in_words([need])}: {count}", " " * 6, width)
        held_in = reports.of(need)
        where = f"Usually in {joined(held_in, 'or')}." if held_in else _OWN
        yield from _wrapped(f"      {where}", " " * 6, width)


_OWN = "A report of your own with a mapping file, or totals that somebody supplies each month."


class _Reports:
    """Where the tables and columns of the contract usually stand."""

    def __init__(self) -> None:
        self._held = [(layout.title, reports_holding(layout)) for layout in SHIPPED]

    def of(self, need: Need) -> list[str]:
        """The reports of the sector that hold a column, or anything of a table."""
        table, column = need
        columns = {column} if column else {one.name for one in load_contract().tables[table].loaded}
        found = [
            report if report.startswith(title) else f"{title}: {report}"
            for title, held in self._held
            for report in dict.fromkeys(name for one in sorted(columns) for name in held.get(one, ()))
        ]
        return [*(["the Standard Safeguarding Dataset"] if table.startswith(_STANDARD) else []), *found]


def _wrapped(text: str, below: str, width: int) -> list[str]:
    lead = text[: len(text) - len(text.lstrip())]
    return textwrap.wrap(
        text.strip(), width, initial_indent=lead, subsequent_indent=below, break_on_hyphens=False, drop_whitespace=True
    )
