"""What changed in the data between two moments: uploads, rows, and why the rows are others."""

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest

from data import store as store_module
from data.changes import LISTED, DatasetChange, Reasons, Rows, change, changes, newest_day
from data.problem import Refused
from data.store import Store, definitions_at, first_definitions, note_definitions, withdraw

Publish = Callable[[str, str], int]

HEADER = "year,area,age,persons\n"
RESULTS = "exam_id,subject,student_id,institution_id,class,score\n"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The days of January 2100 at noon, one for every event to come."""
    moments = [datetime(2100, 1, number, 12) for number in range(1, 30)]
    monkeypatch.setattr(store_module, "utc_now", lambda: moments.pop(0))
    return moments


def day(number: int) -> datetime:
    return datetime(2100, 1, number, 18)


def population(*rows: tuple[int, int]) -> str:
    """Persons by age, in one year and area."""
    return HEADER + "".join(f"2020,信都区,{age},{persons}\n" for age, persons in rows)


def restore(store: Store, upload: int) -> None:
    with store.writing() as cursor:
        store_module._add_event(cursor, upload, "restored", "test")


def between(store: Store, earlier: int, later: int) -> DatasetChange:
    (found,) = changes(store, day(earlier), day(later))
    return found


def numbers(store: Store, earlier: int, later: int) -> tuple[int, int, int, Reasons]:
    found = between(store, earlier, later)
    assert found.rows is not None
    return found.rows.new, found.rows.revised, found.rows.gone, found.reasons


@pytest.mark.usefixtures("clock")
def test_a_first_upload_is_new_data(store: Store, publish: Publish) -> None:
    publish("population", population((3, 10)))
    upload = publish("population", population((4, 20), (5, 30)))
    found = between(store, 1, 2)
    assert (found.dataset, [one.upload_id for one in found.published]) == ("population", [upload])
    assert (found.withdrawn, found.restored) == ((), ())
    assert (found.rows, found.reasons) == (Rows(new=2), Reasons(new_data=True))


@pytest.mark.usefixtures("clock")
def test_a_corrected_value_is_a_revision_with_the_old_and_the_new_value(store: Store, publish: Publish) -> None:
    publish("population", population((3, 10), (4, 20)))
    publish("population", population((3, 11), (4, 20)))
    found = between(store, 1, 2)
    assert found.rows is not None
    assert (found.rows.new, found.rows.revised, found.rows.gone) == (0, 1, 0)
    assert [(dict(one.key), one.field, one.old, one.new) for one in found.rows.first] == [
        ({"year": 2020, "area": "信都区", "age": 3}, "persons", 10, 11)
    ]
    assert found.reasons == Reasons(revision=True)


@pytest.mark.usefixtures("clock")
def test_the_same_rows_again_change_nothing_but_the_list_of_uploads(store: Store, publish: Publish) -> None:
    publish("population", population((3, 10)))
    again = publish("population", population((3, 10)))
    found = between(store, 1, 2)
    assert [one.upload_id for one in found.published] == [again]
    assert (found.rows, found.reasons) == (Rows(), Reasons())


@pytest.mark.usefixtures("clock")
def test_a_value_that_becomes_empty_is_a_revision(store: Store, publish: Publish) -> None:
    publish("area", "area,level,name_en\n示例区,district,Sample\n")
    publish("area", "area,level,name_en\n示例区,district,\n")
    found = between(store, 1, 2)
    assert found.rows is not None
    assert [(one.field, one.old, one.new) for one in found.rows.first] == [("name_en", "Sample", None)]


@pytest.mark.usefixtures("clock")
def test_a_withdrawal_takes_rows_away_and_brings_earlier_values_back(store: Store, publish: Publish) -> None:
    publish("population", population((3, 10)))
    wrong = publish("population", population((3, 99), (4, 20)))
    withdraw(store, wrong, "test")
    assert numbers(store, 2, 3) == (0, 1, 1, Reasons(withdrawal=True))
    found = between(store, 2, 3)
    assert found.rows is not None
    assert [(one.old, one.new) for one in found.rows.first] == [(99, 10)]
    assert [one.upload_id for one in found.withdrawn] == [wrong]


@pytest.mark.usefixtures("clock")
def test_a_withdrawn_upload_that_counted_nowhere_is_no_reason(store: Store, publish: Publish) -> None:
    covered = publish("population", population((3, 10)))
    publish("population", population((3, 11)))
    withdraw(store, covered, "test")
    assert numbers(store, 2, 3) == (0, 0, 0, Reasons())


@pytest.mark.usefixtures("clock")
def test_what_came_and_went_between_the_moments_is_listed_and_moves_nothing(store: Store, publish: Publish) -> None:
    publish("population", population((3, 10)))
    withdraw(store, publish("population", population((3, 99))), "test")
    found = between(store, 1, 3)
    assert [len(found.published), len(found.withdrawn)] == [1, 1]
    assert (found.rows, found.reasons) == (Rows(), Reasons())


@pytest.mark.usefixtures("clock")
def test_a_restored_upload_counts_again(store: Store, publish: Publish) -> None:
    publish("population", population((3, 10)))
    upload = publish("population", population((3, 11), (4, 20)))
    withdraw(store, upload, "test")
    restore(store, upload)
    assert numbers(store, 3, 4) == (1, 1, 0, Reasons(new_data=True, revision=True))
    assert [one.upload_id for one in between(store, 3, 4).restored] == [upload]
    assert numbers(store, 2, 4) == (0, 0, 0, Reasons())


@pytest.mark.usefixtures("clock")
def test_a_withdrawn_and_replaced_upload_has_both_reasons(store: Store, publish: Publish) -> None:
    wrong = publish("population", population((3, 99)))
    withdraw(store, wrong, "test")
    publish("population", population((3, 10)))
    assert numbers(store, 1, 3) == (0, 1, 0, Reasons(revision=True, withdrawal=True))


@pytest.mark.usefixtures("clock")
def test_only_the_first_revised_rows_are_listed_and_all_are_counted(store: Store, publish: Publish) -> None:
    ages = range(LISTED + 5)
    publish("population", population(*((age, 10) for age in ages)))
    publish("population", population(*((age, 11) for age in ages)))
    rows = between(store, 1, 2).rows
    assert rows is not None
    assert rows.revised == LISTED + 5
    assert [one.key["age"] for one in rows.first] == list(ages)[:LISTED]


@pytest.mark.usefixtures("clock")
def test_only_rows_with_the_values_asked_for_are_compared(store: Store, publish: Publish) -> None:
    publish("area", "area,level\n甲区,district\n乙园,zone\n")
    publish("area", "area,level,parent\n甲区,district,邢台市\n乙园,zone,邢台市\n")
    only = change(store, "area", day(1), day(2), {"level": ("zone",), "area": ("甲区", "乙园")})
    assert only.rows is not None
    assert [one.key["area"] for one in only.rows.first] == ["乙园"]
    none = change(store, "area", day(1), day(2), {"level": ("city",)})
    assert (none.rows, none.reasons) == (Rows(), Reasons())


def test_rows_about_single_persons_are_not_compared(
    school_store: Store, publish: Publish, clock: list[datetime]
) -> None:
    upload = publish("exam_result", RESULTS + "2021-11-G3,数学,1,3905000456,1,100\n")
    publish("exam_result", RESULTS + "2021-11-G3,数学,1,3905000456,1,101\n")
    withdraw(school_store, upload, "test")
    found = between(school_store, 1, 3)
    assert (found.dataset, found.rows) == ("exam_result", None)
    assert [one.rows for one in found.published] == [1]
    assert found.reasons == Reasons(new_data=True, withdrawal=True)


@pytest.mark.usefixtures("clock")
def test_without_an_event_no_dataset_is_listed(store: Store, publish: Publish) -> None:
    publish("population", population((3, 10)))
    assert changes(store, day(1), day(5)) == ()
    assert changes(store, day(1), day(1)) == ()


def test_swapped_moments_are_refused(store: Store) -> None:
    with pytest.raises(Refused, match="earlier day first"):
        changes(store, day(2), day(1))


@pytest.mark.usefixtures("clock")
def test_a_revised_count_says_that_its_row_tells_of_few_persons(store: Store, publish: Publish) -> None:
    header = "school_year,area,children,special_schools,ordinary_classes,special_classes,home_taught\n"
    publish("special_education", header + "2020,信都区,186,74,83,5,17\n2020,襄都区,300,100,80,30,40\n")
    publish("special_education", header + "2020,信都区,190,74,83,5,17\n2020,襄都区,310,100,80,30,40\n")
    rows = between(store, 1, 2).rows
    assert rows is not None
    assert {(one.key["area"], one.field, one.few) for one in rows.first} == {
        ("信都区", "children", True), ("襄都区", "children", False),
    }  # fmt: skip


@pytest.mark.usefixtures("clock")
def test_a_change_becomes_json(store: Store, publish: Publish) -> None:
    publish(
        "institution",
        "institution_id,valid_from,name,area,kind,ownership,main_urban\n1,2015-09-01,示例园,信都区,幼儿园,集体办,是\n",
    )
    publish(
        "institution",
        "institution_id,valid_from,name,area,kind,ownership,main_urban\n1,2015-09-01,示例园,信都区,幼儿园,普惠性民办,是\n",
    )
    document = between(store, 1, 2).as_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["rows"] == {
        "new": 0, "revised": 1, "gone": 0,
        "first": [{"key": {"institution_id": "1", "valid_from": "2015-09-01"}, "field": "ownership", "old": "集体办", "new": "普惠性民办"}],
    }  # fmt: skip
    assert (document["new_data"], document["revision"], document["withdrawal"]) == (False, True, False)


@pytest.mark.usefixtures("clock")
def test_a_change_is_read_from_a_store_that_is_opened_for_reading(store: Store, publish: Publish) -> None:
    publish("population", population((3, 10)))
    store.close()
    reader = Store.open_for_reading(store.path)
    found = changes(reader, datetime(2000, 1, 1), day(1))
    assert {one.dataset for one in found} == {"area", "preschool_published", "population"}
    reader.close()


@pytest.mark.usefixtures("clock")
def test_the_day_of_the_newest_event_up_to_a_moment(store: Store, publish: Publish) -> None:
    publish("population", population((3, 10)))
    publish("population", population((3, 11)))
    assert newest_day(store) == date(2100, 1, 2)
    assert newest_day(store, day(1)) == date(2100, 1, 1)
    assert newest_day(store, datetime(1999, 1, 1)) is None


# Definitions


def test_definitions_are_remembered_as_of_every_moment(store: Store, clock: list[datetime]) -> None:
    assert (definitions_at(store, day(1)), first_definitions(store)) == ({}, {})
    note_definitions(store, {"one": "a", "two": "b"})
    note_definitions(store, {"one": "a2", "two": "b", "three": "c"})
    assert definitions_at(store, datetime(2100, 1, 1, 11)) == {}
    assert definitions_at(store, day(1)) == first_definitions(store) == {"one": "a", "two": "b"}
    assert definitions_at(store, day(2)) == {"one": "a2", "two": "b", "three": "c"}
    note_definitions(store, {"one": "a"})
    assert definitions_at(store, day(3))["one"] == "a"


@pytest.mark.usefixtures("clock")
def test_a_definition_that_is_the_same_is_remembered_once(store: Store) -> None:
    version = store.version
    for _time in range(3):
        note_definitions(store, {"one": "a"})
    with store.reading() as cursor:
        assert cursor.execute("select count(*) from store.definition").fetchall() == [(1,)]
    assert store.version == version


def test_a_store_of_an_older_version_remembers_no_definitions(store: Store) -> None:
    with store.writing() as cursor:
        cursor.execute("drop table store.definition")
    store.close()
    reader = Store.open_for_reading(store.path)
    assert (definitions_at(reader, day(1)), first_definitions(reader)) == ({}, {})
    reader.close()
