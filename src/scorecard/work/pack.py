"""Make the pack of a month: facts, targets, comparators and words laid out, and drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorecard.contract.load import load_contract
from scorecard.errors import RefusedError
from scorecard.facts.run import population_on
from scorecard.facts.teams import SERVICE, TEAM
from scorecard.findings.comparator_files import SHIPPED, load_comparators
from scorecard.findings.ties import Ties
from scorecard.pack.commentary_files import load_commentary
from scorecard.pack.context import Beside, Edition, LetStand, OtherDay, PackContext, View
from scorecard.pack.layout import build_document
from scorecard.pack.plan import load_plan, shipped_plan
from scorecard.pack.promise_files import ACTIONS, load_promises
from scorecard.pack.quality import first_words
from scorecard.pack.remark_files import load_remarks
from scorecard.render.formats import Form, render
from scorecard.store.disk import write_whole
from scorecard.store.months import Kind
from scorecard.work.blocking import accepted_of
from scorecard.work.completeness import provisional_counts
from scorecard.work.families import families_of
from scorecard.work.kept import as_kept
from scorecard.work.mending import broken_before, broken_in, kept_broken, volumes_in
from scorecard.work.pack_restated import explained, kept_facts, months_restated, restated_figures
from scorecard.work.parts import facts_of_parts, part_beside, teams_of
from scorecard.work.ties import ties
from scorecard.work.views import facts_for_pack, months_shown, snapshot_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from scorecard.calendar.periods import Period
    from scorecard.definitions.indicator import Dimension
    from scorecard.definitions.registry import Registry
    from scorecard.facts.fact import Facts
    from scorecard.facts.teams import Part, Teams
    from scorecard.pack.document import Document
    from scorecard.pack.plan import PackPlan
    from scorecard.store.months import FrozenMonth
    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace


def make_pack(  # noqa: PLR0913, PLR0917 - what the command line asks for
    workspace: Workspace,
    period: Period,
    view: View,
    folder: Path,
    produced_on: date,
    part: Part | None = None,
    known: date | None = None,
    forms: Sequence[Form] = (Form.HTML,),
    only: Edition = Edition.FULL,
) -> tuple[Path, ...]:
    """Write a month's pack, of the council or of one part of it, in some formats, and say where each file is.

    *Now* may be another day: what was `known` by then.
    """
    name = f"{period}-{view}" + (f"-known-{known}" if known else "")
    if part:
        context, facts = _told_for(workspace, _context(workspace, period, view, produced_on, known), part)
        name += f"-{part.kind}-{part.id}"
    else:
        context, facts = told_from(workspace, period, view, produced_on, known)
    name += f"-{only}" if only is Edition.EXCEPTIONS else ""
    document = build_document(replace(context, only=only), facts)
    made = []
    for form in forms:
        for ending, data in render(document, form, workspace.style).items():
            made.append(folder / f"{name}{ending}")
            write_whole(made[-1], data)
    return tuple(made)


def document_of(
    workspace: Workspace, period: Period, view: View, produced_on: date, known: date | None = None
) -> Document:
    """The council's pack of a month, before it is drawn."""
    return build_document(*told_from(workspace, period, view, produced_on, known))


def told_from(
    workspace: Workspace, period: Period, view: View, produced_on: date, known: date | None = None
) -> tuple[PackContext, Facts]:
    """What the council's pack of a month is laid out from."""
    facts = facts_for_pack(workspace, period, view, known)
    return _with_restated(workspace, _context(workspace, period, view, produced_on, known), facts), facts


def _with_restated(workspace: Workspace, context: PackContext, facts: Facts) -> PackContext:
    """The same with what has changed since it was first reported.

    *First*: what this month's own freeze knew of the earlier ones, so that an issued pack can be made again. *Now*, or
    as known on a day: what the pack shows, this month's figures among them.
    """
    period, months, now = context.period, months_restated(workspace, context.period), facts
    frozen = workspace.months.get(period)
    if context.view is View.FIRST and frozen:
        months = tuple(one for one in months if one.period < period)
        asked = context.asked_known
        now = facts_for_pack(workspace, period, View.NOW, asked) if asked else kept_facts(frozen, months_shown(period))
    found = restated_figures(workspace.registry, months, now, workspace.tolerance)
    return replace(context, restated=explained(workspace, found, context.known, context.plan))


def _told_for(workspace: Workspace, context: PackContext, part: Part) -> tuple[PackContext, Facts]:
    """The same pack of one team or service, with the facts of that part; a team stands beside its service."""
    known = context.asked_known
    teams = teams_of(workspace, context.period, context.view, known)
    title, service = teams.title_of(part), part_beside(teams, part, context.period.last_day)
    found = facts_of_parts(workspace, context.period, [part, service] if service else [part], context.view, known)
    beside = Beside(teams.title_of(service), found[1]) if service else None
    own = replace(context, told_for=title, beside=beside, population=None, ties=Ties(), families={}, provisional={})
    return own, found[0]


def is_of(pack: Path, frozen: FrozenMonth) -> bool:
    """Whether a pack says that it was made of a freeze; one in another form than HTML cannot be asked."""
    return pack.suffix != ".html" or f"{_kept_as(frozen)}." in pack.read_text(encoding="utf-8")


def _kept_as(frozen: FrozenMonth) -> str:
    return f"kept as {frozen.name}"


def refuse_public() -> None:
    """No edition for publication until small numbers are protected throughout it."""
    raise RefusedError(
        "The public edition is not built yet: small numbers need protecting in every table, chart and sentence.",
        remedy="Make the internal pack with --audience internal, and do not publish it.",
    )


def _context(workspace: Workspace, period: Period, view: View, produced_on: date, known: date | None) -> PackContext:
    plan, frozen = plan_of(workspace), workspace.months.get(period) if view is View.FIRST else None
    told_by = as_kept(workspace, frozen) if frozen else workspace
    registry = told_by.registry
    snapshot = workspace.snapshots.get(frozen.snapshot) if frozen else snapshot_for(workspace, period, known)
    newest = snapshot_for(workspace, period, known) if known else snapshot
    return PackContext(
        council=workspace.authority.name,
        period=period,
        as_at=snapshot.as_at,
        produced_on=produced_on,
        plan=plan,
        indicators=registry.indicators,
        dimensions=_named(registry.dimensions, teams_of(workspace, period, view, known)),
        view=view,
        edition=workspace.edition,
        **_settings(workspace),
        families=families_of(workspace, period, view, known),
        marking=workspace.authority.marking,
        contact=workspace.authority.contact,
        notice=workspace.authority.notice,
        snapshot=snapshot.id + (f", {_kept_as(frozen)}" if frozen else ""),
        population=population_on(told_by.populations, period.last_day),
        ties=ties(workspace, period, view, known),
        targets=told_by.targets,
        comparators=load_comparators(SHIPPED, *_own(workspace.folder / "benchmarks")),
        commentary=load_commentary(
            workspace.folder / "commentary" / f"{period}.md", plan.commented, workspace.registry.measures
        ),
        promises=load_promises(workspace.folder / ACTIONS, workspace.registry.measures),
        remarks=load_remarks(workspace.folder / "notes.toml", workspace.registry.measures, plan.topics),
        local_clocks=_local_clocks(registry),
        parameters=registry.rules.parameters,
        broken=_broken(workspace, period, frozen, snapshot),
        volumes=volumes_in(snapshot, period),
        verdicts=workspace.verdicts,
        bounds=told_by.bounds,
        known=newest.as_at,
        asked_known=known,
        revision=_revision(workspace, frozen) if frozen else "",
        provisional=provisional_counts(workspace, period) if frozen else {},
        let_stand=_let_stand(frozen, workspace.registry) if frozen else (),
        other_days=_other_days(snapshot),
    )


def _settings(workspace: Workspace) -> dict[str, Any]:
    """What a council has set of how its figures are judged and set side by side."""
    return {
        "compared_from": workspace.compared_from,
        "judged_from": workspace.judged_from,
        "rated": workspace.rated,
        "baselines": workspace.baselines,
        "end_of_year": workspace.end_of_year,
    }


def _revision(workspace: Workspace, frozen: FrozenMonth) -> str:
    """What a month says of itself that was corrected: which revision it is, who let it stand, and why."""
    if frozen.because.kind is not Kind.REVISION:
        return ""
    approval, why = workspace.months.approval(frozen.period), frozen.because.reason or frozen.because.cause
    by = f", approved by {approval.approved_by}" if approval.approved_by else ""
    return f"{frozen.revision}{by}: {why}"


def _let_stand(frozen: FrozenMonth, registry: Registry) -> tuple[LetStand, ...]:
    return tuple(
        LetStand(f"{one.code.replace('_', ' ')} ({one.count})", one.by, one.because, one.indicators)
        for one in accepted_of(frozen, registry)
    )


def _other_days(snapshot: Snapshot) -> tuple[OtherDay, ...]:
    """The tables with a day of their own, by what each is called."""
    tables = load_contract().tables
    return tuple(
        OtherDay(name, first_words(tables[name].meaning), seal.as_at, seal.out_of_step)
        for name, seal in snapshot.tables.items()
        if seal.as_at and seal.as_at != snapshot.as_at
    )


def _broken(
    workspace: Workspace, period: Period, frozen: FrozenMonth | None, snapshot: Snapshot
) -> dict[Period, dict[str, int]]:
    """How many records broke each rule in each month: as it was frozen, and this one as it is told."""
    before = broken_before(workspace, period)
    own = kept_broken(frozen) if frozen else broken_in(workspace, snapshot)
    return before if own is None else {**before, period: own}


def _named(dimensions: Mapping[str, Dimension], teams: Teams) -> dict[str, Dimension]:
    """The dimensions, with the names and the order of the council's teams and of their services."""
    if TEAM not in dimensions:
        return dict(dimensions)
    team = replace(dimensions[TEAM], members=teams.lines)
    service = replace(team, id=SERVICE, title="Service", members=teams.services)
    return {**dimensions, TEAM: team, SERVICE: service}


def _local_clocks(registry: Registry) -> frozenset[str]:
    """The indicators judged by a time limit that no national guidance sets."""
    local = {name for name, parameter in registry.rules.parameters.items() if parameter.local_standard}
    return frozenset(
        one.id for one in registry.indicators.values() if one.local_standard or local & set(one.parameters)
    )


def plan_of(workspace: Workspace) -> PackPlan:
    """The council's own order of the pack, where it has one."""
    own = workspace.folder / "packs" / f"{workspace.layout}.toml"
    return load_plan(own, workspace.registry) if own.exists() else shipped_plan()


def _own(folder: Path) -> tuple[Path, ...]:
    """The council's own comparators, where it has any."""
    return (folder,) if folder.is_dir() else ()
