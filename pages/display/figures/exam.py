"""One exam in pictures: how its scores lie, the schools against all who sat, and quartiles by school."""

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, exam_charts, numbers
from pages.display import exam as said
from pages.display.figures import look
from pages.display.figures.draft import Draft
from queries.exams.figures import Table, Unit
from queries.exams.overview import Band, Scores

ROW_HEIGHT, ABOVE, MOST_NAME, KEY_WIDTH = 25, 44, 30, 40

Line = tuple[str, Unit | None]  # what stands beside a row; a heading has no unit


def exam_histogram(found: Scores, whole: Unit, width: int, *, sample: bool) -> go.Figure:
    """Pupils by score in bars of one width; a wider band's bar is lower, so that equal areas are equally many pupils."""
    figure = Draft()
    look.dress_rows(
        figure,
        exam_charts.histogram_title(found, whole),
        exam_charts.footing(found.exam, found.track, sample=sample),
        sample=sample,
    )
    bands = list(reversed(found.histogram(width)))
    if not bands:
        look.nothing_to_show(figure)
        return figure.made()
    full = float(whole.full) if whole.full else None
    edges = [_edges(one, width, full) for one in bands]
    heights = [one.number * width / (high - low) for one, (low, high) in zip(bands, edges, strict=True)]
    figure.add_bar(
        x=[(low + high) / 2 for low, high in edges],
        y=heights,
        name=_("candidates"),
        width=[high - low for low, high in edges],
        marker={
            "color": [colours.MUTED if None in (one.low, one.below) else "#3f78bb" for one in bands],
            "line": {"color": "white", "width": 1},
        },
        text=[numbers.whole(one.number) if len(bands) <= 24 else "" for one in bands],
        textposition="outside",
        cliponaxis=False,
        customdata=[[said.band(one), numbers.whole(one.number)] for one in bands],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )
    smooth = {"color": "#d9a066", "width": 2, "shape": "spline"}
    middles = [(low + high) / 2 for low, high in edges]
    curve = {"name": _("smoothed"), "mode": "lines", "line": smooth}
    figure.add_scatter(x=middles, y=_smoothed(heights), hoverinfo="skip", **curve)
    if whole.mean is not None:
        _mark(figure, float(whole.mean), exam_charts.mean_label(whole))
    figure.update_xaxes(gridcolor=colours.GRID, showgrid=False, nticks=10)
    figure.update_yaxes(gridcolor=colours.GRID, rangemode="tozero", range=[0, max(heights) * 1.15], nticks=5)
    figure.layout["margin"] |= {"l": 44, "r": 16}
    figure.update_layout(bargap=0)
    return figure.made()


def _smoothed(heights: Sequence[float]) -> list[float]:
    """Each height with its neighbours, 1 : 2 : 1."""
    padded = [heights[0], *heights, heights[-1]]
    return [
        (before + 2 * here + after) / 4 for before, here, after in zip(padded, padded[1:], padded[2:], strict=False)
    ]


def _edges(one: Band, width: int, full: float | None) -> tuple[float, float]:
    """Where a bar stands: at the edges of its band. One that is open to one side is drawn a width long within the marks there are."""
    low = float(one.low) if one.low is not None else None
    high = float(one.below) if one.below is not None else None
    if low is None:
        low = max(0.0, (high if high is not None else width) - width)
    if high is None:
        high = low + width if full is None else min(low + width, max(full, low + 1))
    return low, high


def exam_schools(found: Table, lines: Sequence[Line], *, sample: bool) -> go.Figure:
    """The mean of every area and school with its interval; the mean of all who sat is a line."""
    figure = Draft()
    title, footing = exam_charts.schools_title(found), exam_charts.footing(found.exam, found.track, sample=sample)
    look.dress_rows(figure, title, footing, sample=sample, plot_height=ROW_HEIGHT * max(len(lines), 4), above=ABOVE)
    shown = [(len(lines) - 1 - row, one) for row, (_name, one) in enumerate(lines) if one and one.interval]
    if not shown:
        look.nothing_to_show(figure)
        return figure.made()
    for kind, state in said.WORDS.items():
        own = [(row, one) for row, one in shown if one.comparison == kind]
        figure.add_scatter(
            x=[float(one.mean or 0) for _row, one in own],
            y=[row for row, _one in own],
            mode="markers",
            name=state.label,
            marker={"color": state.colour, "symbol": exam_charts.SYMBOLS[kind], "size": 10, "line": {"width": 2}},
            error_x={
                "type": "data",
                "array": [one.interval.high - float(one.mean or 0) if one.interval else 0 for _row, one in own],
                "color": state.colour,
                "thickness": 2,
                "width": 4,
            },
            text=[
                f"{escape(one.name)} {said.mark(one.mean)} {said.half(one.interval)} {state.label}" for _r, one in own
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    if found.whole.mean is not None:
        _mark(figure, float(found.whole.mean), exam_charts.mean_label(found.whole))
    _key(figure, "  ".join(state.label for state in said.WORDS.values()))
    _rows(figure, lines)
    return figure.made()


def exam_boxes(found: Table, lines: Sequence[Line], *, sample: bool) -> go.Figure:
    """Quartiles of every area and school as boxes, the median marked; lines to 10 % and 90 % where 100 or more sat."""
    figure = Draft()
    title, footing = exam_charts.boxes_title(found), exam_charts.footing(found.exam, found.track, sample=sample)
    look.dress_rows(figure, title, footing, sample=sample, plot_height=ROW_HEIGHT * max(len(lines), 4), above=ABOVE)
    shown = [
        (len(lines) - 1 - row, one, [float(value) for value in one.quartiles])
        for row, (_name, one) in enumerate(lines)
        if one and one.quartiles
    ]
    if not shown:
        look.nothing_to_show(figure)
        return figure.made()
    tails = [(row, [float(value) for value in one.tails]) for row, one, _marks in shown if one.tails]
    boxes = [(row, marks[0], marks[2]) for row, _one, marks in shown]
    whiskers = [(row, low, high) for row, (low, high) in tails]
    _add_strokes(figure, _("10% to 90%"), whiskers, colours.SOFT_TEXT, 2)
    _add_strokes(figure, _("25% to 75%"), boxes, "#9db8d9", 13)
    figure.add_scatter(
        x=[marks[1] for _row, _one, marks in shown],
        y=[row for row, _one, _marks in shown],
        name=_("median"),
        mode="markers",
        marker={"symbol": "line-ns", "size": 13, "line": {"color": colours.WHOLE, "width": 3}},
        text=[f"{escape(one.name)} {said.quartiles(one)}" for _row, one, _marks in shown],
        hovertemplate="%{text}<extra></extra>",
    )
    if found.whole.quartiles:
        _mark(figure, float(found.whole.quartiles[1]), exam_charts.median_label(found.whole))
    _key(figure, exam_charts.boxes_key())
    _rows(figure, lines)
    return figure.made()


def _add_strokes(figure: Draft, name: str, of: Sequence[tuple[int, float, float]], colour: str, thick: int) -> None:
    """Horizontal lines in one trace, a gap after each."""
    figure.add_scatter(
        x=[place for _row, low, high in of for place in (low, high, None)],
        y=[place for row, _low, _high in of for place in (row, row, None)],
        name=name,
        mode="lines",
        line={"color": colour, "width": thick},
        hoverinfo="skip",
    )


def _mark(figure: Draft, place: float, words: str) -> None:
    figure.add_vline(place, line={"color": colours.TARGET, "width": 2, "dash": "dash"})
    look.beside(
        figure, words, x=place, xref="x", y=1, yanchor="bottom", font={"size": look.FOOT_SIZE}, bgcolor=look.VEIL
    )


def _key(figure: Draft, words: str) -> None:
    key = {"size": look.FOOT_SIZE, "color": colours.SOFT_TEXT}
    lines = "<br>".join(escape(line) for line in look.wrapped(words, KEY_WIDTH))
    look.beside(
        figure, lines, x=0, xanchor="left", align="left", y=1, yanchor="bottom", yshift=20, font=key, name="key"
    )


def _rows(figure: Draft, lines: Sequence[Line]) -> None:
    names = [look.clipped(name, MOST_NAME) for name, _one in reversed(lines)]
    bold = [one is None or one.level == "area" for _name, one in reversed(lines)]
    texts = [f"<b>{escape(name)}</b>" if heavy else escape(name) for name, heavy in zip(names, bold, strict=True)]
    figure.update_xaxes(gridcolor=colours.GRID, showgrid=True, nticks=8)
    figure.update_yaxes(range=[-0.7, len(lines) - 0.3])
    look.name_rows(figure, names, texts)
