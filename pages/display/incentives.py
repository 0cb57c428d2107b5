"""What is said of pay by definition, a foundation's books and the reward record."""

from collections.abc import Sequence
from decimal import Decimal

from data.contract import contracts
from data.words import N_, _, n_, pick
from pages.display import numbers, sentences, states
from queries.answers import Answer
from queries.incentives import (
    COMPONENTS,
    Books,
    Comparison,
    Component,
    Pay,
    PayDefinition,
    Reward,
    Side,
    pay_definitions,
)
from queries.progress import Status

WORDS: dict[Component, str] = {
    "basic": N_("Basic pay"),
    "allowances": N_("Allowances"),
    "performance": N_("Performance"),
    "bonus": N_("Year-end bonus"),
}
TEN_THOUSAND = Decimal(10_000)
PAY_COLUMNS = (
    "year", "area", "definition", "teachers", "teacher_mean", "civil_servants", "civil_mean", "ratio", "met", "short",
    "certified_by", "certified_on",
)  # fmt: skip


def component(name: Component) -> str:
    return _(WORDS[name])


def ten_thousand(yuan: Decimal | int) -> str:
    """Yuan in 万元."""
    return numbers.decimal(Decimal(yuan) / TEN_THOUSAND, 2)


def yuan(amount: Decimal | None) -> str:
    return numbers.NOTHING if amount is None else numbers.decimal(amount, 2)


def standing(answer: Answer, one: Pay, compared: Comparison) -> states.State:
    """How an area's pay stands: of its newest year as the indicator has it."""
    own = answer.area(one.area)
    return states.state(own.status) if own.latest and own.latest.period == one.year else verdict(compared)


def verdict(compared: Comparison) -> states.State:
    """Whether pay meets the target, as colour, shape and word."""
    if compared.met is None:
        return states.state(Status.NOT_JUDGED)
    return states.state(Status.ACHIEVED if compared.met else Status.MISSED)


def ratio(answer: Answer, compared: Comparison) -> str:
    """To three places, and never rounded up to a target that is not met."""
    return numbers.bare(answer.definition, compared.ratio, answer.definition.targets[0]) or numbers.NOTHING


def pay_title(answer: Answer, rows: Sequence[Pay]) -> str:
    """Where teachers earn less than civil servants, or cannot be compared; the title of the chart of pay."""
    first = next(iter(pay_definitions().values()))
    if not rows:
        return _("{title}: no data", title=sentences.title(answer.definition))
    compared = {sentences.area(answer, one.area): one.compared(first) for one in rows}
    below = [area for area, one in compared.items() if one.met is False]
    unknown = [area for area, one in compared.items() if one.met is None]
    facts = {"year": rows[0].year, "below": _(", ").join(below), "unknown": _(", ").join(unknown)}
    if below and unknown:
        return _("{year}: teachers earn less than civil servants in {below}; no verdict for {unknown}", **facts)
    if below:
        return _("{year}: teachers earn less than civil servants in {below}", **facts)
    if unknown:
        return _(
            "{year}: teachers earn no less than civil servants wherever pay is known; no verdict for {unknown}", **facts
        )
    return _("{year}: teachers earn no less than civil servants in every area", **facts)


def depends(answer: Answer, one: Pay) -> str:
    """Whether an area's verdict hangs on what is counted as pay."""
    area, verdicts = sentences.area(answer, one.area), one.verdicts()
    judged = {name: compared for name, compared in verdicts.items() if compared.met is not None}
    if not judged:
        return _("{area}: no verdict under any definition; {missing}", area=area, missing=missing(one))
    if one.depends:
        listed = _("; ").join(
            _("{definition}: {ratio} ({verdict})", definition=definition(pay_definitions()[name]),
              ratio=ratio(answer, compared), verdict=_("met") if compared.met else _("not met"))
            for name, compared in judged.items()
        )  # fmt: skip
        return _("{area}: the verdict depends on the definition – {listed}", area=area, listed=listed)
    if all(compared.met for compared in judged.values()):
        return _("{area}: the target is met under every definition that can be computed", area=area)
    return _("{area}: the target is missed under every definition that can be computed", area=area)


def definition(one: PayDefinition) -> str:
    return pick(one.title.pair())


def missing(one: Pay) -> str:
    """The components that an area left empty, by side."""
    pieces = [
        _("{side}: {components} missing", side=side, components=_(", ").join(component(name) for name in of.missing))
        for side, of in ((_("Teachers"), one.teacher), (_("Civil servants"), one.civil))
        if of.missing
    ]
    return _("; ").join(pieces) if pieces else _("nothing is missing")


def short(one: Pay) -> str:
    """What is missing to the target for one teacher, and for all of them."""
    compared = one.compared(next(iter(pay_definitions().values())))
    if compared.short is None:
        return _("cannot be said: {missing}", missing=missing(one))
    if not compared.short:
        return numbers.NOTHING
    each = _("{yuan} yuan a teacher and year", yuan=yuan(compared.short))
    if one.teacher.persons is None:
        return each
    total = ten_thousand(compared.short * one.teacher.persons)
    return _(
        "{each}; for {count} teachers {total} (10,000 yuan)",
        each=each,
        count=numbers.whole(one.teacher.persons),
        total=total,
    )


def certified(one: Pay) -> str:
    return _("not dated") if one.certified_on is None else numbers.day(one.certified_on)


def persons(side: Side) -> str:
    return numbers.NOTHING if side.persons is None else numbers.whole(side.persons)


def lacking_areas(answer: Answer, rows: Sequence[Pay]) -> str:
    """The districts that have no row in a year, and who owes it; nothing where all have."""
    given = {one.area for one in rows}
    names = [sentences.area(answer, one.area) for one in answer.areas[1:] if one.area not in given]
    if not names:
        return ""
    owner = pick(contracts()["pay"].owner.pair())
    return _("No row yet for {areas}; owed by {owner}.", areas=_(", ").join(names), owner=owner)


def checked(one: Books) -> str:
    """Whether a balance follows from the one before, with the difference by name."""
    if one.expected is None or one.difference is None:
        return _("cannot be checked: no balance of the year before")
    if not one.difference:
        return _("● agrees")
    facts = {"expected": ten_thousand(one.expected), "difference": ten_thousand(abs(one.difference))}
    if one.difference > 0:
        return _("✕ {difference} more than the books give ({expected})", **facts)
    return _("✕ {difference} less than the books give ({expected})", **facts)


def books_heading(found: Sequence[Books]) -> str:
    wrong = sum(bool(one.difference) for one in found)
    checkable = sum(one.difference is not None for one in found)
    facts = {"all": checkable}
    if not checkable:
        return _("Balances: nothing to check yet")
    if not wrong:
        return n_(
            "Balances: the {count} that can be checked agrees",
            "Balances: all {count} that can be checked agree",
            checkable,
        )
    return n_("Balances: {count} of {all} does not agree", "Balances: {count} of {all} do not agree", wrong, **facts)


def paid(one: Reward) -> str:
    return _("not reported") if one.paid is None else ten_thousand(one.paid)


def pay_rows(rows: Sequence[Pay]) -> list[list[object]]:
    """Every area, year and definition as plain rows of `PAY_COLUMNS`, for a file."""
    return [
        [
            one.year, one.area, name, one.teacher.persons, one.teacher.mean(of.teacher), one.civil.persons,
            one.civil.mean(of.civil), None if compared.ratio is None else float(compared.ratio), compared.met,
            compared.short, one.certified_by, one.certified_on,
        ]
        for one in reversed(rows)
        for name, of in pay_definitions().items()
        for compared in (one.compared(of),)
    ]  # fmt: skip


def components() -> tuple[Component, ...]:
    return COMPONENTS
