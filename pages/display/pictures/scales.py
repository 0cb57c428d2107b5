"""The axes of a figure: values as numbers, numbers as places in the picture, and the ticks between them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, floor, log10
from typing import Any

Given = Mapping[str, Any]
Tick = tuple[float, str]

# Plotly's own numbers of ticks where a figure does not say how many, and the steps between them.
FEWEST, MOST, APART = 4, 9, {"x": 80, "y": 40}
STEPS = (2, 5, 10)
# What lies this share of the axis beyond its end is still on it: numbers in the computer are not exact.
TOLERANCE = 1e-9
MINUS = "−"
MINUTES = 24 * 60
_FORMAT = re.compile(r"(\+?)(,?)(?:\.(\d+))?(~?)(f?)")


@dataclass(frozen=True)
class Scale:
    """An axis before its ends are known. given: what the figure's layout says of it; name: as Plotly refers to it, “x2”."""

    name: str
    given: Given
    categories: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        return self.name[0]

    @property
    def is_date(self) -> bool:
        return self.given.get("type") == "date"

    @property
    def visible(self) -> bool:
        return bool(self.given.get("visible", True))

    def number(self, value: object) -> float:
        """A value of a figure as a number; days are counted, names are in their order."""
        if self.is_date and isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment.toordinal() + (moment.hour * 60 + moment.minute) / MINUTES
        if isinstance(value, str) and value in self.categories:
            return float(self.categories.index(value))
        return float(value)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Axis:
    """An axis from a place in the picture to another, in pixels, and the numbers that stand there."""

    scale: Scale
    begin: float
    end: float
    low: float
    high: float

    @property
    def length(self) -> float:
        return abs(self.end - self.begin)

    def at(self, value: object) -> float:
        share = (self.scale.number(value) - self.low) / ((self.high - self.low) or 1)
        return self.begin + share * (self.end - self.begin)

    def holds(self, value: object) -> bool:
        number, slack = self.scale.number(value), abs(self.high - self.low) * TOLERANCE
        return min(self.low, self.high) - slack <= number <= max(self.low, self.high) + slack

    def ticks(self) -> list[Tick]:
        """Number and text of every tick on the axis."""
        return [(number, text) for number, text in self._ticks() if self.holds(number)]

    def _ticks(self) -> Iterator[Tick]:
        given = self.scale.given
        if given.get("tickvals") is not None:
            texts = given.get("ticktext") or map(self._text, map(self.scale.number, given["tickvals"]))
            yield from zip(map(self.scale.number, given["tickvals"]), map(str, texts), strict=True)
        elif self.scale.categories:
            yield from ((float(place), name) for place, name in enumerate(self.scale.categories))
        elif self.scale.is_date:
            yield from self._months()
        else:
            yield from ((number, self._text(number)) for number in self._round_numbers())

    def _months(self) -> Iterator[Tick]:
        """The first days of months, every `dtick` of them, counted from January 2000 as Plotly does."""
        given = self.scale.given
        form, every = str(given.get("tickformat")), str(given.get("dtick"))
        if set(form.replace("%Y", "").replace("%m", "").replace("<br>", "")) - set("-./") or not every.startswith("M"):
            raise ValueError(f"no ticks are drawn for {form!r} and {every!r}")
        step = int(every[1:])
        first, last = (date.fromordinal(floor(end)) for end in (self.low, self.high))
        for month in range(first.year * 12, last.year * 12 + 13):
            if (month - 2000 * 12) % step == 0:
                day = date(month // 12, month % 12 + 1, 1)
                yield float(day.toordinal()), day.strftime(form)

    def step(self) -> float:
        """The least of 1, 2 and 5 times a power of ten that gives no more ticks than wanted."""
        wanted = self.scale.given.get("nticks") or min(max(self.length / APART[self.scale.letter], FEWEST), MOST) + 1
        rough = abs(self.high - self.low) / wanted or 1.0
        power = 10.0 ** floor(log10(rough))
        return power * next((one for one in STEPS if one >= rough / power), 10)

    def _round_numbers(self) -> Iterator[float]:
        step, low, high = self.step(), min(self.low, self.high), max(self.low, self.high)
        first = ceil(low / step - TOLERANCE)
        yield from (place * step for place in range(first, floor(high / step + TOLERANCE) + 1))

    def _text(self, number: float) -> str:
        given = self.scale.given
        places = max(0, -floor(log10(self.step()) + TOLERANCE))
        return formatted(number, given.get("tickformat") or f",.{places}f") + (given.get("ticksuffix") or "")


def formatted(number: float, form: str) -> str:
    """A number in one of the forms that the figures ask of Plotly, such as “+,.2~f”."""
    found = _FORMAT.fullmatch(form)
    if not found:
        raise ValueError(f"no number is written in the form {form!r}")
    sign, comma, places, trimmed, _fixed = found.groups()
    text = f"{abs(round(number, int(places or 0))):{comma}.{places or 0}f}"
    if trimmed and "." in text:
        text = text.rstrip("0").rstrip(".")
    positive = sign if number >= 0 else MINUS
    return text if not text.strip("0.,") and number < 0 else positive + text


def scales(layout: Given, data: Sequence[Given]) -> dict[str, Scale]:
    """Every axis of the figure by name; an axis of texts that are no days has them as its categories."""
    used = {trace.get(f"{letter}axis") or letter for trace in data for letter in "xy"}
    named = {name.replace("axis", "") for name in layout if re.fullmatch(r"[xy]axis\d*", name)}
    return {name: _scale(name, layout, data) for name in sorted({"x", "y"} | used | named)}


def _scale(name: str, layout: Given, data: Sequence[Given]) -> Scale:
    letter = name[0]
    given = layout.get(f"{letter}axis{name[1:]}") or {}
    if given.get("type") == "date":
        return Scale(name, given)
    values = [
        value
        for trace in data
        if (trace.get(f"{letter}axis") or letter) == name
        for value in trace.get(letter) or ()
        if isinstance(value, str)
    ]
    return Scale(name, given, tuple(dict.fromkeys([*(given.get("categoryarray") or ()), *values])))
