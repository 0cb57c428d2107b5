"""A finished document is read back: a number that is wrong, out of its place, or nobody's stops it."""

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from docx.oxml.ns import qn
from lxml import etree

from data.problem import Refused
from pages.display.report import circular, export, monitoring, read_back, word, workbook
from pages.display.report.asked_again import AskedAgain
from pages.display.report.content import Content, Form, Question
from queries import answers, appraisal
from tests.pages.display.report.conftest import rewritten

pytestmark = pytest.mark.usefixtures("chinese")
DOCUMENT = "word/document.xml"


def changed(file: bytes, change: Callable[[Any], None]) -> bytes:
    """The file after a change to the tree of its text."""

    def of(xml: bytes) -> bytes:
        tree = etree.fromstring(xml)
        change(tree)
        return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))

    return rewritten(file, DOCUMENT, of)


def bound_texts(tree: Any) -> list[tuple[str, Any]]:
    """The name of every number's bookmark and the text element behind it."""
    return [(mark.get(qn("w:name")), mark.getnext().find(qn("w:t"))) for mark in tree.iter(qn("w:bookmarkStart"))]


def other(text: str) -> str:
    """The same with its last digit another one."""
    place = max(number for number, sign in enumerate(text) if sign.isdigit())
    return text[:place] + ("7" if text[place] != "7" else "3") + text[place + 1 :]


def falsified(file: bytes, *, in_tables: bool) -> tuple[bytes, dict[str, str]]:
    """The file with one number of every kind falsified, outside or inside tables; the kinds with their false texts."""
    sources = read_back._sources(read_back.Document(io.BytesIO(file)))
    false: dict[str, str] = {}

    def change(tree: Any) -> None:
        for name, text in bound_texts(tree):
            kind = sources[name][0]
            inside = any(parent.tag == qn("w:tc") for parent in text.iterancestors())
            if kind not in false and inside == in_tables:
                text.text = false[kind] = other(text.text)

    return changed(file, change), false


@pytest.mark.parametrize("name", ["report_file", "circular_file"])
@pytest.mark.parametrize("in_tables", [False, True])
def test_a_falsified_number_of_any_kind_is_found(
    name: str, in_tables: bool, request: pytest.FixtureRequest, again: AskedAgain
) -> None:
    file, false = falsified(request.getfixturevalue(name), in_tables=in_tables)
    found = read_back.mismatches(file, again)
    assert sorted(one.found for one in found) == sorted(false.values())
    assert all(one.right and one.right != one.found for one in found)
    expected = {
        ("report_file", False): {"value", "gap", "period", "plan", "standing", "overdue", "clause", "version", "title"},
        ("report_file", True): {"value", "gap", "period", "target", "standing", "indicators"},
        ("circular_file", False): {
            "score",
            "place",
            "gain",
            "year",
            "item loss",
            "item score",
            "pairs",
            "open",
            "limit",
        },
        ("circular_file", True): {"score", "place", "gain", "change", "item weight", "item loss", "item full"},
    }[name, in_tables]
    assert expected <= set(false)


@pytest.mark.parametrize("name", ["report_file", "circular_file"])
def test_a_right_document_passes_as_it_is(name: str, request: pytest.FixtureRequest, again: AskedAgain) -> None:
    file = request.getfixturevalue(name)
    assert read_back.checked(file, again) is file


def test_the_refusal_names_number_place_and_what_it_should_be(circular_file: bytes, again: AskedAgain) -> None:
    file = rewritten(circular_file, DOCUMENT, lambda xml: xml.replace(b"91.56", b"92.56", 1))
    with pytest.raises(Refused, match=r"“一、考核结果”一节“襄都区第 1 名，92\.56 分.*”中的“92\.56 分”应为“91\.56”"):
        read_back.checked(file, again)


def test_a_number_that_no_query_accounts_for_is_found(circular_file: bytes, again: AskedAgain) -> None:
    def add(tree: Any) -> None:
        next(one for one in tree.iter(qn("w:t")) if one.text == "特此通报。").text = "超过90%的学校达标，特此通报。"

    (found,) = read_back.mismatches(changed(circular_file, add), again)
    assert (found.found, found.right) == ("90", "")


def test_numbers_of_one_area_in_the_row_of_another_are_found(circular_file: bytes, again: AskedAgain) -> None:
    """Each of them is right by itself."""

    def swap(tree: Any) -> None:
        first, second = next(tree.iter(qn("w:tbl"))).findall(qn("w:tr"))[1:3]
        mine, theirs = first[-3], second[-3]
        kept = deepcopy(mine)
        first.replace(mine, deepcopy(theirs))
        second.replace(theirs, kept)

    found = read_back.mismatches(changed(circular_file, swap), again)
    assert {one.right for one in found} == {"襄都区的数字", "信都区的数字"}


def test_a_document_of_another_day_does_not_pass(circular_file: bytes, asked: Question) -> None:
    assert read_back.mismatches(circular_file, AskedAgain(replace(asked, as_of=date(2020, 1, 1))))


def test_what_is_built_from_a_wrong_answer_is_found(
    monkeypatch: pytest.MonkeyPatch, asked: Question, again: AskedAgain
) -> None:
    """The check asks the store, not what the builder was given."""
    every = answers.overview(asked.store, None, asked.viewer, asked.today)

    def spoilt(one: answers.Answer) -> answers.Answer:
        whole = one.whole
        if one.definition.id != "public_share":
            return one
        points = (*whole.points[:-1], replace(whole.points[-1], value=Fraction(3, 4)))
        return replace(one, areas=(replace(whole, points=points), *one.areas[1:]))

    monkeypatch.setattr(answers, "overview", lambda *_given: tuple(spoilt(one) for one in every))
    content = monitoring.monitoring(asked, chosen=["preschool"])
    assert "75.0%" in {one.found for one in read_back.mismatches(word.docx_bytes(content, Form()), again)}
    with pytest.raises(Refused, match=r"0\.75"):
        workbook.xlsx_bytes(content, again)


@pytest.mark.parametrize("kind", export.KINDS)
def test_an_export_of_something_wrong_is_stopped(kind: str, monkeypatch: pytest.MonkeyPatch, asked: Question) -> None:
    years = appraisal.years(asked.store, "bureau")
    first, *others = years[-1].standings
    wrong = replace(years[-1], standings=(replace(first, place=3), *others))
    monkeypatch.setattr(appraisal, "years", lambda *_given: (*years[:-1], wrong))
    with pytest.raises(Refused, match=r"3.*1"):
        export.made(kind, asked, lambda: circular.circular(asked, "bureau"))


def test_every_number_is_rounded_as_it_should_be(again: AskedAgain) -> None:
    source = ("score", "bureau", "2022", "襄都区")
    assert again.wrong(source, "91.56分") is None
    assert {text: again.wrong(source, text) for text in ("92分", "91.6分", "91.55分", "九十一分")} == dict.fromkeys(
        ("92分", "91.6分", "91.55分", "九十一分"), "91.56"
    )


def test_a_source_that_nobody_knows_is_no_source(again: AskedAgain) -> None:
    for source in (
        ("guess",),
        ("value", "nothing", "主城区", "", "2021"),
        ("score", "bureau", "1999", "信都区"),
        ("",),
    ):
        assert "不明" in (again.wrong(source, "1") or "")


# The workbook


def test_a_workbook_holds_exact_numbers_in_formats(report: Content, again: AskedAgain) -> None:
    file = workbook.xlsx_bytes(report, again)
    book = workbook.CalamineWorkbook.from_filelike(io.BytesIO(file))
    assert book.sheet_names == ["总体情况", "学校建设", "学前教育", "说明"]
    header, *rows = book.get_sheet_by_name("学前教育").to_python()
    assert header == ["指标", "区域", "时期", "数值", "目标", "状态", "差额", "备注"]
    found = again.answer("inclusive_share")
    latest = found.whole.latest
    row = next(one for one in rows if one[:2] == ["普惠性幼儿园覆盖率", "主城区"])
    assert latest is not None and latest.value is not None
    assert (row[3], row[4], row[7]) == (float(latest.value), 0.8, "示例数据")
    sheet = rewritten_parts(file)
    assert b'state="frozen"' in sheet["xl/worksheets/sheet1.xml"]
    assert b"0.00%" in sheet["xl/styles.xml"] and b"#,##0" in sheet["xl/styles.xml"]


def rewritten_parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def test_a_falsified_cell_of_a_workbook_is_found(circulated: Content, again: AskedAgain) -> None:
    table, *others = circulated.tables
    first = (*table.rows[0][:2], replace(table.rows[0][2], number=Fraction(92)), *table.rows[0][3:])
    blocks = tuple(replace(table, rows=(first, *table.rows[1:])) if one is table else one for one in circulated.blocks)
    with pytest.raises(Refused, match=r"考核结果!C2中的“92\.0”应为“91\.56"):
        workbook.xlsx_bytes(replace(circulated, blocks=blocks), again)
    assert others


def test_marks_do_not_reach_the_files(report_file: bytes, report: Content, again: AskedAgain) -> None:
    parts = rewritten_parts(report_file) | rewritten_parts(workbook.xlsx_bytes(report, again))
    assert not [name for name, part in parts.items() if name.endswith(".xml") and "\ue000".encode() in part]
    assert word.SOURCES.removeprefix("/") in parts
