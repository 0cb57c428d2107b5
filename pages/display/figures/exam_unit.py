"""The subjects of a school or class on one axis of standard scores."""

from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, exam_charts, exam_unit
from pages.display import exam as said
from pages.display.figures import look
from queries.exams.peers import Report
from queries.exams.units import Comparison

ROW_HEIGHT, ABOVE = 40, 26


def exam_profile(found: Report, *, sample: bool) -> go.Figure:
    """A row a subject: the unit's mean as a standard score of all who sat, with its interval; 0 is the mean of all."""
    figure = go.Figure()
    told = [one for one in found.subjects if one.z is not None and one.z_interval is not None]
    footing = exam_charts.footing(found.exam, found.track, sample=sample, unit=_("standard deviations"))
    height = ROW_HEIGHT * max(len(told), 3)
    look.dress_rows(figure, exam_unit.profile_title(found), footing, sample=sample, plot_height=height, above=ABOVE)
    if not told:
        look.nothing_to_show(figure)
        return figure
    for place, one in enumerate(reversed(told)):
        centre, reach = one.z or 0.0, one.z_interval
        kind = _kind(reach.low, reach.high) if reach else Comparison.INDISTINGUISHABLE
        state = said.WORDS[kind]
        figure.add_trace(
            go.Scatter(
                x=[centre],
                y=[place],
                mode="markers+text",
                marker={"color": state.colour, "symbol": exam_charts.SYMBOLS[kind], "size": 12, "line": {"width": 2}},
                error_x={"type": "data", "array": [reach.high - centre if reach else 0], "color": state.colour},
                text=[f"<b>{exam_unit.z(one.z)}</b>"],
                textposition="top center",
                hovertext=[f"{escape(said.subject(one.subject))} {exam_unit.z(one.z)} {state.label}"],
                hoverinfo="text",
                name=state.label,
            )
        )
    figure.add_vline(0, line={"color": colours.TARGET, "width": 2, "dash": "dash"})
    look.beside(figure, _("all who sat"), x=0, xref="x", y=1, yanchor="bottom", font={"size": look.FOOT_SIZE})
    key = {"size": look.FOOT_SIZE, "color": colours.SOFT_TEXT}
    words = "  ".join(state.label for state in said.WORDS.values())
    look.beside(figure, words, x=0, xanchor="left", y=1, yanchor="bottom", yshift=20, font=key)
    ends = [end for one in told if one.z_interval for end in (one.z_interval.low, one.z_interval.high)]
    furthest = max(0.5, *map(abs, ends)) * 1.1
    figure.update_xaxes(gridcolor=colours.GRID, range=[-furthest, furthest], nticks=8)
    figure.update_yaxes(
        tickvals=list(range(len(told))),
        ticktext=[f"{escape(said.subject(one.subject))}  " for one in reversed(told)],
        showgrid=False,
        range=[-0.6, len(told) - 0.2],
    )
    return figure


def _kind(low: float, high: float) -> Comparison:
    if low > 0:
        return Comparison.ABOVE
    return Comparison.BELOW if high < 0 else Comparison.INDISTINGUISHABLE
