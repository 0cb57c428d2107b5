"""学科均衡 and weak subjects of areas and schools, and of the whole exam against its reference means.

Balance is our own definition: the SD of a unit's mean standard scores over its subjects; the smaller, the more even. A
subject is weak for a unit where its mean standard score lies clearly below the mean of all of them: the interval of ±1.96
s/√n around it leaves that mean out. Of many such comparisons some come out so by chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data.store import Store, end_of_day
from queries.answers import PUBLIC, Viewer, any_sample
from queries.exams.access import may_see_schools
from queries.exams.hypercube import WHOLE
from queries.exams.sat import Sat, sat
from queries.exams.setup import Paper, exam
from queries.exams.units import Comparison, Interval, balance, comparison, mean_interval
from queries.ground import known_areas


@dataclass(frozen=True)
class SubjectZ:
    """A unit in a subject: mean standard score, its interval, and how it lies beside the unit's own mean of subjects.

    All are None where it is withheld or nobody sat.
    """

    subject: str
    z: Fraction | None = None
    interval: Interval | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True)
class Balance:
    """An area or a school. mean, spread (学科均衡): of the subjects' standard scores, None below two of them."""

    code: str
    name: str
    is_area: bool
    subjects: tuple[SubjectZ, ...]
    mean: Fraction | None
    spread: float | None

    @property
    def weak(self) -> tuple[SubjectZ, ...]:
        """The subjects clearly below the unit's own mean, the furthest first."""
        found = [one for one in self.subjects if one.comparison == Comparison.BELOW and one.z is not None]
        return tuple(sorted(found, key=lambda one: one.z or Fraction(0)))


@dataclass(frozen=True)
class AgainstReference:
    """A paper over the whole exam: mean, reference and weak band in marks; weak: None where it is not judged."""

    subject: str
    mean: Fraction | None
    reference: Fraction | None
    weak: bool | None


@dataclass(frozen=True)
class Evenness:
    """An exam's areas, then its schools where the viewer may see them; english: names of areas that have one."""

    exam_id: str
    units: tuple[Balance, ...]
    papers: tuple[AgainstReference, ...]
    english: Mapping[str, str]
    sample: bool
    data_version: int


def evenness(store: Store, exam_id: str, as_of: date | None = None, viewer: Viewer = PUBLIC) -> Evenness:
    """Balance and weak subjects of an exam's areas and, where the viewer may see them, schools."""
    version = store.version_at(end_of_day(as_of) if as_of else None)
    schools = may_see_schools(viewer)
    key = ("evenness", exam_id, schools, version)
    return store.remembered(key, lambda: _evenness(store, exam_id, as_of, version, schools=schools))


def _evenness(store: Store, exam_id: str, as_of: date | None, version: int, *, schools: bool) -> Evenness:
    found = exam(store, exam_id, as_of)
    papers = {one: sat(store, found, one, as_of) for one in found.subjects}
    every = {code for paper in papers.values() for code in paper.schools}
    areas = [area for area, own in found.areas().items() if set(own) & every and not every <= set(own)]
    named = {one.institution_id: one.name for one in found.schools}
    units = (
        *(_balance(papers, area, area, is_area=True) for area in areas),
        *(
            _balance(papers, code, named.get(code, code), is_area=False)
            for code in (found.in_order(every) if schools else ())
        ),
    )
    judged = tuple(_against_reference(paper, papers[paper.subject]) for paper in found.papers)
    with store.reading(end_of_day(as_of) if as_of else None) as cursor:
        known = known_areas(cursor, lambda key, make: store.remembered(("shared", key, version), make))
    return Evenness(exam_id, units, judged, known.english, any_sample(store, as_of), version)


def _balance(papers: Mapping[str, Sat], code: str, name: str, *, is_area: bool) -> Balance:
    known = {subject: paper.z(code) for subject, paper in papers.items() if not paper.hides(code)}
    means = {subject: one.mean for subject, one in known.items() if one.mean is not None}
    if len(means) < 2:
        return Balance(code, name, is_area, tuple(map(SubjectZ, papers)), None, None)
    centre = sum(means.values(), Fraction(0)) / len(means)
    subjects = tuple(
        SubjectZ(subject, means[subject], mean_interval(known[subject]), comparison(known[subject], centre))
        if subject in means
        else SubjectZ(subject)
        for subject in papers
    )
    return Balance(code, name, is_area, subjects, centre, balance(map(float, means.values())))


def _against_reference(paper: Paper, found: Sat) -> AgainstReference:
    mean = None if found.hides(WHOLE) else found.of(WHOLE).mean
    reference = None if paper.reference_mean is None else Fraction(paper.reference_mean)
    if mean is None or reference is None or paper.weak_band is None:
        return AgainstReference(paper.subject, mean, reference, None)
    weak = mean < reference - Fraction(paper.weak_band) * Fraction(paper.full_marks)
    return AgainstReference(paper.subject, mean, reference, weak)
