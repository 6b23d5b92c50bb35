"""The return a council really sends, laid list by list beside the records and the figures of the pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from scorecard.calendar.periods import Period, Window
from scorecard.contract.cleaning import words_of_reading
from scorecard.contract.layouts.as_sent import ListsSent, layout_of
from scorecard.contract.load import load_contract
from scorecard.contract.sources.year_folders import pieces_of
from scorecard.errors import ExtractError
from scorecard.facts.fact import FactKey
from scorecard.facts.reading import fact_rows, to_fact
from scorecard.returns.compared import compare, rules_of
from scorecard.returns.layouts import RETURNS
from scorecard.returns.queries import WORDS
from scorecard.sql.needed import made_after
from scorecard.work.returns import sheets_of, snapshot_and_day
from scorecard.work.take import must_be_there
from scorecard.work.views import count, facts_first

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from scorecard.returns.compared import Compared, Counted
    from scorecard.returns.sheet import Sheet
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


@dataclass(frozen=True)
class Beside:
    """One count beside the pack's figure of the same thing."""

    counted: Counted
    key: FactKey
    pack: float | None
    sent: int
    ours: int


@dataclass(frozen=True)
class Reconciled:
    """A return that was sent, beside the records of one snapshot and the figures of one month."""

    file: str
    title: str
    snapshot: Snapshot
    as_at: date
    lists: tuple[Compared, ...]
    missing: tuple[str, ...]
    figures: tuple[Beside, ...]


def reconcile(
    workspace: Workspace, source: Path, period: Period | None, day: date | None, *, now: bool = False
) -> Reconciled:
    """Compare a file, or a folder of files, with the lists made as at a month's end or a day.

    A month that is frozen is compared as it was first reported, unless it is asked for as known now.
    """
    must_be_there((source,))
    snapshot, as_at = snapshot_and_day(workspace, period, day)
    frozen = None if now or not period else workspace.months.get(period)
    snapshot = workspace.snapshots.get(frozen.snapshot) if frozen else snapshot
    with duckdb.connect(":memory:") as connection, words_of_reading(connection):
        pieces, _ = pieces_of(source, connection)
        layout = layout_of(pieces)
        if layout is None or layout.id not in RETURNS:
            raise _unknown(source)
        sheets, rules = sheets_of(workspace, layout.id, snapshot, as_at), rules_of(layout.id)
        sent = ListsSent(
            layout,
            {sheet.name: sheet.headers for sheet in sheets},
            {sheet.name: rules.wanted(sheet) for sheet in sheets},
            frozenset(header for sheet in sheets for header in sheet.days),
        )
        sent.read(connection, pieces)
    lists = {sheet.name: _laid_beside(sheet, sent, snapshot) for sheet in sheets if sheet.name in sent.rows}
    month = Period.holding(as_at)
    counted = [one for one in rules.counted if one.list in lists and as_at == month.last_day]
    pack = _figures(workspace, snapshot, month, counted, first=bool(frozen))
    beside = [(one, lists[one.list]) for one in counted]
    figures = tuple(
        Beside(
            one,
            key := _key(one, month),
            pack.get(key),
            one.of(both.sent, month.first_day, month.last_day, sent.meanings),
            one.of(both.ours, month.first_day, month.last_day, sent.meanings),
        )
        for one, both in beside
    )
    missing = tuple(sheet.title or sheet.name for sheet in sheets if sheet.name not in lists and sheet.rows)
    return Reconciled(source.name, RETURNS[layout.id].title, snapshot, as_at, tuple(lists.values()), missing, figures)


def _laid_beside(sheet: Sheet, sent: ListsSent, snapshot: Snapshot) -> Compared:
    """One list as it was sent beside the records'."""
    lacking = _lacking(sheet, snapshot.tables)
    return compare(sheet, sent.rows[sheet.name], sent.found[sheet.name], sent.meanings, lacking)


def _lacking(sheet: Sheet, held: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The columns of a list that are made of tables that were not supplied, each with those tables.

    What tells the rows apart is compared all the same, for without it nothing could be.
    """
    if sheet.query is None:
        return {}
    words = (sheet.query.parent / WORDS).read_text(encoding="utf-8")
    made = made_after(words, sheet.query.read_text(encoding="utf-8"))
    absent = load_contract().tables.keys() - set(held)
    found = {header: {table for table, _ in needs} & absent for header, needs in made.columns.items()}
    told = {sheet.child, *sheet.key}
    return {header: tuple(sorted(tables)) for header, tables in found.items() if tables and header not in told}


def _key(counted: Counted, month: Period) -> FactKey:
    return FactKey(counted.figure, month, Window.MONTH_END if counted.at_the_end else Window.MONTH)


def _figures(
    workspace: Workspace, snapshot: Snapshot, month: Period, counted: list[Counted], *, first: bool
) -> dict[FactKey, float]:
    """The figures of the pack, by key, as far as it has them."""
    names = {one.figure for one in counted}
    if first:
        rows = facts_first(workspace, month, indicators=tuple(names))
    else:
        made = count(workspace, snapshot, (month,), [workspace.registry.of_measure(name) for name in sorted(names)])
        rows = fact_rows(made.engine.connection, "facts", [month], tuple(names))
        made.engine.close()
    facts = (to_fact(row) for row in rows)
    return {fact.key: fact.value for fact in facts if fact.value is not None}


def _unknown(source: Path) -> ExtractError:
    return ExtractError(
        f"{source.name} is no return that can be laid beside the records.",
        remedy=f"Name the file of one of these, or the folder of its files: {', '.join(RETURNS)}.",
    )
