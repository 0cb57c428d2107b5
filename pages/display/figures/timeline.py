"""School projects on a time line, a row a project: what was planned, what was done when, and the part that came too late."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import plotly.graph_objects as go

from data.plan import plan
from data.words import _
from pages.display import colours, construction, numbers, sentences, states
from pages.display.figures import look
from queries.answers import Answer
from queries.construction import Milestone, Project
from queries.progress import Status

# More rows than these are not read; the table and the file have them all.
MOST = 40
ROW_HEIGHT, ABOVE, MARK_HEIGHT = 40, 84, 34
# Where the planned line runs below the bar, in rows, and the widths of both in pixels.
BELOW, BAR, PLANNED = 0.17, 9, 3
# The longest line above a bar in half-width characters: what a phone can show.
NAME_WIDTH = 44
# So many years have a tick each; of more, every second one.
MOST_TICKS = 6
LATE = states.state(Status.DETERIORATING).colour
BUILDING, WAITING, PLAN = colours.WHOLE, "#7ba3d0", "#a9b4c0"

Span = tuple[date, date]


def timeline(found: Sequence[Project], register: Answer, sentence: str, day: date) -> go.Figure:
    """The projects in their order, up to `MOST` of them; register: an answer made from the same rows.

    Its traces are named in the reader's words: what was planned, under construction, built and not in use, later than
    planned, handed over, opened; and the projects, whose texts are shown on pointing.
    """
    shown = found[:MOST]
    figure = go.Figure()
    title = (
        sentence if len(found) <= MOST else _("{sentence}; the first {most} are drawn", sentence=sentence, most=MOST)
    )
    height = ROW_HEIGHT * max(len(shown), 3)
    footing = sentences.footing(register, _("days"))
    look.dress_rows(figure, title, footing, sample=register.sample, plot_height=height, above=ABOVE)
    if not shown:
        look.nothing_to_show(figure)
        return figure
    areas = {one.area: sentences.area(register, one.area) for one in register.areas}
    spans_by_name = {
        _("planned"): ([_planned(one) for one in shown], PLAN, PLANNED),
        _("under construction"): ([_building(one) for one in shown], BUILDING, BAR),
        _("built, not in use"): ([_waiting(one) for one in shown], WAITING, BAR),
        _("later than planned"): ([late(one) for one in shown], LATE, BAR),
    }
    for name, (spans, colour, width) in spans_by_name.items():
        figure.add_trace(bars(name, spans, colour, width, BELOW if width == PLANNED else 0))
    figure.add_trace(marks(_("handed over"), [one.handover.done for one in shown], "diamond", "white"))
    figure.add_trace(marks(_("opened"), [one.opening.done for one in shown], "circle", BUILDING))
    ends = [max(_days(one), default=day) for one in shown]
    figure.add_trace(pointed(_("Project"), ends, [_told(one, areas) for one in shown]))
    _write(figure, shown, areas, day)
    _axis(figure, [point for one in shown for point in _days(one)], day)
    figure.update_yaxes(visible=False, range=[-len(shown) + 0.5, 0.9])
    return figure


def late(one: Project) -> Span | None:
    """The part of a row that is later than planned: from the planned day to the step, or to the day that is looked at."""
    if one.delay is None or not one.delay.days or one.delay.milestone.planned is None:
        return None
    return one.delay.milestone.planned, one.delay.milestone.done or one.day


def _planned(one: Project) -> Span | None:
    days = [each.planned for each in one.milestones if each.planned]
    return (min(days), max(days)) if days else None


def _building(one: Project) -> Span | None:
    """From the start to the completion; a building that is not finished is drawn up to its opening or the day."""
    return _from_to(one.start, one.completion.done or _end(one))


def _waiting(one: Project) -> Span | None:
    return _from_to(one.completion, _end(one))


def _from_to(one: Milestone, end: date) -> Span | None:
    return (one.done, end) if one.done else None


def _end(one: Project) -> date:
    return one.opening.done or one.cancelled_on or one.day


def _days(one: Project) -> list[date]:
    """Every day that a row draws."""
    spans = (_planned(one), _building(one), _waiting(one), late(one))
    return [point for span in spans if span for point in span]


def bars(name: str, spans: Sequence[Span | None], colour: str, width: int, below: float) -> go.Scatter:
    """One line for all rows, broken between them."""
    x: list[str | None] = []
    y: list[float | None] = []
    for row, span in enumerate(spans):
        if span:
            x += [span[0].isoformat(), span[1].isoformat(), None]
            y += [-row - below, -row - below, None]
    line = {"color": colour, "width": width}
    return go.Scatter(x=x, y=y, name=name, mode="lines", line=line, hoverinfo="skip", connectgaps=False)


def marks(name: str, days: Sequence[date | None], symbol: str, colour: str) -> go.Scatter:
    points = [(day.isoformat(), -row) for row, day in enumerate(days) if day]
    marker = {"symbol": symbol, "size": 10, "color": colour, "line": {"color": BUILDING, "width": 1.5}}
    return go.Scatter(
        x=[x for x, _row in points],
        y=[row for _day, row in points],
        name=name,
        mode="markers",
        marker=marker,
        hoverinfo="skip",
    )


def pointed(name: str, days: Sequence[date], texts: Sequence[str]) -> go.Scatter:
    """An unseen point in every row that tells its days."""
    return go.Scatter(
        x=[day.isoformat() for day in days],
        y=[-row for row in range(len(days))],
        text=texts,
        name=name,
        mode="markers",
        marker={"size": 16, "color": "rgba(0, 0, 0, 0)"},
        hovertemplate="%{text}<extra></extra>",
    )


def _told(one: Project, areas: Mapping[str, str]) -> str:
    lines = [f"<b>{escape(one.name)}</b>", f"{escape(areas.get(one.area, one.area))} · {construction.phase(one)}"]
    for each in one.milestones:
        done = numbers.day(each.done) if each.done else _("not yet")
        lines.append(f"{construction.milestone(each)}: {done}")
    return "<br>".join([*lines, construction.delay(one)])


def _write(figure: go.Figure, shown: Sequence[Project], areas: Mapping[str, str], day: date) -> None:
    """The name above every row and how late it is behind it."""
    widest = 0
    for row, one in enumerate(shown):
        name = look.clipped(f"{one.name} · {areas.get(one.area, one.area)}", NAME_WIDTH)
        figure.add_annotation(
            text=escape(name), x=0, xref="paper", xanchor="left", y=-row, yshift=15, showarrow=False, font={"size": look.SMALL_SIZE}
        )  # fmt: skip
        state, text = construction.delay_state(one), construction.delay(one)
        widest = max(widest, look.width(text))
        figure.add_annotation(
            text=f"<b>{escape(text)}</b>", x=max(_days(one), default=day).isoformat(), xanchor="left", xshift=8, y=-row,
            showarrow=False, bgcolor="rgba(255,255,255,0.85)", font={"size": look.SMALL_SIZE, "color": state.colour},
        )  # fmt: skip
    figure.update_layout(margin={"l": 12, "r": round(24 + widest * look.CHARACTER)})
    look.beside(figure, _key(), x=0, xanchor="left", y=1, yanchor="bottom", yshift=2 + 2 * MARK_HEIGHT, align="left",
                font={"size": look.FOOT_SIZE, "color": colours.SOFT_TEXT})  # fmt: skip


def _key() -> str:
    """What the colours and signs stand for, in two lines that fit on a phone."""
    signs = [
        (BUILDING, "━", _("under construction")),
        (WAITING, "━", _("built, not in use")),
        (LATE, "━", _("later than planned")),
        (PLAN, "━", _("planned")),
        (BUILDING, "◇", _("handed over")),
        (BUILDING, "●", _("opened")),
    ]
    said = [f"<span style='color:{colour}'><b>{sign}</b></span> {escape(word)}" for colour, sign, word in signs]
    return "  ".join(said[:3]) + "<br>" + "  ".join(said[3:])


def _axis(figure: go.Figure, days: Sequence[date], day: date) -> None:
    """Years below; the day that is shown and the plan's last day as upright lines, named one above the other."""
    first, last = min(day, *days, plan().ends), max(day, *days, plan().ends)
    ticks = "M12" if last.year - first.year <= MOST_TICKS else "M24"
    figure.update_xaxes(
        type="date", range=[first.isoformat(), last.isoformat()], dtick=ticks, tickformat="%Y", tickangle=0,
        gridcolor=colours.GRID, showgrid=True, tickfont={"size": look.SMALL_SIZE},
    )  # fmt: skip
    marks = {plan().ends: _("end of the plan"), day: _("day shown")}
    for number, (moment, text) in enumerate(marks.items()):
        figure.add_vline(moment.isoformat(), line={"color": colours.SOFT_TEXT, "width": 1.2, "dash": "dot"})
        side = "left" if (moment - first) * 2 < last - first else "right"
        look.beside(
            figure, f"{text}<br>{numbers.day(moment)}", x=moment.isoformat(), xref="x", xanchor=side, align=side, y=1,
            yanchor="bottom", yshift=2 + MARK_HEIGHT * number, font={"size": look.FOOT_SIZE, "color": colours.SOFT_TEXT},
        )  # fmt: skip
