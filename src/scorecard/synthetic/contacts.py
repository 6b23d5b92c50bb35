"""Contacts and their screening: who made them, when they were decided, what came of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scorecard.calendar.periods import Period
from scorecard.synthetic.hubs import (
    DA_HUB,
    EARLY_HELP_HUB,
    MASH,
    Hub,
    Moments,
    carried_moments,
    latest_to_pass_on,
    moments,
    passed_on,
)
from scorecard.synthetic.recording import Later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorecard.synthetic.council import Council
    from scorecard.synthetic.families import Child

_PATTERN = "2021-11"  # the month whose sources are printed; other months resemble it
_REFERRAL, _EARLY_HELP, _POLICE = "REFERRAL", "EARLYHELP", "6"
_NOT_PROGRESSED = ("INFO", "SIGNPOST", "NOCONSENT", "BELOWTHRESHOLD")
_OTHERWISE = ("EARLYHELP", *_NOT_PROGRESSED, "EXISTING", "OTHERLA", "NFA")
_OTHERWISE_WEIGHTS = (26, 22, 16, 8, 16, 5, 3, 4)
_EARLY_HELP_WEIGHTS = (60, 10, 14, 9, 4, 1, 1, 1)
_DA_HUB_WEIGHTS = (18, 34, 16, 4, 14, 8, 1, 5)
_DA_HUB_SOURCES = {"6": 85, "5A": 6, "3E": 4, "7": 3, "1A": 2}
_LARGEST_SIBLING_GROUP = 4
_NO_HUB_TWICE = Period(2021, 11)
_FORM_DISAGREES = 0.02


@dataclass(frozen=True)
class Slot:
    """One contact of the plan: who makes it, what comes of it, whether it is decided in time."""

    source: str
    outcome: str
    in_time: bool
    carried: bool = False


@dataclass(frozen=True)
class Screened:
    """One screened contact that is to become a referral."""

    screening: str
    contact: str
    slot: Slot
    when: Moments
    group: int


def contacts_of(council: Council, month: Period) -> list[Screened]:
    """Enter the month's contacts that became no referral, and hand back those that did."""
    referred: list[Screened] = []
    passable: list[tuple[Moments, str, str, Child]] = []
    for group, (slots, when) in enumerate(_grouped(council, MASH, month, _mash_slots(council, month))):
        if slots[0].outcome == _REFERRAL:
            referred += [_to_refer(council, slot, when, group) for slot in slots]
        else:
            children = _children(council, slots, when)
            for slot, child in zip(slots, children, strict=True):
                contact, screening = _enter(council, MASH, slot, when, child)
                passable.append((when, contact, screening, child))
    _da_hub(council, month, [entry for entry in passable if entry[0].decided < latest_to_pass_on(month)])
    if month >= EARLY_HELP_HUB.opens:
        _screen_all(council, EARLY_HELP_HUB, month, _early_help_slots(council, month))
    return referred


def enter_referred(council: Council, screened: Screened, child: Child, referral: str) -> None:
    """Enter a contact that became a referral, now that its child is known."""
    _enter(council, MASH, screened.slot, screened.when, child, screened, referral)


def _da_hub(council: Council, month: Period, passable: list[tuple[Moments, str, str, Child]]) -> None:
    slots = _da_hub_slots(council, month)
    again = [] if month == _NO_HUB_TWICE else council.draw.sample(passable, min(len(passable), len(slots) // 12))
    uncarried = [slot for slot in slots if not slot.carried]
    council.draw.shuffle(uncarried)
    for slot, (when, contact, screening, child) in zip(uncarried, again, strict=False):
        later = passed_on(council.draw, DA_HUB, when.decided, in_time=slot.in_time)
        _enter_screening(council, DA_HUB, slot, later, child, contact, parent=screening)
    rest = uncarried[len(again) :] + [slot for slot in slots if slot.carried]
    _screen_all(council, DA_HUB, month, rest)


def _screen_all(council: Council, hub: Hub, month: Period, slots: list[Slot]) -> None:
    for group, when in _grouped(council, hub, month, slots):
        for slot, child in zip(group, _children(council, group, when), strict=True):
            _enter(council, hub, slot, when, child)


def _to_refer(council: Council, slot: Slot, when: Moments, group: int) -> Screened:
    number = council.register.number
    return Screened(number("SC"), number("CT"), slot, when, group)


def _grouped(council: Council, hub: Hub, month: Period, slots: list[Slot]) -> Iterator[tuple[list[Slot], Moments]]:
    """Like slots in sibling groups, each with the moments its children share."""
    for slot, number in sorted(Counter(slots).items(), key=lambda item: repr(item[0])):
        left = number
        while left:
            size = min(left, council.draw.choices(range(1, _LARGEST_SIBLING_GROUP + 1), (55, 25, 14, 6))[0])
            left -= size
            when = carried_moments if slot.carried else moments
            yield [slot] * size, when(council.draw, hub, month, in_time=slot.in_time)


def _mash_slots(council: Council, month: Period) -> list[Slot]:
    decided = council.plan.of("mash", "decided", month)
    referred = council.plan.of("referrals", "made", month) - council.plan.of("referrals", "recorded_late", month)
    exact = council.plan.exact["sources"]
    pattern, draw = exact[_PATTERN], council.draw
    if str(month) in exact:
        sources = {source: (row["mash"], row["referrals"]) for source, row in pattern.items()}
    else:
        sources = _drawn_sources(council, decided, referred)
    slots = [slot for source, (all_of_it, became) in sources.items() for slot in _of_source(source, all_of_it, became)]
    slots = _otherwise(council, month, slots, _OTHERWISE_WEIGHTS)
    return _timed(council, month, MASH, slots) if slots else draw.sample(slots, 0)


def _drawn_sources(council: Council, decided: int, referred: int) -> dict[str, tuple[int, int]]:
    pattern, draw = council.plan.exact["sources"][_PATTERN], council.draw
    names = [source for source, row in pattern.items() if row["mash"]]
    all_of_it = draw.choices(names, [pattern[source]["mash"] for source in names], k=decided)
    chance = [pattern[source]["referrals"] / pattern[source]["mash"] for source in all_of_it]
    ranked = sorted(range(decided), key=lambda place: draw.random() ** (1 / (chance[place] + 0.02)), reverse=True)
    became = Counter(all_of_it[place] for place in ranked[:referred])
    return {source: (number, became[source]) for source, number in sorted(Counter(all_of_it).items())}


def _of_source(source: str, all_of_it: int, became: int) -> list[Slot]:
    unknown = Slot(source, "", in_time=False)
    return [replace(unknown, outcome=_REFERRAL)] * became + [unknown] * (all_of_it - became)


def _otherwise(council: Council, month: Period, slots: list[Slot], weights: tuple[int, ...]) -> list[Slot]:
    police = council.plan.exact["police_to_early_help"].get(str(month))
    left = {"": police}

    def outcome(slot: Slot) -> str:
        if slot.outcome:
            return slot.outcome
        if slot.source != _POLICE or left[""] is None:
            return council.draw.choices(_OTHERWISE, weights)[0]
        if left[""]:
            left[""] -= 1
            return _EARLY_HELP
        return council.draw.choices(_NOT_PROGRESSED, weights[1 : 1 + len(_NOT_PROGRESSED)])[0]

    return [replace(slot, outcome=outcome(slot)) for slot in slots]


def _da_hub_slots(council: Council, month: Period) -> list[Slot]:
    number = council.plan.of("da_hub", "decided", month)
    sources = council.draw.choices(list(_DA_HUB_SOURCES), list(_DA_HUB_SOURCES.values()), k=number)
    slots = [Slot(source, "", in_time=False) for source in sources]
    outcomes = council.draw.choices(_OTHERWISE, _DA_HUB_WEIGHTS, k=len(slots))
    slots = [replace(slot, outcome=outcome) for slot, outcome in zip(slots, outcomes, strict=True)]
    return _timed(council, month, DA_HUB, slots)


def _early_help_slots(council: Council, month: Period) -> list[Slot]:
    pattern = council.plan.exact["sources"][_PATTERN]
    number = council.plan.of("eh_hub", "decided", month)
    names = [source for source, row in pattern.items() for _ in range(row["eh"])]
    sources = names if str(month) == _PATTERN else council.draw.choices(names, k=number)
    outcomes = council.draw.choices(_OTHERWISE, _EARLY_HELP_WEIGHTS, k=number)
    slots = [Slot(source, outcome, in_time=False) for source, outcome in zip(sources, outcomes, strict=True)]
    return _timed(council, month, EARLY_HELP_HUB, slots)


def _timed(council: Council, month: Period, hub: Hub, slots: list[Slot]) -> list[Slot]:
    """Share out which slots are decided in time, and which came in at the end of the month before."""
    in_time = council.plan.of(hub.section, "in_time", month)
    places = council.draw.sample(range(len(slots)), len(slots))
    on_time = set(places[:in_time])
    unreferred = [place for place in places if slots[place].outcome != _REFERRAL]
    carried = set() if month == hub.opens else set(unreferred[-hub.carried :])
    return [replace(slot, in_time=place in on_time, carried=place in carried) for place, slot in enumerate(slots)]


def _children(council: Council, slots: list[Slot], when: Moments) -> list[Child]:
    """Children of one family: known from an open case, heard of before, or new."""
    if slots[0].outcome == "EXISTING" and len(council.open_cases) > len(slots):
        known = [case.child for case in council.draw.sample(council.open_cases, len(slots))]
        return [child if child.born < when.received.date() else _newcomer(council, when) for child in known]
    if len(slots) == 1 and council.heard_of and council.draw.random() < 0.5:  # noqa: PLR2004 - half are known
        return [council.draw.choice(council.heard_of)]
    children = council.families.siblings(len(slots), when.received.date())
    council.heard_of += children
    return children


def _newcomer(council: Council, when: Moments) -> Child:
    return council.families.siblings(1, when.received.date())[0]


def _enter(  # noqa: PLR0913, PLR0917 - a contact that became a referral has had its identifiers for a while
    council: Council,
    hub: Hub,
    slot: Slot,
    when: Moments,
    child: Child,
    screened: Screened | None = None,
    referral: str | None = None,
) -> tuple[str, str]:
    contact = screened.contact if screened else council.register.number("CT")
    council.register.enter(
        "ssd_contacts",
        when.received.date(),
        cont_contact_id=contact,
        cont_person_id=child.id,
        cont_contact_date=when.received.date(),
        cont_contact_source_code=slot.source,
        cont_contact_outcome_json=Later(_flags(slot.outcome), when.decided.date()),
    )
    return contact, _enter_screening(council, hub, slot, when, child, contact, screened=screened, referral=referral)


def _enter_screening(  # noqa: PLR0913, PLR0917 - one row, its parts
    council: Council,
    hub: Hub,
    slot: Slot,
    when: Moments,
    child: Child,
    contact: str,
    *,
    parent: str | None = None,
    screened: Screened | None = None,
    referral: str | None = None,
) -> str:
    screening = screened.screening if screened else council.register.number("SC")
    known = when.decided.date()
    council.register.enter(
        "ssdx_contact_screenings",
        when.received.date(),
        cscr_screening_id=screening,
        cscr_contact_id=contact,
        cscr_person_id=child.id,
        cscr_route=hub.route,
        cscr_received_datetime=when.received,
        cscr_decision_datetime=Later(when.decided, known),
        cscr_completed_datetime=Later(when.decided, known),
        cscr_outcome_code=Later(slot.outcome, known),
        cscr_form_outcome_code=Later(_on_the_form(council, slot.outcome), known),
        cscr_referral_id=Later(referral, known) if referral else None,
        cscr_parent_screening_id=parent,
        cscr_team_id=hub.team.value,
        cscr_worker_id=council.workforce.someone(hub.team),
    )
    return screening


def _on_the_form(council: Council, outcome: str) -> str:
    """The form now and then says referral where the next action says otherwise."""
    disagrees = outcome in {"INFO", "SIGNPOST"} and council.draw.random() < _FORM_DISAGREES
    return _REFERRAL if disagrees else outcome


def _flags(outcome: str) -> str:
    names = {"REFERRAL": "NEW_REFERRAL_FLAG", "EXISTING": "EXISTING_REFERRAL_FLAG", "NFA": "NFA_FLAG"}
    return f'{{"{names.get(outcome, "ADVICE_FLAG")}": "Y"}}'
