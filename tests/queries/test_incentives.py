"""Clauses 16 to 18: pay under several definitions, benefits, exemplars, the foundation's books, the reward record."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from data.problem import Refused
from data.samples.generate import files
from data.store import Store
from queries import answers, incentives
from queries.answers import PUBLIC, Viewer
from queries.incentives import Pay, Side, pay_definitions
from queries.progress import Status
from tests.queries import oracle

INTERNAL = Viewer(internal=True)
Publish = Callable[[str, str], int]
PAY_HEADER = (
    "year,area,teacher_basic,teacher_performance,teacher_allowances,teacher_bonus,"
    "civil_basic,civil_allowances,civil_performance,civil_bonus,certified_by"
)
NAMES = ["teacher_pay_ratio", "benefit_coverage", "foundation_balance", "exemplars_publicised", "admission_reward"]


def side(*amounts: object) -> Side:
    """Basic, allowances, performance and bonus."""
    given = [None if amount is None else Decimal(str(amount)) for amount in amounts]
    return Side(100, dict(zip(incentives.COMPONENTS, given, strict=True)))


def paid(teacher: Side, civil: Side) -> Pay:
    return Pay(2022, "信都区", None, teacher, civil, "示例局", date(2023, 3, 1))


# Pay under several definitions


def test_the_first_definition_of_pay_is_the_indicators_own(samples: Store) -> None:
    first = next(iter(pay_definitions().values()))
    found = answers.answer(samples, "teacher_pay_ratio")
    ratios = {(one.year, one.area): one.compared(first).ratio for one in incentives.pay(samples)}
    assert {(point.period, one.area): point.value for one in found.areas for point in one.points} == ratios


def test_every_definition_names_components_of_the_dataset_once() -> None:
    for one in pay_definitions().values():
        for counted in (one.teacher, one.civil):
            assert len(set(counted)) == len(counted) and set(counted) <= set(incentives.COMPONENTS)


def test_a_verdict_that_only_the_bonus_carries_depends_on_the_definition() -> None:
    """With the bonus 91,000 to 90,000; without it 78,000 to 80,000: 2,000 short."""
    one = paid(side(45000, 5000, 28000, 13000), side(42000, 32000, 6000, 10000))
    verdicts = one.verdicts()
    assert verdicts["all"].ratio == Fraction(91, 90) and verdicts["all"].met and verdicts["all"].short == 0
    assert verdicts["without_bonus"].ratio == Fraction(78, 80) and verdicts["without_bonus"].short == 2000
    assert one.depends


def test_a_missing_component_leaves_the_definitions_that_do_without_it() -> None:
    one = paid(side(45000, None, 32000, 13000), side(42000, 32000, 6000, 10000))
    verdicts = one.verdicts()
    assert (verdicts["all"].met, verdicts["all"].short) == (None, None)
    assert verdicts["regular"].ratio == Fraction(77, 74)
    assert one.teacher.missing == ("allowances",) and not one.depends


def test_a_cent_below_is_not_met_and_a_cent_short() -> None:
    one = paid(side("89999.99", 0, 0, 0), side(90000, 0, 0, 0)).compared(pay_definitions()["all"])
    assert one.met is False and one.short == Decimal("0.01")


def test_no_pay_at_all_is_nothing_to_divide_by() -> None:
    assert paid(side(1, 0, 0, 0), side(0, 0, 0, 0)).compared(pay_definitions()["all"]).met is None


def test_the_samples_tell_the_story(samples: Store) -> None:
    found = answers.answer(samples, "teacher_pay_ratio")
    assert [one.status for one in found.areas] == [Status.NOT_JUDGED, Status.ACHIEVED, Status.MISSED, Status.RELAPSED]
    assert [one.area for one in incentives.pay(samples) if one.year == 2022 and one.depends] == ["信都区"]
    assert [(one.year, one.area) for one in incentives.pay(samples) if one.civil.missing] == [(2021, "开发区")]
    assert found.area("开发区").gap == 5


def test_a_side_without_a_mean_has_no_verdict_and_hides_no_other(store: Store, publish: Publish) -> None:
    rows = (
        "2022,信都区,1,1,1,1,1,,1,1,示例局",
        "2022,襄都区,2,1,1,1,1,1,1,1,示例局",
        "2022,开发区,1,0,0,0,0,0,0,0,示例局",
    )
    publish("pay", "\n".join([PAY_HEADER, *rows]))
    found = answers.answer(store, "teacher_pay_ratio")
    assert found.area("信都区").status == Status.NO_DATA, "a component is missing"
    assert found.area("开发区").status == Status.NOT_JUDGED, "nothing to divide by"
    assert found.whole.status == Status.NOT_JUDGED and found.by_district, "nothing is owed for the whole"
    assert found.area("襄都区").latest.value == Fraction(5, 4)  # type: ignore[union-attr]


# Benefits, exemplars


def test_each_group_of_teachers_has_its_own_denominator(samples: Store) -> None:
    found = answers.answer(samples, "benefit_coverage")
    for one in found.areas:
        for point in one.points:
            parts = [part for part in found.parts if (part.area, part.period) == (one.area, point.period)]
            assert sum(part.numerator or 0 for part in parts) == point.numerator
            assert sum(part.denominator or 0 for part in parts) == point.denominator
            assert all(part.value is None or part.value <= 1 for part in parts)


def test_nobody_entitled_is_not_judged(store: Store, publish: Publish) -> None:
    publish(
        "benefit", "year,area,teacher_group,entitled,receiving\n2022,开发区,特级教师,0,0\n2022,信都区,特级教师,4,4\n"
    )
    found = answers.answer(store, "benefit_coverage")
    assert found.area("开发区").status == Status.NOT_JUDGED
    assert found.area("信都区").status == Status.ACHIEVED


def test_principals_and_teachers_add_up_and_the_main_urban_area_is_what_is_flagged(samples: Store) -> None:
    found = answers.answer(samples, "exemplars_publicised")
    for one in found.areas:
        for point in one.points:
            parts = [part for part in found.parts if (part.area, part.period) == (one.area, point.period)]
            assert sum(part.numerator or 0 for part in parts) == point.numerator
    made = files()
    flagged = {row["institution_id"] for row in oracle.rows(made, "institution") if row["main_urban"] == "是"}
    persons = {
        row["teacher_id"]
        for row in oracle.rows(made, "publicity")
        if row["published_on"].startswith("2022") and row["institution_id"] in flagged
    }
    assert found.whole.latest.numerator == len(persons)  # type: ignore[union-attr]


# The foundation's books


def test_a_balance_follows_from_the_year_before_and_a_difference_is_named(samples: Store) -> None:
    found = {(one.foundation, one.year): one for one in incentives.books(samples)}
    differences = [one.difference for one in found.values() if one.difference is not None]
    assert sorted(differences) == [-50_000, 0, 0]
    assert found["示例教育发展基金会", 2021].difference == -50_000
    for one in found.values():
        before = found.get((one.foundation, one.year - 1))
        expected = before.balance + one.donations - one.grants if before else None
        assert one.expected == expected


def test_a_foundation_of_the_whole_city_is_the_main_urban_areas(store: Store, publish: Publish) -> None:
    publish(
        "foundation",
        "year,area,foundation,donations,grants,balance\n2021,邢台市,示例,300.5,1,2\n2022,邢台市,示例,300.6,1,2\n",
    )
    found = answers.answer(store, "foundation_balance")
    assert found.whole.status == Status.ACHIEVED
    assert found.whole.latest.value == Fraction("300.6")  # type: ignore[union-attr]
    assert found.area("信都区").status == Status.NO_DATA


# The reward record


def test_the_reward_record_is_for_staff_only(samples: Store) -> None:
    assert "admission_reward" not in answers.visible(PUBLIC)
    with pytest.raises(Refused):
        incentives.rewards(samples, None, PUBLIC)
    with pytest.raises(Refused):
        answers.answer(samples, "admission_reward")


def test_what_schools_are_due_adds_up_to_the_indicator(samples: Store) -> None:
    rewards = incentives.rewards(samples, None, INTERNAL)
    found = answers.answer(samples, "admission_reward", viewer=INTERNAL)
    for one in found.areas[1:]:
        for point in one.points:
            assert point.numerator == sum(of.due for of in rewards if (of.year, of.area) == (point.period, one.area))
    assert all(one.due % 500_000 == 0 for one in rewards)


# What is missing


@pytest.mark.parametrize("name", NAMES)
def test_without_its_dataset_an_indicator_has_no_data_and_names_what_it_waits_for(name: str, reference: Store) -> None:
    found = answers.answer(reference, name, viewer=INTERNAL)
    assert {one.status for one in found.areas} == {Status.NO_DATA}
    assert found.lacking[0] == found.definition.datasets[0]


def test_without_rows_there_is_nothing_to_show(store: Store) -> None:
    assert incentives.pay(store) == incentives.books(store) == incentives.rewards(store, None, INTERNAL) == ()
