"""Item analysis of published files: figures by hand, few pupils, schools, earlier states."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from data import store as store_module
from data.problem import Refused
from data.store import Store, utc_now, withdraw
from queries.answers import Viewer
from queries.exams import figures, items
from queries.exams.items import EVERY, Analysis
from queries.exams.papers import kr20_of
from tests.conftest import Publish

EXAM, SUBJECT, SCHOOL = "2021-11-G3", "数学", "3905000456"
STAFF = Viewer(internal=True)
PATTERNS = "1111 1110 1101 1100 1010 1000 0100 0000"
ITEMS = """考试代码,科目,题号,满分,题型,知识点,能力层次,答案
2021-11-G3,数学,10,1,单选题,函数,应用,B
2021-11-G3,数学,2,1,单选题,函数,理解,A
2021-11-G3,数学,1,1,单选题,集合,理解,C
2021-11-G3,数学,12(1),1,解答题,,,
"""
CODES = ("1", "2", "10", "12(1)")
SCHOOLS = """学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区
4000000001,2015-09-01,示例一中,襄都区,高中,教育部门办,是
4000000002,2015-09-01,示例二中,襄都区,高中,教育部门办,是
4000000003,2015-09-01,示例三中,襄都区,高中,教育部门办,是
"""


def sheet(times: int, school: str = SCHOOL, first: int = 0, wrong: str = "D") -> str:
    """The worked example, each of its eight pupils so many times: a row a pupil, a column an item and its option."""
    keys = {"1": "C", "2": "A", "10": "B"}
    lines = ["考试代码,科目,学号,学校代码,1,2,10,12(1),1选项,2选项,10选项"]
    for number, (pattern, _again) in enumerate(product(PATTERNS.split(), range(times)), first):
        marks = dict(zip(CODES, pattern, strict=True))
        options = [keys[code] if marks[code] == "1" else wrong for code in keys]
        lines.append(",".join([EXAM, SUBJECT, f"{number:05d}", school, *marks.values(), *options]))
    return "\n".join(lines) + "\n"


@pytest.fixture
def item_store(school_store: Store, publish: Publish) -> Store:
    publish("exam_item", ITEMS)
    return school_store


@pytest.fixture
def example(item_store: Store, publish: Publish) -> Store:
    publish("item_result", sheet(10))
    return item_store


def asked(store: Store, school: str | None = None, as_of: date | None = None) -> Analysis:
    return items.analysis(store, EXAM, SUBJECT, school, as_of, STAFF)


def test_the_worked_example_through_a_published_file(example: Store) -> None:
    found = asked(example)
    assert found.kr20 and found.alpha == kr20_of([[int(mark) for mark in one] for one in PATTERNS.split()])
    assert round(float(found.alpha or 0), 6) == 0.583333
    assert (found.pupils, found.complete, found.few) == (80, 80, False)
    assert [one.code for one in found.items] == list(CODES), "12(1) follows 10, and 10 follows 2"
    assert [one.rate for one in found.items] == [Fraction(6, 8), Fraction(5, 8), Fraction(3, 8), Fraction(2, 8)]


def test_discrimination_by_hand(example: Store) -> None:
    """k = 22 of 80: the ten with 4 marks and twelve of the twenty with 3; the ten with 0 and twelve of the twenty with 1."""
    one = asked(example).item("10")
    assert one is not None
    # Item 10: all with 4 marks have it, half of those with 3; none of those with 0 or 1.
    assert one.discrimination == Fraction(10 + 12 * Fraction(1, 2), 22)


def test_alpha_without_an_item_is_that_of_the_others(example: Store) -> None:
    for place, one in enumerate(asked(example).items):
        rest = [[int(mark) for code, mark in enumerate(pattern) if code != place] for pattern in PATTERNS.split()]
        assert one.alpha_without == kr20_of(rest)


def test_options_stand_beside_the_key(example: Store) -> None:
    one = asked(example).item("10")
    assert one is not None and one.key == "B"
    assert [(option.choice, option.key, option.pupils) for option in one.options] == [("B", True, 30), ("D", False, 50)]
    last = asked(example).item("12(1)")
    assert last is not None and last.options == ()


def test_the_two_way_table_adds_up(example: Store) -> None:
    table = asked(example).specification
    assert (table.points, table.abilities) == (("集合", "函数", ""), ("理解", "应用", ""))
    whole = table.cell(EVERY, EVERY)
    assert whole is not None and whole.full_marks == 4 and set(whole.items) == set(CODES)
    inner = [one for one in table.cells if one.knowledge_point is not EVERY and one.ability is not EVERY]
    assert sum((one.rate or 0) * Fraction(one.full_marks) for one in inner) == (whole.rate or 0) * 4
    assert table.cell("集合", "应用") is None


def test_the_paper_says_how_many_of_those_who_sat_have_item_scores(example: Store, publish: Publish) -> None:
    rows = "".join(f"{EXAM},{SUBJECT},{number:05d},{SCHOOL},2\n" for number in range(100))
    publish("exam_result", "考试代码,科目,学号,学校代码,分数\n" + rows)
    (paper,) = items.papers(example)
    assert (paper.pupils, paper.sat, paper.full_marks) == (80, 100, Decimal(150))


def test_answers_are_immutable_and_kept_until_the_data_change(example: Store, publish: Publish) -> None:
    found = asked(example)
    assert asked(example) is found
    with pytest.raises(FrozenInstanceError):
        found.few = True  # type: ignore[misc]
    publish("item_result", sheet(1, first=1000))
    assert asked(example).pupils == 88


# Few pupils


def test_of_fewer_than_ten_pupils_nothing_is_told(item_store: Store, publish: Publish) -> None:
    publish("item_result", sheet(1))
    found = asked(item_store)
    assert found.few and (found.pupils, found.alpha, found.items, found.specification.cells) == (None, None, (), ())
    assert items.papers(item_store)[0].pupils is None


def test_an_item_that_few_have_wrong_takes_another_with_it_and_their_cells(item_store: Store, publish: Publish) -> None:
    """Five pupils of 80 have item 1 wrong."""
    marks = [("0" if number < 5 else "1", *"10"[number % 2 :: 2], *"10"[number % 2 :: 2]) for number in range(80)]
    rows = "".join(f"{EXAM},{SUBJECT},{number:05d},{SCHOOL},{','.join(one)}\n" for number, one in enumerate(marks))
    publish("item_result", f"考试代码,科目,学号,学校代码,1,2,10\n{rows}")
    found = asked(item_store)
    withheld = {one.code for one in found.items if one.withheld}
    assert "1" in withheld and len(withheld) == 2
    assert all(
        (one.rate, one.discrimination, one.pupils, one.options) == (None, None, None, ())
        for one in found.items
        if one.withheld
    )
    for cell in found.specification.cells:
        whole = (cell.knowledge_point, cell.ability) == (EVERY, EVERY)
        assert cell.withheld == (not whole and bool(withheld & set(cell.items)))


def test_options_of_few_are_withheld_with_another(example: Store, publish: Publish) -> None:
    publish("item_result", sheet(1, first=2000, wrong="A"))
    one = asked(example).item("10")
    assert one is not None
    assert {option.choice: option.pupils for option in one.options} == {"A": None, "B": 33, "D": None}


# Schools


@pytest.fixture
def three_schools(item_store: Store, publish: Publish) -> Store:
    publish("institution", SCHOOLS)
    for number, times in ((1, 10), (2, 5), (3, 1)):
        publish("item_result", sheet(times, f"400000000{number}", number * 1000))
    return item_store


def test_a_school_that_would_give_a_small_one_away_is_not_told_either(three_schools: Store) -> None:
    listed = items.schools(three_schools, EXAM, SUBJECT, viewer=STAFF)
    assert [one.name for one in listed] == ["示例一中"]
    assert [asked(three_schools, f"400000000{number}").few for number in (1, 2, 3)] == [False, True, True]
    own = asked(three_schools, "4000000001")
    assert own.pupils == 80 and own.school is not None and own.school.name == "示例一中"
    assert round(float(own.alpha or 0), 6) == 0.583333


def test_a_school_whose_number_the_table_of_the_paper_withholds_is_not_told_either(
    item_store: Store, publish: Publish
) -> None:
    """There are no item scores of the school of 8; but 128 sat the paper, and 80 and 40 would leave 8 over."""
    publish("institution", SCHOOLS)
    sat = [(f"400000000{school}", number) for school, pupils in ((1, 80), (2, 40), (3, 8)) for number in range(pupils)]
    rows = "".join(f"{EXAM},{SUBJECT},{school}{number:02d},{school},{60 + number % 40}\n" for school, number in sat)
    publish("exam_result", f"考试代码,科目,学号,学校代码,分数\n{rows}")
    for number, times in ((1, 10), (2, 5)):
        publish("item_result", sheet(times, f"400000000{number}", number * 1000))
    table = figures.table(item_store, EXAM, SUBJECT, viewer=STAFF)
    gone = {one.id for one in table.at(figures.Level.SCHOOL) if one.withheld}
    assert gone == {"4000000002", "4000000003"}
    assert asked(item_store, "4000000002").few and asked(item_store).pupils == 120
    assert items.schools(item_store, EXAM, SUBJECT, viewer=STAFF) == (), "120 less 80 would be 40"


def test_of_a_school_the_groups_of_an_option_are_not_told(three_schools: Store) -> None:
    options = [option for one in asked(three_schools, "4000000001").items for option in one.options]
    assert options and all(option.top is None and option.bottom is None for option in options)


def test_single_schools_are_for_staff_only(three_schools: Store) -> None:
    assert items.schools(three_schools, EXAM, SUBJECT) == ()
    with pytest.raises(Refused, match="staff"):
        items.analysis(three_schools, EXAM, SUBJECT, "4000000001")
    assert items.analysis(three_schools, EXAM, SUBJECT).pupils == 128


@pytest.mark.parametrize("named", [("moon", SUBJECT, None), (EXAM, "moon", None), (EXAM, SUBJECT, "moon")])
def test_what_is_not_there_is_refused(example: Store, named: tuple[str, str, str | None]) -> None:
    with pytest.raises(Refused, match="moon"):
        items.analysis(example, *named, viewer=STAFF)


# Gaps


def test_who_misses_an_item_is_in_no_reliability_but_in_the_items(example: Store, publish: Publish) -> None:
    rows = "".join(f"{EXAM},{SUBJECT},{number},{SCHOOL},1,缺考,,免考\n" for number in range(90000, 90020))
    publish("item_result", f"考试代码,科目,学号,学校代码,1,2,10,12(1)\n{rows}")
    found = asked(example)
    assert (found.pupils, found.complete) == (100, 80)
    assert round(float(found.alpha or 0), 6) == 0.583333
    assert [one.pupils for one in found.items] == [100, 80, 80, 80]


def test_where_nobody_has_every_item_reliability_is_none(item_store: Store, publish: Publish) -> None:
    """Pupils chose one of two items."""
    rows = "".join(
        f"{EXAM},{SUBJECT},{number},{SCHOOL},{number % 2},{'1' if number % 3 else ''},{'' if number % 3 else '1'}\n"
        for number in range(60)
    )
    publish("item_result", f"考试代码,科目,学号,学校代码,1,2,10\n{rows}")
    found = asked(item_store)
    assert (found.alpha, found.complete) == (None, None)
    assert all(one.alpha_without is None and one.correlation is None for one in found.items)


# Earlier states


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    given: list[datetime] = []
    monkeypatch.setattr(store_module, "utc_now", lambda: given.pop(0) if given else utc_now())
    yield given


def test_an_earlier_state_stays_as_it_was(item_store: Store, publish: Publish, moments: list[datetime]) -> None:
    moments[:] = [datetime(2100, 1, day, 12) for day in (2, 4, 6)]
    publish("item_result", sheet(10))
    second = publish("item_result", sheet(5, first=5000))
    withdraw(item_store, second, by="test")
    assert [asked(item_store, as_of=date(2100, 1, day)).pupils for day in (3, 5, 7)] == [80, 120, 80]
    assert items.papers(item_store, date(2099, 1, 1)) == ()


# The sample data


def test_item_scores_of_the_samples_add_up_to_the_pupils_marks(samples: Store) -> None:
    with samples.reading() as cursor:
        rows = cursor.execute(
            """select r.score, sum(i.score), count(i.score) from item_result i
            join exam_result r using (exam_id, subject, student_id)
            where r.score_state = 'recorded' group by r.student_id, r.score"""
        ).fetchall()
        states = cursor.execute(
            """select count(*) from item_result i join exam_result r using (exam_id, subject, student_id)
            where i.score_state <> r.score_state"""
        ).fetchall()
    assert len(rows) > 700 and all(score == total and count == 22 for score, total, count in rows)
    assert states == [(0,)]


def test_the_badly_put_item_of_the_samples_is_found(samples: Store) -> None:
    (paper,) = items.papers(samples)
    found = items.analysis(samples, paper.exam_id, paper.subject)
    worst = min(found.items, key=lambda one: one.discrimination or 0)
    assert worst.code == "7" and (worst.correlation or 0) < 0.1
    assert found.alpha and max(found.items, key=lambda one: one.alpha_without or 0) is worst
    assert (found.kr20, found.sample, found.pupils) == (False, True, paper.pupils)
