"""Assigned scores (赋分): raw scores of subjects that pupils choose, put on one scale by rank (domain section 3).

Which rule holds is data, `assigned_rules.yaml`. The true base is the province: what a city computes is 模拟赋分.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.configuration import Bilingual, Strict, read
from queries.exams.papers import round_half_up
from queries.exams.statistics import Distribution, ScoreRow, distribution, number, score_table

FILE = Path(__file__).parent / "assigned_rules.yaml"

Name = Annotated[str, Field(min_length=1)]


class Grade(Strict):
    """A grade: the share of candidates that it is meant for, and the range of its assigned scores, ends included."""

    grade: Name
    share: Annotated[Decimal, Field(gt=0, le=1)]
    top: int
    bottom: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _has_a_range(self) -> "Grade":
        if self.bottom > self.top:
            raise ValueError(f"bottom: {self.bottom} is above the top, {self.top}")
        return self


class Rule(Strict):
    """How raw scores become assigned scores; what the words mean stands in `assigned_rules.yaml`."""

    id: Name
    title: Bilingual
    subjects: Annotated[tuple[Name, ...], Field(min_length=1)]
    rounding: Literal["half_up"]
    cut: Literal["nearer_larger"]
    single: Literal["top"]
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits_together(self) -> "Rule":
        if sum(one.share for one in self.grades) != 1:
            raise ValueError("grades: their shares do not sum to 1")
        if len({one.grade for one in self.grades}) < len(self.grades):
            raise ValueError("grades: one is there twice")
        for higher, lower in pairwise(self.grades):
            if lower.top >= higher.bottom:
                raise ValueError(f"grades: {lower.grade} does not lie below {higher.grade}")
        return self


class Rules(Strict):
    """The whole file."""

    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _have_own_names(self) -> "Rules":
        if len({one.id for one in self.rules}) < len(self.rules):
            raise ValueError("rules: one id is there twice")
        return self


@dataclass(frozen=True)
class Band:
    """What a grade came to: its raw and assigned ranges, ends included, its pupils, the share wanted and the share got.

    raw_low and raw_high are None where nobody is in it.
    """

    grade: str
    raw_low: Decimal | None
    raw_high: Decimal | None
    assigned_low: int
    assigned_high: int
    pupils: int
    wanted: Fraction
    got: Fraction


@dataclass(frozen=True)
class Assignment:
    """A rule applied to the candidates of a subject: its bands from the highest down (none where nobody sat).

    raw, ascending, and assigned are of the same length: which raw score became which assigned one.
    """

    rule: Rule
    bands: tuple[Band, ...]
    raw: tuple[Decimal, ...]
    assigned: tuple[int, ...]

    @property
    def scores(self) -> dict[Decimal, int]:
        """Raw score → assigned score."""
        return dict(zip(self.raw, self.assigned, strict=True))


@cache
def rules() -> dict[str, Rule]:
    """Rules by id, in the order of the file; `BrokenConfiguration` names file and key."""
    return {rule.id: rule for rule in read(FILE, Rules).rules}


def assign(given: Distribution, rule: Rule) -> Assignment:
    """The rule applied to the raw scores of those who sat the subject."""
    groups = list(_groups(score_table(given), rule))
    bands = tuple(_band(grade, rows, number(given)) for grade, rows in groups) if given.scores else ()
    pairs = [pair for grade, rows in groups for pair in _stretched(rows, grade)]
    ascending = tuple(reversed(pairs))
    return Assignment(rule, bands, tuple(raw for raw, _given in ascending), tuple(given for _raw, given in ascending))


def edges(found: Assignment) -> list[Decimal]:
    """The lowest raw scores of grades, those of the lowest grade left out."""
    return [band.raw_low for band in found.bands[:-1] if band.raw_low is not None]


def grade_edges(rule_id: str | None, subject: str, given: Distribution) -> list[Decimal]:
    """Where one grade ends and the next begins by a rule; nowhere if there is no such rule or it is not for the subject."""
    rule = rules().get(rule_id or "")
    return edges(assign(given, rule)) if rule and subject in rule.subjects else []


def assigned_scores(given: Distribution, found: Assignment) -> Distribution:
    """How many pupils of a distribution (all, or a school's) have which assigned score; `KeyError` for other raw scores."""
    scores = found.scores
    return distribution((scores[raw], count) for raw, count in zip(given.scores, given.counts, strict=True))


def _groups(table: Sequence[ScoreRow], rule: Rule) -> Iterator[tuple[Grade, Sequence[ScoreRow]]]:
    """Each grade with its rows of the score table. Cuts lie between scores, so that equal ones are never parted."""
    ends = [0, *(row.at_or_above for row in table)]
    begin = 0
    for grade, reached in zip(rule.grades, accumulate(one.share for one in rule.grades), strict=True):
        end = _nearest(ends, Fraction(reached) * ends[-1])
        yield grade, table[begin:end]
        begin = end


def _nearest(ends: Sequence[int], wanted: Fraction) -> int:
    """The position of the number that is nearest to the wanted one, of the larger where two are equally near."""
    above = bisect_left(ends, wanted)
    if above and wanted - ends[above - 1] < ends[above] - wanted:
        return above - 1
    return above


def _band(grade: Grade, rows: Sequence[ScoreRow], sat: int) -> Band:
    pupils = sum(row.number for row in rows)
    low, high = (rows[-1].score, rows[0].score) if rows else (None, None)
    return Band(grade.grade, low, high, grade.bottom, grade.top, pupils, Fraction(grade.share), Fraction(pupils, sat))


def _stretched(rows: Sequence[ScoreRow], grade: Grade) -> Iterator[tuple[Decimal, int]]:
    """(Y, T) with (Y₂ − Y)/(Y − Y₁) = (T₂ − T)/(T − T₁), Y₁ and Y₂ the lowest and highest raw scores really in the grade."""
    if len(rows) == 1:
        yield rows[0].score, grade.top
    elif rows:
        lowest, highest = Fraction(rows[-1].score), Fraction(rows[0].score)
        steepness = (grade.top - grade.bottom) / (highest - lowest)
        for row in rows:
            yield row.score, round_half_up(grade.bottom + (Fraction(row.score) - lowest) * steepness)
