"""Slides as a PowerPoint file, read back: titles, native charts and tables, feet, notes, and the pages LibreOffice makes of it."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from pptx import Presentation
from pptx.util import Pt

from data import words
from data.handed_out import Table
from pages.display import figures
from pages.display.figures import look
from pages.display.report import deck_text
from pages.display.report.deck import deck
from pages.display.slides import Slide, of_figure
from tests.pages.display import made
from tests.pages.display.report.office import cells, needs_office, pdf_pages
from tests.pages.display.test_figures import DRAWINGS, PARTS

DAY = date(2022, 12, 31)
LONG = "主城区 2020 年底：普惠性幼儿园在园幼儿占比 82.3 %，达标；信都区 76.1 %，还差 412 个学位，其他区均已达标" * 3
NOTHING = Slide("gone", "A view that is gone", "", False)
SENTENCES = Slide("said", "Three things", "clause 1", False, sentences=("One thing.", "Another thing.", "A third one."))
TABLE = Slide(
    "rows", "Schools", "clause 2", True,
    table=Table("rows", ("School", "Pupils"), [(f"school {number}", 1000 + number) for number in range(40)]),
)  # fmt: skip


def slides() -> list[Slide]:
    found = made.everywhere(parts=PARTS, sample=True)
    return [*(of_figure(name, draw(found)) for name, draw in DRAWINGS.items()), SENTENCES, TABLE, NOTHING]


def written(*shown: Slide, title: str = "The plan") -> bytes:
    return deck(title, shown or slides(), version="version 7", day=DAY)


def read(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def texts(page: Any) -> Iterator[str]:
    for shape in page.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text


def charts_of(page: Any) -> list[Any]:
    return [shape.chart for shape in page.shapes if shape.has_chart]


@pytest.fixture(scope="module")
def content() -> bytes:
    """The slides in English."""
    words.use("en")
    return written()


def test_every_slide_has_its_conclusion_its_source_its_version_and_its_number(content: bytes) -> None:
    made_file = read(content)
    assert (made_file.slide_width, made_file.slide_height) == (Pt(960), Pt(540)), "16:9"
    cover, *pages = made_file.slides
    assert list(texts(cover)) == ["The plan", "December 31, 2022\nversion 7"]
    assert pages[0].shapes.title.text == slides()[0].title
    for page in pages:
        kinds = {shape.placeholder_format.type: shape for shape in page.placeholders}
        assert "version 7" in texts(page)
        assert len(kinds) == 4, "title, source, footer, number"
        assert any('type="slidenum"' in shape._element.xml for shape in page.placeholders)
    assert slides()[0].footing in texts(pages[0])


@pytest.mark.parametrize(("language", "mark"), [("zh_CN", "示例数据"), ("en", "sample data")])
def test_the_mark_of_sample_data_is_there_exactly_where_data_are_invented(language: str, mark: str) -> None:
    words.use(language)
    figure = figures.trajectory(made.answer(), made.WHOLE)
    sample = figures.trajectory(made.answer(sample=True), made.WHOLE)
    _cover, plain, marked = read(written(of_figure("a", figure), of_figure("b", sample))).slides
    assert (mark in texts(plain), mark in texts(marked)) == (False, True)


def test_charts_are_native_and_hold_their_numbers(content: bytes) -> None:
    _cover, course, areas, standing, composition, *_rest = read(content).slides
    [chart] = charts_of(course)
    assert type(chart.plots[0]).__name__ == "LinePlot"
    assert list(chart.plots[0].categories) == ["2019/20", "2020/21", "2021/22"]
    own = next(one for one in chart.plots[0].series if one.name == "Main urban area")
    assert list(own.values) == pytest.approx([70.0, 81.0, 83.5])
    assert cells(chart.part.chart_workbook.xlsx_part.blob)[0][:2] == ["category", "Main urban area"]
    assert len(charts_of(areas)) == 4, "a panel an area"
    assert type(charts_of(standing)[0].plots[0]).__name__ == "XyPlot"
    assert type(charts_of(composition)[0].plots[0]).__name__ == "BarPlot"


def test_a_chart_tells_readers_who_cannot_see_it_its_title(content: bytes) -> None:
    page = read(content).slides[1]
    [frame] = [shape for shape in page.shapes if shape.has_chart]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == slides()[0].title


def test_the_notes_have_the_full_title_and_the_source() -> None:
    content = read(written(Slide("long", LONG, "单位：%", False, sentences=("x",))))
    page = content.slides[1]
    notes = page.notes_slide.notes_text_frame.text
    assert notes.split("\n")[:2] == [LONG, "单位：%"]
    assert page.shapes.title.text.endswith("…"), "on the slide it is cut where it would not fit"


@pytest.mark.parametrize(("text", "size"), [("短标题", 28), (LONG[:60], 28), (LONG, 20)])
def test_a_title_becomes_smaller_but_stays_readable(text: str, size: int) -> None:
    found, kept = deck_text.fitted(text, 888, 28, 20, 2, bold=True)
    assert found >= size if size == 28 else found == size
    assert len(look.wrapped(kept, deck_text.characters(888, found, bold=True))) <= 3


def test_a_long_table_goes_on_with_its_header_repeated_in_readable_type() -> None:
    pages = read(written(TABLE)).slides
    tables = [shape.table for page in pages for shape in page.shapes if shape.has_table]
    assert len(tables) > 1
    assert {table.cell(0, 0).text for table in tables} == {"School"}
    shown = [table.cell(row, 0).text for table in tables for row in range(1, len(table.rows))]
    assert shown == [f"school {number}" for number in range(40)]
    assert {
        run.font.size for table in tables for cell in table.iter_cells() for run in cell.text_frame.paragraphs[0].runs
    } == {Pt(14)}
    assert tables[0].cell(1, 1).text == "1,000"
    assert pages[1].shapes.title.text == f"Schools (1/{len(tables)})"


@pytest.mark.parametrize(
    ("slide", "said"),
    [
        (NOTHING, "This view is empty"),
        (of_figure("empty", figures.trajectory(made.answer(made.trajectory(figures={})), made.WHOLE)), "No data"),
        (Slide("rows", "No rows", "", False, table=Table("rows", ("School",), [])), "No data"),
    ],
)  # fmt: skip
def test_a_slide_that_has_nothing_says_so(slide: Slide, said: str) -> None:
    page = read(written(slide)).slides[1]
    assert charts_of(page) == []
    assert any(text.startswith(said) for text in texts(page))


def test_what_does_not_fit_below_a_chart_is_in_the_notes() -> None:
    figure = go.Figure(go.Bar(x=[1], y=[2], name="pupils"))
    look.dress_rows(figure, "title", "foot", sample=False)
    for number in range(40):
        look.beside(figure, f"remark number {number}", x=0.5, y=1)
    page = read(written(of_figure("many", figure))).slides[1]
    assert any("more in the notes" in text for text in texts(page))
    assert "remark number 39" in page.notes_slide.notes_text_frame.text


@pytest.mark.parametrize(("language", "tag"), [("zh_CN", "zh-CN"), ("en", "en-GB")])
def test_all_words_are_marked_with_their_language(language: str, tag: str) -> None:
    words.use(language)
    content = written(*slides()[:1], TABLE, NOTHING)
    for page in read(content).slides:
        for shape in page.shapes:
            assert {run.get("lang") for run in shape._element.xpath(".//a:r/a:rPr")} <= {tag}
    assert read(content).core_properties.language == tag


def test_signs_that_a_file_cannot_hold_do_not_break_it() -> None:
    bad = "a\x00b\x0b<c>&\ud800\uffff"
    table = Table("t", (bad,), [(bad,)])
    figure = go.Figure(go.Bar(x=[1], y=[2], name=bad.replace("<", "&lt;")))
    look.dress_rows(figure, bad, bad, sample=True)
    content = written(of_figure(bad, figure), Slide(bad, bad, bad, True, table=table, sentences=(bad,)), title=bad)
    assert len(read(content).slides) == 4
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_the_work_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[tuple[float, str]] = []
    deck("plan", [SENTENCES, NOTHING], version="7", day=DAY, progress=lambda share, text: told.append((share, text)))
    assert told == [(0.0, "Three things"), (0.5, "A view that is gone"), (1.0, "saving")]

    def stop(share: float, _text: str) -> None:
        if share:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        deck("plan", [SENTENCES, NOTHING], version="7", day=DAY, progress=stop)


def test_the_template_is_our_own(content: bytes) -> None:
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    assert len([name for name in names if name.startswith("ppt/slideLayouts/slideLayout")]) == 2
    assert not [name for name in names if "thumbnail" in name or "printerSettings" in name]
    theme = archive.read("ppt/theme/theme1.xml").decode()
    assert 'typeface="Microsoft YaHei"' in theme and 'typeface="Arial"' in theme and "Calibri" not in theme


@needs_office
def test_libreoffice_makes_a_page_of_every_slide(tmp_path: Path) -> None:
    words.use("zh_CN")
    content = written()
    pages = pdf_pages(content, "deck.pptx", tmp_path)
    assert len(pages) == len(read(content).slides)
    assert "示例数据" in pages[1] and "2020/21" in pages[1], "the chart is drawn"
