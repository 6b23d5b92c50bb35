from __future__ import annotations

import pytest

from scorecard.calendar.periods import Period, Window
from scorecard.errors import UsageError
from scorecard.facts.fact import FactKey


@pytest.mark.parametrize(
    "text",
    ["cpp_open/2021-11/month_end", "referrals/2021-11/month/source/6", "contacts/2021-11/month/route/MASH/source/6"],
)
def test_a_key_is_read_as_it_is_printed(text: str) -> None:
    assert str(FactKey.parse(text)) == text


@pytest.mark.parametrize("text", ["", "cpp_open", "cpp_open/2021-13/month", "a/2021-11/never", "a/2021-11/month/team"])
def test_what_is_no_key_is_refused_with_how_one_is_written(text: str) -> None:
    with pytest.raises(UsageError, match="Write indicator/YYYY-MM/window"):
        FactKey.parse(text)


def test_a_key_moves_to_another_month_and_window() -> None:
    key = FactKey.parse("a/2021-11/month")
    assert str(key.in_window(Window.YEAR_TO_DATE).in_month(Period(2021, 3))) == "a/2021-03/year_to_date"


@pytest.mark.parametrize("member", ["CP/East", "50%", "a%2Fb", "North×South"])
def test_a_member_that_holds_the_signs_of_a_key_is_found_again(member: str) -> None:
    key = FactKey("cpp_open", Period(2021, 11), Window.MONTH_END, "team", member)
    assert FactKey.parse(str(key)) == key
