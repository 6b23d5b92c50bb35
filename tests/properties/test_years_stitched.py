"""Whatever a child's history of care: told in pieces, a return a year, it is stitched into itself again."""

from __future__ import annotations

import os
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.contract.layouts.poured import Raw
from scorecard.contract.layouts.ssda903_stitching import stitch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.contract.report import Finding

FIRST, YEARS = date(2018, 4, 1), (2019, 2020, 2021, 2022)
HEADERS = ("CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC", "YEAR")

thorough = settings(
    max_examples=10 * int(os.environ.get("SCORECARD_EXAMPLES", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


class Episode(NamedTuple):
    """One episode as it is known at the very end."""

    child: str
    decom: date
    rne: str
    dec: date | None
    rec: str | None

    def told_in(self, year: int) -> Episode | None:
        """As the return of a year tells it, if it does."""
        if self.decom > date(year, 3, 31) or (self.dec and self.dec < date(year - 1, 4, 1)):
            return None
        return self if self.dec and self.dec <= date(year, 3, 31) else self._replace(dec=None, rec=None)


@st.composite
def histories(draw: st.DrawFn) -> list[Episode]:
    """Children who come into care, move, go home and come back; the last of their episodes may be open."""
    found = []
    for child in ("c1", "c2"):
        day = FIRST + timedelta(days=draw(st.integers(0, 1300)))
        rne = "S"
        while day <= date(YEARS[-1], 3, 31):
            end = day + timedelta(days=500 - draw(st.integers(0, 499)))  # the simplest is the longest
            rec = draw(st.sampled_from(("X1", "X1", "E4A")))
            if end > date(YEARS[-1], 3, 31):
                found.append(Episode(child, day, rne, None, None))
                break
            found.append(Episode(child, day, rne, end, rec))
            rne = "S" if rec != "X1" else draw(st.sampled_from("LPTBU"))
            day = end + timedelta(days=0 if rec == "X1" else draw(st.integers(0, 400)))
    return found


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened:
        yield opened


def _stitched(
    connection: duckdb.DuckDBPyConnection, told: dict[str, list[tuple[int, Episode]]]
) -> tuple[list[Episode], list[Finding]]:
    """What is left of the rows of these files, each with its year, and what was found."""
    files = [Raw(label, f"raw_{number}", frozenset(HEADERS)) for number, label in enumerate(told)]
    for one in files:
        columns = ", ".join(f"{header} VARCHAR" for header in HEADERS)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {one.relation} (_row BIGINT, {columns})")
        for row, (year, each) in enumerate(told[one.label], 2):
            cells = (each.child, str(each.decom), each.rne, "C2", "U6", each.dec and str(each.dec), each.rec, str(year))
            connection.execute(f"INSERT INTO {one.relation} VALUES ({', '.join('?' * 9)})", [row, *cells])
    findings = stitch(connection, files)
    left = " UNION ALL ".join(f"SELECT * FROM {one.relation}" for one in files)
    rows = connection.execute(
        f"SELECT CHILD, CAST(DECOM AS DATE), RNE, CAST(DEC AS DATE), REC FROM ({left})"
    ).fetchall()
    return sorted(Episode(*row) for row in rows), findings


@thorough
@given(histories())
def test_years_that_agree_are_stitched_into_the_very_history(
    connection: duckdb.DuckDBPyConnection, history: list[Episode]
) -> None:
    told = {str(year): [(year, part) for each in history if (part := each.told_in(year))] for year in YEARS}
    found, said = _stitched(connection, told)
    assert found == sorted(history)
    assert {one.code for one in said} <= {"ssda903_repeat"}


@thorough
@given(histories(), st.sampled_from(YEARS[1:-1]))
def test_whatever_year_is_missing_no_child_is_in_two_episodes_at_once_nor_open_but_in_the_last(
    connection: duckdb.DuckDBPyConnection, history: list[Episode], missing: int
) -> None:
    years = [year for year in YEARS if year != missing]
    told = {str(year): [(year, part) for each in history if (part := each.told_in(year))] for year in years}
    found, _ = _stitched(connection, told)
    open_at_last = {each for each in history if each.dec is None}
    assert {each for each in found if each.dec is None} == open_at_last
    for one, following in pairwise(found):
        assert one.child != following.child or (one.dec and one.dec <= following.decom)
