"""The order of a pack as a file says it: which measures stand where, which have charts, who comments."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.errors import DefinitionError, Place
from scorecard.pack.remarks import Note
from scorecard.text_files import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE_SUMMARY = "Service Summary"
SHIPPED = Path(str(files("scorecard"))) / "library" / "packs" / "scorecard.toml"


class BreakdownKind(StrEnum):
    """How parts are laid out: months, measures or members across, two dimensions crossed, or teams compared."""

    BY_MONTH = "by_month"
    BY_MEASURE = "by_measure"
    BY_MEMBER = "by_member"
    CROSSED = "crossed"
    BY_TEAM = "by_team"


class Shares(StrEnum):
    """Where a part's share of its whole is printed: nowhere, under its count, or in a column of its own."""

    NONE = "none"
    UNDER = "under"
    COLUMN = "column"


class ChartKind(StrEnum):
    """How several measures, or the parts of one, are drawn together."""

    LINES = "lines"
    SHARE_OVER_COUNT = "share_over_count"
    PAIRS = "pairs"
    SHARES = "shares"
    PARTS = "parts"
    YEAR_SO_FAR = "year_so_far"


class PartKind(StrEnum):
    """The parts of a topic, in the order they stand unless a topic says another."""

    NOTICES = "notices"
    CALL_OUTS = "call_outs"
    PERFORMANCE = "performance"
    WORDS = "words"
    CHARTS = "charts"
    FIGURES = "figures"
    TIES = "ties"
    BREAKDOWNS = "breakdowns"
    PUBLISHED = "published"
    DEFINITIONS = "definitions"


@dataclass(frozen=True)
class BreakdownPlan:
    """One table of parts.

    Across months it may begin with March of the year before. Crossed dimensions stand one down, one `across`, with
    measures of percentages beside. `subtotals` names a wider dimension, and of which members each of its members is
    the sum.
    """

    caption: str
    kind: BreakdownKind
    dimension: str
    measures: tuple[str, ...]
    shares: Shares = Shares.NONE
    from_march: bool = False
    across: str = ""
    beside: tuple[str, ...] = ()
    subtotals: str = ""
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ChartPlan:
    """One drawing of several measures, or of the parts of one, each with a short name at its end."""

    title: str
    kind: ChartKind
    measures: tuple[str, ...]
    labels: tuple[str, ...] = ()
    dimension: str = ""
    across: str = ""


@dataclass(frozen=True)
class TopicPlan:
    """One topic: what is printed large, drawn, tabled, said, compared and broken down, and who comments.

    `parts` is their order; a part it leaves out is not printed. `said_parts` is the dimension whose members' shares are
    said of the first measure. `published_years` is how many years of published figures are tabled; one is the
    ordinary comparison. `follows` names the counts that are followed child by child from the month before.
    """

    id: str
    title: str
    measures: tuple[str, ...]
    call_outs: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    drawings: tuple[ChartPlan, ...] = ()
    breakdowns: tuple[BreakdownPlan, ...] = ()
    commented_by: str = ""
    words_heading: str = SERVICE_SUMMARY
    said_parts: str = ""
    parts: tuple[PartKind, ...] = tuple(PartKind)
    published_years: int = 1
    follows: tuple[str, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """Every measure it tells of, breaks down or draws."""
        parts = (*(held.measures for held in self.breakdowns), *(held.measures for held in self.drawings))
        return frozenset(self.measures).union(*parts)


@dataclass(frozen=True)
class SectionPlan:
    """One section and its topics; new indicators of the named folders are shown in it by themselves."""

    id: str
    title: str
    shows: tuple[str, ...]
    topics: tuple[TopicPlan, ...]


@dataclass(frozen=True)
class PackPlan:
    """The whole order of a pack.

    `table_from_april` is whether tables begin with the financial year; `of_a_year` are the measures too few a month,
    each month's figure of which is that of the twelve months ending with it.
    """

    title: str
    table_from_april: bool
    summary: tuple[str, ...]
    sections: tuple[SectionPlan, ...]
    of_a_year: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    guide: tuple[str, ...] = ()

    @property
    def placed(self) -> frozenset[str]:
        """Every measure some topic names, or breaks down, or draws."""
        return frozenset(name for section in self.sections for topic in section.topics for name in topic.named)

    @property
    def commented(self) -> dict[str, str]:
        """The topics that take commentary, and the role that gives it."""
        return {topic.id: topic.commented_by for plan in self.sections for topic in plan.topics if topic.commented_by}

    @property
    def topics(self) -> frozenset[str]:
        """Every topic's id."""
        return frozenset(topic.id for plan in self.sections for topic in plan.topics)

    def topic_of(self, measure: str) -> str:
        """The topic that tells of a measure; empty where none does."""
        topics = (topic for section in self.sections for topic in section.topics)
        return next((topic.id for topic in topics if measure in topic.measures), "")


def shipped_plan() -> PackPlan:
    """The order that comes with the program."""
    return load_plan(SHIPPED)


def load_plan(path: Path) -> PackPlan:
    """Read the order of a pack."""
    try:
        return _plan(tomllib.loads(text_of(path)))
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        problem = f"The order of the pack cannot be read: {error}."
        remedy = "Compare it with library/packs/scorecard.toml."
        raise DefinitionError(problem, remedy=remedy, at=Place(path)) from None


def _plan(data: dict[str, Any]) -> PackPlan:
    return PackPlan(
        title=data["title"],
        table_from_april=data.get("table_from", "april") == "april",
        summary=tuple(data["summary"]),
        sections=tuple(_section(entry) for entry in data["section"]),
        of_a_year=frozenset(data.get("of_a_year", [])),
        notes=tuple(Note(entry["text"], tuple(entry["measures"])) for entry in data.get("note", [])),
        guide=tuple(data.get("guide", [])),
    )


_OF_A_TOPIC = frozenset(
    (
        *("id", "title", "measures", "call_outs", "charts", "chart", "breakdown", "commented_by", "words_heading"),
        *("said_parts", "parts", "published_years", "follows"),
    )
)
_OF_A_CHART = frozenset(("title", "kind", "measures", "labels", "dimension", "across"))
_OF_A_BREAKDOWN = frozenset(
    ("caption", "kind", "dimension", "measures", "shares", "from", "across", "beside", "subtotals", "sums")
)


def _known(entry: dict[str, Any], what: str, keys: frozenset[str]) -> None:
    """A word nobody reads is a slip of the pen: it would change nothing, and nobody would notice."""
    if unread := entry.keys() - keys:
        message = f"{what} has no “{min(unread)}”"
        raise ValueError(message)


def _section(entry: dict[str, Any]) -> SectionPlan:
    _known(entry, "a section", frozenset(("id", "title", "shows", "topic")))
    topics = tuple(_topic(topic) for topic in entry.get("topic", []))
    return SectionPlan(entry["id"], entry["title"], tuple(entry.get("shows", [entry["id"]])), topics)


def _topic(entry: dict[str, Any]) -> TopicPlan:
    _known(entry, "a topic", _OF_A_TOPIC)
    drawings = tuple(_drawing(chart) for chart in entry.get("chart", []))
    return TopicPlan(
        id=entry["id"],
        title=entry["title"],
        measures=tuple(entry["measures"]),
        call_outs=tuple(entry.get("call_outs", entry["measures"])),
        charts=tuple(entry.get("charts", () if drawings else entry["measures"])),
        drawings=drawings,
        breakdowns=tuple(_breakdown(breakdown) for breakdown in entry.get("breakdown", [])),
        commented_by=entry.get("commented_by", ""),
        words_heading=entry.get("words_heading", SERVICE_SUMMARY),
        said_parts=entry.get("said_parts", ""),
        parts=tuple(PartKind(part) for part in entry.get("parts", PartKind)),
        published_years=int(entry.get("published_years", 1)),
        follows=tuple(entry.get("follows", [])),
    )


def _drawing(entry: dict[str, Any]) -> ChartPlan:
    _known(entry, "a chart", _OF_A_CHART)
    return ChartPlan(
        title=entry["title"],
        kind=ChartKind(entry["kind"]),
        measures=tuple(entry["measures"]),
        labels=tuple(entry.get("labels", ())),
        dimension=entry.get("dimension", ""),
        across=entry.get("across", ""),
    )


def _breakdown(entry: dict[str, Any]) -> BreakdownPlan:
    _known(entry, "a breakdown", _OF_A_BREAKDOWN)
    return BreakdownPlan(
        caption=entry["caption"],
        kind=BreakdownKind(entry["kind"]),
        dimension=entry["dimension"],
        measures=tuple(entry["measures"]),
        shares=Shares(entry.get("shares", Shares.NONE)),
        from_march=entry.get("from", "april") == "march",
        across=entry.get("across", ""),
        beside=tuple(entry.get("beside", ())),
        subtotals=entry.get("subtotals", ""),
        sums={member: tuple(members) for member, members in entry.get("sums", {}).items()},
    )
