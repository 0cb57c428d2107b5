"""Answers: what counts on which day, what is missing, what is kept, and where it comes from."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from data import intake, prepare
from data.problem import Refused
from data.store import Store, withdraw
from data.uploads import history
from queries import answers, ground
from queries import sources as sources_module
from queries.answers import Answer, Point, Published, Trajectory
from queries.catalogue import Baseline, Definition, Target, catalogue
from queries.progress import Status, Why
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


# Targets that change, ranges and trends


def target(**changes: object) -> Target:
    """Clause 27's target at every period, with some keys changed."""
    return catalogue()["inclusive_share"].targets[0].model_copy(update={"due": None, **changes})


RISING = {"comparison": "rising", "value": None}
FALLING = {"comparison": "falling", "value": None}


@pytest.fixture
def two_years(store: Store, register: Lines, returns: Lines, clock: list[datetime]) -> Store:
    """On 1 and 2 January 2100: 80 % in 2019 and 85 % in 2020 of the children are in the public kindergarten."""
    clock += [datetime(2100, 1, day, 12) for day in (1, 2)]
    register(KINDERGARTEN, PRIVATE)
    returns("2019,1,学前,800,25", "2019,2,学前,200,7", "2020,1,学前,850,25", "2020,2,学前,150,5")
    return store


def standing(store: Store, name: str, day: date, area: str = WHOLE) -> tuple[Status, int | None, Decimal | None]:
    one = answers.answer(store, name, day).area(area)
    return one.status, one.gap, one.target and one.target.value


def test_a_changed_target_leaves_earlier_verdicts_as_they_were(
    two_years: Store, define: Callable[..., Definition]
) -> None:
    later = target(value=Decimal("0.9"), in_force=date(2100, 1, 5))
    define("share", "inclusive_share", targets=(target(), later))
    before, after = (standing(two_years, "share", date(2100, 1, day)) for day in (4, 5))
    assert before == (Status.ACHIEVED, 0, Decimal("0.80"))
    assert after == (Status.RELAPSED, 50, Decimal("0.9")), "met while 80 % was asked for, short of the 90 % of now"
    assert standing(two_years, "share", date(2100, 1, 4)) == before, "also after the later one was asked for"


def test_figures_from_before_a_target_was_raised_keep_its_verdict(
    two_years: Store, define: Callable[..., Definition]
) -> None:
    """82 % is asked for from 2020 on: the 80 % of 2019 met the target of its time, the 85 % of 2020 the new one."""
    define("share", "inclusive_share", targets=(target(), target(value=Decimal("0.82"), in_force=date(2020, 1, 1))))
    define("always", "inclusive_share", targets=(target(value=Decimal("0.82")),))
    kept, always = (answers.answer(two_years, name).whole for name in ("share", "always"))
    assert (kept.status, kept.since) == (Status.ACHIEVED, date(2019, 9, 1))
    assert (always.status, always.since) == (Status.ACHIEVED, date(2020, 9, 1))


def test_a_target_that_is_not_in_force_yet_judges_nothing(two_years: Store, define: Callable[..., Definition]) -> None:
    define("share", "inclusive_share", targets=(target(in_force=date(2100, 1, 5)),))
    assert standing(two_years, "share", date(2100, 1, 4)) == (Status.NOT_JUDGED, None, None)
    assert standing(two_years, "share", date(2100, 1, 5))[0] is Status.ACHIEVED


def test_a_target_that_moves_from_the_districts_to_the_whole_leaves_the_districts_to_their_time(
    two_years: Store, define: Callable[..., Definition]
) -> None:
    define("share", "inclusive_share", targets=(target(), target(areas="whole", in_force=date(2100, 1, 5))))
    assert [standing(two_years, "share", date(2100, 1, day), XINDU)[0] for day in (4, 5)] == [
        Status.ACHIEVED, Status.NOT_JUDGED,
    ]  # fmt: skip


def test_more_than_the_top_of_a_range_is_no_fault_and_less_than_its_lower_end_is(
    two_years: Store, define: Callable[..., Definition]
) -> None:
    define("few", "kindergartens", gap_unit=catalogue()["inclusive_share"].gap_unit,
           targets=(target(value=Decimal(1), upper=Decimal(1)),))  # fmt: skip
    define("many", "kindergartens", gap_unit=catalogue()["inclusive_share"].gap_unit,
           targets=(target(value=Decimal(3), upper=Decimal(4)),))  # fmt: skip
    assert standing(two_years, "few", date(2100, 1, 3)) == (Status.ACHIEVED, 0, Decimal(1))
    assert standing(two_years, "many", date(2100, 1, 3)) == (Status.MISSED, 1, Decimal(3))


def test_the_lower_end_of_a_range_may_change_too(two_years: Store, define: Callable[..., Definition]) -> None:
    define("range", "kindergartens", gap_unit=catalogue()["inclusive_share"].gap_unit, targets=(
        target(value=Decimal(1), upper=Decimal(2)), target(value=Decimal(3), upper=Decimal(4), in_force=date(2100, 1, 5)),
    ))  # fmt: skip
    assert [standing(two_years, "range", date(2100, 1, day))[:2] for day in (4, 5)] == [
        (Status.ACHIEVED, 0), (Status.RELAPSED, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("trend", "status"), [(RISING, Status.ACHIEVED), (FALLING, Status.MISSED)], ids=["rising", "falling"]
)
def test_a_trend_compares_the_newest_figure_with_the_one_before(
    trend: dict[str, object], status: Status, two_years: Store, define: Callable[..., Definition]
) -> None:
    define("trend", "inclusive_share", targets=(target(**trend),))
    assert standing(two_years, "trend", date(2100, 1, 3)) == (status, None, None)
    assert standing(two_years, "trend", date(2100, 1, 1)) == (Status.NO_DATA, None, None)


def test_a_trend_that_gives_way_to_a_value_is_judged_by_each_in_its_time(
    two_years: Store, define: Callable[..., Definition]
) -> None:
    later = target(value=Decimal("0.9"), in_force=date(2100, 1, 5))
    define("trend", "inclusive_share", targets=(target(**RISING), later))
    assert standing(two_years, "trend", date(2100, 1, 4)) == (Status.ACHIEVED, None, None)
    assert standing(two_years, "trend", date(2100, 1, 5)) == (Status.MISSED, 50, Decimal("0.9"))


def test_one_figure_alone_shows_no_trend(
    store: Store, register: Lines, returns: Lines, define: Callable[..., Definition]
) -> None:
    define("trend", "inclusive_share", targets=(target(**RISING),))
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    assert standings(answers.answer(store, "trend"))[XINDU] is Status.NOT_JUDGED


def test_a_count_starts_from_the_baseline_of_its_target(
    store: Store, register: Lines, returns: Lines, define: Callable[..., Definition]
) -> None:
    """From none on 1 January 2020 to 4 by the end of 2021: 1 on 1 September 2020 is two thirds of the needed rate."""
    aim = target(value=Decimal(4), due=date(2021, 12, 31), baseline=Baseline(value=Decimal(0), day=date(2020, 1, 1)))
    define("built", "kindergartens", gap_unit=catalogue()["inclusive_share"].gap_unit, targets=(aim,))
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    found = answers.answer(store, "built", today=date(2020, 10, 1)).area(XINDU)
    assert (found.status, found.gap, found.pace) == (Status.NEEDS_ACCELERATION, 3, Fraction(1, 244) / Fraction(4, 730))


def test_a_past_due_date_keeps_a_verdict_of_its_own(two_years: Store, define: Callable[..., Definition]) -> None:
    """What counts now is the next date; the one before was met, or missed, as it was."""
    past, coming = date(2020, 12, 31), date(2101, 12, 31)
    define("dates", "inclusive_share", targets=(target(due=past), target(value=Decimal("0.9"), due=coming)))
    found, today = answers.answer(two_years, "dates", today=date(2100, 1, 3)), date(2100, 1, 3)
    assert (found.whole.target and found.whole.target.due) == coming
    assert answers.towards(found, past, today).status is Status.ACHIEVED
    alone = answers.towards(found, coming, today)
    assert (alone.status, alone.gap) == (found.whole.status, found.whole.gap)
    assert (alone.since, found.whole.since) == (date(2019, 9, 1), date(2020, 9, 1)), (
        "the 80 % of 2019 met its own target"
    )


def test_the_document_of_a_range_names_its_upper_end_and_of_a_trend_no_value(
    two_years: Store, define: Callable[..., Definition]
) -> None:
    define("range", "kindergartens", targets=(target(value=Decimal(1), upper=Decimal(2)),))
    define("trend", "inclusive_share", targets=(target(**RISING),))
    documents = [answers.as_document(answers.answer(two_years, name)) for name in ("range", "trend")]
    assert [one["target"] for one in documents] == [
        {"value": 1.0, "comparison": ">=", "due": None, "upper": 2.0},
        {"value": None, "comparison": "rising", "due": None},
    ]
    assert [(one["status"], one["gap"]) for one in documents] == [("achieved", 0), ("achieved", None)]


# Who looks, and what answers share


@pytest.mark.parametrize(
    ("setting", "internal"), [(None, False), ("", False), ("0", False), ("1", True), ("yes", False)]
)
def test_an_installation_says_whether_its_readers_may_see_internal_records(
    setting: str | None, internal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALITY_INTERNAL", raising=False)
    if setting is not None:
        monkeypatch.setenv("QUALITY_INTERNAL", setting)
    assert answers.viewer_from_environment() == answers.Viewer(internal=internal)


def test_the_overview_is_the_answers_of_every_indicator(samples: Store) -> None:
    found = answers.overview(samples)
    assert [one.definition.id for one in found] == list(answers.visible())
    assert all(one is answers.answer(samples, one.definition.id) for one in found)
    assert answers.overview(samples) is found


def test_the_overview_of_a_past_day_is_the_answers_of_that_day(
    store: Store, register: Lines, returns: Lines, clock: list[datetime]
) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3)]
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    then = {one.definition.id: one for one in answers.overview(store, date(2100, 1, 2))}
    assert then["pupils"] is answers.answer(store, "pupils", date(2100, 1, 2))
    assert (then["pupils"].whole.latest, then["pupils"].lacking) == (None, ("enrolment",))
    assert {one.definition.id: one for one in answers.overview(store)}["pupils"].lacking == ()


def test_what_answers_share_is_asked_for_once_a_state_of_the_data(
    store: Store, register: Lines, returns: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    original = ground._areas
    monkeypatch.setattr(ground, "_areas", lambda cursor: (asked.append("areas"), original(cursor))[1])
    answers.overview(store)
    assert asked == ["areas"]
    register(KINDERGARTEN)
    answers.overview(store)
    answers.answer(store, "pupils")
    assert asked == ["areas", "areas"]


def test_a_new_area_is_known_after_its_publish(store: Store, publish: Publish) -> None:
    assert "新城区" not in standings(answers.answer(store, "pupils"))
    publish("area", "area,level,parent,name_en\n新城区,zone,邢台市,New Zone\n")
    found = answers.answer(store, "pupils")
    assert found.area("新城区").status is Status.NO_DATA
    assert found.english["新城区"] == "New Zone"


def test_an_indicator_without_a_row_names_its_datasets(store: Store, register: Lines) -> None:
    assert answers.answer(store, "inclusive_share").lacking == ("enrolment", "institution")
    register(KINDERGARTEN)
    assert answers.answer(store, "inclusive_share").lacking == ("enrolment",)


# Where figures of terms, quarters, exam days and accumulating counts come from


@pytest.fixture
def trace(monkeypatch: pytest.MonkeyPatch, define: Callable[..., Definition]) -> Callable[..., list[tuple[str, int]]]:
    """The (dataset, rows used) of a figure of an indicator that reads some datasets period by period."""

    def of(store: Store, kind: str, period: int, *datasets: str, accumulates: bool = False) -> list[tuple[str, int]]:
        one = define("traced", "kindergartens", period=kind, datasets=datasets, rows={}, accumulates=accumulates)
        monkeypatch.setattr(sources_module, "catalogue", lambda: {"traced": one})
        return [(found.dataset, found.rows) for found in sources(store, "traced", period, WHOLE)]

    return of


AFTER_SCHOOL = """school_year,term,institution_id,offered,pupils,participants
2020,第一学期,3,是,100,80
2020,第二学期,3,是,100,90
"""
SUPERVISION = """year,term,area,kind,scheduled,held
2020,第三季度,主城区,督导,3,3
2020,第四季度,主城区,督导,3,2
2020,第四季度,信都区,督导,3,2
"""
HONOUR = """year,teacher_id,institution_id,honour,level,recognised_on
2020,T1,3,学科名师,市级,2020-12-10
2021,T2,3,学科名师,市级,2021-12-10
"""


def test_a_figure_of_a_term_comes_from_the_rows_of_that_term(
    store: Store, register: Lines, publish: Publish, trace: Callable[..., list[tuple[str, int]]]
) -> None:
    register(f"3,2015-09-01,示例小学,{XINDU},小学,教育部门办,,,是")
    publish("after_school", AFTER_SCHOOL)
    assert trace(store, "term", 20201, "after_school") == [("after_school", 1)]
    assert trace(store, "term", 20202, "after_school") == [("after_school", 1)]
    assert trace(store, "term", 20211, "after_school") == []
    assert trace(store, "school_year", 2020, "after_school") == [("after_school", 2)]


def test_a_figure_of_a_quarter_comes_from_the_rows_of_that_quarter_and_of_the_whole_where_it_has_its_own(
    store: Store, publish: Publish, trace: Callable[..., list[tuple[str, int]]]
) -> None:
    publish("supervision", SUPERVISION)
    assert trace(store, "quarter", 20203, "supervision") == [("supervision", 1)]
    assert trace(store, "quarter", 20204, "supervision") == [("supervision", 1)]
    assert trace(store, "quarter", 20214, "supervision") == []


def test_a_figure_of_an_exam_day_comes_from_that_exams_rows(
    school_store: Store, trace: Callable[..., list[tuple[str, int]]]
) -> None:
    assert trace(school_store, "day", 20211112, "exam") == [("exam", 2)]
    assert trace(school_store, "day", 20211113, "exam") == []


def test_a_count_that_accumulates_comes_from_the_earlier_rows_too(
    store: Store, register: Lines, publish: Publish, trace: Callable[..., list[tuple[str, int]]]
) -> None:
    register(f"3,2015-09-01,示例小学,{XINDU},小学,教育部门办,,,是")
    publish("honour", HONOUR)
    assert trace(store, "year", 2021, "honour") == [("honour", 1)]
    assert trace(store, "year", 2021, "honour", accumulates=True) == [("honour", 2)]
    assert trace(store, "year", 2019, "honour", accumulates=True) == []


# What is not judged, and why


def verdict(store: Store, name: str, today: date, area: str = XINDU) -> tuple[Status, Why | None, int | None]:
    one = answers.answer(store, name, today=today).area(area)
    return one.status, one.why, one.gap


SPECIAL = "school_year,area,children,special_schools,ordinary_classes,special_classes,home_taught\n"


def test_a_newest_figure_that_is_not_given_leaves_no_older_verdict_standing(store: Store, publish: Publish) -> None:
    """81 of 91 in 2021 is short by 6; 88 of 91 in 2022 would meet the target, but leaves three over."""
    publish("special_education", SPECIAL + f"2021,{ZONE},91,21,30,20,10\n")
    before = answers.answer(store, "special_education_enrolment", today=date(2022, 12, 1)).area(ZONE)
    assert (before.status, before.gap, before.since) == (Status.MISSED, 6, date(2021, 9, 1))
    publish("special_education", SPECIAL + f"2022,{ZONE},91,28,30,20,10\n")
    found = answers.answer(store, "special_education_enrolment", today=date(2022, 12, 1)).area(ZONE)
    assert (found.status, found.why, found.gap, found.since) == (Status.NOT_JUDGED, Why.WITHHELD, None, None)
    assert found.latest == found.points[-1] and found.latest.suppressed


@pytest.mark.parametrize(
    ("counts", "why"), [((30, 5, 25), Why.BEFORE_WITHHELD), ((30, 5), Why.WITHHELD), ((30, 25, 5), Why.WITHHELD)]
)
def test_a_trend_does_not_skip_a_figure_that_is_not_given(
    counts: tuple[int, ...], why: Why, store: Store, register: Lines, returns: Lines, define: Callable[..., Definition]
) -> None:
    define("trend", "pupils", targets=(target(**RISING),))
    register(KINDERGARTEN)
    returns(*(f"{2019 + number},1,学前,{count},4" for number, count in enumerate(counts)))
    assert verdict(store, "trend", date(2022, 1, 1)) == (Status.NOT_JUDGED, why, None)


RECRUITED = "year,teacher_id,institution_id,post,origin\n"


def recruits(*counts: int) -> str:
    """So many teachers a year, from 2019 on."""
    rows = [f"{2019 + year},T{year}-{one},1,教师,外省" for year, count in enumerate(counts) for one in range(count)]
    return RECRUITED + "\n".join(rows) + "\n"


def test_a_year_that_is_not_over_is_not_compared_with_whole_ones(
    store: Store, publish: Publish, register: Lines
) -> None:
    """14, 23 and 17 teachers came in whole years, 2 so far; it rises or falls as the whole years do."""
    register(f"1,2015-09-01,示例高中,{XINDU},高中,教育部门办,,,是")
    publish("recruitment", recruits(14, 17, 23, 2))
    july, after = (
        answers.answer(store, "recruited_leaders", today=day).whole for day in (date(2022, 7, 8), date(2022, 12, 31))
    )
    assert (july.status, july.latest and july.latest.period, july.so_far and july.so_far.value) == (
        Status.ACHIEVED, 2021, 2,
    )  # fmt: skip
    assert (after.status, after.latest and after.latest.period, after.so_far) == (Status.RELAPSED, 2022, None)
    assert july.points == after.points, "what is running is shown all the same"


def test_a_period_that_is_not_over_alone_is_not_judged(store: Store, publish: Publish, register: Lines) -> None:
    register(f"1,2015-09-01,示例高中,{XINDU},高中,教育部门办,,,是")
    publish("recruitment", recruits(14))
    found = answers.answer(store, "recruited_leaders", today=date(2019, 7, 8))
    whole = found.whole
    assert (whole.status, whole.why, whole.latest) == (Status.NOT_JUDGED, Why.RUNNING, whole.points[0])
    assert found.running == {2019}


def test_a_state_in_a_year_that_is_not_over_is_judged_as_it_stands(
    store: Store, register: Lines, returns: Lines, define: Callable[..., Definition]
) -> None:
    define("state", "inclusive_share", period="year", targets=(target(),))
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    assert verdict(store, "state", date(2020, 10, 1)) == (Status.ACHIEVED, None, 0)


@pytest.mark.parametrize("met", [True, False])
def test_after_the_due_date_the_return_of_that_date_decides_and_no_earlier_one(
    met: bool, store: Store, register: Lines, returns: Lines
) -> None:
    register(KINDERGARTEN, PRIVATE)
    public, private = (900, 100) if met else (500, 500)
    returns(f"2019,1,学前,{public},25", f"2019,2,学前,{private},25")
    late = date(2021, 1, 15)
    assert verdict(store, "inclusive_share", late) == (Status.NOT_JUDGED, Why.OWED, None)
    returns(f"2020,1,学前,{public},25", f"2020,2,学前,{private},25")
    assert verdict(store, "inclusive_share", late)[:2] == (Status.ACHIEVED if met else Status.MISSED, None)


def test_a_later_return_decides_too(store: Store, register: Lines, returns: Lines) -> None:
    register(KINDERGARTEN, PRIVATE)
    returns("2019,1,学前,900,25", "2019,2,学前,100,5", "2021,1,学前,500,25", "2021,2,学前,500,25")
    assert verdict(store, "inclusive_share", date(2021, 12, 1))[:2] == (Status.RELAPSED, None)


def test_on_the_due_date_the_return_may_still_come(store: Store, register: Lines, returns: Lines) -> None:
    register(KINDERGARTEN)
    returns("2019,1,学前,900,25")
    assert verdict(store, "inclusive_share", date(2020, 12, 31))[:2] == (Status.ACHIEVED, None)


def test_a_due_date_within_a_year_is_decided_by_that_years_figure_as_it_stands(
    store: Store, register: Lines, returns: Lines, define: Callable[..., Definition]
) -> None:
    define("autumn", "inclusive_share", period="year", targets=(target(due=date(2020, 9, 30)),))
    register(PRIVATE)
    returns("2020,2,学前,300,10")
    assert verdict(store, "autumn", date(2020, 10, 15))[:2] == (Status.MISSED, None)


def test_a_side_that_is_missing_is_no_denominator_of_0(store: Store, register: Lines, returns: Lines) -> None:
    register(KINDERGARTEN)
    returns("2020,1,学前,300,10")
    assert verdict(store, "gross_enrolment", date(2021, 1, 1)) == (Status.NO_DATA, None, None)
    returns("2020,1,学前,0,0")
    assert verdict(store, "inclusive_share", date(2021, 1, 1)) == (Status.NOT_JUDGED, Why.NOTHING_COUNTED, None)


def test_where_the_figure_of_the_whole_is_owed_those_of_districts_do_not_excuse_it(
    store: Store, publish: Publish
) -> None:
    publish("special_education", SPECIAL + f"2021,{XIANGDU},300,100,150,5,20\n")
    publish("appraisal", f"year,area,body,item,weight,full_score,score\n2022,{XIANGDU},区级政府,建设,20,100,90\n")
    owed, by_district = (
        answers.answer(store, name) for name in ("special_education_enrolment", "district_government_score")
    )
    assert (owed.whole.status, owed.by_district) == (Status.NO_DATA, False)
    assert (by_district.whole.status, by_district.by_district) == (Status.NOT_JUDGED, True)


@pytest.mark.parametrize(
    ("years", "status", "why"),
    [
        ((2019, 2021), Status.NOT_JUDGED, Why.GAP),
        ((2019, 2020), Status.ACHIEVED, None),
        ((2017, 2019, 2020), Status.ACHIEVED, None),
    ],
)
def test_a_missing_year_is_no_rise_at_every_year(
    years: tuple[int, ...], status: Status, why: Why | None,
    store: Store, register: Lines, returns: Lines, define: Callable[..., Definition],
) -> None:  # fmt: skip
    define("trend", "pupils", targets=(target(**RISING),))
    register(KINDERGARTEN)
    returns(*(f"{year},1,学前,{year},4" for year in years))
    assert verdict(store, "trend", date(2022, 1, 1)) == (status, why, None)


def test_terms_follow_each_other_over_the_turn_of_the_year(store: Store, publish: Publish, register: Lines) -> None:
    register(f"3,2015-09-01,示例小学,{XINDU},小学,教育部门办,,,是")
    header = "school_year,term,institution_id,offered,pupils,participants\n"
    publish("after_school", header + "2020,第二学期,3,是,100,50\n2021,第一学期,3,是,100,60\n")
    assert verdict(store, "after_school_pupils", date(2022, 3, 1))[:2] == (Status.ACHIEVED, None)
    publish("after_school", header + "2022,第一学期,3,是,100,70\n")
    assert verdict(store, "after_school_pupils", date(2023, 3, 1))[:2] == (Status.NOT_JUDGED, Why.GAP)


def test_of_periods_that_are_not_over_the_first_one_is_running() -> None:
    """Where earlier days are looked at with later figures in the store."""
    points = [Point(year, WHOLE, None, year, None, Fraction(year)) for year in range(2019, 2023)]
    found = answers.trajectory(catalogue()["competition_awards"], WHOLE, points, date(2020, 7, 8))
    assert (found.latest, found.so_far, found.running) == (points[0], points[1], tuple(points[1:]))
