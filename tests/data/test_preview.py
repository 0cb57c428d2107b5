"""What publishing would do, and whole scopes that a file replaces."""

import pytest

from data import intake
from data.intake import Said
from data.problem import Refused
from data.store import Store, restore, withdraw
from data.uploads import history
from tests.conftest import Publish

HEADER = "年份,区域,年龄,人口数\n"
BEFORE = HEADER + "2020,信都区,3,5120\n2020,信都区,4,5000\n2020,襄都区,3,4880\n2021,信都区,3,5100\n"
AFTER = HEADER + "2020,信都区,3,5125\n2020,信都区,5,4900\n"
WHOLE_YEAR = Said(replace={"year": "2020"})
WHOLE_AREA = Said(replace={"year": "2020", "area": "信都区"})


def rows(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as cursor:
        return cursor.execute("select year, area, age, persons from population order by all").fetchall()


def numbers(store: Store, said: Said = Said()) -> tuple[int, ...]:  # noqa: B008 - frozen
    found = intake.check(store, AFTER.encode(), "f.csv", said=said)
    assert found.problems == ()
    effect = found.effect
    return effect.new, effect.changed, effect.unchanged, effect.removed


def test_rows_are_told_apart_by_what_becomes_of_them(store: Store, publish: Publish) -> None:
    publish("population", BEFORE)
    assert numbers(store) == (1, 1, 0, 0)
    assert numbers(store, WHOLE_AREA) == (1, 1, 0, 1)
    effect = intake.check(store, (AFTER + "2020,襄都区,3,4880\n").encode(), "f.csv", said=WHOLE_YEAR).effect
    assert (effect.new, effect.changed, effect.unchanged, effect.removed) == (1, 1, 1, 1)


def test_a_changed_value_stands_beside_the_old_one(store: Store, publish: Publish) -> None:
    publish("population", BEFORE)
    (change,) = intake.check(store, AFTER.encode(), "f.csv").effect.changes
    assert (change.key, change.field, change.old, change.new) == ("2020 信都区 3", "persons", 5120, 5125)
    assert change.as_dict() == {"key": "2020 信都区 3", "field": "persons", "old": "5120", "new": "5125"}


def test_a_changed_count_says_that_the_stored_row_tells_of_few_persons(store: Store, publish: Publish) -> None:
    publish("population", BEFORE.replace("5120", "7"))
    (change,) = intake.check(store, AFTER.encode(), "f.csv").effect.changes
    assert (change.old, change.new, change.few) == (7, 5125, True)
    publish("population", BEFORE)
    (change,) = intake.check(store, AFTER.encode(), "f.csv").effect.changes
    assert not change.few


def test_changes_of_rows_about_pupils_are_counted_and_not_listed(school_store: Store) -> None:
    file = "考试代码,科目,学号,学校代码,分数\n2021-11-G3,数学,007,3905000456,{}\n"
    intake.publish(school_store, file.format(90).encode(), "f.csv", by="test")
    effect = intake.check(school_store, file.format(95).encode(), "f.csv").effect
    assert (effect.changed, effect.changes) == (1, ())


def test_a_file_offers_the_scopes_that_it_could_replace_whole(store: Store) -> None:
    effect = intake.check(store, AFTER.encode(), "f.csv").effect
    assert effect.scopes == ({"year": "2020"}, {"area": "信都区"}, {"year": "2020", "area": "信都区"})
    assert intake.check(store, BEFORE.encode(), "f.csv").effect.scopes == ()


def test_a_replacement_removes_what_the_file_does_not_have_and_nothing_else(store: Store, publish: Publish) -> None:
    publish("population", BEFORE)
    done = intake.publish(store, AFTER.encode(), "f.csv", by="test", said=WHOLE_AREA)
    assert done.upload is not None
    assert rows(store) == [
        (2020, "信都区", 3, 5125),
        (2020, "信都区", 5, 4900),
        (2020, "襄都区", 3, 4880),
        (2021, "信都区", 3, 5100),
    ]
    assert history(store)[0].scope == {"year": "2020", "area": "信都区"}


def test_withdrawing_a_replacement_brings_the_removed_rows_back_and_restoring_removes_them_again(
    store: Store, publish: Publish
) -> None:
    publish("population", BEFORE)
    before = rows(store)
    done = intake.publish(store, AFTER.encode(), "f.csv", by="test", said=WHOLE_YEAR)
    after = rows(store)
    assert done.upload is not None and len(after) == 3
    withdraw(store, done.upload, "test")
    assert rows(store) == before
    restore(store, done.upload, "test")
    assert rows(store) == after


def test_a_removed_row_may_come_again(store: Store, publish: Publish) -> None:
    publish("population", BEFORE)
    intake.publish(store, AFTER.encode(), "f.csv", by="test", said=WHOLE_AREA)
    publish("population", HEADER + "2020,信都区,4,5001\n")
    assert (2020, "信都区", 4, 5001) in rows(store)


def test_an_area_holds_the_institutions_that_it_has(school_store: Store, publish: Publish) -> None:
    publish("enrolment", "学年,学校代码,学段,学生数\n2020,3905000123,学前,312\n2020,3905000456,高中,900\n")
    file = "学年,学校代码,学段,学生数\n2020,3905000123,小学,300\n".encode()
    said = Said(replace={"year": "2020", "area": "信都区"}, accept=True)
    assert intake.publish(school_store, file, "f.csv", "enrolment", by="test", said=said).upload is not None
    with school_store.reading() as cursor:
        assert cursor.execute("select institution_id, stage from enrolment order by all").fetchall() == [
            ("3905000123", "小学"),
            ("3905000456", "高中"),
        ]


def test_a_row_outside_what_is_replaced_is_a_problem(store: Store) -> None:
    found = intake.check(store, BEFORE.encode(), "f.csv", said=WHOLE_YEAR).problems
    assert [(problem.row, problem.expected) for problem in found] == [(5, "only rows of year=2020")]


def test_a_scope_that_the_dataset_does_not_have_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="school"):
        intake.check(store, AFTER.encode(), "f.csv", said=Said(replace={"school": "x"}))


def test_the_same_file_is_noticed_until_it_is_withdrawn(store: Store) -> None:
    first = intake.publish(store, AFTER.encode(), "f.csv", by="张三")
    (warning,) = intake.check(store, AFTER.encode(), "g.csv").warnings
    assert (warning.rule, warning.found) == ("same_file", f"the same file as upload {first.upload} by 张三")
    assert intake.publish(store, AFTER.encode(), "g.csv", by="李四").upload is None
    assert first.upload is not None
    withdraw(store, first.upload, "test")
    assert intake.check(store, AFTER.encode(), "g.csv").warnings == ()


def test_a_restored_upload_counts_in_its_old_place(store: Store, publish: Publish) -> None:
    first = publish("population", HEADER + "2020,信都区,3,1\n")
    publish("population", HEADER + "2020,信都区,3,2\n")
    withdraw(store, first, "test")
    restore(store, first, "王五")
    assert rows(store) == [(2020, "信都区", 3, 2)]
    with pytest.raises(Refused, match="counts already"):
        restore(store, first, "test")
    with pytest.raises(Refused, match="no upload 99"):
        restore(store, 99, "test")


def test_what_was_said_of_a_file_is_kept_with_its_upload(store: Store) -> None:
    done = intake.publish(store, AFTER.encode(), "f.csv", by="张三", said=Said(note="街道上报"))
    upload = history(store)[0]
    assert done.columns is not None and upload.mapping == done.columns.model_dump()
    assert (upload.note, upload.warnings, upload.kept) == ("街道上报", (), True)
