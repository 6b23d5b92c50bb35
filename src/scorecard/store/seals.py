"""Whether every file of a store is as it was kept: manifests by the ledger, files by manifests, pointers by both.

Each byte is sealed by something: a file by its manifest or the name of its folder; a manifest by the line of the ledger
that was written when it was kept, or by a seal of its own; a pointer is what manifest and ledger make it; a line of the
ledger by its own seal and the next. A purge or an erasure alters kept files and says so in the ledger, which then
counts (retention.py).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from re import fullmatch, search
from typing import TYPE_CHECKING, Any

from scorecard.store.disk import sha256
from scorecard.store.ledger import Act
from scorecard.store.retention import changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scorecard.store.ledger import Entry
    from scorecard.store.store import Store

_FROM_A_COPY = "Put it back from a copy of the store; a seal tells whether the copy is whole."
_THINGS = (
    "snapshots/*/manifest.json",
    "months/*/*/manifest.json",
    "issued/*/*/manifest.json",
    "supplied/*/*/*/supplied.json",
    "imported/*/*/imported.json",
)
_POINTERS = ("snapshots/*.json", "months/*/current.json", "issued/*/current.json")
_ASIDE = r"(^|/)\.|^unfinished/"
"""What writers make for themselves: names that begin with a dot, and files that are to take the places of others."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where in the store, what, and what to do."""

    path: str
    problem: str
    remedy: str = _FROM_A_COPY


@dataclass
class Sealed:
    """What was found of a store: its faults, and how many files were compared."""

    faults: list[Fault] = field(default_factory=list)
    files: int = 0


@dataclass(frozen=True)
class Seals:
    """The seals of one store, to be compared with its files."""

    store: Store

    @cached_property
    def things(self) -> tuple[Path, ...]:
        """The manifest of everything that is kept, each the beginning of one step of the comparison."""
        return tuple(sorted(path for pattern in _THINGS for path in self._glob(pattern)))

    def compare(self) -> Iterator[tuple[str, Sealed]]:
        """Compare thing after thing, each file read once; gives its name and all that was found so far."""
        found, known, rules = Sealed(), {"ledger.jsonl", "lease.json"}, set[str]()
        broken = self.store.ledger.broken()
        for line in broken:
            problem = f"line {line} is not as it was written, or does not follow the one before"
            found.faults.append(Fault("ledger.jsonl", problem))
        for manifest in self.things:
            kept = self._compare_manifest(manifest, found, tell_unnamed=not broken)
            known |= self._compare_files(manifest, kept, found)
            rules |= _rules_of(kept)
            yield self._path(manifest.parent), found
        for pointer in (path for pattern in _POINTERS for path in self._glob(pattern)):
            known.add(self._path(pointer))
            found.files += 1
            if not self._points_right(pointer):
                found.faults.append(Fault(self._path(pointer), "does not say what manifests and ledger say"))
        for rule in sorted(rules | {self._path(path) for path in self._glob("rules/*/*")}):
            known.add(rule)
            self._compare_file(rule, rule.split("/")[1], found)
        missing = [path for path, seal in self._sealed_by_ledger.items() if seal and path not in known]
        found.faults += [Fault(path, "is not there, though the ledger says that it was kept") for path in missing]
        found.faults += self._unknown(known)
        yield "rules", found

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return self.store.ledger.all()

    @cached_property
    def _named(self) -> set[str]:
        """The manifests of everything the ledger has a line about."""
        return {_manifest_of(entry.to) for entry in self._entries}

    @cached_property
    def _sealed_by_ledger(self) -> dict[str, str | None]:
        """The fingerprint the ledger tells of each file; the last word counts."""
        sealed = dict[str, str | None]()
        for entry in self._entries:
            if "manifest" in entry.told:
                sealed[_manifest_of(entry.to)] = entry.told["manifest"]
        return sealed | {path: change.sha256 for path, change in changes(self.store.ledger).items()}

    def _compare_manifest(self, manifest: Path, found: Sealed, *, tell_unnamed: bool) -> dict[str, Any]:
        """Compare a manifest with the ledger, or its own seal; gives back what it says, nothing if it is damaged."""
        path, data = self._path(manifest), manifest.read_bytes()
        sealed = self._sealed_by_ledger.get(path)
        found.files += 1
        if sealed is None and tell_unnamed and path not in self._named:
            remedy = "A program ended while keeping it. Do again what made it, or remove its folder."
            found.faults.append(Fault(path, "was kept, and no line of the ledger says so", remedy))
        if not (sealed == hashlib.sha256(data).hexdigest() if sealed else _is_whole(manifest.name, data)):
            found.faults.append(Fault(path, "is not as it was kept, so that the files beside it were not compared"))
            return {}
        return dict(json.loads(data))

    def _compare_files(self, manifest: Path, kept: Mapping[str, Any], found: Sealed) -> set[str]:
        """Compare the files a manifest names; gives back all paths that are of this thing."""
        path = self._path(manifest)
        if not kept:
            return {path} | {self._path(one) for one in manifest.parent.rglob("*")}
        folder = path.rpartition("/")[0]
        told = {f"{folder}/{name}": seal for name, seal in _files_named(manifest, kept).items()}
        now = {name: self._sealed_by_ledger.get(name, seal) for name, seal in told.items()}
        there = {name: seal for name, seal in now.items() if seal is not None}
        for name, seal in there.items():
            self._compare_file(name, seal, found)
        return {path, *there}

    def _compare_file(self, name: str, seal: str, found: Sealed) -> None:
        found.files += 1
        file = self.store.folder / name
        if not file.is_file():
            found.faults.append(Fault(name, "is not there"))
        elif not (seal and sha256(file).startswith(seal)):
            found.faults.append(Fault(name, "is not as it was kept"))

    def _points_right(self, pointer: Path) -> bool:
        """Whether a pointer says, to the byte, what the manifest it points at and the ledger make of it."""
        try:
            data = pointer.read_bytes()
            kept = json.loads(data)
            place = next(str(kept[name]) for name in ("stands", "revision", "edition") if name in kept)
            manifest = pointer.parent / place / "manifest.json"
            said = {"manifest": sha256(manifest), **self._pointed_at(manifest)}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration):
            return False  # it cannot be read, or what it points at cannot
        return bool(kept == said) and _written(kept) == data

    def _pointed_at(self, manifest: Path) -> dict[str, Any]:
        """What a pointer at a manifest says besides its seal."""
        kept = json.loads(manifest.read_bytes())
        match self._path(manifest).partition("/")[0]:
            case "snapshots":
                return {"stands": kept["id"], "place": kept.get("in_place_of") or kept["number"]}
            case "months":
                return {"revision": kept["revision"], **self._approval(f"{kept['period']}/{kept['revision']}")}
            case _:
                return {"edition": kept["edition"]}

    def _approval(self, name: str) -> dict[str, str]:
        """Who let a revision count, as the ledger tells it; nobody for one that needed no approval."""
        approved = [one for one in self._entries if one.act is Act.REVISION_APPROVED and one.to == name]
        if not approved:
            return {"approved_by": "", "why": ""}
        return {"approved_by": approved[-1].told.get("approved_by", ""), "why": approved[-1].why}

    def _unknown(self, known: set[str]) -> list[Fault]:
        """Files nobody knows of; those aside, whose folder or name begins with a dot, are a writer's own."""
        there = (self._path(path) for path in sorted(self.store.folder.rglob("*")) if path.is_file())
        strange = [path for path in there if path not in known and not search(_ASIDE, path)]
        return [Fault(path, "is not of the store", "Move it away: nothing reads it here.") for path in strange]

    def _glob(self, pattern: str) -> list[Path]:
        found = sorted(self.store.folder.glob(pattern))
        return [path for path in found if path.is_file() and not search(_ASIDE, self._path(path))]

    def _path(self, path: Path) -> str:
        return path.relative_to(self.store.folder).as_posix()


def _manifest_of(to: str) -> str:
    """The manifest of what a line of the ledger is about.

    >>> _manifest_of("2021-11/2"), _manifest_of("2021-11-30-0d4714d5")
    ('months/2021-11/2/manifest.json', 'snapshots/2021-11-30-0d4714d5/manifest.json')
    >>> _manifest_of("supplied/2021-11/legal/1")
    'supplied/2021-11/legal/1/supplied.json'
    """
    room, *rest = to.split("/")
    if not rest:
        return f"snapshots/{to}/manifest.json"
    if fullmatch(r"\d{4}-\d{2}", room):
        return f"months/{to}/manifest.json"
    return f"{to}/{room if room in {'supplied', 'imported'} else 'manifest'}.json"


def _files_named(manifest: Path, kept: Mapping[str, Any]) -> dict[str, str]:
    """The files a manifest names beside it, with the seal of each."""
    match manifest.name, kept:
        case "supplied.json", {"workbook": seal}:
            return {"supplied.xlsx": seal}
        case "imported.json", {"file": seal}:
            return {next((one.name for one in manifest.parent.glob("document.*")), "document"): seal}
        case _, {"tables": tables}:
            return {f"{name}.parquet": one["sha256"] for name, one in tables.items() if one["sha256"]}
        case _, {"edition": _, "files": files}:
            return {f"files/{name}": seal for name, seal in files.items()}
        case _:
            return dict(kept["files"])


def _rules_of(kept: Mapping[str, Any]) -> set[str]:
    """The kept rules a manifest names."""
    named = {**kept.get("rules", {}), **kept.get("mapping", {})}
    return {f"rules/{seal}/{name.rpartition('/')[2]}" for name, seal in named.items()}


def _is_whole(name: str, data: bytes) -> bool:
    """Whether a record no line of the ledger seals is, to the byte, what its own seal says; manifests have none."""
    try:
        record = json.loads(data)
        seal = record.pop("seal", None)
    except (ValueError, AttributeError):
        return False
    if name == "manifest.json":
        return True
    own = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
    return bool(seal == own) and _written({**record, "seal": seal}) == data


def _written(kept: Mapping[str, Any]) -> bytes:
    return json.dumps(kept, indent=1, sort_keys=True).encode()
