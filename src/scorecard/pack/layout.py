"""A pack laid out: the plan's order, the facts' figures, the findings' sentences, the services' words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.pack.context import Edition, View
from scorecard.pack.desk import Desk
from scorecard.pack.document import Document, Glossary, Notice, Section, Words
from scorecard.pack.exceptions import exception_sections
from scorecard.pack.figures import figures_of
from scorecard.pack.plan import SectionPlan, Tells, TopicPlan
from scorecard.pack.prose import first_sentence
from scorecard.pack.quality import quality_section
from scorecard.pack.restated import restated_section
from scorecard.pack.summary import glance_section, summary_section
from scorecard.pack.topic import topic_section
from scorecard.pack.what_changed import what_changed_section
from scorecard.words.grammar import printed_day
from scorecard.words.numbers import counted
from scorecard.words.phrase import Number, Source

if TYPE_CHECKING:
    from scorecard.definitions.indicator import Indicator
    from scorecard.facts.fact import Facts
    from scorecard.pack.context import PackContext
    from scorecard.words.phrase import Phrase

_VIEWS = {View.FIRST: "as first reported", View.NOW: "as now known"}


def build_document(context: PackContext, facts: Facts) -> Document:
    """The month's pack from its facts."""
    desk = Desk(context, facts)
    exceptions = context.only is Edition.EXCEPTIONS
    sections = exception_sections(desk) if exceptions else _every_section(desk)
    title = f"{context.plan.title}: exceptions" if exceptions else context.plan.title
    return Document(
        title=f"{title}: {context.told_for}" if context.told_for else title,
        council=context.council,
        period=context.period.label,
        marking=context.marking,
        edition=context.edition,
        produced_on=context.produced_on,
        notices=(Notice("About this pack", (context.notice,)),) if context.notice else (),
        about=_about(context),
        sections=sections,
        figures=figures_of(desk),
    )


def _every_section(desk: Desk) -> tuple[Section, ...]:
    return (
        what_changed_section(desk),
        glance_section(desk),
        summary_section(desk),
        *(_section(desk, plan) for plan in desk.context.plan.sections if _is_told(desk.context, plan)),
        *_other_section(desk),
        *_reading_guide(desk),
        _glossary(desk),
    )


def _view(context: PackContext) -> Phrase:
    if context.asked_known and context.view is View.NOW:
        return ("as known on ", printed_day(context.asked_known))
    return (_VIEWS[context.view],)


def _about(context: PackContext) -> tuple[tuple[str, Phrase], ...]:
    lines: list[tuple[str, Phrase]] = [
        ("Figures as at", (printed_day(context.as_at),)),
        ("View", _view(context)),
        *((("Revision", (context.revision,)),) if context.revision else ()),
        *((("Figures of", (context.told_for,)),) if context.told_for else ()),
        *((("Beside them", (f"all of {context.beside.title}",)),) if context.beside else ()),
        ("Edition", (context.edition,)),
        ("Produced on", (printed_day(context.produced_on),)),
    ]
    if context.population:
        persons = Number(counted(context.population.persons), "population", Source.POPULATION)
        lines.append(("Children aged 0 to 17", (persons, f" ({context.population.source})")))
    if context.contact:
        lines.append(("Contact", (context.contact,)))
    return tuple(lines)


def _is_told(context: PackContext, plan: SectionPlan) -> bool:
    """Whether a section has its place: what changed since belongs to the whole council, and to months with a past."""
    return plan.tells is not Tells.RESTATEMENTS or (bool(context.restated) and not context.told_for)


def _section(desk: Desk, plan: SectionPlan) -> Section:
    if plan.tells is Tells.DATA_QUALITY:
        return quality_section(desk, plan)
    if plan.tells is Tells.RESTATEMENTS:
        return restated_section(desk, plan)
    topics = [topic_section(desk, topic) for topic in plan.topics]
    shown = [indicator for indicator in desk.context.indicators.values() if indicator.section in plan.shows]
    if also := _also_counted(desk, f"{plan.id}-also", "Also counted here", shown):
        topics.append(also)
    return Section(plan.id, plan.title, sections=tuple(topics), kind="section")


def _also_counted(desk: Desk, topic: str, title: str, indicators: list[Indicator]) -> Section | None:
    """Measures that no topic names: a new definition file shows itself."""
    placed = desk.context.plan.placed
    loose = tuple(measure.id for held in indicators for measure in held.measures if measure.id not in placed)
    if not desk.told(loose):
        return None
    whole = {held.id for held in indicators if not any(measure.id in placed for measure in held.measures)}
    drawn = tuple(name for name in loose if desk.indicators[name].id in whole)
    return topic_section(desk, TopicPlan(topic, title, loose, call_outs=(), charts=drawn))


def _other_section(desk: Desk) -> tuple[Section, ...]:
    shown = {name for plan in desk.context.plan.sections for name in plan.shows}
    indicators = [held for held in desk.context.indicators.values() if held.section not in shown]
    topic = _also_counted(desk, "other-figures", "Figures of other sections", indicators)
    return (Section("other", "Other figures", sections=(topic,), kind="section"),) if topic else ()


def _reading_guide(desk: Desk) -> tuple[Section, ...]:
    made_from = f"The figures are made from the snapshot {desk.context.snapshot}." if desk.context.snapshot else ""
    said = (*desk.context.plan.guide, *((made_from,) if made_from else ()))
    paragraphs = tuple(Words((text,)) for text in said)
    return (Section("reading", "How to read this pack", paragraphs, kind="end"),) if paragraphs else ()


def _glossary(desk: Desk) -> Section:
    entries = sorted(
        (measure.title, measure.meaning or first_sentence(_meaning(indicator)), measure.id)
        for indicator in desk.context.indicators.values()
        for measure in indicator.measures
    )
    return Section("glossary", "Glossary", (Glossary(tuple(entries)),), kind="end")


def _meaning(indicator: Indicator) -> str:
    first, _, rest = indicator.meaning.strip().partition("\n")
    return rest if first.startswith("#") else indicator.meaning
