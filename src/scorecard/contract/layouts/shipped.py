"""The layouts that are known without a mapping of a council's own: a line for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorecard.contract.layouts.annex_a import ANNEX_A
from scorecard.contract.layouts.cin_census import CIN_CENSUS
from scorecard.contract.layouts.mosaic import MOSAIC
from scorecard.contract.layouts.ssda903 import SSDA903
from scorecard.contract.layouts.systemc import SYSTEMC
from scorecard.contract.layouts.workforce_census import WORKFORCE_CENSUS

if TYPE_CHECKING:
    from scorecard.contract.layouts.layout import Layout, Variant

SHIPPED: tuple[Layout, ...] = (ANNEX_A, CIN_CENSUS, SSDA903, WORKFORCE_CENSUS)
"""Offered every file that is neither a council's own report nor the contract's."""

VARIANTS: tuple[Variant, ...] = (MOSAIC, SYSTEMC)
"""How case systems leave the Standard Safeguarding Dataset."""
