"""The workspace's own handbook: where its figures come from, what was settled about them, and who does what when."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.calendar.working_days import working_day_after
from scorecard.contract.layouts.own import LAYOUT
from scorecard.definitions.registry import load_registry
from scorecard.facts.known import in_words
from scorecard.pack.remark_files import load_remarks
from scorecard.words.grammar import day_in_words, plural
from scorecard.work.coverage import Standing, covered_by
from scorecard.work.pack import plan_of
from scorecard.work.sources import reading_of
from scorecard.work.views import known_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from scorecard.store.snapshots import Snapshot
    from scorecard.work.workspace import Workspace

_MONTHS_AHEAD, _MONTHS_BACK = 3, 13
_FREEZE_WITHIN = 10


def about(workspace: Workspace, day: date) -> str:
    """The whole handbook, as Markdown, as it stands on a day."""
    snapshots = workspace.snapshots.all()
    newest = snapshots[-1] if snapshots else None
    parts = (
        _whose(workspace, day),
        _sources(newest),
        _not_known(workspace, newest),
        _mappings(workspace),
        _said_of_the_data(workspace, day),
        _supplied(workspace),
        _notices(workspace, day),
        _own(workspace),
        _teams(workspace, day),
        _calendar(workspace, day),
        _done(workspace, day),
    )
    return "\n".join(line for part in parts for line in (*part, "")).rstrip() + "\n"


def _whose(workspace: Workspace, day: date) -> Iterator[str]:
    authority, used = workspace.authority, [one for one in workspace.populations if one.from_day <= day]
    yield f"# How the scorecard of {authority.name} is made"
    yield ""
    yield f"Written on {day_in_words(day)} by `scorecard about`, from the files of this workspace."
    yield ""
    yield from (f"- {line}" for line in _settings(workspace))
    if used:
        newest = max(used, key=lambda one: one.from_day)
        since = day_in_words(newest.from_day)
        yield f"- Children aged 0 to 17: {newest.persons:,} ({newest.source}), used from {since}."
    else:
        yield "- No population is in use: rates per 10,000 have no value. Add a `[[population]]` to `scorecard.toml`."


def _settings(workspace: Workspace) -> Iterator[str]:
    yield f"Contact: {workspace.authority.contact or 'none is named in `scorecard.toml`'}."
    covers = workspace.covers_from
    said = f"from {day_in_words(covers)}" if covers else "from when is not said (`[records] covers_from`)"
    yield f"The case system holds everything {said}."
    yield f"Order of the pack: `{workspace.layout}`."


def _sources(newest: Snapshot | None) -> Iterator[str]:
    yield "## Where the records come from"
    yield ""
    if newest is None:
        yield "No extract has been taken yet. `scorecard coverage SOURCE` says what one could feed."
        return
    yield f"The newest extract is {newest.id}, as at {day_in_words(newest.as_at)}, from {newest.source}."
    yield ""
    own = sum(one["layout"] == LAYOUT for one in newest.files)
    if own:
        yield f"{own} of its files and sheets are tables of the contract, under its own names."
        yield ""
    others = [one for one in newest.files if one["layout"] != LAYOUT]
    yield from _table(
        ("file or sheet", "taken for", "why"),
        [(one["label"], f"{one['report']} ({one['layout']})", one["why"]) for one in others],
    )
    begins = [(name, seal) for name, seal in newest.tables.items() if seal.known_from or seal.as_at]
    yield from _table(
        ("table", "holds everything from", "speaks up to"),
        [
            (name, _day(seal.known_from, "the beginning"), _day(seal.as_at, "the extract's day"))
            for name, seal in sorted(begins)
        ],
    )
    if newest.findings:
        counts = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(newest.findings.items()))
        yield f"Found when it was read, by kind: {counts}."


def _not_known(workspace: Workspace, newest: Snapshot | None) -> Iterator[str]:
    yield "## What cannot be known from them"
    yield ""
    if newest is None:
        yield "Nothing can be said before an extract is taken."
        return
    figures = covered_by(known_of(newest), workspace.registry, newest.as_at).values()
    lacking = [one for one in figures if one.standing is Standing.LACKS]
    yield f"{len(figures) - len(lacking)} of {len(figures)} figures are fed."
    waiting = Counter(need for one in lacking for need in one.lacking)
    if waiting:
        yield ""
        yield from _table(
            ("lacking", "figures that wait for it"),
            [(in_words([need]), count) for need, count in waiting.most_common()],
        )


def _mappings(workspace: Workspace) -> Iterator[str]:
    yield "## Reports of our own, and how they are mapped"
    yield ""
    how = reading_of(workspace.folder)
    if not how.mappings:
        yield "There are no mapping files: `mappings/` is empty."
    for one in how.mappings:
        tables = ", ".join(dict.fromkeys(f"`{table.into}`" for table in one.tables))
        remarks = [
            *([one.about] if one.about else []),
            *(_comments(one.path.read_text(encoding="utf-8")) if one.path else []),
        ]
        yield f"- **{one.report}** (`mappings/{one.id}.toml`) feeds {tables}. {' '.join(remarks)}".rstrip()
    for table, layouts in sorted(how.precedence.items()):
        yield f"- `{table}` is taken from {', then '.join(layouts)} (`sources.toml`)."


def _comments(text: str) -> list[str]:
    """What stands as remarks at the head of a file."""
    lines = [line.strip() for line in text.splitlines()]
    head = next((place for place, line in enumerate(lines) if line and not line.startswith("#")), len(lines))
    return [line.lstrip("# ") for line in lines[:head] if line.lstrip("# ")]


def _said_of_the_data(workspace: Workspace, day: date) -> Iterator[str]:
    yield "## What owners say of the data"
    yield ""
    verdicts = workspace.verdicts
    for one in verdicts.overrides:
        until = f" to {one.last.label}" if one.last else ""
        names = ", ".join(f"`{name}`" for name in sorted(one.measures))
        yield f"- {names}, from {one.first.label}{until}: graded {one.grade} by {one.by}. {one.note}"
    for accepted in verdicts.accepted:
        over = "" if day <= accepted.until else " **This has run out.**"
        said = f"accepted by {accepted.by} until {day_in_words(accepted.until)}: {accepted.because}{over}"
        yield f"- The warning `{accepted.rule}` is {said}"
    if not verdicts.overrides and not verdicts.accepted:
        yield "No grade was overridden, and no warning accepted (`quality.toml`)."


def _supplied(workspace: Workspace) -> Iterator[str]:
    yield "## Totals that are supplied"
    yield ""
    if not workspace.suppliers:
        yield "Nobody supplies totals (`suppliers.toml`)."
    latest = {one.given.supplier: one.given for one in workspace.supplies.all()}
    titles = {name: measure.title for name, measure in workspace.registry.measures.items()}
    for supplier in workspace.suppliers.values():
        names = "; ".join(dict.fromkeys(titles.get(cell.measure, cell.measure) for cell in supplier.cells))
        given = latest.get(supplier.id)
        last = (
            f"Last given for {given.period.label} by {given.given_by} on {day_in_words(given.given_on)}."
            if given
            else "Nothing has been given yet."
        )
        yield f"- **{supplier.title}**: {names}. {last}"


def _notices(workspace: Workspace, day: date) -> Iterator[str]:
    yield "## Open notices"
    yield ""
    topics = plan_of(workspace).topics
    notices = load_remarks(workspace.folder / "notes.toml", workspace.registry.measures, topics).notices
    for one in notices:
        late = " **It should have been looked at again.**" if one.review_by < day else ""
        about_what = ", ".join(f"`{name}`" for name in (*one.topics, *one.measures))
        yield (
            f"- {one.kind.words}, on {about_what}: {one.text} ({one.owner}; since {day_in_words(one.since)}, to be"
            f" reviewed by {day_in_words(one.review_by)}).{late}"
        )
    if not notices:
        yield "None (`notes.toml`)."


def _own(workspace: Workspace) -> Iterator[str]:
    yield "## Definitions and standards of our own"
    yield ""
    folder, registry, library = workspace.folder.resolve(), workspace.registry, load_registry()
    lines = [
        f"- `{one.id}`, {one.title}"
        + (f": in place of the library's, because {one.reason}" if one.id in library.indicators else "")
        for one in registry.indicators.values()
        if Path(one.place.path).resolve().is_relative_to(folder)
    ]
    lines += [
        f"- the breakdown `{one.id}`, {one.title}"
        for one in registry.dimensions.values()
        if Path(one.place.path).resolve().is_relative_to(folder)
    ]
    for name, parameter in registry.rules.parameters.items():
        changed = [one for one in parameter.values if one.reason]
        lines += [
            f"- {parameter.title} (`{name}`): {one.value:g} {parameter.unit} from {day_in_words(one.from_day)}."
            f" {one.reason}"
            for one in changed
        ]
    yield from lines or ["Every definition and every standard is the library's."]


def _teams(workspace: Workspace, day: date) -> Iterator[str]:
    yield "## Teams"
    yield ""
    if workspace.teams is None:
        yield "The teams are those the records list (there is no `teams.csv`)."
        return
    since = Period.holding(day).back(_MONTHS_BACK).first_day
    changes = [(team.from_day, f"{team.name} (`{team.id}`) begins") for team in workspace.teams.rows if team.from_day]
    changes += [(team.to_day, f"{team.name} (`{team.id}`) ends") for team in workspace.teams.rows if team.to_day]
    recent = sorted((when, what) for when, what in changes if when >= since)
    yield f"`teams.csv` tells {len(workspace.teams.lines)} teams and {len(workspace.teams.services)} services."
    yield ""
    yield from [f"- {day_in_words(when)}: {what}." for when, what in recent] or ["None has begun or ended lately."]


def _calendar(workspace: Workspace, day: date) -> Iterator[str]:
    yield "## The months ahead"
    yield ""
    months = [Period.holding(day).back(1 - step) for step in range(_MONTHS_AHEAD + 1)]
    rows = []
    for month in months:
        frozen = workspace.months.get(month)
        first, by = (working_day_after(month.last_day, days, workspace.holidays) for days in (1, _FREEZE_WITHIN))
        if day <= month.last_day or not frozen:
            rows.append((month.label, day_in_words(month.last_day), _day(first, "-"), _day(by, "-")))
    yield from _table(("month", "ends", "first working day after", "tenth working day after"), rows)
    yield "Take the extract on the first working day after the month; freeze it once the services have looked at it."


def _done(workspace: Workspace, day: date) -> Iterator[str]:
    yield "## Who did what last"
    yield ""
    since = Period.holding(day).back(1).first_day.isoformat()
    steps = [step for step in workspace.store.ledger.all() if step.by.at >= since]
    yield from _table(
        ("when", "what", "of what", "by"),
        [(step.by.at[:16].replace("T", " "), step.act, step.to, step.by.person or "nobody named") for step in steps],
    )
    frozen = workspace.months.all()
    if frozen:
        last = frozen[-1]
        yield f"Last frozen: {last.period.label}, revision {last.revision}, from {last.snapshot}."
    if not steps:
        count = len(frozen)
        yield f"Nothing is written in the ledger since {since}; {count} {plural(count, 'month')} are frozen."


def _day(day: date | None, otherwise: str) -> str:
    return day_in_words(day) if day else otherwise


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table of Markdown and an empty line; nothing where there are no rows."""
    lines = [heads, ["---"] * len(heads), *rows]
    if len(lines) > len(("heads", "rule")):
        for cells in lines:
            yield "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
        yield ""
