"""Writes the pages under docs/reference from the program itself; `--check` only says which are out of date.

`python scripts/reference.py [--check]`; what `make docs` calls.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import reference_command_line
import reference_feeds
import reference_governance
import reference_indicators
import reference_layouts
import reference_quality
import reference_samples
import reference_sentences
import reference_traps
import reference_values
import reference_words

from scorecard.contract.load import load_contract
from scorecard.contract.mapping.reference import mapping_page
from scorecard.contract.reference import contract_page

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"

PAGES: dict[str, Callable[[], str]] = {
    "../information-governance/what-is-loaded.md": reference_governance.page,
    "command-line.md": reference_command_line.page,
    "contract.md": lambda: contract_page(load_contract()),
    "indicators.md": reference_indicators.page,
    "mapping-files.md": mapping_page,
    "quality-rules.md": reference_quality.page,
    "sentences.md": reference_sentences.page,
    "traps.md": reference_traps.page,
    "values.md": reference_values.page,
    "what-each-layout-feeds.md": reference_feeds.page,
    "words.md": reference_words.page,
    **({"samples.md": reference_samples.page} if reference_samples.SAMPLES.exists() else {}),
    **{name: partial(reference_layouts.page_named, name) for name in reference_layouts.names()},
}


def out_of_date(folder: Path) -> list[str]:
    """Names of the pages that do not say what the program says."""
    return [name for name, made in PAGES.items() if _written(folder / name) != made()]


def _written(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    """Write the pages, or check them."""
    if "--check" in sys.argv[1:]:
        stale = out_of_date(FOLDER)
        print(f"Out of date: {', '.join(stale)}. Run `make docs`." if stale else "The reference pages are current.")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, made in PAGES.items():
        (FOLDER / name).write_text(made(), encoding="utf-8", newline="\n")
        print(f"Written: docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
