"""Joint exams over time: a unit's standard scores among the others, and value added as dots with their intervals."""

from collections.abc import Sequence
from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, exam_gains, exam_trend, numbers
from pages.display.figures import look
from pages.display.figures.control import Series, control
from pages.display.figures.course import LABEL_DISTANCE, spread
from pages.display.figures.draft import Draft
from queries.exams.gained import Gain, Gained
from queries.exams.progress import Course, Followed
from queries.exams.setup import Heading
from queries.exams.units import Comparison

ROW_HEIGHT, MARKS = 26, {Comparison.ABOVE: "triangle-up", Comparison.BELOW: "triangle-down"}
NAME_WIDTH, ZERO_WIDTH = 26, 14


def course_figure(found: Followed, code: str) -> go.Figure:
    """Standard scores exam by exam: the chosen unit with its intervals, or all districts, before the others in grey."""
    figure = Draft()
    look.dress_rows(
        figure, exam_trend.course_title(found, code), exam_trend.course_footing(found, code), sample=found.sample
    )
    shown = [one for one in found.courses if one.code == code or (code == exam_trend.WHOLE and not one.is_school)]
    if not any(one.known for one in found.courses):
        look.nothing_to_show(figure)
        return figure.made()
    _add_others(figure, [one for one in found.courses if one not in shown])
    figure.add_hline(0, line={"color": colours.TARGET, "width": 1.5, "dash": "dash"})
    for one in shown:
        _add_line(figure, found, one, alone=len(shown) == 1)
    _label(figure, found, shown)
    look.name_places(figure, _months(found.series.exams))
    ticks = [exam_trend.tick(one) for one in found.series.exams]
    step = -(-len(ticks) // look.MOST_TICKS)
    figure.update_xaxes(
        tickmode="array", tickvals=list(range(0, len(ticks), step)), ticktext=ticks[::step], tickangle=0,
        range=[-0.3, len(ticks) - 0.7], showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(gridcolor=colours.GRID, nticks=6, tickformat="+.2~f")
    return figure.made()


def control_figure(found: Followed, code: str) -> go.Figure:
    """A unit's standard scores with their limits; of the whole exam the mean shares of full marks."""
    controlled, share = found.controlled(code), code == exam_trend.WHOLE
    facts = {"unit": exam_trend.unit(found, code), "subject": exam_trend.subject(found.subject)}
    title = (
        _("{unit}, {subject}, mean share of full marks", **facts)
        if share
        else _("{unit}, {subject}, standard score", **facts)
    )
    figure = control(
        Series(
            title,
            controlled.values,
            tuple(exam_trend.month(one) for one in controlled.exams),
            tuple(exam_trend.tick(one) for one in controlled.exams),
            numbers.percent if share else exam_trend.z,
            exam_trend.footing(found),
            found.sample,
            Fraction(100) if share else Fraction(1),
            "%" if share else "",
            "up",
        )
    )
    look.name_places(figure, _months(controlled.exams))
    return figure


def _months(exams: Sequence[Heading]) -> dict[float, str]:
    """What the places on the axis are called in a document, which has room for a month in one line."""
    return {place: exam_trend.month(one) for place, one in enumerate(exams)}


def gains_figure(found: Gained, code: str = "") -> go.Figure:
    """Value added: a row a unit with its interval, by district and code as everywhere; 0 is what the city's pupils gained; a chosen one in bold."""
    figure = Draft()
    rows = list(reversed(found.told))  # the first one stands at the top
    height = ROW_HEIGHT * max(len(rows), 4)
    look.dress_rows(
        figure, exam_gains.gains_title(found), exam_gains.gains_footing(found),
        sample=found.sample, plot_height=height, above=18,
    )  # fmt: skip
    if not rows:
        look.nothing_to_show(figure)
        return figure.made()
    figure.add_vline(0, line={"color": colours.TARGET, "width": 2, "dash": "dash"})
    zero = {"x": 0, "xref": "x", "y": 1, "yanchor": "bottom"}
    look.beside(figure, _("as the city’s pupils with the same entry mark"), font={"size": look.FOOT_SIZE}, **zero)
    for comparison, state in exam_trend.WORDS.items():
        _add_dots(figure, found, rows, comparison, state.colour, state.label)
    names = [look.clipped(exam_gains.gain_name(found, one), NAME_WIDTH) for one in rows]
    texts = [
        f"<b>{escape(name)}</b>" if one.code == code else escape(name) for name, one in zip(names, rows, strict=True)
    ]
    figure.update_yaxes(range=[-0.6, len(rows) - 0.4])
    look.name_rows(figure, names, texts)
    figure.update_xaxes(gridcolor=colours.GRID, nticks=7)
    return figure.made()


def _add_others(figure: Draft, others: Sequence[Course]) -> None:
    """All other schools as one grey trace with gaps between them."""
    schools = [one for one in others if one.is_school] or others
    xs: list[int | None] = []
    ys: list[float | None] = []
    for one in schools:
        xs += [*range(len(one.places)), None]
        ys += [*(None if place.z is None else float(place.z) for place in one.places), None]
    figure.add_scatter(
        x=xs,
        y=ys,
        name=_("others"),
        mode="lines",
        line={"color": colours.MUTED, "width": 1.5},
        hoverinfo="skip",
        showlegend=False,
    )


def _add_line(figure: Draft, found: Followed, one: Course, *, alone: bool) -> None:
    colour = _colour(found, one)
    places = [(index, place) for index, place in enumerate(one.places) if place.z is not None]
    reaches = [(place.interval.high - place.interval.low) / 2 if place.interval else 0 for _index, place in places]
    texts = [f"{exam_trend.z(place.z)} ({exam_trend.between(place.interval, 2)})" for _index, place in places]
    figure.add_scatter(
        x=[index for index, _place in places],
        y=[float(place.z or 0) for _index, place in places],
        error_y={"type": "data", "array": reaches, "color": colour, "thickness": 1.2, "width": 4} if alone else None,
        mode="lines+markers",
        name=escape(exam_trend.unit(found, one.code)),
        line={"color": colour, "width": 3},
        marker={"size": 8, "color": colour},
        text=texts,
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _label(figure: Draft, found: Followed, shown: Sequence[Course]) -> None:
    """Names behind the lines, and what 0 is."""
    known = [(one, float(place.z or 0)) for one in shown if (place := exam_trend.last(one))]
    values = [float(place.z or 0) for one in found.courses for place in one.known]
    distance = LABEL_DISTANCE * ((max(values) - min(values)) or 1)
    heights = spread([height for _one, height in known], distance)
    widest = 0
    for (one, _height), level in zip(known, heights, strict=True):
        name = look.clipped(exam_trend.unit(found, one.code), NAME_WIDTH)
        widest = max(widest, look.width(name))
        colour = _colour(found, one)
        look.beside(
            figure, f"<b>{escape(name)}</b>", x=1, xanchor="left", xshift=4, y=level, yref="y",
            font={"size": look.SMALL_SIZE, "color": colour},
        )  # fmt: skip
    zero = {"x": 0, "xanchor": "left", "y": 0, "yref": "y", "yanchor": "bottom", "bgcolor": look.VEIL}
    words = "<br>".join(look.wrapped(_("mean of the whole exam"), ZERO_WIDTH))  # a phone leaves the plot little width
    look.beside(figure, words, align="left", font={"size": look.FOOT_SIZE}, **zero)
    figure.layout["margin"]["r"] = round(18 + widest * look.CHARACTER * 1.1)


def _add_dots(
    figure: Draft, found: Gained, rows: Sequence[Gain], comparison: Comparison, colour: str, label: str
) -> None:
    own = [(position, one) for position, one in enumerate(rows) if one.comparison == comparison]
    figure.add_scatter(
        x=[_mean(one) for _position, one in own],
        y=[position for position, _one in own],
        error_x={"type": "data", "array": [_reach(one) for _position, one in own], "color": colour, "thickness": 1.5},
        mode="markers",
        name=label,
        marker={"color": colour, "symbol": MARKS.get(comparison, "circle-open"), "size": 11},
        text=[f"{escape(exam_gains.gain_name(found, one))}  {exam_gains.gain_value(one)}" for _position, one in own],
        hovertemplate="%{text}<extra></extra>",
    )


def _colour(found: Followed, one: Course) -> str:
    """An area's own, and one for every school that is looked at."""
    return colours.area(one.code, list(found.areas)) if one.code in found.areas else colours.WHOLE


def _mean(one: Gain) -> float:
    return one.residual.mean or 0.0 if one.residual else 0.0


def _reach(one: Gain) -> float:
    interval = one.residual.interval if one.residual else None
    return (interval.high - interval.low) / 2 if interval else 0.0
