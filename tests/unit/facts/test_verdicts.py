from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.errors import ScorecardError
from scorecard.facts.reading import COLUMNS
from scorecard.facts.verdicts import load_verdicts

if TYPE_CHECKING:
    from pathlib import Path

MEASURES = {"referrals": ("referrals", "referral_rate"), "referral_rate": ("referral_rate",)}
RULES = ["referrals-overlap"]
OVERRIDE = """
[[override]]
indicator = "referrals"
from = "2021-09"
to = "2021-11"
grade = "sound"
by = "Head of Performance"
note = "Checked against the paper register."
"""
ACCEPTED = """
[[accepted]]
rule = "referrals-overlap"
by = "Head of Performance"
because = "Both systems ran side by side."
until = 2022-03-31
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "quality.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _row(indicator: str, period: str) -> tuple[str, ...]:
    told = {"indicator": indicator, "period": period, "quality": "caution", "reason": "Left out: 3 of 9."}
    return tuple(told.get(column, "") for column in COLUMNS)


@pytest.mark.parametrize(
    ("indicator", "period", "quality"),
    [
        ("referrals", "2021-08", "caution"),
        ("referrals", "2021-09", "sound"),
        ("referral_rate", "2021-11", "sound"),
        ("referrals", "2021-12", "caution"),
        ("contacts", "2021-10", "caution"),
    ],
)
def test_an_override_grades_every_figure_of_its_definition_in_its_months_alone(
    tmp_path: Path, indicator: str, period: str, quality: str
) -> None:
    verdicts = load_verdicts(_written(tmp_path, OVERRIDE), MEASURES, RULES)
    (row,) = verdicts.graded([_row(indicator, period)])
    assert row[COLUMNS.index("quality")] == quality


def test_an_override_names_its_owner_and_keeps_the_reason_that_was_counted(tmp_path: Path) -> None:
    verdicts = load_verdicts(_written(tmp_path, OVERRIDE), MEASURES, RULES)
    (row,) = verdicts.graded([_row("referrals", "2021-10")])
    said = "Graded sound by Head of Performance: Checked against the paper register. Left out: 3 of 9."
    assert row[COLUMNS.index("reason")] == said


def test_an_accepted_warning_holds_until_its_day_and_no_longer(tmp_path: Path) -> None:
    verdicts = load_verdicts(_written(tmp_path, ACCEPTED), MEASURES, RULES)
    assert verdicts.accepting("referrals-overlap", date(2022, 3, 31))
    assert not verdicts.accepting("referrals-overlap", date(2022, 4, 1))
    assert not verdicts.accepting("two-referrals-open", date(2022, 3, 31))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OVERRIDE.replace('"referrals"', '"referals"'), "there is no figure “referals”"),
        (OVERRIDE.replace('"sound"', '"fine"'), "there is no grade “fine”"),
        (OVERRIDE.replace("2021-09", "September"), "“September” is not a month"),
        (OVERRIDE.replace("2021-11", "2021-08"), "the override ends before it begins"),
        (OVERRIDE.replace("by =", "who ="), "no `by`"),
        (ACCEPTED.replace("referrals-overlap", "referral-overlap"), "there is no rule “referral-overlap”"),
        (ACCEPTED.replace("2022-03-31", '"March"'), "`until` must be a day"),
    ],
)
def test_every_fault_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScorecardError) as raised:
        load_verdicts(_written(tmp_path, text), MEASURES, RULES)
    assert said in str(raised.value)
