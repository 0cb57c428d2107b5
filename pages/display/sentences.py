"""Sentences made from answers: titles that say a chart's conclusion, one line of words for an indicator."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Literal

from data.contract import Contract, contracts
from data.intake import Checked
from data.plan import ClauseNumber, plan
from data.prepare import SYSTEM
from data.uploads import Upload
from data.words import N_, _, n_, pick
from pages.display import numbers, states
from pages.display.bound import bound
from queries.answers import Answer, Point, Trajectory, newest_of, relative_gap
from queries.catalogue import Definition, Target
from queries.periods import Kind, decisive_period, period_before, period_of
from queries.preschool.gap import Plan
from queries.progress import Standing, Status, Why, at_the_end, standing_of


def title(definition: Definition) -> str:
    return bound(pick(definition.title.pair()), "title", definition.id)


def area(answer: Answer, name: str) -> str:
    """An area's name in the reader's language."""
    return pick({"zh": name, "en": answer.english.get(name, name)})


def clause(number: ClauseNumber) -> str:
    """Where in the plan: clause 27, or one of its two sections without numbers."""
    if isinstance(number, int):
        return _("clause {number}", number=bound(str(number), "clause", number))
    return pick(plan().clauses[number].title.pair())


def standing(answer: Answer, trajectory: Trajectory) -> str:
    """How an indicator stands in an area, in one sentence that holds the figure, the verdict and the gap."""
    return _with_running(answer, trajectory, _standing(answer, trajectory))


def _standing(answer: Answer, trajectory: Trajectory) -> str:
    latest, definition = trajectory.latest, answer.definition
    names = {"area": area(answer, trajectory.area), "title": title(definition)}
    if trajectory.why == Why.BY_DISTRICT:
        return _("{area}: no figure of its own for {title}; the districts have theirs", **names)
    if trajectory.why == Why.NOTHING_COUNTED:
        return _("{area}: {title} is not judged, as there is nothing to divide by", **names)
    if latest is None:
        return _("{area}: no figure for {title} yet; {lacking}", **names, lacking=lacking(answer, trajectory))
    facts = {
        "area": area(answer, trajectory.area),
        "title": title(definition),
        "period": _when(answer, latest),
        "value": numbers.point(definition, latest, trajectory.target),
        "target": numbers.target(definition, trajectory.target),
        "gap": numbers.gap(trajectory, definition),
        "since": since(trajectory, definition),
    }
    if trajectory.why == Why.WITHHELD:
        return _("{area} {period}: {why}", **facts, why=_why(answer, trajectory))
    if trajectory.why and trajectory.target:
        return _("{area} {period}: {value}; {why}", **facts, why=_why(answer, trajectory))
    if trajectory.target is None:
        return _("{area} {period}: {value}", **facts)
    if trajectory.target.is_trend:
        return _trend(answer, trajectory, facts)
    if trajectory.target and trajectory.target.comparison == "<=":
        # What should be small is not short of anything.
        if trajectory.status == Status.RELAPSED:
            return _("{area} {period}: {value}, above the limit {target} again, {gap} too many", **facts)
        if trajectory.status == Status.MISSED:
            return _("{area} {period}: {value}, above the limit {target}, {gap} too many", **facts)
    match trajectory.status:
        case Status.ACHIEVED:
            return _("{area} {period}: {value}, target {target} met since {since}", **facts)
        case Status.RELAPSED:
            return _("{area} {period}: {value}, back below the target {target}, {gap} short", **facts)
        case Status.MISSED:
            return _("{area} {period}: {value}, target {target} missed, {gap} short", **facts)
        case Status.NOT_JUDGED:
            return _("{area} {period}: {value}", **facts)
        case _:
            return _("{area} {period}: {value}, {gap} short of the target {target}", **facts)


def _when(answer: Answer, point: Point) -> str:
    """A figure's period within a sentence; of one that is not over, that it goes on."""
    name = when(answer.definition, point.period)
    return _("{period} so far", period=name) if point.period in answer.running else name


def _with_running(answer: Answer, one: Trajectory, sentence: str) -> str:
    """The sentence, and how far the period has come that is not over."""
    running = one.so_far
    if running is None or running is one.latest:
        return sentence
    facts = {
        "period": _when(answer, running),
        "value": numbers.point(answer.definition, running, one.target),
    }
    return _("; ").join([sentence, _("{period}: {value}", **facts)])


def _why(answer: Answer, one: Trajectory) -> str:
    """Why what has a target and a figure is not judged; of what is owed, which datasets and by whom."""
    kind, latest, target = answer.definition.period, one.latest, one.target
    match one.why:
        case Why.WITHHELD:
            return _("the newest figure is withheld, as it tells of few persons, and is not judged")
        case Why.BEFORE_WITHHELD:
            return _("the figure before it is withheld, as it tells of few persons, so that no trend can be judged")
        case Why.RUNNING:
            return _("the period is not over, so it is not judged yet")
        case Why.GAP if latest:
            before = max((point.period for point in one.points if point.period < latest.period), default=latest.period)
            missing = when(answer.definition, period_before(latest.period, kind) or before)
            return _("no trend can be judged, as the figure of {missing} is missing", missing=missing)
        case Why.OWED if target and target.due:
            decisive = when(answer.definition, decisive_period(target.due, kind))
            facts = {"decisive": decisive, "target": numbers.target(answer.definition, target), "owed": _owed(answer)}
            if latest and _meets(latest, target):
                return _(
                    "it met the target {target}, but the figure of {decisive}, which decides, is owed: {owed}", **facts
                )
            return _("the figure of {decisive}, which decides on the target {target}, is owed: {owed}", **facts)
    return ""


def _meets(latest: Point, target: Target) -> bool:
    if latest.value is None or target.value is None:
        return False
    return latest.value >= target.value if target.wants_more else latest.value <= target.value


def _ended(answer: Answer, one: Trajectory) -> bool:
    """Whether a figure that should rise or fall stands where it cannot go further."""
    if one.latest is None or one.latest.value is None or one.target is None:
        return False
    highest = answer.definition.highest
    direction: Literal["rising", "falling"] = "rising" if one.target.wants_more else "falling"
    return at_the_end(one.latest.value, direction, None if highest is None else Fraction(highest))


def _trend(answer: Answer, trajectory: Trajectory, facts: Mapping[str, str]) -> str:
    """How a figure that should rise or fall at every period has moved."""
    rising = trajectory.target is not None and trajectory.target.comparison == "rising"
    if trajectory.status == Status.NOT_JUDGED:
        return _("{area} {period}: {value}; one figure alone shows no trend", **facts)
    if trajectory.status == Status.ACHIEVED and _ended(answer, trajectory):
        return (
            _("{area} {period}: {value}, as high as it can be", **facts)
            if rising
            else _("{area} {period}: {value}, as low as it can be", **facts)
        )
    if trajectory.status == Status.ACHIEVED:
        return (
            _("{area} {period}: {value}, rising since {since}", **facts)
            if rising
            else _("{area} {period}: {value}, falling since {since}", **facts)
        )
    before = _before(answer, trajectory)
    return (
        _(
            "{area} {period}: {value}, not above the {before} of the period before, as the plan asks",
            **facts,
            before=before,
        )
        if rising
        else _(
            "{area} {period}: {value}, not below the {before} of the period before, as the plan asks",
            **facts,
            before=before,
        )
    )


def _before(answer: Answer, one: Trajectory) -> str:
    """The figure that the newest one is compared with where it should rise or fall."""
    earlier = newest_of([point for point in one.complete if one.latest and point.period < one.latest.period])
    return numbers.point(answer.definition, earlier, one.target)


def verdict(answer: Answer) -> str:
    """How an indicator stands everywhere, in one sentence: the whole area, the districts that fall short, what is unknown.

    At most two districts are said with their figures, those furthest from the target first.
    """
    targeted = [one for one in answer.areas[1:] if one.target]
    if not targeted:
        return _of_the_whole(answer)
    by: dict[Standing, list[Trajectory]] = {}
    for one in targeted:
        by.setdefault(standing_of(one.status), []).append(one)
    short = sorted(by.pop(Standing.BEHIND, []), key=lambda one: -relative_gap(one))
    unknown = by.pop(Standing.NO_DATA, [])
    if len(unknown) == len(targeted):
        known = [_("no district has data")] if answer.whole.latest else []
        return _("; ").join([_of_the_whole(answer), *known])
    pieces = [_of_the_whole(answer), *(_of_a_district(answer, one) for one in short[:2])]
    if short[2:]:
        more = bound(numbers.whole(len(short[2:])), "more", answer.definition.id)
        pieces.append(
            n_("{more} more district falls short", "{more} more districts fall short", len(short[2:]), more=more)
        )
    not_judged = by.pop(Standing.NOT_JUDGED, [])
    for left, told in (
        (unknown, _("{areas}: no data")),
        ([one for one in not_judged if one.why == Why.WITHHELD], _("{areas}: withheld, as it tells of few persons")),
        ([one for one in not_judged if one.why != Why.WITHHELD], _("{areas}: not judged")),
    ):
        if left:
            pieces.append(told.format(areas=_(", ").join(area(answer, one.area) for one in left)))
    if by:
        others = _OTHERS if len(pieces) > 1 else _EVERY_DISTRICT
        pieces.append(_(others[Standing.ON_TRACK in by]))
    return _("; ").join(pieces)


# What the districts that are left do, first where all of them meet the target, then where some are on track.
_OTHERS = (N_("the other districts meet it"), N_("the other districts meet it or are on track"))
_EVERY_DISTRICT = (N_("every district meets it"), N_("every district meets it or is on track"))


def _of_the_whole(answer: Answer) -> str:
    """The whole area's newest figure with its verdict, and what is running."""
    return _with_running(answer, answer.whole, _whole(answer))


def _whole(answer: Answer) -> str:
    whole, shown = answer.whole, answer.whole.latest
    if shown is None:
        return _standing(answer, whole)
    facts = {
        "area": area(answer, whole.area),
        "title": title(answer.definition),
        "period": _when(answer, shown),
        "value": numbers.point(answer.definition, shown, whole.target),
    }
    told = judged(answer, whole)
    if whole.why == Why.WITHHELD:
        return _("{area}, {period}: {title}: {verdict}", **facts, verdict=told)
    if not told:
        return _("{area}, {period}: {title} {value}", **facts)
    return _("{area}, {period}: {title} {value}, {verdict}", **facts, verdict=told)


def _of_a_district(answer: Answer, one: Trajectory) -> str:
    """A district's newest figure and what it lacks; the period too where it is not that of the whole."""
    shown, reference = one.latest, answer.whole.latest
    name = area(answer, one.area)
    if shown and reference and shown.period != reference.period:
        name = _("{area} ({period})", area=name, period=when(answer.definition, shown.period))
    value = numbers.point(answer.definition, shown, one.target)
    short = _off(answer, one) or judged(answer, one)
    return _("{area} {value}, {verdict}", area=name, value=value, verdict=short)


def judged(answer: Answer, one: Trajectory) -> str:
    """The verdict on an area's newest figure, and what is missing; empty where there is nothing to judge it by."""
    if one.target is None or one.latest is None:
        return ""
    if one.why:
        return _why(answer, one)
    if one.target.is_trend:
        return _judged_trend(answer, one)
    word = _(states.state(one.status).word)
    return _("{verdict}, {gap}", verdict=word, gap=_off(answer, one)) if one.gap else word


def _judged_trend(answer: Answer, one: Trajectory) -> str:
    rising = one.target is not None and one.target.wants_more
    if one.status == Status.NOT_JUDGED:
        return _("one figure alone shows no trend")
    if one.status == Status.ACHIEVED and _ended(answer, one):
        return _("as high as it can be") if rising else _("as low as it can be")
    before = _before(answer, one)
    if one.status == Status.ACHIEVED:
        return (
            _("above the {before} before", before=before) if rising else _("below the {before} before", before=before)
        )
    return (
        _("not above the {before} before", before=before)
        if rising
        else _("not below the {before} before", before=before)
    )


def _off(answer: Answer, one: Trajectory) -> str:
    """How many units are missing or too many; empty where none are."""
    if not one.gap:
        return ""
    gap = numbers.gap(one, answer.definition)
    return _("{gap} short", gap=gap) if one.target and one.target.wants_more else _("{gap} too many", gap=gap)


def lacking(answer: Answer, one: Trajectory | None = None) -> str:
    """Which datasets an indicator (or one area of it) without a figure waits for, and who owes them.

    Names that hold no row at all first. An area that has rows, but not all that a figure needs, is told so.
    """
    if answer.lacking:
        return _("missing: {datasets}", datasets=_owed_by(answer.lacking))
    if one and one.points:
        return _("something that it needs is missing in: {datasets}", datasets=_owed(answer))
    return _("no rows for it yet in: {datasets}", datasets=_owed_by(answer.definition.datasets))


def _owed(answer: Answer) -> str:
    """The datasets that come period by period, and who owes them."""
    return _owed_by(answer.definition.owed)


def _owed_by(names: Sequence[str]) -> str:
    return _(", ").join(
        _("{dataset} (owed by {owner})", dataset=dataset(name), owner=pick(contracts()[name].owner.pair()))
        for name in names
    )


def since(trajectory: Trajectory, definition: Definition) -> str:
    """The period from which the target has been met, or missed, without a break."""
    if trajectory.since is None:
        return numbers.NOTHING
    return when(definition, period_of(trajectory.since, definition.period))


def when(definition: Definition, period: int) -> str:
    """A period's name within a sentence, where a bare number would not be read as a year."""
    told = _("{year}", year=period) if definition.period == "year" else numbers.period(period, definition.period)
    return bound(told, "period", definition.id, period)


def period(definition: Definition, number: int, running: Collection[int] = ()) -> str:
    """A period's name; of one that is not over, that it goes on."""
    name = bound(numbers.period(number, definition.period), "period", definition.id, number)
    return _("{period} (so far)", period=name) if number in running else name


_EVERY = {
    "year": N_("every year"),
    "school_year": N_("every year"),
    "term": N_("every term"),
    "quarter": N_("every quarter"),
    "day": N_("every exam"),
}


def due(trajectory: Trajectory, today: date, kind: Kind = "year") -> str:
    """The due date and how far away it is; of a target of every period of the kind, which periods these are."""
    if trajectory.target is None:
        return numbers.NOTHING
    if trajectory.target.due is None:
        return _(_EVERY[kind])
    if trajectory.target.due < today:
        return numbers.day(trajectory.target.due)
    days = (trajectory.target.due - today).days
    facts = {"day": numbers.day(trajectory.target.due), "days": numbers.whole(days)}
    return n_("{day} (in {days} day)", "{day} (in {days} days)", days, **facts)


def districts(answer: Answer) -> str:
    """Which districts fall short, worst first; the title of a comparison of areas."""
    below = [one for one in answer.areas[1:] if one.gap]
    if not any(one.target and one.latest for one in answer.areas[1:]):
        return _("{title} by area", title=title(answer.definition))
    if any(one.target and one.target.is_trend for one in answer.areas[1:]):
        return _district_trends(answer)
    if not below and not any(one.status == Status.ACHIEVED for one in answer.areas[1:]):
        return _("{title} by area", title=title(answer.definition))
    if not below and any(one.why for one in answer.areas[1:] if one.target):
        return _("{title}: every district that is judged meets the target", title=title(answer.definition))
    if not below:
        return _("{title}: every district with figures meets the target", title=title(answer.definition))
    listed = _(", ").join(
        _("{area} ({gap})", area=area(answer, one.area), gap=_off(answer, one))
        for one in sorted(below, key=lambda one: -(one.gap or 0))
    )
    if any(one.target and one.target.comparison == "<=" for one in below):
        return _("{title}: still above the limit: {areas}", title=title(answer.definition), areas=listed)
    return _("{title}: still below the target: {areas}", title=title(answer.definition), areas=listed)


def _district_trends(answer: Answer) -> str:
    """Which districts do not move as the plan asks; a single figure does not move."""
    against = [one for one in answer.areas[1:] if one.status in (Status.MISSED, Status.RELAPSED)]
    if not against and not any(one.status == Status.ACHIEVED for one in answer.areas[1:]):
        return _("{title} by area", title=title(answer.definition))
    if not against:
        return _("{title}: every district with two figures moves as the plan asks", title=title(answer.definition))
    listed = _(", ").join(area(answer, one.area) for one in against)
    return _("{title}: does not move as the plan asks in {areas}", title=title(answer.definition), areas=listed)


def titled(answer: Answer, sentence: str) -> str:
    """A sentence under the name of its indicator, for a chart that stands alone."""
    return _("{title}: {sentence}", title=title(answer.definition), sentence=sentence)


def parts(answer: Answer, name: str) -> str:
    """What the split of an area's newest figure says: the figure and the largest part."""
    own = [one for one in answer.parts if one.area == name and one.value is not None]
    if not own:
        return _("no data")
    newest = max(one.period for one in own)
    largest = max((one for one in own if one.period == newest), key=lambda one: one.value or 0)
    whole = next((one for one in answer.area(name).points if one.period == newest), None)
    facts = {
        "area": area(answer, name),
        "period": when(answer.definition, newest),
        "part": part(answer.definition, largest.part),
        "value": numbers.value(answer.definition, largest.value),
        "whole": numbers.point(answer.definition, whole),
    }
    if answer.definition.unit in ("mean", "ratio") or not answer.definition.parts_add_up:
        return _("{area} {period}: highest in “{part}”, {value}", **facts)
    if answer.definition.unit == "count":
        return _("{area} {period}: {whole}, most in “{part}”, {value}", **facts)
    return _("{area} {period}: {whole}; the largest part is “{part}”, {value}", **facts)


def published(done: Checked) -> str:
    """What a publish did."""
    return _(
        "Published {rows} rows of “{dataset}” as upload {id}. All charts show them already.",
        rows=numbers.whole(done.rows),
        dataset=dataset(done.dataset or ""),
        id=done.upload,
    )


def upload(one: Upload) -> str:
    """An upload in one line."""
    return f"#{one.upload_id} · {dataset(one.dataset)} · {one.file_name} · {numbers.minute(one.published_at)} · {person(one.uploader)}"


def no_file(one: Upload) -> str:
    """Why a viewer does not get the file of an upload."""
    if not one.kept:
        return _("The file of this upload was not kept.")
    if contracts()[one.dataset].lists_persons:
        return _("Its file has rows about single persons; it is handed out to nobody. The indicators tell its figures.")
    return _(
        "Its file is handed out only to staff of the installation (QUALITY_INTERNAL=1): it holds internal records, or counts persons row by row."
    )


def accepted(one: Upload) -> str:
    """Who accepted the warnings of an upload, where their text is for staff only."""
    names = dict.fromkeys(str(warning["accepted_by"]) for warning in one.warnings if warning.get("accepted_by"))
    by = _(", ").join(person(name) for name in names)
    return _("accepted by {names}; what they say is for staff only, as it may quote numbers of persons", names=by)


def person(name: str) -> str:
    """Who uploaded or withdrew a file; what the product brought by itself, the system did."""
    return _("system") if name == SYSTEM else name


def dataset(name: str) -> str:
    return bound(pick(contracts()[name].title.pair()), "dataset", name) if name in contracts() else name


def dataset_or_automatic(name: str) -> str:
    return dataset(name) if name in contracts() else _("find out from the header")


def field(contract: Contract, name: str) -> str:
    """A field's title; of the column that holds a field's state, the title and that it is the state."""
    for one in contract.fields:
        if one.state_column == name:
            return _("{field} (state)", field=pick(one.title.pair()))
    return pick(contract.field(name).title.pair())


def meaning(contract: Contract, target: str) -> str:
    """What a column means: a field, and the group that it belongs to."""
    name, _at, group = target.partition("@")
    known = any(one.name == name for one in contract.fields)
    title = field(contract, name) if known else name
    return f"{group} · {title}" if group else title


def column(header: str, values: Sequence[str]) -> str:
    """A column of a file with its first values, as the label of a choice."""
    shown = f"{header} ({' · '.join(values)})" if values else header
    return _("Column {column}", column=shown)


def scope(contract: Contract, chosen: Mapping[str, str]) -> str:
    """The rows that a file replaces whole."""
    parts = _(", ").join(f"{field(contract, name)} {text}" for name, text in chosen.items())
    return _("replace all rows of {scope}", scope=parts)


def latest(definition: Definition, trajectory: Trajectory) -> str:
    """An area's newest figure."""
    return numbers.point(definition, trajectory.latest, trajectory.target)


def datasets(definition: Definition) -> str:
    """The datasets that an indicator is computed from."""
    return _(", ").join(dataset(name) for name in definition.datasets)


def part(definition: Definition, code: str | None) -> str:
    if code is None:
        return _("total")
    return pick(definition.parts[code].pair()) if code in definition.parts else code


def planner(plan_: Plan, answer: Answer, name: str) -> str:
    """What would close the gap, in the unit that people act on."""
    definition = answer.definition
    spare = floor(plan_.counting - plan_.target * plan_.total)
    count = numbers.whole(plan_.convert or spare)
    unit = pick(definition.gap_unit.behind(count)) if definition.gap_unit else ""
    if not plan_.convert:
        return _(
            "{area} meets the target of “{title}”, with {count} {unit} to spare",
            area=area(answer, name),
            title=title(definition),
            count=count,
            unit=unit,
        )
    return _(
        "{area} is {count} {unit} short: convert {count} of the existing places, or build {build} more",
        area=area(answer, name),
        count=count,
        unit=unit,
        build=numbers.whole(plan_.build),
    )


def footing(answer: Answer, unit: str | None = None) -> str:
    """The line below a chart: unit, where the definition stands, the age of the data, and whether they are invented.

    unit: of a chart that shows the rows behind the answer, if it is another than the answer's.
    """
    pieces = [_("unit: {unit}", unit=unit or numbers.unit(answer.definition)), clause(answer.definition.clause)]
    if answer.updated_at:
        pieces.append(_("data of {moment}", moment=numbers.minute(answer.updated_at)))
    pieces.append(_("version {number}", number=answer.data_version))
    if answer.sample:
        pieces.append(_("sample data"))
    return " · ".join(pieces)


def state(day: date, version: int) -> str:
    """Which data a picture shows that is handed out."""
    return _("state of the data of {day}, version {number}", day=numbers.day(day), number=version)


def common_footing(answers: Sequence[Answer]) -> str:
    """The line below a chart of several answers: their clauses, the newest data, and whether any are invented."""
    clauses = list(dict.fromkeys(clause(one.definition.clause) for one in answers))
    newest = max((one.updated_at for one in answers if one.updated_at), default=None)
    pieces = [_(", ").join(clauses)]
    if newest:
        pieces.append(_("data of {moment}", moment=numbers.minute(newest)))
    pieces += [_("version {number}", number=one.data_version) for one in answers[:1]]
    if any(one.sample for one in answers):
        pieces.append(_("sample data"))
    return " · ".join(pieces)


def source(answer: Answer) -> str:
    """The caption below a chart: where the figure is defined and how it is computed."""
    return _(
        "{clause} · {calculation}",
        clause=clause(answer.definition.clause),
        calculation=pick(answer.definition.calculation.pair()),
    )


COLUMNS = ("indicator", "period", "area", "part", "numerator", "denominator", "value")


def rows(answer: Answer) -> list[list[object]]:
    """Every figure of an answer as plain rows of `COLUMNS`, for a file: numbers exact, suppressed ones as on the page."""
    return [
        [answer.definition.id, one.period, one.area, one.part or "", *_figures(one)] for one in newest_first(answer)
    ]


def _figures(one: Point) -> list[object]:
    if one.suppressed:
        return [numbers.withheld(one)] * 3
    return [one.numerator, one.denominator, None if one.value is None else float(one.value)]


def newest_first(answer: Answer) -> list[Point]:
    """Every figure, the newest period first, the areas in the plan's order, the whole before its parts."""
    names = [one.area for one in answer.areas]
    found = [point for one in answer.areas for point in one.points] + [
        point for point in answer.parts if point.area in names
    ]
    return sorted(found, key=lambda one: (-one.period, names.index(one.area), one.part or ""))
