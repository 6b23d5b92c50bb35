"""The shipped order of the pack names what the library defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.errors import DefinitionError
from scorecard.pack.plan import SHIPPED, load_plan, shipped_plan

if TYPE_CHECKING:
    from pathlib import Path


def test_every_row_of_the_summary_leads_to_a_topic() -> None:
    plan = shipped_plan()
    assert all(plan.topic_of(measure) for measure in plan.summary)


def test_no_two_topics_or_sections_share_a_name() -> None:
    plan = shipped_plan()
    names = [section.id for section in plan.sections] + [topic.id for held in plan.sections for topic in held.topics]
    assert len(names) == len(set(names))


def test_every_topic_that_takes_commentary_says_whose() -> None:
    assert shipped_plan().commented["assessment-timeliness"] == "Service Manager, Assessment"


def test_an_order_that_cannot_be_read_is_told_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('title = "x"\n', encoding="utf-8")
    with pytest.raises(DefinitionError, match="summary"):
        load_plan(path)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (("call_outs =", "callouts ="), "a topic has no “callouts”"),
        (('labels = ["Early', 'names = ["Early'), "a chart has no “names”"),
        (('shares = "column"', "share = true"), "a breakdown has no “share”"),
        (('shares = "column"', "shares = true"), "True is not a valid Shares"),
    ],
)
def test_a_word_nobody_reads_is_told_and_not_passed_over(tmp_path: Path, slip: tuple[str, str], said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace(*slip, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        load_plan(path)
