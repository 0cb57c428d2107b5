"""Bring a file: look at it, mend it or publish it. Nothing is stored before the button is pressed."""

import streamlit as st

from data import intake
from data.contract import contracts
from data.words import N_, _, language
from pages.display import sentences, show, show_choices, show_frame
from queries.opened import shared_store

TITLE = N_("Upload")
ICON = ":material/upload_file:"

FIND_OUT = "auto"


@show.remembered
def columns(dataset: str, _language: str) -> None:
    """What a file of the dataset, or of each, must hold."""
    chosen = [contracts()[dataset]] if dataset in contracts() else list(contracts().values())
    show.html("contracts.html", contracts=chosen)


def looked_at(content: bytes, name: str, dataset: str | None) -> intake.Checked:
    """The check of a file, made once per file, dataset, language and state of the store."""
    store = shared_store()
    key = (hash(content), name, dataset, language(), store.version)
    if st.session_state.get("checked", (None, None))[0] != key:
        with show.progress(_("Looking at the file")) as report:
            st.session_state["checked"] = (key, intake.check(store, content, name, dataset, report))
    checked: intake.Checked = st.session_state["checked"][1]
    return checked


def publish(content: bytes, checked: intake.Checked, by: str) -> None:
    with show.progress(_("Publishing")) as report:
        done = intake.publish(shared_store(), content, checked.file_name, checked.dataset, by=by, progress=report)
    if done.problems:
        st.session_state.pop("checked")
        st.rerun()
    st.session_state["published"] = done
    st.session_state["file-number"] = st.session_state.get("file-number", 0) + 1
    st.rerun()


show_frame.view()
done = st.session_state.pop("published", None)
if done:
    st.success(sentences.published(done), icon=":material/check_circle:")
with st.container(horizontal=True):
    dataset = show_choices.chosen(
        _("Dataset"),
        "dataset",
        [FIND_OUT, *contracts()],
        lambda one: _("find out from the header") if one == FIND_OUT else sentences.dataset(one),
    )
    by = st.text_input(_("Who answers for the file"), key="uploader", max_chars=60)
file = st.file_uploader(_("File"), key=f"file-{st.session_state.get('file-number', 0)}")
if file is None:
    columns(dataset, language())
else:
    content = file.getvalue()
    checked = looked_at(content, file.name, None if dataset == FIND_OUT else dataset)
    show.html("checked.html", checked=checked, contract=contracts().get(checked.dataset or ""))
    if checked.problems:
        show.problems_download(checked)
    elif not by.strip():
        st.info(_("Say who answers for the file; then it can be published."), icon=":material/person:")
    elif st.button(_("Publish"), type="primary", icon=":material/publish:"):
        publish(content, checked, by.strip())
