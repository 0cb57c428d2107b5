"""What the upload page asks of a person about a file. Every widget belongs to the file, so that the next begins anew.

Looking at a file and publishing it is the same on every page that brings one.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from data import intake
from data.contract import Contract, contracts
from data.intake import Checked, Said
from data.mapping import Columns, may_be_asked
from data.preview import Scope
from data.words import _, language, pick
from pages.display import sentences, show, show_frame
from queries import choices, moves
from queries.opened import shared_store

LEFT_OUT = "-"
UPSERT = "upsert"


def looked_at(
    view: show_frame.View, content: bytes, name: str, dataset: str | None, said: Said
) -> tuple[Checked, tuple[moves.Move, ...]]:
    """The check of a file, as the reader may read it, and what it would move, made once per file, what is said of it, and state of the store."""
    store = shared_store()
    key = (hash(content), name, dataset, repr(said), language(), store.version)
    if st.session_state.get("checked", (None,))[0] != key:
        with show.progress(_("Looking at the file")) as report:
            checked = intake.check(store, content, name, dataset, report, said)
            moved = moves.moves(store, content, name, checked.dataset, said, view.viewer) if checked.dataset else ()
        st.session_state["checked"] = (key, checked, moved)
    _key, checked, moved = st.session_state["checked"]
    return intake.told(checked, staff=view.viewer.internal), moved


def published(content: bytes, checked: Checked, by: str, said: Said) -> Checked:
    """Publishes a file that was looked at. Where meanwhile something stands against it, the page runs again and says so."""
    with show.progress(_("Publishing")) as report:
        done = intake.publish(
            shared_store(), content, checked.file_name, checked.dataset, by=by, progress=report, said=said
        )
    if done.upload is None:
        st.session_state.pop("checked")
        st.rerun()
    st.session_state["published"] = done
    return done


def done() -> None:
    """Says what was published a moment ago."""
    published = None if show.is_recorded() else st.session_state.pop("published", None)
    if published:
        st.success(show.literal(sentences.published(published)), icon=":material/check_circle:")


def file_number() -> int:
    return int(st.session_state.setdefault("file-number", 0))


def go_on(done: Checked) -> None:
    """Turns to the file's next table, else forgets the file and what was said about it."""
    left = done.sheets[done.sheets.index(done.sheet) + 1 :] if done.sheet in done.sheets else ()
    if left:
        st.session_state["next-sheet"] = left[0]
    else:
        st.session_state["file-number"] = file_number() + 1


def said() -> Said:
    """What the widgets below say of the present file."""
    kept = st.session_state
    if "next-sheet" in kept:
        kept[_sheet_key()] = kept.pop("next-sheet")
    stem = _key("")
    columns: Columns | None = kept.get(stem + "columns")
    scope: Scope = kept.get(stem + "scope-chosen") or {}
    values = {
        key.removeprefix(stem + "set-"): text.strip()
        for key, text in kept.items()
        if isinstance(key, str) and key.startswith(stem + "set-") and isinstance(text, str) and text.strip()
    }
    return Said(
        columns=columns,
        set=values,
        sheet=kept.get(_sheet_key()),
        replace=scope,
        accept=bool(kept.get(stem + "accept")),
        note=(kept.get(stem + "note") or "").strip() or None,
    )


def questions(checked: Checked, contract: Contract | None) -> None:
    """What the file leaves open: which of its tables is meant, what its columns mean, what holds for all of it."""
    _sheet(checked)
    if contract:
        _meanings(checked, contract)
        _values_for_the_file(checked, contract)


def _sheet(checked: Checked) -> None:
    if len(checked.sheets) > 1:
        st.selectbox(
            _("Table"),
            checked.sheets,
            index=checked.sheets.index(checked.sheet) if checked.sheet in checked.sheets else None,
            placeholder=_("Choose a table"),
            key=_sheet_key(),
        )


def _values_for_the_file(checked: Checked, contract: Contract) -> None:
    """What the file does not say and one value may hold for: its exam, its school, its year."""
    chosen = said().set
    asked = [name for name in (*checked.missing, *chosen) if name in chosen or may_be_asked(contract, name)]
    if not asked:
        return
    question = _("The file does not say this; choose what holds for all its rows:")
    st.markdown(f"**{question}**")
    with st.container(horizontal=True):
        for name in dict.fromkeys(asked):
            _value(contract, name)


def _value(contract: Contract, name: str) -> None:
    title = pick(contract.field(name).title.pair())
    options = choices.values(shared_store(), contract, name)
    if options:
        st.selectbox(
            title,
            list(options),
            format_func=lambda one: options.get(one, one),
            index=None,
            placeholder=_("Choose"),
            key=_key(f"set-{name}"),
            accept_new_options=False,
        )
    else:
        st.text_input(title, key=_key(f"set-{name}"), max_chars=100)


def _meanings(checked: Checked, contract: Contract) -> None:
    """A drop-down for every column whose meaning is open, and for all of them where the person wants to change some."""
    if checked.columns is None:
        return
    every = st.toggle(_("Change what the columns mean"), key=_key("every")) if checked.columns.columns else False
    headers = [*checked.open, *(one for one in checked.columns.columns if every and one not in checked.dropped)]
    if not headers:
        return
    options = [LEFT_OUT, *choices.meanings(contract)]
    with st.container(horizontal=True):
        for header in headers:
            meant = checked.columns.columns.get(header)
            st.selectbox(
                show.plain(sentences.column(header, checked.samples.get(header, ()))),
                options,
                index=options.index(meant) if meant in options else (None if header in checked.open else 0),
                format_func=lambda one: _("left out") if one == LEFT_OUT else sentences.meaning(contract, one),
                placeholder=_("Choose a meaning"),
                key=_key(f"column-{header}"),
                on_change=_remember,
                args=(checked.columns, header),
            )


def _remember(columns: Columns, header: str) -> None:
    chosen = st.session_state[_key(f"column-{header}")]
    if chosen is not None:
        meant: Mapping[str, str | None] = {**columns.columns, header: None if chosen == LEFT_OUT else chosen}
        # What the file says of its own dataset stays; values for the whole file are asked by widgets of their own.
        st.session_state[_key("columns")] = columns.model_copy(update={"columns": meant, "set": {}})


def scope_and_note(checked: Checked) -> None:
    """How the rows are published, and a remark for the history."""
    _scope(checked)
    st.text_input(_("Remark for the history (optional)"), key=_key("note"), max_chars=200)


def _scope(checked: Checked) -> None:
    """Whether the file adds and corrects rows, or replaces all rows of its period or area."""
    contract = contracts()[checked.dataset or ""]
    chosen: Scope = st.session_state.get(_key("scope-chosen")) or {}
    scopes = {sentences.scope(contract, one): one for one in (*checked.effect.scopes, *([chosen] if chosen else []))}
    if not scopes:
        return
    st.selectbox(
        _("How the rows are published"),
        [UPSERT, *scopes],
        format_func=lambda one: _("add new rows, correct known ones") if one == UPSERT else one,
        key=_key("scope"),
        on_change=lambda: st.session_state.update(
            {_key("scope-chosen"): scopes.get(st.session_state[_key("scope")], {})}
        ),
    )


def confirmed(checked: Checked, key: Callable[[str], str] | None = None) -> bool:
    """Whether the person agrees to how the file was understood, and accepts its warnings; True where nothing is asked.

    key: names the widgets; without it they belong to the upload page's present file.
    """
    named = key or _key
    sure = checked.certain or st.checkbox(_("The columns are understood rightly"), key=named("confirmed"))
    accepted = not checked.warnings or st.checkbox(
        _("I have looked at the warnings and answer for the figures"), key=named("accept")
    )
    return bool(sure and accepted)


def _sheet_key() -> str:
    return f"file-{file_number()}-sheet"


def _key(name: str) -> str:
    """The key of a widget that belongs to a table of the present file."""
    return f"file-{file_number()}-{st.session_state.get(_sheet_key()) or ''}-{name}"
