"""How researchers' terms are spread around their quotas: a panel a quota, a dot a researcher, nobody named."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from data.words import N_, _
from pages.display import colours
from pages.display.figures import look
from queries.research import QUOTAS, Duty

NAMES = {"lessons": N_("Lessons observed"), "activities": N_("Research activities"), "mentees": N_("Teachers mentored")}
PANEL_HEIGHT, PANEL_TITLE = 120, 66
MET, SHORT = "#00695c", "#b3391b"
# Dots of values that fall into the same part of the axis are stacked.
BINS = 44


def quotas(duties: Sequence[Duty], title: str, footing: str, *, sample: bool) -> go.Figure:
    """One panel per quota. duties: of one term; who was not on duty is no dot."""
    present = [one for one in duties if one.on_duty]
    height = len(QUOTAS) * PANEL_HEIGHT + (len(QUOTAS) - 1) * PANEL_TITLE
    figure = make_subplots(len(QUOTAS), 1, vertical_spacing=PANEL_TITLE / height)
    look.dress_rows(figure, title, footing, sample=sample, plot_height=height, above=14)
    if not present:
        look.nothing_to_show(figure)
        return figure
    for position, name in enumerate(QUOTAS):
        _add_panel(figure, present, position, name)
    figure.update_yaxes(visible=False)
    figure.update_xaxes(showgrid=False, zeroline=False, showline=True, linecolor=colours.MUTED)
    figure.update_layout(margin={"l": 16, "r": 16})
    return figure


def _add_panel(figure: go.Figure, present: Sequence[Duty], position: int, name: str) -> None:
    done, wanted = [one.done[position] for one in present], present[0].wanted[position]
    highest = max(*done, wanted)
    step = max(1, -(-highest // BINS))
    stacks: Counter[int] = Counter()
    places = []
    for value in sorted(done):
        stacks[value // step] += 1
        places.append((value, stacks[value // step]))
    tallest = max(stacks.values())
    kinds = ((True, _("reached"), MET, "circle"), (False, _("not reached"), SHORT, "diamond-open"))
    for met, kind, colour, symbol in kinds:
        chosen = [place for place in places if (place[0] >= wanted) is met]
        figure.add_trace(
            go.Scatter(
                x=[value for value, _height in chosen],
                y=[height for _value, height in chosen],
                name=kind,
                mode="markers",
                marker={
                    "color": colour,
                    "symbol": symbol,
                    "size": max(5, min(11, 90 // tallest)),
                    "line": {"width": 1.5, "color": colour},
                },
                hovertemplate="%{x}<extra></extra>",
            ),
            row=position + 1,
            col=1,
        )
    line = {"color": colours.TARGET, "width": 2, "dash": "dash"}
    figure.add_vline(wanted, row=position + 1, col=1, line=line)
    figure.update_yaxes(range=[0, max(tallest, 6) + 1], row=position + 1, col=1)
    figure.update_xaxes(range=[-highest * 0.02, highest * 1.04], nticks=7, row=position + 1, col=1)
    facts = {"name": _(NAMES[name]), "wanted": wanted, "met": sum(one >= wanted for one in done), "all": len(done)}
    text = _("{name}: {met} of {all} reach {wanted}", **facts)
    axis = "" if position == 0 else str(position + 1)
    look.beside(figure, f"<b>{escape(text)}</b>", x=0, xanchor="left", yref=f"y{axis} domain", y=1, yanchor="bottom",
                font={"size": look.SIZE})  # fmt: skip
