"""Documents to take into a meeting or to send: the monitoring report and the circular, as Word document or workbook."""

from dataclasses import replace
from functools import partial

import streamlit as st

from data.plan import plan
from data.words import N_, _
from pages.display import overview, sentences, show, show_choices, show_frame, show_report
from pages.display.report import circular, monitoring
from queries import answers, appraisal
from queries.opened import shared_store

TITLE = N_("Documents")
SECTION = N_("Meetings")
ICON = ":material/description:"
KINDS = {"report": N_("Monitoring report"), "circular": N_("Circular")}

view = show_frame.view()
kind = show_choices.segment(_("Document"), "document", list(KINDS), lambda one: _(KINDS[one]))
asked = show_report.question(view)
if kind == "report":
    first = next(iter(answers.visible(view.viewer)))
    found = answers.answer(shared_store(), first, view.as_of, view.viewer)
    with st.container(horizontal=True):
        asked = replace(asked, until=show_report.until(view))
        names = [one.area for one in found.areas]
        area = show_choices.chosen(_("Area"), "area", names, lambda one: sentences.area(found, one))
    parts = [one.id for one in plan().groups]
    chosen = show_choices.several(
        _("Parts of the plan (all, where none is chosen)"), "group", parts, overview.group_label
    )
    write = partial(monitoring.monitoring, asked, area, chosen)
    show_report.downloads(view, asked, write, (kind, area, str(asked.until), *chosen))
else:
    with st.container(horizontal=True):
        bodies = list(appraisal.BODIES)
        body = show_choices.segment(_("Body"), "body", bodies, lambda one: _(appraisal.BODIES[one].name))
        years = [str(one.year) for one in reversed(appraisal.years(shared_store(), body, view.as_of))]
        year = show_choices.segment(_("Year"), "year", years) if years else ""
    if years:
        show_report.downloads(view, asked, partial(circular.circular, asked, body, int(year)), (kind, body, year))
    else:
        found = answers.answer(shared_store(), appraisal.BODIES[body].indicator, view.as_of, view.viewer)
        show.note(sentences.standing(found, found.whole))
