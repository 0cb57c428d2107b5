"""The reports of a year on a time line, a row a report: when it was due, made and published, and the days that it was late."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, numbers, report_calendar, terms
from pages.display.figures import look
from pages.display.figures.timeline import BAR, BUILDING, LATE, MOST, NAME_WIDTH, PLAN, ROW_HEIGHT, bars, marks, pointed
from queries.report_calendar import Report

# The axis goes on for so many days behind the last day of a report: what is late for years would leave no room for the rest.
BEYOND = timedelta(days=45)
ABOVE, MOST_TICKS = 44, 6


def report_calendar_figure(
    found: Sequence[Report], title: str, footing: str, names: Mapping[str, str], *, sample: bool
) -> go.Figure:
    """The reports in their order, up to `MOST` of them.

    Its traces are named in the reader's words: late, due, made, published; and the reports, whose texts are shown on pointing.
    """
    shown, figure = found[:MOST], go.Figure()
    height = ROW_HEIGHT * max(len(shown), 3)
    look.dress_rows(figure, title, footing, sample=sample, plot_height=height, above=ABOVE)
    if not shown:
        look.nothing_to_show(figure)
        return figure
    days = [day for one in shown for day in (one.due_on, one.made_on, one.published_on) if day]
    first, last = min(days) - timedelta(days=15), max(days) + BEYOND
    late = [(one.due_on, min(_end(one), last)) if one.days_late and _end(one) > one.due_on else None for one in shown]
    figure.add_trace(bars(_("overdue"), late, LATE, BAR, 0))
    figure.add_trace(marks(_("due"), [one.due_on for one in shown], "line-ns-open", PLAN))
    figure.add_trace(marks(_("made"), [one.made_on for one in shown], "diamond", "white"))
    figure.add_trace(marks(_("published"), [one.published_on for one in shown], "circle", BUILDING))
    figure.add_trace(pointed(_("Report"), [one.due_on for one in shown], [_told(one, names) for one in shown]))
    _write(figure, shown, names)
    _axis(figure, first, last, shown[0].day)
    figure.update_yaxes(visible=False, range=[-len(shown) + 0.5, 0.9])
    return figure


def _end(one: Report) -> date:
    """Up to which day a report was, or is, awaited."""
    return one.published_on if one.is_published and one.published_on else one.day


def _told(one: Report, names: Mapping[str, str]) -> str:
    days = {_("due"): one.due_on, _("made"): one.made_on, _("published"): one.published_on}
    lines = [f"<b>{escape(one.report)}</b>", f"{escape(names.get(one.office, one.office))} · {terms.report(one.kind)}"]
    lines += [f"{word}{_(': ')}{numbers.day(day) if day else _('not yet')}" for word, day in days.items()]
    return "<br>".join([*lines, report_calendar.standing(one)])


def _write(figure: go.Figure, shown: Sequence[Report], names: Mapping[str, str]) -> None:
    """The name above every row, how it stands behind the plot, and what the signs stand for."""
    widest = 0
    for row, one in enumerate(shown):
        state = report_calendar.look(one)
        text = f"{state.shape} {report_calendar.in_short(one)}"
        name = look.clipped(f"{one.report} · {names.get(one.office, one.office)}", NAME_WIDTH)
        look.beside(
            figure, escape(name), x=0, xanchor="left", y=-row, yref="y", yshift=15, font={"size": look.SMALL_SIZE}
        )
        widest = max(widest, look.width(text))
        font = {"size": look.FOOT_SIZE, "color": state.colour}
        look.beside(figure, escape(text), x=1, xanchor="left", xshift=8, y=-row, yref="y", font=font)
    figure.update_layout(margin={"l": 12, "r": round(20 + widest * look.CHARACTER * 0.9)})
    signs = [
        (PLAN, "|", _("due")),
        (BUILDING, "◇", _("made")),
        (BUILDING, "●", _("published")),
        (LATE, "━", _("overdue")),
    ]
    key = "  ".join(f"<span style='color:{colour}'><b>{sign}</b></span> {escape(word)}" for colour, sign, word in signs)
    font = {"size": look.FOOT_SIZE, "color": colours.SOFT_TEXT}
    look.beside(figure, key, x=0, xanchor="left", y=1, yanchor="bottom", yshift=22, align="left", font=font)


def _axis(figure: go.Figure, first: date, last: date, day: date) -> None:
    """Months below; the day that is shown, where it lies within, as an upright line."""
    months = max(1, round((last - first).days / 30.4 / MOST_TICKS))
    figure.update_xaxes(
        type="date",
        range=[first.isoformat(), last.isoformat()],
        dtick=f"M{months}",
        tickformat="%Y<br>-%m",
        tickangle=0,
        gridcolor=colours.GRID,
        showgrid=True,
        tickfont={"size": look.SMALL_SIZE},
    )
    if first <= day <= last:
        figure.add_vline(day.isoformat(), line={"color": colours.SOFT_TEXT, "width": 1.2, "dash": "dot"})
        font = {"size": look.FOOT_SIZE, "color": colours.SOFT_TEXT}
        look.beside(figure, _("day shown"), x=day.isoformat(), xref="x", y=1, yanchor="bottom", yshift=2, font=font)
