"""Saying what is being done, to whoever listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told at the start of each step; a terminal draws a bar, a pipe gets plain lines."""

    def begin(self, steps: int) -> None:
        """So many steps are to come."""

    def step(self, doing: str) -> None:
        """One step begins."""


class Silence:
    """Nobody listens."""

    def begin(self, steps: int) -> None:
        """Hear it and say nothing."""

    def step(self, doing: str) -> None:
        """Hear it and say nothing."""
