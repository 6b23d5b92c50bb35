"""The example pack's own words, by the section of our pack they belong to, as its authors would have sent them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

EXAMPLE = Path(__file__).parents[3] / "shared" / "example-pack" / "november-2021.txt"

_BEGINS = (
    (26, "contacts"), (41, "screening"), (55, "sources"), (84, "re-referrals"), (106, "contacts-not-progressing"),
    (122, "police-contacts"), (135, "early-help-assessments"), (148, "payment-by-results"),
    (162, "assessment-timeliness"), (202, "assessments-under-way"), (218, "closed-after-assessment"),
    (238, "strategy-discussions"), (268, "section-47-enquiries"), (299, "children-in-need-plans"),
    (316, "initial-conferences"), (345, "children-on-a-plan"), (376, "plans-starting-and-ending"),
    (380, "plan-categories"), (391, "repeat-plans"), (412, "long-plans"), (432, "children-in-care"),
    (473, "placement-moves"), (495, "placement-stability"), (516, "placement-types"), (535, "visits-child-in-need"),
    (543, "visits-child-protection"), (547, "visits-in-care"), (550, "visits-child-in-need"),
    (571, "visits-child-protection"), (588, "visits-in-care"), (606, "privately-fostered-children"),
    (616, "private-fostering-visits"), (623, "care-leavers"), (648, "foster-carers"), (667, "foster-approvals"),
    (684, "foster-carers-ceased"), (692, "fostering-panel"), (705, "adoption-a10"), (718, "adoption-a2"),
    (729, "adoption-a20"), (737, "adoption-a10"), (745, "adoption-a2"), (753, "adoption-a20"),
    (763, "case-supervision"), (793, "worker-supervision"), (814, "caseloads"), (845, "establishment"), (857, ""),
)  # fmt: skip


def example_texts() -> list[tuple[int, str, str]]:
    """The first line of each text, its section, and its words."""
    lines = EXAMPLE.read_text(encoding="utf-8").split("\n")
    return [(one, topic, "\n".join(lines[one - 1 : other - 1])) for (one, topic), (other, _) in pairwise(_BEGINS)]
