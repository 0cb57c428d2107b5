"""Sentences and cells of the page of compulsory schools."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR
from fractions import Fraction

from data.words import _, n_, pick
from pages.display import numbers, sentences
from queries.answers import Answer
from queries.compulsory import Crowded, Measured, School
from queries.progress import Status
from queries.standards import standards
from queries.suppression import SMALL

# The shape of a dot for a measure at the standard, at least at the floor, below it.
SYMBOLS = {Status.ACHIEVED: "circle", Status.LIMITED: "diamond", Status.MISSED: "x"}
SHAPES = {Status.ACHIEVED: "●", Status.LIMITED: "◆", Status.MISSED: "✕", Status.NOT_JUDGED: "–"}


def measure(code: str) -> str:
    return pick(standards().measures[code].title.pair())


def measures() -> list[str]:
    return list(standards().measures)


def floor() -> str:
    """The share of the standard that one measure may fall to."""
    return numbers.percent(Fraction(standards().floor), 0)


def stages() -> list[str]:
    return list(standards().stages)


def stage(answer: Answer, name: str) -> str:
    return sentences.part(answer.definition, name)


def kind(one: School, code: str) -> Status:
    """How a school stands in a measure."""
    measured = next(measured for measured in one.measures if measured.code == code)
    return measured_status(measured)


def measured_status(measured: Measured) -> Status:
    if measured.met is None:
        return Status.NOT_JUDGED
    if measured.met:
        return Status.ACHIEVED
    return Status.LIMITED if measured.near else Status.MISSED


def shape(measured: Measured) -> str:
    """The shape of its dot, as a character."""
    return SHAPES[measured_status(measured)]


def strips_title(answer: Answer, area: str, schools: Sequence[School]) -> str:
    """How many schools pass, and in which measure most fall short."""
    place = sentences.area(answer, area)
    if not schools:
        return _("{area}: no school resources reported yet", area=place)
    facts = {
        "area": place,
        "stage": stage(answer, schools[0].stage),
        "period": numbers.period(schools[0].year, "school_year"),
        "passed": numbers.whole(sum(one.passes is True for one in schools)),
        "judged": numbers.whole(sum(one.passes is not None for one in schools)),
    }
    worst, count = _worst(schools)
    if not count:
        return _("{area} {period}, {stage}: {passed} of {judged} schools pass; none falls short anywhere", **facts)
    return _(
        "{area} {period}, {stage}: {passed} of {judged} schools pass; most fall short in “{measure}” ({count})",
        **facts,
        measure=measure(worst),
        count=numbers.whole(count),
    )


def _worst(schools: Sequence[School]) -> tuple[str, int]:
    counts = {code: len(_below(schools, code)) for code in measures()}
    worst = max(counts, key=lambda code: counts[code])
    return worst, counts[worst]


def _below(schools: Sequence[School], code: str) -> list[School]:
    return [one for one in schools if kind(one, code) in (Status.LIMITED, Status.MISSED)]


def strip(schools: Sequence[School], code: str) -> tuple[str, str]:
    """The two lines above a strip: the measure, and how many fall short, the lowest of them by name."""
    below = _below(schools, code)
    if not below:
        return measure(code), _("every school judged reaches the standard")
    told = [(one, level) for one in below if (level := _level(one, code)) is not None]
    if not told:
        return measure(code), n_("{count} school below", "{count} schools below", len(below))
    lowest, level = min(told, key=lambda pair: pair[1])
    sentence = n_(
        "{count} below; lowest {name} ({level})",
        "{count} below; lowest {name} ({level})",
        len(below),
        name=lowest.name,
        level=share(level),
    )
    return measure(code), sentence


def _level(one: School, code: str) -> Fraction | None:
    return next(measured.level for measured in one.measures if measured.code == code)


def share(level: Fraction) -> str:
    """A share of the standard in whole per cent; what misses it is never rounded to 100 %."""
    return numbers.percent(level, 0, ROUND_FLOOR)


def lines() -> tuple[str, str]:
    """The names of the two lines across the strips."""
    return floor(), _("standard")


def key() -> str:
    """What the shapes stand for."""
    return _("● at the standard  ◆ {floor} or more  ✕ below {floor}", floor=floor())


def spread_title(answer: Answer, area: str) -> str:
    """Which of the seven coefficients of variation lie beyond the limit, the largest first."""
    one = answer.area(area)
    facts = {"title": sentences.title(answer.definition), "area": sentences.area(answer, area)}
    if one.target is None or one.target.value is None:
        return _("{title}, {area}", **facts)
    limit = Fraction(one.target.value)
    own = [part for part in answer.parts if part.area == area and part.value is not None]
    newest = max((part.period for part in own), default=0)
    own = [part for part in own if part.period == newest]
    if not own:
        return _("{title}, {area}: no data", **facts)
    facts["limit"] = numbers.target(answer.definition, one.target)
    beyond = sorted(((part.value, part.part) for part in own if part.value and part.value > limit), reverse=True)
    if not beyond:
        return _("{title}, {area}: all within the limit {limit}", **facts)
    listed = _(", ").join(
        f"{sentences.part(answer.definition, code)} {numbers.bare(answer.definition, value, one.target)}"
        for value, code in beyond
    )
    return _("{title}, {area}: beyond the limit {limit}: {listed}", **facts, listed=listed)


def pupils(one: School) -> str:
    """The school's pupils, never a small number."""
    if one.pupils is None:
        return _("fewer than {number} pupils", number=SMALL)
    return n_("{number} pupil", "{number} pupils", one.pupils, number=numbers.whole(one.pupils))


def shortfall(measured: Measured) -> str:
    """What is missing to the standard, in the unit that people act on."""
    held = standards().measures[measured.code]
    if measured.short is None or measured.level is None:
        return _("{measure}: below the standard; few pupils, so no numbers", measure=measure(measured.code))
    facts = {"count": numbers.whole(measured.short), "unit": pick(held.gap_unit.pair())}
    return _("{unit}: {count} short ({level} of the standard)", **facts, level=share(measured.level))


def unknown(one: School) -> str:
    """Why a school is not judged."""
    if one.pupils == 0:
        return _("no pupils")
    listed = _(", ").join(measure(measured.code) for measured in one.unknown)
    return _("not reported: {listed}", listed=listed)


def failing_heading(schools: Sequence[School]) -> str:
    if not schools:
        return _("No school is known to fall below the standard")
    return n_("{count} school falls below the standard", "{count} schools fall below the standard", len(schools))


def crowded_heading(answer: Answer, area: str, name: str, schools: Sequence[Crowded]) -> str:
    """In how many schools of an area classes are too large."""
    facts = {"area": sentences.area(answer, area), "stage": stage(answer, name), "limit": standards().large_class}
    if not answer.area(area).points:
        return _("{area}: no class sizes reported yet", **facts)
    if not schools:
        return _("{area}, {stage}: no class of {limit} pupils or more", **facts)
    return n_(
        "{area}, {stage}: {count} school has classes of {limit} pupils or more",
        "{area}, {stage}: {count} schools have classes of {limit} pupils or more",
        len(schools),
        **facts,
    )


def standard() -> str:
    """What it takes to pass, and whose standard it is."""
    held = standards()
    return _(
        "A school passes with at least {required} of {all} measures at the standard and each of the others at {floor} of it or more ({floor_source}). {source}",
        required=held.required,
        all=len(held.measures),
        floor=floor(),
        floor_source=pick(held.floor_source.pair()),
        source=pick(held.source.pair()),
    )


def standard_rows(name: str) -> list[tuple[str, str, str]]:
    """Every measure of a stage with its standard and unit."""
    return [
        (pick(one.title.pair()), numbers.number(one.standards[name]), pick(one.unit.pair()))
        for one in standards().measures.values()
        if name in one.standards
    ]


def columns() -> tuple[str, ...]:
    """The header of the file: school, what a pupil has by measure, the share of the standard by measure, the verdict."""
    codes = measures()
    return (
        "school_year", "district", "institution_id", "institution", "stage", "pupils",
        *codes, *(f"{code}_of_standard" for code in codes), "reached", "passes",
    )  # fmt: skip


def rows(schools: Sequence[School]) -> list[list[object]]:
    """Every school as plain rows of `columns`; numbers of schools with few pupils are withheld as on the page."""
    return [
        [
            one.year, one.district, one.institution_id, one.name, one.stage,
            f"<{SMALL}" if one.pupils is None else one.pupils,
            *(_plain(measured.value) for measured in one.measures),
            *(_plain(measured.level) for measured in one.measures),
            one.reached, numbers.cell(one.passes),
        ]
        for one in schools
    ]  # fmt: skip


def _plain(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 6)
