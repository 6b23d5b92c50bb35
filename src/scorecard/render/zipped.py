"""Files that are zips within, such as those of Word and Excel: the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day a zip can tell: when its entries were written says nothing of the document."""

_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NO_MOMENT = rb"\g<1>1980-01-01T00:00:00Z"

_FIRST = ("mimetype", "[Content_Types].xml")
"""What has to stand first: a program looks there to know what kind of file it is."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files by name as one zip, in a lasting order and without the time it was made.

    >>> zipped({"b": b"1", "a": b"2"}) == zipped({"a": b"2", "b": b"1"})
    True
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in sorted(files, key=lambda one: (one not in _FIRST, one)):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = 0  # else the system this ran on is told
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(entry, files[name])
    return held.getvalue()


def same_bytes(data: bytes) -> bytes:
    """A zip made anew without times and in a lasting order; zips within it, such as charts' workbooks, too."""
    files = _files_of(data)
    return zipped({name: _timeless(held) if name.endswith(".xlsx") else held for name, held in files.items()})


def _files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        return {one.filename: read.read(one) for one in read.infolist() if not one.is_dir()}


def _timeless(workbook: bytes) -> bytes:
    """A chart's workbook, which its library stamps with the moment it was made, without that moment."""
    files = _files_of(workbook)
    about = files.get("docProps/core.xml", b"")
    return zipped({**files, "docProps/core.xml": _MOMENT.sub(_NO_MOMENT, about)} if about else files)
