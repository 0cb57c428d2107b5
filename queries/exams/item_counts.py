"""The items of one paper with what may be told of them, from the counts of the whole exam or of one school."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from queries.asked import Row
from queries.exams import item_disclosure as disclosure
from queries.exams.item_statistics import (
    Counted,
    alpha_without,
    chosen,
    complete_sums,
    corrected_correlation,
    is_right_or_wrong,
    moments,
)
from queries.exams.item_types import EVERY, Cell, Item, Option, Specification
from queries.exams.papers import discrimination
from queries.exams.statistics import Moments, difficulty
from queries.suppression import suppressed_beside, suppressed_parts


@dataclass(frozen=True)
class Hidden:
    """What is withheld of a paper, of the whole exam and of every school at once: items, and by item its options."""

    items: frozenset[disclosure.Figure]
    options: Mapping[str, frozenset[disclosure.Figure]]


def hidden_of(
    rows: Mapping[str, list[Counted]], defined: Mapping[str, Row], by_school: Sequence[Row], few: Collection[str]
) -> Hidden:
    """rows: the whole exam's counts by item, "" of the pupils; by_school: every school's sums; few: schools that are withheld."""
    rows = dict(rows)
    pupils = {disclosure.EXAM: moments(rows.pop("", [])).n, **_pupils(by_school)}
    marks = {code: row["full_marks"] for code, row in defined.items()}
    found = {(disclosure.EXAM, code): moments(own) for code, own in rows.items()} | _school_moments(by_school)
    items = disclosure.withheld_items(found, marks, pupils, few)
    options = {}
    for code, own in rows.items():
        spread = chosen(own)
        if any(one.choice is not None for one in spread):
            counts = {
                (str(row["institution_id"]), str(row["choice"] or "")): int(row["pupils"])
                for row in by_school
                if row["item"] == code
            }
            # Where an item is right or wrong, its score rate tells how many marked the key.
            alike = is_right_or_wrong(found[disclosure.EXAM, code], marks.get(code) or 0)
            key = defined.get(code, {}).get("answer") if alike else None
            untold = {unit for unit, item in items if item == code}
            options[code] = disclosure.withheld_options(spread, counts, key, untold)
    return Hidden(items, options)


class Counts:
    """A paper's items as they are counted in one unit, what the paper says of them, and what of them is withheld.

    rows: by item; school: None for the whole exam; totals: of the paper, over the pupils with a score in every item,
    None where these are few.
    """

    def __init__(
        self,
        rows: Mapping[str, list[Counted]],
        defined: Mapping[str, Row],
        hidden: Hidden,
        school: str | None,
        totals: Moments | None,
    ) -> None:
        self.rows, self.defined, self.totals = rows, defined, totals
        self.unit, self._hidden = school or disclosure.EXAM, hidden
        self.codes = sorted(rows, key=_in_order)
        self.moments = {code: moments(rows[code]) for code in self.codes}
        self.marks = {code: row["full_marks"] for code, row in defined.items()}
        self.sums = [complete_sums(rows[code]) for code in self.codes]
        self.hidden = frozenset(item for unit, item in hidden.items if unit == self.unit)

    @property
    def is_kr20(self) -> bool:
        """Whether all items are right or wrong, with the same marks for right: then α is KR-20."""
        marks = [self.marks.get(code) for code in self.codes]
        alike = len(set(marks)) == 1 and marks[0] is not None
        return alike and all(is_right_or_wrong(one.own, marks[0] or 0) for one in self.sums)

    def item(self, code: str) -> Item:
        row, own, place = self.defined.get(code, {}), self.moments[code], self.codes.index(code)
        marks, key = row.get("full_marks"), row.get("answer")
        said = (code, marks, row.get("kind"), row.get("knowledge_point") or "", row.get("ability") or "", key)
        if code in self.hidden:
            return Item(*said, None, None, None, None, None, (), withheld=True)
        pairs = [(one.total, one.pupils, one.score_sum) for one in self.rows[code]]
        return Item(
            *said,
            own.n,
            difficulty(own.mean, marks) if marks else None,
            discrimination(pairs, marks) if marks else None,
            corrected_correlation(self.sums[place], self.totals) if self.totals else None,
            alpha_without(self.sums, self.totals, place) if self.totals else None,
            self.options(code),
        )

    def options(self, code: str) -> tuple[Option, ...]:
        """The options of an item of which any was marked; of a school, not how its best and weakest pupils marked."""
        if code not in self._hidden.options:
            return ()
        found, key = chosen(self.rows[code]), self.defined.get(code, {}).get("answer")
        hidden = {one[1:] for one in self._hidden.options[code] if one[0] == self.unit}
        top, bottom = (sum((one.top for one in found), Fraction(0)), sum((one.bottom for one in found), Fraction(0)))
        made = []
        for one in found:
            name = one.choice or ""
            count = None if (name, disclosure.ALL) in hidden else one.pupils
            told = {
                part for part in (disclosure.TOP, disclosure.BOTTOM) if (name, part) not in hidden and not self._school
            }
            made.append(
                Option(
                    one.choice,
                    one.choice is not None and one.choice == key,
                    count,
                    None if count is None else Fraction(count, self.moments[code].n),
                    one.top / top if disclosure.TOP in told and top else None,
                    one.bottom / bottom if disclosure.BOTTOM in told and bottom else None,
                )
            )
        return tuple(made)

    @property
    def _school(self) -> bool:
        return self.unit != disclosure.EXAM


def specification(items: Sequence[Item], counts: Counts) -> Specification:
    """Every cell with items in it, the whole and the margins first.

    A cell with a withheld item in it is withheld; the whole paper is told, as it is on other pages.
    """
    known = [one for one in items if one.full_marks]
    points, abilities = _distinct(one.knowledge_point for one in known), _distinct(one.ability for one in known)
    places = [
        (EVERY, EVERY),
        *((point, EVERY) for point in points),
        *((EVERY, ability) for ability in abilities),
        *((point, ability) for point in points for ability in abilities),
    ]
    groups = {place: _within(known, *place) for place in places}
    groups = {place: own for place, own in groups.items() if own}
    cells = tuple(
        _cell(place, own, counts, told=place == (EVERY, EVERY) or not any(one.withheld for one in own))
        for place, own in groups.items()
    )
    return Specification(points, abilities, cells)


def _within(items: Sequence[Item], point: str | None, ability: str | None) -> list[Item]:
    return [
        one
        for one in items
        if (point is EVERY or one.knowledge_point == point) and (ability is EVERY or one.ability == ability)
    ]


def _cell(place: tuple[str | None, str | None], own: Sequence[Item], counts: Counts, *, told: bool) -> Cell:
    full = sum((one.full_marks for one in own if one.full_marks), Decimal(0))
    means = sum((counts.moments[one.code].mean or Fraction(0) for one in own), Fraction(0))
    codes = tuple(one.code for one in own)
    return Cell(*place, codes, full, means / Fraction(full) if told and full else None, not told)


def few_schools(rows: Iterable[Row], untold: Collection[str]) -> frozenset[str]:
    """The schools of fewer than ten pupils, and those that would give such a one away.

    untold: those whose number who sat the paper is withheld elsewhere; that of those with item scores is mostly the same.
    """
    counts = _pupils(rows)
    places = suppressed_parts(list(counts.values()))
    hidden = {code for place, code in enumerate(counts) if place in places or code in untold}
    return frozenset(hidden | suppressed_beside(hidden, {code: [pupils] for code, pupils in counts.items()}))


def _pupils(rows: Iterable[Row]) -> dict[str, int]:
    """School → who have a score in any item."""
    return {str(row["institution_id"]): int(row["pupils"]) for row in rows if row["item"] is None}


def _school_moments(rows: Iterable[Row]) -> dict[disclosure.Figure, Moments]:
    """(school, item) → its moments."""
    found: dict[disclosure.Figure, Moments] = {}
    for row in rows:
        if row["item"] is not None:
            place = (str(row["institution_id"]), str(row["item"]))
            own = Moments(int(row["pupils"]), Fraction(row["score_sum"]), Fraction(row["square_sum"]))
            found[place] = found[place] + own if place in found else own
    return found


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order of the paper; what is not stated comes last."""
    return tuple(sorted(dict.fromkeys(names), key=lambda one: not one))


def _in_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """1, 2, 10, 12(1), 12(2): numbers within a code count as numbers."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.findall(r"\d+|[^\d]+", code))
