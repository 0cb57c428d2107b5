"""Every indicator's example, worked by hand, is what its SQL returns."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from data.contract import contracts
from queries import catalogue
from queries.opened import install_views, set_reporting_day

FOLDERS = sorted(path for path in catalogue.FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_"))
STAGING_VIEWS = set(catalogue.views())
# The counts that the store keeps beside a dataset's rows.
TALLIES = {name: columns for contract in contracts().values() for name, columns in contract.tally_views.items()}

Rows = Sequence[Mapping[str, Any]]


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """Every dataset's table, empty, those of its counts, and the staging views over them."""
    connection = duckdb.connect(":memory:")
    for contract in contracts().values():
        columns = ", ".join(f'"{name}" {sql_type}' for name, sql_type in contract.columns.items())
        connection.execute(f"create table {contract.dataset} ({columns})")
    for name, columns in TALLIES.items():
        counted = ", ".join(f'"{column}" {sql_type}' for column, sql_type in columns.items())
        connection.execute(f"create table {name} ({counted})")
    install_views(connection)
    yield connection
    connection.close()


@pytest.fixture
def database(empty: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same in a transaction that takes back what a test gives."""
    empty.execute("begin transaction")
    yield empty
    empty.execute("rollback")
    empty.execute("reset variable reporting_day")


def example_of(folder: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((folder / "example.yaml").read_text(encoding="utf-8")))


def give(database: duckdb.DuckDBPyConnection, name: str, rows: Rows) -> None:
    """Puts rows into a dataset, or in the place of a staging view; columns that a row leaves out are empty."""
    if name in STAGING_VIEWS:
        database.execute(f"create table given_rows as from {name} limit 0")
        database.execute(f"drop view {name}")
        database.execute(f"alter table given_rows rename to {name}")
    for row in rows:
        columns = ", ".join(f'"{column}"' for column in row)
        places = ", ".join("?" for _column in row)
        database.execute(f"insert into {name} ({columns}) values ({places})", list(row.values()))


def run(database: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, Rows]) -> list[dict[str, Any]]:
    for name, rows in given.items():
        give(database, name, rows)
    result = database.execute(sql)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def prove(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The SQL of a folder returns the rows of its example, no more and no fewer, in exact numbers."""
    example = example_of(folder)
    if "today" in example:
        set_reporting_day(database, example["today"])
    expected = example["expect"]
    found = run(database, (folder / "query.sql").read_text(encoding="utf-8"), example["given"])
    keys = tuple(expected[0])
    assert all(tuple(row) == keys for row in expected), "every expected row names the same keys"
    assert Counter(tuple(row[key] for key in keys) for row in found) == Counter(
        tuple(row[key] for key in keys) for row in expected
    )
    numbers = [row[key] for row in found for key in keys if key in ("numerator", "denominator")]
    assert {type(number) for number in numbers} <= {int, Decimal, type(None)}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_sql_returns_the_example(folder: Path, database: duckdb.DuckDBPyConnection) -> None:
    prove(database, folder)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_example_shows_what_happens_where_nobody_is_counted(folder: Path) -> None:
    """A share or mean needs a row with an empty denominator, a count a row that counts nobody or leaves an area out."""
    expected = example_of(folder)["expect"]
    if catalogue.catalogue()[folder.name].unit != "count":
        assert any(row["denominator"] in (0, None) for row in expected)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_example_gives_datasets_and_staging_views_only(folder: Path) -> None:
    assert set(example_of(folder)["given"]) <= STAGING_VIEWS | set(contracts()) | set(TALLIES)


def test_there_is_an_example_for_every_indicator() -> None:
    assert [folder.name for folder in FOLDERS] == sorted(catalogue.catalogue())


def test_an_indicator_without_an_example_fails(tmp_path: Path, database: duckdb.DuckDBPyConnection) -> None:
    (tmp_path / "query.sql").write_text("select 2020 as period, '信都区' as area, 1 as numerator", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"example\.yaml"):
        prove(database, tmp_path)


@pytest.mark.parametrize(
    "expected",
    [
        "[{period: 2020, area: 信都区, numerator: 2}]",
        "[{period: 2020, area: 信都区, numerator: 1}, {period: 2020, area: 信都区, numerator: 1}]",
        "[{period: 2020, area: 信都区, numerator: 1, denominator: 7}, {period: 2020, area: 襄都区, numerator: 1}]",
    ],
    ids=["another number", "a row too many", "rows of different keys"],
)
def test_a_wrong_example_fails(expected: str, tmp_path: Path, database: duckdb.DuckDBPyConnection) -> None:
    (tmp_path / "query.sql").write_text("select 2020 as period, '信都区' as area, 1 as numerator", encoding="utf-8")
    (tmp_path / "example.yaml").write_text(f"given: {{}}\nexpect: {expected}\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        prove(database, tmp_path)


def test_given_rows_of_a_dataset_pass_through_the_staging_views(database: duckdb.DuckDBPyConnection) -> None:
    area = {"area": "主城区", "level": "plan_area"}
    school = {"institution_id": "1", "valid_from": "2020-09-01", "area": "信都区", "kind": "小学"}
    given = {
        "area": [area],
        "institution": [{**school, "ownership": "教育部门办", "main_urban": True}],
        "enrolment": [{"school_year": 2020, "institution_id": "1", "stage": "小学", "pupils": 12}],
    }
    found = run(database, "select area, pupils, classes from stage_enrolment order by area desc", given)
    assert found == [
        {"area": "信都区", "pupils": 12, "classes": None},
        {"area": "主城区", "pupils": 12, "classes": None},
    ]


def test_no_two_staging_views_have_the_same_name() -> None:
    assert len(catalogue.views()) == len(list(catalogue.VIEWS.glob("*.sql")))
    assert not set(catalogue.views()) & set(contracts())
