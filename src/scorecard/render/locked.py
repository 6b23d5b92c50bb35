"""Files that open with a password only. Each locking draws new random numbers: no two are the same bytes."""

from __future__ import annotations

import io


def lock_pdf(data: bytes, password: str) -> bytes:
    """A PDF locked by AES with 256 bits; its tags stay, and screen readers may still read it once it is open."""
    import pikepdf  # noqa: PLC0415 - slow to load, and seldom asked for

    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        may = pikepdf.Permissions(accessibility=True, extract=True)
        opened.save(held, encryption=pikepdf.Encryption(owner=password, user=password, R=6, allow=may))
    return held.getvalue()


def lock_workbook(data: bytes, password: str) -> bytes:
    """An Excel workbook locked as Excel itself locks one."""
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 - slow to load, and seldom asked for

    held = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, held)
    return held.getvalue()
