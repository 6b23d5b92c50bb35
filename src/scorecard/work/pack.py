"""Make the pack of a month: facts, targets, comparators and words laid out, and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.errors import RefusedError
from scorecard.facts.run import population_on
from scorecard.findings.comparator_files import SHIPPED, load_comparators
from scorecard.pack.commentary import load_commentary
from scorecard.pack.context import PackContext, View
from scorecard.pack.layout import build_document
from scorecard.pack.plan import load_plan, shipped_plan
from scorecard.render.html import render_html
from scorecard.store.disk import write_whole
from scorecard.work.kept import as_kept
from scorecard.work.views import facts_for_pack, snapshot_for

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.pack.plan import PackPlan
    from scorecard.work.workspace import Workspace


def make_pack(workspace: Workspace, period: Period, view: View, folder: Path, produced_on: date) -> Path:
    """Write a month's pack as one HTML file, and say where it is."""
    context = _context(workspace, period, view, produced_on)
    document = build_document(context, facts_for_pack(workspace, period, view))
    path = folder / f"{period}-{view}.html"
    write_whole(path, render_html(document).encode("utf-8"))
    return path


def refuse_public() -> None:
    """No edition for publication until small numbers are protected throughout it."""
    raise RefusedError(
        "The public edition is not built yet: small numbers need protecting in every table, chart and sentence.",
        remedy="Make the internal pack with --audience internal, and do not publish it.",
    )


def _context(workspace: Workspace, period: Period, view: View, produced_on: date) -> PackContext:
    plan, frozen = _plan(workspace), workspace.months.get(period) if view is View.FIRST else None
    told_by = as_kept(workspace, frozen) if frozen else workspace
    registry = told_by.registry
    snapshot = workspace.snapshots.get(frozen.snapshot) if frozen else snapshot_for(workspace, period)
    return PackContext(
        council=workspace.authority.name,
        period=period,
        as_at=snapshot.as_at,
        produced_on=produced_on,
        plan=plan,
        indicators=registry.indicators,
        dimensions=registry.dimensions,
        view=view,
        edition=workspace.edition,
        marking=workspace.authority.marking,
        contact=workspace.authority.contact,
        notice=workspace.authority.notice,
        snapshot=snapshot.id,
        population=population_on(told_by.populations, period.last_day),
        targets=told_by.targets,
        comparators=load_comparators(SHIPPED, *_own(workspace.folder / "benchmarks")),
        commentary=load_commentary(workspace.folder / "commentary" / f"{period}.md", plan.commented),
    )


def _plan(workspace: Workspace) -> PackPlan:
    """The council's own order of the pack, where it has one."""
    own = workspace.folder / "packs" / f"{workspace.layout}.toml"
    return load_plan(own) if own.exists() else shipped_plan()


def _own(folder: Path) -> tuple[Path, ...]:
    """The council's own comparators, where it has any."""
    return (folder,) if folder.is_dir() else ()
