"""The set-up page's tables, from what is stored to what a person publishes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from data.contract import contracts
from data.intake import Said
from data.words import _
from pages.display import exam_setup, show, show_exam_inputs, show_frame, show_intake
from pages.display.exam_setup import Draft
from queries.exams import register
from queries.exams.register import Registered
from queries.opened import shared_store

Exams = Mapping[str, Registered]


@dataclass(frozen=True)
class Entered:
    """What a person has entered beside what is stored. stem: of the widgets' keys; caution: said before publishing."""

    stem: str
    draft: Draft
    stored: Draft
    caution: str = ""


def papers(view: show_frame.View, found: Exams, exam: str) -> Entered:
    """The papers of an exam, and what they share."""
    one, stored = found[exam], register.rows(shared_store(), "exam", exam, view.as_of)
    stem, fixed = show_exam_inputs.stem(exam, "exam", stored), view.as_of is not None
    shared = show_exam_inputs.shared(stem, exam_setup.shared(stored), found, one.first_day, disabled=fixed)
    entered = show_exam_inputs.rows(stem, "exam", stored, {}, disabled=fixed)
    draft = exam_setup.draft("exam", exam, entered, shared)
    return Entered(stem, draft, exam_setup.draft("exam", exam, stored), exam_setup.without_papers(one, entered))


def new_papers(found: Exams) -> Entered | None:
    """The papers of an exam that nobody has set up yet; None until it has a code and a day."""
    begun = show_exam_inputs.begun(found)
    if begun is None:
        return None
    exam, like, day = begun
    copied = register.rows(shared_store(), "exam", like) if like else ()
    stem = show_exam_inputs.stem(exam_setup.NEW, "exam", (like, day))
    own = {**exam_setup.shared(copied), **exam_setup.ANEW}
    shared = show_exam_inputs.shared(stem, own, found, day, disabled=False)
    given = exam_setup.as_of_another_day(copied, day)
    entered = show_exam_inputs.rows(stem, "exam", given, {}, disabled=False)
    return Entered(stem, exam_setup.draft("exam", exam, entered, shared), exam_setup.draft("exam", exam, ()))


def lines(view: show_frame.View, found: Exams, exam: str) -> Entered:
    """The lines of an exam; where it has none yet, they may begin as those of another."""
    stored, like = register.rows(shared_store(), "exam_line", exam, view.as_of), None
    if not stored and view.as_of is None:
        like = show_exam_inputs.other(found, _("Begin with the lines of"), f"exam-setup-lines-{exam}")
    given = register.rows(shared_store(), "exam_line", like) if like else stored
    stem = show_exam_inputs.stem(exam, "exam_line", (stored, like))
    entered = show_exam_inputs.rows(stem, "exam_line", given, {}, disabled=view.as_of is not None)
    return Entered(stem, exam_setup.draft("exam_line", exam, entered), exam_setup.draft("exam_line", exam, stored))


def roll(view: show_frame.View, found: Exams, exam: str) -> Entered:
    """The pupils due, school by school; schools that sat the exam are listed even where nobody said how many were due."""
    store, stored = shared_store(), register.rows(shared_store(), "exam_roll", exam, view.as_of)
    given = exam_setup.with_schools(stored, register.who_sat(store, exam, view.as_of))
    schools = register.schools(store, found[exam].stage, exam, view.as_of)
    stem = show_exam_inputs.stem(exam, "exam_roll", given)
    entered = show_exam_inputs.rows(stem, "exam_roll", given, schools, disabled=view.as_of is not None)
    return Entered(stem, exam_setup.draft("exam_roll", exam, entered), exam_setup.draft("exam_roll", exam, stored))


def save(view: show_frame.View, entered: Entered) -> None:
    """Looks at what was entered as at a file, says what it would change, and publishes it under a person's name."""
    draft = entered.draft
    if draft.content == entered.stored.content:
        return
    key = f"exam-setup-{hash(draft.content)}"
    st.button(
        _("Check the changes"),
        icon=":material/rule:",
        type="secondary" if _looked(key) else "primary",
        on_click=_look_at,
        args=(key,),
    )
    if not _looked(key):
        st.info(_("There are changes that are not published yet."), icon=":material/edit:")
        return
    said = Said(replace={"exam_id": draft.exam_id})
    checked, moved = show_intake.looked_at(view, draft.content, draft.file_name, draft.dataset, said)
    contract = contracts()[draft.dataset]
    show.html("checked.html", checked=exam_setup.by_place(checked, draft.places), contract=contract)
    if checked.problems:
        return
    show.html("effect.html", checked=checked, contract=contract, moves=moved, viewer=view.viewer)
    if entered.caution:
        st.warning(show.literal(entered.caution), icon=":material/warning:")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = st.text_input(_("Who answers for the figures"), key="exam-setup-by", max_chars=60).strip()
        remark = st.text_input(_("Remark for the history (optional)"), key=f"{key}-note", max_chars=200).strip()
    if not show_intake.confirmed(checked, lambda name: f"{key}-{name}"):
        st.info(_("Look at what is said above and agree to it; then it can be published."), icon=":material/rule:")
    elif not by:
        st.info(_("Say who answers for the figures; then they can be published."), icon=":material/person:")
    elif st.button(_("Publish"), type="primary", icon=":material/publish:"):
        note = remark or _("entered on the page “Exam set-up”")
        show_intake.published(draft.content, checked, by, replace(said, accept=bool(checked.warnings), note=note))
        show_exam_inputs.forget(entered.stem)
        st.query_params["exam"] = draft.exam_id
        st.rerun()


def _looked(key: str) -> bool:
    return bool(st.session_state.get("exam-setup-looked") == key)


def _look_at(key: str) -> None:
    st.session_state["exam-setup-looked"] = key
