"""Good files with a few things done to them that nobody means to do."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from hostile_files import HEADER, RETURN, ROW, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_TABLE = HEADER + ROW + b'k2,c2,"02/11/2021"\nk3,"c ""3""",2021-11-03 10:00\n' + ROW * 3
_CENSUS = (
    b'<?xml version="1.0" encoding="utf-8"?><Message><Header><CollectionDetails><Collection>CIN</Collection>'
    b"<Year>2024</Year></CollectionDetails></Header><Children><Child><ChildIdentifiers><LAchildID>c1</LAchildID>"
    b"<UPN>A1</UPN></ChildIdentifiers><ChildCharacteristics><Disabilities><Disability>HAND</Disability></Disabilities>"
    b"</ChildCharacteristics><CINdetails><CINreferralDate>2023-05-01</CINreferralDate><Assessments>"
    b"<AssessmentActualStartDate>2023-05-02</AssessmentActualStartDate><FactorsIdentifiedAtAssessment>"
    b"<AssessmentFactors>1A</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments></CINdetails></Child>"
    b"</Children></Message>"
)
_SEEDS: Mapping[str, tuple[bytes, ...]] = {
    ".csv": (_TABLE, _TABLE.decode().encode("utf-16"), _TABLE.replace(b"c1", b"caf\xe9"), _TABLE.replace(b",", b";")),
    ".xml": (RETURN, _CENSUS, _CENSUS.replace(b"utf-8", b"utf-16").decode().encode("utf-16")),
    ".xlsx": (workbook(),),
}
_WORDS: Mapping[str, tuple[bytes, ...]] = {
    ".csv": (b'"', b'""', b",", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b";", b"\t", b",,,", b"=1+1", b"\xc3"),
    ".xml": (
        b"<",
        b">",
        b"&",
        b"&#0;",
        b"&a;",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"<?x",
        b"<!DOCTYPE a>",
        b"\0",
        b'"',
        b":",
    ),
    ".xlsx": (b"<", b">", b'"', b"&", b"\0", b"r=", b"99999999", b"-1", b"A1:XFD9", b't="s"', b't="e"', b"<f>", b"PK"),
}

FORMATS = tuple(_SEEDS)


def mutated(ending: str, shard: int, how_many: int) -> Iterator[bytes]:
    """Files of one format, the same whenever they are asked for."""
    dice = random.Random(f"{ending} {shard}")  # noqa: S311 -- chance that can be had again
    for _ in range(how_many):
        seed = dice.choice(_SEEDS[ending])
        if ending == ".xlsx" and dice.random() < 0.7:
            yield _inside(seed, dice)
        elif ending == ".xml" and dice.random() < 0.7:
            yield _grafted(dice.choice((RETURN, _CENSUS)), dice)
        else:
            yield _changed(seed, dice, _WORDS[ending])


def _changed(whole: bytes, dice: random.Random, words: tuple[bytes, ...]) -> bytes:
    ways: tuple[Callable[[bytes, int, int], bytes], ...] = (
        lambda text, at, _: text[:at] + bytes([dice.randrange(256)]) + text[at + 1 :],
        lambda text, at, _: text[:at] + dice.choice(words) + text[at:],
        lambda text, at, to: text[:at] + text[to:],
        lambda text, at, to: text[:to] + text[at:to] * dice.choice((1, 1, 2, 50)) + text[to:],
        lambda text, at, to: text[:at] + text[at:to][::-1] + text[to:],
        lambda text, at, _: text[:at],
    )
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        at = dice.randrange(len(whole) + 1)
        whole = dice.choices(ways, (6, 6, 3, 3, 1, 1))[0](whole, at, min(len(whole), at + dice.choice((1, 4, 20, 200))))
    return whole


def _grafted(whole: bytes, dice: random.Random) -> bytes:
    """A return whose elements are moved, doubled, renamed, filled or gone; it is well-formed all the same."""
    root = ET.fromstring(whole)  # noqa: S314 -- a text of our own
    for _ in range(dice.choice((1, 2, 4, 10))):
        every = list(root.iter())
        one, other = dice.choice(every), dice.choice(every)
        way = dice.randrange(5)
        if way == 0:
            other.insert(dice.randrange(len(other) + 1), copy.deepcopy(one))
        elif way == 1:
            one.tag = other.tag
        elif way == 2:
            one.text = dice.choice(("", "  ", "31/02/2021", "é" * 300, "<&>", "1\n2", "2024", "\u202e"))
        elif way == 3 and len(one):
            one.remove(dice.choice(list(one)))
        else:
            one.set("xmlns:x" if way == 3 else "id", "urn:x")
    text = ET.tostring(root, encoding=dice.choice(("utf-8", "utf-16", "ascii", "windows-1252")))
    return bytes(text)


def _inside(whole: bytes, dice: random.Random) -> bytes:
    """A workbook of which one part is changed, packed again."""
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    name = dice.choice(sorted(contents))
    contents[name] = _changed(contents[name], dice, _WORDS[".xlsx"])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for part, content in contents.items():
            written.writestr(part, content)
    return packed.getvalue()
