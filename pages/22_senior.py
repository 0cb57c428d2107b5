"""Clauses 4 to 9: do the senior schools get the money, partners, leaders and specialities that the plan promises?"""

from data.words import N_, _
from pages.display import figures, internal, senior, sentences, show, show_choices, show_frame
from queries import answers
from queries.opened import shared_store
from queries.senior import schools
from queries.senior.top_pupils import top_pupils

TITLE = N_("Senior schools")
SECTION = N_("Parts of the plan")
ICON = ":material/school:"

CLAUSES = (4, 5, 6, 7, 8, 9)
INTERNAL_CLAUSES = (5, 6, 7, 21)
COURSES = ("senior_partnerships", "speciality_schools")
INTERNAL_COURSES = ("top_junior_retention", "top_junior_outflow", "key_school_targets_met")


@show.remembered
def indicators(view: show_frame.View, area: str) -> None:
    visible = answers.visible(view.viewer)
    names = [name for name, one in visible.items() if one.clause in CLAUSES or name in INTERNAL_COURSES]
    found = [answers.answer(shared_store(), name, view.as_of, view.viewer) for name in names]
    show.html("cards.html", cards=[(one, one.area(area)) for one in found], as_of=view.as_of)
    show.html("notice.html", text=internal.notice(view.viewer, INTERNAL_CLAUSES))


@show.remembered
def charts(view: show_frame.View, area: str) -> None:
    funding = answers.answer(shared_store(), "senior_funding_per_pupil", view.as_of, view.viewer)
    listed = schools(shared_store(), area, view.as_of)
    show.html("senior_missing.html", missing=senior.missing(listed))
    drawn = figures.own_years(funding, senior.funding_title(listed), senior.panels(funding, listed))
    show.figure(drawn, f"senior_funding_per_pupil-schools-{area}")
    for names in (COURSES, INTERNAL_COURSES):
        shown = [name for name in names if name in answers.visible(view.viewer)]
        found = [answers.answer(shared_store(), name, view.as_of, view.viewer) for name in shown]
        show.side_by_side({f"{one.definition.id}-{area}": figures.trajectory(one, area) for one in found})
    leaders = answers.answer(shared_store(), "schools_with_leader", view.as_of, view.viewer)
    show.figure(figures.standing(leaders), "schools_with_leader-areas")


@show.remembered
def table(view: show_frame.View, area: str) -> None:
    listed = schools(shared_store(), area, view.as_of)
    funding = answers.answer(shared_store(), "senior_funding_per_pupil", view.as_of, view.viewer)
    year = senior.awards_year(listed)
    show.html("senior.html", answer=funding, schools=listed, awards_year=year, senior=senior)


@show.remembered
def top(view: show_frame.View, area: str) -> None:
    base = answers.answer(shared_store(), "top_pupil_base", view.as_of, view.viewer)
    listed = top_pupils(shared_store(), view.viewer, area, view.as_of)
    show.html("senior_top.html", found=listed, answer=base, senior=senior)


view = show_frame.view()
found = answers.answer(shared_store(), "schools_with_leader", view.as_of, view.viewer)
area = show_choices.segment(
    _("Area"), "area", [one.area for one in found.areas], lambda one: sentences.area(found, one)
)
indicators(view, area)
show.heading(_("Where not, and since when"))
charts(view, area)
show.heading(_("School by school"))
table(view, area)
listed = schools(shared_store(), area, view.as_of)
if listed:
    sample = answers.any_sample(shared_store(), view.as_of)
    show.csv_download("senior_schools", senior.COLUMNS, lambda: senior.rows(listed), sample=sample)
else:
    show.note(sentences.standing(found, found.area(area)))
if view.viewer.internal:
    show.heading(_("Top pupils school by school"))
    top(view, area)
