"""A query that an engine would not run, told without any value of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.errors import DefinitionError

if TYPE_CHECKING:
    from scorecard.sql.engines.engine import EngineName


def failed_on(engine: EngineName, sql: str, *, said: str, about_the_sql: bool) -> DefinitionError:
    """The error to raise; what the engine said is passed on only where it speaks of the SQL and not of the records."""
    reason = said.strip() if about_the_sql else f"{said} (the engine's own words are withheld: they may hold a record)"
    return DefinitionError(
        f"{engine} could not run this SQL: {reason}",
        remedy=f"The SQL as run:\n{sql}",
    )
