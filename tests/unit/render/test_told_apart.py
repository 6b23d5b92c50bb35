"""Series are told apart without colour: in grey, by those who do not tell red from green, and by their dashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from invented_november import context, facts

from scorecard.pack.charts import Break, Chart, Shape
from scorecard.pack.layout import build_document
from scorecard.render.palette import DASHES, SERIES, contrast
from scorecard.render.svg import draw
from scorecard.render.vegalite import specification

if TYPE_CHECKING:
    from collections.abc import Callable

# How much of each light a person without green cones sees in its place: Machado, Oliveira and Fernandes (2009), full.
_WITHOUT_GREEN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
_LIGHTNESS = (0.2126, 0.7152, 0.0722)


def _light(colour: str) -> tuple[float, ...]:
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)


def _coded(light: tuple[float, ...]) -> str:
    kept = (min(1.0, max(0.0, one)) for one in light)
    shares = (12.92 * one if one <= 0.0031308 else 1.055 * one ** (1 / 2.4) - 0.055 for one in kept)
    return "#" + "".join(f"{round(255 * share):02x}" for share in shares)


def _without_green(colour: str) -> str:
    light = _light(colour)
    return _coded(tuple(sum(a * b for a, b in zip(row, light, strict=True)) for row in _WITHOUT_GREEN))


def _grey(colour: str) -> str:
    return _coded((sum(a * b for a, b in zip(_LIGHTNESS, _light(colour), strict=True)),) * 3)


@pytest.mark.parametrize("seen", [str, _without_green, _grey])
@pytest.mark.parametrize("pair", list(pairwise(SERIES)))
def test_neighbouring_series_differ_in_lightness_however_they_are_seen(
    pair: tuple[str, str], seen: Callable[[str], str]
) -> None:
    assert contrast(seen(pair[0]), seen(pair[1])) >= 2.5


def test_no_two_lines_have_one_dash() -> None:
    assert len(DASHES) == len(SERIES)
    assert all(one != other for one, other in combinations(DASHES, 2))


def _charts() -> list[Chart]:
    document = build_document(context(), facts())
    topics = (topic for section in document.sections for topic in section.sections)
    return [part for topic in topics for part in topic.parts if isinstance(part, Chart)]


def test_lines_drawn_together_have_each_their_own_dash() -> None:
    one = next(chart for chart in _charts() if chart.shape is Shape.LINE and len(chart.series) == 1)
    several = replace(one, series=(replace(one.series[0], label="a"), replace(one.series[0], label="b")))
    lines = [layer["mark"] for layer in specification(several)["layer"] if layer["mark"].get("type") == "line"]
    assert len({tuple(mark["strokeDash"]) for mark in lines}) == 2


@pytest.mark.parametrize("place", [1, 6, 12])
def test_a_change_of_rule_stands_before_its_month_within_the_drawing(place: int) -> None:
    chart = next(one for one in _charts() if one.along == "Month" and len(one.points) == 13)
    broken = replace(chart, breaks=(Break(chart.points[place].label, date(2021, 10, 1), "The rule changed."),))
    layers = [layer for layer in specification(broken)["layer"] if layer not in specification(chart)["layer"]]
    rule, words = layers
    wide = specification(chart)["width"] / 13
    assert rule["encoding"]["x"]["value"] == pytest.approx(place * wide)
    assert words["mark"]["align"] == ("right" if place == 12 else "left")
    assert "Rule changed 1 October 2021" in draw(broken)
