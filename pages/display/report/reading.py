"""From a slide's figure to charts that office programs can edit: one a panel, with every number of the figure."""

from collections.abc import Iterator
from dataclasses import replace

from pages.display.report.by_category import chart_over_categories
from pages.display.report.by_place import chart_over_places, in_windows
from pages.display.report.charts import Chart, Kind
from pages.display.report.panels import Panel, panels
from pages.display.report.shared import drawn_range, times
from pages.display.slides import Slide


def charts(slide: Slide) -> tuple[Chart, ...]:
    """The slide's charts, at least one for each panel of its figure; none where it has no figure or that shows nothing."""
    if slide.figure is None:
        return ()
    return tuple(chart for panel in panels(slide.figure) if _has_numbers(panel) for chart in _charts(panel))


def _has_numbers(panel: Panel) -> bool:
    return any(None not in pair for trace in panel.traces for pair in zip(trace.xs, trace.ys, strict=True))


def _charts(panel: Panel) -> Iterator[Chart]:
    if any(trace.is_bar for trace in panel.traces):
        yield chart_over_categories(_upright(panel), Kind.COLUMNS)
    elif panel.places and all(x in panel.places for trace in panel.traces for x in trace.xs if x is not None):
        yield chart_over_categories(panel, Kind.LINES)
    else:
        yield from in_windows(chart_over_places(panel))


def _upright(panel: Panel) -> Panel:
    """Bars that lie are set upright, so that a target can be a line across them: x and y change places."""
    if not any(trace.given.get("orientation") == "h" for trace in panel.traces):
        return panel
    turned = -1.0 if (reach := drawn_range(panel.y_axis)) is None or reach[0] < reach[1] else 1.0
    words = tuple(replace(one, x=times(one.y, turned), y=one.x, at=(one.at[1], one.at[0])) for one in panel.words)
    lines = tuple(
        replace(one, x=(one.y[0] * turned, one.y[1] * turned), y=one.x, across=one.upright, upright=one.across)
        for one in panel.lines
    )
    traces = tuple(replace(one, xs=tuple(times(y, turned) for y in one.ys), ys=one.xs) for one in panel.traces)
    named = {place * turned: name for place, name in panel.rows.items()}
    return replace(
        panel, traces=traces, lines=lines, words=words, x_axis=panel.y_axis, y_axis=panel.x_axis, places=named, rows={}
    )
