"""What changed between two days: which figures and verdicts, why, and which uploads and rows are behind it."""

from datetime import date, timedelta

from data.changes import newest_day
from data.words import N_, _
from pages.display import moves, show, show_choices, show_frame
from queries import answers
from queries.changes import changed_data, moved
from queries.opened import shared_store

TITLE = N_("What changed")
SECTION = N_("Data")
ICON = ":material/difference:"


@show.remembered
def indicators(view: show_frame.View, earlier: date, later: date) -> None:
    found = moved(shared_store(), earlier, later, view.viewer)
    show.html("changes.html", found=found, earlier=earlier, later=later, as_of=view.as_of)


@show.remembered
def data(view: show_frame.View, earlier: date, later: date) -> None:
    show.html("changed_data.html", changes=changed_data(shared_store(), earlier, later, view.viewer))


view = show_frame.view()
last = view.as_of or view.today
newest = newest_day(shared_store(), view.moment) or last
with show.row():
    first = show_choices.chosen_day(_("From the end of"), "from", min(newest, last) - timedelta(days=1))
    second = show_choices.chosen_day(_("To the end of"), "to", last)
earlier, later = sorted((first, second))
indicators(view, earlier, later)
found = moved(shared_store(), earlier, later, view.viewer)
if found:
    sample = any(one.after.sample or one.before.sample for one in found)
    show.csv_download("changes", moves.COLUMNS, lambda: moves.rows(found), sample=sample)
data(view, earlier, later)
changed = changed_data(shared_store(), earlier, later, view.viewer)
if any(one.rows and one.rows.first for one in changed):
    sample = any(answers.any_sample(shared_store(), day) for day in (earlier, later))
    show.csv_download("revisions", moves.REVISION_COLUMNS, lambda: moves.revision_rows(changed), sample=sample)
