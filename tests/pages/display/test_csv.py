"""The files that are handed out: spreadsheets read them rightly and run nothing of them."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data import words
from data.store import Store
from pages.display import numbers, sentences
from pages.display.show import _csv
from queries import answers
from queries.answers import Point
from tests.pages.display import made

settings = hypothesis_settings(max_examples=200, derandomize=True, deadline=None, database=None)


def read(content: bytes) -> list[list[str]]:
    """The rows as a spreadsheet reads them."""
    assert content.startswith(b"\xef\xbb\xbf"), "without the mark Excel takes UTF-8 for the machine's own encoding"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "-"])
def test_text_that_a_spreadsheet_would_run_is_made_text(cell: str) -> None:
    assert read(_csv(["区域"], [[cell]], sample=False)) == [["区域"], ["'" + cell]]


@pytest.mark.parametrize("cell", ["信都区", "a=1", "1-2", "<10", "", "示例,园", '示"例', "two\nlines"])
def test_other_text_is_kept_as_it_is(cell: str) -> None:
    assert read(_csv(["a", "b"], [[cell, "x"]], sample=False)) == [["a", "b"], [cell, "x"]]


def test_numbers_are_numbers_and_missing_is_empty() -> None:
    assert read(_csv(["a", "b", "c", "d"], [[-5, Decimal("1.5"), None, 0]], sample=False)) == [
        ["a", "b", "c", "d"], ["-5", "1.5", "", "0"],
    ]  # fmt: skip


@settings
@given(
    rows=st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=2)
    )
)
def test_every_text_comes_back_and_none_begins_a_formula(rows: list[list[str]]) -> None:
    found = read(_csv(["a", "b"], rows, sample=False))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in found for cell in row)


@pytest.mark.parametrize(("language", "note", "mark"), [("zh_CN", "备注", "示例数据"), ("en", "note", "sample data")])
def test_every_row_of_sample_data_says_so(language: str, note: str, mark: str) -> None:
    words.use(language)
    assert read(_csv(["a"], [["x"], ["y"]], sample=True)) == [["a", note], ["x", mark], ["y", mark]]


def figures_of(point: Point) -> list[str]:
    if point.suppressed:
        return [numbers.withheld(point)] * 3
    value = None if point.value is None else float(point.value)
    return ["" if side is None else str(side) for side in (point.numerator, point.denominator, value)]


@pytest.mark.parametrize("name", sorted(answers.visible()))
def test_a_file_of_figures_has_every_figure_at_full_precision(name: str, samples: Store) -> None:
    found = answers.answer(samples, name, viewer=answers.Viewer(internal=True))
    header, *rows = read(_csv(sentences.COLUMNS, sentences.rows(found), sample=found.sample))
    assert header == [*sentences.COLUMNS, "note"]
    points = [point for one in found.areas for point in one.points] + list(found.parts)
    assert sorted(row[1:7] for row in rows) == sorted(
        [str(point.period), point.area, point.part or "", *figures_of(point)] for point in points
    )
    assert {(row[0], row[7]) for row in rows} == {(name, "sample data")}


def test_an_area_whose_name_is_a_formula_is_harmless() -> None:
    found = made.answer(made.trajectory("=cmd|' /C calc'!A0"))
    rows = read(_csv(sentences.COLUMNS, sentences.rows(found), sample=False))[1:]
    assert {row[2] for row in rows} == {"'=cmd|' /C calc'!A0"}


def test_a_file_has_the_newest_period_first_and_the_whole_before_its_parts() -> None:
    parts = (made.point(2021, made.WHOLE, 10, 20, "private"), made.point(2020, made.WHOLE, 10, 20, "public"))
    found = made.answer(made.trajectory(), made.trajectory(made.XINDU), parts=parts)
    assert [(row[1], row[2], row[3]) for row in sentences.rows(found)] == [
        (2021, made.WHOLE, ""), (2021, made.WHOLE, "private"), (2021, made.XINDU, ""),
        (2020, made.WHOLE, ""), (2020, made.WHOLE, "public"), (2020, made.XINDU, ""),
        (2019, made.WHOLE, ""), (2019, made.XINDU, ""),
    ]  # fmt: skip


def test_a_hidden_figure_is_less_than_10_in_a_file() -> None:
    found = made.answer(made.trajectory(), parts=(made.hidden(2021, made.WHOLE, "private"),))
    assert sentences.rows(found)[1] == ["inclusive_share", 2021, made.WHOLE, "private", "<10", "<10", "<10"]
