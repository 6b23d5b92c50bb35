"""Every month of the invented council has its figures, the year's shape is the published one, and luck changes none."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from command_line import ask
from example_pack import FIGURES, rounded

from scorecard.calendar.periods import Period, months_between
from scorecard.facts.fact import Status
from scorecard.work.views import count
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from scorecard.synthetic.world import World

FIRST, LAST = Period(2019, 4), Period(2022, 5)

NO_CASES_BEFORE = {"eh_hub_72h_pct": Period(2021, 4)}
"""The Early Help hub opened in April 2021; until then its percentage has nothing to be a share of."""

NO_CASES_IN = {
    "adoption_a10_days": {Period(2021, 11)},
    "adoption_a20_days": {Period(2021, 11)},
    "adoption_a2_days": {Period(2021, 1), Period(2021, 11)},
}
"""Months in which no child was adopted, or none with a placement order. Longer windows have some."""

NOUGHT_BEFORE = {
    "eh_hub_contacts_completed": Period(2021, 4),
    "case_supervision_within_1m_pct": Period(2020, 4),
    "case_supervision_within_2m_pct": Period(2020, 4),
    "case_supervision_within_3m_pct": Period(2020, 4),
}
"""The first month of which there are records: the hub's, and of supervision, which was not written down before."""

REFERRALS = {
    2020: (79, 126, 118, 108, 112, 73, 80, 62, 72, 73, 97, 80),
    2021: (93, 70, 136, 209, 82, 212, 186, 308, 236, 240, 232, 304),
}
"""Referrals by month, April to March, as the Department for Education published them."""


@cache
def _counted(demo: Path) -> dict[tuple[str, str, str], tuple[str, float | None]]:
    """Status and value of every whole figure of every month, counted in the newest snapshot in one run."""
    workspace = open_workspace(demo)
    made = count(workspace, workspace.snapshots.all()[-1], months_between(FIRST, LAST))
    rows = made.engine.connection.execute(
        "SELECT indicator, period, \"window\", status, value FROM facts WHERE dimension = 'all'"
    ).fetchall()
    return {(name, period, window): (status, value) for name, period, window, status, value in rows}


def _has_no_cases(measure: str, period: Period, window: str) -> bool:
    """Whether it is stated that a figure has no cases: its hub was not open, or nobody came into it."""
    unopened = measure in NO_CASES_BEFORE and period < NO_CASES_BEFORE[measure]
    return unopened or (window == "month" and period in NO_CASES_IN.get(measure, ()))


def test_every_indicator_built_has_a_figure_in_every_month(demo: Path) -> None:
    found = _counted(demo)
    missing = []
    for measure in open_workspace(demo).registry.measures:
        for month in months_between(FIRST, LAST):
            own = {window: found.get((measure, str(month), window)) for window in ("month", "month_end")}
            statuses = {window: fact[0] for window, fact in own.items() if fact}
            stated = Status.NO_CASES if _has_no_cases(measure, month, next(iter(statuses), "")) else None
            if len(statuses) != 1 or not set(statuses.values()) <= ({stated} if stated else {"final", "mixed"}):
                missing.append((measure, str(month), statuses))
    assert missing == []


def test_every_window_of_every_month_has_its_figure(demo: Path) -> None:
    wanting = [
        key
        for key, (status, _) in _counted(demo).items()
        if status not in {Status.FINAL, Status.MIXED}
        and not (status == Status.NO_CASES and _has_no_cases(key[0], Period.parse(key[1]), key[2]))
    ]
    assert wanting == []


def test_a_figure_is_nought_until_its_records_begin_and_never_after(demo: Path) -> None:
    found = _counted(demo)
    for measure, first in NOUGHT_BEFORE.items():
        for month in months_between(FIRST, LAST):
            [value] = [
                fact[1] for window in ("month", "month_end") if (fact := found.get((measure, str(month), window)))
            ]
            assert (value == 0) == (month < first), (measure, str(month))


def test_months_of_a_flow_add_up_to_its_year_to_date(demo: Path) -> None:
    found = _counted(demo)
    for measure in ("referrals", "assessments_completed", "contacts_received", "cpp_started", "cla_started"):
        for month in months_between(Period(2021, 4), Period(2022, 3)):
            parts = [found[(measure, str(one), "month")][1] or 0 for one in months_between(month.april, month)]
            assert sum(parts) == found[(measure, str(month), "year_to_date")][1]


@pytest.mark.parametrize("year", REFERRALS)
def test_referrals_as_now_known_follow_the_published_months_within_two_in_a_hundred(demo: Path, year: int) -> None:
    months = months_between(Period(year, 4), Period(year + 1, 3))
    for month, published in zip(months, REFERRALS[year], strict=True):
        _, value = _counted(demo)[("referrals", str(month), "month")]
        assert value == pytest.approx(published, rel=0.02), str(month)


@pytest.mark.slow
def test_another_seed_invents_other_children_and_the_same_november(demo: Path, tmp_path: Path) -> None:
    workspace = _lived_again(tmp_path, 2, ["2021-11"])
    _assert_figures(workspace, "2021-11")
    assert len(_births(workspace) & _births(demo)) < len(_births(demo)) / 10, "the same child may be born the same day"
    ours, theirs = (_rows(folder, "referrals/2021-11/month") for folder in (workspace, demo))
    assert [row["event_date"] for row in ours] != [row["event_date"] for row in theirs]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 2021])
def test_any_seed_gives_every_column_of_the_summary_table(tmp_path: Path, seed: int) -> None:
    workspace = _lived_again(tmp_path, seed, ["2021-03", "2021-10", "2021-11"])
    for month in ("2021-03", "2021-10", "2021-11"):
        _assert_figures(workspace, month)


@pytest.mark.slow
def test_a_seed_gives_the_same_records_whenever_it_is_lived(november: Path, tmp_path: Path) -> None:
    _write(_world(1), "2021-11", tmp_path / "again")
    again = {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    assert again == {path.name: path.read_bytes() for path in november.iterdir()}


@cache
def _world(seed: int) -> World:
    from scorecard.synthetic import build  # noqa: PLC0415 - slow to live, wanted by these tests alone

    return build(seed)


def _write(world: World, month: str, folder: Path) -> None:
    from scorecard.synthetic import write_extract  # noqa: PLC0415 - as above

    write_extract(world, Period.parse(month).last_day, folder)


def _lived_again(folder: Path, seed: int, months: list[str]) -> Path:
    """A workspace of the council as another seed draws it, with the demo's settings."""
    workspace = folder / "council"
    ask("new", workspace)
    with (workspace / "scorecard.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[population]]\nfrom = 2018-04-01\npersons = 36110\nsource = "an estimate"\n')
    for month in months:
        _write(_world(seed), month, folder / month)
        ask("take", folder / month, "--as-at", Period.parse(month).last_day, workspace=workspace)
        ask("freeze", month, workspace=workspace)
    return workspace


def _assert_figures(workspace: Path, month: str) -> None:
    rows = ask("facts", month, "--view", "first", "--format", "csv", workspace=workspace).rows
    whole = {(row["indicator"], row["window"]): row["value"] for row in rows if row["dimension"] == "all"}
    for cell in FIGURES:
        if cell.month == month:
            assert rounded(whole[(cell.measure, cell.window)], cell.text) == cell.text, cell.key


def _births(folder: Path) -> set[tuple[object, ...]]:
    workspace = open_workspace(folder)
    snapshot = workspace.snapshots.covering(Period(2021, 11).last_day, Period(2021, 11).last_day)
    assert snapshot is not None
    import duckdb  # noqa: PLC0415 - for this one look

    with duckdb.connect() as connection:
        rows = connection.read_parquet(str(snapshot.file("ssd_person"))).select("pers_person_id", "pers_dob")
        return set(rows.fetchall())


def _rows(folder: Path, key: str) -> list[dict[str, str]]:
    return ask("cases", key, "--format", "csv", workspace=folder).rows
