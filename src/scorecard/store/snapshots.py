"""Extracts kept as they were read: a folder of Parquet files and a manifest, never altered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from scorecard.errors import StoreError
from scorecard.store.disk import aside_for, keep_folder, link_or_copy, read_whole, sha256, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import duckdb

_MANIFEST = "manifest.json"
_SHORT = 8


@dataclass(frozen=True)
class TableSeal:
    """How many rows a table has, the fingerprint of its file, and what its source holds of it.

    `columns` are those that were supplied, none where that was not kept. `known_from` is the first day from which every
    such record is there, where the source's layout tells; `as_at` the day up to which it speaks, where it is not the
    snapshot's, and `out_of_step` how many children other tables tell of after it; `layouts` what it was read as, and
    `mapping` the fingerprint of the mapping files and vocabularies that decided it, none where it came as it is.
    """

    rows: int
    sha256: str
    columns: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    known_from: date | None = None
    as_at: date | None = None
    mapping: str = ""
    out_of_step: int = 0


@dataclass(frozen=True)
class OutOfStep:
    """A table that speaks up to another day than its extract, and how many children others tell of after that day."""

    table: str
    as_at: date
    children: int


@dataclass(frozen=True)
class Snapshot:
    """One kept extract. Of two for the same day, the one with the higher number supersedes.

    `severities` are its findings by how grave they are, too; `mapping` names the kept rules it was read by. One that
    was made from another by mapping its texts anew was `remapped_from` that one, whose place it takes: it supersedes
    what that one superseded, and no more.
    """

    id: str
    as_at: date
    number: int
    source: str
    contract_version: str
    covers_from: date | None
    tables: Mapping[str, TableSeal]
    findings: Mapping[str, int]
    folder: Path
    files: tuple[Mapping[str, str], ...] = ()
    severities: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    remapped_from: str = ""
    in_place_of: int = 0
    purged_on: str = ""

    @property
    def place(self) -> int:
        """The place it has among the extracts of its day."""
        return self.in_place_of or self.number

    def file(self, table: str) -> Path:
        """Where the rows of a table lie."""
        return self.folder / f"{table}.parquet"

    @property
    def manifest(self) -> Path:
        """The file that says what it holds."""
        return self.folder / _MANIFEST

    @property
    def columns_supplied(self) -> Mapping[str, tuple[str, ...]]:
        """The columns of each table that were supplied; none where that was not kept."""
        return {name: seal.columns for name, seal in self.tables.items()}


@dataclass(frozen=True)
class Taken:
    """What is to be kept of an extract, besides its rows."""

    as_at: date
    source: str
    source_sha256: str
    contract_version: str
    covers_from: date | None
    findings: Mapping[str, int]
    files: tuple[Mapping[str, str], ...] = ()
    """Each file or sheet: its label, the layout and the report it was taken for, and why."""
    severities: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    remapped_from: str = ""
    in_place_of: int = 0


@dataclass(frozen=True)
class TableTaken:
    """A table to be kept: where its rows stand, and what its seal says besides."""

    relation: str
    columns: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    known_from: date | None = None
    as_at: date | None = None
    mapping: str = ""
    out_of_step: int = 0


@dataclass(frozen=True)
class TableSame:
    """A table that stays as another snapshot has it: its file, if it has rows, and its seal."""

    file: Path
    seal: TableSeal


def out_of_step(snapshot: Snapshot) -> tuple[OutOfStep, ...]:
    """The tables of a snapshot that speak up to days of their own, in order of name."""
    seals = sorted(snapshot.tables.items())
    return tuple(OutOfStep(name, seal.as_at, seal.out_of_step) for name, seal in seals if seal.as_at)


def fingerprint_of_files(files: Iterable[Path]) -> str:
    """One fingerprint for a set of files, by name and content, whatever their order."""
    digest = hashlib.sha256()
    for name, content in sorted((path.name, sha256(path)) for path in files):
        digest.update(f"{name}\0{content}\n".encode())
    return digest.hexdigest()


class Snapshots:
    """The snapshots of one store."""

    def __init__(self, folder: Path, purged: Callable[[], Mapping[str, str]] = dict) -> None:
        self._folder, self._purged = folder, purged

    def all(self) -> tuple[Snapshot, ...]:
        """Every snapshot, the oldest day first; of one day, the superseded first."""
        purged = self._purged()
        found = [_read(path, purged) for path in self._folder.glob(f"[!.]*/{_MANIFEST}")]
        standing = {day: self._standing(day) for day in {one.as_at for one in found}}
        return tuple(
            sorted(found, key=lambda one: (one.as_at, one.place == standing[one.as_at], one.place, one.number))
        )

    def get(self, name: str) -> Snapshot:
        """The snapshot of that id."""
        path = self._folder / name / _MANIFEST
        if not path.exists():
            raise StoreError(f"There is no snapshot {name}.", remedy="`scorecard status` lists what is kept.")
        return _read(path, self._purged())

    def covering(self, day: date, known: date | None = None) -> Snapshot | None:
        """The newest snapshot that reaches a day and still has its records, of those known by another day."""
        reaching = [s for s in self.reaching(day, known) if not s.purged_on]
        return reaching[-1] if reaching else None

    def reaching(self, day: date, known: date | None = None) -> tuple[Snapshot, ...]:
        """Every snapshot that reaches a day, of those known by another, in order; those that were purged too."""
        return tuple(s for s in self.all() if s.as_at >= day and (known is None or s.as_at <= known))

    def remapped(self, snapshot: Snapshot) -> Snapshot | None:
        """What a snapshot was last made into by mapping its texts anew, if it was."""
        made = next((one for one in reversed(self.all()) if one.remapped_from == snapshot.id), None)
        return (self.remapped(made) or made) if made else None

    def keep(
        self, taken: Taken, tables: Mapping[str, TableTaken | TableSame], connection: duckdb.DuckDBPyConnection
    ) -> Snapshot:
        """Write the cleaned tables of an extract; the same files for the same day twice are one snapshot.

        Whoever keeps holds the lease, and lets it stand when the ledger says so.
        """
        name = f"{taken.as_at.isoformat()}-{taken.source_sha256[:_SHORT]}"
        target = self._folder / name
        if not (target / _MANIFEST).exists():
            with aside_for(target) as aside:
                seals = {table: _write(connection, one, aside / f"{table}.parquet") for table, one in tables.items()}
                self._share(aside, seals)
                keep_folder(aside, target, _MANIFEST, self._manifest(name, taken, seals))
        return self.get(name)

    def _share(self, aside: Path, seals: Mapping[str, TableSeal]) -> None:
        """Keep a table that another snapshot has already as the same file: what did not change costs nothing again."""
        kept = {(name, seal.sha256): one.file(name) for one in self.all() for name, seal in one.tables.items()}
        for name, seal in seals.items():
            mine, same = aside / f"{name}.parquet", kept.get((name, seal.sha256))
            # The other's own bytes are looked at: what was damaged there must not come into this one.
            if seal.rows and same and same.exists() and sha256(same) == seal.sha256:
                mine.unlink()
                link_or_copy(same, mine)

    def let_stand(self, snapshot: Snapshot) -> None:
        """Let a snapshot stand for its day, in place of those taken before it: the last and smallest step."""
        kept = {"place": snapshot.place, "stands": snapshot.id, "manifest": sha256(snapshot.manifest)}
        write_whole(self._pointer(snapshot.as_at), json.dumps(kept, indent=1, sort_keys=True).encode())

    def stands(self, snapshot: Snapshot) -> bool:
        """Whether a snapshot, or what it was last mapped into, was let stand for its day."""
        return self._standing(snapshot.as_at) == snapshot.place

    def _standing(self, day: date) -> int:
        """The place that was taken last for a day; 0 where nobody said, so that the highest number stands."""
        kept = read_whole(self._pointer(day))
        return int(json.loads(kept)["place"]) if kept else 0

    def _pointer(self, day: date) -> Path:
        return self._folder / f"{day.isoformat()}.json"

    def _manifest(self, name: str, taken: Taken, seals: Mapping[str, TableSeal]) -> bytes:
        number = 1 + sum(1 for snapshot in self.all() if snapshot.as_at == taken.as_at)
        tables = {table: asdict(seal) for table, seal in seals.items()}
        kept = {"id": name, "number": number, **asdict(taken), "tables": tables}
        return json.dumps(kept, indent=1, sort_keys=True, default=str).encode()


def _write(connection: duckdb.DuckDBPyConnection, taken: TableTaken | TableSame, path: Path) -> TableSeal:
    """A table that was supplied without rows has a seal and no file: that it was supplied is worth knowing."""
    if isinstance(taken, TableSame):
        if taken.seal.rows:
            link_or_copy(taken.file, path)
        return taken.seal
    said = (taken.columns, taken.layouts, taken.known_from, taken.as_at, taken.mapping, taken.out_of_step)
    rows = connection.table(taken.relation)
    if not rows.limit(1).fetchall():
        return TableSeal(0, "", *said)
    rows.write_parquet(str(path), compression="zstd")
    counted = connection.table(taken.relation).aggregate("count(*)").fetchall()
    return TableSeal(int(counted[0][0]), sha256(path), *said)


def _read(path: Path, purged: Mapping[str, str]) -> Snapshot:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Snapshot(
        id=kept["id"],
        as_at=date.fromisoformat(kept["as_at"]),
        number=kept["number"],
        source=kept["source"],
        contract_version=kept["contract_version"],
        covers_from=_day(kept["covers_from"]),
        tables={table: _seal(seal) for table, seal in kept["tables"].items()},
        findings=kept["findings"],
        folder=path.parent,
        files=tuple(kept.get("files", ())),
        severities=kept.get("severities", {}),
        mapping=kept.get("mapping", {}),
        remapped_from=kept.get("remapped_from", ""),
        in_place_of=kept.get("in_place_of", 0),
        purged_on=purged.get(kept["id"], ""),
    )


def _seal(kept: dict[str, Any]) -> TableSeal:
    """A seal as it was written; older ones say only how many rows there are."""
    columns, layouts = (tuple(kept.get(name, ())) for name in ("columns", "layouts"))
    days = (_day(kept.get("known_from")), _day(kept.get("as_at")))
    more = (kept.get("mapping", ""), kept.get("out_of_step", 0))
    return TableSeal(kept["rows"], kept["sha256"], columns, layouts, *days, *more)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
