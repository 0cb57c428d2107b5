"""Clauses 4 to 9: what must hold in every figure, what happens where rows are missing, and the schools of the page."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from data.contract import PERSONS
from data.problem import Refused
from data.store import Store
from queries import answers
from queries.answers import Answer, Viewer
from queries.catalogue import catalogue
from queries.progress import Status
from queries.senior import Awards, School, schools
from queries.senior.top_pupils import TopPupils, top_pupils
from tests.queries.conftest import Publish

INTERNAL = Viewer(internal=True)
WHOLE, DISTRICTS = "主城区", ("信都区", "襄都区", "开发区")
TODAY = date(2022, 12, 31)
REGISTER = """institution_id,valid_from,name,area,kind,ownership,main_urban,key_senior,closed_on
1,2010-09-01,示例一中,信都区,高中,教育部门办,是,是,
2,2010-09-01,示例二中,襄都区,完全中学,教育部门办,是,是,
3,2010-09-01,示例三中,信都区,初中,教育部门办,是,否,
4,2010-09-01,示例四中,襄都区,初中,教育部门办,否,,
5,2010-09-01,示例五小,开发区,小学,教育部门办,是,,
6,2010-09-01,示例六中,信都区,高中,教育部门办,是,否,
"""
# Two areas report, the third does not: a file of every indicator's own dataset.
FILES = {
    "senior_funding_per_pupil": ("funding", "year,institution_id,kind,amount\n2021,1,公用经费,3000000\n2021,2,公用经费,1000000\n"),
    "top_pupil_mentoring": ("mentoring", "school_year,institution_id,grade,form,running\n2021,1,高一,班级培养,是\n2021,2,高一,班级培养,否\n"),
    "top_junior_retention": ("retention", "year,institution_id,top_leavers,stayed\n2021,3,40,30\n2021,4,50,35\n"),
    "competition_awards": ("award", "year,institution_id,discipline,contest,level,prize,awards\n2021,1,数学,甲,省级,一等奖,40\n2021,2,体育,乙,省级,一等奖,30\n"),
    "top_junior_outflow": ("retention", "year,institution_id,top_leavers,stayed,left_city,otherwise\n2021,3,60,30,20,10\n2021,4,50,35,15,0\n"),
    "admissions_first_class": ("admission", "year,institution_id,tsinghua_peking,first_class\n2021,1,12,60\n2021,2,0,30\n"),
    "speciality_schools": ("speciality", "institution_id,speciality,named_in_plan,recognised_on\n1,外语,是,2021-06-30\n2,艺术,是,\n"),
    "senior_partnerships": ("partnership", "institution_id,partner,partner_place,form,signed_on,ends_on\n1,示例外地中学,省外,联合办学,2021-03-01,\n2,示例外地中学,省外,联合办学,2021-03-01,2021-12-30\n"),
    "recruited_leaders": ("recruitment", "year,teacher_id,institution_id,post,origin\n2021,T1,1,教师,省外\n2021,T2,2,校长,省外\n"),
    "schools_with_leader": ("leader_assignment", "institution_id,post,level,assigned_on,ended_on\n1,副局长,区级,2021-08-15,\n2,副局长,区级,2021-08-15,2021-12-30\n"),
}  # fmt: skip
EXPECTED: dict[str, tuple[tuple[int, int | None], ...]] = {
    "senior_funding_per_pupil": ((4_000_000, 1500), (3_000_000, 1000), (1_000_000, 500)),
    "top_pupil_mentoring": ((0, 2), (0, 1), (0, 1)),
    "top_junior_retention": ((30, 40), (30, 40), (35, 50)),
    "competition_awards": ((70, None), (40, None), (30, None)),
    "top_junior_outflow": ((20, 60), (20, 60), (15, 50)),
    "admissions_first_class": ((90, None), (60, None), (30, None)),
    "speciality_schools": ((1, 2), (1, 1), (0, 1)),
    "senior_partnerships": ((1, 3), (1, 2), (0, 1)),
    "recruited_leaders": ((2, None), (1, None), (1, None)),
    "schools_with_leader": ((1, 4), (1, 3), (0, 2)),
}


@pytest.fixture
def city(store: Store, publish: Publish) -> Store:
    """Six schools and the returns of the senior ones."""
    publish("institution", REGISTER)
    publish(
        "enrolment", "school_year,institution_id,stage,pupils\n2021,1,高中,1000\n2021,2,高中,500\n2021,2,初中,300\n"
    )
    return store


def ask(store: Store, name: str) -> Answer:
    return answers.answer(store, name, viewer=INTERNAL, today=TODAY)


def figures(found: Answer, period: int) -> Mapping[str, tuple[object, object]]:
    return {
        one.area: (point.numerator, point.denominator)
        for one in found.areas
        for point in one.points
        if point.period == period
    }


# Every indicator


@pytest.mark.parametrize("name", FILES)
def test_one_area_without_rows_hides_no_other(name: str, city: Store, publish: Publish) -> None:
    publish(*FILES[name])
    found = ask(city, name)
    assert figures(found, 2021) == dict(zip((WHOLE, *DISTRICTS), EXPECTED[name], strict=False))
    assert found.area("开发区").status == Status.NO_DATA
    assert found.lacking == ()


@pytest.mark.parametrize("name", [*FILES, "top_pupil_base"])
def test_an_indicator_without_rows_says_what_is_lacking(name: str, city: Store) -> None:
    found = ask(city, name)
    assert {one.status for one in found.areas} == {Status.NO_DATA}
    wanted = set(found.definition.datasets) - {"institution", "enrolment"}
    assert set(found.lacking) == wanted


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("senior_funding_per_pupil", "2020,1,公用经费,3000000"),
        ("top_junior_retention", "2021,3,0,0"),
        ("top_junior_outflow", "2021,3,0,0,0,0"),
        ("speciality_schools", "6,体育,否,2020-01-01"),
        ("senior_partnerships", "5,示例外地小学,省外,联合办学,2021-03-01,"),
        ("schools_with_leader", "5,副局长,区级,2021-08-15,"),
    ],
)
def test_where_there_is_nothing_to_divide_by_there_is_no_verdict(
    name: str, rows: str, city: Store, publish: Publish
) -> None:
    """Funding without pupils; rows of schools that the indicator does not count, in areas without any that it does."""
    dataset, text = FILES[name]
    publish(dataset, text.splitlines()[0] + "\n" + rows + "\n")
    found = ask(city, name)
    area = "开发区" if name in ("senior_partnerships", "schools_with_leader") else "信都区"
    missing = name == "senior_funding_per_pupil"  # the pupils were not reported, which is not the same as none
    assert found.area(area).status == (Status.NO_DATA if missing else Status.NOT_JUDGED)
    assert all(point.value is None for point in found.area(area).points)


@pytest.mark.parametrize("name", ["competition_awards", "admissions_first_class", "recruited_leaders"])
def test_the_parts_add_up_to_the_whole(name: str, samples: Store) -> None:
    found = answers.answer(samples, name, viewer=INTERNAL)
    for one in found.areas:
        for point in one.points:
            parts = [each for each in found.parts if (each.area, each.period) == (one.area, point.period)]
            assert any(each.suppressed for each in parts) or point.numerator == sum(
                each.numerator or 0 for each in parts
            )


@pytest.mark.parametrize("name", ["senior_funding_per_pupil", "admissions_first_class", "senior_partnerships"])
def test_senior_schools_all_lie_in_town_so_the_districts_add_up(name: str, samples: Store) -> None:
    found = answers.answer(samples, name, viewer=INTERNAL)
    for point in found.whole.points:
        districts = [each for one in found.areas[1:] for each in one.points if each.period == point.period]
        assert point.numerator == sum(each.numerator or 0 for each in districts)


def test_rural_junior_schools_are_left_out_of_the_main_urban_area(city: Store, publish: Publish) -> None:
    publish(*FILES["top_junior_retention"])
    assert figures(ask(city, "top_junior_retention"), 2021)[WHOLE] == (30, 40)


# Single indicators


def test_funding_of_a_school_without_a_return_counts_on_neither_side(city: Store, publish: Publish) -> None:
    publish(
        "funding", "year,institution_id,kind,amount\n2021,1,公用经费,3000000\n2020,1,公用经费,9\n2021,6,公用经费,7\n"
    )
    found = ask(city, "senior_funding_per_pupil")
    assert found.whole.latest is not None and found.whole.latest.value == Fraction(3000)
    assert figures(found, 2020)[WHOLE] == (None, None)


def test_a_speciality_counts_from_the_day_of_its_recognition(city: Store, publish: Publish) -> None:
    publish(*FILES["speciality_schools"])
    assert [(point.period, point.numerator) for point in ask(city, "speciality_schools").whole.points] == [
        (2020, 0), (2021, 1), (2022, 1),
    ]  # fmt: skip
    before = answers.answer(city, "speciality_schools", today=date(2021, 6, 29))
    assert [point.numerator for point in before.whole.points] == [0, 0]


def test_a_register_that_is_kept_up_goes_on_after_the_plan_and_no_other(city: Store, publish: Publish) -> None:
    later = date(2024, 3, 1)
    publish(*FILES["senior_partnerships"])
    periods = [point.period for point in answers.answer(city, "senior_partnerships", today=later).whole.points]
    assert periods == [2021, 2022], "in 2020 nothing was signed yet"
    publish(
        "partnership", "institution_id,partner,partner_place,form,signed_on\n6,示例外地中学,省外,联合办学,2024-01-10\n"
    )
    found = answers.answer(city, "senior_partnerships", today=later)
    assert [(point.period, point.numerator) for point in found.whole.points][1:] == [(2022, 1), (2023, 1), (2024, 2)]


def test_who_reaches_the_line_counts_where_the_school_is(city: Store, publish: Publish) -> None:
    header = "exam_id,subject,exam_name,held_on,stage,grade,full_marks,top_line\n"
    publish("exam", header + "".join(f"A,{one},联考,2021-11-12,高中,高三,150,200\n" for one in ("语文", "数学")))
    rows = [
        f"A,{subject},{school}{pupil:03d},{school},{score}"
        for school, pupils, score in ((1, 14, 100), (2, 11, 120), (6, 30, "99.5"))
        for pupil in range(pupils)
        for subject in ("语文", "数学")
    ]
    publish("exam_result", "exam_id,subject,student_id,institution_id,score\n" + "\n".join(rows) + "\n")
    assert figures(ask(city, "top_pupil_base"), 20211112) == {
        WHOLE: (25, None), "信都区": (14, None), "襄都区": (11, None),
    }  # fmt: skip


def test_an_exam_without_a_line_has_no_figure_and_few_pupils_are_not_told(city: Store, publish: Publish) -> None:
    header = "exam_id,subject,exam_name,held_on,stage,grade,full_marks,top_line\n"
    publish("exam", header + "A,语文,联考,2021-11-12,高中,高三,150,100\nB,语文,联考,2021-12-12,高中,高三,150,\n")
    rows = "".join(f"{exam},语文,{pupil},1,110\n" for exam in "AB" for pupil in range(9))
    publish("exam_result", "exam_id,subject,student_id,institution_id,score\n" + rows)
    found = ask(city, "top_pupil_base").whole.points
    assert [(point.period, point.suppressed, point.numerator) for point in found] == [(20211112, True, None)]


def test_outflow_is_who_left_the_city_and_not_whoever_did_not_stay(city: Store, publish: Publish) -> None:
    publish(
        "retention",
        "year,institution_id,top_leavers,stayed,left_city,otherwise\n2020,3,100,60,30,10\n2021,3,100,60,20,20\n",
    )
    found, stayed = ask(city, "top_junior_outflow"), ask(city, "top_junior_retention")
    assert [point.value for point in found.whole.points] == [Fraction(3, 10), Fraction(1, 5)]
    assert (found.whole.status, stayed.whole.status) == (Status.ACHIEVED, Status.MISSED), "fewer left, no more stayed"


def test_where_the_leavers_went_is_not_told_of_few_nor_where_it_is_not_stated(city: Store, publish: Publish) -> None:
    publish(
        "retention",
        "year,institution_id,top_leavers,stayed,left_city,otherwise\n2021,3,100,60,31,9\n2021,4,80,60,,10\n",
    )
    found = ask(city, "top_junior_outflow")
    assert [(one.suppressed, one.numerator) for one in found.area("信都区").points] == [(True, None)]
    assert [(one.suppressed, one.numerator) for one in found.area("襄都区").points] == [(False, None)]
    assert found.area("襄都区").status == Status.NO_DATA


EXAM = "exam_id,subject,exam_name,held_on,stage,grade,full_marks,top_line\n"
RESULT = "exam_id,subject,student_id,institution_id,score\n"


def sat(publish: Publish, *rows: tuple[str, str, int, int]) -> None:
    """Publishes (exam, school, mark, pupils) of a single paper."""
    lines = [f"{exam},语文,{exam}{school}{n:04d},{school},{mark}" for exam, school, mark, of in rows for n in range(of)]
    publish("exam_result", RESULT + "\n".join(lines) + "\n")


def test_the_base_is_of_one_cohort_and_one_exam_a_day(city: Store, publish: Publish) -> None:
    """Cohort of 2019: its grades 11 and 12. Not those who left in 2021, nor the grade below on a later day."""
    exams = (("OLD", "2021-05-12", "高三"), ("G2", "2021-05-12", "高二"), ("G3", "2021-11-12", "高三"),
             ("G3B", "2021-11-12", "高三"), ("G2B", "2022-01-12", "高二"), ("ODD", "2022-01-12", "复读"))  # fmt: skip
    publish("exam", EXAM + "".join(f"{code},语文,联考,{day},高中,{grade},150,100\n" for code, day, grade in exams))
    sat(publish, *((code, "1", 110, pupils) for (code, *_day), pupils in zip(exams, range(40, 100, 10), strict=True)))
    assert figures(ask(city, "top_pupil_base"), 20211112)[WHOLE] == (70, None), "of two on a day the larger, no sum"
    assert [(one.period, one.numerator) for one in ask(city, "top_pupil_base").whole.points] == [
        (20210512, 50), (20211112, 70),
    ]  # fmt: skip


def test_with_the_next_school_year_the_next_cohort_is_the_nearest(city: Store, publish: Publish) -> None:
    publish(
        "exam",
        EXAM + "A,语文,联考,2021-11-12,高中,高三,150,100\nB,语文,联考,2021-11-12,高中,高二,150,100\n"
        "C,语文,联考,2022-09-12,高中,高三,150,100\n",
    )
    sat(publish, ("A", "1", 110, 20), ("B", "1", 110, 30))
    assert [one.numerator for one in ask(city, "top_pupil_base").whole.points] == [20], "C has no results yet"
    sat(publish, ("C", "1", 110, 40))
    assert [one.numerator for one in ask(city, "top_pupil_base").whole.points] == [30, 40]


# Top pupils school by school


def test_top_pupils_of_every_school_are_told_where_they_are_many(city: Store, publish: Publish) -> None:
    publish("exam", EXAM + "A,语文,联考甲,2021-11-12,高中,高三,150,100\nB,语文,联考乙,2022-03-12,高中,高三,150,110\n")
    sat(publish, ("A", "1", 120, 14), ("A", "6", 120, 30), ("A", "2", 120, 25), ("B", "1", 120, 12), ("B", "6", 120, 9),
        ("B", "2", 109, 25))  # fmt: skip
    found = top_pupils(city, INTERNAL, WHOLE)
    assert [(one.name, one.day, one.line) for one in found.exams] == [
        ("联考甲", date(2021, 11, 12), 100), ("联考乙", date(2022, 3, 12), 110),
    ]  # fmt: skip
    told = {one.name: [(cell.count, cell.small) if cell else None for cell in one.cells] for one in found.schools}
    assert told == {
        "示例一中": [(14, False), (None, False)], "示例二中": [(25, False), (0, False)],
        "示例六中": [(30, False), (None, True)],
    }, "few of one school are not told, nor the other one of its district"  # fmt: skip
    assert [one.name for one in top_pupils(city, INTERNAL, "襄都区").schools] == ["示例二中"]
    assert top_pupils(city, INTERNAL, "开发区").schools == ()


def test_a_school_that_did_not_sit_an_exam_has_no_number(city: Store, publish: Publish) -> None:
    publish("exam", EXAM + "A,语文,联考甲,2021-11-12,高中,高三,150,100\nB,语文,联考乙,2022-03-12,高中,高三,150,110\n")
    sat(publish, ("A", "1", 120, 14), ("B", "2", 120, 12))
    assert {one.name: [cell and cell.count for cell in one.cells] for one in top_pupils(city, INTERNAL, WHOLE).schools} == {
        "示例一中": [14, None], "示例二中": [None, 12],
    }  # fmt: skip


def test_outsiders_get_no_top_pupils(city: Store) -> None:
    with pytest.raises(Refused, match="internal record"):
        top_pupils(city, answers.PUBLIC, WHOLE)


def test_without_an_exam_there_is_no_school_to_tell_of(city: Store) -> None:
    assert top_pupils(city, INTERNAL, WHOLE) == TopPupils((), ())


def test_the_schools_of_the_sample_data_add_up_to_the_indicator(samples: Store) -> None:
    found = top_pupils(samples, INTERNAL, WHOLE)
    points = {one.period: one for one in ask(samples, "top_pupil_base").whole.points}
    for position, exam in enumerate(found.exams):
        cells = [cell for one in found.schools if (cell := one.cells[position])]
        told = sum(cell.count or 0 for cell in cells)
        withheld = sum(cell.count is None for cell in cells)
        total = points[int(exam.day.strftime("%Y%m%d"))].numerator
        assert total is not None and (told < total if withheld else told == total)
        assert all(cell.count is None or not 0 < cell.count < 10 for cell in cells)


# School by school


@pytest.fixture
def full_city(city: Store, publish: Publish) -> Store:
    for dataset, text in FILES.values():
        publish(dataset, text)
    publish("funding", "year,institution_id,kind,amount\n2020,1,公用经费,2000000\n")
    publish("enrolment", "school_year,institution_id,stage,pupils\n2020,1,高中,1000\n")
    return city


def now(store: Store, area: str = WHOLE) -> dict[str, School]:
    return {one.institution_id: one for one in schools(store, area)}


def test_the_senior_schools_of_an_area_are_listed_key_schools_first(full_city: Store) -> None:
    assert list(now(full_city)) == ["1", "2", "6"]
    assert list(now(full_city, "襄都区")) == ["2"]
    assert now(full_city, "开发区") == {}
    assert schools(full_city, WHOLE, TODAY) == (), "a day before anything was published"


def test_a_school_shows_what_is_known_of_it(full_city: Store) -> None:
    one, two, other = now(full_city).values()
    assert [(year.year, year.amount, year.per_pupil) for year in one.funding] == [
        (2020, Decimal(2_000_000), Fraction(2000)), (2021, Decimal(3_000_000), Fraction(3000)),
    ]  # fmt: skip
    assert (one.rose, two.rose) == (True, None)
    assert one.mentoring == {"高一": ("班级培养",), "高二": (), "高三": ()}
    assert other.mentoring is None and other.funding == () and other.leaders == ()
    assert [each.in_force for each in (*one.partnerships, *two.partnerships)] == [True, False]
    assert [each.recognised_on for each in (*one.specialities, *two.specialities)] == [date(2021, 6, 30), None]
    assert ([each.post for each in one.leaders], two.leaders) == (["副局长"], ())


def test_few_awards_are_withheld_by_the_indicator_too(city: Store, publish: Publish) -> None:
    """Of 29 awards in two districts 25 in one would give away the 4 in the other."""
    header = "year,institution_id,discipline,contest,level,prize,awards\n"
    publish("award", header + "2021,1,数学,甲,省级,一等奖,4\n2021,2,体育,甲,省级,一等奖,25\n")
    found = ask(city, "competition_awards")
    assert {area: figures(found, 2021)[area] for area in DISTRICTS[:2]} == {
        "信都区": (None, None),
        "襄都区": (None, None),
    }
    assert figures(found, 2021)["主城区"] == (29, None)
    assert now(city)["1"].awards == Awards(2021, None, small=True)
    assert now(city)["2"].awards == Awards(2021, None, small=False)


def test_whatever_is_counted_in_persons_withholds_few_of_them() -> None:
    counted = {name for name, one in catalogue().items() if one.unit_label and one.unit_label.zh in PERSONS}
    assert {name for name in counted if catalogue()[name].counts not in ("persons", "staff")} == set()


def test_few_awards_are_withheld_and_whoever_would_give_them_away(city: Store, publish: Publish) -> None:
    header = "year,institution_id,discipline,contest,level,prize,awards\n"
    publish(
        "award", header + "2021,1,数学,甲,省级,一等奖,4\n2021,6,数学,甲,省级,一等奖,30\n2021,2,数学,甲,省级,一等奖,25\n"
    )
    found = {name: one.awards for name, one in now(city).items()}
    assert [(one.count, one.small) for one in found.values() if one] == [(None, True), (25, False), (None, False)]
