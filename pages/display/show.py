"""The only place that puts figures, tables and downloads on a page, so that how it is done can change in one place."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import copy_context
from functools import partial, wraps
from typing import NoReturn, TypeVar, cast

import plotly.graph_objects as go
import streamlit as st

from data.contract import Contract, contracts
from data.handed_out import Table, csv_bytes, xlsx_bytes
from data.intake import Checked, Progress
from data.words import _, pick
from pages.display import figures, recorded, tables

_MIMES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "json": "application/json",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What begins something in Streamlit's Markdown wherever it stands, and what does so at the beginning of a line only.
_MARKDOWN = frozenset("\\`*_[]<>!|$~:&")
_AT_THE_START = re.compile(r"(?m)^(\s*)([#+\-]|\d+(?=[.)]))")


Drawing = TypeVar("Drawing", bound=Callable[..., None])


def remembered(drawing: Drawing) -> Drawing:
    """A function of a page that draws without widgets: drawn once per set of arguments, then replayed by Streamlit.

    The arguments must say by their repr() all that the drawing depends on, the data version and the language included.
    """
    name = f"{drawing.__code__.co_filename}:{drawing.__qualname__}"

    @wraps(drawing)
    def shown(*arguments: object) -> None:
        if recorded.current():
            drawing(*arguments)
            return
        # By name: of a value without one Streamlit asks Python for its name, at every run.
        _replayed(name=name, arguments=repr(arguments), _draw=lambda: drawing(*arguments))

    return cast(Drawing, shown)


@st.cache_resource(show_spinner=False, max_entries=400)
def _replayed(name: str, arguments: str, _draw: Callable[[], None]) -> None:
    """Streamlit's own cache: `name` and `arguments` are its key, names with an underscore are not."""
    _draw()


def row() -> AbstractContextManager[object]:
    """Widgets side by side, at the height of the lowest."""
    return nullcontext() if recorded.current() else st.container(horizontal=True, vertical_alignment="bottom")


def note(text: str) -> None:
    """A sentence in a box: mostly what is missing and who owes it."""
    if page := recorded.current():
        page.shown.append(recorded.Note(text))
    else:
        st.info(literal(text))


def is_recorded() -> bool:
    """Whether the page is run to be presented or printed, so that nothing can be entered on it."""
    return recorded.current() is not None


def again() -> NoReturn:
    """Runs the page anew, as what it shows has changed."""
    st.rerun()


def end() -> NoReturn:
    """Ends the page here."""
    if recorded.current():
        raise recorded.End
    st.stop()


def figure(drawn: go.Figure, name: str) -> None:
    """A figure across the page, with a button that saves it as a picture called `name`."""
    if page := recorded.current():
        page.shown.append(recorded.Figure(name, drawn))
        return
    config = {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "scrollZoom": False,
        "toImageButtonOptions": {"format": "png", "filename": name, "scale": 2},
    }
    st.plotly_chart(drawn, theme=None, config=config, alt=figures.alternative(drawn))


def side_by_side(drawn: Mapping[str, go.Figure]) -> None:
    """Figures by name, next to each other where the page is wide enough."""
    with nullcontext() if recorded.current() else st.container(horizontal=True, gap="medium"):
        for name, one in drawn.items():
            figure(one, name)


def html(template: str, **values: object) -> None:
    """A template with the values, escaped."""
    made = tables.render(template, **values)
    if page := recorded.current():
        page.shown.append(recorded.Fragment(template.removesuffix(".html"), made))
    else:
        st.html(made)


def heading(text: str) -> None:
    if page := recorded.current():
        page.shown.append(recorded.Heading(text))
    else:
        st.subheader(text, anchor=False)


def literal(text: str) -> str:
    """A text as it is, where Streamlit reads Markdown: names from files must not become links or pictures from elsewhere."""
    escaped = "".join("\\" + sign if sign in _MARKDOWN else sign for sign in text)
    return _AT_THE_START.sub(_escaped_start, escaped)


def _escaped_start(found: re.Match[str]) -> str:
    """A number cannot be escaped by a backslash: a sign of no width keeps it from beginning a list."""
    blanks, sign = found.groups()
    return f"{blanks}{sign}\u200b" if sign.isdigit() else f"{blanks}\\{sign}"


def plain(text: str) -> str:
    """The same, and not longer than a line."""
    return literal(text[:80])


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A progress bar while something long runs; yields the function to report (share, what is being done) to."""
    bar = st.progress(0.0, what)

    def report(share: float, doing: str) -> None:
        bar.progress(min(share, 1.0), literal(f"{what}: {doing}"))

    yield report
    bar.empty()


def problems_download(checked: Checked, marked: Callable[[], bytes]) -> None:
    """The whole list of problems as a file, and the analyst's own sheet with its cells marked, for whoever mends it."""
    header = (_("Row"), _("Column"), _("Found"), _("Expected"))
    with row():
        csv_download(
            _("problems"),
            header,
            lambda: [(one.row, one.column, one.found, one.expected) for one in checked.problems],
            sample=False,
        )
        download(_("Save the sheet with marks (XLSX)"), f"{_('problems')}.xlsx", marked)


def template_downloads(dataset: str, *makers: Callable[[Contract], bytes]) -> None:
    """An empty workbook and an empty CSV file of a dataset, to fill in; nothing where no dataset is chosen."""
    contract = contracts().get(dataset)
    if contract is None:
        return
    title = pick(contract.title.pair())
    with row():
        for kind, make in zip(("xlsx", "csv"), makers, strict=True):
            label = _("Template ({kind})", kind=kind.upper())
            download(label, f"{title}.{kind}", partial(make, contract))


def download(label: str, file_name: str, make: Callable[[], bytes]) -> None:
    """A button that hands out a file, made when it is asked for, in the language of the page: Streamlit makes it elsewhere."""
    if recorded.current():
        return
    context = copy_context()
    st.download_button(
        literal(label),
        data=lambda: context.copy().run(make),
        file_name=file_name,
        mime=_MIMES[file_name.rpartition(".")[2]],
        icon=":material/download:",
        on_click="ignore",
        key=f"download-{file_name}",
    )


def csv_download(
    name: str, header: Sequence[str], rows: Callable[[], Sequence[Sequence[object]]], *, sample: bool
) -> None:
    """A button that hands out a CSV which spreadsheets open rightly; it is made when it is asked for."""
    download(_("Save as CSV"), f"{name}.csv", lambda: _csv(header, rows(), sample=sample))


def table_downloads(
    name: str, header: Sequence[str], rows: Callable[[], Sequence[Sequence[object]]], *, sample: bool
) -> None:
    """The same rows as CSV and as a workbook, side by side."""
    with row():
        csv_download(name, header, rows, sample=sample)
        download(_("Save as Excel"), f"{name}.xlsx", lambda: _xlsx(name, header, rows(), sample=sample))


def _xlsx(name: str, header: Sequence[str], rows: Sequence[Sequence[object]], *, sample: bool) -> bytes:
    if not sample:
        return xlsx_bytes([Table(name, tuple(header), rows)])
    return xlsx_bytes([Table(name, (*header, _("note")), [[*row, _("sample data")] for row in rows])])


def _csv(header: Sequence[str], rows: Sequence[Sequence[object]], *, sample: bool) -> bytes:
    if not sample:
        return csv_bytes(header, rows)
    return csv_bytes([*header, _("note")], [[*row, _("sample data")] for row in rows])
