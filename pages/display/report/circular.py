"""The circular (clauses 19 and 20): a year's appraisal of the districts, its order, whom it commends and what was lost where."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial

import plotly.graph_objects as go

from data.contract import contracts
from data.plan import plan
from data.problem import Refused
from data.words import _, n_, pick
from pages.display import appraisal as said
from pages.display import bound, figures, numbers, sentences
from pages.display.report import ordinals
from pages.display.report.content import Block, Cell, Chart, Content, Heading, Paragraph, Question, Table
from pages.display.report.monitoring import notes
from queries import answers, appraisal
from queries.answers import Answer
from queries.appraisal import Appraised, Item, Standing, Year
from queries.appraisal.firmness import SWAY, Firmness, pairs

# So many of a district's losses are remarked on.
REMARKED = 3
POINTS = "0.00"


class Writer:
    """Writes the parts of one circular; every number says body, year and district."""

    def __init__(self, answer: Answer, body: str, year: Year) -> None:
        self.answer, self.body, self.year = answer, body, year

    def number(self, text: str, measure: str, *about: str) -> str:
        return bound.bound(text, measure, self.body, self.year.year, *about)

    def area(self, one: Appraised) -> str:
        return sentences.area(self.answer, one.area)

    def score(self, one: Appraised) -> str:
        return self.number(said.points(one.score), "score", one.area)

    def place(self, one: Standing) -> str:
        return self.number(said.place(one), "place", one.appraised.area)

    def change(self, one: Standing) -> str:
        return self.number(said.change(one), "change", one.appraised.area)

    def gain(self, one: Standing) -> str:
        return self.number(said.gain(one), "gain", one.appraised.area)

    def of_item(self, one: Appraised, item: Item, measure: str) -> str:
        told = numbers.decimal(one.loss(item), 2) if measure == "loss" else numbers.printed(getattr(item, measure))
        return self.number(told, f"item {measure}", one.area, item.name)

    def name(self, item: Item) -> str:
        """An item's name as it came; digits in it are no figures."""
        return self.number(bound.unmarked(item.name), "item", item.name)

    @property
    def when(self) -> str:
        return self.number(_("{year}", year=self.year.year), "year")


def circular(question: Question, body: str, year: int | None = None) -> Content:
    """The circular of a body's appraisal of a year (None: the newest); `Refused` where there is none."""
    if body not in appraisal.BODIES:
        known = ", ".join(appraisal.BODIES)
        raise Refused(_("There is no body “{name}”. Choose one of: {known}", name=body, known=known))
    found = answers.answer(question.store, appraisal.BODIES[body].indicator, question.as_of, question.viewer)
    years = appraisal.years(question.store, body, question.as_of)
    chosen = _chosen(years, year)
    with bound.carrying():
        writer = Writer(found, body, chosen)
        facts = {"year": writer.when, "body": _(appraisal.BODIES[body].name)}
        return Content(
            _("circular-{year}", year=chosen.year),
            _("Circular on the {year} appraisal of the {body}", **facts),
            tuple(_blocks(writer, years)),
            notes(question, sample=found.sample),
            pick(contracts()["appraisal"].owner.pair()),
            question.known,
            found.sample,
        )


def _chosen(years: Sequence[Year], year: int | None) -> Year:
    if not years:
        owner = pick(contracts()["appraisal"].owner.pair())
        raise Refused(_("There is no appraisal yet; it is owed by {owner}.", owner=owner))
    for one in years:
        if year in (None, one.year):
            return years[-1] if year is None else one
    known = ", ".join(str(one.year) for one in years)
    raise Refused(_("There is no appraisal of {year}. Choose one of: {known}", year=year, known=known))


def _blocks(writer: Writer, years: Sequence[Year]) -> Iterator[Block]:
    parts: list[tuple[str, Callable[[Writer], Iterator[Block]]]] = [
        (_("Results"), _results),
        (_("Commendation"), _praise),
        (_("Where points were lost"), _remarks),
        (_("How firm the order is"), _firm),
    ]
    yield Paragraph(_opening(writer))
    kept = [(title, list(part(writer))) for title, part in parts]
    for number, (title, blocks) in enumerate([one for one in kept if one[1]], start=1):
        yield Heading(1, ordinals.first(number, title))
        yield from blocks
        if number == 1 and len(years) > 1:
            yield Chart(_("{title} by area", title=sentences.title(writer.answer.definition)), partial(_course, writer))
    yield Paragraph(_("This is hereby circulated."))


def _course(writer: Writer) -> go.Figure:
    return figures.compared(writer.answer, said.moved(writer.answer, writer.year))


def _opening(writer: Writer) -> str:
    districts = len(writer.year.districts)
    return n_(
        "Under {clause} of the {plan}, the {body} of {districts} district were appraised for {year}. The results are as follows.",
        "Under {clause} of the {plan}, the {body} of {districts} districts were appraised for {year}. The results are as follows.",
        districts,
        clause=sentences.clause(writer.answer.definition.clause),
        plan=bound.bound(pick(plan().title.pair()), "plan"),
        body=_(appraisal.BODIES[writer.body].name),
        districts=writer.number(numbers.whole(districts), "districts"),
        year=writer.when,
    )  # fmt: skip


def _results(writer: Writer) -> Iterator[Block]:
    told = [
        _("{area}: {place}, {score}", area=writer.area(one.appraised), place=writer.place(one), score=writer.score(one.appraised))
        for one in writer.year.standings
    ]  # fmt: skip
    yield Paragraph(_("{sentence}.", sentence=_("; ").join(told)))
    appraised = {one.area for one in writer.year.districts}
    absent = [one for one in writer.answer.areas[1:] if one.area not in appraised]
    if absent:
        names = _(", ").join(sentences.area(writer.answer, one.area) for one in absent)
        owner = pick(contracts()["appraisal"].owner.pair())
        yield Paragraph(
            _("{areas}: no appraisal of {year}; owed by {owner}.", areas=names, year=writer.when, owner=owner)
        )
    yield _table_of_places(writer)


def _table_of_places(writer: Writer) -> Table:
    header = (_("Area"), _("Place"), _("Score"), _("Place since the year before"), _("Score since the year before"))
    rows = tuple(
        (
            Cell(writer.area(one.appraised)),
            Cell(writer.place(one), Fraction(one.place), "0"),
            Cell(writer.score(one.appraised), one.appraised.score, POINTS),
            Cell(writer.change(one), Fraction(one.change) if one.change else None, "+0;−0;0"),
            Cell(writer.gain(one), one.gain, "+0.00;−0.00;0.00"),
        )
        for one in writer.year.standings
    )
    caption = _("Scores and places in {year}", year=writer.when)
    return Table(caption, header, rows, _("Results"), widths=(22, 18, 18, 22, 20))


def _praise(writer: Writer) -> Iterator[Block]:
    """Who came first, and who gained places or points: nothing else is praised."""
    told = [
        _("{area} comes first with {score}", area=writer.area(one.appraised), score=writer.score(one.appraised))
        for one in writer.year.standings
        if one.place == 1
    ]
    told += [text for one in writer.year.standings if (text := _improved(writer, one))]
    if told:
        yield Paragraph(_("The following are commended: {sentence}.", sentence=_("; ").join(told)))


def _improved(writer: Writer, one: Standing) -> str:
    if one.gain is None or one.gain <= 0:
        return ""
    facts = {"area": writer.area(one.appraised), "gain": writer.gain(one)}
    if one.change and one.change > 0:
        places = writer.number(numbers.whole(one.change), "change", one.appraised.area)
        return n_(
            "{area}: {gain} points and {places} place up since the year before",
            "{area}: {gain} points and {places} places up since the year before",
            one.change, places=places, **facts,
        )  # fmt: skip
    return _("{area}: {gain} points since the year before", **facts)


def _remarks(writer: Writer) -> Iterator[Block]:
    """For each district the items that cost most, as the figures say it."""
    for one in writer.year.districts:
        lost = [item for item in sorted(one.items, key=one.loss, reverse=True) if one.loss(item)][:REMARKED]
        told = [
            _(
                "“{item}” {loss} points (scored {score} of {full})",
                item=writer.name(item),
                **{measure: writer.of_item(one, item, measure) for measure in ("loss", "score", "full")},
            )
            for item in lost
        ]
        most = _("lost most on {items}", items=_(", ").join(told)) if told else _("nothing was lost")
        yield Paragraph(_("{area}: {sentence}.", area=writer.area(one), sentence=most))
    yield _table_of_items(writer)


def _table_of_items(writer: Writer) -> Table:
    header = (_("Area"), _("Item"), _("Weight"), _("Full marks"), _("Score"), _("Points lost"))
    rows = tuple(
        (
            Cell(writer.area(one)),
            Cell(writer.name(item)),
            Cell(writer.of_item(one, item, "weight"), item.weight, "0.####"),
            Cell(writer.of_item(one, item, "full"), item.full, "0.####"),
            Cell(writer.of_item(one, item, "score"), item.score, "0.####"),
            Cell(writer.of_item(one, item, "loss"), one.loss(item), POINTS),
        )
        for one in writer.year.districts
        for item in one.items
    )
    caption = _("Scores and points lost, item by item, in {year}", year=writer.when)
    return Table(caption, header, rows, _("Where points were lost"), widths=(26, 26, 12, 12, 12, 12))


def _firm(writer: Writer) -> Iterator[Block]:
    """In one sentence, how many comparisons of two districts hold."""
    found = pairs(writer.year)
    still_open = sum(one.firmness != Firmness.CERTAIN for one in found)
    facts = {
        "all": writer.number(numbers.whole(len(found)), "pairs"),
        "open": writer.number(numbers.whole(still_open), "open"),
        "limit": bound.bound(numbers.percent(SWAY, 0), "limit"),
    }
    if not found:
        return
    if not still_open:
        yield Paragraph(
            _("The order holds, whatever weights within {limit} and the rounding of the scores may do.", **facts)
        )
        return
    yield Paragraph(
        n_(
            "Of {all} comparisons of two districts, {open} is not certain: other weights within {limit}, or the rounding of the scores, could turn it.",
            "Of {all} comparisons of two districts, {open} are not certain: other weights within {limit}, or the rounding of the scores, could turn them.",
            still_open,
            **facts,
        )
    )
