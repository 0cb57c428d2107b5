"""What is kept of an exam beside its rows, counted pupil by pupil in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

Row = Mapping[str, Any]
Counted = Counter[tuple[Any, ...]]


@dataclass(frozen=True)
class Pupil:
    student_id: str
    institution_id: str
    school_class: str | None
    track: str
    marks: Mapping[str, Decimal]
    whole: bool

    @property
    def total(self) -> Decimal | None:
        return sum(self.marks.values(), Decimal(0)) if self.marks else None


@dataclass(frozen=True)
class Line:
    name: str
    track: str
    mark: Decimal
    near: int = 10

    def holds_for(self, pupil: Pupil) -> bool:
        return self.track in ("全部", pupil.track)


def _least(values: Iterable[str | None]) -> str | None:
    return min((value for value in values if value is not None), default=None)


def pupils(rows: Sequence[Row]) -> list[Pupil]:
    """The pupils of the rows of one exam; whole is who has as many papers as most of the track have."""
    by: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by[row["student_id"]].append(row)
    found = []
    for student_id, own in by.items():
        marks = {
            row["subject"]: row["score"] if row["assigned_score"] is None else row["assigned_score"] for row in own
        }
        marks = {subject: mark for subject, mark in marks.items() if mark is not None}
        school, named, track = (_least(row[key] for row in own) for key in ("institution_id", "class", "track"))
        found.append((student_id, str(school), named, track or "", marks))
    usual: dict[str, int] = {}
    for track in {one[3] for one in found}:
        numbers = Counter(len(one[4]) for one in found if one[3] == track and one[4])
        usual[track] = max(numbers, key=lambda number: (numbers[number], number), default=1)
    return [Pupil(*one, whole=len(one[4]) == usual[one[3]]) for one in found]


def totals(people: Sequence[Pupil]) -> Counted:
    return Counter((one.institution_id, one.school_class, one.track, one.whole, one.total) for one in people)


def sums(rows: Sequence[Row], people: Sequence[Pupil]) -> set[tuple[Any, ...]]:
    found = set()
    papers: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        papers[row["subject"], row["institution_id"], row["track"] or ""].append(row)
    for key, own in papers.items():
        states = Counter(row["score_state"] for row in own)
        scores = [row["score"] for row in own if row["score"] is not None]
        found.add((*key, *(states[state] for state in ("recorded", "absent", "exempt", "missing")), *_powers(scores)))
    schools: dict[tuple[str, str], list[Pupil]] = defaultdict(list)
    for one in people:
        schools[one.institution_id, one.track].append(one)
    for (school, track), of_it in schools.items():
        whole = [one.total for one in of_it if one.whole and one.total is not None]
        found.add(("", school, track, len(whole), 0, 0, len(of_it) - len(whole), *_powers(whole)))
    return found


def _powers(scores: Sequence[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    return (sum(scores, Decimal(0)), sum((one * one for one in scores), Decimal(0))) if scores else (None, None)


def by_total(people: Sequence[Pupil]) -> set[tuple[Any, ...]]:
    found: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for one in people:
        for subject, mark in one.marks.items() if one.whole else ():
            found[one.track, subject, one.total].append(mark)
    return {(*key, len(marks), sum(marks)) for key, marks in found.items()}


def mark_lists(people: Sequence[Pupil]) -> set[tuple[Any, ...]]:
    """Per subject and class the totals and marks of the whole pupils, in one order."""
    found: dict[tuple[Any, ...], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for one in people:
        for subject, mark in one.marks.items() if one.whole else ():
            assert one.total is not None
            found[subject, one.institution_id, one.school_class, one.track].append((one.total, mark))
    return {(*key, tuple(sorted(pairs))) for key, pairs in found.items()}


def spreads(people: Sequence[Pupil]) -> set[tuple[Any, ...]]:
    """Per subject and class the whole pupils' number, marks and squares; "" is their totals over what all of the track have."""
    found: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for track in {one.track for one in people}:
        whole = [one for one in people if one.whole and one.track == track and one.marks]
        shared = set.intersection(*(set(one.marks) for one in whole)) if whole else set()
        for one in whole:
            place = (one.institution_id, one.school_class, track)
            for subject, mark in one.marks.items():
                found[subject, *place].append(mark)
            if shared:
                found["", *place].append(sum((one.marks[subject] for subject in shared), Decimal(0)))
    return {(*key, len(marks), *_powers(marks)) for key, marks in found.items()}


def effective_scores(of_line: Sequence[Pupil], line: Line, subject: str) -> tuple[Fraction, Decimal] | None:
    """M1 and M2 of a subject; None where nobody above the line has a mark in it."""
    above = [one for one in of_line if one.total is not None and one.total >= line.mark]
    marks = [Fraction(one.marks[subject]) for one in above if subject in one.marks]
    if not marks:
        return None
    mean_total = sum(Fraction(one.total or 0) for one in above) / len(above)
    reached = sorted((one.marks[subject] for one in of_line if subject in one.marks), reverse=True)
    return sum(marks) / len(marks) * Fraction(line.mark) / mean_total, reached[len(marks) - 1]


def line_cells(people: Sequence[Pupil], lines: Sequence[Line]) -> set[tuple[Any, ...]]:
    """Per line, subject and class: sat, above, single and double of both methods, the mark of M2, near below the line, held back."""
    found: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * 8)
    marks_m2: dict[tuple[Any, ...], Decimal | None] = {}
    for line in lines:
        of_line = [one for one in people if one.whole and line.holds_for(one)]
        for subject in {subject for one in of_line for subject in one.marks}:
            effective = effective_scores(of_line, line, subject)
            marks_m2[line.name, line.track, subject] = effective[1] if effective else None
            for one in (one for one in of_line if subject in one.marks):
                assert one.total is not None
                above = one.total >= line.mark
                m1, m2 = (effective is not None and one.marks[subject] >= mark for mark in effective or (0, 0))
                near = line.mark - line.near <= one.total < line.mark
                counted = found[line.name, line.track, subject, one.institution_id, one.school_class]
                flags = (
                    True,
                    above,
                    m1,
                    m1 and above,
                    m2,
                    m2 and above,
                    near,
                    near and effective is not None and not m1,
                )
                for place, flag in enumerate(flags):
                    counted[place] += flag
    return {(*key, *counted[:6], marks_m2[key[:3]], *counted[6:]) for key, counted in found.items()}


def growth(people: Sequence[Pupil], earlier: Sequence[Pupil]) -> set[tuple[Any, ...]]:
    """Per subject ("" the total) and class: the matched pupils and the sums of x, y, x², xy and y²."""
    before = {one.student_id: one for one in earlier}
    pairs: dict[tuple[Any, ...], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for one in people:
        entry = before.get(one.student_id)
        if entry is None:
            continue
        place = (one.institution_id, one.school_class, one.track)
        for subject in one.marks.keys() & entry.marks.keys():
            pairs[subject, *place].append((entry.marks[subject], one.marks[subject]))
        if one.whole and entry.whole and one.total is not None and entry.total is not None:
            pairs["", *place].append((entry.total, one.total))
    return {
        (
            *key, len(own), sum(x for x, _y in own), sum(y for _x, y in own),
            sum(x * x for x, _y in own), sum(x * y for x, y in own), sum(y * y for _x, y in own),
        )
        for key, own in pairs.items()
    }  # fmt: skip
