"""Teachers' and civil servants' mean pay side by side in every area, as columns of their components."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, numbers, sentences, states
from pages.display import incentives as said
from pages.display.figures import look
from pages.display.figures.course import spread
from queries.answers import Answer
from queries.incentives import COMPONENTS, Component, Pay, Side, pay_definitions
from queries.progress import Status

LIGHT_FROM = 2
# A component below this share of the highest column has no room for its number.
SMALLEST_LABELLED = 0.055
AREA_WIDTH = 12
TEN_THOUSAND = Decimal(10_000)


def pay(answer: Answer, rows: Sequence[Pay]) -> go.Figure:
    """Two columns an area, teachers on the left; above them the ratio and its verdict."""
    figure = go.Figure()
    heads = [_head(answer, one) for one in rows]
    above = look.LINE * max((head.count("<br>") + 1 for head in heads), default=1)
    look.dress(figure, answer, said.pay_title(answer, rows), plot_height=300, above=above)
    if not rows:
        look.nothing_to_show(figure)
        return figure
    sides = [
        (3 * at + offset, side) for at, one in enumerate(rows) for offset, side in ((0, one.teacher), (1, one.civil))
    ]
    highest = max((sum(_given(side).values(), Decimal(0)) for _place, side in sides), default=Decimal(1)) or Decimal(1)
    for position, component in enumerate(COMPONENTS):
        figure.add_trace(_columns(sides, component, position, highest))
    for at, head in enumerate(heads):
        look.beside(figure, head, x=3 * at + 0.5, xref="x", y=1, yanchor="bottom", yshift=2)
    _axes(figure, sides, highest, [sentences.area(answer, one.area) for one in rows])
    _name_components(figure, sides[-1][1], highest)
    return figure


def _given(side: Side) -> dict[Component, Decimal]:
    return {name: amount for name in COMPONENTS if (amount := side.components[name]) is not None}


def _columns(sides: Sequence[tuple[int, Side]], component: Component, position: int, highest: Decimal) -> go.Bar:
    amounts = [side.components[component] or Decimal(0) for _place, side in sides]
    return go.Bar(
        x=[place for place, _side in sides],
        y=[float(amount) for amount in amounts],
        width=0.9,
        text=[
            numbers.decimal(amount / TEN_THOUSAND, 2) if amount >= highest * Decimal(str(SMALLEST_LABELLED)) else ""
            for amount in amounts
        ],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        name=escape(said.component(component)),
        marker={"color": colours.part(position), "line": {"color": "white", "width": 1}},
        textfont={"size": look.FOOT_SIZE, "color": "white" if position < LIGHT_FROM else colours.TEXT},
        hoverinfo="skip",
    )


def _head(answer: Answer, one: Pay) -> str:
    compared = one.compared(next(iter(pay_definitions().values())))
    name = "<br>".join(map(escape, look.wrapped(sentences.area(answer, one.area), AREA_WIDTH)))
    if compared.ratio is None:
        nothing = escape(_("no ratio"))
        return f"<b>{name}</b><br>{nothing}"
    state = states.state(Status.ACHIEVED if compared.met else Status.MISSED)
    shown = numbers.value(answer.definition, compared.ratio, answer.definition.targets[0])
    return f"<b>{name}</b><br><span style='color:{state.colour}'><b>{shown}</b> {state.shape}</span>"


def _axes(figure: go.Figure, sides: Sequence[tuple[int, Side]], highest: Decimal, areas: Sequence[str]) -> None:
    figure.update_layout(barmode="stack")
    names = (_("teachers"), _("civil servants"))
    look.name_places(figure, {place: f"{areas[place // 3]} {names[place % 3]}" for place, _side in sides})
    # Two names under every pair of columns would not fit on a phone: one line says them for all.
    figure.update_xaxes(showticklabels=False, range=[-0.6, sides[-1][0] + 0.6], showgrid=False)
    key = {"size": look.SMALL_SIZE, "color": colours.SOFT_TEXT}
    sides_named = _("left: teachers · right: civil servants (10,000 yuan)")
    incomplete = [(place, side) for place, side in sides if side.missing]
    for place, side in incomplete:  # a column that lacks a component is no whole
        top = float(sum(_given(side).values(), Decimal(0)))
        look.beside(
            figure, "<b>?</b>", x=place, xref="x", y=top, yref="y", yanchor="bottom", font={"size": look.TITLE_SIZE}
        )
    if incomplete:
        sides_named = _("{sides} · ? a component is missing", sides=sides_named)
    said_below = "<br>".join(map(escape, look.wrapped(sides_named, look.TITLE_WIDTH)))
    look.beside(figure, said_below, x=0, xanchor="left", y=0, yanchor="top", yshift=-4, align="left", font=key)
    figure.update_yaxes(visible=False, range=[0, float(highest)])


def _name_components(figure: go.Figure, last: Side, highest: Decimal) -> None:
    """Names the components beside the last column, at their heights, instead of in a legend."""
    base, middles = Decimal(0), []
    for name in COMPONENTS:
        amount = last.components[name] or Decimal(0)
        middles.append(float((base + amount / 2) / highest))
        base += amount
    widest = 0
    for position, (name, place) in enumerate(zip(COMPONENTS, spread(middles, 0.08), strict=True)):
        text = said.component(name)
        widest = max(widest, look.width(text))
        font = {"size": look.FOOT_SIZE, "color": colours.part_text(position)}
        look.beside(figure, f"■ {escape(text)}", x=1, xanchor="left", xshift=2, y=place, font=font)
    figure.update_layout(margin_r=round(26 + widest * look.CHARACTER * 0.95))
