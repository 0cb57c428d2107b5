"""Sentences made from answers: titles that say a chart's conclusion, one line of words for an indicator."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import floor

from data.contract import Contract, contracts
from data.intake import Checked
from data.plan import ClauseNumber, plan
from data.prepare import SYSTEM
from data.uploads import Upload
from data.words import _, n_, pick
from pages.display import numbers
from queries.answers import Answer, Point, Trajectory
from queries.catalogue import Definition
from queries.gap import Plan
from queries.progress import Status


def title(definition: Definition) -> str:
    return pick(definition.title.pair())


def area(answer: Answer, name: str) -> str:
    """An area's name in the reader's language."""
    return pick({"zh": name, "en": answer.english.get(name, name)})


def clause(number: ClauseNumber) -> str:
    """Where in the plan: clause 27, or one of its two sections without numbers."""
    if isinstance(number, int):
        return _("clause {number}", number=number)
    return pick(plan().clauses[number].title.pair())


def standing(answer: Answer, trajectory: Trajectory) -> str:
    """How an indicator stands in an area, in one sentence that holds the figure, the verdict and the gap."""
    latest = trajectory.latest
    definition = answer.definition
    if latest is None:
        return _("{area}: no figure for {title} yet.", area=area(answer, trajectory.area), title=title(definition))
    facts = {
        "area": area(answer, trajectory.area),
        "title": title(definition),
        "period": numbers.period(latest.period, definition.period),
        "value": numbers.point(definition, latest, trajectory.target),
        "target": numbers.target(definition, trajectory.target),
        "gap": numbers.gap(trajectory, definition),
        "since": since(trajectory, definition),
    }
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


def since(trajectory: Trajectory, definition: Definition) -> str:
    """The period from which the target has been met, or missed, without a break."""
    if trajectory.since is None:
        return numbers.NOTHING
    return numbers.period(trajectory.since.year, definition.period)


def due(trajectory: Trajectory, today: date) -> str:
    """The due date and how far away it is."""
    if trajectory.target is None:
        return numbers.NOTHING
    if trajectory.target.due is None:
        return _("every year")
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
    if not below:
        return _("{title}: every district with figures meets the target", title=title(answer.definition))
    listed = _(", ").join(
        f"{area(answer, one.area)} ({numbers.gap(one, answer.definition)})"
        for one in sorted(below, key=lambda one: -(one.gap or 0))
    )
    return _("{title}: still below the target: {areas}", title=title(answer.definition), areas=listed)


def titled(answer: Answer, sentence: str) -> str:
    """A sentence under the name of its indicator, for a chart that stands alone."""
    return _("{title}: {sentence}", title=title(answer.definition), sentence=sentence)


def parts(answer: Answer, name: str) -> str:
    """What the split of an area's newest figure says: the largest part."""
    own = [one for one in answer.parts if one.area == name and one.value is not None]
    if not own:
        return _("no data")
    newest = max(one.period for one in own)
    largest = max((one for one in own if one.period == newest), key=lambda one: one.value or 0)
    facts = {
        "area": area(answer, name),
        "period": numbers.period(newest, answer.definition.period),
        "part": part(answer.definition, largest.part),
        "value": numbers.value(answer.definition, largest.value),
    }
    if answer.definition.unit == "mean":
        return _("{area} {period}: highest in “{part}”, {value}", **facts)
    return _("{area} {period}: the largest part is “{part}”, {value}", **facts)


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


def person(name: str) -> str:
    """Who uploaded or withdrew a file; what the product brought by itself, the system did."""
    return _("system") if name == SYSTEM else name


def dataset(name: str) -> str:
    return pick(contracts()[name].title.pair()) if name in contracts() else name


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
    unit = pick(definition.gap_unit.pair()) if definition.gap_unit else ""
    if not plan_.convert:
        spare = floor(plan_.counting - plan_.target * plan_.total)
        return _(
            "{area} meets the target of “{title}”, with {count} {unit} to spare",
            area=area(answer, name),
            title=title(definition),
            count=numbers.whole(spare),
            unit=unit,
        )
    return _(
        "{area} is {count} {unit} short: convert {count} existing places, or build {build} new ones",
        area=area(answer, name),
        count=numbers.whole(plan_.convert),
        unit=unit,
        build=numbers.whole(plan_.build),
    )


def footing(answer: Answer) -> str:
    """The line below a chart: unit, where the definition stands, the age of the data, and whether they are invented."""
    pieces = [_("unit: {unit}", unit=numbers.unit(answer.definition)), clause(answer.definition.clause)]
    if answer.updated_at:
        pieces.append(_("data of {moment}", moment=numbers.minute(answer.updated_at)))
    pieces.append(_("version {number}", number=answer.data_version))
    if answer.sample:
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
