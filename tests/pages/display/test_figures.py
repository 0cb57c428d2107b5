"""Figures, read by their traces: what is drawn is what the answer says, and nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from html import unescape

import plotly.graph_objects as go
import pytest

from data import words
from data.store import Store
from pages.display import colours, figures, sentences
from queries import answers
from queries.answers import Answer, Published, Viewer
from queries.catalogue import catalogue
from queries.progress import Status, Why
from tests.pages.display import made

INTERNAL = Viewer(internal=True)
BAD, ESCAPED = "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"
PARTS = tuple(
    made.point(period, made.WHOLE, size, 1000, part)
    for period, sizes in {2020: (500, 250, 250), 2021: (600, 250, 150)}.items()
    for part, size in zip(("public", "inclusive_private", "private"), sizes, strict=True)
)
PUBLISHED = tuple(
    Published(area, period, Fraction(percent) / 100, "公报")
    for area, period, percent in (("全国", 2018, 70), ("全国", 2019, 76), ("全国", 2020, 85), ("全国", 2023, 91), ("河北省", 2021, 87))
)  # fmt: skip

Draw = Callable[[Answer], go.Figure]
DRAWINGS: dict[str, Draw] = {
    "trajectory": lambda found: figures.trajectory(found, found.whole.area),
    "areas": figures.areas,
    "standing": figures.standing,
    "composition": lambda found: figures.composition(found, found.whole.area),
}
EVERY_FIGURE = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)


def texts(figure: go.Figure) -> Iterator[str]:
    """Every text of a figure that Plotly reads as HTML."""
    yield str(figure.layout.title.text)
    yield from (str(annotation.text) for annotation in figure.layout.annotations)
    for trace in figure.data:
        yield from (str(trace[key]) for key in ("name", "hovertemplate") if trace[key])
        yield from (str(text) for text in (trace.text if trace.text is not None else ()))
        yield from (
            place
            for axis in ("x", "y")
            for place in (trace[axis] if trace[axis] is not None else ())
            if isinstance(place, str)
        )
    for axis in [*figure.select_xaxes(), *figure.select_yaxes()]:
        yield from (str(text) for text in (*(axis.ticktext or ()), *(axis.categoryarray or ())))


def trace_of(figure: go.Figure, name: str) -> go.Scatter:
    [found] = [trace for trace in figure.data if trace.name == name]
    return found


def level_lines(figure: go.Figure) -> list[float]:
    """Heights of the horizontal lines."""
    return [shape.y0 for shape in figure.layout.shapes if shape.type == "line" and shape.y0 == shape.y1]


def upright_lines(figure: go.Figure) -> list[float]:
    return [shape.x0 for shape in figure.layout.shapes if shape.type == "line" and shape.x0 == shape.x1]


def annotations(figure: go.Figure) -> list[str]:
    return [unescape(str(annotation.text)) for annotation in figure.layout.annotations]


# One area's course


def test_the_course_has_the_figures_in_per_cent() -> None:
    trace = trace_of(figures.trajectory(made.answer(), made.WHOLE), "Main urban area")
    assert list(trace.x) == [2019, 2020, 2021]
    assert list(trace.y) == pytest.approx([70.0, 81.0, 83.5])
    assert trace.line.color == colours.WHOLE


def test_the_course_of_a_count_has_its_numbers() -> None:
    found = made.answer(
        made.without_target(made.WHOLE, {2020: (294_369, None), 2021: (300_000, None)}), of=made.definition("pupils")
    )
    figure = figures.trajectory(found, made.WHOLE)
    assert list(trace_of(figure, "Main urban area").y) == [294_369, 300_000]
    assert "<b>Main urban area<br>300,000</b>" in annotations(figure)


def test_a_figure_that_is_missing_or_hidden_is_no_point() -> None:
    found = made.answer(made.trajectory(figures={2019: (7_000, 10_000), 2020: (None, 10_000), 2021: (0, 0)}))
    assert list(trace_of(figures.trajectory(found, made.WHOLE), "Main urban area").x) == [2019]


def test_a_newest_figure_that_is_not_given_is_named_and_not_drawn() -> None:
    one = made.trajectory(made.XINDU, status=Status.NOT_JUDGED, gap=None)
    few = replace(one, points=(*one.points, made.hidden(2022, made.XINDU)), why=Why.WITHHELD)
    found = made.answer(made.trajectory(), few)
    assert any("&lt;10 <span" in text for text in texts(figures.areas(found)))
    rows = figures.standing(found)
    assert "&lt;10" in list(texts(rows))
    assert [trace.x for trace in rows.data if list(trace.y or ()) == ["Xindu District"]] == [(None,)]
    assert trace_of(figures.compared(found, "x"), "Xindu District").y[-1] == 83.5


def test_a_period_that_is_not_over_is_drawn_hollow_and_says_so() -> None:
    one = made.trajectory(made.WHOLE, {2021: (23, None), 2022: (2, None)})
    found = made.answer(replace(one, running=one.points[-1:]), of=made.definition("recruited_leaders"))
    drawn = figures.trajectory(found, made.WHOLE)
    line = trace_of(drawn, "Main urban area")
    assert list(line.marker.symbol) == ["circle", "circle-open"]
    assert list(line.text) == ["2021", "2022 (so far)"]
    assert any("2 so far" in text for text in annotations(drawn))


def test_nobody_is_drawn_at_0() -> None:
    found = made.answer(made.trajectory(figures={2019: (0, 10_000), 2020: (8_100, 10_000)}))
    assert list(trace_of(figures.trajectory(found, made.WHOLE), "Main urban area").y) == [0, 81.0]


def test_the_target_is_a_labelled_line_and_the_due_date_another() -> None:
    figure = figures.trajectory(made.answer(), made.WHOLE)
    assert level_lines(figure) == [80.0]
    assert upright_lines(figure) == [2020]
    assert [text for text in annotations(figure) if text.startswith("target ≥ 80%")]
    assert [text for text in annotations(figure) if "December 31, 2020" in text]


def test_a_target_of_every_period_has_no_due_date() -> None:
    gross = made.definition("gross_enrolment")
    figure = figures.trajectory(made.answer(made.trajectory(target=gross.targets[0]), of=gross), made.WHOLE)
    assert (level_lines(figure), upright_lines(figure)) == ([85.0], [])


def test_without_a_target_there_is_no_line() -> None:
    found = made.answer(made.without_target(made.WHOLE, {2020: (500, None)}), of=made.definition("pupils"))
    assert not figures.trajectory(found, made.WHOLE).layout.shapes


def test_published_figures_are_lines_within_the_years_of_the_areas() -> None:
    figure = figures.trajectory(made.answer(published=PUBLISHED), made.WHOLE)
    nation, province = trace_of(figure, "China"), trace_of(figure, "Hebei Province")
    assert (list(nation.x), list(nation.y)) == ([2019, 2020], [76.0, 85.0])
    assert (list(province.x), list(province.y)) == ([2021], [87.0])
    assert "markers" in province.mode, "a single point would be no line"


def test_a_published_line_that_ends_earlier_says_its_year() -> None:
    figure = figures.trajectory(made.answer(published=PUBLISHED), made.WHOLE)
    [label] = [text for text in annotations(figure) if text.startswith("China")]
    assert "85.0%" in label
    assert "2020/21" in label


@pytest.mark.parametrize(("counting", "shown"), [(7995, "79.9%"), (7996, "80.0%")])
def test_the_label_at_the_end_never_shows_a_missed_target_as_met(counting: int, shown: str) -> None:
    status, gap = (Status.ACHIEVED, 0) if counting == 7996 else (Status.MISSED, 1)
    found = made.answer(made.trajectory(figures={2021: (counting, 9995)}, status=status, gap=gap))
    [label] = [
        text for text in annotations(figures.trajectory(found, made.WHOLE)) if text.startswith("<b>Main urban area")
    ]
    assert shown in label


def test_labels_at_the_ends_do_not_overlap() -> None:
    same = tuple(Published(area, 2021, Fraction(835, 1000), "公报") for area in ("全国", "河北省"))
    figure = figures.trajectory(made.answer(published=same), made.WHOLE)
    places = sorted(annotation.y for annotation in figure.layout.annotations if annotation.xshift == 12)
    assert len(places) == 3
    assert min(upper - lower for lower, upper in zip(places, places[1:], strict=False)) > 5


def aimed(period: str, figures_: made.Figures, **target: object) -> Answer:
    """A count whose target, of every period, is changed in some keys."""
    aim = made.definition().targets[0].model_copy(update={"due": None, **target})
    places = made.definition().gap_unit
    return made.answer(
        made.trajectory(figures=figures_, target=aim),
        of=made.definition("pupils", targets=(aim,), gap_unit=places, period=period, counts="institutions"),
    )


def test_a_range_is_a_band_above_the_line_of_its_lower_end() -> None:
    figure = figures.trajectory(aimed("year", {2021: (1, None), 2022: (2, None)}, value=1, upper=3), made.WHOLE)
    bands = [(shape.y0, shape.y1) for shape in figure.layout.shapes if shape.type == "rect"]
    assert (bands, level_lines(figure)) == ([(1.0, 3.0)], [1.0])
    assert [text for text in annotations(figure) if text == "target 1–3"]
    assert figure.layout.yaxis.range[1] > 3, "the whole band is on the axis"


def test_a_trend_has_no_line_and_its_title_says_which_way_it_went() -> None:
    found = aimed("year", {2021: (5, None), 2022: (4, None)}, comparison="rising", value=None)
    figure = figures.trajectory(found, made.WHOLE)
    assert (level_lines(figure), [shape for shape in figure.layout.shapes if shape.type == "rect"]) == ([], [])
    for draw in DRAWINGS.values():
        assert figures.alternative(draw(found))


@pytest.mark.parametrize(
    ("kind", "periods", "ticks"),
    [
        ("term", (20201, 20202, 20211), ("2020<br>/21-1", "2020<br>/21-2", "2021<br>/22-1")),
        ("quarter", (20203, 20204), ("2020<br>/Q3", "2020<br>/Q4")),
        ("day", (20201112, 20210318), ("2020<br>-11", "2021<br>-03")),
    ],
)
def test_terms_quarters_and_exam_days_stand_in_order_on_the_axis(
    kind: str, periods: tuple[int, ...], ticks: tuple[str, ...]
) -> None:
    values = {period: (number + 1, None) for number, period in enumerate(periods)}
    figure = figures.trajectory(aimed(kind, values, value=1), made.WHOLE)
    trace = trace_of(figure, "Main urban area")
    assert list(trace.y) == list(range(1, len(periods) + 1))
    assert list(trace.x) == sorted(set(trace.x)) and max(trace.x) - min(trace.x) < 2
    assert tuple(figure.layout.xaxis.ticktext) == ticks


# All areas


def test_every_area_has_a_panel_with_its_own_line_and_the_others_in_grey() -> None:
    found = made.everywhere()
    figure = figures.areas(found)
    own = [trace for trace in figure.data if trace.line.color != colours.MUTED]
    names = [one.area for one in found.areas]
    assert [trace.name for trace in own] == [sentences.area(found, name) for name in names]
    assert [trace.line.color for trace in own] == [colours.area(name, names) for name in names]
    assert len({(trace.xaxis, trace.yaxis) for trace in own}) == len(names)
    for trace in own:
        greys = [
            other.name for other in figure.data if other.xaxis == trace.xaxis and other.line.color == colours.MUTED
        ]
        assert sorted([*greys, trace.name]) == sorted(sentences.area(found, name) for name in names)


def test_every_panel_shares_the_axis_and_has_the_target() -> None:
    figure = figures.areas(made.everywhere())
    assert len({tuple(axis.range) for axis in figure.select_yaxes()}) == 1
    assert level_lines(figure) == [80.0] * 4


def test_a_panels_title_says_figure_and_verdict() -> None:
    shown = [text.replace("<br>", " ") for text in annotations(figures.areas(made.everywhere()))]
    assert [
        text for text in shown if text.startswith("<b>Xindu District</b>") and "78.0%" in text and "↩ relapsed" in text
    ]
    assert [text for text in shown if text.startswith("<b>Economic Development Zone</b>") and "○ no data" in text]


# Where the areas stand


def test_the_areas_stand_in_rows_with_the_figure_of_now_and_of_the_due_date() -> None:
    figure = figures.standing(made.everywhere())
    rows: dict[str, list[tuple[float, int]]] = {}
    for trace in figure.data:
        if trace.mode == "markers" and trace.x[0] is not None:
            rows.setdefault(trace.y[0], []).append((trace.x[0], trace.marker.size))
    assert rows == {
        "Main urban area": [(81.0, 15), (83.5, 17)],
        "Xindu District": [(81.0, 15), (78.0, 17)],
        "Xiangdu District": [(70.0, 15), (75.0, 17)],
    }
    assert list(figure.layout.yaxis.categoryarray)[::-1] == [
        "Main urban area", "Xindu District", "Xiangdu District", "Economic Development Zone",
    ]  # fmt: skip
    assert upright_lines(figure) == [80.0]


def test_an_area_without_figures_keeps_its_row_and_says_so() -> None:
    figure = figures.standing(made.everywhere())
    [row] = [annotation for annotation in figure.layout.annotations if annotation.text == "no data"]
    assert row.y == "Economic Development Zone"


def test_a_row_says_figure_and_verdict_with_its_shape() -> None:
    shown = annotations(figures.standing(made.everywhere()))
    assert {"<b>83.5%</b> ● achieved", "<b>78.0%</b> ↩ relapsed", "<b>75.0%</b> ✕ missed"} <= set(shown)


# The parts


def test_the_parts_are_columns_of_their_own_values() -> None:
    figure = figures.composition(made.answer(parts=PARTS), made.WHOLE)
    assert {trace.name: (list(trace.x), list(trace.y)) for trace in figure.data} == {
        "Public": ([2020, 2021], [50.0, 60.0]),
        "Inclusive private": ([2020, 2021], [25.0, 25.0]),
        "Other private": ([2020, 2021], [25.0, 15.0]),
    }
    assert figure.layout.barmode == "stack"
    assert [list(trace.text) for trace in figure.data][0] == ["50.0%", "60.0%"]


def test_means_are_not_stacked() -> None:
    size = made.definition("mean_class_size")
    parts = tuple(made.point(2020, made.WHOLE, pupils, 10, stage) for stage, pupils in (("小学", 450), ("初中", 500)))
    figure = figures.composition(
        made.answer(made.without_target(made.WHOLE, {2020: (950, 20)}), of=size, parts=parts), made.WHOLE
    )
    assert figure.layout.barmode == "group"
    assert [list(trace.y) for trace in figure.data] == [[45.0], [50.0]]


def test_parts_of_other_areas_and_hidden_parts_are_not_drawn() -> None:
    parts = (
        *PARTS[:1],
        made.hidden(2020, made.WHOLE, "private"),
        made.point(2020, made.ZONE, 10, 20, "inclusive_private"),
    )
    assert [trace.name for trace in figures.composition(made.answer(parts=parts), made.WHOLE).data] == ["Public"]


def test_parts_that_count_nobody_are_drawn_at_0() -> None:
    parts = tuple(made.point(2020, made.WHOLE, 0, None, stage) for stage in ("学前", "小学"))
    found = made.answer(made.without_target(made.WHOLE, {2020: (0, None)}), of=made.definition("pupils"), parts=parts)
    assert [list(trace.y) for trace in figures.composition(found, made.WHOLE).data] == [[0], [0]]


# What all have in common


@EVERY_FIGURE
def test_the_name_of_an_area_is_text_and_no_html(draw: Draw) -> None:
    district = made.trajectory(BAD, made.FALLING, Status.RELAPSED, 200)
    published = (Published(BAD, 2020, Fraction(1, 2), "公报"),)
    found = made.answer(
        made.trajectory(BAD),
        district,
        published=published,
        parts=tuple(made.point(2020, BAD, 5, 10, part) for part in (BAD, "public")),
    )
    shown = [text.replace(f"<b>{ESCAPED}</b>", ESCAPED) for text in texts(draw(found))]
    assert [text for text in shown if BAD in text] == []
    assert [text for text in shown if ESCAPED in text]


@EVERY_FIGURE
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("sample", [True, False])
def test_the_mark_of_sample_data_is_there_exactly_where_data_are_invented(
    draw: Draw, language: str, sample: bool
) -> None:
    words.use(language)
    figure = draw(made.everywhere(sample=sample, parts=PARTS))
    marks = [annotation.text for annotation in figure.layout.annotations if annotation.name == "sample"]
    assert marks == ([{"zh_CN": "示例数据", "en": "sample data"}[language]] if sample else [])


@EVERY_FIGURE
def test_the_mark_is_on_a_figure_without_figures_too(draw: Draw) -> None:
    found = made.answer(made.trajectory(figures={}, status=Status.NO_DATA, gap=None), sample=True)
    assert [annotation.text for annotation in draw(found).layout.annotations if annotation.name == "sample"] == [
        "sample data"
    ]


def conclusion(name: str, found: Answer) -> str:
    """The sentence that is a figure's title."""
    whole = found.whole
    return {
        "trajectory": lambda: sentences.titled(found, sentences.standing(found, whole)),
        "areas": lambda: sentences.districts(found),
        "standing": lambda: sentences.districts(found),
        "composition": lambda: sentences.titled(found, sentences.parts(found, whole.area)),
    }[name]()


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_title_is_the_conclusion(name: str) -> None:
    found = made.everywhere(parts=PARTS)
    assert figures.alternative(DRAWINGS[name](found)) == conclusion(name, found)
    words.use("zh_CN")
    assert "".join(figures.alternative(DRAWINGS[name](found)).split()) == "".join(conclusion(name, found).split())


def test_a_reader_who_cannot_see_the_figure_is_told_the_area_as_it_is_written() -> None:
    found = made.answer(made.trajectory("A&B <b>x</b>"))
    assert "A&B <b>x</b> 2021/22" in figures.alternative(figures.trajectory(found, "A&B <b>x</b>"))


@EVERY_FIGURE
def test_the_foot_says_unit_clause_and_version(draw: Draw) -> None:
    shown = " ".join(annotations(draw(made.everywhere(parts=PARTS))))
    assert all(piece in shown.replace("<br>", " ") for piece in ("unit: %", "clause 27", "version 7"))


@EVERY_FIGURE
@pytest.mark.parametrize("name", ["inclusive_share", "pupils"])
def test_axes_of_shares_and_counts_start_at_0(draw: Draw, name: str) -> None:
    large = {2020: (294_369, None), 2021: (300_000, None)}
    parts = tuple(made.point(period, made.WHOLE, 290_000, None, "小学") for period in large)
    counted = made.answer(made.without_target(made.WHOLE, large), of=made.definition("pupils"), parts=parts)
    figure = draw(made.everywhere(parts=PARTS) if name == "inclusive_share" else counted)
    axes = figure.select_xaxes() if draw is DRAWINGS["standing"] else figure.select_yaxes()
    assert {axis.range[0] for axis in axes} == {0}


def test_the_whole_of_a_gross_rate_over_100_percent_is_on_the_axis() -> None:
    gross = made.definition("gross_enrolment")
    found = made.answer(made.trajectory(figures={2020: (1300, 1000)}, target=gross.targets[0]), of=gross)
    assert figures.trajectory(found, made.WHOLE).layout.yaxis.range[1] > 130


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_figure_of_the_sample_data_is_drawn(name: str, samples: Store) -> None:
    """In English; in Chinese the pages of all indicators are (`tests/pages/test_pages.py`)."""
    found = answers.answer(samples, name, viewer=INTERNAL)
    for one in found.areas:
        drawn = [figures.trajectory(found, one.area), figures.composition(found, one.area)]
        assert all(figure.layout.title.text for figure in drawn)
    assert all(figure.data for figure in (figures.areas(found), figures.standing(found)))


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_figure_of_an_empty_store_says_that_there_are_no_data(name: str, reference: Store) -> None:
    found = answers.answer(reference, name, viewer=INTERNAL)
    for draw in DRAWINGS.values():
        said = " ".join(texts(draw(found)))
        assert "no data" in said or "no figure" in said, "published lines may stand where own figures are missing"
