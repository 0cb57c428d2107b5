"""Workbooks and archives: read as a person sees them, and harmless however they are made."""

import datetime
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from data import intake, reading, workbooks
from data.intake import Said
from data.layout import Sheet
from data.originals import original
from data.problem import Problem
from data.reading import read
from data.store import Store
from data.uploads import history
from tests.data.books import Rows, Shown, csv_text, xlsx, zipped

HEADER = ["年份", "区域", "年龄", "人口数"]
POPULATION = [HEADER, [2020, "信都区", 3, 5120]]
SHEET = "xl/worksheets/sheet1.xml"


def table(rows: Rows) -> list[tuple[str, ...]]:
    (sheet,) = sheets(xlsx({"Sheet1": rows}))
    return list(zip(*(column.to_pylist() for column in sheet.columns), strict=True))


def sheets(content: bytes) -> tuple[Sheet, ...]:
    found = read(content)
    assert isinstance(found, tuple), found
    return found


def fault(content: bytes) -> Problem:
    found = read(content)
    assert isinstance(found, list), found
    (problem,) = found
    return problem


def rewritten(content: bytes, part: str, text: bytes) -> bytes:
    """A workbook with one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({name: text if name == part else archive.read(name) for name in archive.namelist()})


def test_cells_are_read_as_a_person_sees_them() -> None:
    cells = ["信都区", 5120, 0.1 + 0.2, 118.5, 1e15, 123456789012, True, datetime.date(2020, 9, 1), -0.5]
    assert table([["年份"] * 2 + [f"列{number}" for number in range(7)], cells]) == [
        ("信都区", "5120", "0.3", "118.5", "1.00000E+15", "123456789012", "是", "2020-09-01", "-0.5")
    ]


def test_the_error_of_a_formula_is_not_taken_for_an_empty_cell(store: Store) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("甲")
        for column, title in enumerate(HEADER):
            sheet.write(0, column, title)
        for column, cell in enumerate([2020, "信都区", 3]):
            sheet.write(1, column, cell)
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    (problem,) = intake.check(store, content.getvalue(), "人口.xlsx").problems
    assert (problem.row, problem.column, problem.found) == (2, "人口数", "#DIV/0!")


def test_rows_keep_the_numbers_that_excel_shows(store: Store) -> None:
    content = xlsx({"Sheet1": [[], [], HEADER, [], [2020, "信都区", 3, "x"]]})
    (problem,) = intake.check(store, content, "人口.xlsx").problems
    assert (problem.row, problem.column) == (5, "人口数")


def test_a_hidden_sheet_and_an_empty_one_are_no_tables_and_what_is_hidden_is_named(store: Store) -> None:
    content = xlsx({"数据": POPULATION, "字典": POPULATION, "空": []}, hidden=["字典"])
    assert [sheet.name for sheet in sheets(content)] == ["数据"]
    checked = intake.check(store, content, "人口.xlsx")
    assert [(note.found, note.done) for note in checked.notes] == [("hidden sheets: 字典", "not read")]


def test_a_workbook_of_hidden_sheets_only_says_which_they_are(store: Store) -> None:
    content = xlsx({"空": [], "数据": POPULATION}, hidden=["数据"])
    (problem,) = intake.check(store, content, "人口.xlsx").problems
    assert problem.found == "hidden sheets only: 数据"


def test_the_one_sheet_that_a_dataset_knows_is_read_and_the_others_are_named(store: Store) -> None:
    checked = intake.check(store, xlsx({"说明": [["填报说明"], ["请按要求填报"]], "数据": POPULATION}), "人口.xlsx")
    assert (checked.problems, checked.sheet, checked.sheets) == ((), "数据", ("说明", "数据"))
    assert checked.notes[0].found == "more tables: 说明"


def test_of_several_tables_one_must_be_chosen(store: Store) -> None:
    content = xlsx({"2019": POPULATION, "2020": [HEADER, [2020, "信都区", 4, 5000]]})
    (problem,) = intake.check(store, content, "人口.xlsx").problems
    assert (problem.found, problem.expected) == ("several tables in one file", "one of: 2019, 2020")
    checked = intake.publish(store, content, "人口.xlsx", by="test", said=Said(sheet="2020"))
    assert (checked.rows, checked.upload is not None) == (1, True)
    (problem,) = intake.check(store, content, "人口.xlsx", said=Said(sheet="2021")).problems
    assert "2021" in problem.found


def test_a_workbook_of_the_old_form_is_read(store: Store) -> None:
    content = (Path(__file__).parent / "files" / "population.xls").read_bytes()
    done = intake.publish(store, content, "人口.xls", by="test")
    assert (done.problems, done.warnings, done.rows) == ((), (), 2)
    with store.reading() as cursor:
        assert cursor.execute("select year, area, age, persons, line from population order by line").fetchall() == [
            (2020, "信都区", 3, 5120, 3),
            (2020, "襄都区", 3, 4880, 4),
        ]


def test_an_archive_holds_tables_by_the_names_of_its_files(store: Store) -> None:
    content = zipped({"人口/a.csv": csv_text(POPULATION), "b.xlsx": xlsx({"甲": POPULATION}), "__MACOSX/._a.csv": b"x"})
    assert [sheet.name for sheet in sheets(content)] == ["人口/a.csv", "b.xlsx / 甲"]
    done = intake.publish(store, content, "人口.zip", by="test", said=Said(sheet="人口/a.csv"))
    assert done.upload is not None


def test_a_name_in_an_archive_that_points_elsewhere_is_only_a_name(store: Store) -> None:
    content = zipped({"../../etc/passwd.csv": csv_text(POPULATION)})
    assert [sheet.name for sheet in sheets(content)] == ["../../etc/passwd.csv"]
    assert intake.publish(store, content, "人口.zip", by="test").upload is not None


def test_problems_of_an_archive_name_its_file() -> None:
    found = read(zipped({"a.csv": b"", "b.csv": csv_text(POPULATION)}))
    assert isinstance(found, list)
    assert [(problem.column, problem.found) for problem in found] == [("a.csv", "an empty file")]


def test_an_archive_within_an_archive_is_refused() -> None:
    assert fault(zipped({"inner.zip": zipped({"a.csv": b"a,b\n"})})).found == "an archive within an archive"


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 2**20)
    bomb = zipped({"a.csv": b"0" * 2**21})
    assert len(bomb) < 10_000
    assert fault(bomb).found == "a ZIP archive that unpacks to more than can be read"
    assert (
        fault(zipped({f"{number}.csv": b"a,b\n" for number in range(300)})).found
        == "a ZIP archive that unpacks to more than can be read"
    )


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 2**20)
    bomb = rewritten(xlsx({"a": POPULATION}), SHEET, b"<worksheet>" + b" " * 2**21 + b"</worksheet>")
    assert len(bomb) < 20_000
    assert "further than can be read" in fault(bomb).found


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZZZZ1048576", "A999999999"])
def test_a_cell_at_the_end_of_the_world_makes_no_world(cell: str) -> None:
    """A reader that makes room for every cell between the first and the last would need hundreds of gigabytes."""
    text = f'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
    assert fault(rewritten(xlsx({"a": POPULATION}), SHEET, text.encode())).row is None


def test_a_million_empty_columns_are_no_columns() -> None:
    cells = "".join(f'<c r="{_letters(number)}1" s="1"/>' for number in range(5, 1_000_000, 7))
    original = xlsx({"a": POPULATION})
    with zipfile.ZipFile(io.BytesIO(original)) as archive:
        text = archive.read(SHEET).decode().replace("</row>", cells + "</row>", 1)
    found = read(rewritten(original, SHEET, text.encode()))
    assert isinstance(found, list) or len(found[0].header) == 4


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, "xl/sharedStrings.xml"])
@pytest.mark.parametrize("text", [b"", b"<", b"not xml", b"\xff\xfe\x00", b"<a/>"])
def test_a_workbook_with_a_broken_part_is_a_problem_or_a_table(part: str, text: bytes) -> None:
    found = read(rewritten(xlsx({"a": POPULATION}), part, text))
    assert isinstance(found, tuple) or len(found) == 1


def test_a_bomb_of_entities_is_refused() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 10}">' for n in range(12))
    text = f'<?xml version="1.0"?><!DOCTYPE w [{entities}]><workbook>&a11;</workbook>'
    assert fault(rewritten(xlsx({"a": POPULATION}), "xl/workbook.xml", text.encode())).found == "a damaged workbook"


def test_a_workbook_cut_off_anywhere_is_a_problem() -> None:
    content = xlsx({"a": POPULATION})
    for end in range(4, len(content), 97):
        found = read(content[:end])
        assert isinstance(found, list), end


def test_an_archive_with_a_password_is_refused() -> None:
    content = bytearray(zipped({"a.csv": csv_text(POPULATION)}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert fault(bytes(content)).found == "a damaged or protected ZIP archive"


def test_a_file_of_two_gigabytes_is_refused_by_its_size_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 100)
    assert fault(b"a" * 101).found == "a file of 0 MB"


def test_what_was_published_from_a_workbook_is_kept_as_a_table(store: Store) -> None:
    rows = [[*HEADER[:2], "联系电话", *HEADER[2:]], [2020, "信都区", "13800000000", 3, 5120]]
    done = intake.publish(store, xlsx({"a": rows}), "人口.xlsx", by="test")
    assert done.upload is not None
    assert original(store, done.upload) == (tuple(HEADER), [("2020", "信都区", "3", "5120")])
    assert history(store)[0].kept


def with_cells(cells: str) -> bytes:
    """The workbook of the population with some rows added to its XML."""
    content = xlsx({"a": POPULATION})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(SHEET).decode().replace("</sheetData>", cells + "</sheetData>")
    return rewritten(content, SHEET, text.encode())


FAR = [
    '<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',
    '<row r="1048576"><c s="0" r="xfd1048576"><v>1</v></c></row>',
    "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    '<row r="1048576"><c\nr="XFD1048576"\n><v>1</v></c></row>',
    '<row r="1048576"><c s="0" r = "XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
    '<row r="1048576"><c r="XFC1048576"/><c><v>1</v></c></row>',
    '<row r="1048575"/><row><c r="XFC1"/><c r="XFD1048576"><v>1</v></c></row>',
    '<x:row xmlns:x="x" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    '<!-- <c x="--><row r="1048576"><c x="&gt;/&lt;" r="XFD1048576"><v>1</v></c></row>',
    f'<row r="3">{"<c><v>1</v></c>" * 1000}</row><row r="20000"><c><v>1</v></c></row>',
]


@pytest.mark.parametrize("cells", FAR)
def test_a_far_cell_is_measured_however_it_is_written(cells: str) -> None:
    assert "further than can be read" in fault(with_cells(cells)).found


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="3"><c r="XFD3" s="0"/></row><row r="1048576"><c r="A1048576" s="0"></c></row>',
        '<row r="1048576" ht="15" customHeight="1"/>',
        "",
    ],
)
def test_cells_that_have_a_format_only_are_not_in_the_way(cells: str) -> None:
    (found,) = sheets(with_cells(cells))
    assert (found.header, len(found)) == (tuple(HEADER), 1)


def test_cells_and_rows_that_do_not_say_where_they_stand_follow_each_other() -> None:
    (found,) = sheets(with_cells("<row><c><v>2021</v></c><c/><c><v>4</v></c><c t='e'><v>#N/A</v></c></row>"))
    assert [column.to_pylist()[1] for column in found.columns] == ["2021", "", "4", "#N/A"]
    assert found.lines.to_pylist() == [2, 3]


def test_a_million_rows_of_eight_columns_are_no_more_than_can_be_read() -> None:
    assert workbooks.MAX_CELLS >= 1_048_576 * 8


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="D3" t="e"><f t="shared" si="0"/><v>#DIV/0!</v></c>',
        "<c t='e' r='D3'><f>1/0</f><v>#DIV/0!</v></c>",
        '<c t="e" s="0" r="D3"><v\n>#DIV/0!</v></c>',
        '<c r="D3" t="e"><f t="shared" ref="D3:D4" si="0">VLOOKUP(B3,[1]a!A:B,2,0)</f><v>#DIV/0!</v></c>',
    ],
)
def test_every_error_of_a_formula_is_seen(cell: str, store: Store) -> None:
    row = f'<row r="3"><c r="A3"><v>2020</v></c><c r="B3" t="str"><v>襄都区</v></c><c r="C3"><v>3</v></c>{cell}</row>'
    (problem,) = intake.check(store, with_cells(row), "人口.xlsx").problems
    assert (problem.row, problem.column, problem.found) == (3, "人口数", "#DIV/0!")


def test_numbers_are_read_in_the_formats_that_show_something_else() -> None:
    shown = [
        Shown(0.8474, "0.00%"),
        Shown(0.8474, "0%"),
        Shown(1, "0.0%"),
        Shown(0.1 + 0.2, "[Red]0%;-0%"),
        Shown(123, "000000"),
        Shown(1234567, "000000"),
        Shown(0, "000_ "),
        Shown(12.5, "000"),
        Shown(0.25, '0.00"%"'),
        Shown(3, "0"),
        Shown(1.5, "0.00"),
    ]
    assert table([[f"列{number}" for number in range(len(shown))], shown, shown])[0] == (
        "84.74%", "84.74%", "100%", "30%", "000123", "1234567", "000", "12.5", "0.25", "3", "1.5",
    )  # fmt: skip


def test_a_percentage_is_stored_as_what_it_shows(store: Store) -> None:
    header = ["年份", "地区", "普惠性幼儿园覆盖率", "来源"]
    rows = [header, [2030, "全国", Shown(0.8474, "0.00%"), "甲"], [2031, "全国", 84.74, "甲"]]
    done = intake.publish(store, xlsx({"a": rows}), "公布.xlsx", by="test")
    assert (done.problems, done.upload is not None) == ((), True)
    with store.reading() as cursor:
        found = cursor.execute(
            "select distinct inclusive_share_pct from preschool_published where year >= 2030"
        ).fetchall()
    assert [float(value) for (value,) in found] == [84.74]


def test_a_workbook_of_the_old_form_is_read_as_a_person_sees_it_too() -> None:
    found = sheets((Path(__file__).parent / "files" / "formats.xls").read_bytes())
    assert [sheet.name for sheet in found] == ["一", "三"]
    for sheet in found:
        assert [column.to_pylist() for column in sheet.columns] == [
            ["000123", "000012"],
            [sheet.name, sheet.name],
            ["84.74%", "100%"],
            ["#DIV/0!", "0.25"],
        ]
        assert [note.found for note in sheet.notes if note.row] == ["12.5%"]  # alone in the last row


NUMBER_AT_D5 = bytes.fromhex("7e020a0004000300")


@pytest.mark.parametrize(
    ("old", "new", "fits"),
    [
        (NUMBER_AT_D5, bytes.fromhex("7e020a00ffffffff"), False),
        (NUMBER_AT_D5, bytes.fromhex("7e020a00ffff0300"), True),
        (bytes.fromhex("00020e000000000005000000"), bytes.fromhex("00020e0000000000ffffffff"), False),
        (bytes.fromhex("00020e000000000005000000"), bytes.fromhex("00020e00ffffff7f05000000"), False),
    ],
    ids=["far away", "in the last row", "a false extent", "an extent that ends before it begins"],
)
def test_a_far_cell_of_the_old_form_is_measured_too(old: bytes, new: bytes, fits: bool) -> None:
    content = (Path(__file__).parent / "files" / "population.xls").read_bytes()
    assert content.count(old) == 1
    assert isinstance(read(content.replace(old, new)), tuple) == fits


def test_an_old_workbook_cut_off_or_damaged_anywhere_is_a_problem_or_a_table() -> None:
    content = (Path(__file__).parent / "files" / "population.xls").read_bytes()
    for place in range(8, len(content), 37):
        for damaged in (content[:place], content[:place] + b"\xff" + content[place + 1 :]):
            found = read(damaged)
            assert isinstance(found, tuple) or len(found) == 1, place


def test_a_workbook_in_another_form_is_asked_for_as_xlsx() -> None:
    ods = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
    xlsb = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"", "xl/worksheets/sheet1.bin": b""})
    for content in (ods, xlsb):
        assert "XLSX" in fault(content).expected
    assert isinstance(read(zipped({"a.csv": csv_text(POPULATION)})), tuple)
