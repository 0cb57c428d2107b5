"""Bytes → rows of text: encodings, delimiters, irregular rows, and the numbers that rows are reported under."""

import codecs
import io
import zipfile

import pytest

from data import reading
from data.layout import Sheet
from data.problem import Problem
from data.reading import read

TEXT = "区域,层级\n信都区,district\n襄都区,district\n"
HEADER = ("区域", "层级")
ROWS = [("信都区", "district"), ("襄都区", "district")]


def sheet(content: bytes | str) -> Sheet:
    found = read(content.encode() if isinstance(content, str) else content)
    assert isinstance(found, tuple), found
    (one,) = found
    return one


def rows(found: Sheet) -> list[tuple[str, ...]]:
    return list(zip(*(column.to_pylist() for column in found.columns), strict=True))


def lines(found: Sheet) -> list[int]:
    return [int(line) for line in found.lines.to_pylist()]


def faults(content: bytes | str) -> list[Problem]:
    found = read(content.encode() if isinstance(content, str) else content)
    assert isinstance(found, list), [(one.header, rows(one)) for one in found]
    return found


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with BOM", "gb18030", "gbk", "utf-16", "utf-16 little endian", "utf-16 big endian"],
)
def test_every_encoding_gives_the_same_rows(content: bytes) -> None:
    found = sheet(content)
    assert (found.header, rows(found), lines(found)) == (HEADER, ROWS, [2, 3])


def test_gb18030_holds_names_that_gbk_lacks() -> None:
    assert rows(sheet("姓,数\n𠮷,1\n".encode("gb18030"))) == [("𠮷", "1")]


def test_an_ascii_header_above_gb18030_rows_is_read_as_gb18030() -> None:
    assert rows(sheet("area,level\n信都区,district\n".encode("gb18030"))) == [("信都区", "district")]


@pytest.mark.parametrize("cell", ["学前", "联通", "信都区"])
def test_gb18030_bytes_that_happen_to_be_utf_8_are_still_read_as_chinese(cell: str) -> None:
    assert rows(sheet(f"area,pupils\n{cell},100\n".encode("gb18030"))) == [(cell, "100")]


def test_other_scripts_in_utf_8_stay_what_they_are_beside_chinese_or_below_a_byte_order_mark() -> None:
    for text in ("área", "Ωμέγα", "ѧǰ", "£5"):
        assert rows(sheet(f"a,b\n{text},区\n")) == [(text, "区")]
        assert rows(sheet(codecs.BOM_UTF8 + f"a,b\n{text},1\n".encode())) == [(text, "1")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_every_line_ending_gives_the_same_rows(end: str) -> None:
    found = sheet(TEXT.replace("\n", end))
    assert (found.header, rows(found), lines(found)) == (HEADER, ROWS, [2, 3])


@pytest.mark.parametrize("delimiter", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
def test_every_delimiter_gives_the_same_rows(delimiter: str) -> None:
    found = sheet(TEXT.replace(",", delimiter))
    assert (found.header, rows(found)) == (HEADER, ROWS)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_chinese_character_with_a_vertical_bar_among_its_bytes_stays_whole(delimiter: str) -> None:
    assert b"|" in "億質".encode("gb18030")
    text = "区域,层级,億質億質億質\n億質区,district,1\n東質区,district,2\n".replace(",", delimiter)
    found = sheet(text.encode("gb18030"))
    assert found.header == ("区域", "层级", "億質億質億質")
    assert rows(found) == [("億質区", "district", "1"), ("東質区", "district", "2")]


def test_a_byte_order_mark_is_believed_of_cells_that_would_read_as_chinese_too() -> None:
    cell = "学前".encode("gb18030").decode("utf-8")
    found = sheet(codecs.BOM_UTF8 + f"area,level\n{cell},district\n".encode())
    assert rows(found) == [(cell, "district")]


def test_unicode_text_saved_by_excel_is_read() -> None:
    found = sheet(TEXT.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"))
    assert (found.header, rows(found)) == (HEADER, ROWS)


def test_a_last_row_without_a_line_end_is_read() -> None:
    assert rows(sheet(TEXT.rstrip())) == ROWS


def test_cells_in_quotes_keep_delimiters_quotes_and_line_breaks() -> None:
    found = sheet('a,b\n"1,2","x ""y"" z"\n"up\ndown",4\n5,6\n')
    assert rows(found) == [("1,2", 'x "y" z'), ("up\ndown", "4"), ("5", "6")]


def test_a_row_with_a_line_break_in_a_cell_is_one_row_as_in_a_spreadsheet() -> None:
    assert lines(sheet('a,b\n"up\ndown",2\n3,4\n')) == [2, 3]
    assert lines(sheet('a,b\n"up\n\ndown",2\n\n3,4\n')) == [2, 4]


def test_a_header_with_a_line_break_is_one_header() -> None:
    assert sheet('"a\nb",c\n1,2\n').header == ("a\nb", "c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n\n3,4\n", [2, 4]),
        ("a,b\r\n1,2\r\n\r\n3,4\r\n", [2, 4]),
        ("a,b\n1,2\n\r\n3,4\n", [2, 4]),
        ("a,b\n1,2\n\n\n\n3,4\n", [2, 6]),
        ("a,b\n\n1,2\n3,4\n", [3, 4]),
        ("a,b\n1,2\n   \n3,4\n", [2, 4]),
        ("a,b\n1,2\n3,4\n\n\n", [2, 3]),
        ("\na,b\n1,2\n3,4\n", [3, 4]),
        ("\r\n\r\na,b\r\n1,2\r\n3,4\r\n", [4, 5]),
    ],
    ids=["LF", "CRLF", "CRLF among LF", "several", "below the header", "of spaces", "at the end", "above the header", "two above the header"],
)  # fmt: skip
def test_blank_lines_are_passed_over_and_counted(text: str, expected: list[int]) -> None:
    found = sheet(text)
    assert (found.header, rows(found), lines(found)) == (("a", "b"), [("1", "2"), ("3", "4")], expected)


@pytest.mark.parametrize("text", ["a,b\n1,2\n,\n3,4\n", "a,b\n1,2\n,\n\n3,4\n", "a,b\n1,2\n3,4\n,\n,\n"])
def test_rows_of_empty_cells_are_passed_over_like_blank_lines(text: str) -> None:
    assert rows(sheet(text)) == [("1", "2"), ("3", "4")]


def test_empty_cells_beyond_the_header_are_left_out() -> None:
    found = sheet("a,b\n1,2,\n3,4,,\n")
    assert (found.header, rows(found)) == (("a", "b"), [("1", "2"), ("3", "4")])


def test_every_uneven_row_is_named() -> None:
    assert faults("a,b\n1\n2,3\n4,5,6\n") == [
        Problem(2, None, "1 cells", "2 cells, as in the header"),
        Problem(4, None, "3 cells", "2 cells, as in the header"),
    ]


def test_uneven_rows_below_a_blank_line_keep_their_numbers() -> None:
    assert [problem.row for problem in faults("a,b\n\n1,2\n\n3\n")] == [5]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('a,b\n1,"2\n', 2),
        ('a,b\n1,2\n3,"4\n5,6\n7,8\n', 3),
        ('a,b\n1,2\n\n3,"4\n5,6\n', 4),
        ('a,"b\n1,2\n', 1),
        ('a,b\n"1"x,2\n', 2),
    ],
    ids=["in the last row", "in the middle", "below a blank line", "in the header", "text behind it"],
)
def test_a_quotation_mark_out_of_place_is_reported_and_no_row_is_swallowed(text: str, row: int) -> None:
    found = faults(text)
    assert [problem.row for problem in found] == [row]
    assert "quotation mark" in found[0].found


@pytest.mark.parametrize("content", [b"", codecs.BOM_UTF8, b" ", b"\n\r\n", b",,,\n,,,\n", "".encode("utf-16")])
def test_a_file_with_nothing_in_it_is_reported_as_empty(content: bytes) -> None:
    assert faults(content) == [Problem(None, None, "an empty file", "a header row and the data below it")]


@pytest.mark.parametrize("text", ["a,b", "a,b\n", "a,b\r\n\r\n", '"a","b"\n'])
def test_a_header_alone_is_a_table_without_rows(text: str) -> None:
    found = sheet(text)
    assert (found.header, len(found)) == (("a", "b"), 0)


def test_a_damaged_workbook_is_named_as_such() -> None:
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    for content in (workbook.getvalue(), b"\xd0\xcf\x11\xe0" + bytes(512)):
        (problem,) = faults(content)
        assert (problem.row, problem.column, problem.found) == (None, None, "a damaged workbook")


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"a,b\n1,\x002\n"])
def test_a_binary_file_is_named_as_such(content: bytes) -> None:
    assert faults(content) == [Problem(None, None, "a file that is not text", "a CSV file or an Excel workbook")]


def test_bytes_in_no_known_encoding_are_reported() -> None:
    (problem,) = faults(b"a,b\n1,2\n3,\xff\x81\xff\n")
    assert (problem.row, problem.found) == (None, "characters in an unknown encoding")
    assert "UTF-8 or GB18030" in problem.expected


def test_latin_1_is_read_in_the_last_resort_and_said() -> None:
    found = sheet("area,level\nCafé,zone\n".encode("latin-1"))
    assert rows(found) == [("Café", "zone")]
    assert [note.done for note in found.notes] == ["read as Latin-1"]


def test_half_a_character_of_utf_16_is_reported() -> None:
    assert faults(TEXT.encode("utf-16")[:-1])[0].found == "characters in an unknown encoding"


def test_a_file_over_the_limit_is_refused_with_both_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 2 * 2**20)
    assert sheet(b"a,b\n" + b"1,2\n" * 10)
    (problem,) = faults(b"a,b\n" + b"1,2\n" * 2**20)
    assert (problem.found, problem.expected[:14]) == ("a file of 4 MB", "at most 2 MB; ")


def test_a_file_of_exactly_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", len(TEXT.encode()))
    assert rows(sheet(TEXT)) == ROWS


def test_text_is_taken_as_it_stands() -> None:
    assert rows(sheet("a,b,c\n007, x ,NULL\nNaN,1e3,\n")) == [("007", " x ", "NULL"), ("NaN", "1e3", "")]


POPULATION = "年份,区域,年龄,人口数\n2020,信都区,3,5\n"


@pytest.mark.parametrize(
    "text",
    [
        "年份,区域,年龄,人口数,,\n2020,信都区,3,5,,\n",
        "年份,区域,年龄,人口数,,\n2020,信都区,3,5\n",
        "年份,区域,年龄,人口数, \n2020,信都区,3,5,,,\n",
        "年份,区域,,年龄,人口数\n2020,信都区,,3,5\n",
    ],
)
def test_columns_of_empty_cells_without_a_header_are_left_out(text: str) -> None:
    found = sheet(text)
    assert (found.header, rows(found)) == (("年份", "区域", "年龄", "人口数"), [("2020", "信都区", "3", "5")])


def test_a_column_without_a_header_that_holds_something_is_kept_to_be_asked_about() -> None:
    assert sheet("年份,区域,年龄,人口数,\n2020,信都区,3,5,新\n").header == ("年份", "区域", "年龄", "人口数", "")


def test_a_header_once_more_in_the_middle_is_passed_over_and_said() -> None:
    found = sheet(POPULATION + POPULATION.replace("信都区", "襄都区") + "2020,信都区,4,5\n" * 30)
    assert lines(found) == [2, *range(4, 35)]
    assert [(note.row, note.done) for note in found.notes] == [(3, "passed over: the header once more")]


def test_a_table_of_too_many_columns_is_refused_at_once() -> None:
    wide = ",".join(["abc"] * 100_000) + "\n"
    (problem,) = faults(wide + wide.replace("abc", "1"))
    assert (problem.found, problem.expected[:20]) == ("a table of 100000 columns", "at most 2000 columns")


def test_endless_empty_columns_are_no_columns() -> None:
    blank = "," * 200_000
    found = sheet(POPULATION.replace("\n", blank + "\n"))
    assert (len(found.header), rows(found)) == (4, [("2020", "信都区", "3", "5")])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_in_utf_16_without_a_mark_is_read_where_its_header_is_known(encoding: str) -> None:
    for text in (POPULATION, POPULATION.replace(",", "\t").replace("\n", "\r\n"), "标题\n" + POPULATION):
        assert sheet(text.encode(encoding)).header == ("年份", "区域", "年龄", "人口数")
    assert faults("甲,乙\n1,2\n".encode(encoding))[0].found == "a file that is not text"


def test_a_cell_that_is_too_long_is_named_and_not_repeated() -> None:
    (problem,) = faults(POPULATION + '2020,信都区,4,"' + "9" * 200_000 + '"\n')
    assert (problem.row, problem.found) == (3, "a cell of more than 131072 characters")
