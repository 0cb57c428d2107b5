"""The monitoring report (clause 24): the whole plan in a paragraph, then group by group every indicator in words and figures."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from data.contract import contracts
from data.plan import Group, plan
from data.problem import Refused
from data.store import end_of_day
from data.words import _, n_, pick
from pages.display import bound, figures, numbers, sentences, states
from pages.display.report import ordinals
from pages.display.report.content import Block, Cell, Chart, Content, Heading, Paragraph, Question, Table
from queries import answers
from queries.answers import Answer, Trajectory
from queries.catalogue import Definition
from queries.progress import Standing, standing_of
from queries.standings import counted, overdue

SHAPES = {"share": "0.00%", "count": "#,##0", "mean": "#,##0.00", "ratio": "0.0000"}
# So many overdue targets are named in the summary, and so many charts stand in a report.
NAMED, MOST_CHARTS = 8, 20
WIDTHS = (18, 20, 17, 13, 17, 15)


def monitoring(question: Question, area: str | None = None, chosen: Sequence[str] = ()) -> Content:
    """The report of an area (None: the whole) and of some groups of the plan (none: all); `Refused` for unknown ones."""
    groups = _groups(chosen)
    first = next(iter(answers.visible(question.viewer)))
    known = answers.answer(question.store, first, question.as_of, question.viewer, question.day)
    area = known.area(area or plan().whole).area
    found = answers.overview(question.store, question.as_of, question.viewer, question.day)
    with bound.carrying():
        blocks = [*_summary(question, found, area, groups if chosen else ())]
        for number, group in enumerate(groups, start=2):
            blocks += _section(number, group, [one for one in found if one.definition.group is group], area)
        return Content(
            _("monitoring-report"),
            _("Monitoring report on the {plan}", plan=bound.bound(pick(plan().title.pair()), "plan")),
            tuple(_with_few_charts(blocks)),
            notes(question, sample=any(one.sample for one in found)),
            pick(contracts()["monitoring_report"].owner.pair()),
            question.known,
            any(one.sample for one in found),
        )


def notes(question: Question, *, sample: bool) -> tuple[str, ...]:
    """Where the numbers of a document are from: the day, the number of the data's version, whether they are invented."""
    version = question.store.version_at(end_of_day(question.as_of) if question.as_of else None)
    told = _(
        "Data: as of the end of {day}, version {number}.",
        day=numbers.day(question.known),
        number=bound.bound(str(version), "version"),
    )
    invented = _("The figures are sample data: they are invented and describe no real school or area.")
    return (told, invented) if sample else (told,)


def _groups(chosen: Sequence[str]) -> list[Group]:
    known = {one.id: one for one in plan().groups}
    for name in chosen:
        if name not in known:
            raise Refused(
                _("The plan has no group “{name}”. Choose one of: {known}", name=name, known=", ".join(known))
            )
    return [one for one in known.values() if not chosen or one.id in chosen]


def _summary(question: Question, found: Sequence[Answer], area: str, groups: Sequence[Group]) -> Iterator[Block]:
    yield Heading(1, ordinals.first(1, _("The plan as a whole")))
    told = [_standings(found, area), *_overdue(question, found, area)]
    if question.until:
        told.insert(0, _("The report covers the periods up to {day}.", day=numbers.day(question.day)))
    if groups:
        listed = _(", ").join(pick(one.title.pair()) for one in groups)
        told.append(_("This report lists the indicators of: {groups}.", groups=listed))
    yield Paragraph(pick({"zh": "", "en": " "}).join(told))
    yield _table_of_groups(found, area)


def _table_of_groups(found: Sequence[Answer], area: str) -> Table:
    """How many indicators of each group stand how."""
    header = (_("Part of the plan"), _("Indicators"), *(_(states.standing(one).word) for one in Standing))
    rows = []
    for group in plan().groups:
        own = [one.area(area) for one in found if one.definition.group is group]
        counts = counted(own)
        cells = [_counted(counts.get(one, 0), "standing", area, one, group.id) for one in Standing]
        rows.append((Cell(pick(group.title.pair())), _counted(len(own), "indicators", group.id), *cells))
    caption = _("How the indicators of each part stand: {area}", area=sentences.area(found[0], area))
    return Table(caption, header, tuple(rows), _("The plan as a whole"), widths=(22, 15, 13, 13, 12, 12, 13))


def _counted(number: int, *source: object) -> Cell:
    return Cell(_count(number, *source), Fraction(number), "#,##0")


def _standings(found: Sequence[Answer], area: str) -> str:
    counts = counted(one.area(area) for one in found)
    told = _(", ").join(
        _("{count} {word}", count=_count(number, "standing", area, one), word=_(states.standing(one).word))
        for one, number in counts.items()
    )
    facts = {"area": sentences.area(found[0], area), "told": told}
    return n_(
        "{all} indicator measures the plan. {area}: {told}.",
        "{all} indicators measure the plan. {area}: {told}.",
        len(found),
        all=_count(len(found), "indicators"),
        **facts,
    )


def _count(number: int, *source: object) -> str:
    return bound.bound(numbers.whole(number), *map(str, source))


def _overdue(question: Question, found: Sequence[Answer], area: str) -> Iterator[str]:
    """How many targets are past their day without being met, and the first of them."""
    late = overdue(found, area, question.day)
    if not late:
        yield _("No target is past its day without being met.")
        return
    named = _("; ").join(_late(*pair) for pair in late[:NAMED])
    count = _count(len(late), "overdue", area)
    if len(late) <= NAMED:
        yield n_(
            "{overdue} target is past its day without being met: {named}.",
            "{overdue} targets are past their day without being met: {named}.",
            len(late), overdue=count, named=named,
        )  # fmt: skip
        return
    yield _("{overdue} targets are past their day without being met, among them: {named}.", overdue=count, named=named)


def _late(answer: Answer, one: Trajectory) -> str:
    due = one.target.due if one.target else None
    state = _(states.state(one.status).word)
    if standing_of(one.status) != Standing.BEHIND:
        state = _("figure owed")
    facts = {"title": sentences.title(answer.definition), "day": numbers.day(due) if due else "", "state": state}
    return _("{title} (due {day}, {state})", **facts)


def _section(number: int, group: Group, found: Sequence[Answer], area: str) -> Iterator[Block]:
    """A group of the plan: each of its indicators, or that none of them is shown."""
    yield Heading(1, ordinals.first(number, pick(group.title.pair())))
    if not found:
        yield Paragraph(_("No indicator of this part can be shown to all readers."))
    for place, one in enumerate(found, start=1):
        yield Heading(2, ordinals.second(place, sentences.title(one.definition)))
        yield from _indicator(one, area)


def _indicator(answer: Answer, area: str) -> Iterator[Block]:
    is_whole = area == answer.whole.area
    told = sentences.verdict(answer) if is_whole else sentences.standing(answer, answer.area(area))
    clause = sentences.clause(answer.definition.clause)
    yield Paragraph(_("{sentence} ({clause}).", sentence=told, clause=clause))
    notice = plan().clauses[answer.definition.clause].notice
    if notice and answer.definition.visibility == "internal":
        yield Paragraph(bound.bound(pick(notice.pair()), "notice", answer.definition.id))
    shown = [one for one in answer.areas if is_whole or one.area == area]
    if any(one.latest for one in shown):
        yield _table(answer, shown)
    if is_important(answer, area):
        yield Chart(_caption(answer, area), partial(figures.trajectory, answer, area))


def _caption(answer: Answer, area: str) -> str:
    return _("{title}: {area}", title=sentences.title(answer.definition), area=sentences.area(answer, area))


def is_important(answer: Answer, area: str) -> bool:
    """Whether a course is worth a chart: two figures or more, and a target that is not being kept."""
    one = answer.area(area)
    several = sum(point.value is not None for point in one.points) > 1
    return several and standing_of(one.status) == Standing.BEHIND


def _with_few_charts(blocks: Sequence[Block]) -> Iterator[Block]:
    charts = [one for one in blocks if isinstance(one, Chart)][:MOST_CHARTS]
    return (one for one in blocks if not isinstance(one, Chart) or one in charts)


def _table(answer: Answer, shown: Sequence[Trajectory]) -> Table:
    definition = answer.definition
    caption = _("{title} by area", title=sentences.title(definition))
    header = (_("Area"), _("Period"), _("Value"), _("Target"), _("State"), _("Gap"))
    rows = tuple(tuple(_row(answer, one)) for one in shown)
    group = pick(definition.group.title.pair())
    return Table(caption, header, rows, group, sentences.title(definition), WIDTHS)


def _row(answer: Answer, one: Trajectory) -> Iterator[Cell]:
    definition, latest, state = answer.definition, one.latest, states.state(one.status)
    yield Cell(sentences.area(answer, one.area))
    yield Cell(sentences.period(definition, latest.period, answer.running) if latest else numbers.NOTHING)
    value = latest.value if latest else None
    yield Cell(numbers.point(definition, latest, one.target), _scaled(definition, value), SHAPES[definition.unit])
    goal = one.target.value if one.target and one.target.upper is None else None
    sign = {">=": "≥ ", "<=": "≤ "}.get(one.target.comparison, "") if one.target else ""
    number = None if goal is None else _scaled(definition, Fraction(goal))
    yield Cell(numbers.target(definition, one.target), number, f'"{sign}"{SHAPES[definition.unit]}')
    yield Cell(state.label, colour=state.colour)
    yield Cell(
        numbers.gap(one, definition),
        Fraction(one.gap) if one.gap else None,
        "#,##0.###" if definition.gap_step else "#,##0",
    )


def _scaled(definition: Definition, value: Fraction | None) -> Fraction | None:
    """A value as a workbook has it: shares from 0 to 1, as its format shows per cent, money in the unit that is named."""
    return value if value is None or definition.unit == "share" else value * numbers.scale(definition)
