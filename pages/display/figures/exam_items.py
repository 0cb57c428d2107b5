"""Items by score rate and discrimination: a dot an item, those that hardly tell pupils apart named beside theirs."""

from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, exam_items
from pages.display.figures import look
from pages.display.figures.draft import Draft
from queries.exams.items import Analysis, Item
from queries.exams.papers import FLOORS, Quality, quality

PLOT_HEIGHT, ABOVE = 360, 44
PLACES = ("top center", "bottom center", "middle right", "middle left")
# Dots that are closer than this, in score rate and discrimination, have their numbers at different sides.
NEAR = (0.03, 0.06)
SYMBOLS = {
    Quality.VERY_GOOD: "circle",
    Quality.GOOD: "triangle-up",
    Quality.ACCEPTABLE: "diamond",
    Quality.POOR: "x",
}


def exam_items_figure(found: Analysis) -> go.Figure:
    """Score rate to the right, discrimination upwards; the lines are the limits of the four words."""
    figure = Draft()
    look.dress_rows(
        figure,
        exam_items.title(found),
        exam_items.footing(found),
        sample=found.sample,
        plot_height=PLOT_HEIGHT,
        above=ABOVE,
    )
    judged = [one for one in found.items if one.rate is not None and one.discrimination is not None]
    if not judged:
        look.nothing_to_show(figure)
        return figure.made()
    places = _label_places(judged)
    for kind in Quality:
        _add_dots(figure, [one for one in judged if quality(one.discrimination) == kind], kind, places)
    for _kind, floor in FLOORS:
        figure.add_hline(float(floor), line={"color": colours.SOFT_TEXT, "width": 1, "dash": "dot"})
    words = [f"<span style='color:{one.colour}'>{escape(one.label)}</span>" for one in exam_items.WORDS.values()]
    key = "<br>".join("   ".join(words[begin : begin + 2]) for begin in (0, 2))  # in one line they leave a phone
    place = {"x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "yshift": 6}
    look.beside(figure, key, align="left", font={"size": look.SMALL_SIZE}, **place)
    lowest = min(0.0, *(float(one.discrimination or 0) for one in judged))
    highest = max(0.5, *(float(one.discrimination or 0) for one in judged))
    axis, small = {"gridcolor": colours.GRID, "nticks": 7}, {"font": {"size": look.SMALL_SIZE}}
    across, up = {"text": _("score rate"), "standoff": 2, **small}, {"text": _("discrimination"), **small}
    figure.update_xaxes(**axis, title=across, range=[0, 103], ticksuffix="%")
    figure.update_yaxes(**axis, title=up, range=[lowest - 0.06, highest + 0.08], tickformat=".1f")
    return figure.made()


def _label_places(items: list[Item]) -> dict[str, str]:
    """Item → where its number stands: above its dot, or where a higher dot lies close, on another side."""
    found: dict[str, str] = {}
    for one in sorted(items, key=lambda item: -(item.discrimination or Fraction(0))):
        near = {found[other.code] for other in items if other.code in found and _close(one, other)}
        free = [place for place in PLACES if place not in near] or list(PLACES)
        found[one.code] = free[0] if quality(one.discrimination) != Quality.POOR else "middle right"
    return found


def _close(one: Item, other: Item) -> bool:
    across = float(one.rate or 0) - float(other.rate or 0)
    up = float(one.discrimination or 0) - float(other.discrimination or 0)
    return abs(across) < NEAR[0] and abs(up) < NEAR[1]


def _add_dots(figure: Draft, items: list[Item], kind: Quality, places: dict[str, str]) -> None:
    state = exam_items.WORDS[kind]
    figure.add_scatter(
        x=[float((one.rate or 0) * 100) for one in items],
        y=[float(one.discrimination or 0) for one in items],
        mode="markers+text",
        name=escape(state.label),
        marker={"color": state.colour, "symbol": SYMBOLS[kind], "size": 11},
        text=[escape(exam_items.name(one.code) if kind == Quality.POOR else one.code) for one in items],
        textposition=[places[one.code] for one in items],
        textfont={"size": look.SIZE if kind == Quality.POOR else look.FOOT_SIZE, "color": state.colour},
        hovertext=[_hover(one) for one in items],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _hover(one: Item) -> str:
    facts = {"item": exam_items.name(one.code), "rate": exam_items.share(one.rate)}
    value = exam_items.number(one.discrimination, 2)
    return escape(_("{item}: score rate {rate}, discrimination {value}", **facts, value=value))
