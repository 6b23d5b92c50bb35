"""Definitions, parameters and settings as they stood, each text kept once under its fingerprint."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scorecard.store.disk import write_once

if TYPE_CHECKING:
    from pathlib import Path

_SHORT = 16


def fingerprint_of(text: bytes) -> str:
    """What a text is kept under."""
    return hashlib.sha256(text).hexdigest()[:_SHORT]


class KeptRules:
    """The texts that extracts were read by and frozen months counted by. Those that share a rule share its file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, source: Path) -> str:
        """Keep a file as it stands, and give back its fingerprint."""
        text = source.read_bytes()
        fingerprint = fingerprint_of(text)
        write_once(self.path(source.name, fingerprint), text, beside=self._folder)
        return fingerprint

    def path(self, name: str, fingerprint: str) -> Path:
        """Where a kept file lies, under the name it had."""
        return self._folder / fingerprint / name
