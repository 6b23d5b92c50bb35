"""Every figure the example scorecard prints is one of the library's measures."""

from __future__ import annotations

import pytest

from scorecard.definitions.registry import load_registry

_WRITTEN = """
    contacts_received
    contacts_completed
    contacts_progressed_referral_pct
    mash_24h_pct da_hub_48h_pct eh_hub_72h_pct
    mash_da_combined_pct
    contacts_not_progressing_reason
    contacts_outcome_mismatch
    eh_stepped_up stepped_down_to_eh
    referrals referral_rate
    referrals_nfa_pct
    rereferrals_12m_pct
    rereferrals_12m_referrals_pct
    eha_open eha_started eha_closed
    police_contacts_outcome
    pbr_claims pbr_value
    assessments_completed
    assessments_45wd_pct
    assessments_due_in_time_pct
    child_seen_in_time_pct
    assessment_outcome
    assessments_incomplete assessments_incoming
    closed_after_assessment_next_action
    no_further_support_pct
    strategy_completed strategy_in_time_pct strategy_held_in_time_pct
    strategy_to_s47_pct
    strategy_incomplete strategy_incoming
    s47_started s47_rate
    s47_completed s47_in_time_pct
    s47_outcome s47_outcome_icpc_pct
    icpc_to_s47_ratio_pct
    s47_incomplete s47_incoming
    cin_plans_open
    icpc_held icpc_rate
    icpc_15wd_pct
    icpc_to_plan_pct
    icpc_incomplete
    rcpc_in_time_pct
    rcpc_children_in_time_pct
    cpp_open cpp_rate
    cpp_started cpp_ceased
    cpp_by_category
    cpp_repeat_new_2y cpp_repeat_new_ever
    cpp_repeat_snap_2y cpp_repeat_snap_ever
    cpp_2y_open_pct
    cpp_2y_ceased_pct
    cla_open cla_rate
    cla_started cla_ceased
    cla_3plus_placements_pct
    cla_long_term_stability_pct
    cla_by_placement
    cin_visits_pct cp_visits_pct cla_visits_pct
    pf_open pf_started pf_ceased pf_visits_n pf_visits_pct
    cl_cohort cl_in_touch_pct cl_suitable_pct cl_eet_pct
    foster_households_by_type foster_approved foster_ceased foster_reapproved foster_pipeline
    foster_panel_activity
    adoption_a10_days adoption_a2_days adoption_a20_days
    case_supervision_matrix case_supervision_within_1m_pct case_supervision_within_2m_pct case_supervision_within_3m_pct
    worker_supervision_pct
    caseload_avg caseload_over_20_pct
    establishment_mix vacancy_rate_pct agency_rate_pct
"""
NAMED = _WRITTEN.split()
"""The ids of the catalogue of indicators that came before the program, §2.18, in its order."""

MEASURES = load_registry().measures


@pytest.mark.parametrize("name", NAMED)
def test_a_figure_named_in_the_catalogue_is_a_measure(name: str) -> None:
    assert name in MEASURES


def test_no_figure_is_named_twice_in_the_catalogue() -> None:
    assert len(NAMED) == len(set(NAMED))


@pytest.mark.parametrize("name", [name for name, one in load_registry().indicators.items() if len(one.measures) > 1])
def test_each_of_several_figures_of_a_definition_says_in_a_sentence_of_its_own_what_it_is(name: str) -> None:
    meanings = [measure.meaning for measure in load_registry().indicators[name].measures]
    assert all(meaning.endswith(".") for meaning in meanings)
    assert len(set(meanings)) == len(meanings)
