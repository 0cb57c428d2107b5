"""Schools against the standard: a strip a measure, a dot a school, the standard as a line."""

from collections.abc import Iterator, Sequence
from html import escape

import plotly.graph_objects as go

from pages.display import colours, compulsory, numbers, states
from pages.display.figures import look
from queries.answers import Answer
from queries.compulsory import School
from queries.progress import Status
from queries.standards import standards

STRIP_HEIGHT, ABOVE = 84, 44
# Per cent of the standard; schools that have more are drawn at the end of the axis.
FURTHEST = 200
# Where in a strip the words and the dots stand, and how dots of like height keep apart.
WORDS, DOTS, APART = 0.24, -0.22, (0.0, 0.1, -0.1, 0.05, -0.05)

Dot = tuple[School, float, float]


def strips(answer: Answer, area: str, schools: Sequence[School]) -> go.Figure:
    """What the pupils of every school have in each measure, as per cent of the standard of their stage."""
    figure = go.Figure()
    title = compulsory.strips_title(answer, area, schools)
    look.dress(figure, answer, title, plot_height=STRIP_HEIGHT * len(standards().measures), above=ABOVE)
    if not any(True for code in standards().measures for _dot in _dots(schools, code)):
        look.nothing_to_show(figure)
        return figure
    codes = list(standards().measures)
    for kind in (Status.ACHIEVED, Status.LIMITED, Status.MISSED):
        figure.add_trace(_trace(schools, codes, kind))
    for row, code in enumerate(reversed(codes)):
        words = "<br>".join(escape(line) for line in compulsory.strip(schools, code))
        place = {"x": 0, "xanchor": "left", "align": "left", "y": row + WORDS, "yref": "y", "bgcolor": look.VEIL}
        look.beside(figure, words, font={"size": look.SMALL_SIZE}, **place)
    _mark_standard(figure)
    ticks = list(range(0, FURTHEST + 1, 50))
    texts = [f"{tick}%" for tick in ticks[:-1]] + [f"≥{FURTHEST}%"]
    figure.update_xaxes(range=[0, FURTHEST + 5], tickvals=ticks, ticktext=texts, gridcolor=colours.GRID)
    figure.update_yaxes(showticklabels=False, showgrid=False, range=[-0.5, len(codes) - 0.5])
    figure.update_layout(margin={"l": 16, "r": 28})
    return figure


def _mark_standard(figure: go.Figure) -> None:
    floor = float(standards().floor * 100)
    figure.add_vline(100, line={"color": colours.TARGET, "width": 2, "dash": "dash"})
    figure.add_vline(floor, line={"color": colours.SOFT_TEXT, "width": 1, "dash": "dot"})
    words, place = compulsory.lines(), {"xref": "x", "y": 1, "yanchor": "bottom"}
    look.beside(figure, words[0], x=floor, xanchor="right", **place, font={"size": look.FOOT_SIZE})
    look.beside(figure, words[1], x=100, xanchor="left", **place, font={"size": look.FOOT_SIZE})
    key = {"size": look.SMALL_SIZE, "color": colours.SOFT_TEXT}
    look.beside(figure, compulsory.key(), x=0, xanchor="left", y=1, yanchor="bottom", yshift=20, font=key)


def _trace(schools: Sequence[School], codes: Sequence[str], kind: Status) -> go.Scatter:
    """The dots of one kind in all strips: at the standard, at least at the floor, below it."""
    found = [
        (one, level, row + DOTS + offset)
        for row, code in enumerate(reversed(codes))
        for one, level, offset in _dots(schools, code)
        if compulsory.kind(one, code) == kind
    ]
    state = states.state(kind)
    return go.Scatter(
        x=[min(level, FURTHEST) for _one, level, _place in found],
        y=[place for _one, _level, place in found],
        mode="markers",
        name=state.label,
        marker={"color": state.colour, "symbol": compulsory.SYMBOLS[kind], "size": 9, "opacity": 0.75},
        text=[f"{escape(one.name)} {numbers.whole(level)}%" for one, level, _place in found],
        hovertemplate="%{text}<extra></extra>",
    )


def _dots(schools: Sequence[School], code: str) -> Iterator[Dot]:
    """School, per cent of the standard, and how far from the strip's middle line its dot stands."""
    levels = [
        (float(measured.level * 100), one)
        for one in schools
        for measured in one.measures
        if measured.code == code and measured.level is not None
    ]
    for position, (level, one) in enumerate(sorted(levels, key=lambda pair: (pair[0], pair[1].institution_id))):
        yield one, level, APART[position % len(APART)]
