"""Rows beside the indicators: as of a moment, for a day, kept until the data change."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

import data.plan
from data.configuration import ROOT
from data.plan import ReturnDay, plan
from data.store import Store
from queries.asked import asked
from queries.opened import install_views, set_reporting_day, with_views
from tests.queries.conftest import Publish

Register = Callable[..., int]


@pytest.fixture
def query(tmp_path: Path) -> Path:
    """The institutions of an area, with the day that is asked for."""
    path = tmp_path / "institutions.sql"
    path.write_text("select institution_id, reporting_day() as day from institution where area = $area", "utf-8")
    return path


def test_the_rows_are_read_only_and_values_are_bound(store: Store, register: Register, query: Path) -> None:
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是")
    (row,) = asked(store, query, None, date(2021, 6, 1), area="信都区")
    assert dict(row) == {"institution_id": "1", "day": date(2021, 6, 1)}
    with pytest.raises(TypeError):
        row["day"] = None  # type: ignore[index]
    assert asked(store, query, None, area="' or true --") == ()


def test_an_unchanged_store_is_not_asked_twice_and_each_day_and_value_by_itself(
    store: Store, register: Register, query: Path
) -> None:
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是")
    first = asked(store, query, None, date(2021, 6, 1), area="信都区")
    assert asked(store, query, None, date(2021, 6, 1), area="信都区") is first
    assert asked(store, query, None, date(2021, 6, 2), area="信都区")[0]["day"] == date(2021, 6, 2)
    assert asked(store, query, None, date(2021, 6, 1), area="襄都区") == ()
    register("2,2015-09-01,另一园,信都区,幼儿园,集体办,,,是")
    assert len(asked(store, query, None, date(2021, 6, 1), area="信都区")) == 2


def test_a_day_in_the_past_knows_the_rows_of_then_and_is_the_reporting_day(
    store: Store, register: Register, query: Path, clock: list[datetime]
) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3)]
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是")
    register("2,2015-09-01,另一园,信都区,幼儿园,集体办,,,是")
    then = asked(store, query, date(2100, 1, 2), date(2100, 9, 9), area="信都区")
    assert [(row["institution_id"], row["day"]) for row in then] == [("1", date(2100, 1, 2))]


def test_the_reporting_day_holds_for_its_cursor_only(store: Store) -> None:
    with store.reading() as cursor, store.reading() as other:
        set_reporting_day(cursor, date(2021, 6, 1))
        assert cursor.execute("select reporting_day()").fetchall() == [(date(2021, 6, 1),)]
        set_reporting_day(cursor, date(2020, 1, 1))
        assert cursor.execute("select reporting_day()").fetchall() == [(date(2020, 1, 1),)]
        assert other.execute("select reporting_day() = current_date").fetchall() == [(True,)]


def test_a_year_that_is_not_over_is_described_on_the_reporting_day(store: Store, register: Register) -> None:
    register(
        "1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是",
        "2,2021-09-01,另一园,信都区,幼儿园,集体办,,,是",
    )
    found = {}
    for day in (date(2021, 6, 1), date(2021, 12, 31)):
        with store.reading() as cursor:
            set_reporting_day(cursor, day)
            found[day] = cursor.execute(
                "select count(*), any_value(day) from institution_in_year where year = 2021 and area = '信都区'"
            ).fetchone()
    assert found == {date(2021, 6, 1): (1, date(2021, 6, 1)), date(2021, 12, 31): (2, date(2021, 12, 31))}


def test_the_macros_name_the_plans_area_and_days(store: Store) -> None:
    with store.reading() as cursor:
        found = cursor.execute("select plan_area(), plan_begins(), plan_ends()").fetchone()
    assert found == ("主城区", date(2020, 7, 28), date(2022, 12, 31))


@pytest.mark.parametrize(("month", "day", "ownership"), [(9, 1, "inclusive_private"), (10, 15, "private")])
def test_the_day_of_the_return_is_one_setting(
    month: int, day: int, ownership: str, store: Store, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recognition that lapses in September holds on the 1st and not in October."""
    publish(
        "institution",
        "institution_id,valid_from,name,area,kind,ownership,main_urban,recognised_to\n"
        "1,2015-09-01,示例园,信都区,幼儿园,普惠性民办,是,2020-09-30\n",
    )
    publish("enrolment", "school_year,institution_id,stage,pupils\n2020,1,学前,50\n")
    other = plan().model_copy(update={"return_day": ReturnDay(month=month, day=day)})
    monkeypatch.setattr(data.plan, "plan", lambda: other)
    with_views(store)
    with store.reading() as cursor:
        assert cursor.execute("select return_day(2020)").fetchall() == [(date(2020, month, day),)]
        assert cursor.execute("select distinct ownership from kindergarten_enrolment").fetchall() == [(ownership,)]


def test_no_sql_names_a_day_of_the_return_of_its_own() -> None:
    for path in [*(ROOT / "queries").rglob("*.sql"), *(ROOT / "data" / "rules").glob("*.yaml")]:
        assert not re.search(r"make_date\([^()]*(\([^()]*\))?[^()]*, 9, 1\)", path.read_text(encoding="utf-8")), path


def test_views_need_the_datasets_they_read() -> None:
    with pytest.raises(duckdb.CatalogException):
        install_views(duckdb.connect(":memory:"))
