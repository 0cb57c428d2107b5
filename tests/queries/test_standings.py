"""The plan as a whole: counts that add up, due dates with their verdicts, losses, and the day to compare with."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from data.plan import plan
from data.store import Store
from queries import answers, standings
from queries.catalogue import Definition
from queries.progress import Standing, Status
from tests.pages.display import made

TODAY = date(2022, 7, 8)


def test_every_area_of_every_indicator_is_counted_once(samples: Store) -> None:
    found = answers.overview(samples)
    whole, *groups = standings.matrix(found)
    assert whole.group is None
    assert all(sum(counts.values()) == len(found) for counts in whole.cells.values())
    for area, counts in whole.cells.items():
        for one in Standing:
            assert counts.get(one, 0) == sum(line.cells[area].get(one, 0) for line in groups)
    order = [group.id for group in plan().groups]
    listed = [line.group.id for line in groups if line.group]
    assert listed == [name for name in order if name in {one.definition.group.id for one in found}]


def test_states_are_summed_up_in_a_few_words_and_none_is_left_out() -> None:
    (whole, group) = standings.matrix([made.everywhere()])
    assert dict(whole.cells) == {
        made.WHOLE: {Standing.ACHIEVED: 1},
        made.XINDU: {Standing.BEHIND: 1},
        made.XIANGDU: {Standing.BEHIND: 1},
        made.ZONE: {Standing.NO_DATA: 1},
    }
    assert (group.group and group.group.id, group.cells) == ("preschool", whole.cells)


def test_without_indicators_there_is_one_line_without_areas() -> None:
    (only,) = standings.matrix([])
    assert (only.group, dict(only.cells)) == (None, {})


def dated(*dues: date | None, figures: made.Figures = made.RISING, **changes: object) -> answers.Answer:
    """An answer whose definition has a target of 80 % for each date; the status is that of the day of the test."""
    like = made.definition().targets[0]
    targets = tuple(like.model_copy(update={"due": due, **changes}) for due in dues)
    definition = made.definition(targets=targets)
    points = made.trajectory(figures=figures).points
    return made.answer(answers.trajectory(definition, made.WHOLE, points, TODAY), of=definition)


def test_due_dates_stand_in_order_with_the_verdict_on_their_own_target() -> None:
    past, coming = date(2020, 12, 31), date(2022, 12, 31)
    found = [dated(past, figures=made.FALLING), dated(coming, value=Decimal("0.9")), dated(None), dated(past, coming)]
    dues = standings.deadlines(found, TODAY)
    assert [(one.day, [own.status for _answer, own in one.targets]) for one in dues] == [
        (past, [Status.RELAPSED, Status.ACHIEVED]),
        (coming, [Status.ON_TRACK, Status.ACHIEVED]),
    ]
    assert [dict(one.counts) for one in dues] == [
        {Standing.ACHIEVED: 1, Standing.BEHIND: 1}, {Standing.ACHIEVED: 1, Standing.ON_TRACK: 1},
    ]  # fmt: skip


def test_a_target_that_is_not_in_force_yet_is_not_due() -> None:
    assert standings.deadlines([dated(date(2022, 12, 31), in_force=date(2022, 7, 9))], TODAY) == ()
    assert len(standings.deadlines([dated(date(2022, 12, 31), in_force=TODAY)], TODAY)) == 1


def test_losses_are_listed_area_by_area_the_latest_first(samples: Store) -> None:
    lost = standings.relapses([made.everywhere(), made.everywhere()])
    assert [(one.area, one.status) for _answer, one in lost] == [(made.XINDU, Status.RELAPSED)] * 2
    found = standings.relapses(answers.overview(samples))
    assert "public_share" in {answer.definition.id for answer, one in found if one.area == "主城区"}
    days = [one.since for _answer, one in found]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("shown", "compared"),
    [
        (date(2100, 6, 30), date(2100, 4, 1)),
        (date(2100, 1, 20), date(2100, 1, 1)),
        (date(2100, 1, 12), date(2100, 1, 1)),
        (date(2100, 1, 5), None),
        (date(2099, 1, 1), None),
    ],
)
def test_the_day_to_compare_with_is_a_quarter_ago_or_the_last_one_with_other_data(
    shown: date, compared: date | None, store: Store, register: Callable[..., int], clock: list[datetime]
) -> None:
    """Data came on 1 and 10 January 2100; the reference data are older, and are taken for none of them here."""
    with store.writing() as cursor:
        cursor.execute("update store.upload_event set occurred_at = '2100-01-01 11:00'")
    clock += [datetime(2100, 1, day, 12) for day in (1, 10)]
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是")
    register("2,2015-09-01,另一园,信都区,幼儿园,集体办,,,是")
    assert standings.compared_day(store, shown) == compared


def test_only_what_the_viewer_may_see_is_counted(store: Store, define: Callable[..., Definition]) -> None:
    define("hidden", "pupils", visibility="internal")
    viewers = (answers.PUBLIC, answers.Viewer(internal=True))
    seen = [
        sum(standings.matrix(answers.overview(store, viewer=viewer))[0].cells["主城区"].values()) for viewer in viewers
    ]
    assert seen == [len(answers.visible(viewer)) for viewer in viewers]
    assert [viewer for viewer in viewers if "hidden" in answers.visible(viewer)] == [viewers[1]]
