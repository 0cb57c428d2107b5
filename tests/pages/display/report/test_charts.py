"""Native charts: every number of a figure is in the workbook, targets are named series, nothing is dropped silently."""

from collections.abc import Callable
from fractions import Fraction

import plotly.graph_objects as go
import pytest
from lxml import etree

from data import words
from data.store import Store
from pages.display import figures
from pages.display.figures import look
from pages.display.report.chart_xml import native
from pages.display.report.charts import Chart, Kind
from queries import answers
from queries.answers import Viewer
from queries.catalogue import catalogue
from tests.pages.display import made
from tests.pages.display.report.office import SIZE, cells, charts, kept_by, missing
from tests.pages.display.test_figures import DRAWINGS, PARTS, PUBLISHED, Draw

SPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
# One indicator of every kind: charts of others differ by their numbers only.
KINDS = sorted(
    {(one.unit, one.period, bool(one.parts), one.parts_add_up): name for name, one in catalogue().items()}.values()
)


def xml(chart: Chart) -> etree._Element:
    return etree.fromstring(native(chart, SIZE)[0])


def dressed(*traces: go.Scatter | go.Bar, **layout: object) -> go.Figure:
    figure = go.Figure(traces)
    look.dress_rows(figure, "title", "foot", sample=False)
    return figure.update_layout(**layout)


@pytest.mark.parametrize("name", KINDS)
def test_every_number_of_every_kind_of_figure_of_the_sample_data_is_in_a_chart(name: str, samples: Store) -> None:
    found = answers.answer(samples, name, viewer=Viewer(internal=True))
    for draw in DRAWINGS.values():
        figure = draw(found)
        assert missing(figure) == []
        assert all(one.name for chart in charts(figure) for one in chart.series)


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_the_workbook_holds_every_number_of_its_chart(draw: Draw) -> None:
    for chart in charts(draw(made.everywhere(parts=PARTS))):
        found = [one for row in cells(native(chart, SIZE)[1]) for one in row if isinstance(one, float)]
        assert set(kept_by(chart)) <= set(found)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_course_is_a_line_over_periods_in_words_with_its_target_as_a_named_series(language: str) -> None:
    words.use(language)
    [chart] = charts(figures.trajectory(made.answer(published=PUBLISHED), made.WHOLE))
    assert chart.kind == Kind.LINES
    assert chart.categories == ("2019/20", "2020/21", "2021/22")
    by_name = {one.name: one for one in chart.series}
    target = {"en": "target ≥ 80%", "zh_CN": "目标 ≥ 80%"}[language]
    assert by_name[target].heights == (80.0, 80.0, 80.0)
    own = by_name[{"en": "Main urban area", "zh_CN": "主城区"}[language]]
    assert own.heights == pytest.approx((70.0, 81.0, 83.5))
    assert own.labels[2].text.endswith("83.5%")
    assert any(one.upright and one.heights[1] is not None for one in chart.series), "the due date"


def test_a_range_has_both_its_ends() -> None:
    aim = made.definition().targets[0].model_copy(update={"due": None, "value": 1, "upper": 3})
    one = made.trajectory(figures={2020: (1, None), 2021: (2, None)}, target=aim)
    found = made.answer(one, of=made.definition("pupils", targets=(aim,), counts="institutions"))
    [chart] = charts(figures.trajectory(found, made.WHOLE))
    assert {(1.0, 1.0), (3.0, 3.0)} <= {one.heights for one in chart.series}


def test_parts_that_add_up_are_stacked_columns_whose_numbers_show_themselves() -> None:
    [chart] = charts(figures.composition(made.answer(parts=PARTS), made.WHOLE))
    assert (chart.kind, chart.stacked) == (Kind.COLUMNS, True)
    assert [one.heights for one in chart.series] == [(50.0, 60.0), (25.0, 25.0), (25.0, 15.0)]
    assert {one.value_format for one in chart.series} == {'#,##0.0"%"'}
    root = xml(chart)
    assert root.xpath("string(//c:barChart/c:grouping/@val)", namespaces=SPACES) == "stacked"
    positions = root.xpath("//c:barChart//c:dLblPos/@val", namespaces=SPACES)
    assert "outEnd" not in positions, "PowerPoint calls a stacked chart with labels outside damaged"


def test_panels_become_charts_with_their_names() -> None:
    shown = charts(figures.areas(made.everywhere()))
    assert [chart.title.split(" 8")[0].split(" 7")[0] for chart in shown][:1] == ["Main urban area"]
    assert "↩ relapsed" in shown[1].title


def test_rows_have_their_names_and_their_words() -> None:
    [chart] = charts(figures.standing(made.everywhere()))
    assert chart.kind == Kind.PLACES
    assert [name for _place, name in chart.rows] == [
        "Main urban area",
        "Xindu District",
        "Xiangdu District",
        "Economic Development Zone",
    ]
    assert {label.text for one in chart.series for label in one.labels.values()} >= {"78.0% ↩ relapsed", "target ≥ 80%"}
    assert "no data" in chart.notes, "a row without figures says so"


def test_many_rows_become_several_charts_without_a_row_lost() -> None:
    rows = list(range(45))
    figure = dressed(go.Scatter(x=rows, y=rows, mode="markers", name="school"))
    figure.update_yaxes(tickvals=rows, ticktext=[f"school {row}" for row in rows])
    shown = charts(figure)
    assert [len(chart.rows) for chart in shown] == [15, 15, 15]
    assert sorted(height for chart in shown for height in chart.series[0].heights) == rows
    assert missing(figure) == []


def test_columns_that_begin_above_the_axis_are_carried_by_unseen_ones() -> None:
    bars = go.Bar(y=[0, 1], x=[2.5, -1.25], base=[80, 82.5], orientation="h", name="change")
    [chart] = charts(dressed(bars))
    carrying, columns, *_more = chart.series
    assert (carrying.heights, carrying.look.colour) == ((81.25, 80.0), "")
    assert columns.heights == (1.25, 2.5), "rows are read from the top, so the last one comes first"
    assert dict(chart.also)["change: signed"] == (-1.25, 2.5)
    assert missing(dressed(bars)) == []


def test_a_trace_that_runs_over_the_periods_several_times_stays_several_lines() -> None:
    lines = go.Scatter(x=[0, 1, None, 0, 1, None], y=[1, 2, None, 3, 4, None], mode="lines", name="others")
    figure = dressed(lines)
    look.name_places(figure, {0.0: "2020", 1.0: "2021"})
    [chart] = charts(figure)
    assert [one.heights for one in chart.series] == [(1.0, 2.0), (3.0, 4.0)]


def test_intervals_are_lines_from_end_to_end() -> None:
    points = go.Scatter(x=[5.0], y=[1.0], mode="markers", name="mean", error_x={"type": "data", "array": [2.0]})
    [chart] = charts(dressed(points))
    assert (3.0, 7.0, None) in [one.places for one in chart.series]


def test_what_has_no_place_in_the_chart_is_said_beside_it() -> None:
    figure = dressed(go.Bar(x=[1, 2], y=[3, 4], name="pupils"))
    look.beside(figure, "only the <b>first</b> term", x=0.3, y=1)
    [chart] = charts(figure)
    assert chart.notes == ("only the first term",)


def test_numbers_keep_their_digits() -> None:
    third = float(Fraction(100, 3))
    [chart] = charts(dressed(go.Bar(x=[1], y=[third], name="share")))
    [_header, row] = cells(native(chart, SIZE)[1])
    assert row[1] == pytest.approx(third, rel=1e-15)
    assert repr(third) in native(chart, SIZE)[0].decode()


@pytest.mark.parametrize("draw", [lambda: figures.areas(made.answer(made.trajectory(figures={}))), lambda: dressed()])
def test_a_figure_without_numbers_is_no_chart(draw: Callable[[], go.Figure]) -> None:
    assert charts(draw()) == ()


def test_names_from_outside_are_text_and_no_markup_or_formula() -> None:
    name = '=HYPERLINK("x")<c:v>\x01'
    [chart] = charts(dressed(go.Bar(x=[1], y=[2], name=name.replace("<", "&lt;"))))
    part, workbook = native(chart, SIZE)
    assert '=HYPERLINK("x")&lt;c:v&gt;\ufffd' in part.decode()
    assert cells(workbook)[0][1] == '=HYPERLINK("x")<c:v>\ufffd'


def test_words_of_a_chart_are_marked_with_their_language() -> None:
    for language, tag in (("zh_CN", "zh-CN"), ("en", "en-GB")):
        words.use(language)
        root = xml(charts(figures.trajectory(made.answer(), made.WHOLE))[0])
        assert set(root.xpath("//a:rPr/@lang", namespaces=SPACES)) == {tag}
