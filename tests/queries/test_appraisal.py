"""The appraisal of the districts: cases worked by hand, what must hold for any, and the samples against an oracle."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.samples.generate import files
from data.store import Store
from queries import answers, appraisal
from queries.appraisal import Appraised, Item, Year, firmness, ranked
from queries.appraisal.firmness import Firmness, pairs, ranges, steps
from queries.progress import Status
from tests.queries.oracle import appraisals as oracle

HEADER = "year,area,body,item,weight,full_score,score"
BODIES = sorted(appraisal.BODIES)


def district(area: str, **items: tuple[object, object, object]) -> Appraised:
    """Items as weight, full score and score; their scores were printed without decimals."""
    return Appraised(area, tuple(Item(name, *map(Fraction, sides)) for name, sides in items.items()))  # type: ignore[arg-type]


def year(*districts: Appraised) -> Year:
    return Year(2022, ranked(districts))


# Worked by hand


def test_the_score_is_the_weighted_mean_in_points_and_the_losses_are_what_is_missing() -> None:
    one = district("甲", 建设=(20, 50, 45), 投入=(30, 100, 92))
    assert one.score == Fraction(456, 5)  # (20 · 0.9 + 30 · 0.92) ÷ 50 = 45.6 ÷ 50
    assert [one.loss(item) for item in one.items] == [4, Fraction(24, 5)]


def test_districts_that_tie_share_the_better_place() -> None:
    four = [district(area, 建设=(1, 100, score)) for area, score in (("甲", 80), ("乙", 90), ("丙", 90), ("丁", 95))]
    found = year(*four)
    assert [(one.appraised.area, one.place, one.tied) for one in found.standings] == [
        ("丁", 1, False),
        ("乙", 2, True),
        ("丙", 2, True),
        ("甲", 4, False),
    ]
    assert firmness.firmness(four[1], four[2]) == Firmness.TIED


def test_places_and_points_gained_are_those_since_the_year_before_and_not_since_an_earlier_one() -> None:
    rows = [
        {"year": when, "area": area, "item": "建设", "weight": 1, "full_score": 100, "score": Decimal(score)}
        for when, area, score in ((2019, "甲", 70), (2021, "甲", 80), (2021, "乙", 90), (2022, "甲", 91), (2022, "乙", 85), (2022, "丙", 60))
    ]  # fmt: skip
    _first, second, third = appraisal.ordered(rows)
    assert {one.change for one in second.standings} == {None}
    assert [(one.appraised.area, one.change, one.gain) for one in third.standings] == [
        ("甲", 1, 11),
        ("乙", -1, -5),
        ("丙", None, None),
    ]


def test_other_weights_turn_an_order() -> None:
    """90·1 + 80·1 = 170 against 80·1 + 89·1 = 169; with weights 0.8 and 1.2 it is 168 against 170.8."""
    ahead, behind = (
        Appraised(area, (Item("建设", *map(Fraction, (1, 100, a)), unit=Fraction(0)), Item("投入", *map(Fraction, (1, 100, b)), unit=Fraction(0))))
        for area, a, b in (("甲", 90, 80), ("乙", 80, 89))
    )  # fmt: skip
    least, greatest = firmness.lead(ahead, behind)
    assert least == Fraction(8 * 10 - 12 * 9, 1000) and greatest == Fraction(12 * 10 - 8 * 9, 1000)
    assert firmness.firmness(ahead, behind) == Firmness.WEIGHTS
    assert [(one.best, one.worst) for one in ranges(year(ahead, behind))] == [(1, 2), (1, 2)]


@pytest.mark.parametrize(
    ("ahead", "behind", "expected"),
    [
        ((93, 93), (90, 90), Firmness.CERTAIN),
        (
            (91, 91),
            (90, 90),
            Firmness.ROUNDING,
        ),  # each may be half a point less, each of the other half a point more: level
        ((92, 81), (80, 90), Firmness.WEIGHTS),  # 0.8 · 12 − 1.2 · 9 < 0, while rounding leaves 11 − 10
        ((94, 87), (90, 90), Firmness.EITHER),  # 0.8 · 4 − 1.2 · 3 < 0, and 3 − 4 < 0
        ((96, 90), (90, 93), Firmness.TOGETHER),  # 0.8 · 6 − 1.2 · 3 > 0 and 5 − 4 > 0, but 0.8 · 5 − 1.2 · 4 < 0
    ],
)
def test_why_an_order_is_not_certain(ahead: tuple[int, int], behind: tuple[int, int], expected: Firmness) -> None:
    one, other = (
        district(area, 建设=(1, 100, a), 投入=(1, 100, b)) for area, (a, b) in (("甲", ahead), ("乙", behind))
    )
    assert firmness.firmness(one, other) == expected


def test_full_marks_are_not_rounded_up() -> None:
    assert Item("建设", Fraction(1), Fraction(100), Fraction(100)).reach == (Fraction(199, 200), 1)


def test_one_item_suffices_and_another_does_not() -> None:
    """甲 has 88, 乙 91: 3 points are missing. 建设 (weight 3 of 4) needs 4, more than those: 5; 投入 (1 of 4) needs 12, has 10 left."""
    found = year(
        district("甲", 建设=(3, 100, 87), 投入=(1, 100, 91)), district("乙", 建设=(3, 100, 91), 投入=(1, 100, 91))
    )
    [step] = steps(found, "甲")
    assert (step.item.name, step.increase, step.raised_to, step.passes) == ("建设", 5, 92, "乙")
    assert steps(found, "乙") == ()


def test_no_single_item_suffices_where_full_marks_in_each_do_not() -> None:
    found = year(
        district("甲", 建设=(1, 100, 50), 投入=(1, 100, 50)), district("乙", 建设=(1, 100, 100), 投入=(1, 100, 100))
    )
    assert steps(found, "甲") == ()


def test_districts_with_other_items_are_compared_by_the_ranges_of_their_own_scores() -> None:
    one = district("甲", 建设=(1, 100, 95), 投入=(1, 100, 95))
    near, far = district("乙", 建设=(1, 100, 94)), district("丙", 建设=(1, 100, 80))
    assert firmness.firmness(one, near) == Firmness.ROUNDING
    assert firmness.firmness(one, far) == Firmness.CERTAIN


# What must hold for any appraisal

NAMES = ("建设", "投入", "安全", "督导")
AREAS = ("甲", "乙", "丙", "丁")
weights = st.integers(1, 40)
fulls = st.sampled_from([10, 20, 100])


@st.composite
def made(draw: st.DrawFn) -> Year:
    """Two to four districts with the same items."""
    items = [(name, draw(weights), draw(fulls)) for name in draw(st.sets(st.sampled_from(NAMES), min_size=1))]
    chosen = AREAS[: draw(st.integers(2, 4))]
    return year(
        *(district(area, **{name: (w, full, draw(st.integers(0, full))) for name, w, full in items}) for area in chosen)
    )


any_year = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@any_year
@given(found=made())
def test_scores_are_points_of_100_and_losses_add_up(found: Year) -> None:
    for one in found.districts:
        assert 0 <= one.score <= 100
        assert one.score + sum(one.loss(item) for item in one.items) == 100


@any_year
@given(found=made())
def test_the_range_of_places_holds_the_place_and_every_place_at_a_corner(found: Year) -> None:
    possible = {one.area: one for one in ranges(found)}
    for one in found.standings:
        reach = possible[one.appraised.area]
        assert 1 <= reach.best <= one.place <= reach.worst <= len(found.standings)
    plain = {
        one.area: {item.name: (item.weight, item.full, item.score) for item in one.items} for one in found.districts
    }
    for corner in oracle.corners(plain):
        for area, place in oracle.places(corner).items():
            assert possible[area].best <= place <= possible[area].worst


@any_year
@given(found=made())
def test_an_order_is_certain_where_no_corner_turns_it(found: Year) -> None:
    plain = {
        one.area: {item.name: (item.weight, item.full, item.score) for item in one.items} for one in found.districts
    }
    for pair in pairs(found):
        if pair.firmness == Firmness.TIED:
            continue
        names = (pair.ahead.area, pair.behind.area)
        by_weights = oracle.least_lead(plain, *names, rounded=False) <= 0
        assert (pair.firmness in (Firmness.WEIGHTS, Firmness.EITHER)) == by_weights
        assert (pair.firmness == Firmness.CERTAIN) == (oracle.least_lead(plain, *names, rounded=True) > 0)


@any_year
@given(found=made(), data=st.data())
def test_raising_a_score_never_lowers_the_place(found: Year, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(found.standings))
    item = data.draw(st.sampled_from(one.appraised.items))
    raised = item.score + data.draw(st.integers(0, 100))
    assume(raised <= item.full)
    assert place_with(found, one.appraised, item, raised) <= one.place


@any_year
@given(found=made())
def test_a_step_passes_the_next_one_and_a_smaller_one_does_not(found: Year) -> None:
    for one in found.standings:
        suggested = {step.item.name: step for step in steps(found, one.appraised.area)}
        assert one.place > 1 or not suggested
        if one.place == 1:
            continue
        next_up = min(of.score for of in found.districts if of.score > one.appraised.score)
        for item in one.appraised.items:
            step = suggested.get(item.name)
            if step is None:
                assert with_score(one.appraised, item, item.full).score <= next_up
                continue
            assert step.raised_to <= item.full
            assert with_score(one.appraised, item, step.raised_to - item.unit).score <= next_up
            assert with_score(one.appraised, item, step.raised_to).score > next_up
            assert place_with(found, one.appraised, item, step.raised_to) < one.place


def with_score(own: Appraised, item: Item, score: Fraction) -> Appraised:
    return Appraised(
        own.area, tuple(Item(one.name, one.weight, one.full, score) if one is item else one for one in own.items)
    )


def place_with(found: Year, own: Appraised, item: Item, score: Fraction) -> int:
    """The district's place if an item had another score."""
    others = [with_score(own, item, score) if one is own else one for one in found.districts]
    return next(one.place for one in ranked(others) if one.appraised.area == own.area)


# The samples


@pytest.mark.parametrize("body", BODIES)
def test_the_samples_have_the_oracles_places_scores_and_certainties(body: str, samples: Store) -> None:
    expected = oracle.appraisals(files(), appraisal.BODIES[body].value)
    found = appraisal.years(samples, body)
    assert [one.year for one in found] == sorted(expected) == [2020, 2021, 2022]
    for one in found:
        plain = expected[one.year]
        assert {item.appraised.area: item.place for item in one.standings} == oracle.places(plain)
        assert all(item.appraised.score == oracle.score(plain[item.appraised.area]) for item in one.standings)
        for pair in pairs(one):
            least = oracle.least_lead(plain, pair.ahead.area, pair.behind.area, rounded=True)
            assert (pair.firmness == Firmness.CERTAIN) == (least > 0)


@pytest.mark.parametrize("body", BODIES)
def test_the_scores_are_the_indicators(body: str, samples: Store) -> None:
    found = answers.answer(samples, appraisal.BODIES[body].indicator)
    figures = {(point.period, one.area): point.value for one in found.areas for point in one.points}
    scores = {(one.year, of.area): of.score for one in appraisal.years(samples, body) for of in one.districts}
    assert figures == scores
    assert found.whole.status == Status.NOT_JUDGED and found.by_district, "主城区 is not appraised"
    assert found.leading.area == "信都区"
    assert all(0 <= score <= 100 for score in scores.values())


def test_the_samples_show_a_tie_and_an_order_that_weights_turn(samples: Store) -> None:
    government = {one.year: one for one in appraisal.years(samples, "government")}
    assert [one.place for one in government[2021].standings] == [1, 2, 2]
    assert Firmness.EITHER in {one.firmness for one in pairs(government[2022])}
    assert len(appraisal.years(samples, "bureau")[0].standings) == 2, "one department was not appraised"


# What is missing or empty


def test_without_the_dataset_there_is_no_year_and_the_indicator_names_it(store: Store) -> None:
    assert appraisal.years(store, "government") == ()
    found = answers.answer(store, "district_government_score")
    assert (found.whole.status, found.lacking) == (Status.NO_DATA, ("appraisal",))


def test_weights_of_nothing_are_not_judged_and_do_not_hide_the_others(
    store: Store, publish: Callable[[str, str], int]
) -> None:
    lines = ["2022,信都区,区级政府,建设,0,100,90", "2022,襄都区,区级政府,建设,20,100,90"]
    publish("appraisal", "\n".join([HEADER, *lines]))
    found = answers.answer(store, "district_government_score")
    assert found.area("信都区").status == Status.NOT_JUDGED
    assert found.area("襄都区").latest.value == 90  # type: ignore[union-attr]
    assert found.area("开发区").status == Status.NO_DATA
    assert [one.area for one in appraisal.years(store, "government")[0].districts] == ["襄都区"]


def test_full_scores_that_no_number_holds_in_common_leave_no_figure_rather_than_an_error(
    store: Store, publish: Callable[[str, str], int]
) -> None:
    """Nine full scores with four decimals and without a common divisor."""
    primes = (
        "9999.9989",
        "9999.9971",
        "9999.9959",
        "9999.9941",
        "9999.9937",
        "9999.9931",
        "9999.9847",
        "9999.9839",
        "9999.9827",
    )
    lines = [f"2022,信都区,区级政府,项目{number},10,{full},9000" for number, full in enumerate(primes)]
    publish("appraisal", "\n".join([HEADER, *lines]))
    assert answers.answer(store, "district_government_score").area("信都区").status == Status.NO_DATA
    [only] = appraisal.years(store, "government")
    assert 90 < only.districts[0].score < Fraction("90.001")


def test_the_finest_digit_of_an_item_is_looked_for_in_all_districts(samples: Store) -> None:
    items: Mapping[str, Item] = {one.name: one for one in appraisal.years(samples, "government")[2].districts[0].items}
    assert items["学校建设项目完成率"].unit == Fraction(1, 10)
    assert items["教师编制补充"].unit == 1
