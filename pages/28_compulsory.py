"""Clauses 22 to 24: which schools fall below the standard, in what and by how much; is the spread between schools within
the limit; where are classes too large; do programmes, after-school service and special education reach everyone?"""

from data.words import N_, _
from pages.display import compulsory, figures, sentences, show, show_choices, show_frame
from queries import answers
from queries import compulsory as register
from queries.opened import shared_store

TITLE = N_("Compulsory education")
SECTION = N_("Parts of the plan")
ICON = ":material/balance:"

BALANCE, SPREAD = "balance_schools", {"小学": "balance_cv_primary", "初中": "balance_cv_junior"}
CLASSES = ("large_classes", "very_large_classes")
SERVICE = ("after_school_schools", "after_school_pupils")
REACH = ("quality_plan_coverage", "teaching_reform_coverage", "special_education_enrolment")


def asked(view: show_frame.View, name: str) -> answers.Answer:
    return answers.answer(shared_store(), name, view.as_of, view.viewer)


@show.remembered
def cards(view: show_frame.View, area: str) -> None:
    found = [asked(view, name) for name in (BALANCE, *SPREAD.values(), *CLASSES, *SERVICE, *REACH)]
    show.html("cards.html", cards=[(one, one.area(area)) for one in found], as_of=view.as_of)
    show.html("captions.html", captions=[], heading=_("Schools against the standard"))


@show.remembered
def balance(view: show_frame.View, area: str, stage: str) -> None:
    found = asked(view, BALANCE)
    schools = register.schools(shared_store(), area, stage, view.as_of)
    show.figure(figures.strips(found, area, schools), f"balance-{stage}-{area}")
    failing, unknown = register.falling_short(schools), register.not_judged(schools)
    show.html("compulsory.html", answer=found, stage=stage, failing=failing, unknown=unknown)


@show.remembered
def spread(view: show_frame.View, area: str, stage: str) -> None:
    found = asked(view, SPREAD[stage])
    show.html("captions.html", captions=[], heading=_("Spread between schools"))
    dots = figures.dots(found, area, compulsory.spread_title(found, area))
    show.side_by_side({f"spread-{stage}-{area}": dots, f"spread-{stage}-areas": figures.standing(found)})
    show.html("captions.html", captions=[sentences.source(found)], heading="")


@show.remembered
def crowding(view: show_frame.View, area: str, stage: str) -> None:
    found = [asked(view, name) for name in CLASSES]
    schools = register.crowded(shared_store(), area, stage, view.as_of)
    show.html("large_classes.html", answer=found[0], area=area, stage=stage, schools=schools)
    show.side_by_side({f"{one.definition.id}-areas": figures.standing(one) for one in found})


@show.remembered
def courses(view: show_frame.View, area: str) -> None:
    for names, heading in ((SERVICE, _("After-school service")), (REACH, _("Programmes and special education"))):
        found = [asked(view, name) for name in names]
        show.html("captions.html", captions=[], heading=heading)
        show.side_by_side({f"{one.definition.id}-{area}": figures.trajectory(one, area) for one in found})
        show.html("captions.html", captions=[sentences.source(one) for one in found], heading="")


view = show_frame.view()
found = asked(view, BALANCE)
with show.row():
    names = [one.area for one in found.areas]
    area = show_choices.segment(_("Area"), "area", names, lambda one: sentences.area(found, one))
    stage = show_choices.segment(_("Stage"), "stage", compulsory.stages(), lambda one: compulsory.stage(found, one))
cards(view, area)
balance(view, area, stage)
listed, file = register.schools(shared_store(), area, stage, view.as_of), f"balance-{stage}-{area}"
show.csv_download(file, compulsory.columns(), lambda: compulsory.rows(listed), sample=found.sample)
spread(view, area, stage)
crowding(view, area, stage)
courses(view, area)
