"""How raw scores became assigned ones, with standard scores beside them."""

import plotly.graph_objects as go

from data.words import _
from pages.display import colours
from pages.display.figures import look
from pages.display.figures.draft import Draft
from queries.exams.assigned_figures import AssignedFigures

HEIGHT = 380
RAW, ASSIGNED, STANDARD = "#6b7683", "#c2571a", "#3d6fb6"


def assigned(found: AssignedFigures, title: str, footing: str, *, sample: bool) -> go.Figure:
    """Raw scores across; the assigned score where it is told, T, and the raw score itself; grades as stripes."""
    figure = Draft()
    look.dress_rows(figure, title, footing, sample=sample, plot_height=HEIGHT, above=24)
    full = float(found.exam.paper(found.subject).full_marks)
    for place, band in enumerate(found.bands):
        low, high = (float(full if edge is None else edge) for edge in (band.raw_from or 0, band.raw_below))
        figure.add_shape(
            type="rect", x0=low, x1=high, y0=band.assigned_low, y1=band.assigned_high, line={"width": 0},
            fillcolor="#f3e4da" if place % 2 else "#f9efe8", layer="below",
        )  # fmt: skip
        name = {"x": (low + high) / 2, "xref": "x", "y": band.assigned_high, "yref": "y", "yanchor": "bottom"}
        look.beside(figure, "–".join({band.grades[0]: 0, band.grades[-1]: 0}), **name, font={"size": look.SIZE})
    _add_line(figure, [(0, 0), (full, full)], RAW, "dot", _("raw score"))
    scores = [(float(raw), float(got)) for raw, got in found.mapping]
    _add_line(figure, scores, ASSIGNED, "solid", _("assigned score"), marked=True)
    standard = [(float(one.raw_from), one.t) for one in found.scores if one.raw_from is not None and one.t is not None]
    _add_line(figure, sorted(standard), STANDARD, "dash", _("standard score T"))
    key = [(RAW, "┈", _("raw score")), (ASSIGNED, "●", _("assigned score")), (STANDARD, "╌", _("standard score T"))]
    words = "  ".join(f'<span style="color:{colour}">{sign} {word}</span>' for colour, sign, word in key)
    look.beside(figure, words, x=0, xanchor="left", y=1, yanchor="bottom", font={"size": look.SMALL_SIZE})
    figure.update_xaxes(range=[0, full], gridcolor=colours.GRID, nticks=11)
    figure.update_yaxes(range=[0, 108], gridcolor=colours.GRID, nticks=6)
    return figure.made()


def _add_line(
    figure: Draft, points: list[tuple[float, float]], colour: str, dash: str, name: str, *, marked: bool = False
) -> None:
    figure.add_scatter(
        x=[x for x, _y in points],
        y=[y for _x, y in points],
        mode="lines+markers" if marked else "lines",
        line={"color": colour, "width": 2.5, "dash": dash},
        marker={"size": 6},
        name=name,
        hovertemplate=f"%{{x}} → %{{y:.1f}}<extra>{name}</extra>",
    )
