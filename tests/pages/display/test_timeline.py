"""The time line of projects, read by its traces, and what is said of projects beside it."""

from collections.abc import Iterator
from datetime import date
from html import unescape

import plotly.graph_objects as go
import pytest

from data import words
from data.words import _
from pages.display import construction, figures
from pages.display.figures import look
from pages.display.figures.timeline import MOST, NAME_WIDTH
from queries.construction import Autumn, Item, Kindergarten, Milestone, Project, Quarter, Readiness, Step
from tests.pages.display import made

DAY = date(2022, 6, 30)
Days = tuple[str | None, str | None]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def project(
    start: Days = (None, None),
    completion: Days = (None, None),
    handover: str | None = None,
    opening: Days = (None, None),
    name: str = "示例小学新建项目",
    cancelled_on: str | None = None,
    posts: tuple[str, ...] = ("信都区区长",),
    institution_id: str | None = "1",
) -> Project:
    """A project with (planned, done) days as text."""
    return Project(
        "P1", name, "信都区", "小学", "区级", False, DAY,
        Milestone(Step.START, day(start[0]), day(start[1])),
        Milestone(Step.COMPLETION, day(completion[0]), day(completion[1])),
        Milestone(Step.HANDOVER, None, day(handover)),
        Milestone(Step.OPENING, day(opening[0]), day(opening[1])),
        day(cancelled_on), institution_id, posts,
    )  # fmt: skip


OPENED = project(("2019-03-15", "2019-04-01"), ("2020-06-30", "2020-07-10"), "2020-08-01", ("2020-09-01", "2020-10-18"))
WAITING = project(("2020-03-15", "2020-03-15"), ("2021-06-30", "2021-06-30"), None, ("2022-06-29", None), name="示例乙")
BUILDING = project(("2021-03-15", "2021-03-15"), ("2022-05-31", None), None, ("2022-09-01", None), name="示例丙")
NOT_DUE = project(("2022-09-01", None), ("2023-06-30", None), None, ("2023-09-01", None), name="示例丁", posts=())
NO_PLAN = project((None, "2021-01-01"), name="示例戊")
CANCELLED = project(("2020-03-15", None), opening=("2021-09-01", None), name="示例己", cancelled_on="2021-04-30")
ALL = (OPENED, WAITING, BUILDING, NOT_DUE, NO_PLAN, CANCELLED)


def drawn(*found: Project, sample: bool = False) -> go.Figure:
    return figures.timeline(found, made.answer(sample=sample), construction.summary(found), DAY)


def spans(figure: go.Figure, name: str) -> dict[int, tuple[str, str]]:
    """Row → its first and last day in the trace of a name."""
    [trace] = [one for one in figure.data if one.name == name]
    places = [index for index, x in enumerate(trace.x) if x is None]
    return {round(-trace.y[at - 2]): (trace.x[at - 2], trace.x[at - 1]) for at in places}


def texts(figure: go.Figure) -> list[str]:
    return [unescape(str(one.text)) for one in figure.layout.annotations]


def test_a_row_shows_the_plan_the_building_the_waiting_and_what_is_late() -> None:
    figure = drawn(*ALL)
    assert spans(figure, "planned")[0] == ("2019-03-15", "2020-09-01")
    assert spans(figure, "under construction")[0] == ("2019-04-01", "2020-07-10")
    assert spans(figure, "built, not in use")[0] == ("2020-07-10", "2020-10-18")
    assert spans(figure, "later than planned")[0] == ("2020-09-01", "2020-10-18")


def test_what_is_not_done_is_late_up_to_the_day_shown() -> None:
    figure = drawn(*ALL)
    assert spans(figure, "built, not in use")[1] == ("2021-06-30", "2022-06-30")
    assert spans(figure, "under construction")[2] == ("2021-03-15", "2022-06-30")
    assert spans(figure, "later than planned") == {
        0: ("2020-09-01", "2020-10-18"),
        1: ("2022-06-29", "2022-06-30"),
        2: ("2022-05-31", "2022-06-30"),
    }


def test_what_is_not_due_has_no_plan_or_was_cancelled_is_never_drawn_as_late() -> None:
    figure = drawn(NOT_DUE, NO_PLAN, CANCELLED)
    assert spans(figure, "later than planned") == {}
    assert spans(figure, "planned") == {0: ("2022-09-01", "2023-09-01"), 2: ("2020-03-15", "2021-09-01")}
    said = texts(figure)
    assert {"<b>not due yet</b>", "<b>no planned date</b>", "<b>taken out of the plan</b>"} <= set(said)


def test_the_end_of_a_row_says_how_late_in_words_and_the_colour_of_the_status() -> None:
    figure = drawn(*ALL)
    labels = {unescape(one.text): one for one in figure.layout.annotations}
    assert labels["<b>47 days late</b>"].x == "2020-10-18"
    assert labels["<b>47 days late</b>"].font.color == construction.LATE.colour
    assert labels["<b>1 day late</b>"].x == "2022-06-30"
    words.use("zh_CN")
    assert "<b>晚 47 天</b>" in texts(drawn(OPENED))


def test_handover_and_opening_are_marked() -> None:
    figure = drawn(*ALL)
    marks = {one.name: list(zip(one.x, one.y, strict=True)) for one in figure.data if one.name in ("handed over", "opened")}  # fmt: skip
    assert marks == {"handed over": [("2020-08-01", 0)], "opened": [("2020-10-18", 0)]}


def test_the_day_shown_and_the_end_of_the_plan_are_lines() -> None:
    figure = drawn(*ALL)
    assert sorted(shape.x0 for shape in figure.layout.shapes) == ["2022-06-30", "2022-12-31"]
    assert {"day shown<br>June 30, 2022", "end of the plan<br>December 31, 2022"} <= set(texts(figure))
    first, last = figure.layout.xaxis.range
    assert first == "2019-03-15" and last == "2023-09-01"


def test_the_title_says_which_is_the_latest_that_is_not_open() -> None:
    assert look.alternative(drawn(*ALL)).startswith("3 of 5 projects are late, 2 of them not in use yet")
    assert construction.summary(ALL).endswith("the latest of these: 示例乙, 1 day late")
    assert construction.summary((OPENED,)).startswith("1 of 1 projects came late, and all of those are in use")
    assert construction.summary((NOT_DUE,)) == "None of 1 projects is later than planned"
    assert construction.summary((CANCELLED,)) == "No project is in the register."


def test_no_more_rows_are_drawn_than_can_be_read() -> None:
    figure = drawn(*[OPENED] * (MOST + 5))
    assert len(spans(figure, "planned")) == MOST
    assert "the first 40 are drawn" in look.alternative(figure)


def test_nothing_to_draw_says_no_data() -> None:
    figure = drawn()
    assert "no data" in texts(figure) and not figure.data


def test_names_from_outside_are_text() -> None:
    figure = drawn(project(opening=("2020-09-01", "2020-10-18"), name="<b>x</b>"))
    [rows] = [one for one in figure.data if one.name == "Project"]
    found = [str(one.text) for one in figure.layout.annotations] + list(rows.text) + [str(figure.layout.title.text)]
    assert sum("&lt;b&gt;x&lt;/b&gt;" in text for text in found) == 3
    assert not any("<b>x</b>" in text for text in found)


def test_a_long_name_is_cut_to_what_a_phone_can_show() -> None:
    figure = drawn(project(opening=("2020-09-01", None), name="示例" * 50))
    [name] = [text for text in texts(figure) if text.startswith("示例")]
    assert look.width(name) <= NAME_WIDTH + 1 and name.endswith("…")


def test_sample_data_say_so() -> None:
    assert "sample data" in texts(drawn(OPENED, sample=True))
    assert "sample data" not in texts(drawn(OPENED))


# What is said beside it


def readiness(
    on: str | None = None, *, due: bool = True, reported: bool = True, known: bool = True, in_time: bool = False
) -> Readiness:
    places = tuple((item, day(on) if item == Item.BOOKS else day("2020-08-01")) for item in Item)
    checked = day("2021-02-01") if reported else None
    return Readiness(
        "示例甲", "信都区", date(2020, 7, 1), date(2021, 1, 1), due, reported, known, in_time, checked, places
    )


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (readiness("2021-01-01", in_time=True), ("January 1, 2021", "", "all in time")),
        (readiness("2021-01-13"), ("January 13, 2021", "12 days late", "not all in time")),
        (readiness(), ("not there on February 1, 2021", "", "not all in time")),
        (readiness(known=False), ("not there yet on February 1, 2021", "", "to be checked again")),
        (readiness(known=False, reported=False), ("no report", "", "report missing")),
        (readiness(known=False, due=False), ("not there yet on February 1, 2021", "", "not due yet")),
    ],
)
def test_a_cell_says_since_when_how_late_or_what_is_missing(one: Readiness, told: tuple[str, str, str]) -> None:
    assert (*construction.item(one, Item.BOOKS)[1:], construction.readiness(one)[1]) == told


def test_what_nobody_reported_is_named_with_its_owner_and_never_counted() -> None:
    found = (readiness("2021-01-01", in_time=True), readiness(), readiness(known=False, reported=False))
    assert construction.equipped(found) == (
        "1 of 2 schools were fully equipped half a year after handover; of 1 the outcome is not known and left out "
        "(owed by the district education bureaus)"
    )


def test_a_project_that_needs_a_leader_and_has_none_says_so() -> None:
    assert construction.leaders(NOT_DUE) == "no leader named" and construction.leaderless(NOT_DUE)
    assert construction.leaders(WAITING) == "信都区区长"
    opened = project(completion=(None, "2020-07-10"), opening=(None, "2020-09-01"), posts=())
    assert construction.leaders(opened) == "—" and not construction.leaderless(opened)


def test_a_quarter_without_a_row_is_no_data() -> None:
    quarter = Quarter(20203, (("督导", 1, 2), ("观摩", 1, 1)))
    assert construction.round_of(quarter, "督导") == (construction.LATE, "1/2")
    assert construction.round_of(quarter, "观摩") == (construction.IN_TIME, "1/1")
    assert construction.round_of(quarter, "通报") == (construction.UNKNOWN, "no data")


def every_sentence() -> Iterator[str]:
    for one in ALL:
        yield from (construction.kind(one), construction.level(one), construction.phase(one), construction.delay(one))
        yield from (construction.delayed_step(one), construction.next_step(one), construction.leaders(one))
    for found in (ALL, (OPENED,), (NOT_DUE,), ()):
        yield construction.summary(found)
    yield from construction.autumn(
        [Autumn("示例甲", DAY, True), Autumn("示例乙", None, True), Autumn("示例丙", None, False)]
    )
    yield from construction.unlinked([project(completion=(None, "2020-07-10"), opening=(None, "2020-09-01"), institution_id=None)])  # fmt: skip
    yield from construction.partners({"示例甲": True, "示例乙": False})
    yield construction.named([f"示例{number}" for number in range(9)])
    kindergartens = [Kindergarten("示例甲", "信都区", DAY, run_as, DAY) for run_as in ("public", "inclusive_private", "private", None)]  # fmt: skip
    yield construction.inclusive(kindergartens)
    yield construction.inclusive(())
    yield from (construction.run_as(one).label for one in kindergartens)
    yield from construction.columns()
    yield from (*construction.items().values(), *construction.rounds().values(), *map(_, construction.SHOWN.values()))


def test_everything_is_said_in_both_languages() -> None:
    words.use("en")
    english = " ".join(every_sentence())
    for name in ("信都区区长", "示例小学新建项目", "示例"):
        english = english.replace(name, "")
    assert not [sign for sign in english if "\u4e00" <= sign <= "\u9fff" and sign not in "甲乙丙丁戊己"]
    words.use("zh_CN")
    chinese = " ".join(every_sentence())
    assert not [sign for sign in chinese if sign.isascii() and sign.isalpha()]
    assert "{" not in english + chinese
