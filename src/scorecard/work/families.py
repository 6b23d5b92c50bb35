"""The families behind the small figures of a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from scorecard.facts.families import families_behind
from scorecard.pack.context import View
from scorecard.work.kept import as_kept
from scorecard.work.parts import kept_cases
from scorecard.work.views import count, frozen_month, snapshot_for

if TYPE_CHECKING:
    from datetime import date

    from scorecard.calendar.periods import Period
    from scorecard.facts.fact import FactKey
    from scorecard.facts.families import Families
    from scorecard.work.workspace import Workspace


def families_of(workspace: Workspace, period: Period, view: View, known: date | None = None) -> dict[FactKey, Families]:
    """How many children and families each small figure of a month counts, where the records link them.

    *First*: from the cases and the links of its own freeze alone; one made before links were kept says nothing.
    """
    if view is View.NOW:
        counted = count(workspace, snapshot_for(workspace, period, known), (period,), known=known)
        return families_behind(counted.engine.connection, counted.cases.values(), period)
    frozen = frozen_month(workspace, period)
    if not frozen.families.exists():
        return {}
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE TABLE ssd_family AS FROM read_parquet(?)", [str(frozen.families)])
        return families_behind(connection, kept_cases(connection, as_kept(workspace, frozen).registry, frozen), period)
