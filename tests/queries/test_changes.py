"""What moved between two days: figures and verdicts of both days, and the causes apart."""

import json
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

import pytest

from data import store as store_module
from data.problem import Refused
from data.store import Moment, Store, definitions_at, note_definitions, withdraw
from queries import catalogue as catalogue_module
from queries import changes as changes_module
from queries.answers import Viewer, visible
from queries.catalogue import Definition, catalogue, rests_on, texts
from queries.changes import Cause, IndicatorChange, as_document, changed_data, moved
from queries.opened import shared_store
from queries.progress import Status

INTERNAL = Viewer(internal=True)
PUBLIC_KINDERGARTEN = "1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是"
PRIVATE_KINDERGARTEN = "2,2015-09-01,另一园,信都区,幼儿园,非普惠民办,,,是"
SCHOOL = "3,2015-09-01,示例小学,信都区,小学,教育部门办,,,是"

Publish = Callable[[str, str], int]


def day(number: int) -> date:
    return date(2100, 1, number)


# Indicators that the rows of these tests bear on, that they do not, and that tests define: all of them take six times as long.
ASKED = frozenset(
    ("public_share", "inclusive_share", "pupils", "mean_class_size", "kindergartens", "large_classes", "balance_schools",
     "teacher_pay_ratio", "competition_awards", "key_school_targets_met", "hidden", "new")
)  # fmt: skip


@pytest.fixture(autouse=True)
def few_indicators(monkeypatch: pytest.MonkeyPatch) -> None:
    def some(viewer: Viewer) -> dict[str, Definition]:
        return {name: one for name, one in visible(viewer).items() if name in ASKED}

    monkeypatch.setattr(changes_module, "visible", some)


@pytest.fixture
def two_kindergartens(
    store: Store, clock: list[datetime], register: Callable[..., int], returns: Callable[..., int]
) -> Store:
    """On 1 and 2 January two kindergartens and a school report for 2020: 600 of 1000 children are in the public one."""
    clock += [datetime(2100, 1, number, 12) for number in range(1, 20)]
    register(PUBLIC_KINDERGARTEN, PRIVATE_KINDERGARTEN, SCHOOL)
    returns("2020,1,学前,600,20", "2020,2,学前,400,14", "2020,3,小学,800,20")
    return store


def found(store: Store, earlier: int, later: int) -> dict[str, IndicatorChange]:
    return {one.after.definition.id: one for one in moved(store, day(earlier), day(later))}


def values(one: IndicatorChange) -> list[tuple[Fraction | None, Fraction | None]]:
    """The newest values of both days, area by area."""
    points = [(area.before.latest, area.after.latest) for area in one.areas]
    return [(before and before.value, after and after.value) for before, after in points]


def restore(store: Store, upload: int) -> None:
    with store.writing() as cursor:
        store_module._add_event(cursor, upload, "restored", "test")


def test_new_data_moves_the_figure_and_the_verdict(two_kindergartens: Store, returns: Callable[..., int]) -> None:
    returns("2021,1,学前,400,14", "2021,2,学前,600,20")
    one = found(two_kindergartens, 2, 3)["public_share"]
    assert one.causes == (Cause.NEW_DATA,)
    assert values(one)[0] == (Fraction(3, 5), Fraction(2, 5))
    assert (one.whole.before.status, one.whole.after.status) == (Status.ACHIEVED, Status.RELAPSED)
    assert (one.whole.before.gap, one.whole.after.gap) == (0, 100)
    assert [area.area for area in one.moved] == ["主城区", "信都区"]


def test_a_revision_is_a_cause_of_its_own(two_kindergartens: Store, returns: Callable[..., int]) -> None:
    returns("2020,1,学前,500,20")
    one = found(two_kindergartens, 2, 3)["public_share"]
    assert one.causes == (Cause.REVISION,)
    assert values(one)[0] == (Fraction(6, 10), Fraction(5, 9))


def test_a_withdrawal_and_a_restoration(two_kindergartens: Store, returns: Callable[..., int]) -> None:
    upload = returns("2020,1,学前,500,20", "2021,1,学前,700,20")
    withdraw(two_kindergartens, upload, "test")
    restore(two_kindergartens, upload)
    gone = found(two_kindergartens, 3, 4)["public_share"]
    assert (gone.causes, values(gone)[0]) == ((Cause.WITHDRAWAL,), (Fraction(1), Fraction(3, 5)))
    back = found(two_kindergartens, 4, 5)["public_share"]
    assert (back.causes, values(back)[0]) == ((Cause.NEW_DATA, Cause.REVISION), (Fraction(3, 5), Fraction(1)))
    assert found(two_kindergartens, 3, 5) == {}


def test_rows_that_an_indicator_does_not_read_are_no_cause(
    two_kindergartens: Store, returns: Callable[..., int]
) -> None:
    returns("2020,3,小学,900,20")
    assert sorted(found(two_kindergartens, 2, 3)) == ["mean_class_size", "pupils"]


def test_a_cause_without_another_figure_is_listed_too(two_kindergartens: Store, register: Callable[..., int]) -> None:
    register(PUBLIC_KINDERGARTEN.replace("示例园", "示例幼儿园"))
    one = found(two_kindergartens, 2, 3)["public_share"]
    assert (one.causes, one.moved) == ((Cause.REVISION,), ())


def test_a_moment_within_a_day_is_not_the_end_of_that_day(
    two_kindergartens: Store, returns: Callable[..., int]
) -> None:
    """Both are the same date; what a meeting is locked to must not be answered with what came later that day."""
    returns("2021,1,学前,400,14", "2021,2,学前,600,20")
    locked = Moment.of(datetime(2100, 1, 3, 1))
    assert locked == day(3)
    whole = [one.after.definition.id for one in moved(two_kindergartens, day(2), day(3))]
    assert "public_share" in whole
    assert moved(two_kindergartens, day(2), locked) == ()


@pytest.mark.usefixtures("two_kindergartens")
def test_nothing_changed(store: Store) -> None:
    assert moved(store, day(2), day(9)) == ()
    assert moved(store, day(2), day(2)) == ()


def test_another_verdict_without_any_other_cause_is_the_days(
    store: Store, clock: list[datetime], register: Callable[..., int], returns: Callable[..., int]
) -> None:
    """The share misses 2020's target: not yet on the due day, and missed the day after."""
    clock += [datetime(2020, 12, 1, 12), datetime(2020, 12, 2, 12)]
    with store.writing() as cursor:
        cursor.execute("update store.upload_event set occurred_at = '2020-11-01'")
    register(PUBLIC_KINDERGARTEN, PRIVATE_KINDERGARTEN)
    returns("2019,1,学前,300,20", "2019,2,学前,700,14", "2020,1,学前,400,20", "2020,2,学前,600,14")
    listed = {one.after.definition.id: one for one in moved(store, date(2020, 12, 31), date(2021, 1, 1))}
    assert listed["public_share"].causes == (Cause.DAY,)
    assert listed["public_share"].whole.after.status == Status.MISSED
    assert values(listed["public_share"])[0] == (Fraction(2, 5), Fraction(2, 5))


def test_suppressed_figures_stay_suppressed(two_kindergartens: Store, returns: Callable[..., int]) -> None:
    returns("2021,1,学前,5,1", "2021,2,学前,400,14")
    returns("2021,1,学前,7,1")
    arrived, revised = (found(two_kindergartens, *days)["public_share"] for days in ((2, 3), (3, 4)))
    assert arrived.causes == (Cause.NEW_DATA,)
    assert values(arrived)[0] == (Fraction(3, 5), None)
    assert as_document(arrived)["areas"][0]["after"]["suppressed"] is True
    assert (revised.causes, revised.moved) == ((Cause.REVISION,), ())
    assert values(revised)[0] == (None, None)
    assert not {"5", "7"} & set(json.dumps(as_document(revised)).replace(",", " ").split())


def test_only_what_the_viewer_may_see_is_listed(
    two_kindergartens: Store,
    returns: Callable[..., int],
    define: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    define("hidden", like="public_share", visibility="internal")
    returns("2020,1,学前,500,20")
    assert "hidden" not in found(two_kindergartens, 2, 3)
    assert "hidden" in {
        one.after.definition.id for one in moved(two_kindergartens, day(2), day(3), Viewer(internal=True))
    }


def test_swapped_days_are_refused(store: Store) -> None:
    with pytest.raises(Refused, match="earlier day first"):
        moved(store, day(2), day(1))


def test_a_change_becomes_json(two_kindergartens: Store, returns: Callable[..., int]) -> None:
    returns("2020,1,学前,500,20")
    document = as_document(found(two_kindergartens, 2, 3)["public_share"])
    assert json.loads(json.dumps(document)) == document
    assert {**document, "areas": document["areas"][:1]} == {
        "id": "public_share",
        "clause": 27,
        "unit": "share",
        "causes": ["revision"],
        "areas": [
            {
                "area": "主城区",
                "moved": True,
                "before": {"period": 2020, "value": 0.6, "suppressed": False, "status": "achieved", "gap": 0},
                "after": {"period": 2020, "value": 5 / 9, "suppressed": False, "status": "achieved", "gap": 0},
            }
        ],
    }


def test_every_cause_has_a_word() -> None:
    assert set(changes_module.WORDS) == set(Cause)


# Definitions


def test_a_changed_definition_is_a_cause(two_kindergartens: Store) -> None:
    note_definitions(two_kindergartens, {"public_share": "old", "pupils": "same"})
    note_definitions(two_kindergartens, {"public_share": "new", "pupils": "same"})
    listed = found(two_kindergartens, 3, 4)
    assert {name: one.causes for name, one in listed.items()} == {"public_share": (Cause.DEFINITION,)}
    assert listed["public_share"].moved == ()
    assert found(two_kindergartens, 4, 9) == {}


def test_the_first_sight_of_all_definitions_is_no_change(two_kindergartens: Store) -> None:
    note_definitions(two_kindergartens, {"public_share": "old"})
    assert found(two_kindergartens, 2, 9) == {}
    note_definitions(two_kindergartens, {"public_share": "new"})
    assert found(two_kindergartens, 2, 9)["public_share"].causes == (Cause.DEFINITION,)


@pytest.mark.parametrize(
    ("file", "those"),
    [
        ("views/30_stage_enrolment.sql", {"public_share", "inclusive_share", "kindergartens"}),
        ("views/37_target_verdict.sql", {"key_school_targets_met"}),
        ("compulsory/standards.yaml", {"balance_schools", "large_classes"}),
        ("accountability/rule.yaml", {"key_school_targets_met"}),
        ("incentives/pay_definitions.yaml", {"teacher_pay_ratio"}),
    ],
)
def test_a_view_a_standard_or_a_rule_that_changed_changes_the_definitions_that_rest_on_it(
    file: str, those: set[str], two_kindergartens: Store
) -> None:
    now = texts()
    note_definitions(two_kindergartens, {**now, file: now[file] + "-- old"})
    note_definitions(two_kindergartens, now)
    listed = {one.after.definition.id: one for one in moved(two_kindergartens, day(3), day(4), INTERNAL)}
    assert {one.causes for one in listed.values()} == {(Cause.DEFINITION,)}
    resting = {name for name, one in catalogue().items() if file in rests_on(one)}
    assert set(listed) == resting & ASKED >= those and "competition_awards" not in listed


def test_a_file_that_an_older_store_did_not_remember_is_no_change(two_kindergartens: Store) -> None:
    now = texts()
    note_definitions(two_kindergartens, {name: text for name, text in now.items() if "/" not in name})
    note_definitions(two_kindergartens, now)
    assert found(two_kindergartens, 3, 4) == {}


def test_an_indicator_that_others_preceded_is_new(two_kindergartens: Store) -> None:
    note_definitions(two_kindergartens, {"public_share": "old"})
    note_definitions(two_kindergartens, {"public_share": "old", "pupils": "new"})
    assert {name: one.causes for name, one in found(two_kindergartens, 3, 4).items()} == {
        "pupils": (Cause.NEW_INDICATOR,)
    }


def test_opening_the_store_for_writing_remembers_the_definitions_of_the_catalogue(store: Store) -> None:
    store.close()
    opened = shared_store()
    remembered = definitions_at(opened, datetime.max)
    opened.close()
    assert remembered == texts()
    assert {name for name in remembered if "/" not in name} == set(catalogue()) >= set(visible())
    folder = catalogue_module.FOLDER / "pupils"
    assert all(
        (folder / name).read_text(encoding="utf-8") in remembered["pupils"] for name in ("definition.yaml", "query.sql")
    )


TARGETS = "year,institution_id,item,comparison,target,result\n2021,9,示例目标,不低于,98,{result}\n"


def test_revised_rows_of_internal_records_are_for_internal_viewers(
    store: Store, clock: list[datetime], register: Callable[..., int], publish: Publish
) -> None:
    clock += [datetime(2100, 1, number, 12) for number in range(1, 4)]
    register("9,2015-09-01,示例高中,信都区,高中,教育部门办,,,是")
    publish("school_target", TARGETS.format(result=97))
    publish("school_target", TARGETS.format(result=99))
    for viewer, listed in ((Viewer(), 0), (Viewer(internal=True), 1)):
        (one,) = [one for one in changed_data(store, day(2), day(3), viewer) if one.dataset == "school_target"]
        assert one.rows is not None
        assert (one.rows.revised, len(one.rows.first)) == (1, listed)
