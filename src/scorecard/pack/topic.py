"""One topic: figures printed large, sentences, the service's words, charts, tables, comparators, definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.definitions.indicator import Unit
from scorecard.facts.cases import CROSSED
from scorecard.facts.fact import FactKey
from scorecard.findings.printing import (
    denominator_number,
    exact_value,
    numerator_number,
    share_number,
    value_number,
)
from scorecard.findings.sentences import in_its_words, sentences
from scorecard.pack.breakdowns import breakdown_table
from scorecard.pack.breaks import breaks_of
from scorecard.pack.charts import Panels
from scorecard.pack.desk import Desk, cautions
from scorecard.pack.document import (
    Bullets,
    CallOut,
    CallOuts,
    Definition,
    Details,
    Note,
    Notice,
    Part,
    Section,
)
from scorecard.pack.drawings import drawing
from scorecard.pack.let_stand import let_stand, out_of_step
from scorecard.pack.month_charts import chart_of
from scorecard.pack.next_month import next_month
from scorecard.pack.plan import PartKind
from scorecard.pack.prose import prose
from scorecard.pack.provisional import provisional_notes
from scorecard.pack.published import published
from scorecard.pack.quality_notes import quality_notes
from scorecard.pack.restated import restated_notes
from scorecard.pack.rules_changed import rule_notes
from scorecard.pack.spoken import spoken
from scorecard.pack.summary import status_of
from scorecard.pack.supplied import supplied_notes
from scorecard.pack.tables import chart_table, figures_table
from scorecard.pack.ties import ties_of
from scorecard.pack.variation import limits_of
from scorecard.pack.what_changed import review_due
from scorecard.words.grammar import day_in_words, joined, plural, printed_day
from scorecard.words.numbers import counted
from scorecard.words.phrase import Label, Number, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorecard.definitions.indicator import Indicator
    from scorecard.findings.finding import Reading
    from scorecard.pack.charts import Chart
    from scorecard.pack.plan import BreakdownPlan, TopicPlan
    from scorecard.pack.remarks import StandingNotice
    from scorecard.words.phrase import Phrase


def topic_section(desk: Desk, plan: TopicPlan) -> Section:
    """A topic with all its parts; where it has no figures yet, a note says so."""
    readings = desk.told(plan.measures)
    if not readings:
        said = spoken(desk, plan) if desk.context.commentary.speaks_on(plan.id) else ()
        return Section(plan.id, plan.title, (*_notices(desk, plan), Note(_why_none(desk, plan)), *said), kind="topic")
    if desk.context.told_for and not _has_cases(readings):
        none = (Label(desk.context.told_for), " has no cases of this.")
        return Section(plan.id, plan.title, (*_notices(desk, plan), Note(none)), kind="topic")
    makers: dict[PartKind, Callable[[], tuple[Part, ...]]] = {
        PartKind.CALL_OUTS: lambda: _call_outs(desk, plan),
        PartKind.NOTICES: lambda: _notices(desk, plan),
        PartKind.PERFORMANCE: lambda: (
            *_performance_summary(desk, plan, readings),
            *supplied_notes(readings),
            *quality_notes(readings),
            *rule_notes(desk, readings),
            *restated_notes(desk, plan),
            *provisional_notes(desk, readings),
        ),
        PartKind.WORDS: lambda: spoken(desk, plan),
        PartKind.CHARTS: lambda: (*_charts(desk, plan), *_drawings(desk, plan)),
        PartKind.FIGURES: lambda: (figures_table(desk, plan.id, readings), *_absent(desk, plan)),
        PartKind.LIMITS: lambda: limits_of(desk, plan.id, readings),
        PartKind.TIES: lambda: ties_of(desk, plan),
        PartKind.BREAKDOWNS: lambda: _breakdowns(desk, plan),
        PartKind.PUBLISHED: lambda: published(desk, plan, readings),
        PartKind.DEFINITIONS: lambda: _definitions(desk, readings),
    }
    parts = tuple(part for kind in plan.parts for part in makers[kind]())
    return Section(plan.id, plan.title, parts, kind="topic")


def _has_cases(readings: tuple[Reading, ...]) -> bool:
    """Whether anything was counted, or could have been, in any of the months shown."""
    return any(fact and (fact.numerator or fact.denominator) for reading in readings for fact in reading.trend)


def _why_none(desk: Desk, plan: TopicPlan) -> Phrase:
    """Why a topic has no figures: it is counted no longer, or the records do not hold it."""
    last = [desk.ended(name) for name in plan.measures if name in desk.measures]
    if last and all(last):
        return ("This part of the scorecard ended on ", printed_day(max(day for day in last if day)), ".")
    if why := desk.why_unknown(plan.measures):
        return ("There are no figures for this part of the scorecard. ", " ".join(why))
    return ("There are no figures for this part of the scorecard: the records at hand do not hold them.",)


def _notices(desk: Desk, plan: TopicPlan) -> tuple[Part, ...]:
    """What must be known before reading on, who answers for it, and when it is looked at again."""
    day = desk.context.as_at
    standing = tuple(
        Notice(f"{one.kind.words}.", _notice_words(one, late=one.review_by < day))
        for one in desk.remarks.begun(day)
        if one.concerns(plan.id, plan.measures)
    )
    return (*standing, *let_stand(desk, plan), *out_of_step(desk, plan))


def _notice_words(notice: StandingNotice, *, late: bool) -> Phrase:
    since: Phrase = (" Since ", printed_day(notice.since), "; ")
    if late:
        return (notice.text, *since[:2], ". ", *review_due(notice))
    return (notice.text, *since, "to be reviewed by ", printed_day(notice.review_by), f" ({notice.owner}).")


def _call_outs(desk: Desk, plan: TopicPlan) -> tuple[Part, ...]:
    items = tuple(_call_out(reading) for reading in desk.told(plan.call_outs) if reading.now)
    return (CallOuts(items),) if items else ()


def _call_out(reading: Reading) -> CallOut:
    now, measure = reading.now, reading.measure
    big: Phrase = () if now is None else (value_number(now, measure),)
    caution = "" if now is None else " ".join(cautions(now))
    return CallOut(measure.title, big, _meaning(reading), status_of(reading), caution)


def _meaning(reading: Reading) -> Phrase:
    now, day = reading.now, reading.looked_at
    if now is None or now.denominator is None:
        if day:
            return ("on ", printed_day(day))
        return (Label("at the end of the month" if reading.is_stock else "in the month"),)
    if reading.measure.unit is Unit.RATE_PER_10000:
        return (Label("for every 10,000 children"),)
    if reading.measure.unit is not Unit.PERCENT and not reading.measure.in_words:
        return ()
    if reading.measure.in_words:
        words = in_its_words(reading.measure, now)
    else:
        words = (numerator_number(now), " of ", denominator_number(now))
    if day:
        return (*words, ", on ", printed_day(day))
    return (*words, " in the last twelve months") if reading.is_of_a_year else words


def _performance_summary(desk: Desk, plan: TopicPlan, readings: tuple[Reading, ...]) -> tuple[Part, ...]:
    parts = _parts_said(desk, readings[0], plan.said_parts) if plan.said_parts else ()
    said = tuple(_one_item(reading, desk) for reading in (readings[1:] if parts else readings))
    items = (*parts, *(item for item in said if item), *next_month(desk, plan.next_month))
    return (Bullets(items, "Performance Summary", kind="performance"),) if items else ()


def _parts_said(desk: Desk, reading: Reading, dimension: str) -> tuple[Phrase, ...]:
    """The share of each part that counts anything, the largest first."""
    parts = desk.parts(FactKey(reading.measure.id, reading.period, reading.window), dimension)
    whole, labels = exact_value(reading.now), desk.members(dimension, parts)
    largest = sorted(parts.items(), key=lambda held: -(held[1].value or 0))
    return tuple(
        (Label(labels[code]), ": ", share_number(part, whole), " (", value_number(part, reading.measure), ")")
        for code, part in largest
        if part.value
    )


def _one_item(reading: Reading, desk: Desk) -> Phrase:
    pieces: list[Phrase] = [*sentences(reading, desk.context.wording), *_families(reading, desk)]
    return tuple(piece for place, phrase in enumerate(pieces) for piece in ((" ", *phrase) if place else phrase))


def _families(reading: Reading, desk: Desk) -> tuple[Phrase, ...]:
    """Of a small figure, how many children it counts and in how many families, where the records link them."""
    held = desk.context.families.get(reading.now.key) if reading.now else None
    if reading.now is None or held is None:
        return ()
    children = Number(counted(held.children), f"{reading.now.key}#children", Source.FINDING)
    families = Number(counted(held.families), f"{reading.now.key}#families", Source.FINDING)
    of = plural(held.children, "child", "children"), plural(held.families, "family", "families")
    return (("Counted: ", children, f" {of[0]} in ", families, f" {of[1]}."),)


def _charts(desk: Desk, plan: TopicPlan) -> tuple[Part, ...]:
    told, held = desk.told(plan.charts), desk.context
    charts = (chart_of(one, held.targets, held.view, breaks_of(desk, (one,)), held.wording) for one in told)
    return tuple(part for chart in charts if chart for part in _with_table(chart))


def _drawings(desk: Desk, plan: TopicPlan) -> tuple[Part, ...]:
    named = ((f"chart-{plan.id}-{place}", drawing) for place, drawing in enumerate(plan.drawings, 1))
    drawn = (drawing(desk, name, wanted) for name, wanted in named)
    return tuple(part for chart in drawn if chart for part in _with_table(chart))


def _with_table(drawn: Chart | Panels) -> tuple[Part, ...]:
    """A chart, and its figures one click away."""
    charts = drawn.charts if isinstance(drawn, Panels) else (drawn,)
    return (drawn, Details("Figures of this chart", tuple(chart_table(chart) for chart in charts)))


def _breakdowns(desk: Desk, plan: TopicPlan) -> tuple[Part, ...]:
    tables = (breakdown_table(desk, plan.id, one) or _not_broken_down(desk, one) for one in plan.breakdowns)
    return tuple(table for table in tables if table)


def _not_broken_down(desk: Desk, plan: BreakdownPlan) -> Note | None:
    """Why the parts of a table cannot be told."""
    crossed = (f"{plan.dimension}{CROSSED}{plan.across}", f"{plan.across}{CROSSED}{plan.dimension}")
    named = (plan.dimension, *crossed) if plan.across else (plan.dimension,)
    why = dict.fromkeys(reason for name in named for reason in desk.why_unknown(plan.measures, name))
    return Note((Label(plan.caption), ": no figures. ", " ".join(why))) if why else None


def _absent(desk: Desk, plan: TopicPlan) -> tuple[Part, ...]:
    told = {reading.measure.id for reading in desk.told(plan.measures)}
    absent = [name for name in plan.measures if name in desk.measures and name not in told]
    why = desk.why_unknown(absent)
    explained = {title for titles in why.values() for title in titles}
    others = [title for name in absent if (title := desk.measures[name].title) not in explained]
    said = [*why.items(), *([("The records at hand do not hold them.", others)] if others else [])]
    return tuple(Note(("No figures for: ", Label(joined(titles)), f". {reason}")) for reason, titles in said)


def _definitions(desk: Desk, readings: tuple[Reading, ...]) -> tuple[Part, ...]:
    indicators = {reading.indicator.id: reading.indicator for reading in readings}
    parts = tuple(_definition(desk, indicator) for indicator in indicators.values())
    as_at = f"What is counted, from which records, and what to mind (as at {day_in_words(desk.context.as_at)})"
    return (Details(as_at, parts),)


def _definition(desk: Desk, indicator: Indicator) -> Definition:
    facts = (
        ("One case is", indicator.one_case_is),
        ("Source", indicator.source),
        ("Owner", indicator.owner),
        ("Standard", "local, not national" if indicator.id in desk.context.local_clocks else ""),
        ("Definition", f"{indicator.id}, version {indicator.fingerprint[:8]}"),
    )
    meaning = _without_title(indicator.meaning, indicator.title)
    stated = tuple((name, words) for name, words in facts if words)
    return Definition(indicator.id, indicator.title, prose(meaning), stated, indicator.caveats)


def _without_title(meaning: str, title: str) -> str:
    first, _, rest = meaning.strip().partition("\n")
    return rest if first.lstrip("# ").strip() == title else meaning
