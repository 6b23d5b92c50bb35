"""The shipped order of the pack names what the library defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorecard.definitions.registry import load_registry
from scorecard.errors import ScorecardError
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
    with pytest.raises(ScorecardError, match="summary"):
        load_plan(path)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (("call_outs =", "callouts ="), "the topic “contacts” has no “callouts”\n  Did you mean “call_outs”?"),
        (('labels = ["Early', 'names = ["Early'), "of the topic “screening” has no “names”"),
        (('shares = "column"', "share = true"), "has no “share”\n  Did you mean “shares”?"),
        (('shares = "column"', "shares = true"), "`shares` must be none, under or column, in the breakdown “Source"),
        (('kind = "lines"', 'kind = "pie"'), "there is no chart kind “pie”, in the chart “Contacts screened in time"),
        (('kind = "lines"', 'kind = "pie"'), "There are lines, share_over_count, pairs,"),
        (('"by_team"', '"by_measure"'), "the topic “assessment-timeliness” breaks down by team in a table that is not"),
        (("summary = [", "[pack2]\nx = ["), ":9: the file has no “pack2”"),
        (('title = "Contacts"\n', ""), "the topic “contacts” has no `title`"),
        (('"mash_24h_pct", ', '"mash_24_pct", '), "the topic “screening” names the figure “mash_24_pct”, which nobody"),
        (('call_outs = ["contacts_', 'call_outs = ["contact_'), "Did you mean “contacts_received”?"),
        (('charts = ["contacts_', 'charts = ["contact_'), "the figure “contact_received”, which nobody defines"),
        (
            ('dimension = "source"', 'dimension = "sorce"'),
            "breaks down by “sorce”, which nobody defines\n  Did you mean",
        ),
        (
            ('dimension = "source"', 'dimension = "sex"'),
            "breaks `eh_hub_contacts_completed` down by sex, which it is not broken down by",
        ),
    ],
)
def test_a_word_nobody_reads_is_told_with_its_topic_and_the_nearest(
    tmp_path: Path, slip: tuple[str, str], said: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace(*slip, 1), encoding="utf-8")
    with pytest.raises(ScorecardError) as told:
        load_plan(path, load_registry())
    assert said in str(told.value)
    assert str(path) in str(told.value)


def test_everything_wrong_in_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    wrong = SHIPPED.read_text(encoding="utf-8").replace('kind = "lines"', 'kind = "pie"', 1)
    path.write_text(wrong.replace('dimension = "source"', 'dimension = "sorce"', 1), encoding="utf-8")
    with pytest.raises(ScorecardError) as told:
        load_plan(path, load_registry())
    assert "“pie”" in str(told.value)
    assert "“sorce”" in str(told.value)


def test_the_shipped_order_names_only_what_the_library_has() -> None:
    assert load_plan(SHIPPED, load_registry()) == shipped_plan()
