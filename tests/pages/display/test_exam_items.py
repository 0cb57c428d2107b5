"""Figure, sentences and files of the items page: what is drawn and handed out is what the answer says."""

import io
from dataclasses import replace
from fractions import Fraction

import plotly.graph_objects as go
import pytest
from python_calamine import CalamineWorkbook

from data import words
from data.store import Store
from pages.display import exam_items as said
from pages.display import figures
from queries.answers import Viewer
from queries.exams import items
from queries.exams.items import Analysis, Item, School

BAD, ESCAPED = "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"
EXAM, SUBJECT = "2022-11-G3", "数学"


@pytest.fixture
def found(samples: Store) -> Analysis:
    return items.analysis(samples, EXAM, SUBJECT)


def item(found: Analysis, code: str) -> Item:
    one = found.item(code)
    assert one is not None
    return one


def dots(figure: go.Figure) -> dict[str, tuple[float, float]]:
    return {str(text): (x, y) for trace in figure.data for text, x, y in zip(trace.text, trace.x, trace.y, strict=True)}


def test_every_item_is_a_dot_and_the_poor_ones_are_named(found: Analysis) -> None:
    drawn = dots(figures.exam_items_figure(found))
    assert len(drawn) == len(found.items)
    assert drawn["item 7"] == pytest.approx((33.25, 0.064), abs=0.01)
    assert drawn["14"] == pytest.approx((54.4, 0.588), abs=0.1)


def test_the_title_names_the_items_that_hardly_tell_pupils_apart(found: Analysis) -> None:
    assert said.title(found) == (
        "Mathematics, whole exam: 2 of 22 items hardly tell pupils apart (discrimination below 0.20): 7, 22"
    )
    words.use("zh_CN")
    assert said.title(found) == "数学（全部考生）：22 题中 2 题区分度低于 0.20：第 7、22 题"
    fine = replace(found, items=tuple(replace(one, discrimination=Fraction(1, 2)) for one in found.items))
    assert said.title(fine) == "数学（全部考生）：全部 22 题都有区分作用（区分度 0.20 及以上）"


def test_of_many_poor_items_some_are_named(found: Analysis) -> None:
    bad = replace(found, items=tuple(replace(one, discrimination=Fraction(0)) for one in found.items))
    assert said.title(bad).endswith("1, 2, 3, 4, 5, 6 and 16 more")


def test_nothing_to_judge_is_said_and_drawn(found: Analysis) -> None:
    nothing = replace(found, items=tuple(replace(one, discrimination=None, rate=None) for one in found.items))
    figure = figures.exam_items_figure(nothing)
    assert "no item can be judged" in figures.alternative(figure) and not figure.data


def test_a_name_with_markup_is_escaped(found: Analysis) -> None:
    figure = figures.exam_items_figure(replace(found, school=School("1", BAD)))
    assert ESCAPED in str(figure.layout.title.text) and BAD not in str(figure.layout.title.text)


def test_reliability_names_the_items_without_which_it_would_be_higher(found: Analysis) -> None:
    assert said.reliability(found) == (
        "Reliability (Cronbach's α) is 0.825, over 818 pupils with a score in every item. "
        "It would be higher without: item 7 (0.839)."
    )
    alone = replace(found, items=tuple(replace(one, alpha_without=found.alpha) for one in found.items), kr20=True)
    assert said.reliability(alone).startswith("Reliability (KR-20)") and said.reliability(alone).endswith("lowers it.")
    assert "cannot be told" in said.reliability(replace(found, alpha=None))


def test_a_wrong_option_that_more_pupils_marked_is_in_the_title(found: Analysis) -> None:
    assert said.options_title(item(found, "7")) == ("item 7: 33.3% marked D, the right option; more marked A (33.9%)")
    assert said.options_title(item(found, "1")).endswith("marked C, the right option")


def test_the_table_names_the_weakest_point_and_ability(found: Analysis) -> None:
    assert said.weakest(found) == (
        "Lowest score rate: 函数与导数 (27.4%) among knowledge points, synthesis (23.7%) among abilities"
    )


def test_few_pupils_are_withheld_in_files_as_on_the_page(found: Analysis) -> None:
    hidden = replace(item(found, "1"), rate=None, discrimination=None, pupils=None, options=(), withheld=True)
    rows = said.rows(replace(found, items=(hidden,)))
    assert dict(zip(said.COLUMNS, rows[0], strict=True)) | {"item": "1", "score_rate": None, "withheld": "yes"} == dict(
        zip(said.COLUMNS, rows[0], strict=True)
    )
    assert said.share(None, withheld=True) == "withheld" and said.share(None) == "—"
    small = [row for row in said.option_rows(found) if row[-1] == "yes"]
    assert small and all(row[3] is None and row[4] is None for row in small)


def test_the_workbook_has_items_options_and_the_two_way_table(found: Analysis) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(said.workbook(found)))
    assert book.sheet_names == ["Items", "Options", "Specification table"]
    rows = book.get_sheet_by_name("Items").to_python()
    assert rows[0] == list(said.COLUMNS)
    assert len(rows) == len(found.items) + 2
    assert rows[-1][0] == "sample data"


def test_a_single_school_stands_in_the_title_and_the_file(samples: Store) -> None:
    staff = Viewer(internal=True)
    school = items.schools(samples, EXAM, SUBJECT, viewer=staff)[0]
    found = items.analysis(samples, EXAM, SUBJECT, school.institution_id, viewer=staff)
    assert school.name in said.title(found)
    assert {row[2] for row in said.rows(found)} == {school.institution_id}
