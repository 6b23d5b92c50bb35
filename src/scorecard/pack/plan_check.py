"""The names a pack's file gives: measures that are defined, and dimensions its measures are broken down by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.facts.cases import CROSSED
from scorecard.facts.teams import SERVICE, TEAM
from scorecard.toml_files import near_or_all
from scorecard.words.grammar import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.definitions.registry import Registry
    from scorecard.errors import ScorecardError
    from scorecard.toml_files import TomlFile

_OF_A_TOPIC = ("measures", "call_outs", "charts", "follows")
_OF_PARTS = ("measures", "beside")


def names_unknown(file: TomlFile, registry: Registry) -> Iterator[ScorecardError]:
    """Each name nobody defines, with its line and its topic."""
    for key in ("summary", "of_a_year"):
        yield from _measures(file, registry, file.data, key, "the pack")
    for note in _tables(file.data, "note"):
        yield from _measures(file, registry, note, "measures", "a note")
    for topic in (topic for section in _tables(file.data, "section") for topic in _tables(section, "topic")):
        name = f"the topic “{topic.get('id', '')}”"
        for key in _OF_A_TOPIC:
            yield from _measures(file, registry, topic, key, name)
        for key in topic.get("next_month", {}):
            yield from _measures(file, registry, topic["next_month"], key, name)
        if said := topic.get("said_parts"):
            yield from _dimension(file, registry, topic, "said_parts", (said, _texts(topic, "measures")[:1], name))
        for part in (*_tables(topic, "chart"), *_tables(topic, "breakdown")):
            yield from _of_parts(file, registry, part, name)
        for part in _tables(topic, "breakdown"):
            if TEAM in {part.get("dimension"), part.get("across")} and part.get("kind") != "by_team":
                remedy = 'Write kind = "by_team": it says of how many each figure is, and compares none of too few.'
                yield file.fault(part, "kind", f"{name} breaks down by team in a table that is not `by_team`", remedy)


def _of_parts(file: TomlFile, registry: Registry, part: Mapping[str, Any], topic: str) -> Iterator[ScorecardError]:
    """What a chart or a breakdown names."""
    for key in _OF_PARTS:
        yield from _measures(file, registry, part, key, topic)
    counted, beside = _texts(part, "measures"), _texts(part, "beside")
    for key in ("dimension", "subtotals", "across"):
        if name := part.get(key):
            broken_down = [*counted, *beside] if key == "dimension" else counted
            yield from _dimension(file, registry, part, key, (name, broken_down, topic))


def _measures(
    file: TomlFile, registry: Registry, entry: Mapping[str, Any], key: str, where: str
) -> Iterator[ScorecardError]:
    for name in dict.fromkeys(_texts(entry, key)):
        if name not in registry.measures:
            near = near_or_all(name, registry.measures, "`py -m scorecard indicators` lists them all.")
            yield file.fault(entry, key, f"{where} names the figure “{name}”, which nobody defines", near)


def _dimension(
    file: TomlFile,
    registry: Registry,
    entry: Mapping[str, Any],
    key: str,
    asked: tuple[str, list[str], str],
) -> Iterator[ScorecardError]:
    name, measures, topic = asked
    known = {*registry.dimensions, SERVICE}
    if name not in known:
        yield file.fault(
            entry, key, f"{topic} breaks down by “{name}”, which nobody defines", near_or_all(name, sorted(known))
        )
        return
    for measure in measures:
        has = _broken_down_by(registry, measure) if measure in registry.measures else {name}
        if name not in has:
            problem = f"{topic} breaks `{measure}` down by {name}, which it is not broken down by"
            remedy = f"It is broken down by {joined(sorted(has)) or 'nothing'}."
            yield file.fault(entry, key, problem, remedy)


def _broken_down_by(registry: Registry, measure: str) -> set[str]:
    """Every dimension of a measure, alone or crossed; where it has its team it has its team's service."""
    held = registry.measure(measure).breakdowns or registry.of_measure(measure).breakdowns
    single = {part for name in held for part in name.split(CROSSED)}
    return single | {SERVICE} if TEAM in single else single


def _tables(entry: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The tables under a key; a value of another form is a fault that is told elsewhere."""
    held = entry.get(key)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def _texts(entry: Mapping[str, Any], key: str) -> list[str]:
    held = entry.get(key)
    return [one for one in held if isinstance(one, str)] if isinstance(held, list) else []
