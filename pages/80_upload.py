"""Bring a file: look at it, say what it means, see what it would change, publish it. Nothing is stored before that."""

import streamlit as st

from data import marked, templates
from data.contract import contracts
from data.words import N_, _, language
from pages.display import sentences, show, show_choices, show_frame, show_intake

TITLE = N_("Upload")
SECTION = N_("Data")
ICON = ":material/upload_file:"

FIND_OUT = "auto"


@show.remembered
def columns(dataset: str, _language: str) -> None:
    """What a file of the dataset, or of each, must hold."""
    chosen = [contracts()[dataset]] if dataset in contracts() else list(contracts().values())
    show.html("contracts.html", contracts=chosen)


view = show_frame.view()
show_intake.done()
with st.container(horizontal=True):
    names = [FIND_OUT, *contracts()]
    dataset = show_choices.chosen(_("Dataset"), "dataset", names, sentences.dataset_or_automatic)
    by = st.text_input(_("Who answers for the file"), key="uploader", max_chars=60)
file = st.file_uploader(_("File"), key=f"file-{show_intake.file_number()}")
if file is None:
    show.template_downloads(dataset, templates.as_xlsx, templates.as_csv)
    columns(dataset, language())
else:
    content = file.getvalue()
    chosen, said = None if dataset == FIND_OUT else dataset, show_intake.said()
    checked, moved = show_intake.looked_at(view, content, file.name, chosen, said)
    contract = contracts().get(checked.dataset or "")
    show.html("checked.html", checked=checked, contract=contract)
    show_intake.questions(checked, contract)
    if checked.problems:
        show.problems_download(checked, lambda: marked.of_file(content, checked))
    else:
        show.html("effect.html", checked=checked, contract=contract, moves=moved, viewer=view.viewer)
        show_intake.scope_and_note(checked)
        if not show_intake.confirmed(checked):
            st.info(_("Look at what is said above and agree to it; then it can be published."), icon=":material/rule:")
        elif not by.strip():
            st.info(_("Say who answers for the file; then it can be published."), icon=":material/person:")
        elif st.button(_("Publish"), type="primary", icon=":material/publish:"):
            show_intake.go_on(show_intake.published(content, checked, by.strip(), show_intake.said()))
            st.rerun()
