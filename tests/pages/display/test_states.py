"""A status is colour, shape and word together: none of them is needed to tell two states apart."""

import pytest

from data import words
from pages.display.states import STATES, state
from queries.progress import Status


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.1)."""
    channels = [int(colour[begin : begin + 2], 16) / 255 for begin in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_state(status: Status) -> None:
    assert state(status) is STATES[status]


def test_shapes_are_one_character_and_distinct() -> None:
    shapes = [one.shape for one in STATES.values()]
    assert len(set(shapes)) == len(shapes) == len(Status)
    assert {len(shape) for shape in shapes} == {1}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_words_are_distinct_in_each_language(language: str) -> None:
    words.use(language)
    labels = [state(status).label for status in Status]
    assert len({label.partition(" ")[2] for label in labels}) == len(Status)
    assert all(label.partition(" ")[0] == state(status).shape for status, label in zip(Status, labels, strict=True))


def test_words_are_translated() -> None:
    words.use("zh_CN")
    labels = [state(status).label for status in Status]
    assert not [label for label in labels if any(sign.isascii() and sign.isalpha() for sign in label)]


@pytest.mark.parametrize("status", list(Status))
def test_the_colour_is_dark_enough_for_text_on_white(status: Status) -> None:
    assert 1.05 / (luminance(state(status).colour) + 0.05) >= 4.5
