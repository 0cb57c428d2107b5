"""A form for one row of a dataset. What is entered is checked and published like a file, under a person's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.contract import Field, contracts
from data.intake import Said
from data.problem import Problem
from data.words import _, pick
from pages.display import entered, sentences, show, show_frame, show_intake
from pages.display.show_editor import Options

# A text that may be longer than this has lines to write in.
LONG = 200
LONGEST_NAME = 60


@dataclass(frozen=True)
class Form:
    """What is asked, of which dataset.

    stem: of the widgets' keys, so that a form about something else begins anew; asked: field → what it begins with;
    row: what the row has beside them; options: of the fields that offer some; past: the days that cannot lie ahead;
    by: the field that also says whose entry it is; where there is none, a person is asked for beside the fields.
    """

    stem: str
    dataset: str
    asked: Mapping[str, object]
    row: Mapping[str, object]
    button: str
    note: str
    options: Mapping[str, Options] = field(default_factory=dict)
    past: tuple[str, ...] = ()
    by: str = ""

    @property
    def key(self) -> str:
        """What the keys of the present entry's widgets begin with: the next entry's are others."""
        return f"{self.stem}-{st.session_state.get(self.stem, 0)}"


@dataclass
class Entry:
    """What a person has entered; places: field → where its problems are said, '' for those of none."""

    row: dict[str, object]
    places: dict[str, DeltaGenerator]
    by: str = ""


def form(view: show_frame.View, made: Form) -> bool:
    """Draws the form; once it is sent, says at the fields what is wrong, or publishes the row.

    True where it was published: the caller then lets the page run again, which draws an empty form.
    """
    with st.form(made.key):
        entry = _fields(made, view.today)
        accepted = _warned(made)
        sent = st.form_submit_button(made.button, type="primary", icon=":material/publish:")
    return sent and _send(view, made, entry, accepted)


def _fields(made: Form, today: date) -> Entry:
    """The long texts first, then the others in pairs, which a phone shows one below the other; last, who enters it."""
    entry = Entry({**made.row}, {"": st.empty()})
    named = [contracts()[made.dataset].field(name) for name in made.asked]
    for one in named:
        if _is_long(one):
            _field(made, one, entry, today)
    short = [one for one in named if not _is_long(one)]
    for place in range(0, len(short), 2):
        for column, one in zip(st.columns(2), short[place : place + 2], strict=False):
            with column:
                _field(made, one, entry, today)
    if made.by:
        entry.by = str(entry.row[made.by] or "").strip()
    else:
        entry.by = st.text_input(_("Who enters it"), key=f"{made.key}-by", max_chars=LONGEST_NAME).strip()
        entry.places["by"] = st.empty()
    return entry


def _is_long(one: Field) -> bool:
    return (one.constraints.maxLength or 0) > LONG


def _field(made: Form, one: Field, entry: Entry, today: date) -> None:
    """Asks for one field and keeps a place for its problems below it."""
    title, told = pick(one.title.pair()), pick(one.description.pair()) if one.description else None
    key, begins, options = f"{made.key}-{one.name}", made.asked[one.name], made.options.get(one.name)
    needed = one.constraints.required or one.name == made.by or begins is not None
    label = title if needed else _("{field} (optional)", field=title)
    if options:
        values = list(options.values)
        entry.row[one.name] = st.selectbox(
            label,
            values,
            format_func=options.shown,
            index=values.index(str(begins)) if begins in values else None,
            placeholder=_("Choose"),
            key=key,
            help=told,
        )
    elif one.type == "date":
        day = begins if isinstance(begins, date) else None
        last = today if one.name in made.past else date(2100, 12, 31)
        entry.row[one.name] = st.date_input(label, day, date(2000, 1, 1), last, key=key, format="YYYY-MM-DD", help=told)
    else:
        ask = st.text_area if _is_long(one) else st.text_input
        entry.row[one.name] = ask(label, str(begins or ""), key=key, max_chars=one.constraints.maxLength, help=told)
    entry.places[one.name] = st.empty()


def _warned(made: Form) -> bool:
    """What the last look at the entry warned of, if it did; whether the person accepts it."""
    warnings = st.session_state.get(f"{made.key}-warned", ())
    if not warnings:
        return False
    show.html("field_problems.html", problems=warnings)
    return st.checkbox(_("I have looked at the warnings and answer for the figures"), key=f"{made.key}-accept")


def _send(view: show_frame.View, made: Form, entry: Entry, accepted: bool) -> bool:
    contract = contracts()[made.dataset]
    content = entered.content(contract, entry.row)
    name = f"{sentences.dataset(made.dataset)} {entered.cell(entry.row[contract.primaryKey[-1]])}.csv"
    checked, _moves = show_intake.looked_at(view, content, name, made.dataset, Said())
    problems = {place: list(found) for place, found in entered.by_field(contract, checked.problems).items()}
    if not entry.by:
        problems[made.by or "by"] = [Problem(None, None, _("nothing"), _("a name; it stands in the history"))]
    if not problems and checked.effect.unchanged:
        problems[""] = [Problem(None, None, _("what is stored already"), _("something new"))]
    if not problems and checked.warnings and not accepted:
        st.session_state[f"{made.key}-warned"] = checked.warnings
        st.rerun()
    if not problems:
        show_intake.published(content, checked, entry.by, Said(accept=bool(checked.warnings), note=made.note))
        st.session_state[made.stem] = st.session_state.get(made.stem, 0) + 1
    _say(entry, problems)
    return not problems


def _say(entry: Entry, problems: Mapping[str, Sequence[Problem]]) -> None:
    """Each problem at its field; those of fields that nobody asked for, above the form."""
    for place in entry.places:
        found = [one for name in problems for one in problems[name] if (name if name in entry.places else "") == place]
        if found:
            with entry.places[place]:
                show.html("field_problems.html", problems=found)
