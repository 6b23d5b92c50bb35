"""The episodes of several years' returns stitched into one history, every mend counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.layouts.layout import LAYOUTS
from scorecard.contract.layouts.ssda903_years import YEAR
from scorecard.contract.report import SHOWN_ROWS, Finding, Rows, Severity
from scorecard.contract.sources.piece import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from scorecard.contract.layouts.poured import Raw

FOLDER = LAYOUTS / "ssda903"

_READ = ("CHILD", "DECOM", "DEC", "RNE", "REC", "LS", "PLACE", "PLACE_PROVIDER", YEAR)
_LEFT_OUT = ("repeat", "replaced", "twice")
_NOTHING = "Nothing needs doing."
_LOOK = "Look at the first of them in the case system; put right what is wrong before the next return."
_MENDS = {
    "repeat": (
        Severity.NOTE,
        "The episode is in a later return as well; it is kept once, as told there.",
        _NOTHING,
    ),
    "replaced": (Severity.NOTE, "A later submission tells the episode otherwise; the later one is kept.", _NOTHING),
    "twice": (Severity.WARN, "Two episodes of a child begin on the same day in one return; one is kept.", _LOOK),
    "ended_by_next": (
        Severity.NOTE,
        "It was open in an earlier year's return: it was ended (X1) on the day the next episode begins.",
        _NOTHING,
    ),
    "ended_before_next": (
        Severity.WARN,
        "It was open in an earlier year's return, and care began anew: it was ended (E8) before that, in its year.",
        _LOOK,
    ),
    "ended_with_year": (
        Severity.WARN,
        "It was open in an earlier year's return and nothing follows: it was ended (E8) on that 31 March.",
        "Find out when and why care ended.",
    ),
    "cut": (
        Severity.WARN,
        "It ends after the day on which a later year's return begins the next: it was ended on that day.",
        _LOOK,
    ),
    "stretched": (
        Severity.WARN,
        "It ends with X1 before the next begins: its end was moved to the day the next begins.",
        _LOOK,
    ),
}
"""What was done about an episode, how grave it is, in words, and what to do."""


def stitch(connection: duckdb.DuckDBPyConnection, files: Sequence[Raw]) -> list[Finding]:
    """Leave out of every file what a later one tells again, and end what a later one shows to have ended."""
    if not files:
        return []
    parts = (_rows(number, one) for number, one in enumerate(files))
    # Names of our own headers and tables.
    connection.execute(f"CREATE OR REPLACE TEMP TABLE ssda903_rows AS {' UNION ALL '.join(parts)}")
    connection.execute((FOLDER / "stitch.sql").read_text(encoding="utf-8"))
    left = ", ".join(f"'{mend}'" for mend in _LEFT_OUT)
    for number, one in enumerate(files):
        settled = f"FROM ssda903_settled WHERE file = {number}"
        connection.execute(
            f"DELETE FROM {one.relation} WHERE {ROW} IN (SELECT {ROW} {settled} AND mend IN ({left}))",
        )
        connection.execute(
            f"UPDATE {one.relation} AS raw SET DEC = CAST(its.dec AS VARCHAR), REC = its.rec"
            f" FROM (SELECT * {settled} AND mend NOT IN ({left})) AS its WHERE its.{ROW} = raw.{ROW}",
        )
    found = connection.execute(
        f"SELECT file, mend, min({ROW}, {SHOWN_ROWS}), count(*) FROM ssda903_settled"
        " WHERE mend IS NOT NULL GROUP BY ALL ORDER BY ALL",
    ).fetchall()
    connection.execute("DROP TABLE ssda903_rows; DROP TABLE ssda903_settled")
    return [_mended(files[number].label, mend, Rows(tuple(first), count)) for number, mend, first, count in found]


def _rows(number: int, one: Raw) -> str:
    cells = ", ".join(f"{name if name in one.headers else 'CAST(NULL AS VARCHAR)'} AS {name}" for name in _READ)
    return f"SELECT {number} AS file, {ROW}, {cells} FROM {one.relation}"


def _mended(label: str, mend: str, rows: Rows) -> Finding:
    severity, problem, remedy = _MENDS[mend]
    return Finding(f"ssda903_{mend}", severity, problem, remedy, label, rows)
