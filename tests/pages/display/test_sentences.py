"""Sentences made from answers: each says its facts, whole in one language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from data import words
from data.contract import contracts
from data.intake import Checked
from data.plan import plan
from data.store import Store
from data.uploads import Upload
from pages.display import sentences
from queries import answers
from queries.answers import Answer, Trajectory
from queries.catalogue import catalogue
from queries.preschool.gap import gap_plan
from queries.progress import Status, Why
from tests.pages.display import made

CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
LATIN = re.compile(r"[A-Za-z]+")
MAY_BE_LATIN = {"SHA", "CSV"}
TODAY = date(2022, 7, 8)
UPLOAD = Upload(7, "population", "2020", "ab" * 32, 72, "1", True, datetime(2022, 7, 8, 1, 30, tzinfo=UTC), None, None)


def spoken(found: Answer) -> Iterator[str]:
    """Every sentence that is made from an answer."""
    yield sentences.title(found.definition)
    yield sentences.districts(found)
    yield sentences.footing(found)
    yield sentences.source(found)
    yield sentences.datasets(found.definition)
    yield sentences.clause(found.definition.clause)
    for one in found.areas:
        yield sentences.area(found, one.area)
        yield sentences.standing(found, one)
        yield sentences.titled(found, sentences.standing(found, one))
        yield sentences.since(one, found.definition)
        yield sentences.due(one, TODAY)
        yield sentences.due(one, date(2020, 8, 1))
        yield sentences.parts(found, one.area)
        # New places can only reach a share below the whole.
        if one.latest and one.latest.denominator and one.target and one.target.value and one.target.value < 1:
            goal, counting = Fraction(one.target.value), int(one.latest.numerator or 0)
            yield sentences.planner(gap_plan(int(one.latest.denominator), counting, goal, []), found, one.area)
    for code in (*found.definition.parts, None):
        yield sentences.part(found.definition, code)


def every_sentence(samples: Store) -> Iterator[str]:
    for name in catalogue():
        yield from spoken(answers.answer(samples, name, viewer=answers.Viewer(internal=True)))
    yield from spoken(made.everywhere(sample=True))
    yield from (sentences.clause(number) for number in plan().clauses)
    for status in Status:
        yield sentences.standing(made.answer(), made.trajectory(status=status, gap=200))
    yield sentences.published(Checked("", "population", rows=72_000, upload=7))
    yield from (sentences.dataset(name) for name in contracts())
    yield sentences.upload(UPLOAD)


def test_a_chinese_sentence_has_no_english_in_it(samples: Store) -> None:
    words.use("zh_CN")
    said = list(every_sentence(samples))
    assert all(said)
    assert [one for one in said if set(LATIN.findall(one)) - MAY_BE_LATIN] == []


def test_an_english_sentence_has_no_chinese_in_it(samples: Store) -> None:
    said = list(every_sentence(samples))
    assert all(said)
    assert [one for one in said if CHINESE.search(one)] == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_place_for_a_value_is_left_open(language: str, samples: Store) -> None:
    words.use(language)
    assert [one for one in every_sentence(samples) if "{" in one or "}" in one or "None" in one] == []


@pytest.mark.parametrize(
    ("status", "gap", "english", "chinese"),
    [
        (Status.ACHIEVED, 0, "83.5%, target ≥ 80% met since 2020/21", "83.5%，2020/21学年起达到目标（≥ 80%）"),
        (Status.RELAPSED, 200, "83.5%, back below the target ≥ 80%, 200 inclusive places short", "83.5%，又落到目标（≥ 80%）以下，差 200个普惠学位"),
        (Status.MISSED, 200, "83.5%, target ≥ 80% missed, 200 inclusive places short", "83.5%，未达目标（≥ 80%），差 200个普惠学位"),
        (Status.ON_TRACK, 200, "83.5%, 200 inclusive places short of the target ≥ 80%", "83.5%，距目标（≥ 80%）还差 200个普惠学位"),
        (Status.DETERIORATING, 200, "83.5%, 200 inclusive places short of the target ≥ 80%", "83.5%，距目标（≥ 80%）还差 200个普惠学位"),
        (Status.NOT_JUDGED, None, "83.5%", "83.5%"),
    ],
)  # fmt: skip
def test_the_standing_says_figure_verdict_and_gap(status: Status, gap: int | None, english: str, chinese: str) -> None:
    found, one = made.answer(), made.trajectory(status=status, gap=gap)
    assert sentences.standing(found, one) == f"Main urban area 2021/22: {english}"
    words.use("zh_CN")
    assert sentences.standing(found, one) == f"主城区2021/22学年为 {chinese}"


def test_the_standing_without_a_figure_says_so() -> None:
    one = replace(made.trajectory(made.ZONE, {2020: (0, 0)}, Status.NOT_JUDGED, None, None), why=Why.NOTHING_COUNTED)
    assert sentences.standing(made.answer(), one) == (
        "Economic Development Zone: Children in inclusive kindergartens is not judged, as there is nothing to divide by"
    )
    words.use("zh_CN")
    assert sentences.standing(made.answer(), one) == "开发区：普惠性幼儿园覆盖率的分母为零，不作判断"


def test_the_standing_without_data_names_what_is_missing_and_who_owes_it() -> None:
    one = made.trajectory(made.ZONE, {}, Status.NO_DATA, None, None)
    assert sentences.standing(replace(made.answer(), lacking=("enrolment",)), one) == (
        "Economic Development Zone: no figure for Children in inclusive kindergartens yet; "
        "missing: Enrolment (owed by the district education bureaus)"
    )
    assert "no rows for it yet in: " in sentences.standing(made.answer(), one)
    words.use("zh_CN")
    assert sentences.standing(replace(made.answer(), lacking=("enrolment",)), one) == (
        "开发区：暂无普惠性幼儿园覆盖率数据；缺：在校（园）学生数（报送单位：各区教育局）"
    )


def test_the_standing_of_an_area_with_one_side_only_says_that_something_is_missing_and_who_owes_it() -> None:
    gross = made.answer(of=made.definition("gross_enrolment"))
    one = made.trajectory(made.ZONE, {2020: (300, None)}, Status.NO_DATA, None, None)
    one = replace(one, points=(replace(one.points[0], value=None),))
    assert sentences.standing(gross, one) == (
        "Economic Development Zone: no figure for Gross preschool enrolment yet; something that it needs is missing "
        "in: Enrolment (owed by the district education bureaus), Population (owed by the city statistics and public security bureaus)"
    )
    words.use("zh_CN")
    said = sentences.standing(gross, one)
    assert "分母" not in said and "缺少计算所需的数据" in said and "适龄人口" in said


def unjudged(why: Why, figures: made.Figures = made.FALLING, **changes: object) -> Trajectory:
    one = replace(made.trajectory(made.ZONE, figures, Status.NOT_JUDGED, None, None), why=why, **changes)
    return replace(one, points=(*one.points, made.hidden(2022, made.ZONE))) if why == Why.WITHHELD else one


RISING = made.definition("preschool_spending").targets[0]
NOT_JUDGED = [
    (unjudged(Why.WITHHELD),
     "2022/23: the newest figure is withheld, as it tells of few persons, and is not judged",
     "2022/23学年：最新数据涉及人数少，不予公布，暂不评判"),
    (unjudged(Why.OWED, {2019: (7_000, 10_000)}),
     "2019/20: 70.0%; the figure of 2020/21, which decides on the target ≥ 80%, is owed: "
     "Enrolment (owed by the district education bureaus)",
     "2019/20学年为 70.0%；据以评判目标（≥ 80%）的2020/21学年数据尚未报送：在校（园）学生数（报送单位：各区教育局）"),
    (unjudged(Why.OWED, {2019: (8_500, 10_000)}),
     "2019/20: 85.0%; it met the target ≥ 80%, but the figure of 2020/21, which decides, is owed: "
     "Enrolment (owed by the district education bureaus)",
     "2019/20学年为 85.0%；当期达到目标（≥ 80%），但据以评判的2020/21学年数据尚未报送：在校（园）学生数（报送单位：各区教育局）"),
    (unjudged(Why.GAP, {2019: (1, 2), 2021: (2, 3)}, target=RISING),
     "2021/22: 66.7%; no trend can be judged, as the figure of 2020/21 is missing",
     "2021/22学年为 66.7%；缺2020/21学年数据，暂不能判断升降"),
    (unjudged(Why.BEFORE_WITHHELD, {2021: (2, 3)}, target=RISING),
     "2021/22: 66.7%; the figure before it is withheld, as it tells of few persons, so that no trend can be judged",
     "2021/22学年为 66.7%；上期数据涉及人数少、不予公布，暂不能判断升降"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "english", "chinese"), NOT_JUDGED)
def test_what_is_not_judged_says_why(one: Trajectory, english: str, chinese: str) -> None:
    assert sentences.standing(made.answer(), one) == f"Economic Development Zone {english}"
    words.use("zh_CN")
    assert sentences.standing(made.answer(), one) == f"开发区{chinese}"


def running(figures: made.Figures, status: Status, why: Why | None = None) -> Answer:
    """An indicator that counts over a year, of which the newest is not over."""
    recruits = made.definition("recruited_leaders")
    one = made.trajectory(made.WHOLE, figures, status, None, date(2020, 12, 31), recruits.targets[0])
    return made.answer(replace(one, why=why, running=one.points[-1:]), of=recruits)


def test_a_period_that_is_not_over_is_said_to_go_on() -> None:
    judged = running({2020: (14, None), 2021: (23, None), 2022: (2, None)}, Status.ACHIEVED)
    alone = running({2022: (2, None)}, Status.NOT_JUDGED, Why.RUNNING)
    assert sentences.standing(judged, judged.whole) == (
        "Main urban area 2021: 23 staff, rising since 2020; 2022 so far: 2 staff"
    )
    assert sentences.verdict(judged).endswith("above the 14 staff before; 2022 so far: 2 staff")
    assert sentences.standing(alone, alone.whole) == (
        "Main urban area 2022 so far: 2 staff; the period is not over, so it is not judged yet"
    )
    assert sentences.period(judged.definition, 2022, judged.running) == "2022 (so far)"
    words.use("zh_CN")
    assert sentences.standing(judged, judged.whole) == "主城区2021年：23 人，自2020年起逐期上升；2022年截至目前为 2 人"
    assert sentences.standing(alone, alone.whole) == "主城区2022年截至目前为 2 人；本期尚未结束，暂不评判"


def test_what_cannot_go_further_is_not_said_to_move() -> None:
    weak = made.definition("weak_subjects")
    one = made.trajectory(
        made.WHOLE, {20211112: (0, None), 20220318: (0, None)}, Status.ACHIEVED, None, target=weak.targets[0]
    )
    found = made.answer(one, of=weak)
    assert sentences.standing(found, one).endswith("0 subjects, as low as it can be")
    assert sentences.verdict(found).endswith("0 subjects, as low as it can be")
    words.use("zh_CN")
    assert sentences.standing(found, one).endswith("，已到最低，无从再降")


def test_a_share_just_below_the_target_does_not_read_as_the_target() -> None:
    one = made.trajectory(figures={2021: (7995, 9995)}, status=Status.MISSED, gap=1)
    assert "79.9%" in sentences.standing(made.answer(), one)
    assert "80.0%" not in sentences.standing(made.answer(), one)


def test_districts_are_listed_by_what_they_lack_the_most_first() -> None:
    assert sentences.districts(made.everywhere()) == (
        "Children in inclusive kindergartens: still below the target: "
        "Xiangdu District (500 inclusive places short), Xindu District (200 inclusive places short)"
    )
    words.use("zh_CN")
    assert sentences.districts(made.everywhere()) == (
        "普惠性幼儿园覆盖率：未达标的是襄都区（差 500个普惠学位）、信都区（差 200个普惠学位）"
    )


def test_districts_that_all_meet_the_target_are_said_to() -> None:
    found = made.answer(
        made.trajectory(), made.trajectory(made.XINDU), made.trajectory(made.ZONE, {}, Status.NO_DATA, None)
    )
    assert sentences.districts(found).endswith(": every district with figures meets the target")


def test_without_any_district_with_figures_no_district_is_said_to_meet_the_target() -> None:
    nothing = [made.trajectory(area, {}, Status.NO_DATA, None, None) for area in (made.WHOLE, made.XINDU, made.ZONE)]
    assert "meets the target" not in sentences.districts(made.answer(*nothing))
    assert "meets the target" not in sentences.districts(made.answer(nothing[0]))


def test_districts_that_are_not_judged_are_not_said_to_meet_the_target() -> None:
    """The target is for the whole only."""
    found = made.answer(made.trajectory(), made.without_target(made.XINDU, made.FALLING))
    assert "meets the target" not in sentences.districts(found)


def test_districts_whose_figure_is_withheld_are_not_said_to_meet_the_target() -> None:
    few = unjudged(Why.WITHHELD)
    assert sentences.districts(made.answer(made.trajectory(), few)).endswith(" by area")
    some = made.answer(made.trajectory(), made.trajectory(made.XINDU), few)
    assert sentences.districts(some).endswith(": every district that is judged meets the target")
    assert sentences.verdict(some).endswith(
        "Economic Development Zone: withheld, as it tells of few persons; the other districts meet it"
    )


def test_districts_whose_figure_should_rise_and_does_not_are_named() -> None:
    spending = made.definition("preschool_spending")
    rising = spending.targets[0]

    def moving(*statuses: Status) -> Answer:
        areas = zip((made.WHOLE, made.XINDU, made.XIANGDU), (Status.ACHIEVED, *statuses), strict=True)
        return made.answer(
            *(made.trajectory(area, status=status, gap=None, target=rising) for area, status in areas), of=spending
        )

    title = "Public spending on preschool"
    assert sentences.districts(moving(Status.RELAPSED, Status.ACHIEVED)) == (
        f"{title}: does not move as the plan asks in Xindu District"
    )
    assert sentences.districts(moving(Status.ACHIEVED, Status.ACHIEVED)).endswith("moves as the plan asks")
    assert sentences.districts(moving(Status.NOT_JUDGED, Status.NOT_JUDGED)) == f"{title} by area"


def test_without_a_target_the_districts_are_only_named() -> None:
    found = made.answer(made.without_target(made.WHOLE, {2020: (500, None)}), of=made.definition("pupils"))
    assert sentences.districts(found) == "Pupils and children by area"


def test_the_largest_part_of_the_newest_period_is_named() -> None:
    parts = (
        made.point(2020, made.WHOLE, 900, 1000, "private"),
        made.point(2021, made.WHOLE, 600, 1000, "public"),
        made.point(2021, made.WHOLE, 250, 1000, "inclusive_private"),
        made.point(2021, made.XINDU, 990, 1000, "private"),
    )
    assert (
        sentences.parts(made.answer(parts=parts), made.WHOLE)
        == "Main urban area 2021/22: 83.5%; the largest part is “Public”, 60.0%"
    )
    assert sentences.parts(made.answer(parts=parts), made.ZONE) == "no data"


def test_a_due_date_to_come_says_how_far_away_it_is() -> None:
    one = made.trajectory()
    assert sentences.due(one, date(2020, 12, 30)) == "December 31, 2020 (in 1 day)"
    assert sentences.due(one, date(2020, 12, 1)) == "December 31, 2020 (in 30 days)"
    assert sentences.due(one, date(2021, 1, 1)) == "December 31, 2020"


def test_a_target_of_every_year_and_no_target() -> None:
    every_year = made.definition("gross_enrolment").targets[0]
    assert sentences.due(made.trajectory(target=every_year), TODAY) == "every year"
    assert sentences.due(made.without_target(made.WHOLE, {}), TODAY) == "—"


def test_the_planner_says_both_ways_to_close_a_gap() -> None:
    said = sentences.planner(gap_plan(10_000, 7_800, Fraction(4, 5), []), made.answer(), made.XIANGDU)
    assert said == (
        "Xiangdu District is 200 inclusive places short: convert 200 of the existing places, or build 1,000 more"
    )
    one = sentences.planner(gap_plan(10_000, 7_999, Fraction(4, 5), []), made.answer(), made.XIANGDU)
    assert one == "Xiangdu District is 1 inclusive place short: convert 1 of the existing places, or build 5 more"


@pytest.mark.parametrize(("counting", "spare"), [(8_000, "0"), (9_234, "1,234")])
def test_the_planner_says_what_there_is_to_spare(counting: int, spare: str) -> None:
    said = sentences.planner(gap_plan(10_000, counting, Fraction(4, 5), []), made.answer(), made.WHOLE)
    assert (
        said
        == f"Main urban area meets the target of “Children in inclusive kindergartens”, with {spare} inclusive places to spare"
    )


def test_the_foot_of_a_chart_says_unit_clause_version_and_whether_figures_are_invented() -> None:
    real, invented = (sentences.footing(made.answer(sample=sample)).split(" · ") for sample in (False, True))
    assert (real[0], real[1], real[-1]) == ("unit: %", "clause 27", "version 7")
    assert invented == [*real, "sample data"]
    assert not any(
        piece.startswith("data of") for piece in sentences.footing(replace(made.answer(), updated_at=None)).split(" · ")
    )


def test_an_area_without_an_english_name_keeps_its_own() -> None:
    assert sentences.area(made.answer(), "新城区") == "新城区"
    words.use("zh_CN")
    assert sentences.area(made.answer(), made.WHOLE) == "主城区"


def test_every_definition_is_whole_in_each_language() -> None:
    for one in catalogue().values():
        pairs = [
            one.title,
            one.meaning,
            one.calculation,
            *one.parts.values(),
            *(target.source for target in one.targets),
        ]
        pairs += [text for text in (one.unit_label, one.gap_unit) if text]
        assert [text.en for text in pairs if CHINESE.search(text.en)] == []
        assert [text.zh for text in pairs if LATIN.search(text.zh)] == []
