"""Clauses 1 to 3: which project is late, by how many days, who answers for it; are new schools equipped after half a year?"""

from data.words import N_, _
from pages.display import construction, figures, sentences, show, show_choices, show_frame
from queries import answers
from queries import construction as projects
from queries.opened import shared_store

TITLE = N_("School construction")
SECTION = N_("Parts of the plan")
ICON = ":material/construction:"

LINES = ("projects_completed", "projects_opened_autumn_2020", "projects_with_leader")
NEW_SCHOOLS = ("new_school_readiness", "new_school_partnered", "attached_kindergartens_inclusive")
STEERING = ("supervision_rounds", "leading_group_meetings")


def names() -> dict[str, str]:
    """What every area is called, the plan's whole first."""
    return {one.area: sentences.area(goal, one.area) for one in goal.areas}


def cards(view: show_frame.View, area: str, *ids: str) -> None:
    found = [answers.answer(shared_store(), name, view.as_of, view.viewer) for name in ids]
    show.html("cards.html", cards=[(one, one.area(area)) for one in found], as_of=view.as_of)


@show.remembered
def lateness(view: show_frame.View, area: str, shown: str) -> None:
    cards(view, area, *LINES, *NEW_SCHOOLS)
    every = projects.projects(shared_store(), area, view.as_of)
    found, day = construction.chosen(every, shown), view.as_of or view.today
    show.figure(figures.timeline(found, goal, construction.summary(every), day), f"projects-{area}-{shown}")
    show.html(
        "projects.html",
        projects=found,
        areas=names(),
        nothing=construction.nothing(every, goal),
        notes=construction.autumn(projects.autumn(shared_store(), area, view.as_of)) + construction.unlinked(every),
    )


@show.remembered
def new_schools(view: show_frame.View, area: str) -> None:
    found = projects.readiness(shared_store(), area, view.as_of)
    kindergartens = projects.attached(shared_store(), area, view.as_of)
    show.html(
        "readiness.html",
        found=found,
        sentence=construction.equipped(found),
        kindergartens=kindergartens,
        inclusive=construction.inclusive(kindergartens),
        areas=names(),
        notes=construction.partners(projects.partners(shared_store(), area, view.as_of)),
    )


@show.remembered
def steering(view: show_frame.View, area: str) -> None:
    show.html("captions.html", captions=[], heading=_("Supervision rounds and meetings"))
    cards(view, area, *STEERING)
    show.html("rounds.html", quarters=projects.quarters(shared_store(), area, view.as_of))


view = show_frame.view()
goal = answers.answer(shared_store(), LINES[0], view.as_of, view.viewer)
with show.row():
    area = show_choices.segment(_("Area"), "area", list(names()), lambda one: names()[one])
    shown = show_choices.segment(
        _("Projects"), "show", list(construction.SHOWN), lambda one: _(construction.SHOWN[one])
    )
lateness(view, area, shown)
found = construction.chosen(projects.projects(shared_store(), area, view.as_of), shown)
if found:
    header = construction.columns()
    show.csv_download(f"projects-{shown}", header, lambda: construction.rows(found, goal), sample=goal.sample)
new_schools(view, area)
steering(view, area)
