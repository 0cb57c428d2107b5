"""What changed between two days: which figures and verdicts, why, and which uploads and rows are behind it."""

from datetime import date, timedelta

import streamlit as st

from data.changes import changes, newest_day
from data.store import end_of_day
from data.words import N_, _
from pages.display import moves, show, show_choices, show_frame
from queries import answers
from queries.changes import moved
from queries.opened import shared_store

TITLE = N_("What changed")
ICON = ":material/difference:"


@show.remembered
def indicators(view: show_frame.View, earlier: date, later: date) -> None:
    found = moved(shared_store(), earlier, later)
    show.html("changes.html", found=found, earlier=earlier, later=later, as_of=view.as_of)


@show.remembered
def data(_view: show_frame.View, earlier: date, later: date) -> None:
    show.html("changed_data.html", changes=changes(shared_store(), end_of_day(earlier), end_of_day(later)))


view = show_frame.view()
last = view.as_of or view.today
newest = newest_day(shared_store(), view.moment) or last
with st.container(horizontal=True):
    first = show_choices.chosen_day(_("From the end of"), "from", min(newest, last) - timedelta(days=1))
    second = show_choices.chosen_day(_("To the end of"), "to", last)
earlier, later = sorted((first, second))
indicators(view, earlier, later)
found = moved(shared_store(), earlier, later)
if found:
    sample = any(one.after.sample or one.before.sample for one in found)
    show.csv_download("changes", moves.COLUMNS, lambda: moves.rows(found), sample=sample)
data(view, earlier, later)
changed = changes(shared_store(), end_of_day(earlier), end_of_day(later))
if any(one.rows and one.rows.first for one in changed):
    sample = any(answers.any_sample(shared_store(), day) for day in (earlier, later))
    show.csv_download("revisions", moves.REVISION_COLUMNS, lambda: moves.revision_rows(changed), sample=sample)
