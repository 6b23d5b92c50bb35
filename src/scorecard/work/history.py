"""An extract of lists that look back a few months, joined to what earlier extracts of the same lists told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorecard.contract.layouts.annex_a import ANNEX_A
from scorecard.contract.layouts.annex_a_history import LISTED, NAMED, with_earlier, with_others

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import duckdb

    from scorecard.contract.report import Finding
    from scorecard.store.snapshots import Snapshot, TableSeal, TableTaken


def earlier_lists(snapshots: Iterable[Snapshot], as_at: date, tables: Iterable[TableTaken]) -> Snapshot | None:
    """For tables read from such lists, the newest snapshot before the day that was too; it holds all before it."""
    if not any(one.layouts == (ANNEX_A.id,) for one in tables):
        return None
    read = [
        one
        for one in snapshots
        if one.as_at < as_at and any(seal.layouts == (ANNEX_A.id,) for seal in one.tables.values())
    ]
    return read[-1] if read else None


def _is_ours(name: str, one: TableTaken | TableSeal) -> bool:
    """Whether a table is of such lists: people and places may be of other sources as well."""
    return ANNEX_A.id in one.layouts if name in NAMED else one.layouts == (ANNEX_A.id,)


def with_history(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, TableTaken], before: Snapshot | None
) -> tuple[dict[str, TableTaken], list[Finding]]:
    """The tables with what the earlier snapshot tells of records that have left the lists, and what that came to.

    Only where the earlier lists reach into the window of the new ones is nothing missing between them; the table is
    then known from as early as it was before.
    """
    whole = dict(tables)
    findings: list[Finding] = []
    for name, taken in tables.items():
        seal = before.tables.get(name) if before else None
        if before is None or seal is None or not (_is_ours(name, taken) and _is_ours(name, seal)):
            continue
        file, relation = before.file(name), taken.relation
        if name in NAMED and seal.rows:
            whole[name] = replace(taken, relation=with_others(connection, name, relation, file))
        elif name in LISTED and taken.known_from and before.as_at >= taken.known_from:
            if seal.rows:
                relation, said = with_earlier(connection, name, relation, file, taken.known_from)
                findings += said
            whole[name] = replace(taken, relation=relation, known_from=seal.known_from or taken.known_from)
    return whole, findings
