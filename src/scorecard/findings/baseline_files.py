"""Reading a council's recorded baselines from its `baselines.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period
from scorecard.errors import ScorecardError, WorkspaceError, raise_together
from scorecard.findings.baselines import Baseline, Baselines
from scorecard.toml_files import Table, TomlFile, near_or_all, text

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

FILE = "baselines.toml"

_FORM = (
    'Write [[baseline]] with measure, from (a month such as "2021-04") and cause; to (the last month its limits are '
    "made of) and by are optional."
)
_SHAPE = Table(
    "the file",
    {
        "baseline": Table(
            "a baseline",
            {**{name: text(required=True) for name in ("measure", "from", "cause")}, "to": text(), "by": text()},
            many=True,
        )
    },
    is_frame=True,
)


def load_baselines(path: Path, measures: Collection[str]) -> Baselines:
    """Read recorded baselines; no file is none, and every fault in it is told at once."""
    if not path.exists():
        return Baselines()
    file = TomlFile(path, WorkspaceError)
    problems: list[ScorecardError] = list(file.faults(_SHAPE))
    raise_together(problems)
    entries: list[dict[str, Any]] = file.data.get("baseline", [])
    faults = [_fault(entry, measures, entries[:place]) for place, entry in enumerate(entries)]
    raise_together([file.fault(entry, "", fault, _FORM) for entry, fault in zip(entries, faults, strict=True) if fault])
    return Baselines(map(_baseline, entries))


def _fault(entry: dict[str, Any], measures: Collection[str], before: list[dict[str, Any]]) -> str:
    name = entry["measure"]
    if name not in measures:
        near = near_or_all(name, measures, "`py -m scorecard indicators` lists them all.")
        return f"There is a baseline for {name}, but no measure of that name. {near}"
    try:
        one = _baseline(entry)
    except ValueError as error:
        return f"A baseline of {name}: {error}."
    if one.last and one.last < one.first:
        return f"The baseline of {name} from {one.first} ends before it begins."
    if not one.cause.strip():
        return f"The baseline of {name} from {one.first} has no cause."
    if any((other["measure"], other["from"]) == (name, entry["from"]) for other in before):
        return f"{name} has two baselines from {one.first}."
    return ""


def _baseline(entry: dict[str, Any]) -> Baseline:
    last = Period.parse(entry["to"]) if "to" in entry else None
    return Baseline(entry["measure"], Period.parse(entry["from"]), entry["cause"], last, entry.get("by", ""))
