"""Clause 21: which key schools met their targets, what follows by the rule, what is overdue, and who says so?"""

from data.words import N_, _
from pages.display import figures, internal, ledger, sentences, show, show_choices, show_frame
from queries import answers
from queries.accountability import schools as records
from queries.opened import shared_store

TITLE = N_("Consequences")
SECTION = N_("Parts of the plan")
ICON = ":material/gavel:"

CLAUSE = 21


@show.remembered
def indicators(view: show_frame.View) -> None:
    names = [name for name, one in answers.visible(view.viewer).items() if one.clause == CLAUSE]
    found = [answers.answer(shared_store(), name, view.as_of, view.viewer) for name in names]
    show.html("cards.html", cards=[(one, one.whole) for one in found], as_of=view.as_of)
    show.html("notice.html", text=internal.notice(view.viewer, (CLAUSE,)))


@show.remembered
def overview(view: show_frame.View) -> None:
    found = records.schools(shared_store(), view.viewer, view.as_of)
    letters = answers.answer(shared_store(), "responsibility_letters", view.as_of, view.viewer)
    names = {one.area: sentences.area(letters, one.area) for one in letters.areas}
    show.html("ledger.html", schools=found, years=ledger.years(found), areas=names, ledger=ledger, as_of=view.as_of)


@show.remembered
def evidence(view: show_frame.View, school: str) -> None:
    found = {one.institution_id: one for one in records.schools(shared_store(), view.viewer, view.as_of)}
    changed = records.changes(shared_store(), view.viewer, view.as_of)
    show.html("ledger_evidence.html", school=found[school], changes=changed, ledger=ledger)


@show.remembered
def letters(view: show_frame.View) -> None:
    found = answers.answer(shared_store(), "responsibility_letters", view.as_of, view.viewer)
    show.figure(figures.standing(found), "responsibility_letters-areas")


view = show_frame.view()
indicators(view)
if view.viewer.internal:
    found = records.schools(shared_store(), view.viewer, view.as_of)
    show.heading(_("Consequence ledger"))
    if found:
        overview(view)
        names = {one.institution_id: one.name for one in found}
        school = show_choices.chosen(_("School"), "school", list(names), lambda one: names[one])
        evidence(view, school)
        sample = any(item.sample for one in found for year in one.years for item in year.evidence)
        show.csv_download("consequence_ledger", ledger.COLUMNS, lambda: ledger.rows(found), sample=sample)
    else:
        answer = answers.answer(shared_store(), "key_school_targets_met", view.as_of, view.viewer)
        show.note(sentences.standing(answer, answer.whole))
letters(view)
