"""The order of a pack as a file says it: which measures stand where, which have charts, who comments."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

from scorecard.errors import DefinitionError, Place
from scorecard.text_files import text_of

SHIPPED = Path(str(files("scorecard"))) / "library" / "packs" / "scorecard.toml"


class BreakdownKind(StrEnum):
    """How parts are laid out: months across, measures across, or members across."""

    BY_MONTH = "by_month"
    BY_MEASURE = "by_measure"
    BY_MEMBER = "by_member"


@dataclass(frozen=True)
class BreakdownPlan:
    """One table of parts."""

    caption: str
    kind: BreakdownKind
    dimension: str
    measures: tuple[str, ...]
    shares: bool = False


@dataclass(frozen=True)
class TopicPlan:
    """One topic: what is printed large, drawn, tabled, said, compared, broken down, and who comments.

    `parts_only` is for a topic whose measures are told in another and only broken down here.
    """

    id: str
    title: str
    measures: tuple[str, ...]
    call_outs: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    breakdowns: tuple[BreakdownPlan, ...] = ()
    commented_by: str = ""
    parts_only: bool = False


@dataclass(frozen=True)
class SectionPlan:
    """One section and its topics; new indicators of the named folders are shown in it by themselves."""

    id: str
    title: str
    shows: tuple[str, ...]
    topics: tuple[TopicPlan, ...]


@dataclass(frozen=True)
class NotePlan:
    """A remark bound to measures wherever they are printed."""

    measures: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class PackPlan:
    """The whole order of a pack. `table_from_april` is whether tables begin with the financial year."""

    title: str
    table_from_april: bool
    summary: tuple[str, ...]
    sections: tuple[SectionPlan, ...]
    notes: tuple[NotePlan, ...] = ()
    guide: tuple[str, ...] = ()

    @property
    def placed(self) -> frozenset[str]:
        """Every measure some topic names."""
        return frozenset(name for section in self.sections for topic in section.topics for name in topic.measures)

    @property
    def commented(self) -> dict[str, str]:
        """The topics that take commentary, and the role that gives it."""
        return {topic.id: topic.commented_by for plan in self.sections for topic in plan.topics if topic.commented_by}

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
        notes=tuple(NotePlan(tuple(entry["measures"]), entry["text"]) for entry in data.get("note", [])),
        guide=tuple(data.get("guide", [])),
    )


def _section(entry: dict[str, Any]) -> SectionPlan:
    topics = tuple(_topic(topic) for topic in entry.get("topic", []))
    return SectionPlan(entry["id"], entry["title"], tuple(entry.get("shows", [entry["id"]])), topics)


def _topic(entry: dict[str, Any]) -> TopicPlan:
    return TopicPlan(
        id=entry["id"],
        title=entry["title"],
        measures=tuple(entry["measures"]),
        call_outs=tuple(entry.get("call_outs", entry["measures"])),
        charts=tuple(entry.get("charts", entry["measures"])),
        breakdowns=tuple(_breakdown(breakdown) for breakdown in entry.get("breakdown", [])),
        commented_by=entry.get("commented_by", ""),
        parts_only=entry.get("parts_only", False),
    )


def _breakdown(entry: dict[str, Any]) -> BreakdownPlan:
    return BreakdownPlan(
        caption=entry["caption"],
        kind=BreakdownKind(entry["kind"]),
        dimension=entry["dimension"],
        measures=tuple(entry["measures"]),
        shares=entry.get("shares", False),
    )
