"""What decided how reports became records: mapping files and vocabularies, kept with the extract they read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from scorecard.contract.layouts.pouring import OWN_REPORTS, mappings_of
from scorecard.contract.layouts.shipped import SHIPPED
from scorecard.contract.load import load_contract
from scorecard.contract.mapping.matching import code_list
from scorecard.contract.mapping.reading import read_mapping, read_mappings
from scorecard.contract.mapping.replaying import Readers
from scorecard.contract.values.vocabulary import FOLDER, files_of
from scorecard.store.rules import fingerprint_of
from scorecard.work.sources import MAPPINGS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorecard.contract.mapping.mapping import Mapping as ReportMapping
    from scorecard.store.rules import KeptRules
    from scorecard.store.snapshots import Snapshot

_LAYOUTS, _VALUES = "layouts", "values"
_SHORT = 16


@dataclass(frozen=True)
class ReadBy:
    """The files that decided an extract, by the names they are kept under, and those that decided each table."""

    files: Mapping[str, Path]
    of_table: Mapping[str, frozenset[str]]
    mappings: Mapping[str, ReportMapping]

    @cached_property
    def prints(self) -> dict[str, str]:
        """The fingerprint of each file, by its name."""
        return {name: fingerprint_of(path.read_bytes()) for name, path in sorted(self.files.items())}

    def of_tables(self, prints: Mapping[str, str]) -> dict[str, str]:
        """One fingerprint for each table, of the files that decided it."""
        said = {
            table: "".join(f"{name} {prints[name]}\n" for name in sorted(of)) for table, of in self.of_table.items()
        }
        return {table: sha256(text.encode()).hexdigest()[:_SHORT] for table, text in said.items()}

    def keep(self, rules: KeptRules) -> dict[str, str]:
        """Keep the files, and give back the fingerprint of each by its name."""
        return {name: rules.keep(path) for name, path in sorted(self.files.items())}

    @property
    def readers(self) -> Readers:
        """The mappings and vocabularies as they are now."""
        return Readers(self.mappings, FOLDER.joinpath)


def read_by(pieces: Iterable[tuple[str, str]], folder: Path) -> ReadBy:
    """What decides an extract in a workspace as it stands: its pieces are told by layout and report."""
    mappings = dict(_mappings(frozenset(pieces), folder))
    files, tables = {name: one.path for name, one in mappings.items() if one.path}, defaultdict[str, set[str]](set)
    for name, mapping in mappings.items():
        for one in mapping.tables:
            decided = {f"{_VALUES}/{path.name}": path for path in _vocabularies(one.into, one.columns)}
            files |= decided
            tables[one.into] |= {name, *decided}
    if (settled := folder / SOURCES).exists():
        files[SOURCES] = settled
    return ReadBy(files, {table: frozenset(names) for table, names in tables.items()}, mappings)


def readers_kept(snapshot: Snapshot, rules: KeptRules) -> Readers:
    """The mappings and vocabularies a snapshot was read by, as they then stood."""
    contract = load_contract()
    mappings = {
        name: read_mapping(rules.path(Path(name).name, fingerprint), contract)
        for name, fingerprint in snapshot.mapping.items()
        if name.partition("/")[0] in {MAPPINGS, _LAYOUTS}
    }
    return Readers(mappings, lambda name: rules.path(name, snapshot.mapping.get(f"{_VALUES}/{name}", "-")))


def _mappings(pieces: frozenset[tuple[str, str]], folder: Path) -> Iterator[tuple[str, ReportMapping]]:
    for one in read_mappings(folder / MAPPINGS, load_contract()):
        if (OWN_REPORTS.id, one.report) in pieces:
            yield f"{MAPPINGS}/{one.id}.toml", one
    for layout in SHIPPED:
        for one in mappings_of(layout):
            if (layout.id, one.report) in pieces:
                yield f"{_LAYOUTS}/{layout.id}/{one.id}.toml", one


def _vocabularies(table: str, columns: Iterable[str]) -> Iterator[Path]:
    of = load_contract().tables[table]
    for name in sorted(filter(None, {code_list(of.column(column)) for column in columns})):
        yield from files_of(name)
