"""Clauses 16 to 18: do teachers earn what civil servants do, are benefits paid, exemplars known, the foundation's books right?"""

from data.plan import plan
from data.words import N_, _
from pages.display import figures, sentences, show, show_choices, show_frame
from pages.display import incentives as said
from queries import answers, incentives
from queries.opened import shared_store

TITLE = N_("Incentives")
SECTION = N_("Parts of the plan")
ICON = ":material/payments:"

PAY, BENEFITS, EXEMPLARS, FOUNDATION = (
    "teacher_pay_ratio", "benefit_coverage", "exemplars_publicised", "foundation_balance",
)  # fmt: skip


def asked(view: show_frame.View, name: str) -> answers.Answer:
    return answers.answer(shared_store(), name, view.as_of, view.viewer)


@show.remembered
def cards(view: show_frame.View) -> None:
    pay = asked(view, PAY)
    shown = [(pay, one) for one in (pay.areas if pay.whole.latest else pay.areas[1:])]
    others = [asked(view, name) for name in (BENEFITS, EXEMPLARS, FOUNDATION)]
    show.html("cards.html", cards=[*shown, *((one, one.whole) for one in others)], as_of=view.as_of)
    show.html("captions.html", captions=[], heading=_("Teachers' pay beside civil servants'"))


@show.remembered
def pay(view: show_frame.View, year: int) -> None:
    found, rows = asked(view, PAY), [one for one in incentives.pay(shared_store(), view.as_of) if one.year == year]
    course = figures.compared(found, sentences.districts(found))
    show.side_by_side({f"pay-{year}": figures.pay(found, rows), "pay-ratio": course})
    definitions = incentives.pay_definitions()
    first = next(iter(definitions.values()))
    lacking = said.lacking_areas(found, rows)
    show.html(
        "incentives_pay.html", said=said, answer=found, rows=rows, definitions=definitions, first=first, lacking=lacking
    )


@show.remembered
def others(view: show_frame.View) -> None:
    benefits, exemplars, foundation = (asked(view, name) for name in (BENEFITS, EXEMPLARS, FOUNDATION))
    show.html("captions.html", captions=[], heading=_("Benefits, exemplars, foundation"))
    drawn = {"benefits": figures.standing(benefits), "exemplars": figures.composition(exemplars, exemplars.whole.area)}
    show.side_by_side(drawn)
    show.figure(figures.books(foundation, foundation.whole.area), "foundation")
    show.html("incentives_books.html", said=said, answer=foundation, books=incentives.books(shared_store(), view.as_of))


@show.remembered
def rewards(view: show_frame.View) -> None:
    if incentives.REWARD_INDICATOR not in answers.visible(view.viewer):
        show.html("captions.html", captions=[_("Internal records (rewards for admissions) are left out.")], heading="")
        return
    found, rows = asked(view, incentives.REWARD_INDICATOR), incentives.rewards(shared_store(), view.as_of, view.viewer)
    show.html("captions.html", captions=[], heading=sentences.title(found.definition))
    notice = plan().clauses[found.definition.clause].notice
    show.html("incentives_rewards.html", said=said, answer=found, rewards=rows, notice=notice)


view = show_frame.view()
cards(view)
years = sorted({str(one.year) for one in incentives.pay(shared_store(), view.as_of)}, reverse=True)
if years:
    pay(view, int(show_choices.segment(_("Year"), "year", years)))
    rows = incentives.pay(shared_store(), view.as_of)
    show.csv_download("pay", said.PAY_COLUMNS, lambda: said.pay_rows(rows), sample=asked(view, PAY).sample)
else:
    show.note(sentences.lacking(asked(view, PAY)))
others(view)
rewards(view)
