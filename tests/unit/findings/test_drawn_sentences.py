"""Sentences of thousands of facts drawn at random are right in number, direction and comparison."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from drawn_facts import Case, Drawn
from reference_sentences import NUMBER, SEED, drawn_facts, said_of

from scorecard.definitions.indicator import Better
from scorecard.findings.compare import Judgement, Movement
from scorecard.findings.sentences import sentences
from scorecard.findings.titles import title_of
from scorecard.findings.wording import shipped_wording
from scorecard.words.phrase import Number, text_of

_PLURALS = "|".join((*shipped_wording()["singular"], "points", "days"))
_AFTER_ONE = re.compile(rf"(?<![\d.,−])1 (?!of )(?:(?!who |of |to |in |from )[a-z0-9]\w* ){{0,3}}?(?:{_PLURALS})\b")
_DIFFERENCE_OF_NOUGHT = re.compile(
    r"\b(?:up|down|by|with) £?0(?:\.0+)?(?: points?| days?| to spare)?(?= from| to\b|\.(?!\d)|,)"
)


@cache
def _drawn() -> tuple[Drawn, ...]:
    return tuple(drawn_facts(5_000, 6))


def _title(one: Drawn) -> str:
    return text_of(title_of(one.reading, shipped_wording()))


def _all_said() -> list[tuple[Drawn, str]]:
    return [(one, text) for one in _drawn() for text in (said_of(one), _title(one))]


def test_every_case_is_drawn_and_everything_drawn_is_said() -> None:
    counted = Counter(one.case for one in _drawn())
    assert set(counted) == set(Case)
    assert min(counted.values()) == 500
    assert all(said_of(one).endswith(".") for one in _drawn())


def test_no_thing_after_one_is_a_plural() -> None:
    assert [text for _, text in _all_said() if _AFTER_ONE.search(text)] == []


@pytest.mark.parametrize(
    "ill",
    ["1 children were on a plan", "up 1 points from 3", "1 section 47 enquiries were started", "1 days on average"],
)
def test_the_check_of_plurals_finds_what_it_is_for(ill: str) -> None:
    assert _AFTER_ONE.search(ill)


def test_no_verb_said_of_one_is_a_plural() -> None:
    several = re.compile(r"(?:^|, )1 [a-z ]*?\b(?:were|have)\b|\bof 1 (?:(?!that )[a-z0-9 ])*?\b(?:were|have)\b")
    assert [text for _, text in _all_said() if several.search(text)] == []
    assert several.search("In November, 0 of 1 enquiry were completed")


def test_nothing_is_said_to_have_moved_or_missed_by_nought() -> None:
    assert [text for _, text in _all_said() if _DIFFERENCE_OF_NOUGHT.search(text)] == []
    assert _DIFFERENCE_OF_NOUGHT.search("down 0 from 4 in October")
    assert _DIFFERENCE_OF_NOUGHT.search("is missed by 0 points.")


def test_nothing_is_better_or_worse_without_polarity_and_all_else_by_it() -> None:
    for one in _drawn():
        said, reading = said_of(one), one.reading
        judged = {word for word in ("better", "worse") if re.search(rf"which is {word}", said)}
        if reading.measure.better is Better.NEITHER or reading.moved is None or not reading.moved.difference:
            assert not judged, said
        else:
            assert judged == {str(reading.moved.judgement)}, said
            assert reading.moved.judgement in {Judgement.BETTER, Judgement.WORSE}


def test_the_direction_said_is_that_of_the_two_figures_printed() -> None:
    for one, said in _all_said():
        moved = one.reading.moved
        went = {word for word in ("up", "down") if re.search(rf"(?:, |: ){word} (?:from |£?\d)", said)}
        if moved is None or moved.movement is Movement.SAME or not moved.difference:
            assert not went, said
        elif went:
            assert went == {"up" if moved.difference > 0 else "down"}, said


def test_a_figure_that_is_not_reliable_says_so_and_is_not_compared() -> None:
    unreliable = [
        one for one in _drawn() if one.case is Case.UNRELIABLE and one.reading.now and one.reading.now.value is not None
    ]
    assert unreliable
    for one in unreliable:
        assert "not reliable" in said_of(one)
        assert "not reliable" in _title(one)
        assert not re.search(
            r"better|worse|met|missed|highest|lowest|(?:up|down) £?\d", said_of(one).replace("months or more", "")
        )


def test_no_double_negative_no_empty_slot_and_one_sign_below_nought() -> None:
    for _, said in _all_said():
        assert not re.search(r"\bno\b[^.]*\bnone\b|\bno of\b|\{|\}|  | ,| \.|(?<!\w)-\d", said), said


def test_what_last_month_became_is_said_beside_what_it_was_reported_as() -> None:
    restated = [one for one in _drawn() if one.reading.before_since]
    assert restated
    assert all(re.search(r"in October \(now [^)]+\)", said_of(one)) for one in restated)


def test_every_number_said_is_bound_or_belongs_to_the_words_of_its_definition() -> None:
    for one in _drawn():
        measure = one.reading.measure
        for phrase in (*sentences(one.reading), title_of(one.reading, shipped_wording())):
            loose = " ".join(piece for piece in phrase if isinstance(piece, str))
            assert all(number in f"{measure.in_words} 10,000" for number in re.findall(r"\d[\d,]*", loose)), loose
            assert all(piece.key for piece in phrase if isinstance(piece, Number))


def test_the_same_seed_draws_the_same() -> None:
    assert [said_of(one) for one in drawn_facts(NUMBER, SEED)] == [said_of(one) for one in drawn_facts(NUMBER, SEED)]
