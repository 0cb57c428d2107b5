"""The inputs of the set-up page. What was entered is kept while the person looks at another table or page."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from data.contract import contracts
from data.words import _, language, pick
from pages.display import exam_setup, show_editor
from pages.display.show_editor import Options
from queries.exams.register import Registered, Row

# Words that files use again and again: offered, and others can be written.
_FREE = ("grade", "cohort", "series")


def begun(found: Mapping[str, Registered]) -> tuple[str, str | None, date] | None:
    """Asks for an exam's code, the exam that it begins as a copy of, and its day; None while something is missing."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.text_input(_("Code of the new exam"), key="exam-setup-code", max_chars=40, placeholder="2023-03-G3")
        like = other(found, _("Begin with the papers of"), "exam-setup-papers")
        day = st.date_input(_("First day"), None, key="exam-setup-day", format="YYYY-MM-DD")
    code = code.strip()
    if code in found:
        st.info(_("There is an exam of this code already; choose it above."), icon=":material/info:")
        return None
    if not code or not isinstance(day, date):
        st.info(_("Give the exam a code and a day; then its papers can be entered."), icon=":material/info:")
        return None
    return code, like, day


def other(found: Mapping[str, Registered], label: str, key: str) -> str | None:
    """Another exam to begin with."""
    return st.selectbox(
        label,
        list(found),
        format_func=lambda one: exam_setup.exam(found, one),
        index=None,
        placeholder=_("none"),
        key=key,
    )


def shared(stem: str, stored: Row, found: Mapping[str, Registered], before: date, *, disabled: bool) -> dict[str, Any]:
    """Asks for what holds for all papers of an exam."""
    kept = _kept().get(f"{stem}-shared", stored)
    fields = [one for one in contracts()["exam"].fields if one.name in exam_setup.SHARED]
    entered: dict[str, Any] = {}
    for place, column in enumerate(st.columns(4)):
        with column:
            for one in fields[place::4]:
                key, title = f"{stem}-{one.name}", pick(one.title.pair())
                if key not in st.session_state:
                    st.session_state[key] = exam_setup.editable(kept.get(one.name))
                if one.name == "exam_name":
                    entered[one.name] = st.text_input(title, key=key, max_chars=100, disabled=disabled)
                elif one.type == "number":
                    entered[one.name] = st.number_input(
                        title, min_value=0.0, value=None, step=1.0, format="%g", key=key, disabled=disabled
                    )
                else:
                    options = exam_setup.choices(one.name, found, entered, before)
                    entered[one.name] = _choice(one.name, title, key, options, _shown(one.name, found), disabled)
    _kept()[f"{stem}-shared"] = entered
    return entered


def _shown(name: str, found: Mapping[str, Registered]) -> Callable[[str], str]:
    """How the values of a field are called."""
    named = {"stage": exam_setup.stage, "assigned_rule": exam_setup.rule}
    return named.get(name, partial(exam_setup.exam, found) if name == "entry_exam_id" else str)


def _choice(
    name: str, title: str, key: str, options: Sequence[str], shown: Callable[[str], str], disabled: bool
) -> str | None:
    present = st.session_state[key]
    return st.selectbox(
        title,
        [*options, *([present] if present and present not in options else [])],
        format_func=shown,
        index=None,
        placeholder=_("none"),
        key=key,
        accept_new_options=name in _FREE,
        disabled=disabled,
    )


def rows(stem: str, dataset: str, given: Sequence[Row], schools: Mapping[str, str], *, disabled: bool) -> list[Row]:
    """The table of a dataset's rows, as the person left it."""
    kept, key = _kept(), f"{stem}-{language()}"
    if key not in st.session_state:  # the editor begins, and counts its changes from what it is given now
        kept[f"{stem}-given"] = exam_setup.table(dataset, kept.get(stem, given)).to_pandas()
    tracks = [row["track"] for row in given if row.get("track")]
    options = {
        "track": Options(list(dict.fromkeys([*exam_setup.TRACKS, *tracks]))),
        "institution_id": Options(list(schools), lambda one: schools.get(one, one)),
    }
    fields = exam_setup.fields(dataset)
    kept[stem] = show_editor.editor(fields, kept[f"{stem}-given"], key, options, disabled=disabled)
    return list(kept[stem])


def stem(exam_id: str, dataset: str, begins: object) -> str:
    """The beginning of the keys of a table's widgets: they begin anew with what the table begins with."""
    return f"exam-setup-{exam_id}-{dataset}-{hash(repr(begins))}"


def forget(stem: str) -> None:
    """What was published is no draft any more."""
    for key in [key for key in _kept() if key.startswith(stem)]:
        del _kept()[key]


def _kept() -> dict[str, Any]:
    """What was entered, by table."""
    kept: dict[str, Any] = st.session_state.setdefault("exam-setup", {})
    return kept
