"""Faults put into the records on purpose, as every council's records have some."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One kind of planted fault: the sector's rule that finds it, how many, and where they lie."""

    rule: str
    number: int
    meaning: str


PLANTED_FAULTS: tuple[Fault, ...] = ()
