"""A council's own look: it is in every format, and a colour nobody can read or a file that is no picture is refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from typing import TYPE_CHECKING

import pytest
from every_part import every_part

from scorecard.errors import WorkspaceError
from scorecard.render.formats import Form, render
from scorecard.render.style import DEFAULT, Style
from scorecard.render.style_files import style_of

if TYPE_CHECKING:
    from pathlib import Path

GREEN = "#0b5d1e"


@cache
def _logo() -> bytes:
    """A picture of one dot."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def _style(folder: Path, **settings: str) -> Style:
    return style_of(settings, folder, folder / "scorecard.toml")


def test_without_settings_the_look_is_the_programs_own(tmp_path: Path) -> None:
    assert _style(tmp_path) is DEFAULT


def test_a_logo_a_colour_and_letters_are_read(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(_logo())
    style = _style(tmp_path, logo="logo.png", logo_words="Our oak", accent=GREEN.upper(), office_font="Calibri")
    assert style == Style(_logo(), "Our oak", GREEN, "Calibri")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"accent": "green"}, "is no colour"),
        ({"accent": "#9ad1a5"}, "cannot be read"),
        ({"logo": "logo.png"}, "no words"),
        ({"logo": "nowhere.png", "logo_words": "Oak"}, "no such logo"),
        ({"logo": "page.png", "logo_words": "Oak"}, "no PNG picture"),
        ({"logo": "large.png", "logo_words": "Oak"}, "too large"),
    ],
)
def test_a_look_that_would_fail_a_reader_is_refused(tmp_path: Path, settings: dict[str, str], told: str) -> None:
    (tmp_path / "logo.png").write_bytes(_logo())
    (tmp_path / "page.png").write_text("<svg onload='x'/>", encoding="utf-8")
    (tmp_path / "large.png").write_bytes(_logo() + b"\0" * 300_000)
    with pytest.raises(WorkspaceError, match=told):
        _style(tmp_path, **settings)


@pytest.mark.parametrize("form", [Form.DOCX, Form.PPTX])
def test_an_office_file_holds_the_logo_and_its_words(form: Form) -> None:
    (data,) = render(every_part(), form, Style(_logo(), "Our oak", GREEN)).values()
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        files = {name: held.read(name) for name in held.namelist()}
    assert _logo() in files.values()
    assert any(b'descr="Our oak"' in file for file in files.values())
    assert any(GREEN.lstrip("#").upper().encode() in file for file in files.values())


def test_the_page_holds_the_logo_itself_and_fetches_nothing() -> None:
    (data,) = render(every_part(), Form.HTML, Style(_logo(), "Our oak", GREEN)).values()
    page = data.decode("utf-8")
    assert 'src="data:image/png;base64,' in page
    assert 'alt="Our oak"' in page
    assert GREEN in page


def test_a_pdf_with_a_logo_is_larger_by_a_picture() -> None:
    from pypdf import PdfReader  # noqa: PLC0415 - only here

    (data,) = render(every_part(), Form.PDF, Style(_logo(), "Our oak", GREEN)).values()
    assert len(PdfReader(io.BytesIO(data)).pages[0].images) == 1
