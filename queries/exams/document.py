"""The figures of an exam as plain values for the command line and other programs: full precision, named as the field does.

What is withheld is null and says "withheld": true; what is undefined is null too, and does not.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from queries.exams.attendance import Attendance
from queries.exams.consistency import NOTHING, Consistency, Reliability
from queries.exams.figures import Table, Unit
from queries.exams.overview import Overview, PaperFigures
from queries.exams.setup import TOTAL
from queries.exams.statistics import Rate, Share


def of_exam(found: Overview, subject: str | None = None) -> dict[str, Any]:
    """An exam: every paper, or one (`TOTAL`: none), its totals, who sat, and how reliable it is track by track."""
    return {
        "exam": found.exam.id,
        "name": found.exam.name,
        "date": found.exam.last_day.isoformat(),
        "track": found.track,
        "participation": _attendance(found.attendance),
        "papers": [_paper(one) for one in found.papers if subject in (None, one.subject)],
        "total": of_unit(found.totals),
        "reliability": [_reliability(one) for one in found.reliability],
    }


def of_units(
    found: Table, units: Sequence[Unit], participation: Mapping[str, Fraction], measures: Mapping[str, Consistency]
) -> dict[str, Any]:
    """Some units of a table, and what they are part of.

    participation: 参考率 of the exam by area and school, measures: their D or α, both as far as they are told.
    """
    measure = "alpha" if found.subject == TOTAL else "discrimination"
    return {
        "subject": None if found.subject == TOTAL else found.subject,
        "whole": of_unit(found.whole),
        "units": [
            {
                **of_unit(one),
                "participation": number(participation.get(one.id)),
                measure: number(getattr(measures.get(one.id, NOTHING), measure)),
            }
            for one in units
        ],
    }


def of_unit(one: Unit) -> dict[str, Any]:
    quartiles = one.quartiles or (None,) * 3
    return {
        "level": one.level.value,
        "id": one.id,
        "unit": one.name,
        "n": one.number,
        "mean": number(one.mean),
        "sd": one.sd,
        **{name: number(mark) for name, mark in zip(("q1", "median", "q3"), quartiles, strict=True)},
        "difficulty": number(one.difficulty),
        **{rate.value: _rate(one, rate) for rate in Rate if one.full is not None},
        "interval": [one.interval.low, one.interval.high] if one.interval else None,
        "comparison": one.comparison.value if one.comparison else None,
        "withheld": one.withheld,
    }


def number(exact: Fraction | None) -> int | float | None:
    """The nearest double, which JSON prints with up to 17 digits."""
    if exact is None:
        return None
    return exact.numerator if exact.denominator == 1 else float(exact)


def _rate(one: Unit, rate: Rate) -> dict[str, Any]:
    share: Share | None = (one.rates or {}).get(rate)
    told = one.rates is not None and rate in one.rates
    return {
        "count": share.numerator if share else None,
        "share": number(share.value) if share else None,
        "withheld": one.withheld or (told and share is None),
    }


def _paper(one: PaperFigures) -> dict[str, Any]:
    return {
        "subject": one.subject,
        **of_unit(one.unit),
        "discrimination": number(one.discrimination),
        "quality": one.quality.value if one.quality else None,
        "absence": _absence(one.attendance),
    }


def _absence(one: Attendance) -> dict[str, Any]:
    return {"absent": one.absent, "exempt": one.exempt, "missing": one.missing, "without_mark": one.without}


def _attendance(one: Attendance) -> dict[str, Any]:
    return {"sat": one.sat, "roll": one.roll, "share": number(one.share), "withheld": one.sat is None}


def _reliability(one: Reliability) -> dict[str, Any]:
    return {
        "track": one.track,
        "papers": one.papers,
        "n": one.pupils,
        "alpha": number(one.alpha),
        "withheld": one.pupils is None,
    }
