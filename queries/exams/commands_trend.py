"""`python -m queries exam-trend SERIES`: a cohort from exam to exam, value added and balance, in full precision.

What is withheld is null. Where nothing is known of a place, nobody sat or it is withheld: which of them, would tell.
"""

import argparse
import json
from datetime import date
from typing import Any

from data import terminal
from data.store import Store
from data.words import _
from queries.exams.command import local_viewer
from queries.exams.commands_lines import Commands, print_rows
from queries.exams.document import number
from queries.exams.evenness import Evenness, evenness
from queries.exams.gained import Gain, Gained, gained, measured
from queries.exams.hypercube import WHOLE
from queries.exams.progress import Controlled, Course, Followed, LineCourse, Place, followed
from queries.exams.setup import TOTAL
from queries.exams.statistics import Share
from queries.exams.units import Interval
from queries.exams.value_added import ValueAdded
from queries.opened import readable_store

FINE = 0
PLACE = ("exam", "z", "interval", "comparison")
GAIN = ("level", "id", "name", "match_rate", "residual", "change_of_z")


def add(commands: Commands) -> None:
    """Adds the command to those of `python -m queries`."""
    trend = commands.add_parser("exam-trend", help=_("a cohort from exam to exam of a series"))
    trend.add_argument("series", metavar="SERIES", help=_("cohort and series, such as 2023届/月考"))
    trend.add_argument("--subject", metavar="S", help=_("one paper; without it the total"))
    trend.add_argument("--as-of", metavar="YYYY-MM-DD", type=terminal.day, help=_("as of the end of that day"))
    trend.add_argument("--json", action="store_true", help=_("answer in JSON"))
    trend.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the figures; `Refused` where there is no such series."""
    store = readable_store()
    found = followed(store, given.series, given.subject or TOTAL, given.as_of, local_viewer())
    document = trend_document(found) | _exam_by_exam(store, found, given.as_of)
    if given.json:
        print(json.dumps(document, ensure_ascii=False))
        return FINE
    print(f"{found.series.id} · {found.subject or 'total'}")
    for unit in document["units"]:
        print(f"{unit['level']} {unit['name']} ({unit['id']})")
        print_rows(unit["places"], PLACE)
    for one in document["value_added"]:
        print(f"{one['entry']} → {one['exam']}")
        print_rows(one["units"], GAIN)
    return FINE


def trend_document(found: Followed) -> dict[str, Any]:
    """A cohort's way as keys and numbers; `whole`: mean shares of full marks, of a single paper only."""
    return {
        "series": found.series.id,
        "subject": found.subject or None,
        "exams": [{"exam": one.id, "name": one.name, "date": one.last_day.isoformat()} for one in found.series.exams],
        "whole": _whole(found),
        "units": [_unit(found, one) for one in found.courses],
        "lines": [_line(found, one) for one in found.line_courses],
        "data_version": found.data_version,
    }


def _exam_by_exam(store: Store, found: Followed, as_of: date | None) -> dict[str, Any]:
    """Value added of the exams that are measured from an earlier one, and the balance of all."""
    viewer, known = local_viewer(), {one.id for one in measured(store, as_of)}
    ids = [one.id for one in found.series.exams]
    return {
        "value_added": [_gains(gained(store, one, found.subject, as_of, viewer)) for one in ids if one in known],
        "balance": [_balance(evenness(store, one, as_of, viewer)) for one in ids],
    }


def _whole(found: Followed) -> dict[str, Any] | None:
    if not found.shares:
        return None
    controlled = found.controlled(WHOLE)
    return {
        "difficulty": [number(one) for one in found.shares],
        "limits": _limits(controlled),
        "flags": _flags(controlled),
    }


def _unit(found: Followed, one: Course) -> dict[str, Any]:
    controlled = found.controlled(one.code)
    return {
        "level": "school" if one.is_school else "area",
        "id": one.code,
        "name": one.name,
        "places": [_place(place) for place in one.places],
        "change": one.change.value if one.change else None,
        "limits": _limits(controlled),
        "flags": _flags(controlled),
    }


def _place(one: Place) -> dict[str, Any]:
    return {
        "exam": one.exam_id,
        "z": number(one.z),
        "interval": _ends(one.interval),
        "comparison": one.comparison.value if one.comparison else None,
        "above_others": number(one.above),
    }


def _limits(one: Controlled) -> dict[str, Any] | None:
    """The limits of noise (XmR); trial: of fewer points than they want."""
    if one.chart is None:
        return None
    limits = one.chart.limits
    return {
        "mean": number(limits.mean),
        "lower": number(limits.lower),
        "upper": number(limits.upper),
        "trial": one.chart.trial,
    }


def _flags(one: Controlled) -> list[dict[str, Any]]:
    """What is no noise, oldest first: a point outside the limits or a run, from its first exam to its last."""
    return [
        {
            "rule": signal.flag.rule.value,
            "side": "above" if signal.flag.side > 0 else "below",
            "first": one.exams[signal.first].id,
            "last": one.exams[signal.last].id,
        }
        for signal in (one.chart.signals if one.chart else ())
    ]


def _line(found: Followed, one: LineCourse) -> dict[str, Any]:
    exams = [heading.id for heading in found.series.exams]
    return {
        "line": one.line,
        "track": one.track,
        "id": one.code or None,
        "rates": [{"exam": exam, **_share(share)} for exam, share in zip(exams, one.rates, strict=True)],
    }


def _share(one: Share | None) -> dict[str, Any]:
    return {
        "above": one.numerator if one else None,
        "n": one.denominator if one else None,
        "line_rate": number(one.value) if one else None,
    }


def _gains(found: Gained) -> dict[str, Any]:
    return {
        "exam": found.exam.id,
        "entry": found.entry.id,
        **_matched(found.matched),
        "units": [_gain(one) for one in found.gains],
    }


def _gain(one: Gain) -> dict[str, Any]:
    return {
        "level": "area" if one.is_area else "school",
        "id": one.code,
        "name": one.name,
        **_matched(one.matched),
        **_value("residual", one.residual),
        "comparison": one.comparison.value if one.comparison else None,
        **_value("change_of_z", one.change),
    }


def _matched(one: Share | None) -> dict[str, Any]:
    return {
        "matched": one.numerator if one else None,
        "sat": one.denominator if one else None,
        "match_rate": number(one.value) if one else None,
    }


def _value(name: str, one: ValueAdded | None) -> dict[str, Any]:
    return {name: one.mean if one else None, f"{name}_interval": _ends(one.interval) if one else None}


def _balance(found: Evenness) -> dict[str, Any]:
    return {
        "exam": found.exam_id,
        "units": [
            {
                "level": "area" if one.is_area else "school",
                "id": one.code,
                "name": one.name,
                "balance": one.spread,
                "weak": [each.subject for each in one.weak],
                "subjects": [
                    {"subject": each.subject, "z": number(each.z), "interval": _ends(each.interval)}
                    for each in one.subjects
                ],
            }
            for one in found.units
        ],
    }


def _ends(one: Interval | None) -> list[float] | None:
    return [one.low, one.high] if one else None
