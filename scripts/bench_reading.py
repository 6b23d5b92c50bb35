"""Reading speed: megabytes a second of each format, beside the plain library that could only read it and do no more.

`python scripts/bench_reading.py [--rows N] [--repeat N]`; what `make bench` calls. Ours looks for what is wrong with a
file, reads every column as text and counts rows as people do; the ratio says what that costs on any machine.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import duckdb
import fastexcel
import xlsxwriter

from scorecard.contract.sources.folder import pieces_of
from scorecard.contract.values.match import match
from scorecard.contract.values.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NAMES = (
    *("cinv_cin_visit_id", "cinv_person_id", "cinv_cin_visit_date", "cinv_cin_visit_seen"),
    *("cinv_cin_visit_seen_alone", "cinv_cin_visit_bedroom", "worker", "team"),
)
_MEGABYTE = 1_000_000


def rows(how_many: int) -> Iterator[tuple[str, ...]]:
    """Invented visits."""
    for number in range(how_many):
        day = f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield f"v{number}", f"c{number % 9973}", day, "Y", "N", "Y", f"w{number % 311}", f"Café {number % 7}"


def write_csv(path: Path, how_many: int, encoding: str = "utf-8") -> None:
    """As a case system exports it."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows((NAMES, *rows(how_many)))


def write_windows_csv(path: Path, how_many: int) -> None:
    """As Excel exports it."""
    write_csv(path, how_many, "cp1252")


def write_xlsx(path: Path, how_many: int) -> None:
    """One sheet."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("ssd_cin_visits")
        for number, row in enumerate((NAMES, *rows(how_many))):
            sheet.write_row(number, 0, row)


def write_xml(path: Path, how_many: int) -> None:
    """A return of children looked after with four episodes a child."""
    with path.open("w", encoding="utf-8") as file:
        file.write("<EXPSSDA903>")
        for number, (episode, child, day, *_) in enumerate(rows(how_many)):
            if number % 4 == 0:
                closed = "</CHILD>" if number else ""
                file.write(f"{closed}<CHILD><HEADER><CHILDID>{child}</CHILDID><DOB>01/02/2010</DOB></HEADER>")
            file.write(f"<EPISODE><DECOM>{day}</DECOM><RNE>S</RNE><LS>C2</LS><PL>U4</PL><URN>{episode}</URN></EPISODE>")
        file.write("</CHILD></EXPSSDA903>")


def write_parquet(path: Path, how_many: int) -> None:
    """As a warehouse exports it."""
    write_csv(path.with_suffix(".csv"), how_many)
    with duckdb.connect() as connection:
        connection.read_csv(str(path.with_suffix(".csv")), all_varchar=True).write_parquet(str(path))
    path.with_suffix(".csv").unlink()


def ours(path: Path) -> None:
    """Every column of every piece."""
    with duckdb.connect() as connection:
        pieces, _ = pieces_of(path, connection)
        for number, piece in enumerate(pieces):
            columns = {f"column {place}": place for place in range(len(piece.head[0]))}
            piece.pour(connection, f"poured_{number}", columns, 1)


def plain_csv(path: Path) -> None:
    """The engine's own reader."""
    with duckdb.connect() as connection:
        connection.read_csv(str(path), all_varchar=True).create("poured")


def plain_rows(path: Path) -> None:
    """Python's own reader; the engine reads no Windows-1252."""
    with path.open(encoding="cp1252", newline="") as file:
        for _ in csv.reader(file):
            pass


def plain_xlsx(path: Path) -> None:
    """The library that reads workbooks, in this process."""
    sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
    with duckdb.connect() as connection:
        connection.register("sheet", sheet)
        connection.execute("CREATE TABLE poured AS FROM sheet").fetchall()


def plain_xml(path: Path) -> None:
    """Python's own reader, element by element."""
    for _, element in ET.iterparse(path):  # noqa: S314 -- a file this script has written
        element.clear()


def plain_parquet(path: Path) -> None:
    """The engine's own reader."""
    with duckdb.connect() as connection:
        connection.read_parquet(str(path)).create("poured")


@dataclass(frozen=True)
class Format:
    """One format: how a file of it is made, and the plain way to read it."""

    title: str
    file: str
    make: Callable[[Path, int], None]
    plain: Callable[[Path], None]
    library: str


_WORDS, _SPELLINGS = ("agency", "health", "qwertz"), 9_000

FORMATS = (
    Format("CSV", "visits.csv", write_csv, plain_csv, "DuckDB's read_csv"),
    Format("CSV in Windows-1252", "windows.csv", write_windows_csv, plain_rows, "Python's csv"),
    Format("XLSX", "visits.xlsx", write_xlsx, plain_xlsx, "fastexcel"),
    Format("XML", "return.xml", write_xml, plain_xml, "Python's iterparse"),
    Format("Parquet", "visits.parquet", write_parquet, plain_parquet, "DuckDB's read_parquet"),
)


def _quickest(read: Callable[[Path], None], path: Path, repeat: int) -> float:
    found = []
    for _ in range(repeat):
        began = time.perf_counter()
        read(path)
        found.append(time.perf_counter() - began)
    return min(found)


def _match_spellings(how_many: int) -> float:
    """How many spellings of who made a contact are matched in a second, none of them seen before."""
    each = vocabulary("referral_source")
    spellings = [f"Some {word} or other {number}" for number in range(how_many // 3) for word in _WORDS]
    match(each, "the first one reads the words")
    began = time.perf_counter()
    for spelling in spellings:
        match(each, spelling)
    return len(spellings) / (time.perf_counter() - began)


def main(words: Sequence[str] | None = None) -> int:
    """Make a file of each format, and read it both ways."""
    reader = argparse.ArgumentParser(description="Reading speed of each format.")
    reader.add_argument("--rows", type=int, default=200_000, help="rows a file (default: 200000)")
    reader.add_argument("--repeat", type=int, default=3, help="how often each is read; the quickest counts")
    asked = reader.parse_args(words)
    print(f"Megabytes a second, files of {asked.rows:,} rows; the ratio is our time to the plain library's:")
    with tempfile.TemporaryDirectory(prefix="scorecard-bench-", ignore_cleanup_errors=True) as scratch:
        for each in FORMATS:
            path = Path(scratch) / each.file
            each.make(path, asked.rows)
            size = path.stat().st_size / _MEGABYTE
            mine, other = (_quickest(read, path, asked.repeat) for read in (ours, each.plain))
            print(
                f"  {each.title:20}{size:6.1f} MB {size / mine:8.1f} MB/s  {each.library:22}{size / other:8.1f} MB/s"
                f" {mine / other:6.1f} ×",
                flush=True,
            )
    print(f"Spellings matched to codes: {_match_spellings(_SPELLINGS):,.0f} a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
