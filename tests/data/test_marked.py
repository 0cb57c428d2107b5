"""The analyst's own sheet with its faults: every one at its cell, and all of them in the list."""

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from data import marked as module
from data import words
from data.marked import marked
from data.problem import Problem

HEADER = ("学校代码", "学段", "学生数")
ROWS = [["001", "学前", "-3"], ["001", "学前", "12"], ["=1+1", "小学", ""]]
LINES = [2, 3, 5]
RED, AMBER = "FFFF9999", "FFFFE08A"


def sheets(content: bytes) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_index(number).to_python() for number in range(len(book.sheet_names))]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode() if name in parts.namelist() else ""


def colours(content: bytes) -> dict[str, str]:
    """The fill of every cell of the first sheet that has one."""
    styles = part(content, "xl/styles.xml")
    fills = [
        (re.search(r'<fgColor rgb="(\w+)"', fill) or ["", ""])[1] for fill in re.findall(r"<fill>.*?</fill>", styles)
    ]
    formats = re.search(r"<cellXfs.*?</cellXfs>", styles)[0]  # type: ignore[index]
    by_style = [fills[int(number)] for number in re.findall(r'<xf [^>]*fillId="(\d+)"', formats)]
    cells = re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', part(content, "xl/worksheets/sheet1.xml"))
    return {cell: by_style[int(style)] for cell, style in cells if by_style[int(style)]}


def comments(content: bytes) -> dict[str, str]:
    """The text of every comment by its cell."""
    found = re.findall(r'<comment ref="(\w+)".*?<t(?: [^>]*)?>(.*?)</t>', part(content, "xl/comments1.xml"), re.DOTALL)
    return dict(found)


def test_the_sheet_is_the_analysts_own_behind_the_rows_numbers() -> None:
    first, _list = sheets(marked(HEADER, ROWS, LINES, [], []))
    assert first == [["Row", *HEADER], [2, "001", "学前", "-3"], [3, "001", "学前", "12"], [5, "=1+1", "小学", ""]]


def test_a_problem_is_red_a_warning_amber_and_both_say_what_is_wrong() -> None:
    problems = [Problem(2, "学生数", "-3", "0 or more")]
    warnings = [Problem(3, "学生数", "12", "about 300")]
    content = marked(HEADER, ROWS, LINES, problems, warnings)
    assert colours(content) == {"D2": RED, "D3": AMBER}
    assert comments(content) == {"D2": "found: -3; expected: 0 or more", "D3": "found: 12; expected: about 300"}


def test_an_empty_cell_is_marked_too_and_the_row_is_found_by_its_number_in_the_file() -> None:
    assert colours(marked(HEADER, ROWS, LINES, [Problem(5, "学生数", "nothing", "a value")], [])) == {"D4": RED}


def test_a_cell_with_a_problem_and_a_warning_is_red_and_says_both() -> None:
    content = marked(HEADER, ROWS, LINES, [Problem(2, "学段", "a", "b")], [Problem(2, "学段", "c", "d")])
    assert colours(content) == {"C2": RED}
    assert comments(content) == {"C2": "found: a; expected: b\nfound: c; expected: d"}


def test_a_problem_of_several_columns_marks_each() -> None:
    problem = Problem(3, "学校代码+学段", "001 学前: the same as in row 2", "each key once")
    assert colours(marked(HEADER, ROWS, LINES, [problem], [])) == {"B3": RED, "C3": RED}


def test_a_header_may_hold_a_plus_itself() -> None:
    header = ("a+b", "a", "c")
    rows = [["1", "2", "3"]]
    assert colours(marked(header, rows, [2], [Problem(2, "a+b", "x", "y")], [])) == {"B2": RED}
    assert "B2" in colours(marked(header, rows, [2], [Problem(2, "a+b+c", "x", "y")], []))


@pytest.mark.parametrize(("lines", "row"), [([2, 3, 5], 1), ([4, 5, 6], 1), ([4, 5, 6], 3)])
def test_a_problem_of_the_header_marks_the_header(lines: list[int], row: int) -> None:
    problem = Problem(row, "学段", "学段", "one column")
    assert colours(marked(HEADER, ROWS, lines, [problem], [])) == {"C1": RED}


def test_problems_without_a_place_in_the_sheet_stand_in_the_list_only() -> None:
    problems = [
        Problem(None, None, "a file", "another"),
        Problem(None, "学段", "3 more rows like this", "x"),
        Problem(2, None, "a row", "x"),
        Problem(1, "班级数", "no such column", "x"),
        Problem(4, "学段", "a row that is not there", "x"),
    ]
    content = marked(HEADER, ROWS, LINES, problems, [])
    assert colours(content) == {}
    assert [row[2] for row in sheets(content)[1][1:]] == [one.found for one in problems]


def test_the_list_has_everything_problems_first() -> None:
    content = marked(HEADER, ROWS, LINES, [Problem(3, "学段", "=1", "x")], [Problem(None, None, "odd", "y")])
    assert sheets(content)[1] == [
        ["Row", "Column", "Found", "Expected", "Kind"],
        [3, "学段", "=1", "x", "problem"],
        ["", "", "odd", "y", "warning"],
    ]


def test_nothing_of_it_runs() -> None:
    hostile = '=HYPERLINK("http://x","y")'
    content = marked((hostile,), [[hostile]], [2], [Problem(2, hostile, hostile, hostile)], [])
    for sheet in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert "<f>" not in part(content, sheet)
        assert "hyperlink" not in part(content, sheet)
    assert colours(content) == {"B2": RED}


@pytest.mark.parametrize("text", ["\x00\x0b", "\ufffe", "<b>&</b>", "<r>x</r>", "x" * 40_000])
def test_any_text_may_stand_in_a_cell_or_a_problem(text: str) -> None:
    content = marked(("a",), [[text]], [2], [Problem(2, "a", text, text)], [])
    assert len(sheets(content)[1]) == 2
    assert list(comments(content)) == ["B2"]


def test_of_a_long_file_only_the_rows_to_mend_are_shown_and_the_list_says_so() -> None:
    count = module.MOST_ROWS + 1
    rows = [["001", "学前", str(number)] for number in range(count)]
    problems, warnings = [Problem(500, "学生数", "498", "x")], [Problem(20_002, "学段", "学前", "y")]
    first, listed = sheets(content := marked(HEADER, rows, range(2, count + 2), problems, warnings))
    assert [row[0] for row in first] == ["Row", 500, 20_002]
    assert colours(content) == {"D2": RED, "C3": AMBER}
    assert listed[1][2] == "The file has 20001 rows; the first sheet has the 2 to mend."
    assert len(listed) == 4


def test_a_file_of_the_most_rows_is_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    first, listed = sheets(marked(HEADER, ROWS, LINES, [], []))
    assert (len(first), len(listed)) == (4, 1)


def test_cells_beyond_the_most_comments_are_coloured_only_and_problems_come_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_COMMENTS", 2)
    problems = [Problem(3, "学段", "a", "b"), Problem(5, "学段", "a", "b")]
    content = marked(HEADER, ROWS, LINES, problems, [Problem(2, "学段", "c", "d")])
    assert list(comments(content)) == ["C3", "C4"]
    assert colours(content) == {"C2": AMBER, "C3": RED, "C4": RED}


def test_a_file_without_rows_has_its_header_and_the_list() -> None:
    content = marked(HEADER, [], [], [Problem(1, "学段", "x", "y"), Problem(2, None, "no rows", "one")], [])
    assert colours(content) == {"C1": RED}
    assert sheets(content)[0] == [["Row", *HEADER]]


def test_the_header_and_the_rows_numbers_stay_in_sight() -> None:
    pane = re.search(r"<pane [^>]*>", part(marked(HEADER, ROWS, LINES, [], []), "xl/worksheets/sheet1.xml"))
    assert pane is not None
    assert 'xSplit="1" ySplit="1"' in pane[0]
    assert 'state="frozen"' in pane[0]


def test_it_speaks_the_readers_language() -> None:
    words.use("zh_CN")
    assert sheets(marked(HEADER, ROWS, LINES, [], []))[0][0][0] == "行"
