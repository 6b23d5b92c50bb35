"""An invented council's November 2021 as facts, with the example pack's figures, to lay out and look at."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from scorecard.calendar.periods import Period, Window
from scorecard.definitions.indicator import Better, Dimension, Indicator, Kind, Measure, Unit
from scorecard.errors import Place
from scorecard.facts.fact import Fact, FactKey, Facts, Quality, Status
from scorecard.facts.run import Population
from scorecard.findings.comparator_files import shipped_comparators
from scorecard.findings.targets import Target, Targets
from scorecard.pack.commentary import Comment, Commentary
from scorecard.pack.context import PackContext
from scorecard.pack.plan import shipped_plan

NOVEMBER = Period(2021, 11)
MONTHS = tuple(NOVEMBER.back(12 - step) for step in range(13))
POPULATION = 36_115
_DAYS_APRIL_TO_NOVEMBER = 244
_AS_AT = date(2021, 11, 30)


def measure(name: str, title: str, unit: Unit, better: Better = Better.NEITHER, **more: object) -> Measure:
    """A measure with the decimals its unit usually has."""
    decimals = 1 if unit is Unit.RATE_PER_10000 else 0
    of = None if unit is Unit.COUNT else "population" if unit is Unit.RATE_PER_10000 else "all"
    return Measure(name, title, unit, better, of=of, **{"decimals": decimals, **more})  # type: ignore[arg-type]


def indicator(name: str, title: str, section: str, kind: Kind, *measures: Measure) -> Indicator:
    """An indicator with plain words for its meaning."""
    return Indicator(
        id=name,
        title=title,
        section=section,
        kind=kind,
        one_case_is="one case of one child",
        measures=measures,
        sql="",
        meaning=f"# {title}\n\nCounts every case of the kind, once for each child. A case without a date is left out.",
        examples=(),
        place=Place(f"library/indicators/{section}/{name}.md", 1),
        sql_line=1,
        fingerprint="0123456789abcdef",
        source="Ofsted Annex A",
        owner="performance team",
        caveats=("Completing a backlog makes the percentage fall before it rises.",),
    )


HIGHER, LOWER = Better.HIGHER, Better.LOWER
INDICATORS = (
    indicator(
        "contacts_received", "Contacts received", "front_door", Kind.FLOW,
        measure("contacts_received", "Contacts received", Unit.COUNT, in_words="{numerator} contacts were received"),
    ),
    indicator(
        "eh_hub_72h", "Early Help contacts screened in 72 hours", "front_door", Kind.FLOW,
        measure("eh_hub_contacts_completed", "Early Help contacts completed", Unit.COUNT),
        measure("eh_hub_72h_pct", "Early Help contacts screened in 72 hours", Unit.PERCENT, HIGHER),
    ),
    indicator(
        "mash_24h", "MASH contacts screened in 24 hours", "front_door", Kind.FLOW,
        measure("mash_contacts_completed", "MASH contacts completed", Unit.COUNT),
        measure("mash_24h_pct", "MASH contacts screened in 24 hours", Unit.PERCENT, HIGHER),
    ),
    indicator(
        "da_hub_48h", "DA Hub contacts screened in 48 hours", "front_door", Kind.FLOW,
        measure("da_hub_48h_pct", "DA Hub contacts screened in 48 hours", Unit.PERCENT, HIGHER),
    ),
    indicator(
        "rereferrals", "Re-referrals", "referrals", Kind.FLOW,
        measure("referrals", "Referrals", Unit.COUNT),
        measure("rereferrals_12m_pct", "Re-referrals within 12 months", Unit.PERCENT, LOWER, decimals=1),
    ),
    indicator(
        "assessments_45wd", "Child and family assessments completed", "assessments", Kind.FLOW,
        measure(
            "assessments_completed", "Assessments completed", Unit.COUNT,
            in_words="{numerator} assessments were completed",
        ),
        measure(
            "assessments_45wd_pct", "Assessments completed in 45 working days", Unit.PERCENT, HIGHER,
            in_words="{numerator} of {denominator} assessments were completed in 45 working days",
        ),
    ),
    indicator(
        "icpc", "Initial child protection conferences", "conferences", Kind.FLOW,
        measure("icpc_held", "Initial conferences held", Unit.COUNT),
        measure(
            "icpc_15wd_pct", "Initial conferences in 15 working days", Unit.PERCENT, HIGHER,
            in_words="{numerator} of {denominator} conferences were held in 15 working days",
        ),
        measure("icpc_rate", "Initial conferences per 10,000", Unit.RATE_PER_10000, annualised=True),
    ),
    indicator(
        "cpp_open", "Children on a child protection plan", "plans", Kind.STOCK,
        measure(
            "cpp_open", "Children on a child protection plan", Unit.COUNT,
            in_words="{numerator} children were on a child protection plan",
        ),
        measure("cpp_rate", "Children on a child protection plan per 10,000", Unit.RATE_PER_10000),
        measure("cpp_by_category", "Children on a child protection plan by category of abuse", Unit.COUNT),
    ),
    indicator(
        "cla_open", "Children and young people in care", "care", Kind.STOCK,
        measure("cla_open", "Children and young people in care", Unit.COUNT),
        measure("cla_rate", "Children and young people in care per 10,000", Unit.RATE_PER_10000),
    ),
    indicator(
        "cla_3plus_placements", "Children with three or more placements", "placements", Kind.STOCK,
        measure("cla_3plus_placements_pct", "Children with three or more placements", Unit.PERCENT, LOWER),
    ),
    indicator(
        "cla_stability", "Long-term placement stability", "placements", Kind.STOCK,
        measure("cla_long_term_stability_pct", "Under 16, in care 2.5 years, same carer 2 years", Unit.PERCENT, HIGHER),
    ),
    indicator(
        "care_leavers", "Care leavers aged 19 to 21", "care_leavers", Kind.STOCK,
        measure("cl_cohort", "Care leavers aged 19 to 21", Unit.COUNT),
        measure("cl_in_touch_pct", "Care leavers aged 19 to 21 in touch", Unit.PERCENT, HIGHER),
        measure("cl_suitable_pct", "Care leavers aged 19 to 21 in suitable accommodation", Unit.PERCENT, HIGHER),
        measure("cl_eet_pct", "Care leavers aged 19 to 21 in education, employment or training", Unit.PERCENT, HIGHER),
    ),
)  # fmt: skip
DIMENSIONS = (
    ("category", "Category of abuse", {"EMO": "Emotional abuse", "NEG": "Neglect", "PHY": "Physical abuse",
                                       "SAB": "Sexual abuse", "MUL": "Multiple"}),
    ("leaver_age", "Age of care leaver", {"19": "Aged 19", "20": "Aged 20", "21": "Aged 21"}),
    ("source", "Source", {"2A": "Schools", "5A": "Local authority services – social care", "6": "Police"}),
)  # fmt: skip

COUNTS: dict[str, tuple[int, ...]] = {
    "contacts_received": (941, 780, 902, 933, 1015, 870, 1020, 1100, 1003, 702, 980, 1101, 1292),
    "eh_hub_contacts_completed": (310, 250, 301, 330, 352, 300, 340, 402, 360, 240, 333, 410, 499),
    "mash_contacts_completed": (420, 360, 402, 433, 460, 400, 470, 500, 480, 330, 440, 449, 615),
    "referrals": (61, 72, 72, 95, 78, 92, 70, 135, 205, 81, 210, 184, 290),
    "assessments_completed": (101, 92, 88, 95, 110, 98, 104, 99, 107, 95, 120, 150, 221),
    "icpc_held": (14, 11, 15, 12, 18, 16, 14, 19, 21, 13, 25, 31, 60),
    "cpp_open": (130, 122, 118, 111, 105, 124, 125, 118, 125, 130, 139, 149, 194),
    "cpp_by_category": (130, 122, 118, 111, 105, 124, 125, 118, 125, 130, 139, 149, 194),
    "cla_open": (320, 318, 319, 317, 318, 322, 328, 331, 335, 339, 344, 348, 345),
    "cl_cohort": (92, 93, 93, 94, 94, 95, 96, 96, 97, 97, 98, 115, 116),
}
SHARES: dict[str, tuple[tuple[int, int], ...]] = {
    "eh_hub_72h_pct": (
        *((0, 0),) * 5,
        (297, 300),
        (338, 340),
        (398, 402),
        (355, 360),
        (238, 240),
        (330, 333),
        (402, 410),
        (494, 499),
    ),
    "mash_24h_pct": (
        (380, 420),
        (310, 360),
        (350, 402),
        (390, 433),
        (396, 460),
        (352, 400),
        (390, 470),
        (390, 500),
        (340, 480),
        (220, 330),
        (240, 440),
        (202, 449),
        (307, 615),
    ),
    "da_hub_48h_pct": (
        (90, 100),
        (92, 98),
        (95, 101),
        (99, 104),
        (101, 107),
        (111, 117),
        (113, 120),
        (119, 127),
        (110, 124),
        (89, 101),
        (92, 118),
        (104, 142),
        (157, 178),
    ),
    "rereferrals_12m_pct": (
        (10, 61),
        (15, 72),
        (13, 72),
        (20, 95),
        (18, 75),
        (11, 92),
        (8, 70),
        (14, 135),
        (15, 205),
        (5, 81),
        (11, 210),
        (13, 180),
        (7, 280),
    ),
    "assessments_45wd_pct": (
        (88, 101),
        (83, 92),
        (80, 88),
        (84, 95),
        (98, 110),
        (79, 98),
        (77, 104),
        (80, 99),
        (75, 107),
        (66, 95),
        (53, 120),
        (67, 150),
        (128, 221),
    ),
    "icpc_15wd_pct": (
        (12, 14),
        (9, 11),
        (13, 15),
        (11, 12),
        (16, 18),
        (11, 16),
        (9, 14),
        (14, 19),
        (13, 21),
        (7, 13),
        (14, 25),
        (21, 31),
        (24, 60),
    ),
    "cla_3plus_placements_pct": (
        (32, 320),
        (31, 318),
        (33, 319),
        (31, 317),
        (32, 318),
        (31, 322),
        (30, 328),
        (31, 331),
        (30, 335),
        (30, 339),
        (31, 344),
        (31, 348),
        (31, 345),
    ),
    "cla_long_term_stability_pct": (
        (80, 120),
        (81, 121),
        (80, 120),
        (81, 122),
        (82, 122),
        (81, 121),
        (81, 121),
        (80, 120),
        (81, 121),
        (82, 122),
        (81, 121),
        (81, 121),
        (82, 121),
    ),
    "cl_in_touch_pct": (*((82, 94),) * 5, *((86, 96),) * 6, (107, 115), (110, 116)),
    "cl_suitable_pct": (*((79, 94),) * 5, *((82, 96),) * 6, (99, 115), (101, 116)),
    "cl_eet_pct": (*((54, 94),) * 5, *((55, 96),) * 6, (67, 115), (65, 116)),
}
PARTS: dict[tuple[str, str], dict[str, tuple[int, ...]]] = {
    ("cpp_by_category", "category"): {
        "EMO": (57, 76, 66, 64, 77, 78, 82, 90, 111),
        "NEG": (34, 33, 43, 46, 43, 44, 45, 47, 67),
        "PHY": (6, 6, 7, 6, 2, 2, 3, 6, 6),
        "SAB": (8, 9, 9, 2, 2, 5, 9, 6, 10),
        "MUL": (0, 0, 0, 0, 1, 1, 0, 0, 0),
    },
    ("eh_hub_contacts_completed", "source"): {"2A": (10,), "5A": (148,), "6": (215,)},
    ("mash_contacts_completed", "source"): {"2A": (107,), "5A": (63,), "6": (214,)},
    ("referrals", "source"): {"2A": (86,), "5A": (40,), "6": (49,)},
    ("cl_cohort", "leaver_age"): {"19": (41,), "20": (33,), "21": (42,)},
}
LEAVERS = {
    "cl_in_touch_pct": {"19": (40, 41), "20": (30, 33), "21": (40, 42)},
    "cl_suitable_pct": {"19": (38, 41), "20": (27, 33), "21": (36, 42)},
    "cl_eet_pct": {"19": (22, 41), "20": (18, 33), "21": (25, 42)},
}
TARGETS = {
    "mash_24h_pct": (95, 0), "da_hub_48h_pct": (95, 0), "rereferrals_12m_pct": (19, 0), "assessments_45wd_pct": (95, 0),
    "icpc_15wd_pct": (95, 0), "cla_3plus_placements_pct": (10, 0), "cla_long_term_stability_pct": (70, 3),
    "cl_in_touch_pct": (92, 0), "cl_suitable_pct": (87, 0), "cl_eet_pct": (57, 2),
}  # fmt: skip
_RATES = {"cpp_rate": "cpp_open", "cla_rate": "cla_open", "icpc_rate": "icpc_held"}
_STOCKS = {measure.id for held in INDICATORS if held.kind is Kind.STOCK for measure in held.measures}


def fact(key: FactKey, numerator: float, denominator: float | None, unit: Unit, *, scale: int = 1) -> Fact:
    """One fact; nothing of nothing has no value."""
    value = (
        None
        if denominator == 0
        else numerator
        if denominator is None
        else float(Fraction(int(numerator) * scale, int(denominator)))
    )
    status = Status.NO_CASES if value is None else Status.FINAL
    return Fact(
        key, _AS_AT, numerator, denominator, value, unit, status, Quality.SOUND, "2021-11-first", "0123456789ab"
    )


def _window(name: str) -> Window:
    return Window.MONTH_END if name in _STOCKS else Window.MONTH


def _counts() -> list[Fact]:
    made = []
    for name, series in COUNTS.items():
        made += [
            fact(FactKey(name, month, _window(name)), value, None, Unit.COUNT)
            for month, value in zip(MONTHS, series, strict=True)
        ]
        if name not in _STOCKS:
            made += [
                fact(FactKey(name, month, Window.YEAR_TO_DATE), sum(series[5 : place + 1]), None, Unit.COUNT)
                for place, month in enumerate(MONTHS)
                if month >= NOVEMBER.april
            ]
    return made


def _shares() -> list[Fact]:
    made = []
    for name, series in SHARES.items():
        pairs = zip(MONTHS, series, strict=True)
        made += [
            fact(FactKey(name, month, _window(name)), *pair, Unit.PERCENT, scale=100)
            for month, pair in pairs
            if pair[1]
        ]
        if name not in _STOCKS:
            top, bottom = (sum(pair[place] for pair in series[5:]) for place in (0, 1))
            made.append(fact(FactKey(name, NOVEMBER, Window.YEAR_TO_DATE), top, bottom, Unit.PERCENT, scale=100))
    return made


def _rates() -> list[Fact]:
    made = []
    for name, of in _RATES.items():
        pairs = zip(MONTHS, COUNTS[of], strict=True)
        made += [
            fact(FactKey(name, month, _window(name)), value, POPULATION, Unit.RATE_PER_10000, scale=10_000)
            for month, value in pairs
        ]
    conferences = sum(COUNTS["icpc_held"][5:])
    key = FactKey("icpc_rate", NOVEMBER, Window.YEAR_TO_DATE_ANNUALISED)
    yearly = conferences * 365 / _DAYS_APRIL_TO_NOVEMBER * 10_000 / POPULATION
    made.append(
        Fact(key, _AS_AT, conferences, POPULATION, yearly, "rate_per_10000", Status.FINAL, Quality.SOUND, "s", "d")
    )
    return made


def _parts() -> list[Fact]:
    made = []
    for (name, dimension), members in PARTS.items():
        for member, series in members.items():
            months = MONTHS[-len(series) :]
            made += [
                fact(FactKey(name, month, _window(name), dimension, member), value, None, Unit.COUNT)
                for month, value in zip(months, series, strict=True)
            ]
    for name, ages in LEAVERS.items():
        for age, pair in ages.items():
            made.append(
                fact(FactKey(name, NOVEMBER, Window.MONTH_END, "leaver_age", age), *pair, Unit.PERCENT, scale=100)
            )
    return made


def facts() -> Facts:
    """All facts of the invented November."""
    return Facts([*_counts(), *_shares(), *_rates(), *_parts()])


COMMENTS = (
    Comment(
        "screening",
        "- The hub was not fully staffed until 19 November. This made it hard to complete contacts in time.\n"
        "- Timeliness in December has improved and will show in next month's pack.",
        "A. Manager", "Service Manager, MASH", "signed off",
    ),
    Comment(
        "assessment-timeliness",
        "The Assessment service has been working through cases that had waited, and this is beginning to show in the "
        "share completed in time.\n\nA project team is completing historical assessments.",
        "B. Manager", "Service Manager, Assessment", "draft",
    ),
    Comment("initial-conferences", "Salwa"),
)  # fmt: skip


def context() -> PackContext:
    """The invented council's November."""
    dimensions = {
        name: Dimension(
            id=name,
            title=title,
            meaning="",
            members=members,
            sql="",
            sql_line=1,
            place=Place(f"{name}.md"),
            fingerprint="f",
        )
        for name, title, members in DIMENSIONS
    }
    start = date(2021, 4, 1)
    targets = [
        Target(name, start, Fraction(value), Fraction(near), "Improvement plan")
        for name, (value, near) in TARGETS.items()
    ]
    return PackContext(
        council="Marcher County Council (invented)",
        period=NOVEMBER,
        as_at=_AS_AT,
        produced_on=date(2021, 12, 10),
        plan=shipped_plan(),
        indicators={held.id: held for held in INDICATORS},
        dimensions=dimensions,
        contact="performance@marcher.example",
        notice="This council, its children and all its figures are invented.",
        snapshot="2021-11-first",
        population=Population(date(2021, 4, 1), POPULATION, "ONS mid-2020 estimate, June 2021"),
        targets=Targets(targets),
        comparators=shipped_comparators(),
        commentary=Commentary.of(COMMENTS),
    )
