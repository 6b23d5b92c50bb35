"""The council's activity, month by month: how many events there were and how many came late."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period, months_between

if TYPE_CHECKING:
    from collections.abc import Mapping

# The first year fills the council up; the last three months lie beyond every extract, to leave work under way.
FIRST_MONTH, LAST_MONTH = Period(2017, 4), Period(2022, 8)
MONTHS = months_between(FIRST_MONTH, LAST_MONTH)
ABUSE_CATEGORIES = ("EMO", "NEG", "PHY", "SAB", "MUL")


@dataclass(frozen=True)
class Plan:
    """Monthly numbers by section and name, as `plan.toml` holds them."""

    sections: Mapping[str, Mapping[str, list[int]]]
    exact: Mapping[str, Any]

    def of(self, section: str, name: str, month: Period) -> int:
        """One month's number."""
        return self.sections[section][name][MONTHS.index(month)]

    def plans_open(self, month: Period) -> dict[str, int]:
        """Child protection plans open at the month's end, by latest category of abuse."""
        return {category: self.of("protection_plans", f"open_{category}", month) for category in ABUSE_CATEGORIES}


def load_plan() -> Plan:
    """The plan as shipped."""
    shipped = resources.files("scorecard.synthetic")
    sections = tomllib.loads((shipped / "plan.toml").read_text(encoding="utf-8"))
    exact = tomllib.loads((shipped / "exact.toml").read_text(encoding="utf-8"))
    return Plan(sections, exact)
