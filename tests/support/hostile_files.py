"""Files that are damaged, swollen or made to do harm; each is made when it is asked for, and none is stored."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

HEADER = b"cont_contact_id,cont_person_id,cont_contact_date\n"
ROW = b"k1,c1,2021-11-01\n"
RETURN = (
    b"<EXPSSDA903><CHILD><HEADER><CHILDID>7</CHILDID><DOB>01/02/2010</DOB></HEADER>"
    b"<EPISODE><DECOM>01/03/2021</DECOM><PL>U4</PL></EPISODE></CHILD></EXPSSDA903>"
)
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
NAMES = ("cont_contact_id", "cont_person_id", "cont_contact_date")
ROWS = ("k1", "c1", "2021-11-01")
CELLS = b"".join(
    b'<row r="%d">%s</row>'
    % (
        number,
        b"".join(
            b'<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>' % (column, number, text.encode())
            for column, text in zip((b"A", b"B", b"C"), texts, strict=True)
        ),
    )
    for number, texts in enumerate((NAMES, ROWS), 1)
)
BOOK = (
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>%s</sheets></workbook>'
)
ONE_SHEET = b'<sheet name="ssd_contacts" sheetId="1" r:id="rId1"/>'
_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
_TO = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PART = "xl/worksheets/sheet1.xml"
_NONE, _FREE = 0xFFFF_FFFE, 0xFFFF_FFFF
"""In a table of sectors: the last of a chain, and one that is free."""


def workbook(cells: bytes = CELLS, more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of one sheet; `more` puts other parts beside or in place of its own."""
    parts = {
        "_rels/.rels": _RELATIONS
        % (b'<Relationship Id="r" Type="' + _TO + b'officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": BOOK % ONE_SHEET,
        "xl/_rels/workbook.xml.rels": _RELATIONS
        % (
            b'<Relationship Id="rId1" Type="' + _TO + b'worksheet" Target="worksheets/sheet1.xml"/>'
            b'<Relationship Id="rId2" Type="' + _TO + b'sharedStrings" Target="sharedStrings.xml"/>'
        ),
        _PART: SHEET % cells,
        **(more or {}),
    }
    return _zipped(parts)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return whole.getvalue()


def _ods(cells: bytes) -> bytes:
    content = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        b'<table:table table:name="ssd_contacts">' + cells + b"</table:table>"
        b"</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        b'<manifest:file-entry manifest:full-path="/" manifest:media-type="' + kind + b'"/></manifest:manifest>'
    )
    return _zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_row(texts: tuple[str, ...], about: bytes = b"") -> bytes:
    cells = b"".join(
        b'<table:table-cell office:value-type="string"><text:p>' + text.encode() + b"</text:p></table:table-cell>"
        for text in texts
    )
    return b"<table:table-row" + about + b">" + cells + b"</table:table-row>"


def good_ods() -> bytes:
    """A sheet as LibreOffice writes it."""
    return _ods(_ods_row(NAMES) + _ods_row(ROWS))


def good_xls() -> bytes:
    """A sheet as Excel wrote it until 2003: records of a stream (BIFF8) in a container of sectors."""
    texts = ((row, column, text) for row, texts in enumerate((NAMES, ROWS)) for column, text in enumerate(texts))
    cells = b"".join(
        _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode())
        for row, column, text in texts
    )
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + _record(0x000A, b"")
    name = b"ssd_contacts"
    begins = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    at = len(begins) + 4 + 8 + len(name) + 4
    listed = _record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
    stream = (begins + listed + _record(0x000A, b"") + sheet).ljust(4_096, b"\0")
    sectors = len(stream) // 512
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<9I", 0, 1, 1, 0, 4_096, _NONE, 0, _NONE, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    chain = [0xFFFF_FFFD, _NONE, *range(3, 2 + sectors), _NONE]
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    entries = _entry("Root Entry", 5, 1, _NONE, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return head + table + entries.ljust(512, b"\0") + stream


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return head + b"\0" * 36 + struct.pack("<IQ", first, size)


def _lying(size: int) -> bytes:
    """A workbook whose sheet says it is small and is not."""
    whole = bytearray(workbook(CELLS + b" " * size))
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        true = parts.getinfo(_PART).file_size
    return bytes(whole.replace(struct.pack("<I", true), struct.pack("<I", 900)))


def _overlapping() -> bytes:
    """One packed part that ten thousand entries of the list point to."""
    whole = workbook(CELLS + b" " * 1_000_000)
    at = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    first = whole[at : whole.index(b"PK\x01\x02", at + 4)]
    listed = whole[at:end] + first * 10_000
    last = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 10_005 % 65_536, 10_005 % 65_536, len(listed), at, 0)
    return whole[:at] + listed + last


def _ends_with(parts: int, list_bytes: int) -> bytes:
    """A workbook whose last words tell other numbers."""
    whole = workbook()
    end = whole.index(b"PK\x05\x06")
    at = struct.unpack_from("<I", whole, end + 16)[0]
    return whole[:end] + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, parts, parts, list_bytes, at, 0)


def _flipped(whole: bytes, every: int) -> bytes:
    changed = bytearray(whole)
    for at in range(30, len(changed), every):
        changed[at] ^= 0xA5
    return bytes(changed)


def _shared_strings(length: int, cells: int) -> bytes:
    """One long text that many cells have."""
    text = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>' + b"x" * length
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, cells))
    return workbook(rows, {"xl/sharedStrings.xml": text + b"</t></si></sst>"})


def _compound(sectors: int) -> bytes:
    """The container of an old workbook whose table of sectors leads round in a circle."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += b"\0" * 6 + struct.pack("<9I", 0, sectors, 0, 0, 4096, 0, sectors, 0, sectors)
    return head.ljust(512, b"\0") + struct.pack("<128I", *([0] * 128)) * 8


def _noise(size: int) -> bytes:
    return random.Random(4).randbytes(size)  # noqa: S311 -- noise, no secret


def _entities(levels: int, whole: bytes) -> bytes:
    """A document in which U4 is a word that grows tenfold at each level."""
    declared = b'<!ENTITY a0 "lol">' + b"".join(
        b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, levels)
    )
    return b"<!DOCTYPE x [" + declared + b"]>" + whole.replace(b"U4", b"&a%d;" % (levels - 1))


def _in_return(text: bytes) -> bytes:
    return RETURN.replace(b"U4", text)


def _sql(name: bytes) -> bytes:
    return workbook(more={"xl/workbook.xml": BOOK % (b'<sheet name="' + name + b'" sheetId="1" r:id="rId1"/>')})


TEXT: Mapping[str, Callable[[], bytes]] = {
    "one line of seventeen megabytes.csv": lambda: b"a" * 17_500_000,
    "a cell of seventeen megabytes.csv": lambda: HEADER + ROW + b"k2,c1," + b"a" * 17_500_000 + b"\n" + ROW,
    "a cell of a megabyte.csv": lambda: HEADER + ROW + b"k2,c1," + b"a" * 1_000_000 + b"\n" + ROW,
    "a million columns.csv": lambda: b",".join(b"c%d" % number for number in range(1_000_000)) + b"\n1\n",
    "ninety thousand columns.csv": lambda: b"," * 90_000 + b"\n" + b"," * 90_000 + b"\n",
    "a row of a million cells.csv": lambda: HEADER + ROW + b"," * 1_000_000 + b"\n" + ROW,
    "an open quotation over five megabytes.csv": lambda: HEADER + b'k1,"c1,' + ROW * 300_000,
    "only quotation marks.csv": lambda: b'"' * 3_000_000,
    "only commas.csv": lambda: b"," * 150_000,
    "only line ends.csv": lambda: b"\n" * 5_000_000,
    "only carriage returns.csv": lambda: b"\r" * 5_000_000,
    "many ragged rows.csv": lambda: HEADER + b"k1,c1\n" * 300_000,
    "quotes within quotes.csv": lambda: HEADER + b'"""""",""",""",x\n' * 50_000,
    "noise.csv": lambda: _noise(2_000_000),
    "zeros.csv": lambda: b"\0" * 2_000_000,
    "a zero late in the file.csv": lambda: HEADER + ROW * 60_000 + b"k\0,c1,2021-11-01\n",
    "a workbook by another name.csv": workbook,
    "packed by another name.csv": lambda: b"\x1f\x8b\x08\0" + _noise(5_000),
    "sixteen bits and one byte.csv": lambda: (HEADER + ROW).decode().encode("utf-16") + b"k",
    "sixteen bits without a partner.csv": lambda: b"\xff\xfe" + "a,b\n".encode("utf-16-le") + b"\x00\xd8\x0a\x00" * 50,
    "thirty-two bits.csv": lambda: (HEADER + ROW).decode().encode("utf-32"),
    "half a letter at the end.csv": lambda: HEADER + ROW + b"k2,c1,\xe2\x82",
    "a letter no encoding has.csv": lambda: HEADER + ROW * 3 + b"k2,c1,\x81\x8d\n",
    "only a mark.csv": lambda: b"\xef\xbb\xbf",
    "formulas of a spreadsheet.csv": lambda: HEADER + b"=cmd|'/C calc'!A0,@SUM(1),+1\n",
    "letters that cannot be seen.csv": "\u202econt_contact_id\u200b,cont\u0000\n".encode,
    "a page of the web.csv": lambda: b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "it's [1] a 'name'; DROP TABLE.csv": lambda: HEADER + ROW,
}

MARKUP: Mapping[str, Callable[[], bytes]] = {
    "a billion laughs.xml": lambda: _entities(10, RETURN),
    "one entity ten thousand times.xml": lambda: (
        b'<!DOCTYPE EXPSSDA903 [<!ENTITY a "' + b"x" * 50_000 + b'">]>' + _in_return(b"&a;" * 10_000)
    ),
    "an entity that is a file.xml": lambda: (
        b'<!DOCTYPE EXPSSDA903 [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _in_return(b"&a;")
    ),
    "an entity of the web.xml": lambda: (
        b'<!DOCTYPE EXPSSDA903 [<!ENTITY a SYSTEM "http://127.0.0.1/a">]>' + _in_return(b"&a;")
    ),
    "a parameter entity.xml": lambda: b'<!DOCTYPE EXPSSDA903 [<!ENTITY % a SYSTEM "http://127.0.0.1/a"> %a;]>' + RETURN,
    "a document type elsewhere.xml": lambda: b'<!DOCTYPE EXPSSDA903 SYSTEM "http://127.0.0.1/a.dtd">' + RETURN,
    "a document type that is empty.xml": lambda: b"<!DOCTYPE EXPSSDA903>" + RETURN,
    "an inclusion.xml": lambda: _in_return(
        b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
    ),
    "a style sheet of the web.xml": lambda: (
        b'<?xml-stylesheet href="http://127.0.0.1/a.xsl" type="text/xsl"?>' + RETURN
    ),
    "elements a hundred thousand deep.xml": lambda: _in_return(b"<x>" * 100_000 + b"</x>" * 100_000),
    "another document a million deep.xml": lambda: b"<x>" * 1_000_000,
    "a hundred thousand attributes.xml": lambda: _in_return(
        b"<x " + b" ".join(b'a%d=""' % number for number in range(150_000)) + b"/>"
    ),
    "a name of two megabytes.xml": lambda: _in_return(b"<" + b"x" * 2_000_000 + b"/>"),
    "an attribute of two megabytes.xml": lambda: _in_return(b'<x a="' + b"x" * 2_000_000 + b'"/>'),
    "a value of two megabytes.xml": lambda: _in_return(b"x" * 2_000_000),
    "a value in a million parts.xml": lambda: _in_return(b"x<!---->" * 1_000_001),
    "a comment of two megabytes.xml": lambda: _in_return(b"<!--" + b"x" * 2_000_000 + b"-->"),
    "an instruction of two megabytes.xml": lambda: _in_return(b"<?x " + b"x" * 2_000_000 + b"?>"),
    "more elements than a return has.xml": lambda: _in_return(b"<x/>" * 3_000_001),
    "a million empty records.xml": lambda: RETURN.replace(b"</CHILD>", b"<EPISODE/>" * 1_000_000 + b"</CHILD>"),
    "an encoding nobody knows.xml": lambda: b'<?xml version="1.0" encoding="klingon"?>' + RETURN,
    "an encoding of many bytes.xml": lambda: b'<?xml version="1.0" encoding="big5"?>' + RETURN,
    "another encoding than it says.xml": lambda: (
        b'<?xml version="1.0" encoding="utf-16"?>' + RETURN.replace(b"U4", "é".encode("cp1252"))
    ),
    "cut short.xml": lambda: RETURN[:-30],
    "two roots.xml": lambda: RETURN + RETURN,
    "closed in the wrong order.xml": lambda: RETURN.replace(b"</PL></EPISODE>", b"</EPISODE></PL>"),
    "zeros.xml": lambda: _in_return(b"\0\0"),
    "only a mark.xml": lambda: b"\xef\xbb\xbf",
    "noise.xml": lambda: _noise(100_000),
    "a workbook by another name.xml": workbook,
    "no return at all.xml": lambda: b"<html>" + b"<p>no</p>" * 500_000 + b"</html>",
}

BOOKS: Mapping[str, Callable[[], bytes]] = {
    "a part that grows a thousand times.xlsx": lambda: workbook(b" " * 60_000_000),
    "many parts that grow.xlsx": lambda: workbook(more={f"xl/{number}": b" " * 25_000_000 for number in range(4)}),
    "a part that lies about its size.xlsx": lambda: _lying(60_000_000),
    "entries that share one part.xlsx": _overlapping,
    "fifty thousand parts.xlsx": lambda: workbook(more={f"xl/{number}": b"" for number in range(50_000)}),
    "a list longer than the file.xlsx": lambda: _ends_with(5, 0xFFFF_FFF0),
    "more parts than it lists.xlsx": lambda: _ends_with(0xFFFF, 200),
    "names that lead outside.xlsx": lambda: workbook(
        more={"../../evil.txt": b"x", "/etc/evil": b"x", "C:\\evil.txt": b"x", "..\\evil.txt": b"x"},
    ),
    "a sheet that leads outside.xlsx": lambda: workbook(
        more={"xl/_rels/workbook.xml.rels": b'<Relationship Id="rId1" Target="../../../../../../etc/passwd"/>'},
    ),
    "a sheet of the web.xlsx": lambda: workbook(
        more={
            "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="rId1" TargetMode="External"'
            b' Target="http://127.0.0.1/sheet.xml"/></Relationships>',
        },
    ),
    "a cell beyond the last column.xlsx": lambda: workbook(CELLS + b'<row r="3"><c r="AAAAAA3"><v>1</v></c></row>'),
    "a row beyond the last.xlsx": lambda: workbook(
        CELLS + b'<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>'
    ),
    "a row of many digits.xlsx": lambda: workbook(CELLS + b'<row r="' + b"9" * 6_000 + b'"><c r="A1"/></row>'),
    "a cell in the last corner.xlsx": lambda: workbook(
        CELLS + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a corner written otherwise.xlsx": lambda: workbook(
        CELLS + b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    ),
    "a dimension that lies.xlsx": lambda: workbook(
        more={
            _PART: (SHEET % CELLS).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'),
        }
    ),
    "one long text many times.xlsx": lambda: _shared_strings(30_000, 200_000),
    "a wide sheet.xlsx": lambda: workbook(
        CELLS + b'<row r="3">' + b"".join(b'<c r="%s3"><v>1</v></c>' % letters for letters in _columns()) + b"</row>",
    ),
    "entities in a sheet.xlsx": lambda: workbook(more={_PART: _entities(10, SHEET % CELLS.replace(b">k1<", b">U4<"))}),
    "a document type in a sheet.xlsx": lambda: workbook(
        more={_PART: b'<!DOCTYPE x SYSTEM "http://127.0.0.1/a.dtd">' + SHEET % CELLS},
    ),
    "half-open cells.xlsx": lambda: workbook(b"<c " * 1_500_000),
    "half-open formulas.xlsx": lambda: workbook(b'<c r="A1"><f>' * 500_000),
    "cells without end.xlsx": lambda: workbook(b"<row><c>" * 300_000),
    "no list of sheets.xlsx": lambda: _zipped({"xl/other.xml": b"<x/>"}),
    "a sheet that is not there.xlsx": lambda: workbook(
        more={"xl/workbook.xml": BOOK % ONE_SHEET.replace(b"rId1", b"r9")}
    ),
    "five hundred sheets.xlsx": lambda: workbook(
        more={
            "xl/workbook.xml": BOOK
            % b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (number, number) for number in range(500))
        }
    ),
    "a name of evil.xlsx": lambda: _sql(b"x&quot;; DROP TABLE ssd_person; --"),
    "macros beside it.xlsm": lambda: workbook(more={"xl/vbaProject.bin": _noise(5_000)}),
    "a formula that calls a program.xlsx": lambda: workbook(
        CELLS + b'<row r="3"><c r="A3"><f>cmd|\'/C calc\'!A0</f><v>1</v></c></row>',
    ),
    "cut short.xlsx": lambda: workbook()[:-200],
    "turned letters.xlsx": lambda: _flipped(workbook(), 40),
    "noise.xlsx": lambda: _noise(100_000),
    "words by another name.xlsx": lambda: HEADER + ROW,
    "only the last words.xlsx": lambda: b"PK\x05\x06" + b"\0" * 18,
    "locked.xlsx": lambda: _compound(1),
    "a circle of sectors.xls": lambda: _compound(0),
    "more sectors than bytes.xls": lambda: _compound(0xFFFF_FF00),
    "a chain without end.xls": lambda: good_xls().replace(struct.pack("<II", 3, 4), struct.pack("<II", 3, 3)),
    "cut short.xls": lambda: good_xls()[:1_700],
    "noise.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _noise(50_000),
    "the last corner, repeated.ods": lambda: _ods(
        _ods_row(NAMES) + _ods_row(("x",) * 200, b' table:number-rows-repeated="1048576"'),
    ),
    "noise.ods": lambda: _noise(50_000),
}

TABLES: Mapping[str, Callable[[], bytes]] = {
    "noise.parquet": lambda: _noise(50_000),
    "a foot longer than the file.parquet": lambda: b"PAR1" + _noise(500) + struct.pack("<I", 0x7FFF_FFFF) + b"PAR1",
    "a foot of noise.parquet": lambda: b"PAR1" + _noise(5_000) + struct.pack("<I", 4_000) + b"PAR1",
    "only its marks.parquet": lambda: b"PAR1PAR1",
}

OTHERS: Mapping[str, Callable[[], bytes]] = {
    "a folder packed.zip": lambda: _zipped({"../ssd_person.csv": b"x"}),
    "a database.accdb": lambda: _noise(5_000),
    "a workbook of bytes.xlsb": lambda: _zipped({"xl/workbook.bin": b"x"}),
}

HOSTILE: Mapping[str, Callable[[], bytes]] = {**TEXT, **MARKUP, **BOOKS, **TABLES, **OTHERS}


def _columns() -> list[bytes]:
    """The letters of the columns a sheet may have, but for the first three."""
    letters = [chr(number) for number in range(ord("A"), ord("Z") + 1)]
    two = [first + last for first in letters for last in letters]
    three = [first + last for first in letters[:24] for last in two]
    return [each.encode() for each in (letters + two + three)[3:16_384]]


def two_gigabytes_in_a_line(path: Path) -> None:
    """A file of one line that says it is two gigabytes long; the disk holds twenty megabytes of it."""
    with path.open("wb") as file:
        file.write(b"a" * 20_000_000)
        file.truncate(2_000_000_000)
