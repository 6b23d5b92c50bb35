"""What was found in an extract in words, for a screen of any width: by how grave it is, and what is alike only once."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from scorecard.contract.blocking import stops_freezing, stops_taking
from scorecard.contract.report import Severity
from scorecard.words.grammar import joined, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorecard.contract.report import CheckReport, Finding

_NARROWEST = 50
_SHOWN = 12
"""How many findings that are alike are shown; JSON has them all."""

_HEADINGS = {
    Severity.BLOCK: "Blocks: must be mended before the extract can be taken",
    Severity.WARN: "Warnings: may move a figure",
    Severity.NOTE: "Notes: good to know",
}
_STOPS_FREEZING = "Stops freezing: to be mended, or accepted by name when the month is frozen"
_NUMBERS = re.compile(r"(\d+)")


def as_text(report: CheckReport, width: int) -> str:
    """What each file was taken for, all findings, the blocking ones first, and whether the extract can be taken."""
    wide = max(width, _NARROWEST)
    lines = [line for told in _recognised(report) for line in _wrapped(told, "", "  ", wide)]
    for severity, heading in _HEADINGS.items():
        found = report.of(severity)
        waiting = [one for one in found if stops_freezing(one)]
        for title, these in ((heading, [one for one in found if one not in waiting]), (_STOPS_FREEZING, waiting)):
            if these:
                lines += ["", *_wrapped(title, "", "", wide), *_findings(these, wide)]
    lines += ["", _counted(report), _may_be_taken(report)]
    return "\n".join(lines).lstrip("\n")


def _may_be_taken(report: CheckReport) -> str:
    if any(map(stops_taking, report.findings)):
        return "The extract cannot be taken until what blocks is mended."
    return "The extract can be taken." + (" Its month cannot be frozen yet." if report.blocks else "")


def _counted(report: CheckReport) -> str:
    words = {"block": "blocks", "warn": "warnings", "note": "notes"}
    counts = {severity.value: len(report.of(severity)) for severity in Severity}
    said = [f"{count} {plural(count, words[name][:-1])}" for name, count in counts.items() if count]
    return f"{joined(said)}." if said else "Nothing was found wrong."


def _recognised(report: CheckReport) -> list[str]:
    """What each file was taken for, and why; tables of the contract, and records of one XML file, together."""
    tables = [one for one in report.recognised if one.report.startswith(("ssd_", "ssdx_"))]
    scripts = Counter(one.why.partition("; ")[2] for one in tables)
    told = [
        f"{count} of the files and sheets {plural(count, 'is a table', 'are tables')} of the contract"
        f"{f', {script}' if script else ''}."
        for script, count in scripts.items()
    ]
    records: dict[tuple[str, str], list[str]] = {}
    for one in report.recognised:
        file, is_xml, kind = one.label.partition(", records ")
        if is_xml:
            records.setdefault((file, one.layout), []).append(kind)
        elif one not in tables:
            told.append(f"{one.label}: {one.report} ({one.layout}); {one.why}.")
    return told + [f"{file}: {layout}; it holds {', '.join(kinds)}." for (file, layout), kinds in records.items()]


def _findings(findings: Sequence[Finding], width: int) -> Iterator[str]:
    """Findings in the order of their first places; those with one remedy stand together, and it is said once."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for one in sorted(findings, key=_place):
        alike.setdefault((one.code, one.remedy), []).append(one)
    for (_, remedy), these in alike.items():
        shown, more = these[:_SHOWN], len(these) - _SHOWN
        problems: dict[str, list[str]] = {}
        for one in shown:
            problems.setdefault(_problem(one), []).append(one.place or "the extract")
        for problem, places in problems.items():
            yield from _told(problem, places, width)
        if more > 0:
            yield from _wrapped(f"and {more} more like this; `--format json` has each.", "    ", "    ", width)
        yield from _wrapped(remedy, "    ", "    ", width)


def _told(problem: str, places: Sequence[str], width: int) -> Iterator[str]:
    """A problem after its place; one of several places stands above them."""
    if len(places) == 1:
        yield from _wrapped(f"{places[0]}: {problem}", "  ", "  ", width)
        return
    yield from _wrapped(problem, "  ", "  ", width)
    for place in places:
        yield from _wrapped(f"- {place}", "    ", "      ", width)


def _place(finding: Finding) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBERS.split(finding.place)]


def _problem(finding: Finding) -> str:
    return f"{finding.problem} ({finding.rule})" if finding.rule else finding.problem


def _wrapped(text: str, first: str, below: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=below, break_on_hyphens=False, break_long_words=False
    )
