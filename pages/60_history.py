"""Every upload that ever came in, and a way to take one back."""

import streamlit as st

from data.store import withdraw
from data.uploads import Upload, history
from data.words import N_, _
from pages.display import sentences, show, show_frame
from queries.opened import shared_store

TITLE = N_("History")
ICON = ":material/history:"


@show.remembered
def listed(view: show_frame.View) -> None:
    show.html("history.html", uploads=history(shared_store(), view.moment))


def take_back(uploads: list[Upload]) -> None:
    """Asks for an upload and a name, and withdraws it."""
    remark = _("What an upload replaced counts again once it is withdrawn. Nothing is deleted.")
    show.html("captions.html", captions=[remark], heading="")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Withdraw an upload"),
            uploads,
            format_func=sentences.upload,
            index=None,
            placeholder=_("Choose an upload"),
            key="withdraw",
        )
        by = st.text_input(_("Who withdraws it"), key="withdrawn-by", max_chars=60)
        pressed = st.button(_("Withdraw"), disabled=chosen is None or not by.strip(), icon=":material/undo:")
    if pressed and chosen:
        withdraw(shared_store(), chosen.upload_id, by.strip())
        st.session_state["withdrawn"] = sentences.upload(chosen)
        st.rerun()


view = show_frame.view()
withdrawn = st.session_state.pop("withdrawn", None)
if withdrawn:
    st.success(_("Withdrawn: {upload}", upload=show.plain(withdrawn)), icon=":material/undo:")
listed(view)
if view.as_of is None:
    take_back([one for one in history(shared_store()) if one.withdrawn_at is None])
