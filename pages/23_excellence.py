"""Clauses 10 to 12: how many star teachers, principals and schools are there, how many are missing, and who counts?"""

from data.words import N_, _
from pages.display import excellence, figures, sentences, show, show_choices, show_frame, terms
from queries import answers
from queries.excellence import KINDS, Entry, roster
from queries.opened import shared_store

TITLE = N_("Star teachers and schools")
SECTION = N_("Parts of the plan")
ICON = ":material/workspace_premium:"

INDICATORS = [
    "star_teachers",
    "backbone_teachers",
    "teacher_communities",
    "principal_communities",
    "principal_studios",
    "star_senior_schools",
    "star_junior_schools",
    "star_primary_schools",
]


def counts(view: show_frame.View) -> list[answers.Answer]:
    visible = answers.visible(view.viewer)
    return [answers.answer(shared_store(), one, view.as_of, view.viewer) for one in INDICATORS if one in visible]


def chosen(view: show_frame.View, kind: str, standing: str) -> list[Entry]:
    return [one for one in roster(shared_store(), view.as_of) if excellence.fits(one, kind, standing)]


@show.remembered
def goals(view: show_frame.View) -> None:
    found = counts(view)
    show.html("cards.html", cards=[(one, one.whole) for one in found], as_of=view.as_of)
    with_goal = [one for one in found if one.definition.targets]
    show.figure(figures.bullets(with_goal, excellence.summary(with_goal)), "star-counts")
    # One of the teachers, one of the communities and one of the schools: the others are counted alike.
    show.html("captions.html", captions=[sentences.source(one) for one in found[::3]], heading="")


@show.remembered
def evidence(view: show_frame.View, kind: str, standing: str) -> None:
    entries = chosen(view, kind, standing)
    doubtful = [one for one in entries if not one.counts or one.remark]
    show.html("excellence.html", excellence=excellence, terms=terms, entries=entries, doubtful=doubtful)


view = show_frame.view()
goals(view)
with show.row():
    kind = show_choices.chosen(_("What"), "kind", [excellence.ALL, *KINDS], excellence.kind)
    standing = show_choices.segment(_("Counts"), "counts", list(excellence.STANDINGS), excellence.standing)
evidence(view, kind, standing)
show.csv_download(
    _("roster"),
    excellence.COLUMNS,
    lambda: excellence.rows(chosen(view, kind, standing)),
    sample=any(one.sample for one in counts(view)),
)
