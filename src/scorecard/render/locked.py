"""Files that open with a password only. Each locking draws new random numbers: no two are the same bytes.

The libraries for it are an extra, because few need them: `pip install safeguarding-scorecard[lock]`.
"""

from __future__ import annotations

import io
from importlib import import_module
from typing import TYPE_CHECKING

from scorecard.errors import UsageError

if TYPE_CHECKING:
    from types import ModuleType


def lock_pdf(data: bytes, password: str) -> bytes:
    """A PDF locked by AES with 256 bits; its tags stay, and screen readers may still read it once it is open."""
    pypdf, held = _needed("pypdf"), io.BytesIO()
    made = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))
    made.encrypt(password, algorithm="AES-256")
    made.write(held)
    return held.getvalue()


def lock_workbook(data: bytes, password: str) -> bytes:
    """An Excel workbook locked as Excel itself locks one."""
    held = io.BytesIO()
    _needed("msoffcrypto.format.ooxml").OOXMLFile(io.BytesIO(data)).encrypt(password, held)
    return held.getvalue()


def _needed(name: str) -> ModuleType:
    """A library that only locking needs."""
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(
            "Files cannot be locked here: the libraries for it are not installed.",
            remedy='Install them with `python -m pip install "safeguarding-scorecard[lock]"`, or send without --lock.',
        ) from None
