"""Records leave a store, for their age or on request: the ledger says so first, and only then it is done.

So nothing is missing that the ledger does not explain, and what a crash cut short is finished from the ledger alone,
without asking again whose records they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorecard.store.disk import make_folder, sha256, system
from scorecard.store.ledger import Act

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from pathlib import Path

    from scorecard.store.ledger import Ledger
    from scorecard.store.store import Store

_ACTS = frozenset({Act.PURGED, Act.ERASED, Act.MERGED})


@dataclass(frozen=True)
class Change:
    """What was last done to a file: by which act, on which day, and its fingerprint since; none where it is gone."""

    act: Act
    on: str
    sha256: str | None


def changes(ledger: Ledger) -> dict[str, Change]:
    """Every file of the store that is no longer as it was first kept, by its path within the store."""
    return {
        path: Change(entry.act, entry.told["on"], fingerprint)
        for entry in ledger.all()
        if entry.act in _ACTS
        for path, fingerprint in entry.told["files"].items()
    }


def purged(ledger: Ledger) -> dict[str, str]:
    """The extracts and freezes whose records were purged, by name, and on which day."""
    return {entry.to: entry.told["on"] for entry in ledger.all() if entry.act is Act.PURGED}


def made_again(store: Store, file: Path) -> Path:
    """Where a file is written that is to take a kept one's place; what is left here was never said to be done."""
    path = _unfinished(store) / file.relative_to(store.folder)
    make_folder(path.parent)
    return path


def purge(store: Store, to: str, files: Collection[Path], rows: int, on: date) -> None:
    """Take away the records of an extract or a freeze, for good."""
    with store.writing() as ledger:
        ledger.add(Act.PURGED, to, told=_told(store, dict.fromkeys(files), rows, on))
        finish(store)


def replace(store: Store, act: Act, files: Collection[Path], rows: int, on: date, why: str) -> None:  # noqa: PLR0913, PLR0917 - all that is said of it
    """Let the files that were `made_again` take the places of these."""
    made = {file: made_again(store, file) for file in files}
    with store.writing() as ledger:
        for path in made.values():
            system.flush(path)
        for folder in sorted({path.parent for path in made.values()}):
            system.flush_folder(folder)
        fingerprints: dict[Path, str | None] = {file: sha256(path) for file, path in made.items()}
        ledger.add(act, "", why=why, told=_told(store, fingerprints, rows, on))
        finish(store)


def finish(store: Store) -> None:
    """Do what the ledger says was done, where a crash came between; whoever writes holds the lease."""
    for path, change in changes(store.ledger).items():
        file, made = store.folder / path, _unfinished(store) / path
        if change.sha256 is None and file.exists():
            _take_away(file)
        elif made.exists() and sha256(made) == change.sha256:
            system.rename(made, file)
            system.flush_folder(file.parent)
    if _unfinished(store).exists():
        system.remove(_unfinished(store))


def _take_away(file: Path) -> None:
    """A file, and its folder once that holds nothing more."""
    system.remove(file)
    if not any(file.parent.iterdir()):
        system.remove(file.parent)
    else:
        system.flush_folder(file.parent)


def _unfinished(store: Store) -> Path:
    return store.folder / "unfinished"


def _told(store: Store, files: Mapping[Path, str | None], rows: int, on: date) -> dict[str, Any]:
    named = {file.relative_to(store.folder).as_posix(): fingerprint for file, fingerprint in files.items()}
    return {"files": named, "rows": rows, "on": on.isoformat()}
