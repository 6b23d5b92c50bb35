"""The words of a month held against its figures: for their authors, and for who signs the pack."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scorecard.claims.book import Book
from scorecard.claims.check import Topic, check_words
from scorecard.claims.claim import Verdict
from scorecard.claims.cohorts import cautions
from scorecard.pack.commentary_files import load_commentary
from scorecard.work.commentary import commentary_path
from scorecard.work.commentary_reply import Remark
from scorecard.work.pack import plan_of, told_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.calendar.periods import Period
    from scorecard.claims.claim import Checked, Claim
    from scorecard.facts.fact import Facts
    from scorecard.pack.context import PackContext, View
    from scorecard.work.workspace import Workspace

CHECK_COLUMNS = ("slot", "verdict", "words", "sentence", "figures")
"""The columns of what was found in the words of a month."""

_SAID = {
    Verdict.CONTRADICTED: "The figures say otherwise",
    Verdict.UNCLEAR: "Two figures may be meant",
    Verdict.NOT_FOUND: "No figure of the pack bears this out",
    Verdict.NOT_COMPARED: "Nothing to compare it with",
}
_LONGEST = 120


def book_of(context: PackContext, facts: Facts) -> Book:
    """The figures of a pack as words are held against them."""
    return Book(
        period=context.period,
        facts=facts,
        indicators=context.indicators,
        dimensions=context.dimensions,
        comparators=context.comparators,
        targets=context.targets,
        of_a_year=frozenset(context.plan.of_a_year),
        cautions=cautions(context.ties.cohorts, facts, context.indicators, context.dimensions, context.period),
    )


def check_month(workspace: Workspace, period: Period, view: View) -> Iterator[tuple[str, Checked]]:
    """Every slot of a month that speaks, with what its words claim."""
    plan = plan_of(workspace)
    given = load_commentary(commentary_path(workspace, period), plan.commented).comments
    topics = {topic.id: topic for section in plan.sections for topic in section.topics}
    book = book_of(*told_from(workspace, period, view, date(period.year, period.month, 1)))
    for name, comment in given.items():
        if comment.says_something and comment.section in topics:
            topic = topics[comment.section]
            yield name, check_words(comment.text, Topic((*topic.measures, *topic.follows), topic.title), book)


def remarks(workspace: Workspace, period: Period, view: View) -> Iterator[Remark]:
    """What authors should look at again, as it is told to them."""
    for slot, checked in check_month(workspace, period, view):
        yield from (Remark(slot, _SAID[one.verdict], _told(one)) for one in checked.flagged)


def check_rows(workspace: Workspace, period: Period, view: View, *, everything: bool) -> list[tuple[str, ...]]:
    """What was found, a row for each claim; those that are borne out only where everything is asked."""
    return [
        (slot, one.verdict, one.words, _short(one.sentence), "; ".join([*_figures(one), *filter(None, [one.note])]))
        for slot, checked in check_month(workspace, period, view)
        for one in checked.claims
        if everything or one.verdict is not Verdict.TIED
    ]


def _told(claim: Claim) -> str:
    figures = "; ".join(_figures(claim))
    ends = f" {claim.note}" if claim.note else ""
    return f"“{claim.words}” in “{_short(claim.sentence)}”.{f' We have: {figures}.' if figures else ''}{ends}"


def _figures(claim: Claim) -> list[str]:
    return [one.words for one in claim.candidates]


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1].rstrip()}…"
