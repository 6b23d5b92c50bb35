"""Which figures a source can tell: what it lacks, what is then to be minded, and from when on it is whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from scorecard.contract.load import load_contract
from scorecard.definitions.allowed import offences
from scorecard.definitions.registry import load_registry
from scorecard.facts.known import Held, Known, dimension_needs, measure_needs, of_breakdown, of_measure

if TYPE_CHECKING:
    from scorecard.facts.known import Verdict

REGISTRY, TABLES = load_registry(), load_contract().tables
EVERYTHING = {
    name: Held(frozenset(column.name for column in (*table.loaded, *table.packed)))
    for name, table in TABLES.items()
    if not table.derived
}


def without(*names: str, **begins: date) -> Known:
    """A source that holds everything but these tables and columns, some tables only from a day on."""
    held = {table: one for table, one in EVERYTHING.items() if table not in names}
    held = {table: Held((one.columns or frozenset()) - set(names), begins.get(table)) for table, one in held.items()}
    return Known(held)


def judged(measure: str, known: Known) -> Verdict:
    """What a source can tell of a measure of the library."""
    return of_measure(REGISTRY.of_measure(measure), REGISTRY.measure(measure), REGISTRY, known)


def parts(measure: str, breakdown: str, known: Known) -> Verdict:
    """What a source can tell of a breakdown."""
    return of_breakdown(REGISTRY.of_measure(measure), breakdown, REGISTRY, known)


@pytest.mark.parametrize("name", REGISTRY.measures)
def test_a_source_that_holds_everything_lacks_nothing(name: str) -> None:
    verdict = judged(name, without())
    assert (verdict.lacking, verdict.cautions, verdict.known_from) == (frozenset(), (), None)
    for breakdown in (*REGISTRY.of_measure(name).breakdowns, *REGISTRY.measure(name).breakdowns):
        assert not parts(name, breakdown, without()).lacking


@pytest.mark.parametrize("name", REGISTRY.measures)
def test_an_empty_folder_can_tell_nothing(name: str) -> None:
    assert judged(name, Known({})).reason.startswith("Cannot be known from this source: it has no ")


def test_all_that_a_definition_needs_is_in_the_contract() -> None:
    needs = {need for name in REGISTRY.measures for need in _needs(name)}
    needs |= {need for one in REGISTRY.dimensions.values() for need in dimension_needs(one)}
    known = {(name, column.name) for name, table in TABLES.items() for column in (*table.loaded, *table.packed)}
    assert {need for need in needs if need[1]} <= known
    assert len(needs) > 200


def _needs(name: str) -> frozenset[tuple[str, str]]:
    return measure_needs(REGISTRY.of_measure(name), REGISTRY.measure(name))


def test_one_measure_of_an_indicator_can_be_known_and_another_not() -> None:
    known = without("clea_care_leaver_accom_suitable")
    assert not judged("cl_in_touch_pct", known).lacking
    assert judged("cl_suitable_pct", known).lacking == {("ssd_care_leavers", "clea_care_leaver_accom_suitable")}
    assert "no clea_care_leaver_accom_suitable (" in judged("cl_suitable_pct", known).reason


def test_what_a_figure_is_broken_down_by_is_not_what_it_needs() -> None:
    known = without("cine_referral_team")
    assert not judged("referrals", known).lacking
    assert parts("referrals", "team", known).lacking == {("ssd_cin_episodes", "cine_referral_team")}
    assert not parts("referrals", "sex", known).lacking
    assert parts("cpp_open", "team", without("ssd_involvements")).lacking == {("ssd_involvements", "")}
    assert parts("contacts_received", "route", without("ssdx_contact_screenings")).lacking


def test_what_a_figure_can_do_without_is_said_and_not_lacking() -> None:
    verdict = judged("cla_open", without("ssd_legal_status"))
    assert not verdict.lacking
    assert verdict.cautions == ("Children in series of short breaks are counted too.",)
    assert judged("icpc_held", without("icpc_s47_enquiry_id")).cautions == (), "the figure is the same"
    assert judged("icpc_15wd_pct", without("icpc_s47_enquiry_id")).lacking


def test_of_two_tables_either_is_enough_and_neither_is_not() -> None:
    assessments, episodes = "ssdx_early_help_assessments", "ssd_early_help_episodes"
    assert (
        judged("eha_open", without(assessments))
        == judged("eha_open", without(episodes))
        == judged("eha_open", without())
    )
    assert judged("eha_open", without(assessments, episodes)).lacking == {(assessments, ""), (episodes, "")}
    assert judged("eha_closed", without(assessments, "earl_episode_end_date")).lacking


def test_a_share_of_another_figure_stands_and_falls_with_it() -> None:
    assert judged("icpc_to_s47_ratio_pct", without("ssd_s47_enquiry")).lacking == {("ssd_s47_enquiry", "")}


def test_what_is_unpacked_is_needed_as_it_is_supplied() -> None:
    lacking = judged("s47_outcome_icpc_pct", without("s47e_s47_outcome_json")).lacking
    assert lacking == {("ssd_s47_enquiry", "s47e_s47_outcome_json")}
    assert not judged("s47_completed", without("s47e_s47_outcome_json")).lacking


def test_a_figure_is_known_from_the_day_from_which_all_its_tables_are_whole() -> None:
    may, june = date(2021, 5, 31), date(2021, 6, 30)
    known = without(ssd_initial_cp_conference=may, ssd_s47_enquiry=june)
    assert judged("icpc_held", known).known_from == may
    assert judged("icpc_to_s47_ratio_pct", known).known_from == june
    assert judged("referrals", known).known_from is None


def test_a_manifest_that_does_not_say_its_columns_is_taken_to_hold_them_all() -> None:
    known = Known({name: Held() for name in EVERYTHING})
    assert not judged("cla_open", known).lacking


def test_what_a_definition_never_asks_for_it_cannot_be_said_to_do_without() -> None:
    one = replace(REGISTRY.indicators["referrals"], does_without={"cine_referal_team": "A slip."})
    (told,) = offences(one, REGISTRY.rules)
    assert "names no `cine_referal_team`" in told.problem


def test_a_figure_ends_with_the_first_of_its_tables_to_end_and_with_that_of_what_it_is_set_against() -> None:
    march, may = date(2021, 3, 31), date(2021, 5, 31)
    ends = {"ssd_cla_episodes": march, "ssd_person": may, "ssd_contacts": march}
    known = Known({name: replace(one, known_to=ends.get(name)) for name, one in EVERYTHING.items()})
    assert judged("cla_open", known).known_to == march
    assert judged("cpp_started", known).known_to is None
    assert judged("referrals", known).known_to is None, "a referral's own source does without contacts"
