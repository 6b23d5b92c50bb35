"""What is unsafe about a workspace and the machine it lies on, each with what to do about it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import duckdb

from scorecard.store.disk import file_system, free_bytes, is_encrypted, is_open_to_others
from scorecard.work.purge import kept_from, lying_beside, older
from scorecard.work.revise import open_revisions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard.work.workspace import Workspace

_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "box sync")
_SHARES = {"share", "cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "fuse.sshfs", "afs"}
_TIMES_A_MONTH = 3
"""How many times the last month's size should be free: to take, freeze and make a pack, and once more by mistake."""
_LONGEST_WRITE = 3600
"""After how many seconds a lease is taken for one whose program ended."""


@dataclass(frozen=True)
class Note:
    """One thing to know: of what, what was found, what to do, and whether it is unsafe as it is."""

    of: str
    found: str
    to_do: str = ""
    is_unsafe: bool = False


def examine(workspace: Workspace) -> tuple[Note, ...]:
    """Everything there is to know, by the time of whoever asks; the unsafe first."""
    now = datetime.fromisoformat(workspace.by.at)
    notes = chain(
        _of_place(workspace.folder.resolve()),
        _of_disk(workspace),
        _of_writers(workspace, now),
        _of_clock(workspace, now),
        _of_records(workspace, now.date()),
        [Note("versions", f"Python {sys.version.partition(' ')[0]}, DuckDB {duckdb.__version__}")],
    )
    return tuple(sorted(notes, key=lambda note: not note.is_unsafe))


def _of_place(folder: Path) -> Iterator[Note]:
    is_open = is_open_to_others(folder)
    if is_open:
        yield Note("rights", "others of this machine may read the folder", f"chmod -R go= '{folder}'", is_unsafe=True)
    elif is_open is None:
        yield Note("rights", "cannot tell who may read the folder", "Look at its properties, under Security.")
    if any(word in part.lower() for part in folder.parts for word in _SYNCED):
        to_do = "Move it to a folder that no program copies elsewhere: it copies what is half written."
        yield Note("place", "the folder is synchronised", to_do, is_unsafe=True)
    if file_system(folder) in _SHARES:
        to_do = "It may: see that only those who need it may read the share, and that it is backed up."
        yield Note("place", "the folder lies on a network share", to_do)
    root = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
    if root and not _is_ignored(folder, root):
        to_do = f"Add store/ and extracts/ to {folder / '.gitignore'}, or move the workspace."
        yield Note("place", f"the folder is in the git repository {root}, and not ignored", to_do, is_unsafe=True)


def _is_ignored(folder: Path, root: Path) -> bool:
    """Whether a file .gitignore names the store or a folder it lies in; a pattern with stars in it is not followed."""
    inner = folder / "store"
    for above in (one for one in inner.parents if one == root or root in one.parents):
        path = above / ".gitignore"
        named = path.read_text(encoding="utf-8").split() if path.exists() else []
        within = inner.relative_to(above).parts
        if {"*", *within, *("/".join(within[: n + 1]) for n in range(len(within)))} & {one.strip("/") for one in named}:
            return True
    return False


def _of_disk(workspace: Workspace) -> Iterator[Note]:
    if is_encrypted(workspace.folder):
        yield Note("encryption", "the disk is encrypted")
    else:
        to_do = "Ask whoever looks after the machine whether BitLocker, FileVault or LUKS protects this disk."
        yield Note("encryption", "cannot tell whether the disk is encrypted", to_do)
    newest = [one.folder for one in workspace.snapshots.all()[-1:]]
    newest += [one.folder for one in workspace.months.all()[-1:]]
    size = sum(path.stat().st_size for folder in newest for path in folder.rglob("*") if path.is_file())
    free, megabyte = free_bytes(workspace.folder), 1 << 20
    found = f"{free // megabyte:,} MB are free; the last month takes {size // megabyte:,} MB"
    is_full = free < _TIMES_A_MONTH * size
    yield Note("space", found, "Make room before the next month." if is_full else "", is_unsafe=is_full)


def _of_writers(workspace: Workspace, now: datetime) -> Iterator[Note]:
    store = workspace.store
    if store.lease.exists():
        by = json.loads(store.lease.read_text(encoding="utf-8"))
        who, since = by.get("person") or "somebody", by.get("at") or ""
        is_stale = not since or (now - datetime.fromisoformat(since)).total_seconds() > _LONGEST_WRITE
        to_do = "Ask them. Where their program no longer runs, add --take-over to your command."
        yield Note("lease", f"{who} is writing, since {since[:16] or 'an unknown time'}", to_do, is_unsafe=is_stale)
    left = [path for path in store.folder.glob("**/.*") if not any(one.name[:1] == "." for one in path.parents)]
    left += store.folder.glob("unfinished")
    if left and not store.lease.exists():
        yield Note("leftovers", f"{len(left)} of a program that ended while writing", "The next writer tidies them.")


def _of_clock(workspace: Workspace, now: datetime) -> Iterator[Note]:
    said = [datetime.fromisoformat(one.by.at) for one in workspace.store.ledger.all() if one.by.at]
    if said and max(said) > now:
        found = f"the ledger has a line of {max(said).isoformat()[:16]}, which is still to come"
        yield Note("clock", found, "Set this machine's clock, or find whose was wrong.", is_unsafe=True)
    if now.utcoffset() != now.astimezone(ZoneInfo("Europe/London")).utcoffset():
        yield Note("time zone", f"the machine's time is {now.tzname()}, not London's", "Days may end an hour off.")


def _of_records(workspace: Workspace, today: date) -> Iterator[Note]:
    beside = Counter[str]()
    for within, files in lying_beside(workspace):
        beside[within.partition("/")[0]] += files
    for folder, files in beside.items():
        to_do = "Delete them once they are taken or sent: the store has what it needs."
        yield Note("beside the store", f"{files} files of data in {folder}", to_do, is_unsafe=True)
    old = older(workspace, kept_from(workspace, today))
    if old:
        found = f"{len(old)} extracts or months hold records kept longer than {workspace.keep_months} months"
        yield Note("retention", found, "`scorecard purge` takes their records away.", is_unsafe=True)
    for month in workspace.months.all():
        for revision in open_revisions(workspace, month.period):
            found = f"revision {revision.revision} of {month.period.label} was never approved"
            yield Note("revisions", found, f"`scorecard approve {month.period}`, or leave it: the other counts.")
