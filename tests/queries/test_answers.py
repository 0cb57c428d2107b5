"""Answers: what counts on which day, what is missing, what is kept, and where it comes from."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from data import intake, prepare
from data.problem import Refused
from data.store import Store, withdraw
from data.uploads import history
from queries import answers
from queries.answers import Answer, Point, Published, Trajectory
from queries.catalogue import Definition, catalogue
from queries.progress import Status
from queries.sources import Source, sources

Lines = Callable[..., int]
Publish = Callable[[str, str], int]

WHOLE, XINDU, XIANGDU, ZONE = "主城区", "信都区", "襄都区", "开发区"
KINDERGARTEN = f"1,2015-09-01,示例公办园,{XINDU},幼儿园,集体办,,,是"
PRIVATE = f"2,2015-09-01,示例民办园,{XINDU},幼儿园,非普惠民办,,,是"
POPULATION = "year,area,age,persons\n"


def series(found: Answer, area: str) -> dict[int, Fraction | None]:
    return {point.period: point.value for point in found.area(area).points}


def standings(found: Answer) -> dict[str, Status]:
    return {one.area: one.status for one in found.areas}


# What is kept and for how long


def test_an_unchanged_store_is_never_asked_twice(store: Store) -> None:
    assert answers.answer(store, "pupils") is answers.answer(store, "pupils")
    day = date(2020, 12, 31)
    assert answers.answer(store, "pupils", day) is answers.answer(store, "pupils", day)


def test_a_publish_and_a_withdrawal_each_make_a_new_answer(store: Store, register: Lines, returns: Lines) -> None:
    register(KINDERGARTEN)
    before = answers.answer(store, "pupils")
    upload = returns("2020,1,学前,300,10")
    published = answers.answer(store, "pupils")
    withdraw(store, upload, "test")
    withdrawn = answers.answer(store, "pupils")
    assert [series(found, XINDU) for found in (before, published, withdrawn)] == [{}, {2020: Fraction(300)}, {}]
    assert before.data_version < published.data_version < withdrawn.data_version
    assert answers.answer(store, "pupils") is withdrawn


def test_a_file_that_is_not_published_makes_no_new_answer(store: Store) -> None:
    before = answers.answer(store, "pupils")
    intake.check(store, (POPULATION + "2020,信都区,3,5120\n").encode(), "f.csv")
    intake.publish(store, (POPULATION + "2020,信都区,3,-5\n").encode(), "f.csv", by="test")
    assert answers.answer(store, "pupils") is before


def test_two_stores_have_answers_of_their_own(store: Store, samples: Store) -> None:
    assert answers.answer(store, "pupils").whole.latest is None
    assert answers.answer(samples, "pupils").whole.latest is not None


def test_the_day_decides_whether_a_target_is_due(store: Store, register: Lines, returns: Lines) -> None:
    """A kept answer of one day is not given on another."""
    register(KINDERGARTEN, PRIVATE)
    returns("2019,1,学前,100,4", "2019,2,学前,100,4", "2020,1,学前,110,4", "2020,2,学前,100,4")
    last_day, too_late = date(2020, 12, 31), date(2021, 1, 1)
    assert answers.answer(store, "inclusive_share", today=last_day).whole.status is Status.LIMITED
    assert answers.answer(store, "inclusive_share", today=too_late).whole.status is Status.MISSED


# As of a moment


def test_a_day_in_the_past_knows_what_was_published_and_not_yet_withdrawn(
    store: Store, register: Lines, returns: Lines, clock: list[datetime]
) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3, 5, 7)]
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    corrected = returns("2020,1,学前,280,10", "2021,1,学前,290,10")
    withdraw(store, corrected, "test")
    first, second = {2020: Fraction(300)}, {2020: Fraction(280), 2021: Fraction(290)}
    expected = {2: {}, 3: first, 4: first, 5: second, 6: second, 7: first, 8: first}
    found = {day: series(answers.answer(store, "pupils", date(2100, 1, day)), XINDU) for day in expected}
    assert found == expected
    assert series(answers.answer(store, "pupils"), XINDU) == first


def test_a_day_in_the_past_has_the_version_of_then(
    store: Store, register: Lines, returns: Lines, clock: list[datetime]
) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3)]
    register(KINDERGARTEN)
    before = store.version
    returns("2020,1,学前,300,10")
    assert answers.answer(store, "pupils", date(2100, 1, 2)).data_version == before
    assert answers.answer(store, "pupils", date(2100, 1, 4)).data_version == store.version == before + 1


def test_a_later_publish_leaves_the_answer_of_a_past_day_alone(
    store: Store, register: Lines, returns: Lines, clock: list[datetime]
) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3)]
    register(KINDERGARTEN)
    then = answers.answer(store, "pupils", date(2100, 1, 2))
    returns("2020,1,学前,300,10")
    assert answers.answer(store, "pupils", date(2100, 1, 2)) is then


def test_a_target_is_judged_as_of_the_day_that_is_asked_for(samples: Store) -> None:
    """Long before the upload nothing is known, whatever today is."""
    found = answers.answer(samples, "inclusive_share", date(2020, 12, 31))
    assert (found.whole.points, found.whole.status) == ((), Status.NO_DATA)


@pytest.mark.parametrize("day", [date.min, date(1, 1, 2), date(1900, 1, 1), date(9999, 12, 30), date.max])
def test_every_day_of_the_calendar_has_an_answer(day: date, store: Store) -> None:
    assert answers.answer(store, "pupils", day).whole.status is Status.NO_DATA


# What is missing


def test_an_area_without_figures_is_no_data_and_the_others_are_there(
    store: Store, register: Lines, returns: Lines
) -> None:
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    found = answers.answer(store, "inclusive_share", today=date(2021, 1, 1))
    assert standings(found) == {
        WHOLE: Status.ACHIEVED, XINDU: Status.ACHIEVED, XIANGDU: Status.NO_DATA, ZONE: Status.NO_DATA,
    }  # fmt: skip
    assert (found.area(ZONE).points, found.area(ZONE).latest, found.area(ZONE).gap) == ((), None, None)


def test_a_store_without_figures_answers_every_indicator(store: Store) -> None:
    for found in answers.overview(store):
        assert set(standings(found).values()) == {Status.NO_DATA}
        assert (found.parts, found.sample, found.updated_at) == ((), False, None)


def test_without_one_of_the_three_ages_there_is_no_gross_enrolment(
    publish: Publish, store: Store, register: Lines, returns: Lines
) -> None:
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10", "2021,1,学前,300,10")
    years = [(2020, (3, 4, 5)), (2021, (3, 5, 6))]
    publish("population", POPULATION + "".join(f"{year},{XINDU},{age},100\n" for year, ages in years for age in ages))
    found = answers.answer(store, "gross_enrolment")
    assert found.area(XINDU).points == (
        Point(2020, XINDU, None, 300, 300, Fraction(1)),
        Point(2021, XINDU, None, 300, None, None),
    )
    assert found.area(XINDU).latest == found.area(XINDU).points[0]
    assert series(found, WHOLE) == {2020: None, 2021: None}


def test_an_age_of_nobody_is_an_age_that_is_known(
    publish: Publish, store: Store, register: Lines, returns: Lines
) -> None:
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    publish("population", POPULATION + f"2020,{XINDU},3,0\n2020,{XINDU},4,250\n2020,{XINDU},5,250\n")
    assert series(answers.answer(store, "gross_enrolment"), XINDU) == {2020: Fraction(300, 500)}


def test_gross_enrolment_may_exceed_100_percent(
    publish: Publish, store: Store, register: Lines, returns: Lines
) -> None:
    register(KINDERGARTEN)
    returns("2020,1,学前,1035,30")
    publish(
        "population",
        POPULATION + "".join(f"2020,{XINDU},{age},{persons}\n" for age, persons in ((3, 300), (4, 300), (5, 400))),
    )
    found = answers.answer(store, "gross_enrolment").area(XINDU)
    assert found.latest == Point(2020, XINDU, None, 1035, 1000, Fraction(1035, 1000))
    assert (found.status, found.gap) == (Status.ACHIEVED, 0)


def test_children_of_nobody_are_not_judged_and_not_0(store: Store, register: Lines, returns: Lines) -> None:
    register(KINDERGARTEN)
    returns("2020,1,学前,0,0")
    found = answers.answer(store, "inclusive_share", today=date(2021, 1, 1)).area(XINDU)
    assert (found.points[0].value, found.status, found.gap) == (None, Status.NOT_JUDGED, None)


def test_a_return_without_its_number_of_classes_counts_on_neither_side(
    store: Store, register: Lines, returns: Lines
) -> None:
    register(f"1,2015-09-01,示例小学,{XINDU},小学,集体办,,,否", f"2,2015-09-01,示例二小,{XINDU},小学,集体办,,,否")
    returns("2020,1,小学,900,20", "2020,2,小学,500,")
    assert series(answers.answer(store, "mean_class_size"), XINDU) == {2020: Fraction(45)}


# What counts as what


@pytest.mark.parametrize(
    ("begins", "ends", "inclusive"),
    [
        ("", "", True),
        ("2020-09-01", "2020-09-01", True),
        ("2020-09-02", "", False),
        ("2019-01-01", "2020-08-31", False),
        ("2019-01-01", "2021-08-31", True),
        ("", "2020-08-31", False),
    ],
)
def test_a_private_kindergarten_is_inclusive_while_it_is_recognised_on_1_september(
    begins: str, ends: str, inclusive: bool, store: Store, register: Lines, returns: Lines
) -> None:
    register(f"1,2015-09-01,示例园,{XINDU},幼儿园,普惠性民办,{begins},{ends},是")
    returns("2020,1,学前,100,4")
    assert series(answers.answer(store, "inclusive_share"), XINDU) == {2020: Fraction(int(inclusive))}
    assert series(answers.answer(store, "public_share"), XINDU) == {2020: Fraction(0)}


def test_a_recognition_that_lapses_ends_the_inclusive_years_only(store: Store, register: Lines, returns: Lines) -> None:
    register(f"1,2015-09-01,示例园,{XINDU},幼儿园,普惠性民办,2018-01-01,2020-06-30,是")
    returns("2017,1,学前,100,4", "2018,1,学前,100,4", "2019,1,学前,100,4", "2020,1,学前,100,4")
    found = answers.answer(store, "inclusive_share", today=date(2021, 1, 1))
    assert series(found, XINDU) == {2017: 0, 2018: 1, 2019: 1, 2020: 0}
    assert found.area(XINDU).status is Status.RELAPSED


@pytest.mark.parametrize("body", ["教育部门办", "其他部门办", "地方企业办", "事业单位办", "部队办", "集体办"])
def test_bodies_of_a_public_nature_are_public(body: str, store: Store, register: Lines, returns: Lines) -> None:
    register(f"1,2015-09-01,示例园,{XINDU},幼儿园,{body},,,是")
    returns("2020,1,学前,100,4")
    assert series(answers.answer(store, "public_share"), XINDU) == {2020: Fraction(1)}


def test_a_change_in_the_register_leaves_earlier_years_as_they_were(
    store: Store, register: Lines, returns: Lines
) -> None:
    register(
        f"1,2015-09-01,示例园,{XINDU},幼儿园,非普惠民办,,,是",
        f"1,2020-09-01,示例园,{XIANGDU},幼儿园,集体办,,,否",
    )
    returns("2019,1,学前,100,4", "2020,1,学前,120,4")
    found = answers.answer(store, "public_share")
    assert {area: series(found, area) for area in (WHOLE, XINDU, XIANGDU)} == {
        WHOLE: {2019: 0}, XINDU: {2019: 0}, XIANGDU: {2020: 1},
    }  # fmt: skip


def test_a_return_from_before_the_first_entry_of_the_register_counts(
    store: Store, register: Lines, returns: Lines
) -> None:
    register(f"1,2021-03-01,示例园,{XINDU},幼儿园,集体办,,,是")
    returns("2018,1,学前,80,3", "2020,1,学前,100,4")
    assert series(answers.answer(store, "pupils"), XINDU) == {2018: 80, 2020: 100}


def test_a_preschool_class_of_a_school_counts_its_children_but_is_no_kindergarten(
    store: Store, register: Lines, returns: Lines
) -> None:
    register(PRIVATE, f"3,2015-09-01,示例小学,{XINDU},小学,教育部门办,,,是")
    returns("2020,2,学前,100,4", "2020,3,学前,50,2", "2020,3,小学,900,20")
    assert answers.answer(store, "public_share").area(XINDU).latest == Point(2020, XINDU, None, 50, 150, Fraction(1, 3))
    assert series(answers.answer(store, "kindergartens"), XINDU) == {2020: 1}


def test_the_areas_are_the_whole_and_the_districts_of_today(store: Store, publish: Publish) -> None:
    """Neither the nation, province and city, nor districts of the past, nor those of another city."""
    publish(
        "area",
        "area,level,parent,effective_to\n另一市,city,河北省,\n外市区,district,另一市,\n旧城区,district,邢台市,2016-01-01\n新城区,zone,邢台市,\n",
    )
    found = answers.answer(store, "pupils")
    assert found.whole.area == WHOLE
    assert sorted(one.area for one in found.areas[1:]) == sorted([XINDU, XIANGDU, ZONE, "新城区"])


@pytest.mark.parametrize("name", ["新主城", "一主城"])
def test_a_second_whole_in_the_area_table_takes_nothing_from_the_plans_whole(
    name: str, store: Store, publish: Publish, register: Lines, returns: Lines
) -> None:
    publish("area", f"area,level,parent\n{name},plan_area,邢台市\n")
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    assert series(answers.answer(store, "pupils"), WHOLE) == {2020: 300}


def test_a_target_for_the_whole_judges_no_district(
    store: Store, register: Lines, returns: Lines, define: Callable[..., Definition]
) -> None:
    target = catalogue()["inclusive_share"].targets[0].model_copy(update={"areas": "whole"})
    define("whole_only", "inclusive_share", targets=(target,))
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    found = answers.answer(store, "whole_only", today=date(2021, 1, 1))
    assert (found.whole.status, found.whole.target) == (Status.ACHIEVED, target)
    assert (found.area(XINDU).status, found.area(XINDU).target, found.area(XINDU).gap) == (
        Status.NOT_JUDGED,
        None,
        None,
    )


@pytest.mark.parametrize(("counting", "status", "gap"), [(7996, Status.ACHIEVED, 0), (7995, Status.MISSED, 1)])
def test_the_verdict_is_on_exact_numbers(
    counting: int, status: Status, gap: int, store: Store, register: Lines, returns: Lines
) -> None:
    register(KINDERGARTEN, PRIVATE)
    returns(f"2020,1,学前,{counting},300", f"2020,2,学前,{9995 - counting},70")
    found = answers.answer(store, "inclusive_share", today=date(2021, 1, 1)).area(XINDU)
    assert (found.status, found.gap, found.since) == (status, gap, date(2020, 9, 1))


# Ordering by gaps


def test_a_relative_gap_is_a_share_of_the_target() -> None:
    one = catalogue()["inclusive_share"]
    point = Point(2020, XINDU, None, 7_800, 10_000, Fraction(78, 100))
    short = Trajectory(XINDU, (point,), Status.MISSED, one.targets[0], 200, None, None)
    assert answers.relative_gap(short) == Fraction(2, 80)


@pytest.mark.parametrize("change", ["gap", "target", "points"])
def test_without_a_gap_a_target_or_a_figure_the_relative_gap_is_0(change: str) -> None:
    one = catalogue()["inclusive_share"]
    point = Point(2020, XINDU, None, 7_800, 10_000, Fraction(78, 100))
    given = {"points": (point,), "target": one.targets[0], "gap": 200, change: () if change == "points" else None}
    found = Trajectory(area=XINDU, status=Status.MISSED, since=None, pace=None, **given)
    assert answers.relative_gap(found) == 0


def test_a_met_target_has_no_relative_gap(samples: Store) -> None:
    for found in answers.overview(samples):
        for one in found.areas:
            assert (answers.relative_gap(one) == 0) is (not one.gap)


# What is refused


def test_an_unknown_indicator_is_refused_with_those_there_are(store: Store) -> None:
    with pytest.raises(Refused) as refused:
        answers.answer(store, "no_such")
    assert "no_such" in str(refused.value)
    assert ", ".join(answers.visible()) in str(refused.value)


def test_an_unknown_area_is_refused_with_those_there_are(store: Store) -> None:
    found = answers.answer(store, "pupils")
    for ask in (lambda: found.area("桥西区"), lambda: answers.as_document(found, "桥西区")):
        with pytest.raises(Refused) as refused:
            ask()
        assert "桥西区" in str(refused.value)
        assert "主城区, 信都区, 襄都区, 开发区" in str(refused.value)


@pytest.mark.parametrize("column", ["period", "area", "numerator"])
def test_sql_without_a_needed_column_is_refused_by_name(
    column: str, store: Store, define: Callable[..., Definition]
) -> None:
    columns = {"period": "2020 as period", "area": "'信都区' as area", "numerator": "10 as numerator"}
    define("broken", "pupils", sql="select " + ", ".join(sql for name, sql in columns.items() if name != column))
    with pytest.raises(Refused, match=rf"broken.*{column}"):
        answers.answer(store, "broken")


# Sample data and their replacement


def test_sample_data_are_marked_until_they_are_cleared(sample_store: Store) -> None:
    assert answers.any_sample(sample_store)
    assert all(found.sample for found in answers.overview(sample_store))
    prepare.clear_samples(sample_store, "test")
    assert not answers.any_sample(sample_store)
    assert not any(found.sample for found in answers.overview(sample_store))
    assert {one.status for found in answers.overview(sample_store) for one in found.areas} == {Status.NO_DATA}


def test_an_answer_is_marked_by_the_datasets_it_is_computed_from(store: Store, register: Lines, returns: Lines) -> None:
    invented = POPULATION + "".join(f"2020,{XINDU},{age},100\n" for age in (3, 4, 5))
    intake.publish(store, invented.encode(), "population.csv", by="system", sample=True)
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    assert answers.answer(store, "gross_enrolment").sample
    assert not answers.answer(store, "inclusive_share").sample


def test_the_mark_goes_when_real_rows_have_replaced_every_invented_one(
    store: Store, publish: Publish, register: Lines, returns: Lines
) -> None:
    invented = POPULATION + f"2020,{XINDU},3,100\n2020,{XINDU},4,100\n"
    intake.publish(store, invented.encode(), "population.csv", by="system", sample=True)
    publish("population", POPULATION + f"2020,{XINDU},3,110\n")
    assert answers.answer(store, "gross_enrolment").sample
    publish("population", POPULATION + f"2020,{XINDU},4,110\n")
    assert not answers.answer(store, "gross_enrolment").sample


def test_the_age_of_the_data_is_that_of_the_newest_rows(
    store: Store, register: Lines, returns: Lines, clock: list[datetime]
) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3, 5)]
    register(KINDERGARTEN)
    upload = returns("2020,1,学前,300,10")
    assert answers.answer(store, "pupils").updated_at == datetime(2100, 1, 3, 12, tzinfo=UTC)
    withdraw(store, upload, "test")
    assert answers.answer(store, "pupils").updated_at == datetime(2100, 1, 1, 12, tzinfo=UTC)


# Published figures


@pytest.mark.parametrize("name", ["inclusive_share", "gross_enrolment"])
def test_published_figures_are_those_of_the_reference_file(name: str, store: Store) -> None:
    with (prepare.REFERENCE_FOLDER / "preschool_published.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[f"{name}_pct"]]
    expected = {
        Published(row["area"], int(row["year"]), Fraction(row[f"{name}_pct"]) / 100, row["source"]) for row in rows
    }
    found = answers.answer(store, name).published
    assert set(found) == expected
    assert len(found) == len(rows)
    assert list(found) == sorted(found, key=lambda one: (one.area, one.period))


def test_the_published_share_of_the_nation_in_2020_is_exact(store: Store) -> None:
    [found] = [
        one for one in answers.answer(store, "inclusive_share").published if (one.area, one.period) == ("全国", 2020)
    ]
    assert (found.value, found.source) == (Fraction(8474, 10_000), "教育部全国教育事业发展统计公报 2020")


def test_without_a_published_measure_there_are_no_published_figures(store: Store) -> None:
    assert answers.answer(store, "public_share").published == ()


def test_a_corrected_published_figure_is_drawn(store: Store, publish: Publish) -> None:
    publish("preschool_published", "area,year,inclusive_share_pct,source\n全国,2020,84.8,更正\n")
    found = {
        one.period: (one.value, one.source)
        for one in answers.answer(store, "inclusive_share").published
        if one.area == "全国"
    }
    assert found[2020] == (Fraction(848, 1000), "更正")


# Where a figure comes from


def test_sources_name_file_uploader_and_lines(store: Store, register: Lines, clock: list[datetime]) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3, 5)]
    register(KINDERGARTEN, f"9,2015-09-01,示例外园,{ZONE},幼儿园,集体办,,,是")
    header = "school_year,institution_id,stage,pupils\n"
    rows = header + "2019,1,学前,90\n2020,9,学前,70\n2020,1,学前,100\n"
    intake.publish(store, rows.encode(), "报表.csv", by="李四")
    intake.publish(store, (header + "2020,9,学前,75\n").encode(), "更正.csv", by="王五")
    newest = {upload.file_name: upload.upload_id for upload in history(store)}
    third, fifth = (datetime(2100, 1, day, 12, tzinfo=UTC) for day in (3, 5))
    register_of_zone = Source(
        "institution",
        newest["institution.csv"],
        "institution.csv",
        "test",
        datetime(2100, 1, 1, 12, tzinfo=UTC),
        1,
        (3, 3),
        False,
    )
    corrected = Source("enrolment", newest["更正.csv"], "更正.csv", "王五", fifth, 1, (2, 2), False)
    first = Source("enrolment", newest["报表.csv"], "报表.csv", "李四", third, 1, (4, 4), False)
    assert sources(store, "inclusive_share", 2020, ZONE) == (corrected, register_of_zone)
    whole = sources(store, "inclusive_share", 2020, WHOLE)
    assert whole[:2] == (corrected, first)
    assert (whole[2].rows, whole[2].lines) == (2, (2, 3))


def test_sources_of_the_sample_data_say_so_and_count_their_rows(samples: Store) -> None:
    found = sources(samples, "gross_enrolment", 2020, XINDU)
    assert [(one.dataset, one.sample, one.uploader) for one in found] == [
        (dataset, True, "system") for dataset in catalogue()["gross_enrolment"].datasets
    ]
    assert found[2].rows == 3


def test_sources_of_a_past_day_know_nothing_of_later_uploads(
    store: Store, register: Lines, returns: Lines, clock: list[datetime]
) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3, 5)]
    register(KINDERGARTEN)
    first, second = returns("2020,1,学前,100,4"), returns("2020,1,学前,110,4")
    then, now = (sources(store, "pupils", 2020, XINDU, day) for day in (date(2100, 1, 4), date(2100, 1, 6)))
    assert (then[0].upload_id, now[0].upload_id) == (first, second)


def test_a_figure_does_not_come_from_rows_that_its_sql_leaves_out(
    store: Store, register: Lines, returns: Lines
) -> None:
    """A file with primary schools only is no source of the share of children in kindergartens."""
    register(KINDERGARTEN, f"2,2015-09-01,示例小学,{XINDU},小学,集体办,,,是")
    kindergartens, schools = returns("2020,1,学前,100,4"), returns("2020,2,小学,900,20")
    enrolment = [one.upload_id for one in sources(store, "inclusive_share", 2020, XINDU) if one.dataset == "enrolment"]
    assert schools not in enrolment
    assert enrolment == [kindergartens]
