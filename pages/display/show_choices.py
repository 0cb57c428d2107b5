"""Choices that the link keeps: the address is the truth, a widget changes the address.

A value in the address that makes no sense is replaced by the default, with a notice to the reader.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from data import days
from data.words import _
from pages.display import numbers, recorded, show

# A calendar offers no earlier day unless the link asks for one.
FIRST_DAY = date(2000, 1, 1)


def chosen(
    label: str, name: str, options: Sequence[str], shown: Callable[[str], str] = str, *, default: str | None = None
) -> str:
    """A drop-down for the query parameter `name`; returns one of `options` (not empty)."""
    value = parameter(name, options, default or options[0])
    if recorded.current():
        return value
    key = f"choice-{name}"
    st.session_state[key] = value
    st.selectbox(label, options, format_func=shown, key=key, on_change=_remember, args=(name, key))
    return value


def segment(
    label: str, name: str, options: Sequence[str], shown: Callable[[str], str] = str, *, default: str | None = None
) -> str:
    """The same as a row of buttons, for a handful of options."""
    value = parameter(name, options, default or options[0])
    if recorded.current():
        return value
    key = f"choice-{name}"
    st.session_state[key] = value
    st.segmented_control(
        label,
        options,
        format_func=lambda one: show.literal(shown(one)),
        key=key,
        required=True,
        on_change=_remember,
        args=(name, key),
    )
    return value


def several(label: str, name: str, options: Sequence[str], shown: Callable[[str], str] = str) -> tuple[str, ...]:
    """Any number of options as buttons, for the query parameter `name` with commas between; none where it is empty."""
    values = _listed(name, options, _("every one"))
    if recorded.current():
        return values
    key = f"choice-{name}"
    st.session_state[key] = list(values)
    st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=lambda one: show.literal(shown(one)),
        key=key,
        on_change=_remember_several,
        args=(name, key),
    )
    return values


def picked(label: str, name: str, options: Sequence[str], shown: Callable[[str], str] = str) -> tuple[str, ...]:
    """The same from a drop-down, for many options."""
    values = _listed(name, options, _("none"))
    if recorded.current():
        return values
    key = f"choice-{name}"
    st.session_state[key] = list(values)
    st.multiselect(
        label,
        options,
        format_func=shown,
        key=key,
        on_change=_remember_several,
        args=(name, key),
        placeholder="",
        select_all=False,  # Streamlit has these words in English only
    )
    return values


def slid(label: str, name: str, low: int, high: int, default: int = 0) -> int:
    """A slider for the query parameter `name`; returns a whole number from low to high."""
    value = int(parameter(name, [str(one) for one in range(low, high + 1)], str(default)))
    if recorded.current():
        return value
    key = f"choice-{name}"
    st.session_state[key] = value
    st.slider(label, low, high, key=key, on_change=_remember, args=(name, key))
    return value


def given() -> Mapping[str, str]:
    """The link's query parameters."""
    page = recorded.current()
    return page.parameters if page else st.query_params


def parameter(name: str, options: Sequence[str], default: str) -> str:
    """The query parameter `name` where it is one of `options`, else `default` and a notice."""
    value = given().get(name)
    if value is None or value in options:
        return value or default
    _replace(name, value, default)
    return default


def day(name: str, default: date | None = None) -> date | None:
    """The query parameter `name` as a day from 1900 to today, else `default`; a notice where it is no such day."""
    value = given().get(name)
    if value is None:
        return default
    try:
        found = days.read(value)
    except ValueError:
        found = None
    if found is None or found > date.today():
        _replace(name, value, numbers.day(default) if default else _("today"))
        return default
    return found


def chosen_day(label: str, name: str, default: date) -> date:
    """A calendar for the query parameter `name`; returns a day up to today."""
    value = day(name, default) or default
    if recorded.current():
        return value
    key = f"choice-{name}"
    st.session_state[key] = value
    calendar(label, value, key, _remember, (name, key))
    return value


def calendar(
    label: str, value: date | None, key: str, on_change: Callable[..., None], args: tuple[str, ...] = ()
) -> None:
    """A calendar of the days up to today, set to what the session has under `key`; the reader may empty it."""
    first = min(value or FIRST_DAY, FIRST_DAY)
    st.date_input(label, None, first, date.today(), key=key, on_change=on_change, args=args, format="YYYY-MM-DD")


def notice(given: str, used: str) -> None:
    st.info(
        _(
            "The link asks for “{given}”, which does not exist here; “{used}” is shown instead.",
            given=show.plain(given),
            used=show.plain(used),
        ),
        icon=":material/link_off:",
    )


def _replace(name: str, value: str, used: str) -> None:
    """Takes a value that makes no sense out of the address; a page that is recorded ends, lest it show something else."""
    if recorded.current():
        raise recorded.Gone(_("The link asks for “{given}”, which does not exist here.", given=value[:80]))
    notice(value, used)
    st.query_params.pop(name, None)


def _listed(name: str, options: Sequence[str], instead: str) -> tuple[str, ...]:
    """What the query parameter `name` lists; nothing, and a notice, where it lists what is no option."""
    value = given().get(name) or ""
    values = tuple(dict.fromkeys(filter(None, value.split(","))))
    if not set(values) <= set(options):
        _replace(name, value, instead)
        return ()
    return values


def _remember_several(name: str, key: str) -> None:
    """Keeps the widget's choices in the link; without any it is left out."""
    if st.session_state[key]:
        st.query_params[name] = ",".join(st.session_state[key])
    else:
        st.query_params.pop(name, None)


def _remember(name: str, key: str) -> None:
    """Keeps the widget's choice in the link; an emptied widget goes back to its default."""
    if st.session_state[key] is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = str(st.session_state[key])
