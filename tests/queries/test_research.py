"""Clauses 13 to 15 and 24: posts, quotas, analyses, reports, weak subjects, and the rows behind them."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from data import intake
from data.store import Store
from queries import answers
from queries.answers import Answer, Viewer
from queries.progress import Status, Why
from queries.research import Cohort, analyses, duties, overdue, posts, score_rates
from queries.xmr import Rule, chart

Publish = Callable[[str, str], int]
Lines = Callable[..., int]

WHOLE, XINDU, XIANGDU, ZONE, CITY = "主城区", "信都区", "襄都区", "开发区", "邢台市"
TODAY = date(2023, 1, 1)
INTERNAL = Viewer(internal=True)
QUOTAS = ["researcher_lessons_observed", "researcher_activities", "researcher_mentees"]
LACKED = {
    **dict.fromkeys((*QUOTAS, "researcher_quotas"), ("researcher_term",)),
    "researcher_posts_filled": ("researcher",),
    "monitoring_reports_on_time": ("monitoring_report",),
    "joint_exam_turnaround": ("exam", "monitoring_report"),
    "weak_subjects": ("exam", "exam_result", "institution"),
}

POST = "year,area,stage,subject,post,person_id\n"
TERM = "school_year,term,person_id,area,stage,subject,on_duty,lessons_observed,activities,mentees\n"
REPORT = "year,area,report,kind,stage,exam_id,due_on,published_on\n"
EXAM = "exam_id,subject,exam_name,held_on,stage,grade,full_marks,reference_mean,weak_band\n"
RESULT = "exam_id,subject,student_id,institution_id,class,track,score\n"


def ask(store: Store, name: str, today: date = TODAY) -> Answer:
    return answers.answer(store, name, viewer=INTERNAL, today=today)


def values(store: Store, name: str, area: str = WHOLE, today: date = TODAY) -> dict[int, Fraction | None]:
    return {point.period: point.value for point in ask(store, name, today).area(area).points}


def sides(store: Store, name: str, area: str = WHOLE) -> list[tuple[object, object]]:
    return [(point.numerator, point.denominator) for point in ask(store, name).area(area).points]


# The sample data


@pytest.mark.parametrize("name", QUOTAS)
def test_who_reaches_all_three_reaches_each(name: str, samples: Store) -> None:
    every, one = ask(samples, "researcher_quotas"), ask(samples, name)
    for both, single in zip(every.areas, one.areas, strict=True):
        for all_three, alone in zip(both.points, single.points, strict=True):
            assert (all_three.numerator or 0) <= (alone.numerator or 0)
            assert all_three.denominator == alone.denominator


@pytest.mark.parametrize("name", ["researcher_posts_filled", "monitoring_reports_on_time"])
def test_the_parts_of_an_area_add_up_on_both_sides(name: str, samples: Store) -> None:
    found = ask(samples, name)
    for point in (point for one in found.areas for point in one.points):
        parts = [part for part in found.parts if (part.period, part.area) == (point.period, point.area)]
        assert sum(part.numerator or 0 for part in parts) == point.numerator
        assert sum(part.denominator or 0 for part in parts) == point.denominator


def test_the_whole_is_the_citys_office_and_the_districts_together(samples: Store) -> None:
    found = ask(samples, "researcher_posts_filled")
    for point in found.whole.points:
        [city] = [part for part in found.parts if (part.period, part.area, part.part) == (point.period, WHOLE, "city")]
        districts = [
            one.denominator or 0 for area in found.areas[1:] for one in area.points if one.period == point.period
        ]
        assert point.denominator == (city.denominator or 0) + sum(districts)


def test_the_sample_data_show_every_state(samples: Store) -> None:
    filled, quotas = ask(samples, "researcher_posts_filled"), ask(samples, "researcher_quotas")
    assert (filled.whole.status, filled.area(XINDU).status) == (Status.MISSED, Status.ACHIEVED)
    assert quotas.area(ZONE).status is Status.RELAPSED
    assert 20202 not in [point.period for point in quotas.area(ZONE).points], "a term without a return"
    days = ask(samples, "joint_exam_turnaround").whole
    assert (days.status, days.why) == (Status.NOT_JUDGED, Why.GAP), (
        "an exam without an analysis stands between the newest two"
    )
    assert ask(samples, "weak_subjects").whole.status is Status.RELAPSED


def test_the_score_rates_of_the_sample_data_hold_one_exam_outside_and_one_run_of_seven(samples: Store) -> None:
    rates = score_rates(samples)
    cohort = Cohort("高中", 2020, "")
    signals = {}
    for subject in ("语文", "数学", "英语"):
        found = chart([one.rate for one in rates[cohort, subject]])
        assert found is not None and len(found.values) == 14 and not found.trial
        signals[subject] = [(one.flag.rule, one.flag.side, one.first, one.last) for one in found.signals]
    assert signals == {"语文": [], "数学": [(Rule.OUTSIDE, -1, 5, 5)], "英语": [(Rule.ONE_SIDE, 1, 7, 13)]}


def test_the_days_to_an_analysis_hold_one_outside_the_limits(samples: Store) -> None:
    found = chart([value for value in values(samples, "joint_exam_turnaround").values() if value is not None])
    assert found is not None and len(found.values) == 13
    assert found.flags[9] is not None and found.flags[9].rule is Rule.OUTSIDE


def test_rows_behind_the_figures_agree_with_them(samples: Store) -> None:
    term = [one for one in duties(samples) if one.period == 20212 and one.on_duty]
    latest = ask(samples, "researcher_quotas").whole.latest
    assert latest is not None and latest.period == 20212
    assert (sum(all(one.met) for one in term), len(term)) == (latest.numerator, latest.denominator)
    filled = ask(samples, "researcher_posts_filled").whole.latest
    found = posts(samples)
    assert filled is not None and {one.year for one in found} == {filled.period}
    assert (sum(one.filled for one in found), sum(one.posts for one in found)) == (filled.numerator, filled.denominator)
    late = {(one.year, one.published_on is None) for one in overdue(samples)}
    assert (2022, True) in late and (2020, False) in late
    assert [one.days for one in analyses(samples)][:3] == [11, None, 12]
    assert "person" not in " ".join(str(one) for one in duties(samples)) and "J0" not in str(duties(samples))


# Posts and quotas


def test_districts_owe_junior_subjects_only_and_the_city_every_post(store: Store, publish: Publish) -> None:
    rows = [
        f"2021,{CITY},高中,语文,1,J1",
        f"2021,{CITY},小学,语文,1,",
        f"2021,{XINDU},初中,语文,1,J2",
        f"2021,{XINDU},小学,语文,1,",
        f"2021,{XIANGDU},小学,语文,1,J3",
    ]
    publish("researcher", POST + "\n".join(rows) + "\n")
    assert sides(store, "researcher_posts_filled") == [(2, 3)]
    assert sides(store, "researcher_posts_filled", XINDU) == [(1, 1)]
    nothing_due = ask(store, "researcher_posts_filled").area(XIANGDU)
    assert (nothing_due.status, nothing_due.points[0].denominator) == (Status.NOT_JUDGED, 0)
    assert ask(store, "researcher_posts_filled").area(ZONE).status is Status.NO_DATA


def test_quotas_are_met_exactly_and_who_was_away_counts_nowhere(store: Store, publish: Publish) -> None:
    rows = [
        f"2020,第一学期,J1,{CITY},,,是,80,15,10",
        f"2020,第一学期,J2,{XINDU},,,是,79,15,10",
        f"2020,第一学期,J3,{XINDU},,,否,99,99,99",
        f"2020,第一学期,J4,{XIANGDU},,,否,0,0,0",
    ]
    publish("researcher_term", TERM + "\n".join(rows) + "\n")
    assert sides(store, "researcher_lessons_observed") == [(1, 2)]
    assert sides(store, "researcher_activities") == [(2, 2)]
    assert sides(store, "researcher_quotas", XINDU) == [(0, 1)]
    assert ask(store, "researcher_quotas").area(XIANGDU).status is Status.NOT_JUDGED
    assert ask(store, "researcher_quotas").area(ZONE).status is Status.NO_DATA
    [one] = [duty for duty in duties(store) if duty.office == XINDU and duty.on_duty]
    assert one.met == (False, True, True)


# Reports


@pytest.fixture
def exams(publish: Publish) -> None:
    papers = [
        "E1,语文,考试,2021-11-12,高中,高三,150,,",
        "E1,英语,考试,2021-11-13,高中,高三,150,,",
        "E2,语文,考试,2021-11-13,高中,高二,150,,",
    ]
    publish("exam", EXAM + "\n".join(papers) + "\n")


@pytest.mark.usefixtures("exams")
def test_the_days_count_from_the_last_day_to_the_first_publication(store: Store, publish: Publish) -> None:
    rows = [
        f"2021,{CITY},a,联考分析报告,高中,E1,2021-11-30,2021-11-23",
        f"2021,{CITY},b,联考分析报告,高中,E1,2021-12-30,2021-12-23",
        f"2021,{XINDU},c,联考分析报告,高中,E1,2021-11-30,2021-11-18",
    ]
    publish("monitoring_report", REPORT + "\n".join(rows) + "\n")
    assert values(store, "joint_exam_turnaround") == {20211113: Fraction(10)}
    assert values(store, "joint_exam_turnaround", XINDU) == {20211113: Fraction(5)}
    publish("monitoring_report", REPORT + f"2021,{CITY},d,联考分析报告,高中,E2,2021-11-30,2021-11-28\n")
    assert values(store, "joint_exam_turnaround") == {20211113: Fraction(25, 2)}, "the median of 10 and 15"


@pytest.mark.usefixtures("exams")
def test_an_analysis_that_never_came_is_no_figure_and_not_0_days(store: Store, publish: Publish) -> None:
    publish("monitoring_report", REPORT + f"2021,{CITY},a,联考分析报告,高中,E1,2021-11-30,\n")
    found = ask(store, "joint_exam_turnaround").whole
    assert (found.status, [point.value for point in found.points]) == (Status.NO_DATA, [None])
    [e2, e1] = sorted(analyses(store), key=lambda one: one.exam_id, reverse=True)
    assert (e1.due_on, e1.published_on, e1.days) == (date(2021, 11, 30), None, None)
    assert (e2.due_on, e2.days) == (None, None)


def test_a_report_is_late_from_the_day_after_its_date_and_due_from_its_date_on(store: Store, publish: Publish) -> None:
    rows = [
        f"2022,{CITY},a,质量监测报告,小学,,2022-07-20,2022-07-20",
        f"2022,{CITY},b,质量监测报告,初中,,2022-07-20,2022-07-21",
        f"2022,{XINDU},c,质量监测报告,小学,,2022-12-31,",
        f"2022,{XIANGDU},d,质量监测报告,小学,,2023-01-31,",
    ]
    publish("monitoring_report", REPORT + "\n".join(rows) + "\n")
    assert sides(store, "monitoring_reports_on_time") == [(1, 3)]
    assert values(store, "monitoring_reports_on_time", XINDU, date(2022, 12, 30)) == {2022: None}
    assert ask(store, "monitoring_reports_on_time").area(XIANGDU).status is Status.NOT_JUDGED
    assert ask(store, "monitoring_reports_on_time").area(ZONE).status is Status.NO_DATA


# Exams


def results(store: Store, *marks: tuple[str, str, str, int]) -> None:
    """Publishes (exam, subject, mark, pupils): pupils of school 1 with the same mark."""
    lines = [
        f"{exam},{subject},{number:04d},1,,,{mark}" for exam, subject, mark, pupils in marks for number in range(pupils)
    ]
    content = (RESULT + "\n".join(lines) + "\n").encode()
    assert intake.publish(store, content, "r.csv", "exam_result", by="test", said=intake.Said(accept=True)).upload


@pytest.fixture
def school(register: Lines, publish: Publish) -> None:
    register(f"1,2015-09-01,示例高中,{XINDU},高中,教育部门办,,,是")
    papers = [
        "E1,语文,考试,2021-11-12,高中,高三,150,90,0.02",
        "E1,数学,考试,2021-11-12,高中,高三,150,90,",
        "E1,英语,考试,2021-11-12,高中,高三,150,,0.02",
        "E2,语文,考试,2022-03-18,高中,高三,150,90,0.02",
        "E3,语文,考试,2022-09-18,高中,高三,150,90,0.02",
    ]
    publish("exam", EXAM + "\n".join(papers) + "\n")


@pytest.mark.usefixtures("school")
def test_a_subject_is_weak_beyond_the_band_and_not_on_it(store: Store) -> None:
    results(store, ("E1", "语文", "87", 20), ("E2", "语文", "86.5", 20), ("E2", "语文", "缺考", 0))
    assert values(store, "weak_subjects") == {20211112: 0, 20220318: 1}
    assert ask(store, "weak_subjects").whole.status is Status.MISSED


@pytest.mark.usefixtures("school")
def test_a_paper_without_reference_or_band_or_of_few_pupils_has_no_verdict(store: Store) -> None:
    results(store, ("E1", "数学", "10", 20), ("E1", "英语", "10", 20), ("E2", "语文", "10", 9))
    assert values(store, "weak_subjects") == {20211112: None, 20220318: None}
    assert ask(store, "weak_subjects").whole.status is Status.NO_DATA, "what would judge them is missing"


def test_weak_subjects_are_those_of_one_senior_cohort_exam_by_exam(
    store: Store, register: Lines, publish: Publish
) -> None:
    """The cohort of 2019 is nearest: not those who left in 2021, not grade 10, no junior exam; one exam of a day."""
    register(f"1,2015-09-01,示例高中,{XINDU},高中,教育部门办,,,是")
    papers = [
        f"{exam},{subject},考试,{day},{stage},{grade},150,90,{band}"
        for exam, day, stage, grade, subjects, band in (
            ("OLD", "2021-05-12", "高中", "高三", ("语文", "数学"), "0.02"),
            ("G2", "2021-05-12", "高中", "高二", ("语文", "数学"), "0.02"),
            ("G3", "2021-11-12", "高中", "高三", ("语文", "数学", "英语"), "0.02"),
            ("G3B", "2021-11-12", "高中", "高三", ("物理",), "0.02"),
            ("G1", "2021-11-12", "高中", "高一", ("化学",), "0.02"),
            ("G1B", "2022-05-12", "高中", "高一", ("化学",), "0.02"),
            ("J3", "2022-05-12", "初中", "初三", ("语文",), "0.02"),
            ("NEXT", "2022-09-12", "高中", "高三", ("语文",), ""),
        )
        for subject in subjects
    ]
    publish("exam", EXAM + "\n".join(papers) + "\n")
    marks = {("G2", "数学"): "90", ("G3B", "物理"): "10"}
    results(
        store,
        *(
            (exam, subject, marks.get((exam, subject), "10"), 12 if exam == "G3B" else 20)
            for exam, subject, *_rest in (paper.split(",") for paper in papers)
        ),
    )
    assert values(store, "weak_subjects") == {20210512: 1, 20211112: 3}


@pytest.mark.usefixtures("school")
def test_weak_subjects_are_an_internal_record(store: Store) -> None:
    assert "weak_subjects" not in answers.visible()


@pytest.mark.usefixtures("school")
def test_a_score_rate_counts_marks_only_and_is_not_told_of_few_pupils(store: Store) -> None:
    marks = [("E1", "语文", "90", 10), ("E2", "语文", "90", 9), ("E3", "语文", "60", 12)]
    results(store, *marks)
    senior_from_2019, from_2020 = Cohort("高中", 2019, ""), Cohort("高中", 2020, "")
    found = {key: [(one.exam_id, one.pupils, one.rate) for one in rates] for key, rates in score_rates(store).items()}
    assert found == {
        (senior_from_2019, "语文"): [("E1", 10, Fraction(3, 5))],
        (from_2020, "语文"): [("E3", 12, Fraction(2, 5))],
    }, "E1 and E3 are of two cohorts and never stand in one line; E2 has nine pupils"


@pytest.mark.parametrize(("elsewhere", "told"), [(9, 0), (10, 1)])
def test_a_score_rate_does_not_tell_of_the_few_who_sat_elsewhere(
    elsewhere: int, told: int, store: Store, register: Lines, publish: Publish
) -> None:
    register(
        f"1,2015-09-01,示例高中,{XINDU},高中,教育部门办,,,是", f"2,2015-09-01,示例远中,{ZONE},高中,教育部门办,,,否"
    )
    publish("exam", EXAM + "E1,语文,考试,2021-11-12,高中,高三,150,,\n")
    lines = [f"E1,语文,{number:04d},{1 if number < 20 else 2},,,90" for number in range(20 + elsewhere)]
    content = (RESULT + "\n".join(lines) + "\n").encode()
    assert intake.publish(store, content, "r.csv", "exam_result", by="test", said=intake.Said(accept=True)).upload
    assert len(score_rates(store)) == told


def test_a_grade_that_is_not_known_makes_a_line_by_itself(store: Store, register: Lines, publish: Publish) -> None:
    register(f"1,2015-09-01,示例高中,{XINDU},高中,教育部门办,,,是")
    publish("exam", EXAM + "E1,语文,考试,2021-11-12,高中,复读,150,,\n")
    results(store, ("E1", "语文", "90", 10))
    [(cohort, _subject)] = score_rates(store)
    assert (cohort.entered, cohort.grade, cohort.code) == (None, "复读", "高中复读")


# Bad input


@pytest.mark.parametrize("name", sorted(LACKED))
def test_without_its_dataset_an_indicator_has_no_data_and_says_what_is_missing(name: str, reference: Store) -> None:
    found = ask(reference, name)
    assert {one.status for one in found.areas} == {Status.NO_DATA}
    assert found.lacking == LACKED[name]


def test_an_empty_store_has_nothing_behind_the_figures(store: Store) -> None:
    assert (duties(store), posts(store), analyses(store), overdue(store), score_rates(store)) == ((), (), (), (), {})
