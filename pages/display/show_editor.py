"""A table that a person edits: the only place that puts one on a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.contract import Field
from data.words import pick

# A table of fewer rows is shown whole.
SHORT_TABLE = 15
# As the store keeps them: the browser's own way writes 104.99999999999999 for 105.
_SHORT = "%.12g"


@dataclass(frozen=True)
class Options:
    """The values that a column offers, and how each is shown."""

    values: Sequence[str]
    shown: Callable[[str], str] = str


def editor(
    fields: Sequence[Field], given: Any, key: str, options: Mapping[str, Options], *, disabled: bool
) -> list[dict[str, Any]]:
    """The rows of a data frame as the person left them; rows can be added and deleted. options: of the columns that offer some.

    What a cell must be is said by the check of the rows, in the reader's language, not by the cell. A data frame, because
    Streamlit makes one of everything else, there and back in every run.
    """
    edited = st.data_editor(
        given,
        key=key,
        disabled=disabled,
        num_rows="fixed" if disabled else "dynamic",
        hide_index=True,
        height="content" if len(given) < SHORT_TABLE else "auto",
        column_config={one.name: _column(one, options.get(one.name)) for one in fields},
    )
    return [{name: _value(cell) for name, cell in row.items()} for row in edited.to_dict("records")]


def _value(cell: Any) -> Any:
    """A cell; None where it is empty, which a data frame says by something that is not equal to itself."""
    return None if cell is None or cell != cell else cell


def _column(one: Field, options: Options | None) -> Any:
    title = pick(one.title.pair())
    label = f"{title} ({pick(one.unit.pair())})" if one.unit else title
    told = pick(one.description.pair()) if one.description else None
    if options:
        shown = options.shown
        return st.column_config.SelectboxColumn(
            label, help=told, options=options.values, format_func=lambda value: shown(str(value))
        )
    match one.type:
        case "number":
            return st.column_config.NumberColumn(label, help=told, format=_SHORT)
        case "integer":
            return st.column_config.NumberColumn(label, help=told, format="%d", step=1)
        case "date":
            return st.column_config.DateColumn(label, help=told, format="YYYY-MM-DD")
        case _:
            return st.column_config.TextColumn(label, help=told)
