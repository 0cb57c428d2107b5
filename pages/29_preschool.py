"""Clauses 25-27: are children in inclusive and public kindergartens, by what, where not? Estates, inspections, spending?"""

from data.words import N_, _
from pages.display import carried as words
from pages.display import figures, preschool, sentences, show, show_choices, show_frame
from queries import answers
from queries.opened import shared_store
from queries.preschool import carried, estates, open_cases

TITLE = N_("Preschool")
SECTION = N_("Parts of the plan")
ICON = ":material/child_care:"

LINES = ["inclusive_share", "public_share"]
ESTATES = ["community_kindergartens_built", "community_kindergartens_handed_over"]
RUNNING = ["kindergarten_inspections", "schoolification_rectified"]


def asked(view: show_frame.View, names: list[str]) -> list[answers.Answer]:
    return [answers.answer(shared_store(), name, view.as_of, view.viewer) for name in names]


@show.remembered
def shares(view: show_frame.View, area: str) -> None:
    group = [name for name, one in answers.visible(view.viewer).items() if one.group.id == "preschool"]
    show.html("cards.html", cards=[(one, one.area(area)) for one in asked(view, group)], as_of=view.as_of)
    lines = asked(view, LINES)
    show.side_by_side({f"{one.definition.id}-{area}": figures.trajectory(one, area) for one in lines})
    show.html("captions.html", captions=[*map(sentences.source, lines)], heading=_("Where the districts stand"))
    show.side_by_side({f"{one.definition.id}-areas": figures.standing(one) for one in lines})
    show.figure(figures.composition(lines[0], area), f"ownership-{area}")
    show.html("captions.html", captions=[], heading=_("What carried the share"))


@show.remembered
def what_carried(view: show_frame.View, area: str, line: str, step: carried.Step) -> None:
    found, classes = asked(view, [line, LINES[0]])
    one = carried.carried(shared_store(), line, area, step, view.as_of)
    show.figure(figures.carried(found, area, one), f"carried-{line}-{area}")
    show.html("carried.html", answer=found, area=area, one=one, classes=classes.definition, words=words)


@show.remembered
def planner(view: show_frame.View, area: str, line: str) -> None:
    found, classes = asked(view, [line, LINES[0]])
    plan = answers.gap_planner(shared_store(), line, area, view.as_of)
    sentence = sentences.planner(plan, found, area) if plan else sentences.standing(found, found.area(area))
    show.html("planner.html", sentence=sentence, plan=plan, definition=classes.definition)


@show.remembered
def charts(view: show_frame.View, heading: str, names: list[str]) -> None:
    show.html("captions.html", captions=[], heading=heading)
    show.side_by_side({f"{one.definition.id}-areas": figures.areas(one) for one in asked(view, names)})
    show.html("captions.html", captions=[*map(sentences.source, asked(view, names))], heading="")


view = show_frame.view()
first, built, inspected = asked(view, [LINES[0], ESTATES[0], RUNNING[0]])
areas = [one.area for one in first.areas]
area = show_choices.segment(_("Area"), "area", areas, lambda one: sentences.area(first, one))
shares(view, area)
missed = preschool.line_to_reach(asked(view, LINES), area)
line = show_choices.segment(_("Line to reach"), "line", LINES, preschool.line, default=missed)
[chosen] = asked(view, [line])
if steps := {words.code(one): one for one in carried.steps(chosen.area(area))}:
    step = steps[show_choices.chosen(_("Compare"), "step", [*steps], lambda one: words.step(chosen, steps[one]))]
    what_carried(view, area, line, step)
    one = carried.carried(shared_store(), line, area, step, view.as_of)
    show.csv_download("carried", words.COLUMNS, lambda: words.rows(chosen, area, one), sample=chosen.sample)
planner(view, area, line)
charts(view, _("Estate kindergartens"), ESTATES)
owed = estates(shared_store(), area, view.as_of)
show.html("estates.html", answer=built, estates=owed, words=preschool)
show.csv_download("estates", preschool.ESTATE_COLUMNS, lambda: preschool.estate_rows(owed), sample=built.sample)
charts(view, _("Inspections and school-like teaching"), RUNNING)
cases = open_cases(shared_store(), area, view.as_of)
show.html("open_cases.html", answer=inspected, cases=cases, today=view.as_of or view.today, words=preschool)
show.csv_download("open-cases", preschool.CASE_COLUMNS, lambda: preschool.case_rows(cases), sample=inspected.sample)
charts(view, _("Public spending"), ["preschool_spending", "preschool_spending_per_child"])
