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
from queries.answers import Answer
from queries.catalogue import catalogue
from queries.gap import gap_plan
from queries.progress import Status
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
        if one.latest and one.latest.denominator and one.target:
            goal, counting = Fraction(one.target.value), int(one.latest.numerator or 0)
            yield sentences.planner(gap_plan(int(one.latest.denominator), counting, goal, []), found, one.area)
    for code in (*found.definition.parts, None):
        yield sentences.part(found.definition, code)


def every_sentence(samples: Store) -> Iterator[str]:
    for name in catalogue():
        yield from spoken(answers.answer(samples, name))
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
    one = made.trajectory(made.ZONE, {2020: (0, 0)}, Status.NOT_JUDGED, None, None)
    assert sentences.standing(made.answer(), one) == (
        "Economic Development Zone: no figure for Children in inclusive kindergartens yet."
    )
    words.use("zh_CN")
    assert sentences.standing(made.answer(), one) == "开发区：暂无普惠性幼儿园覆盖率数据。"


def test_a_share_just_below_the_target_does_not_read_as_the_target() -> None:
    one = made.trajectory(figures={2021: (7995, 9995)}, status=Status.MISSED, gap=1)
    assert "79.9%" in sentences.standing(made.answer(), one)
    assert "80.0%" not in sentences.standing(made.answer(), one)


def test_districts_are_listed_by_what_they_lack_the_most_first() -> None:
    assert sentences.districts(made.everywhere()) == (
        "Children in inclusive kindergartens: still below the target: "
        "Xiangdu District (500 inclusive places), Xindu District (200 inclusive places)"
    )
    words.use("zh_CN")
    assert sentences.districts(made.everywhere()) == (
        "普惠性幼儿园覆盖率：未达标的是襄都区 (500个普惠学位)、信都区 (200个普惠学位)"
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
        == "Main urban area 2021/22: the largest part is “Public”, 60.0%"
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
    assert (
        said == "Xiangdu District is 200 inclusive places short: convert 200 existing places, or build 1,000 new ones"
    )


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
