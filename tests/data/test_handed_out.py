"""Files that are handed out: what is in them comes back as it was, and nothing of it runs."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from data import handed_out
from data.handed_out import Table, csv_bytes, harmless, legal_name, plain, width, xlsx_bytes
from data.problem import Refused

quick = settings(max_examples=60, derandomize=True, deadline=None, database=None)

RUNNING = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "-",
    "  =1+1", "\u3000=1", "\n=1", " ＝1+1", "＝1", "＋1", "－1", "＠SUM(A1)", "\t", "\rtext",
]  # fmt: skip


def workbook(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def rows(content: bytes, sheet: int = 0) -> list[list[object]]:
    return workbook(content).get_sheet_by_index(sheet).to_python()


def part(content: bytes, name: str) -> str:
    """One XML file of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode()


@pytest.mark.parametrize("cell", RUNNING)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell", ["信都区", "a=1", "1-2", "<10", "", " ", "（=）", "'=1", None, -1, Decimal("-1.5"), True]
)
def test_every_other_cell_stays_as_it_is(cell: object) -> None:
    assert harmless(cell) is cell


def test_a_csv_has_the_mark_of_utf_8_windows_line_ends_and_no_formula_even_in_its_header() -> None:
    content = csv_bytes(["区域", "=1"], [["信都区", -5], [" =2", None]])
    assert content == "\ufeff区域,'=1\r\n信都区,-5\r\n' =2,\r\n".encode()


def test_a_csv_keeps_commas_quotes_and_line_breaks() -> None:
    cells = ["a,b", 'say "x"', "two\nlines", "carriage\rreturn"]
    content = csv_bytes(["1", "2", "3", "4"], [cells])
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1] == cells


def test_a_workbook_holds_texts_as_texts_and_numbers_and_dates_as_such() -> None:
    cells = ("0012", 12, 1.5, Decimal("0.85"), date(2020, 9, 1), datetime(2020, 9, 1, 8, 30), True, None, "信都区")
    content = xlsx_bytes([Table("表", tuple("abcdefghi"), [cells])])
    assert rows(content)[0] == list("abcdefghi")
    assert rows(content)[1] == [
        "0012",
        12.0,
        1.5,
        0.85,
        date(2020, 9, 1),
        datetime(2020, 9, 1, 8, 30),
        True,
        "",
        "信都区",
    ]


@pytest.mark.parametrize(
    "cell", [*RUNNING[:-2], "http://example.org", "mailto:a@b", "12", "1E5", "<r><t>x</t></r>", "_x0041_"]
)
def test_no_text_of_a_workbook_becomes_a_formula_a_link_a_number_or_markup(cell: str) -> None:
    content = xlsx_bytes([Table("s", ("a",), [(cell,)])])
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert sheet.count('t="s"') == 2, "the header and the cell are texts"
    if "\r" not in cell:  # XML readers take a carriage return for a line feed
        assert str(rows(content)[1][0]).rstrip() == cell.rstrip()


@quick
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_any_text_gives_a_workbook_that_can_be_read(texts: list[str]) -> None:
    content = xlsx_bytes([Table("s", ("a",), [(text,) for text in texts] + [("end",)])])
    assert rows(content)[-1] == ["end"]


def test_signs_that_no_workbook_can_hold_are_replaced() -> None:
    content = xlsx_bytes([Table("s", ("a",), [("a\x00b\ud800c\ufffe",)])])
    assert rows(content)[1] == ["a\ufffdb\ufffdc\ufffd"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Decimal("12345678901234.5678"), "12345678901234.5678"),
        (1234567890123456789, "1234567890123456789"),
        (float("inf"), "inf"),
        (date(1899, 12, 31), "1899-12-31"),
    ],
)
def test_what_a_spreadsheet_would_round_or_cannot_hold_is_text(cell: object, text: str) -> None:
    assert rows(xlsx_bytes([Table("s", ("a",), [(cell,)])]))[1] == [text]


def test_the_header_is_bold_and_stays_in_sight() -> None:
    content = xlsx_bytes([Table("s", ("a",), [(1,)], widths=(33,))])
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in sheet
    assert 'ySplit="1"' in sheet
    assert re.search(r'<col min="1" max="1" width="33\.\d+"', sheet)
    assert "<b/>" in part(content, "xl/styles.xml")


def test_the_same_content_gives_the_same_bytes_and_a_day_may_be_given() -> None:
    table = Table("s", ("a",), [("x",)])
    assert xlsx_bytes([table]) == xlsx_bytes([table])
    dated = xlsx_bytes([table], datetime(2022, 7, 8, 9))
    assert "2022-07-08T09:00:00Z" in part(dated, "docProps/core.xml")


@pytest.mark.parametrize(
    ("name", "taken", "legal"),
    [
        ("在校生数", [], "在校生数"),
        ("a/b:c*[d]?\\", [], "a b c  d"),
        ("'quoted'", [], "quoted"),
        ("", [], "1"),
        ("???", [], "1"),
        ("x" * 40, [], "x" * 31),
        ("x" * 40, ["X" * 31], "x" * 29 + " 2"),
        ("😀" * 20, [], "😀" * 15),
        ("表", ["表", "表 2"], "表 3"),
        ("History", [], "History 2"),
    ],
)
def test_a_sheet_gets_a_name_that_spreadsheets_allow(name: str, taken: list[str], legal: str) -> None:
    assert legal_name(name, taken) == legal


def test_sheets_of_one_name_stand_side_by_side() -> None:
    table = Table("a/b", ("x",), [])
    assert workbook(xlsx_bytes([table, table])).sheet_names == ["a b", "a b 2"]


def test_a_table_that_no_sheet_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed_out, "MOST_ROWS", 2)
    with pytest.raises(Refused, match="A sheet holds 2 rows, this table has 3"):
        xlsx_bytes([Table("s", ("a",), [(1,), (2,), (3,)])])


@pytest.mark.parametrize(
    ("number", "text"),
    [(Decimal("0.8500"), "0.85"), (Decimal("100.0000"), "100"), (100000000.0, "100000000"), (0, "0")],
)
def test_a_number_is_written_in_plain_digits(number: float | Decimal, text: str) -> None:
    assert plain(number) == text


@pytest.mark.parametrize(
    ("cells", "wide"), [(["学校名称校名"], 14), (["abc"], 8), (["x" * 99], 48), ([None], 8), ([], 8)]
)
def test_a_column_is_as_wide_as_what_it_shows_within_limits(cells: list[object], wide: float) -> None:
    assert width(cells) == wide
