"""Titles broken into lines, and labels moved apart: nothing too wide, nothing lost, nothing on top of each other."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pages.display.figures.course import spread
from pages.display.figures.look import CLOSING, OPENING, width, wrapped

settings = hypothesis_settings(max_examples=500, derandomize=True, deadline=None, database=None)
texts = st.text(alphabet="中文主城区学年" + CLOSING + "（“abcdef XYZ 0123 %.-()—·<&  ", max_size=120)
positions = st.lists(st.floats(0, 110), max_size=8)


def without_spaces(text: str) -> str:
    return "".join(text.split())


def words(text: str) -> list[str]:
    """Of them every Chinese character and quotation mark is one."""
    return "".join(f" {sign} " if ord(sign) >= 0x2E80 or sign in "“”" else sign for sign in text).split()


def is_one_word(line: str) -> bool:
    """Whether a line holds no place to break it at."""
    return len(line.split()) == 1 and (len(line) == 1 or not any(ord(sign) >= 0x2E80 for sign in line))


def test_a_chinese_character_is_as_wide_as_two_letters() -> None:
    assert (width("主城区 80%"), width("abc"), width("")) == (10, 3, 0)


@settings
@given(text=texts, limit=st.integers(2, 60))
def test_no_line_is_too_wide(text: str, limit: int) -> None:
    """But for a single long word; marks may hang over, as a closing one must not begin a line nor an opening one end it."""
    for line in wrapped(text, limit):
        inside = line.lstrip(OPENING).rstrip(CLOSING + " ")
        assert width(inside) <= limit or is_one_word(inside.strip())


@settings
@given(text=texts, limit=st.integers(2, 60))
def test_nothing_is_lost_but_spaces(text: str, limit: int) -> None:
    assert without_spaces("".join(wrapped(text, limit))) == without_spaces(text)


@settings
@given(text=texts, limit=st.integers(2, 60))
def test_words_stay_whole_and_apart(text: str, limit: int) -> None:
    """The lines, joined by spaces, have the words of the text."""
    assert words(" ".join(wrapped(text, limit))) == words(text)


@settings
@given(text=texts, limit=st.integers(2, 60))
def test_no_line_begins_with_a_closing_mark(text: str, limit: int) -> None:
    assert not [line for line in wrapped(text, limit)[1:] if line[:1] and line[0] in "，。；：、）”"]


@settings
@given(text=texts, limit=st.integers(2, 60))
def test_no_line_ends_with_an_opening_mark(text: str, limit: int) -> None:
    assert not [line for line in wrapped(text, limit)[:-1] if line[-1:] in {"（", "“"}]


def test_a_text_that_fits_is_one_line() -> None:
    assert wrapped("主城区 80%", 10) == ["主城区 80%"]
    assert wrapped("主城区 80%", 9) == ["主城区", "80%"]
    assert wrapped("", 10) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("inclusive places short", ["inclusive", "places", "short"]),
        ("普惠性幼儿园覆盖率", ["普惠性幼儿", "园覆盖率"]),
        ("普惠性幼儿。覆盖率", ["普惠性幼儿。", "覆盖率"]),
        ("普惠性幼（园覆盖率", ["普惠性幼", "（园覆盖率"]),
        ("普惠性“园”覆盖率", ["普惠性“园”", "覆盖率"]),
        ("普惠性幼儿园", ["普惠性", "幼儿园"]),
    ],
)
def test_english_breaks_at_spaces_and_chinese_anywhere(text: str, lines: list[str]) -> None:
    assert wrapped(text, 10) == lines


@settings
@given(places=positions, distance=st.floats(0.1, 20))
def test_labels_are_moved_apart_and_keep_their_order(places: list[float], distance: float) -> None:
    moved = spread(places, distance)
    order = sorted(range(len(places)), key=lambda index: places[index])
    gaps = [moved[upper] - moved[lower] for lower, upper in zip(order, order[1:], strict=False)]
    assert all(gap >= distance - 1e-9 for gap in gaps)


@settings
@given(places=positions, distance=st.floats(0.1, 20))
def test_labels_stay_around_where_they_were(places: list[float], distance: float) -> None:
    assert sum(spread(places, distance)) == pytest.approx(sum(places), abs=1e-6)


@settings
@given(places=positions, distance=st.floats(0.1, 20), highest=st.floats(0, 120))
def test_no_label_is_above_the_highest_place(places: list[float], distance: float, highest: float) -> None:
    moved = spread(places, distance, highest)
    assert all(place <= highest + 1e-9 for place in moved)
    gaps = [upper - lower for lower, upper in zip(sorted(moved), sorted(moved)[1:], strict=False)]
    assert all(gap >= distance - 1e-9 for gap in gaps)


def test_labels_that_are_apart_are_left_where_they_are() -> None:
    assert spread([10.0, 50.0, 30.0], 5.0) == [10.0, 50.0, 30.0]
    assert spread([], 5.0) == []
    assert spread([10.0, 10.0], 6.0) == [7.0, 13.0]
