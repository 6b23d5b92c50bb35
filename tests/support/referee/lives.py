"""Lives in care, after care and into adoption, for invented councils."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from referee.days import months_earlier
from referee.draw import ids

if TYPE_CHECKING:
    from referee.draw import Draw
    from referee.ruling import Records, Row

_HOMES: tuple[tuple[str, str | None, str | None], ...] = (
    ("U6", "PR1", None),
    ("U4", "PR1", None),
    ("K2", "PR4", "SC1"),
    ("K2", "PR4", "SC2"),
    ("U6", "PR4", None),
)


def give_care(draw: Draw, child: str, records: Records) -> None:
    """Episodes one after another, now and then home and back, a gap, a record of no day or two records at once."""
    if draw.chance(0.35):
        return
    anchor_years = months_earlier(draw.end(), draw.one(1, 6, 12, 24, 30, 30, 30, 48))
    turns = sorted([draw.nudge(anchor_years), *(draw.day(0.4) for _ in range(draw.one(0, 0, 1, 2, 3, 4, 6)))])
    period, comes, is_numbered = 0, True, draw.chance(0.96)
    for number, started in enumerate(turns):
        is_last = number == len(turns) - 1
        goes_home = not is_last and draw.chance(0.15)
        ended = _left(draw, started) if is_last else turns[number + 1]
        if ended is not None and not is_last and draw.chance(0.3 if goes_home else 0.05):
            ended = max(started, ended - timedelta(3))
        if draw.chance(0.03):
            ended = None
        period += comes or draw.chance(0.06)
        leaves = goes_home or is_last
        row: Row = {
            "clae_cla_episode_id": ids(child, "E", records["ssd_cla_episodes"]),
            "clae_person_id": child,
            "clae_cla_id": f"{child}-C{period}" if is_numbered else None,
            "clae_cla_episode_start_date": started,
            "clae_cla_episode_start_reason": draw.code("care_episode_start_reason", *("S" if comes else "PPPBLTU")),
            "clae_cla_episode_ceased_date": ended,
            "clae_cla_episode_ceased_reason": _reason(draw, ended, leaves=leaves),
        }
        row["clae_entered_care_date"] = draw.perhaps(_entered(row, child, records), 0.95)
        row["clae_cla_placement_id"] = _give_placement(draw, child, records)
        records["ssd_cla_episodes"].append(row)
        comes = goes_home
    _give_short_breaks(draw, child, turns, records)
    _give_visits(draw, child, turns, records)


def _left(draw: Draw, started: date) -> date | None:
    left = draw.one(None, None, None, None, draw.nudge(draw.end()))
    return None if left is None else max(started, left)


def _reason(draw: Draw, ended: date | None, *, leaves: bool) -> str | None:
    if ended is None:
        return None
    return draw.code("care_episode_end_reason", "E4A" if leaves else "X1")


def _entered(row: Row, child: str, records: Records) -> date:
    """The first day of the period of care."""
    starts: list[date] = [
        one["clae_cla_episode_start_date"]
        for one in (row, *records["ssd_cla_episodes"])
        if one["clae_person_id"] == child and one["clae_cla_id"] == row["clae_cla_id"]
    ]
    return min(starts)


def _give_placement(draw: Draw, child: str, records: Records) -> str | None:
    """A placement, mostly new; now and then one the child was in before, or none recorded."""
    rows = records["ssd_cla_placement"]
    own: list[str] = [row["clap_cla_placement_id"] for row in rows[-4:] if row["clap_person_id"] == child]
    if own and draw.chance(0.2):
        return draw.choice(own)
    kind, provider, home = draw.one(*_HOMES)
    if draw.chance(0.35):
        kind, provider, home = draw.code("placement_type", "T0", "T1", "T4", "A3", "A4", "A5", "A6"), None, None
    if draw.chance(0.1):
        provider = draw.code("placement_provider")
    name = ids(child, "L", rows)
    rows.append(
        {
            "clap_cla_placement_id": name,
            "clap_person_id": child,
            "clap_cla_placement_type": kind,
            "clap_cla_placement_provider": provider,
            "clap_cla_placement_urn": home,
        }
    )
    return draw.perhaps(name, 0.95)


def _give_short_breaks(draw: Draw, child: str, turns: list[date], records: Records) -> None:
    rows = records["ssd_legal_status"]
    for _ in range(draw.one(0, 0, 1, 1, 2)):
        started = draw.one(draw.choice(turns), draw.day())
        ended = draw.one(None, started, started + timedelta(30), draw.choice(turns), draw.nudge(draw.end()))
        rows.append(
            {
                "lega_legal_status_id": ids(child, "G", rows),
                "lega_person_id": child,
                "lega_legal_status": draw.one("C2", draw.code("legal_status"), draw.code("legal_status")),
                "lega_legal_status_start_date": started,
                "lega_legal_status_end_date": None if ended is None else max(started, ended),
            }
        )


def _give_visits(draw: Draw, child: str, turns: list[date], records: Records) -> None:
    visits, wanted = records["ssd_cla_visits"], records["ssdx_visit_requirements"]
    for _ in range(draw.one(0, 1, 2, 4, 6)):
        ago = draw.one(0, 6, 7, 8, 30, 41, 42, 43, 90, 91, 92)
        visits.append(
            {
                "clav_cla_visit_id": ids(child, "B", visits),
                "clav_person_id": child,
                "clav_cla_visit_date": draw.one(draw.end() - timedelta(ago), draw.choice(turns)),
                "clav_cla_visit_seen": draw.one("Y", "Y", "Y", "Y", "N", None),
            }
        )
    for kind in {draw.code("visit_type", "CLA") for _ in range(draw.one(0, 0, 1, 2))}:
        for began in {draw.choice(turns), draw.day()}:
            wanted.append(
                {
                    "visr_person_id": child,
                    "visr_visit_type": kind,
                    "visr_from_date": began,
                    "visr_to_date": draw.one(None, None, draw.nudge(draw.end())),
                    "visr_frequency_days": draw.one(7, 28, 30, 91, 5, None),
                    "visr_day_basis": draw.one(None, draw.code("day_basis")),
                }
            )


def give_leaver(draw: Draw, child: str, records: Records) -> None:
    """Records of a young person after care, of several days or none."""
    for _ in range(draw.one(0, 0, 1, 2, 3)):
        rows = records["ssd_care_leavers"]
        rows.append(
            {
                "clea_table_id": ids(child, "Y", rows),
                "clea_person_id": child,
                "clea_care_leaver_eligibility": draw.one(
                    *["Former Relevant"] * 6, "Former relevant child", "Former relevant", "Relevant", "Qualifying", None
                ),
                "clea_care_leaver_latest_contact": draw.perhaps(draw.day(), 0.85),
                "clea_care_leaver_in_touch": draw.one(None, draw.code("care_leaver_in_touch", "RHOM", "NO"), "YES"),
                "clea_care_leaver_accom_suitable": draw.one(None, draw.code("accommodation_suitable")),
                "clea_care_leaver_activity": draw.one(None, *[draw.code("care_leaver_activity")] * 6),
            }
        )


def give_adoption(draw: Draw, child: str, records: Records) -> None:
    """A permanence record of a child, mostly of an adoption, with or without the day of moving in."""
    if draw.chance(0.75):
        return
    rows, own = records["ssd_permanence"], [e for e in records["ssd_cla_episodes"][-8:] if e["clae_person_id"] == child]
    entered = own[-1]["clae_cla_episode_start_date"] if own else draw.day()
    period = own[-1]["clae_cla_id"] if own else None
    placed = entered + timedelta(draw.one(0, -1, 1, 120, 400))
    rows.append(
        {
            "perm_table_id": ids(child, "K", rows),
            "perm_person_id": child,
            "perm_cla_id": draw.one(period, period, period, None),
            "perm_placed_for_adoption_date": draw.perhaps(placed, 0.8),
            "perm_adopted_by_carer_flag": draw.one(None, "N", "Y"),
            "perm_placed_foster_carer_date": draw.perhaps(draw.one(placed, entered, entered - timedelta(1)), 0.5),
            "perm_permanence_order_date": draw.perhaps(draw.one(draw.day(0.9), entered)),
            "perm_permanence_order_type": draw.one(
                "Adoption", "Adoption order", "Adoption Order", "Special guardianship", None
            ),
        }
    )
    if period and draw.chance(0.5):
        records["ssdx_adoption_details"].append(
            {
                "adop_person_id": child,
                "adop_cla_id": draw.one(period, period, f"{period}-other"),
                "adop_adopted_by_foster_carer_flag": draw.one(None, "N", "Y", "Y"),
                "adop_first_placed_with_carer_date": draw.perhaps(placed - timedelta(draw.one(0, 1, 30))),
            }
        )
