"""Bring a file: look at it, say what it means, see what it would change, publish it. Nothing is stored before that."""

import streamlit as st

from data import intake, marked, templates
from data.contract import contracts
from data.words import N_, _, language
from pages.display import sentences, show, show_choices, show_frame, show_intake
from queries import moves
from queries.opened import shared_store

TITLE = N_("Upload")
ICON = ":material/upload_file:"

FIND_OUT = "auto"


@show.remembered
def columns(dataset: str, _language: str) -> None:
    """What a file of the dataset, or of each, must hold."""
    chosen = [contracts()[dataset]] if dataset in contracts() else list(contracts().values())
    show.html("contracts.html", contracts=chosen)


def looked_at(content: bytes, name: str, dataset: str | None) -> tuple[intake.Checked, tuple[moves.Move, ...]]:
    """The check of a file and what it would move, made once per file, what is said of it, and state of the store."""
    store, said = shared_store(), show_intake.said()
    key = (hash(content), name, dataset, repr(said), language(), store.version)
    if st.session_state.get("checked", (None,))[0] != key:
        with show.progress(_("Looking at the file")) as report:
            checked = intake.check(store, content, name, dataset, report, said)
            moved = moves.moves(store, content, name, checked.dataset or "", said) if checked.dataset else ()
        st.session_state["checked"] = (key, checked, moved)
    return st.session_state["checked"][1], st.session_state["checked"][2]


def publish(content: bytes, checked: intake.Checked, by: str) -> None:
    store, said = shared_store(), show_intake.said()
    with show.progress(_("Publishing")) as report:
        done = intake.publish(store, content, checked.file_name, checked.dataset, by=by, progress=report, said=said)
    if done.upload is None:
        st.session_state.pop("checked")
        st.rerun()
    st.session_state["published"] = done
    show_intake.go_on(done)
    st.rerun()


show_frame.view()
done = st.session_state.pop("published", None)
if done:
    st.success(sentences.published(done), icon=":material/check_circle:")
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
    checked, moved = looked_at(content, file.name, None if dataset == FIND_OUT else dataset)
    contract = contracts().get(checked.dataset or "")
    show.html("checked.html", checked=checked, contract=contract)
    show_intake.questions(checked, contract)
    if checked.problems:
        show.problems_download(checked, lambda: marked.of_file(content, checked))
    else:
        show.html("effect.html", checked=checked, contract=contract, moves=moved)
        show_intake.scope_and_note(checked)
        if not show_intake.confirmed(checked):
            st.info(_("Look at what is said above and agree to it; then it can be published."), icon=":material/rule:")
        elif not by.strip():
            st.info(_("Say who answers for the file; then it can be published."), icon=":material/person:")
        elif st.button(_("Publish"), type="primary", icon=":material/publish:"):
            publish(content, checked, by.strip())
