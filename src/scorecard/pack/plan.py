"""The order of a pack as a file says it: which measures stand where, which have charts, who comments."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorecard.errors import DefinitionError, raise_together
from scorecard.pack.commentary import slot_name
from scorecard.pack.plan_check import names_unknown
from scorecard.pack.remarks import Note
from scorecard.toml_files import Table, TomlFile, one_of, some_of, text, texts, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorecard.definitions.registry import Registry

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


class Tells(StrEnum):
    """What a section tells of: figures, topic by topic; how far they can be trusted; or what has changed since."""

    FIGURES = "figures"
    DATA_QUALITY = "data_quality"
    RESTATEMENTS = "restatements"


class PartKind(StrEnum):
    """The parts of a topic, in the order they stand unless a topic says another."""

    NOTICES = "notices"
    CALL_OUTS = "call_outs"
    PERFORMANCE = "performance"
    WORDS = "words"
    CHARTS = "charts"
    FIGURES = "figures"
    LIMITS = "limits"
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
class SlotPlan:
    """Where somebody speaks in a topic: its name (none for a topic's own), its heading, and the role that speaks."""

    id: str
    heading: str
    role: str


@dataclass(frozen=True)
class NextMonthPlan:
    """The counts that say what next month's timeliness can be.

    What is `open` at a month's end; of that what is `late` already, and whose limit is `due` to pass in the next month;
    and what was `finished` in this one.
    """

    open: str
    late: str
    due: str
    finished: str

    @property
    def figures(self) -> dict[str, str]:
        """The measure of each count."""
        return asdict(self)


@dataclass(frozen=True)
class TopicPlan:
    """One topic: what is printed large, drawn, tabled, said, compared and broken down, and who comments.

    `parts` is their order; a part it leaves out is not printed. `said_parts` is the dimension whose members' shares are
    said of the first measure. `published_years` is how many years of published figures are tabled; one is the
    ordinary comparison. `follows` names the counts that are followed child by child from the month before. `slots` are
    those of others than who comments.
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
    slots: tuple[SlotPlan, ...] = ()
    next_month: NextMonthPlan | None = None

    @property
    def spoken(self) -> tuple[SlotPlan, ...]:
        """Every slot in the order it stands, the topic's own first."""
        own = (SlotPlan("", self.words_heading, self.commented_by),) if self.commented_by else ()
        return (*own, *self.slots)

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
    tells: Tells = Tells.FIGURES


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
        """The slots that take commentary, and the role that gives it."""
        topics = (topic for plan in self.sections for topic in plan.topics)
        return {slot_name(topic.id, slot.id): slot.role for topic in topics for slot in topic.spoken}

    @property
    def topics(self) -> frozenset[str]:
        """Every topic's id."""
        return frozenset(topic.id for plan in self.sections for topic in plan.topics)

    @property
    def followed(self) -> frozenset[str]:
        """The counts that some topic follows child by child."""
        return frozenset(name for plan in self.sections for topic in plan.topics for name in topic.follows)

    def topic_of(self, measure: str) -> str:
        """The topic that tells of a measure; empty where none does."""
        topics = (topic for section in self.sections for topic in section.topics)
        return next((topic.id for topic in topics if measure in topic.measures), "")


def shipped_plan() -> PackPlan:
    """The order that comes with the program."""
    return load_plan(SHIPPED)


def load_plan(path: Path, registry: Registry | None = None) -> PackPlan:
    """Read the order of a pack; every fault in the file is told at once.

    With a `registry`, a measure or a dimension that it does not have is a fault too.
    """
    file = TomlFile(path, DefinitionError)
    raise_together([*file.faults(_FORM), *(names_unknown(file, registry) if registry else ())])
    return _plan(file.data)


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


_OF_A_CHART = Table(
    "a chart",
    {
        "title": text(required=True),
        "kind": one_of("chart kind", ChartKind, required=True),
        "measures": texts(required=True),
        "labels": texts(),
        "dimension": text(),
        "across": text(),
    },
    many=True,
)
_OF_A_BREAKDOWN = Table(
    "a breakdown",
    {
        "caption": text(required=True),
        "kind": one_of("breakdown kind", BreakdownKind, required=True),
        "dimension": text(required=True),
        "measures": texts(required=True),
        "shares": one_of("place for shares", Shares),
        "from": one_of("first month", ("april", "march")),
        "across": text(),
        "beside": texts(),
        "subtotals": text(),
        "sums": Table("sums", each=texts()),
    },
    many=True,
)
_OF_A_TOPIC = Table(
    "a topic",
    {
        **{name: text(required=True) for name in ("id", "title")},
        "measures": texts(required=True),
        **{name: texts() for name in ("call_outs", "charts", "follows")},
        **{name: text() for name in ("commented_by", "words_heading", "said_parts")},
        "chart": _OF_A_CHART,
        "breakdown": _OF_A_BREAKDOWN,
        "parts": some_of("parts of a topic", PartKind),
        "published_years": whole_number(2),
        "next_month": Table("next_month", {name: text(required=True) for name in ("open", "late", "due", "finished")}),
        "slot": Table("a slot", {name: text(required=True) for name in ("id", "heading", "by")}, many=True),
    },
    many=True,
)
_OF_A_SECTION = Table(
    "a section",
    {
        **{name: text(required=True) for name in ("id", "title")},
        "shows": texts(),
        "tells": one_of("thing for a section to tell", Tells),
        "topic": _OF_A_TOPIC,
    },
    many=True,
    required=True,
    is_frame=True,
)
_FORM = Table(
    "the file",
    {
        "title": text(required=True),
        "table_from": one_of("first month of tables", ("april", "seven_months")),
        "summary": texts(required=True),
        "of_a_year": texts(),
        "guide": texts(),
        "note": Table("a note", {"text": text(required=True), "measures": texts(required=True)}, many=True),
        "section": _OF_A_SECTION,
    },
    is_frame=True,
)


def _section(entry: dict[str, Any]) -> SectionPlan:
    topics = tuple(_topic(topic) for topic in entry.get("topic", []))
    shows, tells = tuple(entry.get("shows", [entry["id"]])), Tells(entry.get("tells", Tells.FIGURES))
    return SectionPlan(entry["id"], entry["title"], shows, topics, tells)


def _topic(entry: dict[str, Any]) -> TopicPlan:
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
        published_years=entry.get("published_years", 1),
        follows=tuple(entry.get("follows", [])),
        next_month=NextMonthPlan(**entry["next_month"]) if "next_month" in entry else None,
        slots=tuple(SlotPlan(slot["id"], slot["heading"], slot["by"]) for slot in entry.get("slot", [])),
    )


def _drawing(entry: dict[str, Any]) -> ChartPlan:
    return ChartPlan(
        title=entry["title"],
        kind=ChartKind(entry["kind"]),
        measures=tuple(entry["measures"]),
        labels=tuple(entry.get("labels", ())),
        dimension=entry.get("dimension", ""),
        across=entry.get("across", ""),
    )


def _breakdown(entry: dict[str, Any]) -> BreakdownPlan:
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
