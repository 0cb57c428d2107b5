"""What tests of documents share: workbooks read back, files turned into pages."""

import io
import shutil
import subprocess
from pathlib import Path

import plotly.graph_objects as go
import pytest
from python_calamine import CalamineWorkbook

from pages.display.report import reading
from pages.display.report.chart_layout import Size
from pages.display.report.charts import Chart
from pages.display.report.panels import number
from pages.display.slides import of_figure

SIZE = Size(880, 360, 14)
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="LibreOffice or Poppler is missing: run .ci/test-needs",
)


def charts(figure: go.Figure) -> tuple[Chart, ...]:
    return reading.charts(of_figure("name", figure))


def cells(workbook: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()


def missing(figure: go.Figure) -> list[tuple[str, float]]:
    """The numbers of a figure's traces that are in none of its charts: heights and lengths, and places that are values."""
    kept = {f"{value:.12g}" for chart in charts(figure) for value in kept_by(chart)}
    named = {float(place) for place, _name in figure.layout.meta.get("places", ())}
    given = [(str(trace.name), value) for trace in figure.data for value in _values(trace, named)]
    return [(name, value) for name, value in given if f"{value:.12g}" not in kept]


def kept_by(chart: Chart) -> list[float]:
    """Every number that the chart's workbook holds."""
    columns = [values for one in chart.series for values in (one.heights, one.places, one.reaches)]
    return [
        value
        for column in (*columns, *(column for _name, column in chart.also))
        for value in column
        if value is not None
    ]


def _values(trace: go.Scatter | go.Bar, named: set[float]) -> list[float]:
    """What a trace measures: along its bars, or on both axes; not the row or the category that it stands at."""
    is_bar, lies = trace.type == "bar", trace.orientation == "h"
    keys = ("x",) if is_bar and lies else ("y",) if is_bar else ("x", "y")
    found = [number(one, {}) for key in keys for one in _given(trace[key])]
    found += [number(one, {}) for one in _given(trace["base"])] if is_bar else []
    return [one for one in found if one is not None and one not in named]


def _given(values: object) -> list[object]:
    """Values and days; names of rows are no numbers."""
    listed = [] if values is None else list(values)  # type: ignore[call-overload]
    return [one for one in listed if not isinstance(one, str) or one[:4].isdigit()]


def pdf_pages(content: bytes, name: str, folder: Path) -> list[str]:
    """The text of every page that LibreOffice makes of a document."""
    (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    pdf = folder / f"{name.rpartition('.')[0]}.pdf"
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return text.split("\f")[:-1]
