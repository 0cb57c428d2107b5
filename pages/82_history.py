"""Every upload that ever came in, and a way to take one back or let it count again."""

import streamlit as st

from data.handed_out import csv_bytes
from data.originals import original
from data.store import restore, withdraw
from data.uploads import Upload
from data.words import N_, _
from pages.display import sentences, show, show_frame
from queries import answers
from queries.opened import shared_store

TITLE = N_("History")
SECTION = N_("Data")
ICON = ":material/history:"


@show.remembered
def listed(view: show_frame.View) -> None:
    show.html("history.html", uploads=answers.uploads(shared_store(), view.viewer, view.moment))


def take_back_or_restore(uploads: tuple[Upload, ...]) -> None:
    """Asks for an upload and a name; withdraws an upload that counts, restores one that does not."""
    remark = _("What an upload replaced counts again once it is withdrawn. Nothing is deleted, and it can be restored.")
    show.html("captions.html", captions=[remark], heading="")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # By number: the upload itself is another one as soon as it is withdrawn.
        numbered = {one.upload_id: one for one in uploads}
        number = st.selectbox(
            _("An upload"),
            list(numbered),
            format_func=lambda one: sentences.upload(numbered[one]),
            index=None,
            placeholder=_("Choose an upload"),
            key="withdraw",
        )
        chosen = numbered.get(number) if number else None
        by = st.text_input(_("Who decides it"), key="withdrawn-by", max_chars=60)
        gone = chosen is not None and chosen.withdrawn_at is not None
        label, icon = (_("Restore"), ":material/redo:") if gone else (_("Withdraw"), ":material/undo:")
        pressed = st.button(label, disabled=chosen is None or not by.strip(), icon=icon)
        if chosen and chosen.kept and answers.may_take(view.viewer, chosen.dataset):
            show.download(
                _("Its file"), f"{chosen.upload_id}.csv", lambda: csv_bytes(*original(shared_store(), chosen.upload_id))
            )
    if chosen and not (chosen.kept and answers.may_take(view.viewer, chosen.dataset)):
        st.info(show.literal(sentences.no_file(chosen)), icon=":material/lock:")
    if pressed and chosen:
        (restore if gone else withdraw)(shared_store(), chosen.upload_id, by.strip())
        done = _("Restored: {upload}") if gone else _("Withdrawn: {upload}")
        st.session_state["decided"] = done.format(upload=show.plain(sentences.upload(chosen)))
        st.rerun()


view = show_frame.view()
decided = st.session_state.pop("decided", None)
if decided:
    st.success(decided, icon=":material/rule:")
listed(view)
if view.as_of is None:
    take_back_or_restore(answers.uploads(shared_store(), view.viewer))
