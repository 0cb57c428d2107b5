"""What the rule of consequences says of a school, from its verdicts year by year. Pure: no store, no clock.

A school met its targets of a year if it met every item: one that fell short makes a missed year, and while none did but
a result is missing there is no verdict.

Only years that a version of the rule covers count; a year before the rule is shown and has no consequence. The plan names
the principal, the data name the school: the count goes on from year to year whoever leads it (our reading), and begins
anew after a replacement that the data record.

A year without a verdict is no miss, and it does not break a row of misses silently either: what is sure counts from
that year on, what is possible counts through it, as if it were missed. Only what is sure has a consequence; where more
is possible, the run says so and names the years that are open. A year that nobody reported between two others is such
a year too; years before the first report are unknown and not counted.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from queries.accountability.rule import Rule, Step, Version


class Verdict(StrEnum):
    """Whether a school met its targets of a year."""

    MET = "met"
    MISSED = "missed"
    OPEN = "open"


@dataclass(frozen=True)
class Run:
    """Missed years in a row, the last of them the year that is looked at; open_years: those that could make it longer."""

    sure: int = 0
    possible: int = 0
    open_years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Judged:
    """One year of a school. step: what the rule says follows from it, None for nothing."""

    year: int
    verdict: Verdict
    run: Run
    step: Step | None
    version: Version | None


@dataclass(frozen=True)
class Standing:
    """Where a school stands after its last year with a verdict, and what the next year would bring.

    now: that year, None where there is none yet; if_open_missed: what would follow from it if the years without a
    verdict turned out missed, where that is another step. next_year: the year after it; if_missed: what would follow,
    after so many years in_a_row. If the next year is met, nothing follows and the count begins anew.
    """

    now: Judged | None
    if_open_missed: Step | None
    next_year: int
    in_a_row: int
    if_missed: Step | None


def met(comparison: str, target: Decimal, result: Decimal | None) -> bool | None:
    """Whether an item reached its target, which it does where both are equal; None without a result."""
    if result is None:
        return None
    return result >= target if comparison == "不低于" else result <= target


def verdict(items: Iterable[bool | None]) -> Verdict:
    """The verdict of a year from its items; no item at all is no verdict."""
    found = list(items)
    if False in found:
        return Verdict.MISSED
    return Verdict.MET if found and None not in found else Verdict.OPEN


def anew(year: int, replaced_on: date) -> int:
    """The year with which the count begins anew after a replacement that the rows of a year record.

    It is the year of the replacement, but none before the one that follows: the year that led to it stays the old
    principal's.
    """
    return max(year + 1, replaced_on.year)


def judged(verdicts: Mapping[int, Verdict], rule: Rule, begins: Collection[int] = ()) -> tuple[Judged, ...]:
    """Every year from the first to the last that was reported, oldest first. begins: the years that count anew."""
    if not verdicts:
        return ()
    years = range(min(verdicts), max(verdicts) + 1)
    counted = {year: verdicts.get(year, Verdict.OPEN) for year in years if rule.of_year(year)}
    return tuple(
        _judged(year, verdicts.get(year, Verdict.OPEN), _run(counted, year, begins), rule.of_year(year))
        for year in years
    )


def standing(years: tuple[Judged, ...], rule: Rule, begins: Collection[int] = ()) -> Standing | None:
    """Where a school stands; None where nothing was ever reported. begins: as in `judged`."""
    if not years:
        return None
    now = next((one for one in reversed(years) if one.verdict != Verdict.OPEN), None)
    next_year = max(now.year + 1 if now else years[0].year, rule.first_year)
    in_a_row = now.run.sure + 1 if now and next_year not in begins else 1
    version = rule.of_year(next_year)
    if_missed = version.step(in_a_row) if version else None
    return Standing(now, _if_open_missed(now), next_year, in_a_row, if_missed)


def _if_open_missed(now: Judged | None) -> Step | None:
    if now is None or now.version is None:
        return None
    possible = now.version.step(now.run.possible)
    return None if possible == now.step else possible


def _judged(year: int, found: Verdict, run: Run, version: Version | None) -> Judged:
    return Judged(year, found, run, version.step(run.sure) if version else None, version)


def _run(verdicts: Mapping[int, Verdict], year: int, begins: Collection[int]) -> Run:
    """The row of misses that ends with a year; none where the year is not missed, or does not count."""
    if verdicts.get(year) != Verdict.MISSED:
        return Run()
    unbroken: list[int] = []
    while verdicts.get(year, Verdict.MET) != Verdict.MET:
        unbroken.append(year)
        if year in begins:
            break
        year -= 1
    open_years = tuple(sorted(one for one in unbroken if verdicts[one] == Verdict.OPEN))
    sure = unbroken.index(open_years[-1]) if open_years else len(unbroken)
    return Run(sure, len(unbroken), open_years)
