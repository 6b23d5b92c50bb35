"""Everything the example pack shows, by the line of its text, and where it stands in ours.

Drawings were lost from that text; their lines are those of the blank where each stood.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """One thing of the example: its line, what it is, the section or topic of ours, and what must be found there."""

    line: int
    what: str
    place: str
    find: str = ""


HEADINGS = (
    Shown(6, "Safeguarding and Family Support Scorecard", "summary"),
    Shown(26, "Contact and Referrals", "front_door"),
    Shown(56, "Source of Contacts and Referrals", "sources"),
    Shown(98, "Benchmarking Details", "re-referrals"),
    Shown(106, "Contact (Completed contacts not progressing to referral)", "contacts-not-progressing"),
    Shown(120, "Early Help", "early_help"),
    Shown(122, "Police Contacts", "police-contacts"),
    Shown(135, "Number of current Early Help Assessments", "early-help-assessments"),
    Shown(148, "Actual and Projected PBR", "payment-by-results"),
    Shown(161, "Assessments", "assessments"),
    Shown(163, "Child & Family Assessments", "assessment-timeliness"),
    Shown(202, "Incoming and Ongoing", "assessments-under-way"),
    Shown(218, "Action Resulting from Case Closure", "closed-after-assessment"),
    Shown(265, "Strategy Discussions", "strategy-discussions"),
    Shown(269, "Section 47s", "section-47-enquiries"),
    Shown(298, "Children In Need", "child_in_need"),
    Shown(300, "Number of children on a Child in Need plan", "children-in-need-plans"),
    Shown(314, "Number of ICPC and Timescales", "initial-conferences"),
    Shown(345, "Child Protection Plans", "plans"),
    Shown(347, "Number of Children on a Child Protection Plan", "children-on-a-plan"),
    Shown(377, "CP Starting & Ceasing in month", "plans-starting-and-ending"),
    Shown(381, "Categories of Need", "plan-categories"),
    Shown(405, "New CP second and subsequent", "repeat-plans"),
    Shown(425, "CP 2+ years", "long-plans"),
    Shown(433, "Children and Young People in Care", "care"),
    Shown(439, "Number at Month End", "children-in-care"),
    Shown(473, "3 or more placements", "placement-moves"),
    Shown(495, "in the same placement for 2+ years", "placement-stability"),
    Shown(516, "Placements Types", "placement-types"),
    Shown(537, "Visits", "visits"),
    Shown(551, "CIN visits", "visits-child-in-need"),
    Shown(569, "CP Visits", "visits-child-protection"),
    Shown(586, "Visits in care", "visits-in-care"),
    Shown(606, "Private Fostering", "private_fostering"),
    Shown(608, "Number of Privately Fostered Children", "privately-fostered-children"),
    Shown(616, "Visits in Timescale", "private-fostering-visits"),
    Shown(623, "Care Leavers", "care-leavers"),
    Shown(648, "Fostering", "fostering"),
    Shown(650, "General Foster Carers by Type", "foster-carers"),
    Shown(667, "Fostering Panel Activity", "fostering-panel"),
    Shown(679, "Foster Carer Recruitment Update", "foster-approvals"),
    Shown(684, "Carers Ceased", "foster-carers-ceased"),
    Shown(705, "Adoption", "adoption"),
    Shown(707, "A10", "adoption-a10"),
    Shown(718, "A2", "adoption-a2"),
    Shown(729, "A20", "adoption-a20"),
    Shown(763, "Supervisions", "supervision"),
    Shown(765, "Case Supervision", "case-supervision"),
    Shown(793, "Worker Supervision", "worker-supervision"),
    Shown(814, "Caseloads", "caseloads"),
    Shown(845, "Vacancies", "establishment"),
    Shown(847, "Establishment", "establishment"),
)

SERVICE_SUMMARIES = (
    Shown(37, "contacts", "contacts"),
    Shown(51, "screening", "screening"),
    Shown(84, "sources", "sources"),
    Shown(94, "re-referrals", "re-referrals"),
    Shown(116, "contacts not progressing", "contacts-not-progressing"),
    Shown(131, "police contacts", "police-contacts"),
    Shown(144, "early help assessments", "early-help-assessments"),
    Shown(157, "payment by results", "payment-by-results"),
    Shown(174, "assessments", "assessment-timeliness"),
    Shown(211, "assessments under way", "assessments-under-way"),
    Shown(236, "closed cases", "closed-after-assessment"),
    Shown(257, "strategy discussions", "strategy-discussions"),
    Shown(282, "section 47", "section-47-enquiries"),
    Shown(309, "children in need", "children-in-need-plans"),
    Shown(329, "conferences", "initial-conferences"),
    Shown(361, "plans", "children-on-a-plan"),
    Shown(399, "repeat plans", "repeat-plans"),
    Shown(419, "long plans", "long-plans"),
    Shown(458, "in care", "children-in-care"),
    Shown(481, "placement moves", "placement-moves"),
    Shown(503, "stability", "placement-stability"),
    Shown(529, "placement types", "placement-types"),
    Shown(564, "visits in need", "visits-child-in-need"),
    Shown(582, "visits on a plan", "visits-child-protection"),
    Shown(598, "visits in care", "visits-in-care"),
    Shown(614, "private fostering", "privately-fostered-children"),
    Shown(621, "private fostering visits", "private-fostering-visits"),
    Shown(633, "care leavers", "care-leavers"),
    Shown(698, "panel", "fostering-panel"),
    Shown(743, "A10", "adoption-a10"),
    Shown(751, "A2", "adoption-a2"),
    Shown(759, "A20", "adoption-a20"),
    Shown(784, "case supervision", "case-supervision"),
    Shown(809, "worker supervision", "worker-supervision"),
    Shown(827, "caseloads", "caseloads"),
    Shown(857, "establishment", "establishment"),
)

CHARTS = (
    Shown(27, "volume of contacts", "contacts", "contacts_received"),
    Shown(41, "timeliness of the hubs", "screening", "eh_hub_72h_pct da_hub_48h_pct mash_24h_pct"),
    Shown(87, "re-referrals", "re-referrals", "rereferrals_12m_pct"),
    Shown(108, "contacts not progressing by reason", "contacts-not-progressing", "contacts_not_progressing_reason"),
    Shown(123, "police outcomes", "police-contacts", "police_contacts_outcome"),
    Shown(136, "early help assessments open", "early-help-assessments", "eha_open"),
    Shown(149, "claims actual and projected", "payment-by-results", "pbr_claims"),
    Shown(164, "assessments completed, in time", "assessment-timeliness", "assessments_completed assessments_45wd_pct"),
    Shown(203, "incoming and ongoing", "assessments-under-way", "assessments_incomplete assessments_incoming"),
    Shown(237, "strategy discussions", "strategy-discussions", "strategy_completed strategy_in_time_pct"),
    Shown(270, "section 47", "section-47-enquiries", "s47_completed s47_in_time_pct"),
    Shown(301, "child in need plans", "children-in-need-plans", "cin_plans_open"),
    Shown(315, "initial conferences", "initial-conferences", "icpc_held icpc_15wd_pct"),
    Shown(348, "child protection plans", "children-on-a-plan", "cpp_open"),
    Shown(378, "plans started and ceased", "plans-starting-and-ending", "cpp_started cpp_ceased"),
    Shown(389, "repeat plans", "repeat-plans", "cpp_repeat_new_2y cpp_repeat_snap_2y cpp_repeat_snap_ever"),
    Shown(410, "plans of two years", "long-plans", "cpp_2y_open_pct"),
    Shown(434, "children in care", "children-in-care", "cla_open"),
    Shown(461, "came into and left care", "children-in-care", "cla_started cla_ceased"),
    Shown(474, "three placements", "placement-moves", "cla_3plus_placements_pct"),
    Shown(496, "stability", "placement-stability", "cla_long_term_stability_pct"),
    Shown(517, "placement types", "placement-types", "cla_by_placement"),
    Shown(552, "visits in need", "visits-child-in-need", "cin_visits_pct"),
    Shown(570, "visits on a plan", "visits-child-protection", "cp_visits_pct"),
    Shown(587, "visits in care", "visits-in-care", "cla_visits_pct"),
    Shown(651, "foster carers by type", "foster-carers", "foster_households_by_type"),
    Shown(668, "panel activity", "fostering-panel", "foster_panel_activity"),
    Shown(714, "A10", "adoption-a10", "adoption_a10_days"),
    Shown(725, "A2", "adoption-a2", "adoption_a2_days"),
    Shown(736, "A20", "adoption-a20", "adoption_a20_days"),
    Shown(775, "case supervision", "case-supervision", "case_supervision_matrix"),
    Shown(818, "caseloads", "caseloads", "caseload_avg"),
    Shown(848, "establishment", "establishment", "establishment_mix"),
)

CALL_OUTS = (
    Shown(33, "contacts into the MASH", "contacts", "615"),
    Shown(46, "MASH in 24 hours", "screening", "50%"),
    Shown(91, "re-referrals", "re-referrals", "2.5%"),
    Shown(169, "assessments completed", "assessment-timeliness", "221"),
    Shown(170, "assessments in time", "assessment-timeliness", "58%"),
    Shown(208, "incomplete assessments", "assessments-under-way", "477"),
    Shown(209, "incoming assessments", "assessments-under-way", "165"),
    Shown(240, "strategy discussions in time", "strategy-discussions", "86 of 189"),
    Shown(275, "section 47 in time", "section-47-enquiries", "61%"),
    Shown(307, "child in need plans", "children-in-need-plans", "276"),
    Shown(318, "conferences in time", "initial-conferences", "24 of 60"),
    Shown(355, "child protection plans", "children-on-a-plan", "194"),
    Shown(441, "children in care", "children-in-care", "345"),
    Shown(539, "visits in need in time", "visits-child-in-need", "225 of 276"),
    Shown(543, "visits on a plan in time", "visits-child-protection", "172 of 194"),
    Shown(547, "visits in care in time", "visits-in-care", "323 of 345"),
    Shown(709, "A10 days", "adoption-a10", "327 days"),
    Shown(711, "A10 children", "adoption-a10", "25 adopted children"),
    Shown(720, "A2 days", "adoption-a2", "120 days"),
    Shown(722, "A2 children", "adoption-a2", "20 adopted children"),
    Shown(731, "A20 days", "adoption-a20", "236 days"),
    Shown(733, "A20 children", "adoption-a20", "24 adopted children"),
    Shown(774, "supervised within a month", "case-supervision", "33%"),
)

_AREAS = "England|Statistical neighbours|West Midlands"
_ALL_AREAS = f"{_AREAS}|Neighbours judged good|Councils judged good|Councils judged outstanding"
_MONTHS = "May 21|Jun 21|Jul 21|Aug 21|Sep 21|Oct 21|Nov 21"

TABLES = (
    Shown(
        9,
        "summary",
        "summary-table",
        "End of year|Year to date|Previous month|Current month|Target|Against target|Statistical neighbours|"
        "West Midlands|England",
    ),
    Shown(
        56,
        "sources, seven columns",
        "sources-source",
        "Early Help contacts completed|% of all|MASH contacts completed|% of all|Referrals|% of all|"
        "Contacts progressing to referral",
    ),
    Shown(101, "re-referrals compared", "re-referrals-benchmarks", f"Year to date|{_ALL_AREAS}"),
    Shown(113, "reasons of not progressing", "contacts-not-progressing-outcome", "% of all"),
    Shown(182, "assessments compared", "assessment-timeliness-benchmarks", f"Year to date|{_ALL_AREAS}"),
    Shown(188, "assessments and child seen", "assessment-timeliness-figures", f"{_MONTHS}|Year to date"),
    Shown(194, "assessment outcomes", "assessment-timeliness-assessment_outcome", "Assessments by outcome|% of all"),
    Shown(
        220,
        "closing actions",
        "closed-after-assessment-assessment_route-closing_action",
        "Early help|Family support|Other agencies|No further action|All",
    ),
    Shown(265, "strategy series", "strategy-discussions-figures", f"{_MONTHS}|Year to date"),
    Shown(290, "section 47 rate and conversion compared", "section-47-enquiries-benchmarks", _ALL_AREAS),
    Shown(336, "conferences compared", "initial-conferences-benchmarks", _AREAS),
    Shown(370, "plan rate compared", "children-on-a-plan-benchmarks", _AREAS),
    Shown(383, "categories from March", "plan-categories-category", f"Mar 21|Apr 21|{_MONTHS}"),
    Shown(405, "repeat plans compared", "repeat-plans-benchmarks", _AREAS),
    Shown(394, "three kinds of repeat plan", "repeat-plans-figures", _MONTHS),
    Shown(425, "long plans compared", "long-plans-benchmarks", _AREAS),
    Shown(467, "care rate compared", "children-in-care-benchmarks", _ALL_AREAS),
    Shown(489, "three placements compared", "placement-moves-benchmarks", _ALL_AREAS),
    Shown(510, "stability compared", "placement-stability-benchmarks", _ALL_AREAS),
    Shown(522, "placement mix", "placement-types-placement", _MONTHS),
    Shown(608, "private fostering", "privately-fostered-children-figures", _MONTHS),
    Shown(616, "private fostering visits", "private-fostering-visits-figures", _MONTHS),
    Shown(626, "care leavers by age", "care-leavers-leaver_age", "Aged 19|Aged 20|Aged 21|All|Target|Against target"),
    Shown(637, "care leavers compared", "care-leavers-benchmarks", _ALL_AREAS),
    Shown(654, "foster carers with subtotals", "foster-carers-foster_type", "Approved fostering households|% of total"),
    Shown(695, "panel items", "fostering-panel-panel_item-panel_advice", "Recommended|Not recommended|All"),
    Shown(
        767,
        "supervision bands by plan",
        "case-supervision-plan_type-supervision_band",
        "Within 1 month|Over 1 to 2 months|Over 2 to 3 months|Over 3 to 6 months|Over 6 months|None yet, plan is new|"
        "None recorded|All|Cases supervised within the last month|Cases supervised within the last two months|"
        "Cases supervised within the last three months",
    ),
    Shown(795, "worker supervision by group", "worker-supervision-worker_group", f"{_MONTHS}|Year to date"),
    Shown(838, "caseload, two years published", "caseloads-caseload_avg-years", ""),
    Shown(853, "establishment", "establishment-post_held", "Nov 21"),
)

ROWS = (
    Shown(
        220,
        "both routes",
        "closed-after-assessment-assessment_route-closing_action",
        "Assessment with no strategy discussion",
    ),
    Shown(388, "every category", "plan-categories-category", "Multiple"),
    Shown(660, "general carers added up", "foster-carers-foster_type", "All general foster carers"),
    Shown(664, "friends and family added up", "foster-carers-foster_type", "All friends and family"),
    Shown(771, "on both plans", "case-supervision-plan_type-supervision_band", "Child protection plan and in care"),
    Shown(797, "support hub", "worker-supervision-worker_group", "Support hub"),
    Shown(839, "England's caseload", "caseloads-caseload_avg-years", "England"),
    Shown(855, "unfilled posts", "establishment-post_held", "Unfilled"),
)
