"""Every finding that blocks is in the handbook, with whether it can be accepted."""

from __future__ import annotations

import re
from pathlib import Path

from scorecard.contract import blocking
from scorecard.contract.blocking import ACCEPTABLE, stops_freezing, stops_taking
from scorecard.contract.report import Finding, Severity

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "how-to" / "run-a-month.md"


def _told() -> dict[str, bool]:
    """The codes of the page's table, and whether each can be accepted."""
    rows = re.findall(r"^\| (`\w+`.*?) \|.*\| (yes|no)\b.*\|$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {code: answer == "yes" for codes, answer in rows for code in re.findall(r"`(\w+)`", codes)}


def test_the_handbook_says_of_each_block_whether_it_can_be_accepted() -> None:
    told = _told()
    assert {code for code, can in told.items() if can} == ACCEPTABLE.keys()
    assert blocking.ANOTHER_MONTHS in told


def test_every_code_that_stands_before_a_block_in_the_source_is_in_the_handbook() -> None:
    found = set[str]()
    for path in (ROOT / "src" / "scorecard" / "contract").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'Finding\(\s*"(\w+)",\s*Severity\.BLOCK', text))
    assert len(found) > 15
    assert found <= _told().keys()


def test_a_code_nobody_thought_of_stops_the_taking() -> None:
    new, known = (Finding(code, Severity.BLOCK, "", "") for code in ("something_new", "duplicate_key"))
    assert (stops_taking(new), stops_freezing(new)) == (True, False)
    assert (stops_taking(known), stops_freezing(known)) == (False, True)
    assert not stops_taking(Finding("something_new", Severity.WARN, "", ""))
