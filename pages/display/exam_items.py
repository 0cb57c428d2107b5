"""Sentences, cells and rows of the page of item analysis."""

from collections.abc import Sequence
from fractions import Fraction

from data.contract import contracts
from data.handed_out import Table, xlsx_bytes
from data.words import N_, _, n_, pick
from pages.display import numbers, terms
from pages.display.exam import called
from pages.display.states import State
from queries.exams.items import EVERY, Analysis, Cell, Item, Option, Paper
from queries.exams.papers import Quality, quality, round_half_up
from queries.suppression import SMALL

WORDS = {
    Quality.VERY_GOOD: State("#00695c", "●", N_("very good item")),
    Quality.GOOD: State("#0b5cab", "▲", N_("good item")),
    Quality.ACCEPTABLE: State("#8a5a00", "◆", N_("acceptable item")),
    Quality.POOR: State("#b3391b", "✕", N_("poor item")),
}
# Fills of score rates from high to low; the numbers stand in them, so that no reader depends on the colour.
FILLS = (
    (Fraction(85, 100), "#bfe0da"), (Fraction(70, 100), "#dcefe4"), (Fraction(60, 100), "#f1f4dc"),
    (Fraction(40, 100), "#fdeccb"), (Fraction(0), "#f8d5c9"),
)  # fmt: skip
MOST_NAMED = 6


def exam(one: Paper) -> str:
    """An exam as the other pages call it."""
    return called(one.exam_name, one.grade, one.held_on)


def of(found: Analysis) -> str:
    """Whose figures these are."""
    return found.school.name if found.school else _("whole exam")


def name(code: str) -> str:
    return _("item {code}", code=code)


def named(items: Sequence[Item]) -> str:
    """Items in a sentence, some of many."""
    listed = _(", ").join(one.code for one in items[:MOST_NAMED])
    return _("{items} and {count} more", items=listed, count=len(items) - MOST_NAMED) if items[MOST_NAMED:] else listed


def word(one: Item) -> State | None:
    """What an item's discrimination is worth, as shape, word and colour."""
    found = quality(one.discrimination)
    return WORDS[found] if found else None


def poor(found: Analysis) -> list[Item]:
    """The items that hardly tell pupils apart, the worst first."""
    items = [one for one in found.items if quality(one.discrimination) == Quality.POOR]
    return sorted(items, key=lambda one: one.discrimination or Fraction(0))


def title(found: Analysis) -> str:
    """What the paper's items are worth, in a sentence."""
    facts = {"subject": terms.subject(found.paper.subject), "unit": of(found)}
    judged = [one for one in found.items if one.discrimination is not None]
    if not judged:
        return _("{subject}, {unit}: no item can be judged", **facts)
    weak = poor(found)
    if not weak:
        text = _(
            "{subject}, {unit}: all {count} items tell pupils apart (discrimination 0.20 or more)",
            **facts,
            count=len(judged),
        )
        return text
    return n_(
        "{subject}, {unit}: {count} of {all} items hardly tells pupils apart (discrimination below 0.20): {items}",
        "{subject}, {unit}: {count} of {all} items hardly tell pupils apart (discrimination below 0.20): {items}",
        len(weak),
        **facts,
        all=len(judged),
        items=named(weak),
    )


def footing(found: Analysis) -> str:
    """What stands below a figure: exam, how many pupils, data version."""
    pieces = [exam(found.paper), coverage(found), _("version {number}", number=found.data_version)]
    return " · ".join([*pieces, *([_("sample data")] if found.sample else [])])


def coverage(found: Analysis) -> str:
    """Of how many pupils there are item scores."""
    count = numbers.whole(found.pupils or 0)
    if found.school or found.paper.sat is None:
        return _("{count} pupils with item scores", count=count)
    return _("item scores of {count} of {sat} pupils who sat", count=count, sat=numbers.whole(found.paper.sat))


def reliability(found: Analysis) -> str:
    """α in a sentence, with the items without which it would be higher."""
    if found.alpha is None:
        return _(
            "Reliability cannot be told: fewer than {few} pupils have a score in every item, or all have the same total.",
            few=SMALL,
        )
    facts = {"alpha": numbers.decimal(found.alpha, 3), "count": numbers.whole(found.complete or 0)}
    said = (
        _("Reliability (KR-20) is {alpha}, over {count} pupils with a score in every item.", **facts)
        if found.kr20
        else _("Reliability (Cronbach's α) is {alpha}, over {count} pupils with a score in every item.", **facts)
    )
    better = raising(found)
    if not better:
        return _("{said} No item lowers it.", said=said)
    return _("{said} It would be higher without: {items}.", said=said, items=_("; ").join(map(_without, better)))


def raising(found: Analysis) -> list[Item]:
    """The items without which α would be higher as it is shown, those that lower it most first."""
    items = [
        one
        for one in found.items
        if found.alpha is not None and _thousandths(one.alpha_without) > _thousandths(found.alpha)
    ]
    return sorted(items, key=lambda one: -(one.alpha_without or Fraction(0)))


def _thousandths(value: Fraction | None) -> Fraction:
    return Fraction(-1) * 10**9 if value is None else Fraction(round_half_up(value * 1000))


def _without(one: Item) -> str:
    return _("item {code} ({alpha})", code=one.code, alpha=numbers.decimal(one.alpha_without or Fraction(0), 3))


def share(value: Fraction | None, *, withheld: bool = False) -> str:
    if value is None:
        return _("withheld") if withheld else numbers.NOTHING
    return numbers.percent(value)


def number(value: Fraction | float | None, places: int, *, withheld: bool = False) -> str:
    if value is None:
        return _("withheld") if withheld else numbers.NOTHING
    return numbers.decimal(Fraction(value), places)


def options_title(one: Item) -> str:
    """How the options of an item are spread: whether a wrong one was marked more often than the right one."""
    told = [option for option in one.options if option.pupils is not None]
    key = next((option for option in told if option.key), None)
    best = max((option for option in told if not option.key and option.choice), key=_pupils, default=None)
    if key is None or key.share is None:
        return _("{item}: who marked what", item=name(one.code))
    facts = {"item": name(one.code), "share": numbers.percent(key.share), "key": key.choice}
    if best and best.share is not None and _pupils(best) > _pupils(key):
        return _(
            "{item}: {share} marked {key}, the right option; more marked {other} ({others})",
            **facts,
            other=best.choice,
            others=numbers.percent(best.share),
        )
    return _("{item}: {share} marked {key}, the right option", **facts)


def _pupils(option: Option) -> int:
    return option.pupils or 0


def option_count(option: Option) -> str:
    return _("withheld") if option.pupils is None else numbers.whole(option.pupils)


def stated(text: str) -> str:
    """A knowledge point or an ability; what is not stated says so."""
    return terms.ability(text) if text else _("not stated")


def fill(cell: Cell | None) -> str:
    if cell is None or cell.rate is None:
        return "transparent"
    rate = cell.rate
    return next(colour for least, colour in FILLS if rate >= least)


def weakest(found: Analysis) -> str:
    """Which knowledge point and which ability pupils have least of; the title of the two-way table."""
    table = found.specification
    pairs = []
    for cells in (
        [table.cell(one, EVERY) for one in table.points],
        [table.cell(EVERY, one) for one in table.abilities],
    ):
        told = [cell for cell in cells if cell and cell.rate is not None]
        pairs.append(min(told, key=lambda cell: cell.rate or Fraction(0), default=None))
    point, ability = pairs
    if point is None or ability is None or len(table.points) < 2:
        return _("Knowledge points and abilities")
    return _(
        "Lowest score rate: {point} ({rate}) among knowledge points, {ability} ({other}) among abilities",
        point=stated(point.knowledge_point or ""),
        rate=share(point.rate),
        ability=stated(ability.ability or ""),
        other=share(ability.rate),
    )


def lacking() -> str:
    """That nobody has uploaded item scores, and what to upload."""
    items, scores = (contracts()[one] for one in ("exam_item", "item_result"))
    return _(
        "No item scores have been published yet. Upload the datasets “{items}” and “{scores}” (owed by: {owner}); the exam's own row comes first.",
        items=pick(items.title.pair()),
        scores=pick(scores.title.pair()),
        owner=pick(scores.owner.pair()),
    )


def few() -> str:
    return _(
        "Fewer than {few} pupils have item scores here, or their figures would give those of such a school away: nothing is shown.",
        few=SMALL,
    )


COLUMNS = (
    "exam_id", "subject", "unit", "item", "full_marks", "kind", "knowledge_point", "ability", "key", "pupils",
    "score_rate", "discrimination", "item_rest_correlation", "alpha", "alpha_without_item", "withheld",
)  # fmt: skip
OPTION_COLUMNS = ("item", "option", "key", "pupils", "share", "share_of_top_27", "share_of_bottom_27", "withheld")
CELL_COLUMNS = ("knowledge_point", "ability", "items", "full_marks", "score_rate", "withheld")


def rows(found: Analysis) -> list[list[object]]:
    """The items as rows of `COLUMNS`; reliability with four places, so that no withheld item follows from it."""
    unit = found.school.institution_id if found.school else None
    return [
        [
            found.paper.exam_id, found.paper.subject, unit, one.code, _plain(one.full_marks), one.kind,
            one.knowledge_point or None, one.ability or None, one.key, one.pupils, _plain(one.rate),
            _plain(one.discrimination), _plain(one.correlation), _plain(found.alpha, 4), _plain(one.alpha_without, 4),
            _flag(one.withheld),
        ]
        for one in found.items
    ]  # fmt: skip


def option_rows(found: Analysis) -> list[list[object]]:
    """Every option of every item as rows of `OPTION_COLUMNS`."""
    return [
        [
            one.code, option.choice or _("no answer"), _flag(option.key), option.pupils, _plain(option.share),
            _plain(option.top), _plain(option.bottom), _flag(option.pupils is None),
        ]
        for one in found.items
        for option in one.options
    ]  # fmt: skip


def cell_rows(found: Analysis) -> list[list[object]]:
    """The two-way table as rows of `CELL_COLUMNS`; the margins say all."""
    every = _("all")
    return [
        [
            every if one.knowledge_point is EVERY else one.knowledge_point, every if one.ability is EVERY else one.ability,
            " ".join(one.items), _plain(one.full_marks), _plain(one.rate), _flag(one.withheld),
        ]
        for one in found.specification.cells
    ]  # fmt: skip


def workbook(found: Analysis) -> bytes:
    """Items, options and the two-way table as a workbook of three sheets."""
    note = [[_("sample data")]] if found.sample else []
    sheets = (
        Table(_("Items"), COLUMNS, [*rows(found), *note]),
        Table(_("Options"), OPTION_COLUMNS, [*option_rows(found), *note]),
        Table(_("Specification table"), CELL_COLUMNS, [*cell_rows(found), *note]),
    )
    return xlsx_bytes(sheets)


def _flag(value: bool) -> str:
    return _("yes") if value else _("no")


def _plain(value: object, places: int = 6) -> float | None:
    return (
        None if value is None else round(float(str(value)) if not isinstance(value, Fraction) else float(value), places)
    )
