"""The published files that are kept beside the project for its tests, and not shipped."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.benchmarks.compared import Council, comparators_of
from scorecard.benchmarks.groups import read_judgements, read_neighbours
from scorecard.benchmarks.published import is_published, table_of, values_of
from scorecard.benchmarks.series import published_series

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scorecard.findings.comparators import Comparator

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "data" / "reference"
NEIGHBOURS = {
    2021: REFERENCE / "statistical_neighbours" / "New_Statistical_Neighbour_Groupings_April_2021.csv",
    2025: REFERENCE / "statistical_neighbours" / "sn_model_2025_wide.csv",
}
JUDGEMENTS = REFERENCE / "ofsted" / "ofsted_judgements_long.csv"


@cache
def council(year: int = 2021) -> Council:
    """The council of the example pack, which publishes under its own name."""
    near = read_neighbours(NEIGHBOURS[year])["884"]
    return Council("884", "Herefordshire, County of", "E12000005", near, read_judgements(JUDGEMENTS))


def made_of(folder: str, published: date, like: str = "*.csv*") -> Iterator[Comparator]:
    """What the tables of a release give that council to compare with."""
    for path in sorted((REFERENCE / folder).glob(like)):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        table = table_of(path.name, data.decode("utf-8-sig"))
        if is_published(table.columns):
            for series in published_series():
                if series.fits(table.columns):
                    yield from comparators_of(series, values_of(series, table, path), council(), published)
