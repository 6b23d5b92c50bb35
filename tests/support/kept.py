"""Small extracts, months and hand-overs, kept by the steps of the product; and whether all that is kept is whole."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import duckdb

from scorecard.calendar.periods import Period
from scorecard.store.by import By
from scorecard.store.disk import sha256
from scorecard.store.ledger import Act
from scorecard.store.snapshots import TableTaken, Taken
from scorecard.store.supplied import HandOver, SuppliedFigure
from scorecard.work import freeze as freezing
from scorecard.work.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scorecard.store.months import Because, FrozenMonth
    from scorecard.store.store import Store
    from scorecard.work.workspace import Workspace

DAY, OCTOBER = date(2021, 11, 30), Period(2021, 10)
BY = By("asmith", "LAPTOP-7", "2021-12-03T09:00:00+00:00")
_ROWS = 40


def workspace_in(folder: Path) -> Workspace:
    """A workspace with nothing in it but its settings, and rules enough to keep."""
    folder.mkdir(exist_ok=True)
    settings = folder / "scorecard.toml"
    if not settings.exists():
        settings.write_text('[authority]\nname = "Merrowshire"\n', encoding="utf-8")
    return open_workspace(folder, BY)


def take(store: Store, number: int) -> str:
    """Keep an extract of its own for each number, and let it stand."""
    with duckdb.connect(":memory:") as connection, store.writing() as ledger:
        connection.execute(f"CREATE TABLE things AS SELECT range AS id, {number} AS said FROM range({_ROWS})")
        connection.execute("CREATE TABLE others (id VARCHAR)")
        taken = Taken(DAY, "extract", f"{number:08d}", "1.4.5", None, {})
        tables = {name: TableTaken(name) for name in ("things", "others")}
        snapshot = store.snapshots.keep(taken, tables, connection)
        if not store.snapshots.stands(snapshot):
            ledger.add(Act.TAKEN, snapshot.id, told={"manifest": sha256(snapshot.manifest)})
            store.snapshots.let_stand(snapshot)
    return snapshot.id


def freeze(workspace: Workspace, number: int, *, again: bool = True) -> str:
    """Freeze October as the product does, counting little: each number is a count of its own."""
    with _counting_little(number):
        return freezing.freeze(workspace, OCTOBER, BY.at, workspace.snapshots.all()[-1], again=again).name


def hand_over(store: Store, number: int, folder: Path) -> str:
    """Keep a workbook of its own for each number."""
    workbook = folder / "workbook"
    workbook.write_bytes(b"workbook %d" % number)
    given = HandOver(OCTOBER, "fostering", "Fostering", "Officer", DAY, (SuppliedFigure("things", number, None),))
    with store.writing() as ledger:
        kept = store.supplies.keep(given, workbook)
        ledger.add(Act.SUPPLIED, kept.id)
    return kept.id


@contextmanager
def _counting_little(number: int) -> Iterator[None]:
    """In place of counting every indicator of a real council: all the rest of a freeze is the product's own."""

    @contextmanager
    def counted_in(_workspace: Workspace, _period: Period, snapshot: Any) -> Iterator[str]:
        yield snapshot.id

    def keep_counted(  # noqa: PLR0913, PLR0917 - as the product's
        workspace: Workspace, snapshot: str, period: Period, at: str, because: Because, accepted: Any
    ) -> FrozenMonth:
        def write(folder: Path) -> None:
            (folder / "facts.parquet").write_bytes(b"facts %d " % number * _ROWS)
            (folder / "cases").mkdir()
            (folder / "cases" / "things.parquet").write_bytes(b"cases %d " % number * _ROWS)

        rules = {"scorecard.toml": workspace.rules.keep(workspace.folder / "scorecard.toml")}
        return workspace.months.keep(period, snapshot, at, rules, write, because, accepted)

    with patch.multiple(freezing, counted_in=counted_in, settled=lambda *_: (), keep_counted=keep_counted):
        yield


class TornError(AssertionError):
    """Something of a store is not as it was kept."""


def present(store: Store) -> set[str]:
    """The name of everything that is there; a `TornError` where a part of it is missing, altered or unexplained."""
    held = dict[str, str]()
    for snapshot in store.snapshots.all():
        _agree(snapshot.folder, {f"{name}.parquet": one.sha256 for name, one in snapshot.tables.items() if one.rows})
        held[snapshot.id] = sha256(snapshot.manifest)
    for path in store.folder.glob("months/*"):
        for month in store.months.revisions(Period.parse(path.name)):
            _agree(month.folder, month.seals)
            for name, fingerprint in month.rules.items():
                _agree(store.rules.path(name, fingerprint).parent, {name: fingerprint})
            held[month.name] = sha256(month.manifest)
    for path in store.folder.glob("supplied/*/*/[!.]*/supplied.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        _agree(path.parent, {"supplied.xlsx": record["workbook"]})
        held[path.parent.relative_to(store.folder).as_posix()] = ""
    store.supplies.all()
    _explained(store, held)
    return set(held)


def _agree(folder: Path, seals: Any) -> None:
    for name, seal in seals.items():
        path = folder / name
        if not path.exists() or not hashlib.sha256(path.read_bytes()).hexdigest().startswith(seal):
            raise TornError(f"{path} is not as it was kept")


def _explained(store: Store, held: dict[str, str]) -> None:
    """What the ledger says was done is there, and what counts or stands is in the ledger, under its own seal."""
    ledger = {entry.to: entry.told.get("manifest", "") for entry in store.ledger.all() if entry.act != Act.TAKEN_OVER}
    if store.ledger.broken() or any(held.get(name) != seal for name, seal in ledger.items()):
        raise TornError("The ledger does not agree with what is there")
    pointers = [*store.folder.glob("months/*/current.json"), *store.folder.glob("snapshots/*.json")]
    if any(json.loads(path.read_bytes())["manifest"] not in ledger.values() for path in pointers):
        raise TornError("Something counts that the ledger does not know")


def stands(store: Store) -> set[str]:
    """The extract that stands for the day and the freeze of October that counts."""
    month, snapshots = store.months.get(OCTOBER), store.snapshots.all()
    return {one for one in (month and month.name, snapshots and snapshots[-1].id) if one}


def left(store: Store) -> list[str]:
    """What a writer left who did not come to an end."""
    rooms = store.folder.glob("**/*")
    asides = [path for path in rooms if any(part.startswith(".") for part in path.relative_to(store.folder).parts)]
    unnamed = [
        path
        for path in (*store.folder.glob("snapshots/*"), *store.folder.glob("months/*/*"))
        if path.is_dir() and not (path / "manifest.json").exists()
    ]
    lease = [store.lease] if store.lease.exists() else []
    return [path.relative_to(store.folder).as_posix() for path in (*asides, *unnamed, *lease)]
