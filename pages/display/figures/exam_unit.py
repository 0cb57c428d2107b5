"""The subjects of a school or class on one axis of standard scores."""

from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, exam_charts, exam_unit
from pages.display import exam as said
from pages.display.figures import look
from pages.display.figures.draft import Draft
from queries.exams.peers import Beside, Report
from queries.exams.units import Comparison

ROW_HEIGHT, ABOVE = 40, 26


def exam_profile(found: Report, *, sample: bool) -> go.Figure:
    """A row a subject: the unit's mean as a standard score of all who sat, with its interval; 0 is the mean of all."""
    figure = Draft()
    told = [one for one in found.subjects if one.z is not None and one.z_interval is not None]
    footing = exam_charts.footing(found.exam, found.track, sample=sample, unit=_("standard deviations"))
    height = ROW_HEIGHT * max(len(told), 3)
    look.dress_rows(figure, exam_unit.profile_title(found), footing, sample=sample, plot_height=height, above=ABOVE)
    if not told:
        look.nothing_to_show(figure)
        return figure.made()
    for kind, state in said.WORDS.items():
        own = [row for row in enumerate(reversed(told)) if _kind(row[1]) == kind]
        figure.add_scatter(
            x=[one.z for _place, one in own],
            y=[place for place, _one in own],
            mode="markers+text",
            marker={"color": state.colour, "symbol": exam_charts.SYMBOLS[kind], "size": 12, "line": {"width": 2}},
            error_x={"type": "data", "array": [_reach(one) for _place, one in own], "color": state.colour},
            text=[f"<b>{exam_unit.z(one.z)}</b>" for _place, one in own],
            textposition="top center",
            hovertext=[
                f"{escape(said.subject(one.subject))} {exam_unit.z(one.z)} {state.label}" for _place, one in own
            ],
            hoverinfo="text",
            name=state.label,
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
    return figure.made()


def _kind(one: Beside) -> Comparison:
    if one.z_interval is None or one.z_interval.low <= 0 <= one.z_interval.high:
        return Comparison.INDISTINGUISHABLE
    return Comparison.ABOVE if one.z_interval.low > 0 else Comparison.BELOW


def _reach(one: Beside) -> float:
    return one.z_interval.high - one.z if one.z_interval and one.z is not None else 0.0
