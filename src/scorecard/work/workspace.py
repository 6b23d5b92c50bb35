"""A workspace: the folder of one authority, and what its `scorecard.toml` says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scorecard.benchmarks.groups import NOBODY_ELSE, ComparedWith, JudgedBy
from scorecard.calendar.working_days import bank_holidays_with, shipped_bank_holidays
from scorecard.contract.load import load_contract
from scorecard.contract.rules import rules_of
from scorecard.definitions.registry import load_registry
from scorecard.errors import WorkspaceError, raise_together
from scorecard.facts.run import DEFAULT_BOUNDS, Bounds, Population
from scorecard.facts.suppliers import load_suppliers
from scorecard.facts.teams_file import read_teams
from scorecard.facts.verdicts import Verdicts, load_verdicts
from scorecard.findings.baseline_files import FILE as BASELINES
from scorecard.findings.baseline_files import load_baselines
from scorecard.findings.restated import TOLERANCE, Tolerance
from scorecard.findings.targets import Targets, load_targets
from scorecard.pack.context import COMPARED_FROM, JUDGED_FROM, EndOfYear
from scorecard.render.style import DEFAULT as DEFAULT_STYLE
from scorecard.render.style import Style
from scorecard.render.style_files import style_of
from scorecard.store.by import NOBODY, By
from scorecard.store.store import Store
from scorecard.toml_files import Table, TomlFile, day, flag, number, one_of, text, whole_number, whole_number_between

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorecard.calendar.working_days import BankHolidays
    from scorecard.definitions.registry import Registry
    from scorecard.facts.suppliers import Supplier
    from scorecard.facts.teams import Teams
    from scorecard.findings.baselines import Baselines
    from scorecard.store.months import Months
    from scorecard.store.rules import KeptRules
    from scorecard.store.snapshots import Snapshots
    from scorecard.store.supplied import Supplies

SETTINGS = "scorecard.toml"

FEWEST_MONTHS_KEPT, MONTHS_KEPT, MOST_MONTHS_KEPT = 13, 24, 36
"""How long records may be kept, and are unless a council says otherwise; a pack shows thirteen months."""

COMMENTARY_DUE = 10
"""How many days after a month's end the services' words are due, unless a council says otherwise."""


@dataclass(frozen=True)
class Authority:
    """Whose scorecard it is, and what stands on every page."""

    name: str
    contact: str
    marking: str
    notice: str


@dataclass(frozen=True)
class Workspace:
    """One authority's folder."""

    folder: Path
    authority: Authority
    populations: tuple[Population, ...]
    covers_from: date | None
    layout: str
    edition: str
    end_of_year: EndOfYear = EndOfYear.MARCH_FIRST_REPORTED
    compared_from: int = COMPARED_FROM
    judged_from: int = JUDGED_FROM
    rated: bool = False
    bounds: Bounds = DEFAULT_BOUNDS
    tolerance: Tolerance = TOLERANCE
    keep_months: int = MONTHS_KEPT
    commentary_due: int = COMMENTARY_DUE
    style: Style = DEFAULT_STYLE
    compared_with: ComparedWith = NOBODY_ELSE
    by: By = NOBODY

    @cached_property
    def registry(self) -> Registry:
        """The library's definitions with this council's own."""
        return load_registry(self.folder)

    @cached_property
    def targets(self) -> Targets:
        """This council's dated targets."""
        path = self.folder / "targets.toml"
        return load_targets(path, self.registry.measures) if path.exists() else Targets()

    @cached_property
    def baselines(self) -> Baselines:
        """From which months this council has said that limits are made, and why."""
        return load_baselines(self.folder / BASELINES, self.registry.measures)

    @cached_property
    def suppliers(self) -> dict[str, Supplier]:
        """Who gives this council the totals it has no records for."""
        path = self.folder / "suppliers.toml"
        return load_suppliers(path, self.registry) if path.exists() else {}

    @cached_property
    def verdicts(self) -> Verdicts:
        """What this council says of its own data."""
        path, named = self.folder / "quality.toml", dict[str, tuple[str, ...]]()
        if not path.exists():
            return Verdicts()
        for one in self.registry.indicators.values():
            named |= {one.id: tuple(measure.id for measure in one.measures)}
            named |= {measure.id: (measure.id,) for measure in one.measures if measure.id != one.id}
        return load_verdicts(path, named, [rule.id for rule in rules_of(load_contract())])

    @cached_property
    def teams(self) -> Teams | None:
        """This council's teams over time, where it tells them; else the records list those there are."""
        path = self.folder / "teams.csv"
        return read_teams(path) if path.exists() else None

    @cached_property
    def holidays(self) -> BankHolidays:
        """England's bank holidays, with this council's own file where it has one."""
        path = self.folder / "bank_holidays.csv"
        return bank_holidays_with(path) if path.exists() else shipped_bank_holidays()

    @property
    def store(self) -> Store:
        """What it keeps, and who writes into it."""
        return Store(self.folder / "store", self.by)

    @property
    def snapshots(self) -> Snapshots:
        """The extracts it has taken."""
        return self.store.snapshots

    @property
    def supplies(self) -> Supplies:
        """The totals that were supplied to it."""
        return self.store.supplies

    @property
    def rules(self) -> KeptRules:
        """The texts of rules its frozen months were counted by."""
        return self.store.rules

    @property
    def months(self) -> Months:
        """The months it has frozen."""
        return self.store.months


def open_workspace(folder: Path, by: By = NOBODY) -> Workspace:
    """Read a workspace's settings; a `WorkspaceError` says what is missing and how to begin one.

    `by` is who writes into it, where anybody does.
    """
    path = folder / SETTINGS
    if not path.exists():
        raise WorkspaceError(
            f"{folder} is no workspace: it has no {SETTINGS}.",
            remedy="Name one with --workspace DIR, or begin one with `scorecard new DIR` or `scorecard demo`.",
        )
    return replace(read_settings(folder, path), by=by)


def read_settings(folder: Path, path: Path, *, strict: bool = True) -> Workspace:
    """A workspace by the settings of one file; what nobody reads is passed over where the reading is not `strict`."""
    file = TomlFile(path, WorkspaceError)
    raise_together(file.faults(_FORM, strict=strict))
    return _workspace(folder, file.data)


_FORM = Table(
    "the file",
    {
        "authority": Table(
            "[authority]",
            {"name": text(required=True), **{name: text() for name in ("contact", "marking", "notice")}},
            required=True,
        ),
        "records": Table(
            "[records]",
            {"covers_from": day(), "keep_months": whole_number_between(FEWEST_MONTHS_KEPT, MOST_MONTHS_KEPT)},
        ),
        "quality": Table(
            "[quality]", {name: number() for name in ("caution_above_percent", "unreliable_above_percent")}
        ),
        "restated": Table(
            "[restated]", {name: number() for name in ("count_above", "percent_points_above", "rate_above")}
        ),
        "pack": Table(
            "[pack]",
            {
                "layout": text(),
                "edition": text(),
                "end_of_year": one_of("meaning of the end of the year", EndOfYear),
                "compare_teams_from": whole_number(COMPARED_FROM),
                "judge_from": whole_number(JUDGED_FROM),
                "red_amber_green": flag(),
            },
        ),
        "style": Table("[style]", {name: text() for name in ("logo", "logo_words", "accent", "office_font")}),
        "benchmarks": Table(
            "[benchmarks]",
            {
                **{name: text() for name in ("council", "neighbours", "judgements")},
                "judged_by": one_of("judgement", JudgedBy),
                "good_or_better": flag(),
            },
        ),
        "commentary": Table("[commentary]", {"due_days_after_month_end": whole_number(COMMENTARY_DUE)}),
        "population": Table(
            "a population",
            {"from": day(required=True), "persons": whole_number(36110, required=True), "source": text(required=True)},
            many=True,
        ),
    },
    is_frame=True,
)


def _workspace(folder: Path, settings: dict[str, Any]) -> Workspace:
    authority, pack = settings["authority"], settings.get("pack", {})
    return Workspace(
        folder=folder,
        authority=Authority(
            name=authority["name"],
            contact=authority.get("contact", ""),
            marking=authority.get("marking", "OFFICIAL-SENSITIVE"),
            notice=authority.get("notice", ""),
        ),
        populations=tuple(
            Population(one["from"], one["persons"], one["source"]) for one in settings.get("population", ())
        ),
        covers_from=settings.get("records", {}).get("covers_from"),
        layout=pack.get("layout", "scorecard"),
        edition=pack.get("edition", "Internal"),
        end_of_year=EndOfYear(pack.get("end_of_year", EndOfYear.MARCH_FIRST_REPORTED)),
        compared_from=pack.get("compare_teams_from", COMPARED_FROM),
        judged_from=pack.get("judge_from", JUDGED_FROM),
        rated=pack.get("red_amber_green", False),
        bounds=_bounds(settings.get("quality", {})),
        tolerance=_tolerance(settings.get("restated", {})),
        keep_months=settings.get("records", {}).get("keep_months", MONTHS_KEPT),
        style=style_of(settings.get("style", {}), folder, folder / "scorecard.toml"),
        compared_with=_compared_with(settings.get("benchmarks", {}), folder),
        commentary_due=settings.get("commentary", {}).get("due_days_after_month_end", COMMENTARY_DUE),
    )


def _bounds(quality: dict[str, Any]) -> Bounds:
    """Shares as they are counted, from percentages as they are written."""
    given = {key.partition("_")[0]: float(percent) / 100 for key, percent in quality.items()}
    return replace(DEFAULT_BOUNDS, **given)


def _tolerance(restated: dict[str, Any]) -> Tolerance:
    given = {key.removesuffix("_above"): float(bound) for key, bound in restated.items()}
    return replace(TOLERANCE, **given)


def _compared_with(benchmarks: dict[str, Any], folder: Path) -> ComparedWith:
    files = {name: folder / benchmarks[name] for name in ("neighbours", "judgements") if name in benchmarks}
    return ComparedWith(
        council=benchmarks.get("council", ""),
        judged_by=JudgedBy(benchmarks.get("judged_by", JudgedBy.OVERALL)),
        or_better=benchmarks.get("good_or_better", False),
        **files,
    )
