"""The promises of a council in its `actions.toml`: written when words are taken in, settled by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorecard.calendar.periods import Period
from scorecard.errors import ScorecardError, WorkspaceError, raise_together
from scorecard.pack.promises import OPEN, STATES, Promise
from scorecard.toml_files import Table, TomlFile, day, near_or_all, one_of, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

ACTIONS = "actions.toml"
_FORM = Table(
    "the file",
    {
        "action": Table(
            "an action",
            {
                **{name: text(required=True) for name in ("id", "topic", "measure", "words", "owner", "made")},
                "due": day(required=True),
                "state": one_of("state of an action", STATES),
            },
            many=True,
        )
    },
    is_frame=True,
)
_HEAD = (
    "# What services said they would do, by which day. Written by `scorecard commentary read`.\n"
    '# When one is settled, set its state to "done" or "dropped"; the next pack no longer follows it.\n'
)


def load_promises(path: Path, measures: Collection[str] | None = None) -> tuple[Promise, ...]:
    """Read a council's promises; no file is none, and every fault in it is told at once."""
    if not path.exists():
        return ()
    file = TomlFile(path, WorkspaceError)
    raise_together(file.faults(_FORM))
    entries = file.data.get("action", [])
    raise_together([fault for entry in entries for fault in _faults(file, entry, measures)])
    return tuple(_promise(entry) for entry in entries)


def _faults(file: TomlFile, entry: dict[str, Any], measures: Collection[str] | None) -> Iterator[ScorecardError]:
    try:
        Period.parse(entry["made"])
    except ValueError as error:
        yield file.fault(entry, "made", f"the action “{entry['id']}” was made in no month: {error}", "Write 2021-11.")
    if measures is not None and entry["measure"] not in measures:
        problem = f"the action “{entry['id']}” names the figure “{entry['measure']}”, which nobody defines"
        remedy = near_or_all(entry["measure"], measures, "`py -m scorecard indicators` lists them all.")
        yield file.fault(entry, "measure", problem, remedy)


def _promise(entry: dict[str, Any]) -> Promise:
    names = ("id", "topic", "measure", "words", "owner")
    made, state = Period.parse(entry["made"]), entry.get("state", OPEN)
    return Promise(**{name: entry[name] for name in names}, made=made, due=entry["due"], state=state)


def promises_as_text(promises: Iterable[Promise]) -> str:
    """The whole file, each promise with its state."""
    return _HEAD + "".join(f"\n{promise_as_text(one)}" for one in promises)


def promise_as_text(promise: Promise) -> str:
    """One promise as it stands in the file."""
    texts = {
        "id": promise.id,
        "topic": promise.topic,
        "measure": promise.measure,
        "words": promise.words,
        "owner": promise.owner,
        "made": str(promise.made),
    }
    lines = [f"{name} = {_quoted(words)}" for name, words in texts.items()]
    return "\n".join(["[[action]]", *lines, f"due = {promise.due}", f"state = {_quoted(promise.state)}", ""])


def _quoted(words: str) -> str:
    r"""A text of a TOML file, on one line.

    >>> _quoted('He said "by\tMay"')
    '"He said \\"by May\\""'
    """
    plain = "".join(letter if letter.isprintable() else " " for letter in words)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
