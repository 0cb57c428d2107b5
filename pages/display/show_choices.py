"""Choices that the link keeps: the address is the truth, a widget changes the address.

A value in the address that makes no sense is replaced by the default, with a notice to the reader.
"""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from data.words import _
from pages.display import show


def chosen(
    label: str, name: str, options: Sequence[str], shown: Callable[[str], str] = str, *, default: str | None = None
) -> str:
    """A drop-down for the query parameter `name`; returns one of `options` (not empty)."""
    value = parameter(name, options, default or options[0])
    key = f"choice-{name}"
    st.session_state[key] = value
    st.selectbox(label, options, format_func=shown, key=key, on_change=_remember, args=(name, key))
    return value


def segment(
    label: str, name: str, options: Sequence[str], shown: Callable[[str], str] = str, *, default: str | None = None
) -> str:
    """The same as a row of buttons, for a handful of options."""
    value = parameter(name, options, default or options[0])
    key = f"choice-{name}"
    st.session_state[key] = value
    st.segmented_control(
        label, options, format_func=shown, key=key, required=True, on_change=_remember, args=(name, key)
    )
    return value


def parameter(name: str, options: Sequence[str], default: str) -> str:
    """The query parameter `name` where it is one of `options`, else `default` and a notice."""
    given = st.query_params.get(name)
    if given is None or given in options:
        return given or default
    notice(given, default)
    st.query_params.pop(name, None)
    return default


def day(name: str) -> date | None:
    """The query parameter `name` as a day up to today, or None; a notice where it is no such day."""
    given = st.query_params.get(name)
    if given is None:
        return None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        found = None
    if found is None or found > date.today():
        notice(given, _("today"))
        st.query_params.pop(name, None)
        return None
    return found


def notice(given: str, used: str) -> None:
    st.info(
        _(
            "The link asks for “{given}”, which does not exist here; “{used}” is shown instead.",
            given=show.plain(given),
            used=show.plain(used),
        ),
        icon=":material/link_off:",
    )


def _remember(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]
