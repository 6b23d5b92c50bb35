"""XML files: every kind of record of a known document as a piece of its own.

The parser is the standard one, told to stop at a document type: without one there are no entities that could grow or
fetch. What is not among the elements of the document is passed over and named.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING
from xml.parsers import expat

from scorecard.contract.report import Finding, Rows, Severity
from scorecard.contract.sources.piece import ROW, Cells, UnreadableError, sql_name
from scorecard.contract.sources.xml_document import documents, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import duckdb

    from scorecard.contract.sources.xml_document import Document, Kind

MOST_BYTES = 300_000_000
"""How large a file may be; the census of the largest county is a third of it."""
MOST_UNFINISHED = 1_000_000
"""How long one tag, and one value, may be."""
MOST_DEEP = 100
"""How deep elements may stand in one another."""
MOST_ELEMENTS = 3_000_000
"""How many elements a file may have."""
MOST_RECORDS = 250_000
"""How many records of one kind it may have."""
HEADER, YEAR = "Header", "Year"
"""The record and the element in which a document tells its year."""
_CHUNK = 65_536
_TOLD_WITHIN = 1_000_000
_BATCH = 20_000
_SHOWN_NAMES = 10
_LONGEST_NAME = 40
_NUMBERS = count(1)

_Row = list["str | int | None"]
"""A record: its number, the numbers of those it stands in, its values."""


@dataclass(frozen=True)
class RecordsPiece:
    """All records of one kind in one file; the first is row 1."""

    file: str
    document: Document
    kind: Kind
    relations: Mapping[str, str]

    @property
    def label(self) -> str:
        """The file and the kind."""
        return f"{self.file}, records {self.kind.name}"

    @property
    def name(self) -> str:
        """The document and the kind."""
        return f"{self.document.id} {self.kind.name}"

    @property
    def head(self) -> tuple[Cells, ...]:
        """The names of the columns: what the records around it carry down, the numbers of all, its own elements."""
        return (tuple(name for name, _ in self._columns()),)

    def _columns(self) -> list[tuple[str, str]]:
        """The name of each column and how SQL says it."""
        above = self.document.above(self.kind)
        carried = [(name, f"{_said(kind.name)}.{sql_name(name)}") for kind in above for name in kind.carries]
        numbers = [(kind.number, f"records.{sql_name(kind.number)}") for kind in above]
        own = [(name, f"records.{sql_name(name)}") for name in self.kind.columns]
        return [*carried, *numbers, (self.kind.number, f"records.{ROW}"), *own]

    def pour(
        self,
        connection: duckdb.DuckDBPyConnection,
        into: str,
        columns: Mapping[str, int],
        header_row: int,
    ) -> list[Finding]:
        """The wanted columns of every record, with what is carried down from the records it stands in."""
        del header_row
        said = [expression for _, expression in self._columns()]
        wanted = ", ".join(f"CAST({said[place]} AS VARCHAR) AS {sql_name(name)}" for name, place in columns.items())
        around = "".join(
            f" LEFT JOIN {self.relations[kind.name]} AS {_said(kind.name)}"
            f" ON {_said(kind.name)}.{ROW} = records.{sql_name(kind.number)}"
            for kind in self.document.above(self.kind)
            if kind.carries
        )
        # Names of the document's own elements and of our tables.
        connection.execute(
            f"CREATE TEMP TABLE {into} AS SELECT records.{ROW}, {wanted}"
            f" FROM {self.relations[self.kind.name]} AS records{around}",
        )
        return []


def _said(kind: str) -> str:
    return sql_name(f"around {kind}")


def open_xml(path: Path, connection: duckdb.DuckDBPyConnection) -> tuple[list[RecordsPiece], list[Finding]]:
    """The kinds of record in an XML file, and what is to be said of the elements that are not known."""
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableError(_too_large(path.name))
    document = _told(path)
    records = _Records(path.name, document, connection)
    try:
        _parse(path, records.handle)
        records.store()
    except UnreadableError:
        records.drop()
        raise
    pieces = [
        RecordsPiece(path.name, document, kind, records.relations)
        for kind in document.kinds
        if records.numbers[kind.name] or records.year >= kind.since
    ]
    return pieces, records.findings()


def _parse(path: Path, handle: Callable[[expat.XMLParserType], None], most: int = MOST_BYTES) -> None:
    """Hand the events of a file to a reader; whatever is wrong with it is refused with its line."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: _refuse(_doctype(path.name, parser))
    handle(parser)
    fed = 0
    try:
        with path.open("rb") as file:
            while fed < most and (chunk := file.read(_CHUNK)):
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > MOST_UNFINISHED:
                    _refuse(_too_long(path.name, parser))
        if fed < most:
            parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        # Besides faults of the text: an encoding that is not known, or is known and cannot be read a byte at a time.
        raise UnreadableError(_not_well_formed(path.name, parser)) from None


def _refuse(finding: Finding) -> None:
    raise UnreadableError(finding)


class _ToldError(Exception):
    """The document is known."""


def _told(path: Path) -> Document:
    """Which document a file is, told by the first element that only one of them has."""
    told = {tuple(by.split("/")): document for document in documents() for by in document.told_by}
    deepest = max(map(len, told))
    at: list[str] = []
    found: list[Document] = []

    def start(name: str, _: object) -> None:
        at.append(_plain(name))
        if len(at) <= deepest and (document := told.get(tuple(at))):
            found.append(document)
            raise _ToldError

    def handle(parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = start
        parser.EndElementHandler = lambda _: at.pop()

    try:
        _parse(path, handle, _TOLD_WITHIN)
    except _ToldError:
        return found[0]
    raise UnreadableError(_unknown(path.name))


def _plain(name: str) -> str:
    """The name of an element without its namespace."""
    return name.rpartition(":")[2] if ":" in name else name


class _Records:
    """The records of one file on their way into the database."""

    def __init__(self, file: str, document: Document, connection: duckdb.DuckDBPyConnection) -> None:
        self.numbers: Counter[str] = Counter()
        self.relations: dict[str, str] = {}
        self.year = 0
        self._file = file
        self._document = document
        self._connection = connection
        self._rows: dict[str, list[_Row]] = {kind.name: [] for kind in document.kinds}
        self._unknown: Counter[str] = Counter()
        self._twice: Counter[str] = Counter()
        self._at = [tree_of(document)]
        self._open: list[_Row] = []
        self._text: list[str] = []
        self._letters = -1
        self._passed_over = self._elements = 0
        for kind in document.kinds:
            self._make(kind)

    def _make(self, kind: Kind) -> None:
        relation = sql_name(f"_xml_{next(_NUMBERS)}")
        numbers = "".join(f", {sql_name(above.number)} BIGINT" for above in self._document.above(kind))
        columns = "".join(f", {sql_name(name)} VARCHAR" for name in kind.columns)
        self._connection.execute(f"CREATE TEMP TABLE {relation} ({ROW} BIGINT{numbers}{columns})")
        self.relations[kind.name] = relation

    def handle(self, parser: expat.XMLParserType) -> None:
        """Read every event of a parser."""
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._read

    def _start(self, name: str, _: object) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            _refuse(_too_many(self._file, self._parser, MOST_ELEMENTS, "elements"))
        node = None if self._passed_over else self._at[-1].children.get(_plain(name))
        if node is None:
            self._pass_over(name)
            return
        self._at.append(node)
        if node.kind:
            self.numbers[node.kind.name] += 1
            if self.numbers[node.kind.name] > MOST_RECORDS:
                _refuse(_too_many(self._file, self._parser, MOST_RECORDS, f"records {node.kind.name}"))
            above = [row[0] for row in self._open]
            self._open.append([self.numbers[node.kind.name], *above, *[None] * len(node.kind.places)])
        if node.place is not None:
            self._text, self._letters = [], 0

    def _pass_over(self, name: str) -> None:
        """An element nobody asked for; those inside it are not looked at."""
        self._passed_over += 1
        if self._passed_over == 1 and (len(self._unknown) < _SHOWN_NAMES or name in self._unknown):
            self._unknown[name] += 1
        if self._passed_over > MOST_DEEP:
            _refuse(_too_deep(self._file, self._parser))

    def _read(self, text: str) -> None:
        if self._letters < 0 or self._passed_over:
            return
        self._text.append(text)
        self._letters += len(text)
        if self._letters > MOST_UNFINISHED:
            _refuse(_too_long(self._file, self._parser))

    def _end(self, name: str) -> None:
        if self._passed_over:
            self._passed_over -= 1
            return
        node = self._at.pop()
        if node.place is not None:
            self._keep(node.place, name)
        if node.kind:
            self._finish(node.kind)

    def _keep(self, place: int, name: str) -> None:
        """The value of an element of the record that is open; of two the first."""
        self._letters = -1
        row, at = self._open[-1], len(self._open) + place
        if row[at] is None:
            row[at] = "".join(self._text).strip() or None
        else:
            self._twice[_plain(name)] += 1

    def _finish(self, kind: Kind) -> None:
        row = self._open.pop()
        if kind.name == HEADER:
            self.year = _year(row[1 + kind.columns.index(YEAR)])
        waiting = self._rows[kind.name]
        waiting.append(row)
        if len(waiting) == _BATCH:
            self._store(kind.name)

    def store(self) -> None:
        """Write the rows that are still waiting."""
        for name in self._rows:
            self._store(name)

    def _store(self, name: str) -> None:
        if rows := self._rows[name]:
            marks = ", ".join("unnest(?)" for _ in rows[0])
            self._connection.execute(
                f"INSERT INTO {self.relations[name]} SELECT {marks}",
                [list(column) for column in zip(*rows, strict=True)],
            )
            rows.clear()

    def drop(self) -> None:
        """Take the tables away again."""
        for relation in self.relations.values():
            self._connection.execute(f"DROP TABLE {relation}")

    def findings(self) -> list[Finding]:
        """What is to be said of elements that were not read."""
        return [
            *(_not_read(self._file, self._unknown) for _ in [0] if self._unknown),
            *(_twice(self._file, name, times) for name, times in self._twice.items()),
        ]


def _year(said: str | int | None) -> int:
    return int(said) if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) == len("2026") else 0


def _at(parser: expat.XMLParserType) -> tuple[Rows, str]:
    """Where the parser is; many of these files are a single line."""
    line = parser.CurrentLineNumber
    return Rows((line,), 1), f"line {line}, character {parser.CurrentColumnNumber + 1}"


def _not_read(file: str, elements: Counter[str]) -> Finding:
    names = ", ".join(f"“{name[:_LONGEST_NAME]}” ({times})" for name, times in elements.items())
    return Finding(
        "unknown_column",
        Severity.NOTE,
        f"Elements that the document does not have were not read: {names}.",
        "Nothing needs doing unless a figure needs them.",
        file,
    )


def _twice(file: str, name: str, times: int) -> Finding:
    return Finding(
        "element_twice",
        Severity.WARN,
        f"An element stands more than once in a record, and the first was taken ({times} more).",
        "Export the file again, or mend it in the system it comes from.",
        file,
        column=name,
    )


def _unknown(file: str) -> Finding:
    titles = ", ".join(document.title for document in documents())
    return Finding(
        "wrong_format",
        Severity.BLOCK,
        f"The file is XML, but none of the documents that are read: {titles}.",
        "Give the return as it was sent to the department, or the tables as CSV.",
        file,
        Rows((1,), 1),
    )


def _too_large(file: str) -> Finding:
    return Finding(
        "too_large",
        Severity.BLOCK,
        f"The file is larger than {MOST_BYTES // 1_000_000} megabytes, and was not opened.",
        "Give one year a file, or the tables as CSV.",
        file,
    )


def _hostile(file: str, parser: expat.XMLParserType, problem: str, remedy: str) -> Finding:
    """The file was refused at the place the parser is at."""
    rows, place = _at(parser)
    return Finding("wrong_format", Severity.BLOCK, f"{problem} ({place}); the file was not read.", remedy, file, rows)


def _doctype(file: str, parser: expat.XMLParserType) -> Finding:
    problem = "The file declares a document type, which could make it grow or fetch other files"
    return _hostile(file, parser, problem, "Take the DOCTYPE out, or export the file again without one.")


def _too_long(file: str, parser: expat.XMLParserType) -> Finding:
    problem = "A tag or a value is longer than any record needs"
    return _hostile(file, parser, problem, "Export the file again.")


def _too_many(file: str, parser: expat.XMLParserType, most: int, what: str) -> Finding:
    problem = f"There are more than {most:,} {what}"
    return _hostile(file, parser, problem, "Give one year a file, or the tables as CSV.")


def _too_deep(file: str, parser: expat.XMLParserType) -> Finding:
    problem = "The elements stand too deep in one another"
    return _hostile(file, parser, problem, "Export the file again.")


def _not_well_formed(file: str, parser: expat.XMLParserType) -> Finding:
    problem = "The file is no well-formed XML, or is cut short"
    return _hostile(file, parser, problem, "Export the file again; its letters must be in the encoding it names.")
