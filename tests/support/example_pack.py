"""The local figures of the example pack's summary table, as printed there (lines 10 to 22)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

STOCKS = (
    "cpp_rate",
    "cla_rate",
    "cla_3plus_placements_pct",
    "cla_long_term_stability_pct",
    "cl_in_touch_pct",
    "cl_suitable_pct",
    "cl_eet_pct",
)

_SUMMARY = """
measure                      end_of_year  year_to_date  previous  current
eh_hub_72h_pct               -            99            98        99
mash_24h_pct                 86           67            45        50
da_hub_48h_pct               94           88            73        88
rereferrals_12m_pct          24           8             7         2.5
assessments_45wd_pct         89           63            45        58
icpc_15wd_pct                89           55            68        40
cpp_rate                     29           -             41        54
cla_rate                     88           -             96        96
cla_3plus_placements_pct     10           -             9         9
cla_long_term_stability_pct  67           -             67        68
cl_in_touch_pct              87           -             93        95
cl_suitable_pct              84           -             86        87
cl_eet_pct                   57           -             58        56
"""


@dataclass(frozen=True)
class Printed:
    """One figure of the summary table: which it is, and the text in its cell."""

    measure: str
    column: str
    text: str

    @property
    def month(self) -> str:
        """The month whose facts hold it."""
        return {"end_of_year": "2021-03", "previous": "2021-10"}.get(self.column, "2021-11")

    @property
    def window(self) -> str:
        """The window it is a figure of."""
        own = "month_end" if self.measure in STOCKS else "month"
        return "year_to_date" if self.column == "year_to_date" else own

    @property
    def key(self) -> str:
        """The key of its fact."""
        return f"{self.measure}/{self.month}/{self.window}"


def _cells() -> tuple[Printed, ...]:
    head, *rows = (line.split() for line in _SUMMARY.strip().splitlines())
    return tuple(Printed(row[0], *cell) for row in rows for cell in zip(head[1:], row[1:], strict=True))


CELLS = _cells()
FIGURES = tuple(cell for cell in CELLS if cell.text != "-")
BLANKS = tuple(cell for cell in CELLS if cell.text == "-")
MEASURES = tuple(dict.fromkeys(cell.measure for cell in CELLS))


def rounded(value: str, as_printed: str) -> str:
    """An exact value at the precision of a printed one, half up."""
    return str(Decimal(value).quantize(Decimal(as_printed), ROUND_HALF_UP))
