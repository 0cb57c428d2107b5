"""A spark line is a picture of the series' shape that any browser can draw."""

from base64 import b64decode
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pages.display.spark import HEIGHT, WIDTH, spark

SVG = "{http://www.w3.org/2000/svg}"
PREFIX = "data:image/svg+xml;base64,"

settings = hypothesis_settings(max_examples=100, derandomize=True, deadline=None, database=None)
values = st.lists(st.fractions(0, 2, max_denominator=1000), min_size=1, max_size=12)


def drawn(series: list[Fraction], target: Fraction | None = None) -> ElementTree.Element:
    picture = spark(series, target, "#00695c")
    assert picture.startswith(PREFIX)
    return ElementTree.fromstring(b64decode(picture.removeprefix(PREFIX), validate=True))


def places(svg: ElementTree.Element) -> list[tuple[float, float]]:
    line = svg.find(f"{SVG}polyline")
    assert line is not None
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.attrib["points"].split())]


def test_without_figures_there_is_no_picture() -> None:
    assert spark([], None, "#00695c") == spark([], Fraction(4, 5), "#00695c") == ""


def test_a_rising_series_rises_from_left_to_right() -> None:
    found = places(drawn([Fraction(1, 10), Fraction(2, 10), Fraction(4, 10)]))
    assert [x for x, _y in found] == sorted({x for x, _y in found})
    assert [y for _x, y in found] == sorted((y for _x, y in found), reverse=True)
    assert found[1][1] - found[2][1] == pytest.approx(2 * (found[0][1] - found[1][1]), abs=0.2)


def test_the_newest_figure_is_marked_in_the_colour_of_the_status() -> None:
    svg = drawn([Fraction(1), Fraction(2), Fraction(3, 2)])
    circle = svg.find(f"{SVG}circle")
    assert circle is not None
    assert (float(circle.attrib["cx"]), float(circle.attrib["cy"])) == places(svg)[-1]
    assert circle.attrib["fill"] == "#00695c"


def test_the_target_is_a_dashed_line_at_its_height() -> None:
    svg = drawn([Fraction(7, 10), Fraction(8, 10)], Fraction(8, 10))
    line = svg.find(f"{SVG}line")
    assert line is not None
    assert line.attrib["y1"] == line.attrib["y2"]
    assert float(line.attrib["y1"]) == places(svg)[-1][1]
    assert "stroke-dasharray" in line.attrib
    assert drawn([Fraction(1)]).find(f"{SVG}line") is None


@settings
@given(series=values, target=st.none() | st.fractions(0, 2, max_denominator=1000))
def test_every_series_is_drawn_within_the_picture(series: list[Fraction], target: Fraction | None) -> None:
    svg = drawn(series, target)
    found = places(svg)
    assert len(found) == len(series)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found)
    assert svg.attrib["viewBox"] == f"0 0 {WIDTH} {HEIGHT}"
