"""Asks the store again what a number in a document should be. What the document was built from is not looked at.

A number is read as a reader reads it, digit by digit, and compared with the exact answer at the precision that it shows.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property, partial

from data.contract import contracts
from data.plan import plan
from data.problem import Refused
from data.store import end_of_day
from data.words import _, pick
from pages.display import numbers
from pages.display.bound import Source
from pages.display.report.content import Question
from queries import answers, appraisal
from queries.answers import Answer, Point, Trajectory
from queries.appraisal.firmness import SWAY, Firmness, pairs
from queries.catalogue import Definition, Target, catalogue
from queries.periods import year_of
from queries.progress import Standing, standing_of
from queries.standings import overdue

# Decimals of what is rounded; all else stands as it is.
DECIMALS = {"score": 2, "gain": 2, "item loss": 2}
NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Read:
    """A number as it is printed: its value, what its last digit counts, and the words around it."""

    value: Fraction
    step: Fraction
    around: str


def read(text: str) -> Read | None:
    """The one number of a text; None where it holds none, or several."""
    found = NUMBER.findall(text)
    if len(found) != 1:
        return None
    plain = found[0].replace(",", "").replace("−", "-")
    try:
        exact = Decimal(plain)
    except InvalidOperation:
        return None
    places = len(plain.partition(".")[2])
    return Read(Fraction(exact), Fraction(1, 10**places), NUMBER.sub("", text).strip())


def shows(text: str, exact: Fraction, places: int | None = None) -> bool:
    """Whether a text's number is the exact one, rounded to so many decimals (None: not rounded at all)."""
    found = read(text)
    if found is None or places is None:
        return found is not None and found.value == exact
    step = Fraction(1, 10**places)
    return found.step == step and abs(found.value - exact) <= step / 2


@dataclass
class AskedAgain:
    """Answers for one document, each computed afresh from the rows when a number first asks for it.

    `wrong` tells what should stand in a place, None where it is right; `exact` the number that a workbook's cell holds.
    """

    question: Question
    _answers: dict[str, Answer] = field(default_factory=dict)
    _years: dict[str, Mapping[int, appraisal.Year]] = field(default_factory=dict)

    def wrong(self, source: Source, text: str) -> str | None:
        kind, *about = source
        try:
            if kind in self._texts:
                return self._texts[kind](text, *about)
            exact, places = abs(self.exact(source)) if kind == "change" else self.exact(source), DECIMALS.get(kind)
        except (Refused, LookupError, TypeError, ValueError, AttributeError, StopIteration):
            return _("no number: nothing is known of its source “{source}”", source=" ".join(source))
        right = numbers.printed(exact) if places is None else numbers.decimal(exact, places)
        return None if shows(text, exact, places) else right

    def exact(self, source: Source) -> Fraction:
        """The number that a source asks for, shares from 0 to 1; KeyError and the like where there is none such."""
        kind, *about = source
        return Fraction(self._numbers[kind](*about))

    @cached_property
    def _texts(self) -> Mapping[str, Callable[..., str | None]]:
        """What more than a number must be right in: a unit, a sign, a period's name, a title."""
        return {
            "value": self._value, "target": self._target, "gap": self._gap, "period": self._period,
            "title": self._title, "dataset": self._dataset, "plan": self._plan, "notice": self._notice,
            "item": self._item,
        }  # fmt: skip

    @cached_property
    def _numbers(self) -> Mapping[str, Callable[..., Fraction | int]]:
        return {
            "value": self._exact_value, "target": self._exact_target, "gap": self._exact_gap, "more": self._more,
            "clause": self._clause, "indicators": self._indicators, "standing": self._standing,
            "overdue": self._overdue, "version": self._version, "score": self._score, "place": self._place,
            "change": self._change, "gain": self._gain, "year": self._year, "districts": self._districts,
            "pairs": self._pairs, "open": self._open, "limit": self._limit,
            **{f"item {measure}": partial(self._of_item, measure) for measure in ("weight", "full", "score", "loss")},
        }  # fmt: skip

    # Indicators

    def answer(self, name: str) -> Answer:
        if name not in self._answers:
            self._ask([name])
        return self._answers[name]

    def _ask(self, names: list[str]) -> None:
        asked = self.question
        self._answers |= answers.afresh(asked.store, names, asked.as_of, asked.viewer, asked.day)

    @cached_property
    def every(self) -> tuple[Answer, ...]:
        names = list(answers.visible(self.question.viewer))
        self._ask([name for name in names if name not in self._answers])
        return tuple(self._answers[name] for name in names)

    def _point(self, name: str, area: str, part: str, period: str) -> Point:
        found = self.answer(name)
        wanted = (area, part, int(period))
        points = (*found.area(area).points, *found.parts)
        return next(one for one in points if (one.area, one.part or "", one.period) == wanted)

    def _exact_value(self, name: str, area: str, part: str, period: str) -> Fraction | int:
        return _in_a_cell(_definition(name), self._point(name, area, part, period).value)

    def _value(self, text: str, name: str, area: str, part: str, period: str) -> str | None:
        found, point = self.answer(name), self._point(name, area, part, period)
        right = numbers.point(found.definition, point, None if part else found.area(area).target)
        if point.value is None:
            return None if point.suppressed and text == right else right
        return None if _is_value(text, found.definition, point.value, found.area(area)) else right

    def _exact_target(self, name: str, due: str, in_force: str) -> Fraction | int:
        value = _held(name, due, in_force).value
        return _in_a_cell(_definition(name), None if value is None else Fraction(value))

    def _target(self, text: str, name: str, due: str, in_force: str) -> str | None:
        definition, one = _definition(name), _held(name, due, in_force)
        right = [Fraction(side) * numbers.scale(definition) for side in (one.value, one.upper) if side is not None]
        said = [Fraction(number.replace(",", "").replace("−", "-")) for number in NUMBER.findall(text)]
        return None if said == right and _sign(one) in text else numbers.target(definition, one)

    def _exact_gap(self, name: str, area: str) -> int | Fraction:
        gap = self.answer(name).area(area).gap
        if gap is None:
            raise LookupError(area)
        return gap

    def _gap(self, text: str, name: str, area: str) -> str | None:
        found = self.answer(name)
        own, said, unit = found.area(area), read(text), found.definition.gap_unit
        named = pick(unit.behind(text.partition(" ")[0])) if unit else ""
        right = said is not None and said.value == own.gap and said.around == named
        return None if right else numbers.gap(own, found.definition)

    def _period(self, text: str, name: str, period: str) -> str | None:
        """A period's name has the digits of the period, its year among them."""
        kind = _definition(name).period
        right = numbers.period(int(period), kind)
        said = re.findall(r"\d+", text)
        return None if said == re.findall(r"\d+", right) and str(year_of(int(period), kind)) in said else right

    def _more(self, name: str) -> int:
        districts = self.answer(name).areas[1:]
        return sum(standing_of(one.status) == Standing.BEHIND for one in districts if one.target) - 2

    def _indicators(self, group: str = "") -> int:
        return sum(group in ("", one.definition.group.id) for one in self.every)

    def _standing(self, area: str, standing: str, group: str = "") -> int:
        own = [one for one in self.every if group in ("", one.definition.group.id)]
        return sum(standing_of(one.area(area).status) == standing for one in own)

    def _overdue(self, area: str) -> int:
        return len(overdue(self.every, area, self.question.day))

    # Names and settings that hold digits

    def _title(self, text: str, name: str) -> str | None:
        return _same(text, pick(_definition(name).title.pair()))

    def _dataset(self, text: str, name: str) -> str | None:
        return _same(text, pick(contracts()[name].title.pair()))

    def _plan(self, text: str) -> str | None:
        return _same(text, pick(plan().title.pair()))

    def _clause(self, number: str) -> int:
        return next(one for one in plan().clauses if isinstance(one, int) and str(one) == number)

    def _notice(self, text: str, name: str) -> str | None:
        notice = plan().clauses[_definition(name).clause].notice
        return _same(text, pick(notice.pair()) if notice else numbers.NOTHING)

    def _version(self) -> int:
        as_of = self.question.as_of
        return self.question.store.version_at(end_of_day(as_of) if as_of else None)

    # The appraisal: scores come from the indicator's own query, all else from its items

    def year(self, body: str, year: str) -> appraisal.Year:
        if body not in self._years:
            found = appraisal.years_afresh(self.question.store, body, self.question.as_of)
            self._years[body] = {one.year: one for one in found}
        return self._years[body][int(year)]

    def indicator(self, body: str) -> str:
        """The indicator whose figures are a body's scores."""
        return appraisal.BODIES[body].indicator

    def scores(self, body: str, year: int) -> dict[str, Fraction]:
        found = self.answer(self.indicator(body))
        points = [point for one in found.areas for point in one.points if point.period == year]
        return {point.area: point.value for point in points if point.value is not None}

    def _score(self, body: str, year: str, area: str) -> Fraction:
        return self.scores(body, int(year))[area]

    def _place(self, body: str, year: str, area: str) -> int:
        return appraisal.place_among(self.scores(body, int(year)), area)

    def _change(self, body: str, year: str, area: str) -> int:
        now, before = self.scores(body, int(year)), self.scores(body, int(year) - 1)
        return appraisal.place_among(before, area) - appraisal.place_among(now, area)

    def _gain(self, body: str, year: str, area: str) -> Fraction:
        return self.scores(body, int(year))[area] - self.scores(body, int(year) - 1)[area]

    def _year(self, body: str, year: str) -> int:
        return self.year(body, year).year

    def _districts(self, body: str, year: str) -> int:
        return len(self.scores(body, int(year)))

    def _item(self, text: str, body: str, year: str, name: str) -> str | None:
        return _same(text, next(one for one in self.year(body, year).items if one == name))

    def _of_item(self, measure: str, body: str, year: str, area: str, name: str) -> Fraction:
        district = next(one for one in self.year(body, year).districts if one.area == area)
        item = next(one for one in district.items if one.name == name)
        return {"weight": item.weight, "full": item.full, "score": item.score, "loss": district.loss(item)}[measure]

    def _pairs(self, body: str, year: str) -> int:
        return len(pairs(self.year(body, year)))

    def _open(self, body: str, year: str) -> int:
        return sum(one.firmness != Firmness.CERTAIN for one in pairs(self.year(body, year)))

    def _limit(self) -> Fraction:
        return SWAY * 100


def _definition(name: str) -> Definition:
    return catalogue()[name]


def _held(name: str, due: str, in_force: str) -> Target:
    """The target of a due date that holds from a day."""
    wanted = (due, in_force)
    return next(one for one in _definition(name).targets if (str(one.due or ""), str(one.in_force or "")) == wanted)


def _in_a_cell(definition: Definition, value: Fraction | None) -> Fraction:
    """A value as a workbook holds it: shares from 0 to 1, money in the unit that is named. LookupError where there is none."""
    if value is None:
        raise LookupError(definition.id)
    return value if definition.unit == "share" else value * numbers.scale(definition)


def _is_value(text: str, definition: Definition, value: Fraction, one: Trajectory) -> bool:
    """Whether a text shows a figure in its unit; one that just misses its target may be rounded away from it."""
    label = definition.unit_label and numbers.unit(definition, text.partition(" ")[0])
    unit = "%" if definition.unit == "share" else label or ""
    number = text.removesuffix(unit).strip()
    exact, said = value * numbers.scale(definition), read(number)
    places = 1 if definition.shown_per > 1 else numbers.DECIMALS[definition.unit]
    if said is None or said.around or not text.endswith(unit):
        return False
    return shows(number, exact, places) or (
        said.step == Fraction(1, 10**places) and _away(said, exact, definition, one)
    )


def _away(said: Read, exact: Fraction, definition: Definition, one: Trajectory) -> bool:
    """Whether a number is rounded to the wrong side because the right one would seem to reach the target."""
    goal = one.target.value if one.target else None
    if goal is None or abs(said.value - exact) >= said.step:
        return False
    line = Fraction(goal) * numbers.scale(definition)
    return (said.value < line) == (exact < line) and abs(line - exact) <= said.step


def _sign(one: Target) -> str:
    return {">=": "≥", "<=": "≤"}.get(one.comparison, "") if one.upper is None else ""


def _same(text: str, right: str) -> str | None:
    return None if text == right else right
