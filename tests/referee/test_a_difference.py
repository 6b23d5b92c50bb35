"""What happens when referee and engine disagree: it is seen, and told by the few records that show it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from referee.match import MATCHES, batch, counted, differences, rulings_of, said
from referee.shrink import fewest, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from referee.ruling import Council, Ruling

_ASSESSMENTS = next(match for match in MATCHES if match.indicator == "assessments_45wd")


def _lenient(council: Council) -> Iterator[Ruling]:
    """As if everything were in time."""
    assert _ASSESSMENTS.flow
    for one in _ASSESSMENTS.flow(council):
        yield one._replace(marks=(True,)) if one.marks else one


def test_a_referee_who_lets_everything_pass_is_found_out_and_one_late_assessment_shows_it() -> None:
    anchor, (records,) = batch(0, size=1)
    lenient = replace(_ASSESSMENTS, flow=_lenient)
    cases, _ = counted([lenient], records, anchor)
    found = differences(said(rulings_of(lenient, records, anchor)), cases["assessments_45wd"])
    assert len(found) > 1
    assert {(tuple(ours), tuple(theirs)) for ours, theirs in found.values() if ours and theirs} == {((True,), (0,))}
    text = told(lenient, records, anchor)
    assert text.count("ssd_cin_assessments: ") == text.count(": {") == 1
    assert "referee (True,), engine (0,)" in text


def test_only_what_can_be_spared_is_dropped() -> None:
    assert fewest(range(100), lambda some: {17, 83} <= set(some)) == [17, 83]
