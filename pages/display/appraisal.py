"""What is said of an appraisal: places, changes, how firm the order is, and what would change it."""

from collections.abc import Sequence
from fractions import Fraction

from data.words import _, n_
from pages.display import numbers, sentences
from queries.answers import Answer
from queries.appraisal import BODIES, Appraised, Item, Standing, Year
from queries.appraisal.firmness import Firmness, Pair, Range, Step, pairs

COLUMNS = ("year", "body", "area", "place", "score", "item", "weight", "full_score", "item_score", "points_lost")


def points(score: Fraction) -> str:
    return _("{score} points", score=numbers.decimal(score, 2))


def place_number(place: int) -> str:
    return _("place {number}", number=place)


def place(one: Standing) -> str:
    return _("joint place {number}", number=one.place) if one.tied else place_number(one.place)


def change(one: Standing) -> str:
    """How the place has moved since the year before, with a sign that does not depend on colour."""
    if one.change is None:
        return _("not appraised the year before")
    if one.change == 0:
        return _("＝ place unchanged")
    count = abs(one.change)
    return (
        n_("▲ {count} place up", "▲ {count} places up", count)
        if one.change > 0
        else n_("▼ {count} place down", "▼ {count} places down", count)
    )


def gain(one: Standing) -> str:
    return numbers.NOTHING if one.gain is None else numbers.signed(one.gain, 2)


def conclusion(answer: Answer, year: Year) -> str:
    """Who is first, by how much, and whether that is certain."""
    first = [sentences.area(answer, one.appraised.area) for one in year.standings if one.place == 1]
    score = points(year.standings[0].appraised.score)
    if len(first) > 1:
        return _(
            "{year}: {areas} share the first place with {score}", year=year.year, areas=_(", ").join(first), score=score
        )
    if len(year.standings) == 1:
        return _("{year}: only {area} was appraised, with {score}", year=year.year, area=first[0], score=score)
    following = pairs(year)[0]
    facts = {"year": year.year, "area": first[0], "score": score, "lead": lead(following)}
    if following.firmness == Firmness.CERTAIN:
        return _("{year}: {area} is first with {score}, {lead} ahead; that place is certain", **facts)
    return _("{year}: {area} is first with {score}, {lead} ahead; that is too little to be certain", **facts)


def moved(answer: Answer, year: Year) -> str:
    """Which district's score moved most since the year before; the title of the scores' course."""
    known = [(one.gain, one) for one in year.standings if one.gain is not None]
    if not known:
        return _("{title} by area", title=sentences.title(answer.definition))
    most, one = max(known, key=lambda pair: abs(pair[0]))
    facts = {"year": year.year, "area": sentences.area(answer, one.appraised.area), "gain": numbers.signed(most, 2)}
    return _("Scores by year: in {year} {area} moved most, {gain} points", **facts)


def lead(pair: Pair) -> str:
    """A lead is never rounded to nothing."""
    shown = numbers.decimal(pair.lead, 2)
    return _("less than {score} points", score="0.01") if pair.lead and Fraction(shown) == 0 else points(pair.lead)


def how_firm(year: Year) -> str:
    """How many comparisons of two districts hold; the title of the chart of possible places."""
    found = pairs(year)
    open_ones = sum(one.firmness != Firmness.CERTAIN for one in found)
    if not found:
        return _("{year}: nothing to compare", year=year.year)
    if not open_ones:
        return _("{year}: the order holds, whatever weights and rounding do within their limits", year=year.year)
    facts = {"year": year.year, "all": len(found)}
    return n_(
        "{year}: {count} of {all} comparisons of two districts is not certain",
        "{year}: {count} of {all} comparisons of two districts are not certain",
        open_ones,
        **facts,
    )


def possible(one: Range) -> str:
    if one.best == one.worst:
        return _("place {number}, certain", number=one.place)
    return _("place {number}, could be {best} to {worst}", number=one.place, best=one.best, worst=one.worst)


def certain(pair: Pair) -> str:
    """The verdict on two districts in a few words."""
    if pair.firmness == Firmness.TIED:
        return _("tied")
    return _("certain") if pair.firmness == Firmness.CERTAIN else _("not certain")


def firmness(answer: Answer, pair: Pair) -> str:
    """Why the order of two districts is certain, or what is enough to turn it."""
    facts = {"ahead": sentences.area(answer, pair.ahead.area), "behind": sentences.area(answer, pair.behind.area)}
    match pair.firmness:
        case Firmness.TIED:
            return _("{ahead} and {behind} have the same score; neither is ahead", **facts)
        case Firmness.CERTAIN:
            return _("{ahead} stays ahead of {behind} with every weight and rounding within the limits", **facts)
        case Firmness.WEIGHTS:
            return _("other weights within 20% are enough to put {behind} level or ahead", **facts)
        case Firmness.ROUNDING:
            return _("the rounding of the scores is enough to put {behind} level or ahead", **facts)
        case Firmness.EITHER:
            return _(
                "other weights within 20%, or the rounding of the scores, are each enough to put {behind} level or ahead",
                **facts,
            )
        case _:
            return _(
                "other weights and the rounding of the scores together could put {behind} level or ahead; neither alone could",
                **facts,
            )


def step(answer: Answer, one: Standing, found: Sequence[Step]) -> str:
    """The single item that would move a district one place up."""
    area = sentences.area(answer, one.appraised.area)
    if one.place == 1:
        return _("{area}: nobody is ahead", area=area)
    if not found:
        return _("{area}: no single item would be enough to pass the next one, not even with full marks", area=area)
    first = found[0]
    sentence = _(
        "{area}: “{item}” raised from {score} to {raised} (full marks {full}) would pass {next}",
        area=area,
        item=first.item.name,
        score=numbers.printed(first.item.score),
        raised=numbers.printed(first.raised_to),
        full=numbers.printed(first.item.full),
        next=sentences.area(answer, first.passes),
    )
    others = len(found) - 1
    if not others:
        return _("{sentence}; no other single item would", sentence=sentence)
    return n_(
        "{sentence}; {count} other item would do it too, with a larger increase",
        "{sentence}; {count} other items would do it too, with as large or larger increases",
        others,
        sentence=sentence,
    )


def lost_most(answer: Answer, year: int, one: Appraised) -> str:
    """The title of a waterfall: the score, and the item that cost most of what is missing."""
    worst = max(one.items, key=one.loss)
    facts = {"year": year, "area": sentences.area(answer, one.area), "score": points(one.score)}
    if not one.loss(worst):
        return _("{area} {year}: {score}, nothing lost", **facts)
    lost = numbers.decimal(one.loss(worst), 2)
    return _("{area} {year}: {score}; most was lost on “{item}”, {lost}", item=worst.name, lost=lost, **facts)


def best(year: Year, name: str) -> frozenset[str]:
    """The districts that lost least on an item, where not all lost the same."""
    losses = {one.area: one.loss(item) for one in year.districts if (item := one.item(name))}
    least = [area for area, loss in losses.items() if loss == min(losses.values())]
    return frozenset(least) if len(least) < len(losses) else frozenset()


def first(year: Year, name: str) -> Item:
    """An item as the first district has it."""
    return next(item for one in year.districts if (item := one.item(name)))


def same(year: Year, name: str) -> bool:
    """Whether an item has the same weight and full score in every district of a year."""
    found = {(item.weight, item.full) if (item := one.item(name)) else None for one in year.districts}
    return len(found) == 1


def rows(years: Sequence[Year], body: str) -> list[list[object]]:
    """Every item of every year as plain rows of `COLUMNS`, for a file."""
    return [
        [
            year.year, BODIES[body].value, one.appraised.area, one.place, float(one.appraised.score), item.name,
            float(item.weight), float(item.full), float(item.score), float(one.appraised.loss(item)),
        ]
        for year in reversed(years) for one in year.standings for item in one.appraised.items
    ]  # fmt: skip
