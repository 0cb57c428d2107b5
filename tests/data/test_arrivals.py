"""What every dataset owes by when, what has arrived, and what must be asked for."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from data import arrival_rows, intake, prepare
from data.arrivals import Arrival, Institution, Missing, State, areas, arrivals, missing
from data.contract import contracts
from data.store import Store, utc_now, withdraw

Publish = Callable[[str, str], int]

# What these tests rely on, whatever the installation's contracts say.
EXPECTED = {
    "enrolment": "{each: district, by: [{month: 10, day: 31}], kinds: [幼儿园, 高中]}",
    "population": "{each: district, by: [{month: 3, day: 31, years_after: 1}]}",
}
HEADER = "学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区,撤销日期\n"
SCHOOLS = HEADER + (
    "A,2015-09-01,示例甲幼儿园,信都区,幼儿园,教育部门办,是,\n"
    "B,2015-09-01,示例乙幼儿园,信都区,幼儿园,集体办,是,\n"
    "C,2015-09-01,示例丙高中,襄都区,高中,教育部门办,是,\n"
    "D,2015-09-01,示例丁小学,信都区,小学,教育部门办,是,\n"
)
RETURNS = "school_year,institution_id,stage,pupils,classes\n"
BOTH = RETURNS + "2020,A,学前,100,4\n2020,B,学前,90,3\n"
IN_2020 = date(2020, 11, 10)


@pytest.fixture(autouse=True)
def expected(contract_folder: Path) -> None:
    for name, owed in EXPECTED.items():
        expect(contract_folder / f"{name}.yaml", owed)


def expect(path: Path, owed: str) -> None:
    """Writes into a contract who owes the dataset by when, in place of what it said."""
    contract = yaml.safe_load(path.read_text(encoding="utf-8")) | {"expected": yaml.safe_load(owed)}
    path.write_text(yaml.safe_dump(contract, allow_unicode=True, sort_keys=False), encoding="utf-8")
    contracts.cache_clear()


@pytest.fixture
def schools(store: Store, publish: Publish) -> Store:
    publish("institution", SCHOOLS)
    return store


def of(store: Store, dataset: str, area: str, today: date, as_of: datetime | None = None) -> list[Arrival]:
    return [one for one in arrivals(store, as_of, today) if (one.dataset, one.area) == (dataset, area)]


# States


def test_what_is_complete_has_arrived(schools: Store, publish: Publish) -> None:
    upload = publish("enrolment", BOTH)
    one = of(schools, "enrolment", "信都区", IN_2020)[0]
    assert (one.period, one.term, one.due, one.state) == (2020, None, date(2020, 10, 31), State.ARRIVED)
    assert (one.rows, one.expected_rows, one.complete, one.missing) == (2, 2, 1, ())
    assert one.newest is not None
    assert (one.newest.upload_id, one.newest.file_name, one.newest.uploader) == (upload, "enrolment.csv", "test")


def test_what_lacks_an_institution_is_incomplete_and_names_it(schools: Store, publish: Publish) -> None:
    publish("enrolment", RETURNS + "2020,A,学前,100,4\n")
    one = of(schools, "enrolment", "信都区", IN_2020)[0]
    assert one.state == State.INCOMPLETE
    assert one.complete == Fraction(1, 2)
    assert one.missing == (Institution("B", "示例乙幼儿园"),)


def test_kinds_that_owe_nothing_are_not_missed(schools: Store, publish: Publish) -> None:
    publish("enrolment", BOTH)
    assert "D" not in {one.code for arrival in of(schools, "enrolment", "信都区", IN_2020) for one in arrival.missing}


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2020, 10, 30), State.DUE), (date(2020, 10, 31), State.DUE), (date(2020, 11, 1), State.LATE)],
)
def test_nothing_is_late_only_after_its_day(schools: Store, today: date, state: State) -> None:
    one = of(schools, "enrolment", "襄都区", today)[0]
    assert (one.state, one.rows, one.newest, one.age, one.complete) == (state, 0, None, None, 0)


def test_a_dataset_without_a_day_is_one_line_for_the_whole(school_store: Store) -> None:
    (exams,) = [one for one in arrivals(school_store, None, IN_2020) if one.dataset == "exam"]
    assert (exams.area, exams.period, exams.due, exams.state, exams.rows) == ("主城区", None, None, State.ARRIVED, 2)
    (results,) = [one for one in arrivals(school_store, None, IN_2020) if one.dataset == "exam_result"]
    assert (results.state, results.rows, results.complete) == (State.OPEN, 0, None)


def test_rows_about_persons_are_counted_by_their_uploads(school_store: Store, publish: Publish) -> None:
    publish(
        "exam_result",
        "考试代码,科目,学号,学校代码,分数\n2021-11-G3,数学,1,3905000456,90\n2021-11-G3,数学,2,3905000456,\n",
    )
    (results,) = [one for one in arrivals(school_store, None, IN_2020) if one.dataset == "exam_result"]
    assert (results.state, results.rows, results.complete) == (State.ARRIVED, 2, None)


def test_the_share_of_filled_cells_leaves_the_key_out(store: Store, publish: Publish) -> None:
    publish("population", "year,area,age,persons\n2020,信都区,3,10\n2020,信都区,4,20\n")
    one = of(store, "population", "信都区", date(2021, 4, 1))[0]
    assert (one.state, one.rows, one.expected_rows, one.complete) == (State.ARRIVED, 2, None, 1)
    (register,) = [one for one in arrivals(store, None, IN_2020) if one.dataset == "area"]
    assert register.complete is not None and 0 < register.complete < 1


# Deadlines


def test_a_delivery_is_listed_sixty_days_before_its_day(store: Store) -> None:
    assert not of(store, "enrolment", "信都区", date(2020, 8, 31))
    assert [one.state for one in of(store, "enrolment", "信都区", date(2020, 9, 1))] == [State.DUE]


def test_the_periods_are_those_of_the_plan(store: Store) -> None:
    assert [one.period for one in of(store, "enrolment", "信都区", date(2030, 1, 1))] == [2020, 2021, 2022]


def test_a_deadline_may_lie_in_a_later_year(store: Store) -> None:
    assert [one.due for one in of(store, "population", "信都区", date(2022, 4, 1))] == [
        date(2021, 3, 31),
        date(2022, 3, 31),
    ]


def test_a_day_before_the_plan_began_is_not_owed(store: Store, contract_folder: Path) -> None:
    expect(contract_folder / "population.yaml", "{each: district, by: [{month: 7, day: 27}, {month: 7, day: 28}]}")
    assert [one.due for one in of(store, "population", "信都区", date(2020, 12, 1))] == [date(2020, 7, 28)]


def test_the_last_day_of_a_short_month_stands_for_later_ones(store: Store, contract_folder: Path) -> None:
    expect(contract_folder / "population.yaml", "{each: district, by: [{month: 2, day: 31, years_after: 1}]}")
    assert of(store, "population", "信都区", date(2021, 12, 1))[0].due == date(2021, 2, 28)


def test_a_term_is_a_delivery_of_its_own(installation: Path, contract_folder: Path) -> None:
    path = contract_folder / "enrolment.yaml"
    contract = yaml.safe_load(path.read_text(encoding="utf-8"))
    contract["primaryKey"].insert(1, "term")
    contract["fields"].append(
        yaml.safe_load("{name: term, type: string, title: {zh: 学期, en: Term}, constraints: {enum: [上, 下]}}")
    )
    path.write_text(yaml.safe_dump(contract, allow_unicode=True, sort_keys=False), encoding="utf-8")
    by = "{month: 10, day: 1, term: 上}, {month: 12, day: 1, term: 下}"
    expect(path, f"{{each: district, by: [{by}], kinds: [幼儿园]}}")
    store = prepare.opened(installation / "terms.duckdb")
    rows = "school_year,institution_id,stage,pupils,term\n2020,A,学前,9,上\n2020,B,学前,9,上\n2020,A,学前,9,下\n"
    for dataset, content in (("institution", SCHOOLS), ("enrolment", rows)):
        assert intake.publish(store, content.encode(), "f.csv", dataset, by="test").problems == ()
    found = of(store, "enrolment", "信都区", date(2020, 12, 2))
    store.close()
    assert [(one.term, one.due, one.state, one.rows) for one in found] == [
        ("上", date(2020, 10, 1), State.ARRIVED, 2),
        ("下", date(2020, 12, 1), State.INCOMPLETE, 1),
    ]


def test_what_the_city_owes_is_one_delivery(schools: Store, publish: Publish, contract_folder: Path) -> None:
    expect(contract_folder / "enrolment.yaml", "{each: city, by: [{month: 10, day: 31}], kinds: [幼儿园, 高中]}")
    publish("enrolment", BOTH)
    (one,) = [one for one in arrivals(schools, None, IN_2020) if one.dataset == "enrolment"]
    assert (one.area, one.rows, one.expected_rows) == ("主城区", 2, 3)
    assert [school.code for school in one.missing] == ["C"]


# The register


def register(publish: Publish, rows: str) -> None:
    publish("institution", HEADER + rows)


def test_a_closed_institution_owes_nothing_from_the_year_of_its_closing(schools: Store, publish: Publish) -> None:
    register(publish, "B,2021-07-31,示例乙幼儿园,信都区,幼儿园,集体办,是,2021-07-31\n")
    expected = {one.period: one.expected_rows for one in of(schools, "enrolment", "信都区", date(2022, 12, 1))}
    assert expected == {2020: 2, 2021: 1, 2022: 1}


def test_an_institution_owes_nothing_before_the_register_has_it(schools: Store, publish: Publish) -> None:
    register(publish, "E,2021-09-01,示例戊幼儿园,襄都区,幼儿园,集体办,是,\n")
    expected = {one.period: one.expected_rows for one in of(schools, "enrolment", "襄都区", date(2022, 12, 1))}
    assert expected == {2020: 1, 2021: 2, 2022: 2}


def test_rows_from_before_the_register_count_in_its_first_area(schools: Store, publish: Publish) -> None:
    register(publish, "E,2021-09-01,示例戊幼儿园,襄都区,幼儿园,集体办,是,\n")
    publish("enrolment", RETURNS + "2020,E,学前,30,1\n")
    assert of(schools, "enrolment", "襄都区", IN_2020)[0].rows == 1


def test_an_institution_counts_in_the_area_it_had_in_the_period(schools: Store, publish: Publish) -> None:
    register(publish, "B,2021-03-01,示例乙幼儿园,襄都区,幼儿园,集体办,是,\n")
    publish("enrolment", BOTH + "2021,B,学前,80,3\n")
    today = date(2021, 12, 1)
    assert [one.rows for one in of(schools, "enrolment", "信都区", today)] == [2, 0]
    assert [one.rows for one in of(schools, "enrolment", "襄都区", today)] == [0, 1]


# Moments


def test_a_withdrawn_upload_has_not_arrived(schools: Store, publish: Publish) -> None:
    withdraw(schools, publish("enrolment", BOTH), "test")
    assert of(schools, "enrolment", "信都区", IN_2020)[0].state == State.LATE


def test_an_earlier_moment_knows_what_had_arrived_then(schools: Store, publish: Publish) -> None:
    before = utc_now()
    publish("enrolment", BOTH)
    assert of(schools, "enrolment", "信都区", IN_2020, before)[0].state == State.LATE
    assert of(schools, "enrolment", "信都区", IN_2020)[0].state == State.ARRIVED


def test_the_age_is_counted_in_days_from_the_newest_upload(schools: Store, publish: Publish) -> None:
    publish("enrolment", BOTH)
    newest = publish("enrolment", RETURNS + "2020,B,学前,91,3\n")
    now = datetime.now(UTC).astimezone().date()
    one = of(schools, "enrolment", "信都区", now + timedelta(days=12))[0]
    assert (one.age, [upload.upload_id for upload in one.uploads]) == (12, [newest, newest - 1])
    assert of(schools, "enrolment", "信都区", IN_2020)[0].age == 0


def test_an_answer_is_kept_until_the_store_or_the_day_is_another(schools: Store, publish: Publish) -> None:
    first = arrivals(schools, None, IN_2020)
    assert arrivals(schools, None, IN_2020) is first
    assert arrivals(schools, None, date(2020, 11, 11)) is not first
    publish("enrolment", BOTH)
    assert arrivals(schools, None, IN_2020) != first


# Warnings


def test_a_store_without_warnings_has_none(schools: Store, publish: Publish) -> None:
    publish("enrolment", BOTH)
    assert {upload.warnings for one in arrivals(schools, None, IN_2020) for upload in one.uploads} == {0}


@pytest.mark.parametrize(("kept", "count"), [('[{"row": 1}, {"row": 2}]', 2), ("[]", 0), (None, 0), ("broken", 0)])
def test_accepted_warnings_are_counted(schools: Store, publish: Publish, kept: str | None, count: int) -> None:
    number = publish("enrolment", BOTH)
    with schools.writing() as cursor:
        cursor.execute("alter table store.upload add column if not exists warnings varchar")
        cursor.execute("update store.upload set warnings = ? where upload_id = ?", [kept, number])
    schools.close()
    again = Store.open(schools.path)
    newest = of(again, "enrolment", "信都区", IN_2020)[0].newest
    again.close()
    assert newest is not None and newest.warnings == count


# What is missing


def test_what_is_missing_is_listed_the_longest_overdue_first(schools: Store, publish: Publish) -> None:
    publish("enrolment", RETURNS + "2020,A,学前,100,4\n2020,C,高中,900,20\n")
    found = [one for one in missing(schools, None, date(2021, 4, 2)) if one.dataset in EXPECTED]
    due = date(2020, 10, 31)
    assert found[:2] == [
        Missing("enrolment", "信都区", 2020, None, due, 153, (Institution("B", "示例乙幼儿园"),)),
        Missing("enrolment", "开发区", 2020, None, due, 153, ()),
    ]
    assert [(one.dataset, one.area, one.days_late) for one in found[2:]] == [
        ("population", area, 2) for area in ("信都区", "襄都区", "开发区")
    ]
    assert [one.state for one in found[:2]] == [State.INCOMPLETE, State.LATE]


def test_nothing_is_missing_before_its_day_is_over(schools: Store, publish: Publish) -> None:
    publish("enrolment", RETURNS + "2020,A,学前,100,4\n")
    assert not [one for one in missing(schools, None, date(2020, 10, 31)) if one.dataset in EXPECTED]


# Stores with little in them


def test_an_empty_store_owes_what_its_districts_owe(store: Store) -> None:
    one = of(store, "enrolment", "信都区", IN_2020)[0]
    assert (one.state, one.expected_rows, one.complete, one.missing) == (State.LATE, 0, None, ())
    assert [area.name for area in areas(store)] == ["主城区", "信都区", "襄都区", "开发区"]
    assert areas(store)[1].english == "Xindu District"


def test_a_day_before_any_data_has_the_whole_only(store: Store) -> None:
    moment = datetime(2001, 1, 1)
    assert areas(store, moment) == (arrival_rows.Area("主城区"),)
    found = arrivals(store, moment, date(2001, 1, 1))
    assert {one.state for one in found} == {State.OPEN}
    assert missing(store, moment, date(2001, 1, 1)) == ()
