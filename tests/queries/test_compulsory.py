"""Clauses 22 to 24: shared resources, verdicts, spread between schools, class sizes, after-school service, few persons."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import isclose
from pathlib import Path
from statistics import fmean, pstdev

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.problem import BrokenConfiguration
from data.store import Store
from queries import answers, compulsory, opened, standards
from queries.answers import Point
from queries.catalogue import VIEWS, catalogue
from queries.progress import Status

WHOLE, XINDU, XIANGDU = "主城区", "信都区", "襄都区"
HEADER = (
    "school_year,institution_id,stage,pupils,highly_qualified_teachers,backbone_teachers,sport_art_teachers,"
    "teaching_area,sports_area,equipment_value,multimedia_rooms"
)
# What 1,000 pupils need in each measure.
ENOUGH = {"小学": (42, 10, 9, 4500, 7500, 2_000_000, 23), "初中": (53, 10, 9, 5800, 10200, 2_500_000, 24)}
OWN = [name for name, one in catalogue().items() if one.clause in (22, 23, 24) and name != "mean_class_size"]
OWN = [name for name in OWN if "monitoring_report" not in catalogue()[name].datasets]

Publish = Callable[[str, str], int]
Register = Callable[..., int]
# Pupils and amount of a school → mean and deviation.
Spread = Callable[[list[tuple[int, Decimal]]], tuple[float, float]]


def school(number: int, kind: str = "小学", area: str = XINDU, flag: str = "是") -> str:
    return f"{number},2015-09-01,示例{number}校,{area},{kind},教育部门办,,,{flag}"


def resources(*rows: tuple[object, ...]) -> str:
    """A file of resources; rows are year, school, stage, pupils and the seven components."""
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join([HEADER, *lines]) + "\n"


def levels(store: Store, area: str = XINDU, stage: str = "小学") -> dict[str, dict[str, Fraction | None]]:
    """School → measure → what a pupil has, per the measure's number of pupils."""
    found = compulsory.schools(store, area, stage)
    return {one.institution_id: {measured.code: measured.value for measured in one.measures} for one in found}


def newest(store: Store, name: str, area: str, part: str | None = None) -> Point:
    found = answers.answer(store, name)
    points = found.area(area).points if part is None else [one for one in found.parts if one.area == area]
    return [one for one in points if one.part == part][-1]


# Spread: the example of domain section 1.2

PUPILS, BOOKS = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)


def test_the_worked_example_of_the_weighted_spread(store: Store, register: Register, publish: Publish) -> None:
    """All other measures are alike, so the books decide; unweighted the verdict at 0.50 would be another."""
    register(*(school(number) for number in range(1, 6)))
    alike = [
        (2021, n + 1, "小学", p, p, p, p, p, p, books, p)
        for n, (p, books) in enumerate(zip(PUPILS, BOOKS, strict=True))
    ]
    publish("school_resource", resources(*alike))
    one = newest(store, "balance_cv_primary", XINDU)
    assert one.numerator is not None and one.denominator is not None and one.value is not None
    assert [f"{float(side):.4f}" for side in (one.denominator, one.numerator, one.value)] == [
        "6.3344",
        "3.2639",
        "0.5153",
    ]
    found = answers.answer(store, "balance_cv_primary").area(XINDU)
    assert (found.status, found.gap) == (Status.MISSED, Fraction(16, 1000))
    ratios = [books / pupils for books, pupils in zip(BOOKS, PUPILS, strict=True)]
    assert f"{pstdev(ratios) / fmean(ratios):.4f}" == "0.4888"
    assert newest(store, "balance_cv_primary", XINDU, "l6").value == one.value
    assert newest(store, "balance_cv_primary", XINDU, "l5").value == 0


@pytest.fixture(scope="module")
def spread() -> Iterator[Spread]:
    """The mean and the deviation that the staging view finds for schools of (pupils, amount)."""
    connection = duckdb.connect(":memory:")
    connection.execute(
        """create table school_balance (school_year bigint, area varchar, stage varchar, measure varchar, pupils bigint,
        numerator decimal(38, 6), denominator decimal(38, 2))"""
    )
    view = (VIEWS / "45_balance_spread.sql").read_text(encoding="utf-8")

    def of(schools: list[tuple[int, Decimal]]) -> tuple[float, float]:
        connection.execute("delete from school_balance")
        connection.executemany(
            "insert into school_balance values (2021, '信都区', '小学', 'l6', ?, ?, ?)",
            [(pupils, amount, pupils) for pupils, amount in schools],
        )
        row = connection.execute(f"select mean, deviation from ({view})").fetchone()
        assert row is not None
        return float(row[0]), float(row[1])

    yield of
    connection.close()


amounts = st.decimals(0, 100_000, places=2)
many_schools = st.lists(st.tuples(st.integers(1, 3000), amounts), min_size=1, max_size=12)
often = settings(max_examples=60, derandomize=True, deadline=None, database=None)


@often
@given(sizes=st.lists(st.integers(1, 3000), min_size=1, max_size=12), each=st.integers(0, 5000))
def test_schools_that_are_alike_have_no_spread(sizes: list[int], each: int, spread: Spread) -> None:
    assert spread([(size, Decimal(size * each)) for size in sizes]) == (each, 0)


@often
@given(schools=many_schools, factor=st.integers(2, 50))
def test_the_spread_does_not_depend_on_the_unit(
    schools: list[tuple[int, Decimal]], factor: int, spread: Spread
) -> None:
    mean, deviation = spread(schools)
    larger_mean, larger_deviation = spread([(pupils, amount * factor) for pupils, amount in schools])
    assert isclose(larger_mean, mean * factor, rel_tol=1e-9, abs_tol=1e-9)
    assert isclose(larger_deviation, deviation * factor, rel_tol=1e-7, abs_tol=1e-6)


@often
@given(schools=many_schools)
def test_the_spread_does_not_depend_on_the_order(schools: list[tuple[int, Decimal]], spread: Spread) -> None:
    for one, other in zip(spread(schools), spread(schools[::-1]), strict=True):
        assert isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


@often
@given(schools=many_schools)
def test_a_school_counts_as_much_as_the_pupils_it_has(schools: list[tuple[int, Decimal]], spread: Spread) -> None:
    """Two schools that are alike are one school of both their pupils."""
    doubled = spread([*schools, *schools])
    merged = spread([(2 * pupils, 2 * amount) for pupils, amount in schools])
    for one, other in zip(doubled, merged, strict=True):
        assert isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


# What stages of a combined school share


def with_sports(*rows: tuple[int, str, int, object]) -> str:
    """Rows of a year of which only sports grounds matter: school, stage, pupils, m²."""
    return resources(*((2021, *row[:3], 1, 1, 1, 1, row[3], 1, 1) for row in rows))


def test_a_nine_year_school_shares_one_to_one_point_one(store: Store, register: Register, publish: Publish) -> None:
    """600 + 1.1 x 400 = 1,040 weighted pupils: 10,400 m² are 6,000 and 4,400 m²; primary has 100.5 m² of its own."""
    register(school(1, "九年一贯制学校"))
    publish("school_resource", with_sports((1, "小学", 600, 100.5), (1, "初中", 400, 0), (1, "共用", 0, 10400)))
    assert levels(store)["1"]["l5"] == Fraction("6100.5") / 600
    assert levels(store, stage="初中")["1"]["l5"] == 11


def test_a_complete_school_shares_one_to_one_point_two(store: Store, register: Register, publish: Publish) -> None:
    """500 + 1.2 x 500 = 1,100 weighted pupils: of 11,000 m² junior has 5,000 and 250 m² of its own."""
    register(school(1, "完全中学"))
    publish("school_resource", with_sports((1, "初中", 500, 250), (1, "高中", 500, 0), (1, "共用", 0, 11000)))
    assert levels(store, stage="初中")["1"]["l5"] == Fraction(5250, 500)


def test_a_twelve_year_school_shares_in_three(store: Store, register: Register, publish: Publish) -> None:
    """300 + 1.1 x 200 + 1.32 x 100 = 652 weighted pupils: of 6,520 m² primary has 3,000 and junior 2,200."""
    register(school(1, "十二年一贯制学校"))
    rows = ((1, "小学", 300, 0), (1, "初中", 200, 0), (1, "高中", 100, 0), (1, "共用", 0, 6520))
    publish("school_resource", with_sports(*rows))
    assert levels(store)["1"]["l5"] == 10
    assert levels(store, stage="初中")["1"]["l5"] == 11


def test_a_shared_part_cannot_be_divided_without_the_pupils_of_every_stage(
    store: Store, register: Register, publish: Publish
) -> None:
    register(school(1, "完全中学"))
    publish("school_resource", with_sports((1, "初中", 500, 9000), (1, "共用", 0, 11000)))
    assert levels(store, stage="初中")["1"]["l5"] is None
    assert newest(store, "balance_l5", XINDU).denominator == 0


def test_without_a_shared_row_every_stage_has_its_own(store: Store, register: Register, publish: Publish) -> None:
    register(school(1, "九年一贯制学校"))
    publish("school_resource", with_sports((1, "小学", 600, 4500)))
    assert levels(store)["1"]["l5"] == Fraction(15, 2)


# Verdicts


def test_six_of_seven_and_the_seventh_at_exactly_85_percent_pass(
    store: Store, register: Register, publish: Publish
) -> None:
    register(*(school(number) for number in range(1, 5)))
    at_floor, below = [*ENOUGH["小学"]], [*ENOUGH["小学"]]
    at_floor[4], below[4] = 6375, "6374.9999"
    two = [*ENOUGH["小学"]]
    two[1], two[2] = 9, 8
    rows = [(2021, n, "小学", 1000, *cells) for n, cells in enumerate((ENOUGH["小学"], at_floor, below, two), start=1)]
    publish("school_resource", resources(*rows))
    found = {one.institution_id: one for one in compulsory.schools(store, XINDU, "小学")}
    assert [found[n].passes for n in "1234"] == [True, True, False, False]
    assert [found[n].reached for n in "1234"] == [7, 6, 6, 5]
    assert [(one.code, one.short, one.near) for one in found["2"].below] == [("l5", 1125, True)]
    assert [(one.code, one.near) for one in found["3"].below] == [("l5", False)]
    assert [(one.code, one.short) for one in found["4"].below] == [("l3", 1), ("l2", 1)]
    assert [one.name for one in compulsory.falling_short(found.values())] == ["示例4校", "示例3校"]
    point = newest(store, "balance_schools", XINDU, "小学")
    assert (point.numerator, point.denominator) == (2, 4)
    one = answers.answer(store, "balance_schools").area(XINDU)
    assert (one.status, one.gap) == (Status.MISSED, 2)


def test_a_missing_component_is_named_and_not_judged_but_hides_no_failure(
    store: Store, register: Register, publish: Publish
) -> None:
    register(school(1), school(2), school(3))
    gap, failing = [*ENOUGH["小学"]], [*ENOUGH["小学"]]
    gap[6] = failing[6] = None  # type: ignore[call-overload]
    failing[0] = 1
    rows = ((2021, 1, "小学", 1000, *gap), (2021, 2, "小学", 1000, *failing), (2021, 3, "小学", 0, *ENOUGH["小学"]))
    publish("school_resource", resources(*rows))
    schools = compulsory.schools(store, XINDU, "小学")
    assert {one.institution_id: one.passes for one in schools} == {"1": None, "2": False, "3": None}
    [missing, empty] = compulsory.not_judged(schools)
    assert (missing.name, [one.code for one in missing.unknown]) == ("示例1校", ["l7"])
    assert (empty.pupils, len(empty.unknown)) == (0, 7)
    sides = {name: newest(store, name, XINDU) for name in ("balance_schools", "balance_l7", "balance_l5")}
    assert (sides["balance_schools"].numerator, sides["balance_schools"].denominator) == (0, 1)
    assert (sides["balance_l7"].numerator, sides["balance_l7"].denominator) == (0, 0)
    assert (sides["balance_l5"].numerator, sides["balance_l5"].denominator) == (2, 2)
    spread_of_rooms = newest(store, "balance_cv_primary", XINDU)
    assert spread_of_rooms.value is None, "while one measure has no figure, nobody knows the largest"
    assert answers.answer(store, "balance_l7").area(XINDU).status == Status.NOT_JUDGED


def test_what_a_pupil_of_a_very_small_school_has_is_withheld(
    store: Store, register: Register, publish: Publish
) -> None:
    register(school(1))
    publish("school_resource", resources((2021, 1, "小学", 9, *[0] * 7)))
    [one] = compulsory.schools(store, XINDU, "小学")
    assert one.pupils is None and one.passes is False
    assert {(measured.value, measured.level, measured.short) for measured in one.measures} == {(None, None, None)}


def test_the_main_urban_area_is_the_schools_that_are_flagged(
    store: Store, register: Register, publish: Publish
) -> None:
    register(school(1), school(2, flag="否"), school(3, area=XIANGDU))
    poor = (1, 1, 1, 1, 1, 1, 1)
    rows = ((2021, 1, "小学", 1000, *ENOUGH["小学"]), (2021, 2, "小学", 1000, *poor), (2021, 3, "小学", 1000, *poor))
    publish("school_resource", resources(*rows))
    sides = {
        area: (one.numerator, one.denominator)
        for area in (WHOLE, XINDU, XIANGDU)
        for one in [newest(store, "balance_schools", area)]
    }
    assert sides == {WHOLE: (1, 2), XINDU: (1, 2), XIANGDU: (0, 1)}
    assert [one.district for one in compulsory.schools(store, WHOLE, "小学")] == [XINDU, XIANGDU]


def test_a_school_counts_where_the_register_had_it_on_1_september(
    store: Store, register: Register, publish: Publish
) -> None:
    register(school(1), "1,2021-10-01,示例1校,襄都区,小学,教育部门办,,,是")
    publish("school_resource", resources(*((year, 1, "小学", 1000, *ENOUGH["小学"]) for year in (2021, 2022))))
    found = answers.answer(store, "balance_schools")
    assert [point.period for point in found.area(XINDU).points] == [2021]
    assert [point.period for point in found.area(XIANGDU).points] == [2022]


# Classes


def test_classes_of_56_and_66_are_counted_from_the_same_rows(
    store: Store, register: Register, publish: Publish
) -> None:
    register(school(1), school(2, "初中"), school(3, "高中"))
    sizes = {1: ("小学", (45, 55, 56, 65, 66)), 2: ("初中", (67, 40)), 3: ("高中", (70,))}
    lines = [
        f"2021,{number},{stage},一年级,{position}班,{size}"
        for number, (stage, own) in sizes.items()
        for position, size in enumerate(own)
    ]
    publish("class_size", "\n".join(["school_year,institution_id,stage,grade,class,pupils", *lines]) + "\n")
    large, very_large = newest(store, "large_classes", XINDU), newest(store, "very_large_classes", XINDU)
    assert (large.numerator, large.denominator) == (4, 7)
    assert (very_large.numerator, very_large.denominator) == (2, 7)
    assert answers.answer(store, "very_large_classes").area(XINDU).gap == 2
    crowded = compulsory.crowded(store, WHOLE, "小学")
    assert [(one.name, one.classes, one.large, one.very_large) for one in crowded] == [("示例1校", 5, 3, 1)]


def test_very_large_classes_are_among_the_large_ones(samples: Store) -> None:
    large, very_large = answers.answer(samples, "large_classes"), answers.answer(samples, "very_large_classes")
    for some, more in zip(very_large.areas, large.areas, strict=True):
        for one, other in zip(some.points, more.points, strict=True):
            assert one.denominator == other.denominator
            assert (one.numerator or 0) <= (other.numerator or 0)


@pytest.mark.parametrize("name", [name for name in OWN if set(catalogue()[name].parts) == {"小学", "初中"}])
def test_primary_and_junior_add_up_to_all_stages(name: str, samples: Store) -> None:
    found = answers.answer(samples, name)
    for one in found.areas:
        for point in one.points:
            parts = [part for part in found.parts if (part.area, part.period) == (point.area, point.period)]
            assert sum(part.numerator or 0 for part in parts) == point.numerator
            assert sum(part.denominator or 0 for part in parts) == point.denominator


@pytest.mark.parametrize("name", ["balance_cv_primary", "balance_cv_junior"])
def test_the_spread_is_that_of_its_widest_measure(name: str, samples: Store) -> None:
    found = answers.answer(samples, name)
    for one in found.areas:
        for point in one.points:
            parts = [part.value for part in found.parts if (part.area, part.period) == (point.area, point.period)]
            assert len(parts) == 7
            assert max(value for value in parts if value is not None) == point.value


# Programmes, after-school service, special education

PROGRAMME = "school_year,institution_id,quality_plan,subjects_set,subjects_group_learning,subjects_theme_learning,subjects_reformed"
AFTER_SCHOOL = "school_year,term,institution_id,offered,pupils,participants"
SPECIAL = "school_year,area,children,special_schools,ordinary_classes,special_classes,home_taught"


def test_a_school_without_a_report_counts_among_all_schools(store: Store, register: Register, publish: Publish) -> None:
    register(school(1), school(2), school(3, "高中"), school(4, area=XIANGDU))
    publish("school_programme", f"{PROGRAMME}\n2021,1,是,6,6,0,6\n")
    for name in ("quality_plan_coverage", "teaching_reform_coverage"):
        point = newest(store, name, XINDU)
        assert (point.numerator, point.denominator) == (1, 2)
        assert answers.answer(store, name).area(XIANGDU).status == Status.NO_DATA, "nothing reported is no figure"


def test_schools_and_pupils_of_after_school_service_are_two_rates(
    store: Store, register: Register, publish: Publish
) -> None:
    register(school(1), school(2), school(3))
    publish("after_school", f"{AFTER_SCHOOL}\n2021,第一学期,1,是,400,100\n2021,第一学期,2,否,600,0\n")
    schools, pupils = newest(store, "after_school_schools", XINDU), newest(store, "after_school_pupils", XINDU)
    assert (schools.period, schools.numerator, schools.denominator) == (20211, 1, 3)
    assert (pupils.period, pupils.numerator, pupils.denominator) == (20211, 100, 1000)


def test_few_pupils_and_few_children_are_not_told(store: Store, register: Register, publish: Publish) -> None:
    register(school(1))
    publish("after_school", f"{AFTER_SCHOOL}\n2021,第一学期,1,是,400,7\n")
    publish("special_education", f"{SPECIAL}\n2021,{XINDU},100,40,40,5,10\n2021,{XIANGDU},300,100,150,5,20\n")
    assert newest(store, "after_school_pupils", XINDU).suppressed
    assert newest(store, "special_education_enrolment", XINDU).suppressed, "five children are not in school"
    shown = newest(store, "special_education_enrolment", XIANGDU)
    assert (shown.numerator, shown.denominator) == (275, 300)
    assert answers.answer(store, "special_education_enrolment").area(WHOLE).status == Status.NO_DATA


def test_areas_of_special_education_are_as_they_were_reported(store: Store, publish: Publish) -> None:
    publish("special_education", f"{SPECIAL}\n2021,{WHOLE},300,100,150,5,20\n2021,{XIANGDU},0,0,0,0,0\n")
    assert newest(store, "special_education_enrolment", WHOLE).value == Fraction(275, 300)
    assert answers.answer(store, "special_education_enrolment").area(XIANGDU).status == Status.NOT_JUDGED


# Bad input


@pytest.mark.parametrize("name", OWN)
def test_without_its_datasets_an_indicator_has_no_figure_and_names_them(name: str, reference: Store) -> None:
    found = answers.answer(reference, name)
    assert {one.status for one in found.areas} == {Status.NO_DATA}
    assert found.lacking == found.definition.datasets
    assert compulsory.schools(reference, WHOLE, "小学") == () == compulsory.crowded(reference, WHOLE, "小学")


def test_one_area_that_is_missing_hides_no_other(store: Store, register: Register, publish: Publish) -> None:
    register(school(1), school(2, area=XIANGDU))
    publish("school_resource", resources((2021, 1, "小学", 1000, *ENOUGH["小学"])))
    found = answers.answer(store, "balance_schools")
    assert found.area(XINDU).status == Status.ACHIEVED
    assert found.area(XIANGDU).status == Status.NO_DATA
    assert found.lacking == ()


# The standard is data


@pytest.fixture
def another_standard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[str, str], None]]:
    """Replaces words of the standard's file, for as long as the test runs."""
    text = standards.FILE.read_text(encoding="utf-8")

    def replaced(old: str, new: str) -> None:
        assert old in text
        (tmp_path / "standards.yaml").write_text(text.replace(old, new), encoding="utf-8")
        monkeypatch.setattr(standards, "FILE", tmp_path / "standards.yaml")
        standards.standards.cache_clear()

    yield replaced
    standards.standards.cache_clear()


def test_another_standard_changes_no_sql(
    store: Store, register: Register, publish: Publish, another_standard: Callable[[str, str], None]
) -> None:
    register(school(1))
    publish("school_resource", resources((2021, 1, "小学", 1000, *ENOUGH["小学"])))
    assert newest(store, "balance_l5", XINDU).value == 1
    another_standard("{小学: 7.5, 初中: 10.2}", "{小学: 7.6, 初中: 10.2}")
    opened.with_views(store)
    publish("school_resource", resources((2022, 1, "小学", 1000, *ENOUGH["小学"])))
    assert newest(store, "balance_l5", XINDU).value == 0
    [one] = compulsory.schools(store, XINDU, "小学")
    assert [(measured.code, measured.short) for measured in one.below] == [("l5", 100)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("required: 6", "required: 8", "required"),
        ("very_large_class: 66", "very_large_class: 50", "very_large_class"),
        ("component: sports_area", "component: swimming_pools", "swimming_pools"),
        ("{初中: 1, 高中: 1.2}", "{初中: 1, 大学: 1.2}", "大学"),
        ("floor: 0.85", "floor: 85", "floor"),
        ("large_class: 56", "big_class: 56", "big_class"),
    ],
)
def test_a_broken_standard_names_file_and_key(
    old: str, new: str, said: str, another_standard: Callable[[str, str], None]
) -> None:
    another_standard(old, new)
    with pytest.raises(BrokenConfiguration, match=rf"standards\.yaml.*{said}"):
        standards.standards()
