"""Every figure of the council that the example pack prints, by the key of the fact that should give it.

Printed text on the right: `58` is compared with the fact's value rounded to as many decimals, `86/189` with its
numerator and denominator, `30%` with its numerator as a share of the whole's, `327 of 25` with value and denominator.
Lines of the pack stand in the comments.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.facts.fact import WHOLE, FactKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorecard.facts.fact import Facts

_SUMMARY = {  # l.10-22: March 2021, year to date, previous month, current month
    "eh_hub_72h_pct": "- 99 98 99",
    "mash_24h_pct": "86 67 45 50",
    "da_hub_48h_pct": "94 88 73 88",
    "rereferrals_12m_pct": "24 8 7 2.5",
    "assessments_45wd_pct": "89 63 45 58",
    "icpc_15wd_pct": "89 55 68 40",
    "cpp_rate": "29 - 41 54",
    "cla_rate": "88 - 96 96",
    "cla_3plus_placements_pct": "10 - 9 9",
    "cla_long_term_stability_pct": "67 - 67 68",
    "cl_in_touch_pct": "87 - 93 95",
    "cl_suitable_pct": "84 - 86 87",
    "cl_eet_pct": "57 - 58 56",
}

_SERIES = {  # from the first month on, to November 2021
    "assessments_45wd_pct": ("2021-05", "74 81 70 70 44 45 58"),  # l.183
    "child_seen_in_time_pct": ("2021-05", "90 87 78 75 22 42 76"),  # l.184
    "strategy_in_time_pct": ("2021-05", "92 82 69 64 62 50 46"),  # l.263
    "strategy_to_s47_pct": ("2021-05", "81 76 64 60 70 78 64"),  # l.264
    "cpp_by_category/category/EMO": ("2021-03", "57 76 66 64 77 78 82 90 111"),  # l.382
    "cpp_by_category/category/NEG": ("2021-03", "34 33 43 46 43 44 45 47 67"),
    "cpp_by_category/category/PHY": ("2021-03", "6 6 7 6 2 2 3 6 6"),
    "cpp_by_category/category/SAB": ("2021-03", "8 9 9 2 2 5 9 6 10"),
    "cpp_by_category/category/MUL": ("2021-03", "0 0 0 0 1 1 0 0 0"),
    "pf_open": ("2021-05", "2 2 2 2 3 2 2"),  # l.601
    "pf_started": ("2021-05", "1 0 0 0 1 0 0"),
    "pf_ceased": ("2021-05", "1 0 0 0 0 1 0"),
    "pf_visits_n": ("2021-05", "2 1 1 2 2 1 2"),  # l.609
    "pf_visits_pct": ("2021-05", "100 50 50 100 67 50 100"),
    "worker_supervision_pct/worker_group/OPERATIONAL": ("2021-05", "78 67 53 56 47 66 69"),  # l.792
    "worker_supervision_pct/worker_group/SUPPORTHUB": ("2021-06", "100 100 70 93 84 82"),
}

_SOURCES = {  # l.56-76: early help hub, MASH, referrals
    "9": (2, 0, 0), "2B": (7, 12, 7), "3E": (18, 14, 4), "3A": (7, 16, 8), "3B": (0, 3, 1), "3F": (17, 17, 8),
    "3D": (11, 51, 23), "3C": (0, 6, 6), "4": (2, 1, 0), "1B": (0, 3, 0), "1A": (26, 37, 20), "1D": (0, 0, 0),
    "1C": (24, 1, 1), "5C": (5, 18, 11), "5B": (3, 8, 3), "5A": (148, 63, 40), "8": (4, 19, 9), "7": (0, 25, 14),
    "6": (215, 214, 49), "2A": (10, 107, 86),
}  # fmt: skip

_SUPERVISED = {  # l.767-770: within one month, two, three, six, longer ago, new, none
    "CIN": "51 48 16 43 9 2 99",
    "CLA": "105 106 43 64 23 0 3",
    "CPP": "109 48 10 4 1 2 14",
    "CPPCLA": "4 0 0 0 0 0 0",
    "": "269 202 69 111 33 4 116",
}
_BANDS = ("within_1m", "over_1m", "over_2m", "over_3m", "over_6m", "new", "none")
_SUPERVISED_SHARES = {  # l.767-771: within one month, two and three
    "CIN": "19 37 43", "CLA": "31 61 74", "CPP": "58 84 89", "CPPCLA": "100 100 100", "": "33 59 67",
}  # fmt: skip

_CLOSED = {  # l.223-231: with a strategy discussion, without
    "EARLYHELP": (13, 6), "FAMILYSUPPORT": (0, 0), "OTHERAGENCY": (8, 8), "NFA": (7, 49),
}  # fmt: skip

_LEAVERS = {"19": "41 40 38 22", "20": "33 30 27 18", "21": "42 40 36 25"}  # l.633-636, by age

_MONTH = {  # November itself
    "contacts_received": "1292",  # l.34
    "mash_contacts_completed": "615",
    "da_hub_contacts_completed": "178",
    "eh_hub_contacts_completed": "499",
    "contacts_progressed_referral_pct": "47",  # l.35
    "mash_da_combined_pct": "59",  # l.45
    "referrals": "290",  # l.77
    "police_contacts_outcome/police_outcome/progressed": "49",  # l.127
    "police_contacts_outcome/police_outcome/early_help": "57",
    "police_contacts_outcome/police_outcome/not_progressed": "108",
    "police_contacts_outcome": "214",
    "assessments_completed": "221",  # l.168
    "assessment_outcome/assessment_outcome/CINPLAN": "77",  # l.190
    "assessment_outcome/assessment_outcome/CONTINUE": "30",
    "assessment_outcome/assessment_outcome/ACCOMMODATE": "1",
    "assessment_outcome/assessment_outcome/STRATEGY": "31",
    "assessment_outcome/assessment_outcome/ADULT": "1",
    "assessment_outcome/assessment_outcome/CLOSE": "81",
    "closed_after_assessment_next_action": "91",  # l.223
    "no_further_support_pct": "56/91",  # l.236
    "strategy_in_time_pct": "86/189",  # l.242
    "s47_in_time_pct": "61",  # l.274
    "s47_outcome_icpc_pct": "57",
    "s47_completed/s47_outcome/NFA": "36%",
    "s47_completed": "106",
    "icpc_15wd_pct": "24/60",  # l.318
    "rcpc_in_time_pct": "86",  # l.326
    "cpp_started": "50",
    "cpp_ceased": "5",
    "cpp_repeat_new_2y": "8",  # l.403
    "cla_started": "5",  # l.443
    "cla_ceased": "0",
    "foster_approved/foster_group/general": "0",  # l.672
    "foster_approved/foster_group/friends_family": "2",
    "foster_ceased/foster_group/general": "3",
    "foster_ceased/foster_group/friends_family": "1",
    "foster_reapproved": "15",
    "foster_panel_activity": "23",  # l.700 (20 cases)
    "foster_panel_activity/panel_item/APPROVAL_CONNECTED": "3",
    "foster_panel_activity/panel_item/REAPPROVAL": "15",
    "foster_panel_activity/panel_item/REG25EXT": "2",
    "foster_panel_activity/panel_item/RESIGNATION": "1",
    "foster_panel_activity/panel_item/LTMATCH": "1",
    "foster_panel_activity/panel_item/POSTLADO": "1",
    "foster_panel_activity/panel_advice/not_recommended": "1",
    "icpc_held": "60",
}

_MONTH_END = {
    "assessments_incomplete": "477",  # l.207
    "assessments_incoming": "165",
    "strategy_incomplete": "48",  # l.252
    "strategy_incoming": "39",
    "s47_incomplete": "98",  # l.278
    "s47_incoming": "53",
    "cin_plans_open": "276",  # l.305
    "icpc_incomplete": "12",  # l.327
    "cpp_open": "194",  # l.354
    "cpp_rate": "53.7",  # l.369
    "cpp_2y_open_pct": "0.5",  # l.422
    "cla_open": "345",  # l.440
    "cla_by_placement/placement/general_foster": "30%",  # l.521: of all
    "cla_by_placement/placement/family": "24%",
    "cla_by_placement/placement/agency_foster": "23%",
    "cla_by_placement/placement/residential": "13%",
    "cla_by_placement/placement/adoption": "2%",
    "cla_by_placement/placement/other": "8%",
    "cin_visits_pct": "225/276",  # l.541
    "cp_visits_pct": "172/194",
    "cla_visits_pct": "323/345",
    "cl_cohort": "116",  # l.633
    "cl_in_touch_pct": "110/116",
    "cl_suitable_pct": "101/116",
    "cl_eet_pct": "65/116",
    "foster_households_by_type/foster_type/SHORT": "48",  # l.655
    "foster_households_by_type/foster_type/LONG": "38",
    "foster_households_by_type/foster_type/RESPITE": "14",
    "foster_households_by_type/foster_type/SHORTBREAK": "4",
    "foster_households_by_type/foster_group/general": "104",
    "foster_households_by_type/foster_type/FRIENDSFAMILY": "39",
    "foster_households_by_type/foster_type/TEMPAPPROVED": "11",
    "foster_households_by_type/foster_group/friends_family": "50",
    "foster_households_by_type/foster_type/SUPPLODGINGS": "11",
    "foster_pipeline/foster_stage/stage_2": "10",  # l.681
    "caseload_over_20_pct": "37",  # l.823
    "establishment_mix/post_held/permanent": "73%",  # l.852
    "establishment_mix/post_held/agency": "12%",
    "establishment_mix/post_held/vacant": "15%",
}

_YEAR_TO_DATE = {
    "contacts_progressed_referral_pct": "43",  # l.35
    "pbr_claims": "135",  # l.154
    "pbr_value": "108000",  # l.158
    "child_seen_in_time_pct": "67",  # l.184
    "strategy_in_time_pct": "64",  # l.250
    "strategy_to_s47_pct": "71",
    "s47_in_time_pct": "63",  # l.275
    "s47_rate": "159",  # l.292: not annualised (contradiction 29)
    "cin_visits_pct": "82",  # l.557
    "cp_visits_pct": "87",
    "cla_visits_pct": "89",
    "worker_supervision_pct/worker_group/OPERATIONAL": "65",  # l.800
    "worker_supervision_pct/worker_group/SUPPORTHUB": "93",
}

_ROLLING_YEAR = {  # l.709-738: days, of so many children
    "adoption_a10_days": "327 of 25",
    "adoption_a2_days": "120 of 20",
    "adoption_a20_days": "236 of 24",
}

_OCTOBER = {  # as first reported
    "contacts_progressed_referral_pct/2021-10/month": "41",  # l.35
    "mash_contacts_completed/2021-10/month": "449",
    "rereferrals_12m_pct/2021-10/month": "7.2",  # l.82
    "assessments_completed/2021-10/month": "150",
    "cla_open/2021-10/month_end": "348",
    "cpp_open/2021-10/month_end": "149",
    "caseload_avg/2021-10/month_end/worker_kind/qualified": "19",  # l.822
    "caseload_avg/2021-10/month_end/worker_kind/newly_qualified": "18",
}

_YEAR_BEFORE = {  # as first reported for November 2020
    "cpp_open/2020-11/month_end": "130",  # l.361
    "s47_completed/2020-11/month": "39",  # l.282
    "worker_supervision_pct/2020-11/month/worker_group/OPERATIONAL": "78",  # l.796
    "caseload_avg/2020-11/month_end": "13",  # l.824
    "caseload_over_20_pct/2020-11/month_end": "11",
}


NOVEMBER, OCTOBER, MARCH, YEAR_BEFORE = "2021-11-30", "2021-10-31", "2021-03-31", "2020-11-30"


def printed() -> Iterator[tuple[str, str, str]]:
    """The month end whose extract is asked, the fact key, and the printed text."""
    for window, figures in (
        ("month", _MONTH), ("month_end", _MONTH_END), ("year_to_date", _YEAR_TO_DATE), ("rolling_year", _ROLLING_YEAR),
    ):  # fmt: skip
        for name, text in figures.items():
            yield NOVEMBER, _key(name, "2021-11", window), text
    yield from ((OCTOBER, key, text) for key, text in _OCTOBER.items())
    yield from ((YEAR_BEFORE, key, text) for key, text in _YEAR_BEFORE.items())
    yield from _summary()
    yield from _series()
    yield from _tables()


def differing(facts: Mapping[str, Facts]) -> list[str]:
    """What the facts of each month end say otherwise than the pack: nothing, if all is well."""
    return [f"{key} is printed {text}" for day, key, text in printed() if not _agrees(facts[day], key, text)]


def _agrees(facts: Facts, key: str, text: str) -> bool:
    fact = facts.get(FactKey.parse(key))
    if fact is None or fact.value is None or fact.numerator is None:
        return text == "0" and "×" in key  # no fact for a pair of members nothing has
    if "/" in text:
        return (fact.numerator, fact.denominator) == tuple(float(part) for part in text.split("/"))
    if text.endswith("%"):
        whole = facts.get(replace(fact.key, dimension=WHOLE, member=WHOLE))
        return whole is not None and _rounded(100 * fact.numerator / (whole.numerator or 1), text[:-1]) == text[:-1]
    value, _, number = text.partition(" of ")
    return _rounded(fact.value, value) == value and (not number or fact.denominator == float(number))


def _rounded(value: float, text: str) -> str:
    decimals = len(text.partition(".")[2])
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def _key(name: str, period: str, window: str) -> str:
    measure, _, part = name.partition("/")
    return f"{measure}/{period}/{window}" + (f"/{part}" if part else "")


def _window(name: str) -> str:
    stocks = ("cpp_", "cla_", "cl_", "pf_open", "pf_visits")
    return "month_end" if name.startswith(stocks) else "month"


def _summary() -> Iterator[tuple[str, str, str]]:
    for name, texts in _SUMMARY.items():
        march, to_date, october, november = texts.split()
        window = _window(name)
        ytd_of_march = _key(name, "2021-03", window)
        for day, key, text in (
            (MARCH, ytd_of_march, march),
            (NOVEMBER, _key(name, "2021-11", "year_to_date"), to_date),
            (OCTOBER, _key(name, "2021-10", window), october),
            (NOVEMBER, _key(name, "2021-11", window), november),
        ):
            if text != "-":
                yield day, key, text


def _series() -> Iterator[tuple[str, str, str]]:
    """Each month as its own extract reported it: later ones are asked only where November's must agree."""
    for name, (first, texts) in _SERIES.items():
        month = Period.parse(first)
        for text in texts.split():
            yield month.last_day.isoformat(), _key(name, str(month), _window(name)), text
            month = month.back(-1)


def _tables() -> Iterator[tuple[str, str, str]]:
    for table in (_sources, _supervision, _closures, _leavers):
        yield from ((NOVEMBER, key, text) for key, text in table())


def _sources() -> Iterator[tuple[str, str]]:
    names = ("eh_hub_contacts_completed", "mash_contacts_completed", "referrals")
    for source, numbers in _SOURCES.items():
        for name, number in zip(names, numbers, strict=True):
            yield f"{name}/2021-11/month/source/{source}", str(number)
        if numbers[1]:
            yield f"contacts_progressed_referral_pct/2021-11/month/source/{source}", f"{numbers[2]}/{numbers[1]}"


def _supervision() -> Iterator[tuple[str, str]]:
    for plan, numbers in _SUPERVISED.items():
        for band, number in zip(_BANDS, numbers.split(), strict=True):
            part = f"supervision_band×plan_type/{band}×{plan}" if plan else f"supervision_band/{band}"
            yield f"case_supervision_matrix/2021-11/month_end/{part}", number
        for months, share in zip("123", _SUPERVISED_SHARES[plan].split(), strict=True):
            part = f"/plan_type/{plan}" if plan else ""
            yield f"case_supervision_within_{months}m_pct/2021-11/month_end{part}", share


def _closures() -> Iterator[tuple[str, str]]:
    for action, numbers in _CLOSED.items():
        for route, number in zip(("with_strategy", "without_strategy"), numbers, strict=True):
            part = f"assessment_route×closing_action/{route}×{action}"
            yield f"closed_after_assessment_next_action/2021-11/month/{part}", str(number)


def _leavers() -> Iterator[tuple[str, str]]:
    for age, numbers in _LEAVERS.items():
        cohort, *rest = numbers.split()
        yield f"cl_cohort/2021-11/month_end/leaver_age/{age}", cohort
        for name, number in zip(("cl_in_touch_pct", "cl_suitable_pct", "cl_eet_pct"), rest, strict=True):
            yield f"{name}/2021-11/month_end/leaver_age/{age}", f"{number}/{cohort}"
