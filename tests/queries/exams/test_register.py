"""Which exams were set up, by what rows, and which schools may sit one."""

from datetime import date, timedelta

from data.store import Store
from queries.exams import register
from tests.conftest import Publish

PAPERS = """exam_id,subject,exam_name,held_on,stage,grade,full_marks,cohort,entry_exam_id
E1,数学,甲考,2021-03-01,高中,高一,150,2023届,
E1,语文,甲考,2021-03-02,高中,高一,150,2023届,
E2,数学,乙考,2022-03-01,高中,高二,150,2023届,E1
E3,数学,丙考,2021-05-01,高中,高一,150,2024届,
"""
RESULT = "exam_id,subject,student_id,institution_id,score\nE1,数学,1,3905000456,100\n"


def test_exams_are_listed_newest_first_whether_anybody_sat_them_or_not(school_store: Store, publish: Publish) -> None:
    publish("exam", PAPERS)
    publish("exam_result", RESULT)
    found = register.registered(school_store)
    assert [one.id for one in found] == ["E2", "2021-11-G3", "E3", "E1"]
    last = found[-1]
    assert (last.first_day, last.last_day, list(last.sat)) == (date(2021, 3, 1), date(2021, 3, 2), ["数学"])
    assert register.registered(school_store, date.today() - timedelta(days=9)) == ()


def test_value_added_is_measured_between_exams_of_one_cohort(school_store: Store, publish: Publish) -> None:
    publish("exam", PAPERS)
    found = register.registered(school_store)
    assert [one.id for one in register.earlier(found, "2023届", date(2022, 3, 1))] == ["E1"]
    assert register.earlier(found, "2023届", date(2021, 3, 2)) == (), "an exam is no exam's own beginning"
    assert register.earlier(found, None, date(2022, 3, 1)) == ()
    assert [one.id for one in register.measured_from(found, "E1")] == ["E2"]


def test_the_rows_of_an_exam_come_in_the_order_in_which_they_are_read(school_store: Store, publish: Publish) -> None:
    publish("exam", PAPERS)
    publish("exam_line", "exam_id,line_name,track,mark\nE1,甲,全部,200\nE1,乙,全部,250\nE2,丙,全部,90\n")
    assert [row["subject"] for row in register.rows(school_store, "exam", "E1")] == ["语文", "数学"]
    assert [row["line_name"] for row in register.rows(school_store, "exam_line", "E1")] == ["乙", "甲"]
    assert register.rows(school_store, "exam_roll", "E1") == ()


def test_schools_that_teach_the_stage_or_sat_the_exam_are_offered(school_store: Store, publish: Publish) -> None:
    publish("exam", PAPERS)
    assert register.schools(school_store, "高中", "E1") == {"3905000456": "示例高中"}
    assert register.schools(school_store, "小学", "E1") == {}
    publish("exam_result", RESULT)
    assert register.schools(school_store, "小学", "E1") == {"3905000456": "示例高中"}
    assert register.who_sat(school_store, "E1") == ("3905000456",)
