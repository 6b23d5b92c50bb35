"""Referee and engine on the same invented councils: 500 here, 2,000 by `make referee`."""

from __future__ import annotations

import os

import pytest
from referee.figures import FIGURES, wrong_figures
from referee.match import BATCH, MATCHES, batch, counted, differences, rulings_of, said, together
from referee.shrink import told

_COUNCILS = int(os.environ.get("SCORECARD_COUNCILS", "500"))


@pytest.mark.parametrize("number", range(_COUNCILS // BATCH))
def test_the_engine_says_of_every_case_and_figure_what_the_referee_says(number: int) -> None:
    anchor, councils = batch(number)
    cases, facts = counted(MATCHES, together(councils), anchor)
    every = {}
    for match in MATCHES:
        rulings = [rulings_of(match, records, anchor) for records in councils]
        every[match.indicator] = [one for of_one in rulings for one in of_one]
        found = differences(said(every[match.indicator]), cases[match.indicator])
        if found:
            names = {case[:4] for case, _ in found}
            worst = next(records for records in councils if records["ssd_person"][0]["pers_person_id"][:4] in names)
            pytest.fail(f"{len(found)} cases of {len(names)} councils differ\n{told(match, worst, anchor)}")
    known = [fact for fact in facts if fact["indicator"] in FIGURES]
    assert {fact["indicator"] for fact in known} == set(FIGURES)
    assert wrong_figures(known, every, anchor) == []
