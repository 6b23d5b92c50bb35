"""The page of sample files of the field: what became of each of them when it was read by itself.

The files are others' and are not kept here; the page is written, and held to what the program does, where they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import reference_markdown as markdown

from scorecard.contract.report import Severity
from scorecard.work.take import check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorecard.contract.report import CheckReport, Finding

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "samples"
_HEAD = """# What became of the sample files

People of the sector publish files in the layouts councils hold, with invented data. Each was read by itself, without a
mapping file and without a day, by `scorecard check`. They are others' and not kept here, so these are the results of
the last run where they were at hand; a test holds this page to the program there.

A file alone is seldom an extract. Where nothing else keeps it from being taken, “needs the children” says that the
table of children must come from another source; see [how sources are joined](../how-to/join-sources.md)."""
_NOT_READ = ("not_read", "not_recognised", "wrong_format", "too_large", "empty_file")
_NO_CHILDREN = "missing_table"


def page() -> str:
    """The whole page."""
    found = {path: check(path) for path in files()}
    read = [path for path, report in found.items() if report.recognised]
    return markdown.document(
        _HEAD,
        f"Of {len(found)} files {len(read)} were read, and {len(found) - len(read)} were not, for the reason given.",
        *(part for folder, paths in _by_folder(found).items() for part in _folder(folder, paths, found)),
    )


def files() -> list[Path]:
    """Every sample file, in order."""
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file())


def _by_folder(found: Iterable[Path]) -> dict[str, list[Path]]:
    folders: dict[str, list[Path]] = defaultdict(list)
    for path in found:
        parts = path.relative_to(SAMPLES).parts
        folders[parts[0] if len(parts) > 1 else "beside them"].append(path)
    return folders


def _folder(folder: str, paths: list[Path], found: dict[Path, CheckReport]) -> tuple[str, str]:
    heads = ("file", "read as", "rows of the contract's tables", "what was said")
    rows = [(path.name, _read_as(found[path]), _rows(found[path]), _said(found[path])) for path in paths]
    return f"## {folder}", markdown.table(heads, rows)


def _read_as(report: CheckReport) -> str:
    """The layout, and how many sheets, or kinds of record, were known in it."""
    layouts = Counter(one.layout for one in report.recognised)
    return (
        ", ".join(f"{layout} ({pieces})" if pieces > 1 else layout for layout, pieces in layouts.items()) or "not read"
    )


def _rows(report: CheckReport) -> str:
    counts = [f"{count.table} {count.rows_kept:,}" for count in report.tables if count.rows_kept]
    return ", ".join(counts) or "none"


def _said(report: CheckReport) -> str:
    """Why it was not read; otherwise what keeps it from being taken, and of what kinds the other findings are."""
    if not report.recognised:
        return next(finding.problem for finding in report.findings if finding.code in _NOT_READ)
    blocks = [_blocking(finding) for finding in report.of(Severity.BLOCK)]
    warned = Counter(finding.code for finding in report.of(Severity.WARN))
    warnings = ", ".join(f"{code} {times}" if times > 1 else code for code, times in sorted(warned.items()))
    return "; ".join([*blocks, *([f"warnings: {warnings}"] if warnings else [])]) or "nothing"


def _blocking(finding: Finding) -> str:
    return "needs the children" if finding.code == _NO_CHILDREN else f"blocks: {finding.problem}"
