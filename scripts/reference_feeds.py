"""The page that says of every figure which layout of the sector can feed it, by the same judgement as `coverage`."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import reference_markdown as markdown

from scorecard.contract.layouts.annex_a import ANNEX_A
from scorecard.contract.layouts.annex_a_history import LISTED
from scorecard.contract.layouts.holdings import holdings
from scorecard.contract.layouts.shipped import SHIPPED
from scorecard.contract.load import load_contract
from scorecard.definitions.registry import load_registry
from scorecard.facts.known import Held, Known
from scorecard.work.coverage import Standing, covered_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.work.coverage import Covered

AS_AT = date(2021, 11, 30)
_STANDARD = "ssd_"
_KEPT = "Ofsted Annex A, kept for years"
_SHORT = {Standing.FED: "yes", Standing.CAUTION: "caution", Standing.UNRELIABLE: "not reliable", Standing.LACKS: "-"}
_HEAD = f"""# What each layout feeds

Of every figure, whether the reports of a layout can feed it when each of them is there, with every column the layout
knows. It is what [`scorecard coverage`](../how-to/see-what-a-source-feeds.md) says of a source, without a source: the
columns of the mapping files and what is drawn from them, beside what each definition needs. A test exports the invented
council's records in these layouts, reads them back and compares every figure.

*Yes*: the figure is that of the contract's own tables. *Caution*: it stands, and something is to be minded. *Not
reliable*: it asks for more history than the layout has, and is printed without judgement. *-*: it cannot be known, and
is not printed at all. *Month* beside it: so it is of the month; the year to date asks for extracts kept since April.

The Standard Safeguarding Dataset stands for its own tables with every column (`{_STANDARD}…`), without those this
contract adds (`ssdx_…`); the returns and the census for those of every year a figure asks about. All of it together,
and `ssdx_…` tables from reports of your own, feed every figure."""


def page() -> str:
    """The whole page."""
    found = fed_by_layout()
    return markdown.document(
        _HEAD,
        markdown.table(("layout", *_SHORT.values()), _totals(found)),
        "## By figure",
        *_figures(found),
        "## Why not",
        *(part for title, figures in found.items() for part in _why(title, figures)),
    )


def fed_by_layout() -> dict[str, dict[str, Covered]]:
    """By the title of each layout, what it can do for each measure."""
    registry = load_registry()
    return {title: covered_by(known, registry, AS_AT) for title, known in _layouts().items()}


def _layouts() -> dict[str, Known]:
    """What each layout holds at most, as at a day; Annex A also where every month's has been kept."""
    tables = load_contract().tables
    found = {"Standard Safeguarding Dataset": Known({name: Held() for name in tables if name.startswith(_STANDARD)})}
    for layout in SHIPPED:
        held = {
            table: Held(
                frozenset[str]().union(*(one.columns for one in files)),
                max((one.known_from for one in files if one.known_from), default=None),
            )
            for table, files in holdings(layout, AS_AT).items()
        }
        found[layout.title] = Known(held)
        if layout is ANNEX_A:
            found[_KEPT] = Known(
                {name: Held(one.columns, None if name in LISTED else one.known_from) for name, one in held.items()}
            )
    return found


def _totals(found: Mapping[str, Mapping[str, Covered]]) -> Iterator[tuple[object, ...]]:
    for title, figures in found.items():
        yield title, *(sum(one.standing is standing for one in figures.values()) for standing in _SHORT)


def _figures(found: Mapping[str, Mapping[str, Covered]]) -> Iterator[str]:
    first = next(iter(found.values()))
    for section, of_it in groupby(first.values(), key=lambda one: one.section):
        yield f"### {section}"
        rows = [(one.measure.title, *(_cell(figures[one.measure.id]) for figures in found.values())) for one in of_it]
        yield markdown.table(("figure", *found), rows)


def _cell(one: Covered) -> str:
    return _SHORT[one.standing] + (", month" if one.year_needs else "")


def _why(title: str, figures: Mapping[str, Covered]) -> Iterator[str]:
    """By each reason the figures it concerns."""
    reasons = dict[tuple[Standing, str], list[str]]()
    for one in figures.values():
        if one.why:
            reasons.setdefault((one.standing, " ".join(one.why)), []).append(one.measure.title)
    yield f"### {title}"
    ordered = sorted(reasons.items(), key=lambda each: (list(Standing).index(each[0][0]), each[1]))
    rows = [(_SHORT[standing], why, "; ".join(titles)) for (standing, why), titles in ordered]
    yield markdown.table(("", "why", "figures"), rows) if rows else "Nothing is lacking."
