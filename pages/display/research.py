"""Sentences, cells and series of the page on teaching research."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.words import _, n_
from pages.display import numbers, sentences, terms
from pages.display.figures import Series
from queries.answers import Answer
from queries.research import QUOTAS, Analysis, Cohort, Duty, Overdue, Posts, Rate

# Fills of cells, from none to all; the numbers stand in them, so that no reader depends on the colour.
FILLS = ((Fraction(1), "#cfe8e3"), (Fraction(3, 4), "#e4f1dd"), (Fraction(1, 2), "#fdf0d0"), (Fraction(0), "#f8dcd3"))


@dataclass(frozen=True)
class Cell:
    """So many of so many, as text, and the colour behind it; nobody counted is a dash without one."""

    text: str
    fill: str


@dataclass(frozen=True)
class Line:
    """A row of a table of subjects by offices."""

    name: str
    cells: tuple[Cell, ...]


def cell(reached: int, of: int) -> Cell:
    if not of:
        return Cell(numbers.NOTHING, "transparent")
    share = Fraction(reached, of)
    return Cell(f"{reached}/{of}", next(fill for least, fill in FILLS if share >= least))


@dataclass(frozen=True)
class Grid:
    """A table of subjects by offices under its title; note: what is missing from it."""

    title: str
    offices: tuple[str, ...]
    lines: tuple[Line, ...]
    caption: str
    note: str = ""


def duty_grid(duties: Sequence[Duty], every: Sequence[Duty], answer: Answer) -> Grid:
    """Who reached all three quotas among those on duty in a term; `every` term tells which offices report at all."""
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for one in duties:
        if one.on_duty:
            _add(counted, (terms.subject(one.subject), one.office), all(one.met), 1)
    offices = _offices(every, answer)
    note = _not_reported(duties, offices, answer) if duties else ""
    return _grid(_("Who reaches all three, of those on duty"), counted, offices, answer, note)


def post_grid(posts: Sequence[Posts], answer: Answer) -> Grid:
    """Posts that are filled among those asked for."""
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for one in posts:
        _add(counted, (terms.subject(one.subject), one.office), one.filled, one.posts)
    title = _("Posts filled, of those asked for")
    if posts:
        title = _("{title}, {year}", title=title, year=posts[0].year)
    return _grid(title, counted, _offices(posts, answer), answer)


def _grid(
    title: str,
    counted: Mapping[tuple[str, str], tuple[int, int]],
    offices: Sequence[str],
    answer: Answer,
    note: str = "",
) -> Grid:
    names = tuple(sentences.area(answer, one) for one in offices)
    return Grid(title, names, tuple(_lines(counted, offices)), sentences.source(answer), note)


def _add(counted: dict[tuple[str, str], tuple[int, int]], place: tuple[str, str], reached: int, of: int) -> None:
    before = counted.get(place, (0, 0))
    counted[place] = (before[0] + reached, before[1] + of)


def _lines(counted: Mapping[tuple[str, str], tuple[int, int]], offices: Sequence[str]) -> list[Line]:
    """The subjects in the order of the plan's schools, then the sums of the columns; the last column sums a row."""
    order = [terms.subject(one) for one in terms.SUBJECTS]
    names = sorted({subject for subject, _office in counted}, key=lambda one: (_place(order, one), one))
    lines = [Line(name, _row(counted, [name], offices)) for name in names]
    return [*lines, Line(_("all subjects"), _row(counted, names, offices))] if lines else []


def _row(
    counted: Mapping[tuple[str, str], tuple[int, int]], names: Sequence[str], offices: Sequence[str]
) -> tuple[Cell, ...]:
    sums = [
        tuple(sum(counted.get((name, office), (0, 0))[side] for name in names) for side in (0, 1)) for office in offices
    ]
    return tuple(cell(*one) for one in [*sums, (sum(one[0] for one in sums), sum(one[1] for one in sums))])


def _place(order: Sequence[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def _offices(found: Sequence[Duty] | Sequence[Posts], answer: Answer) -> list[str]:
    """The offices in the rows: the city's first, then the districts in the plan's order."""
    areas = [one.area for one in answer.areas]
    return sorted({one.office for one in found}, key=lambda one: areas.index(one) if one in areas else -1)


def term(duties: Sequence[Duty], period: int) -> str:
    """How many researchers reached all three quotas in a term; the title of its chart."""
    present = [one for one in duties if one.on_duty]
    facts = {"term": numbers.period(period, "term"), "met": sum(all(one.met) for one in present), "all": len(present)}
    if not present:
        return _("{term}: no researcher on duty", **facts)
    return _("{term}: {met} of {all} researchers on duty reach all three quotas", **facts)


def _not_reported(duties: Sequence[Duty], offices: Sequence[str], answer: Answer) -> str:
    """Which offices that report in some term did not in this one; '' where none."""
    missing = [one for one in offices if one not in {duty.office for duty in duties}]
    if not missing:
        return ""
    names = _(", ").join(sentences.area(answer, one) for one in missing)
    return _("No return for this term from: {offices}", offices=names)


def analysis(one: Analysis) -> str:
    """Whether an exam's analysis came, and in time."""
    if one.due_on is None:
        return _("no analysis planned")
    if one.published_on is None:
        return _("not published, due on {day}", day=numbers.day(one.due_on))
    late = (one.published_on - one.due_on).days
    return n_("{count} day late", "{count} days late", late) if late > 0 else _("in time")


def exam(one: Analysis | Rate) -> str:
    """An exam without its name, which is Chinese: its grade and day."""
    day = one.last_day if isinstance(one, Analysis) else one.day
    return _("{grade}, {day}", grade=terms.grade(one.grade), day=numbers.day(day))


def overdue(one: Overdue) -> str:
    if one.published_on is None:
        return _("not published, due on {day}", day=numbers.day(one.due_on))
    return n_("{count} day late", "{count} days late", one.days_late)


def punctuality(found: Sequence[Overdue]) -> str:
    """How many reports came late and how many are missing."""
    missing = sum(one.published_on is None for one in found)
    if not found:
        return _("Every report that was due came in time")
    return _("Reports that came late: {late}; not published: {missing}", late=len(found) - missing, missing=missing)


def cohort(one: Cohort) -> str:
    """Senior, entered 2020; a grade that is not known stands for itself."""
    stage = terms.stage(one.stage)
    if one.entered is None:
        return f"{stage} {terms.grade(one.grade)}"
    return _("{stage}, entered {year}", stage=stage, year=one.entered)


def score_rate(rates: Sequence[Rate], of: Cohort, subject: str, answer: Answer) -> Series:
    """A subject's mean score rate over the exams of a cohort, to be drawn with its limits."""
    facts = {"subject": terms.subject(subject), "cohort": cohort(of)}
    pieces = [_("unit: {unit}", unit="%"), sentences.clause(answer.definition.clause)]
    pieces.append(_("version {number}", number=answer.data_version))
    if answer.sample:
        pieces.append(_("sample data"))
    return Series(
        _("{subject}, score rate ({cohort})", **facts),
        tuple(one.rate for one in rates),
        tuple(numbers.day(one.day) for one in rates),
        tuple(f"{one.day:%Y}<br>-{one.day:%m}" for one in rates),
        numbers.percent,
        " · ".join(pieces),
        answer.sample,
        Fraction(100),
        "%",
        "up",
    )


TERM_COLUMNS = ("term", "office", "stage", "subject", "on_duty", *QUOTAS, "all_met")


def term_rows(duties: Sequence[Duty]) -> list[list[object]]:
    """The terms as rows of `TERM_COLUMNS`, for a file; without the codes of persons."""
    return [
        [
            one.period,
            one.office,
            terms.stage(one.stage) if one.stage else None,
            terms.subject(one.subject) if one.subject else None,
            _("yes") if one.on_duty else _("no"),
            *one.done,
            _("yes") if one.on_duty and all(one.met) else _("no"),
        ]
        for one in duties
    ]


RATE_COLUMNS = ("cohort", "subject", "exam", "day", "grade", "pupils", "score_rate")


def rate_rows(found: Mapping[tuple[Cohort, str], Sequence[Rate]]) -> list[list[object]]:
    """Every score rate as rows of `RATE_COLUMNS`, for a file."""
    return [
        [
            cohort(of),
            terms.subject(subject),
            one.exam_id,
            one.day.isoformat(),
            terms.grade(one.grade),
            one.pupils,
            float(one.rate),
        ]
        for (of, subject), rates in found.items()
        for one in rates
    ]
