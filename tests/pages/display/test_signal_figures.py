"""Counts against goals, series with limits, researchers' quotas: figures read by their traces, sentences by their words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import unescape

import plotly.graph_objects as go
import pytest

from data.words import use
from pages.display import excellence, figures, numbers, research, signals
from pages.display.figures.bullets import reached
from queries.excellence import Entry
from queries.progress import Status
from queries.research import Cohort, Duty, Rate
from queries.xmr import Assurance, Rule, chart
from tests.pages.display import made

BAD = "<b>x</b>"


def notes(figure: go.Figure) -> list[str]:
    return [unescape(str(one.text)) for one in figure.layout.annotations]


def title(figure: go.Figure) -> str:
    return figures.alternative(figure)


# Counts against goals


def count(name: str, value: int, status: Status, gap: int | None):  # type: ignore[no-untyped-def]
    definition = made.definition(name)
    one = made.trajectory(figures={2022: (value, None)}, status=status, gap=gap, target=definition.targets[0])
    return made.answer(one, of=definition)


STAR = count("star_teachers", 11, Status.MISSED, 4)
BACKBONE = count("backbone_teachers", 41, Status.ACHIEVED, 0)
JUNIOR = count("star_junior_schools", 1, Status.MISSED, 1)


def test_every_row_has_its_own_scale_and_its_goal_as_an_upright_line() -> None:
    drawn = figures.bullets([STAR, BACKBONE, JUNIOR], "title")
    junior, backbone, star = (bar.x[0] for bar in drawn.data)
    assert (star, backbone, junior) == pytest.approx((11 / 15, 1, 1 / 3))
    goals = [shape.x0 for shape in drawn.layout.shapes if shape.type == "line"]
    assert goals == pytest.approx([2 / 3, 40 / 41, 1])
    bands = [(shape.x0, shape.x1) for shape in drawn.layout.shapes if shape.type == "rect" and shape.x0]
    assert bands == [pytest.approx((2 / 3, 1))], "the range from its lower to its upper end"


def test_a_row_says_count_goal_and_what_is_missing() -> None:
    assert reached(STAR) == "11 / 15, 4 teachers short"
    assert reached(JUNIOR) == "1 / 2–3, 1 school short"
    assert reached(BACKBONE) == "41 / 40"
    text = " ".join(notes(figures.bullets([STAR], "title")))
    assert "Star teachers" in text and "✕ missed" in text


def test_counts_without_figures_or_goals_are_no_rows() -> None:
    empty = made.answer(made.without_target(made.WHOLE, {}), of=made.definition("principal_studios"))
    assert "no data" in notes(figures.bullets([empty], "title"))
    assert "no data" in notes(figures.bullets([], "title"))
    nothing = count("star_teachers", 0, Status.NO_DATA, None)
    assert reached(replace(nothing, areas=(replace(nothing.whole, points=()),))) == "no data"


def test_the_summary_names_what_is_least_complete() -> None:
    said = excellence.summary([STAR, BACKBONE, JUNIOR])
    assert said == "1 of 3 goals reached; least complete: Star junior schools, 1 school short"
    assert excellence.summary([BACKBONE]) == "1 of 1 goals reached"


def entry(**changes: object) -> Entry:
    one = Entry(
        "star_teacher", "T1", None, "示例", "信都区", None, "市级", None, 2021, date(2021, 5, 4), None, None, None
    )
    return replace(one, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Counted"),
        ({"reason": "again"}, "earlier recognition"),
        ({"reason": "withdrawn", "until": date(2022, 3, 15)}, "withdrawn on March 15, 2022"),
        ({"reason": "ended", "until": date(2022, 3, 15)}, "ended on March 15, 2022"),
        ({"reason": "below_level"}, "below city level"),
        ({"reason": "below_level", "kind": "junior_school"}, "below provincial level"),
        ({"reason": "before_plan"}, "May 4, 2021, lies before the plan"),
        ({"reason": "after_plan", "since": None}, "2021, lies after the plan"),
        ({"reason": "not_yet"}, "still ahead"),
        ({"reason": "host_closed"}, "no longer runs"),
        ({"reason": "school_closed"}, "no longer runs"),
        ({"reason": "elsewhere"}, "outside the main urban area"),
        ({"remark": "no_date"}, "Counted by the year entered, 2021"),
        ({"remark": "other_year", "year": 2020}, "the year entered is 2020"),
    ],
)
def test_every_entry_says_in_words_whether_it_counts_and_why_not(changes: dict[str, object], said: str) -> None:
    one = entry(**changes)
    assert said in excellence.verdict(one)
    assert excellence.verdict(one).startswith("Not counted, because") is not one.counts


def test_entries_are_chosen_by_kind_and_standing() -> None:
    counted, refused, doubtful = entry(), entry(reason="again"), entry(remark="no_date")
    for standing, expected in (
        ("all", [1, 1, 1]),
        ("counted", [1, 0, 1]),
        ("not_counted", [0, 1, 0]),
        ("to_check", [0, 0, 1]),
    ):
        assert [excellence.fits(one, "all", standing) for one in (counted, refused, doubtful)] == expected
    assert not excellence.fits(counted, "star_studio", "all")
    assert "2 count in the main urban area, 1 do not" in excellence.counted([counted, refused, doubtful])
    assert len(excellence.rows([counted])[0]) == len(excellence.COLUMNS)


# A series with its limits


def series(values: Sequence[int], **changes: object) -> figures.Series:
    names = tuple(f"day {position}" for position in range(len(values)))
    fractions = tuple(Fraction(one, 100) for one in values)
    one = figures.Series("A", fractions, names, names, numbers.percent, "foot", False, Fraction(100), "%", "up")
    return replace(one, **changes)  # type: ignore[arg-type]


LOW = [*[44, 53] * 4, 10, *[44, 53] * 5]


def test_a_point_outside_the_limits_has_a_shape_a_colour_and_a_label() -> None:
    drawn = figures.control(series(LOW))
    [points] = drawn.data
    assert list(points.y) == pytest.approx(LOW)
    assert list(points.marker.symbol) == [*["circle"] * 8, "diamond", *["circle"] * 10]
    assert points.marker.color[8] == "#b3391b"
    assert title(drawn) == "A: day 8 below the usual range"
    assert "<b>below the limits</b>" in notes(drawn)


def test_news_is_good_or_bad_by_the_wanted_direction() -> None:
    colours = [figures.control(series(LOW, direction=one)).data[0].marker.color[8] for one in ("up", "down", "none")]
    assert colours == ["#b3391b", "#00695c", "#8a5a00"]


def test_the_mean_and_the_limits_are_lines_that_say_what_they_are() -> None:
    found = chart(series(LOW).values)
    assert found is not None
    drawn = figures.control(series(LOW))
    heights = sorted(shape.y0 for shape in drawn.layout.shapes if shape.y0 == shape.y1)
    limits = found.limits
    assert heights == pytest.approx([float(100 * one) for one in (limits.lower, limits.mean, limits.upper)])
    assert [text for text in notes(drawn) if text.startswith("mean<br>")]
    assert len([text for text in notes(drawn) if "limit<br>" in text]) == 2
    low, high = drawn.layout.yaxis.range
    assert low < min(LOW) and high > max(heights)


def test_a_target_is_a_line_and_the_title_says_whether_it_will_be_met() -> None:
    steady = [50, 52, 50, 51] * 3
    goals = {Fraction(90, 100): "will not", Fraction(51, 100): "may or may not", Fraction(10, 100): "will always"}
    for goal, said in goals.items():
        drawn = figures.control(series(steady, goal=goal, goal_text="target ≥ x"))
        assert said in title(drawn)
        assert "target ≥ x" in notes(drawn)


def test_few_points_say_that_their_limits_are_on_trial_and_none_that_there_are_no_data() -> None:
    assert "fewer than 12 points" in title(figures.control(series([50, 52])))
    assert "fewer than 12 points" not in title(figures.control(series([50, 52] * 6)))
    nothing = figures.control(series([]))
    assert "no data" in title(nothing) and not nothing.data


def test_a_constant_series_is_drawn_with_one_label() -> None:
    drawn = figures.control(series([50] * 12))
    assert "no signal" in title(drawn)
    assert len([text for text in notes(drawn) if "50.0%" in text]) == 1


def test_text_from_outside_is_escaped() -> None:
    drawn = figures.control(series(LOW, title=BAD, names=(BAD,) * len(LOW), goal=Fraction(1), goal_text=BAD))
    assert BAD not in [str(one.text) for one in drawn.layout.annotations]
    assert BAD not in str(drawn.data[0].text) + str(drawn.data[0].name) + str(drawn.layout.title.text).removeprefix(
        "<b>"
    )


def test_an_areas_figures_become_a_series_without_those_that_are_missing() -> None:
    given = {20211112: (10, 1), 20220318: (None, 0), 20220520: (25, 2)}
    found = made.answer(made.without_target(made.WHOLE, given), of=made.definition("joint_exam_turnaround"))
    one = figures.series_of(found, made.WHOLE)
    assert one.values == (10, Fraction(25, 2))
    assert (one.direction, one.goal, one.names[0]) == ("down", None, "November 12, 2021")


@pytest.mark.parametrize(("periods", "enough"), [(11, False), (12, True)])
def test_twelve_figures_are_enough_for_limits(periods: int, enough: bool) -> None:
    given = {2000 + number: (number, 100) for number in range(periods)}
    assert signals.enough(made.without_target(made.WHOLE, {**given, 2050: (None, None)})) is enough


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_signal_has_words(language: str) -> None:
    use(language)
    steady = [20, 22, 20, 18] * 4
    shapes = {
        Rule.OUTSIDE: LOW,
        Rule.TREND: [*[0, 50] * 5, 20, 21, 22, 23, 24, 25, 26],
        Rule.NEAR_LIMIT: [*steady, 25, 25],
        Rule.ONE_SIDE: [0, 9, 0, 9, 0, 9, 0, 6, 7, 6, 7, 6, 7, 6],
    }
    for rule, values in shapes.items():
        for sign in (1, -1):
            found = chart([Fraction(sign * one) for one in values])
            assert found is not None and rule in {one.flag.rule for one in found.signals}
            said = signals.sentence(found, [f"{number}" for number in range(len(values))], Assurance.MAY)
            assert "{" not in said
            assert all(signals.label(one.flag) for one in found.signals)


# Quotas


def duty(office: str, done: tuple[int, int, int], *, on_duty: bool = True, subject: str | None = "数学") -> Duty:
    return Duty(20211, office, "初中", subject, on_duty, done, (80, 15, 10))


DUTIES = [
    duty("邢台市", (80, 15, 10)),
    duty("信都区", (79, 16, 10)),
    duty("信都区", (90, 16, 12), subject=None),
    duty("信都区", (0, 0, 0), on_duty=False),
]


def test_a_dot_a_researcher_on_duty_split_by_the_quota() -> None:
    drawn = figures.quotas(DUTIES, "title", "foot", sample=True)
    dots = [sorted(trace.x) for trace in drawn.data]
    assert dots == [[80, 90], [79], [15, 16, 16], [], [10, 10, 12], []]
    assert [shape.x0 for shape in drawn.layout.shapes] == [80, 15, 10]
    assert "<b>Lessons observed: 2 of 3 reach 80</b>" in notes(drawn)
    assert "no data" in notes(figures.quotas([], "title", "foot", sample=False))


def test_the_term_is_told_in_one_sentence() -> None:
    assert research.term(DUTIES, 20211) == "2021/22, term 1: 2 of 3 researchers on duty reach all three quotas"
    assert research.term([], 20211) == "2021/22, term 1: no researcher on duty"


def test_the_grid_counts_by_subject_and_office_and_names_offices_without_a_return() -> None:
    found = made.everywhere(of=made.definition("researcher_quotas"))
    grid = research.duty_grid(DUTIES, [*DUTIES, duty("襄都区", (1, 1, 1))], found)
    assert grid.offices == ("邢台市", "Xindu District", "Xiangdu District")
    assert grid.note == "No return for this term from: Xiangdu District"
    assert [(line.name, [cell.text for cell in line.cells]) for line in grid.lines] == [
        ("Mathematics", ["1/1", "0/1", "—", "1/2"]),
        ("not stated", ["—", "1/1", "—", "1/1"]),
        ("all subjects", ["1/1", "1/2", "—", "2/3"]),
    ]
    assert research.duty_grid([], [], found).lines == ()


def test_cells_are_filled_by_their_share() -> None:
    fills = [research.cell(*sides).fill for sides in ((4, 4), (3, 4), (2, 4), (1, 4))]
    assert len(set(fills)) == 4
    assert research.cell(0, 0) == research.Cell("—", "transparent")


def test_files_hold_terms_without_codes_and_rates_exam_by_exam() -> None:
    assert all(len(row) == len(research.TERM_COLUMNS) for row in research.term_rows(DUTIES))
    rates = {(Cohort("高中", 2020, ""), "数学"): [Rate("E1", "高一", date(2020, 10, 16), 300, Fraction(1, 2))]}
    assert research.rate_rows(rates) == [
        ["Senior, entered 2020", "Mathematics", "E1", "2020-10-16", "Senior 1", 300, 0.5]
    ]
