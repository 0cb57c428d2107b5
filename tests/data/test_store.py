"""The store: nothing overwritten, every moment answered, one writer at a time, and no way out of the file."""

import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import duckdb
import pytest

from data import intake, prepare
from data import store as store_module
from data.configuration import ROOT
from data.contract import contracts
from data.problem import Refused
from data.store import Store, end_of_day, path_from_environment, shared, withdraw
from data.uploads import history
from queries.opened import with_views

Publish = Callable[[str, str], int]

HOLD_THE_STORE = """
import sys
from data import intake, prepare
store = prepare.opened()
intake.publish(store, "year,area,age,persons\\n2020,信都区,3,5120\\n".encode(), "held.csv", by="holder")
print("held", flush=True)
sys.stdin.read()
"""


def population(persons: int, area: str = "信都区", age: int = 3) -> str:
    return f"year,area,age,persons\n2020,{area},{age},{persons}\n"


def persons(store: Store, as_of: datetime | None = None) -> list[int]:
    with store.reading(as_of) as cursor:
        return [count for (count,) in cursor.execute("select persons from population order by area, age").fetchall()]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """Moments that the store's next events happen at."""
    moments: list[datetime] = []
    monkeypatch.setattr(store_module, "utc_now", lambda: moments.pop(0))
    yield moments


def test_the_tables_are_those_of_the_contracts(store: Store) -> None:
    with store.reading() as cursor:
        rows = cursor.execute(
            "select table_name, column_name, lower(data_type) from duckdb_columns() where database_name = 'store' order by column_index"
        ).fetchall()
    for contract in contracts().values():
        found = {column: kind for table, column, kind in rows if table == contract.table}
        assert found == {**contract.columns, "upload_id": "integer", "line": "bigint", "removed": "boolean"}
    assert {table for table, _column, _kind in rows} == {
        "upload",
        "upload_event",
        "original",
        "definition",
        "tally_scope",
        "tally_event",
        *(f"tally_{name.removesuffix('_tally')}" for one in contracts().values() for name in one.tally_views),
        *(contract.table for contract in contracts().values()),
    }


def test_a_new_store_holds_the_reference_data(store: Store) -> None:
    assert {upload.dataset for upload in history(store)} == {"area", "preschool_published"}
    with store.reading() as cursor:
        assert cursor.execute("select parent from area where area = '主城区'").fetchall() == [("邢台市",)]


def test_a_published_row_is_current_at_once_and_after_opening_again(store: Store, publish: Publish) -> None:
    publish("population", population(5120))
    assert persons(store) == [5120]
    version = store.version
    store.close()
    again = Store.open(store.path)
    assert (persons(again), again.version) == ([5120], version)
    again.close()


def test_a_later_upload_corrects_by_key_and_leaves_other_keys(store: Store, publish: Publish) -> None:
    publish("population", population(5120) + "2020,襄都区,3,4880\n")
    publish("population", population(5000))
    assert persons(store) == [5000, 4880]


def test_a_correction_replaces_the_whole_row(store: Store, publish: Publish) -> None:
    publish("area", "area,level,parent,name_en\n示例区,district,邢台市,Sample\n")
    publish("area", "area,level\n示例区,zone\n")
    with store.reading() as cursor:
        assert cursor.execute("select level, parent, name_en from area where area = '示例区'").fetchall() == [
            ("zone", None, None)
        ]


def test_withdrawing_brings_the_earlier_row_back(store: Store, publish: Publish) -> None:
    first, second, third = (publish("population", population(count)) for count in (1, 2, 3))
    withdraw(store, third, "test")
    assert persons(store) == [2]
    withdraw(store, first, "test")
    assert persons(store) == [2]
    withdraw(store, second, "test")
    assert persons(store) == []


def test_nothing_is_deleted_by_a_withdrawal(store: Store, publish: Publish) -> None:
    upload = publish("population", population(1))
    withdraw(store, upload, "王五")
    found = history(store)[0]
    assert (found.upload_id, found.withdrawn_by) == (upload, "王五")
    assert found.withdrawn_at is not None and found.withdrawn_at >= found.published_at
    with store.reading() as cursor:
        assert cursor.execute("select count(*) from store.fact_population").fetchall() == [(1,)]


def test_the_version_rises_with_every_publish_and_withdrawal_and_only_then(store: Store, publish: Publish) -> None:
    start = store.version
    upload = publish("population", population(1))
    assert store.version == start + 1
    intake.check(store, population(2).encode(), "f.csv")
    intake.publish(store, population(-2).encode(), "f.csv", by="test")
    assert store.version == start + 1
    withdraw(store, upload, "test")
    assert store.version == start + 2


def test_every_past_moment_answers_as_it_did_then(store: Store, publish: Publish, clock: list[datetime]) -> None:
    days = [datetime(2100, 1, day) for day in (1, 2, 3, 4)]
    clock.extend(days)
    start = store.version
    publish("population", population(1))
    second = publish("population", population(2))
    withdraw(store, second, "test")
    publish("population", population(4))
    moments = {
        day + shift: None for day in days for shift in (-timedelta(microseconds=1), timedelta(0), timedelta(hours=1))
    }
    assert [(persons(store, moment), store.version_at(moment) - start) for moment in moments] == [
        ([], 0), ([1], 1), ([1], 1),
        ([1], 1), ([2], 2), ([2], 2),
        ([2], 2), ([1], 3), ([1], 3),
        ([1], 3), ([4], 4), ([4], 4),
    ]  # fmt: skip
    assert (persons(store), store.version_at(None) - start) == ([4], 4)


def test_the_history_of_a_past_moment_knows_nothing_of_later_events(
    store: Store, publish: Publish, clock: list[datetime]
) -> None:
    clock.extend(datetime(2100, 1, day) for day in (1, 2, 3))
    upload = publish("population", population(1))
    withdraw(store, upload, "test")
    publish("population", population(2))
    then = history(store, datetime(2100, 1, 1, 12))[0]
    assert (then.upload_id, then.withdrawn_at, then.withdrawn_by) == (upload, None, None)
    assert next(found.upload_id for found in history(store, datetime(2100, 1, 2))) == upload


def test_two_readers_look_at_two_moments_at_once(store: Store, publish: Publish, clock: list[datetime]) -> None:
    clock.extend(datetime(2100, 1, day) for day in (1, 2))
    publish("population", population(1))
    publish("population", population(2))
    with store.reading(datetime(2100, 1, 1)) as then, store.reading() as now:
        query = "select persons from population"
        assert (then.execute(query).fetchall(), now.execute(query).fetchall()) == ([(1,)], [(2,)])


def test_a_clock_that_was_set_back_does_not_disturb_the_order(
    store: Store, publish: Publish, clock: list[datetime]
) -> None:
    clock.extend([datetime(2100, 1, 2), datetime(2100, 1, 1)])
    publish("population", population(1))
    publish("population", population(2))
    assert persons(store) == [2]
    assert persons(store, datetime(2100, 1, 2)) == [2]
    assert persons(store, datetime(2100, 1, 1)) == []


def test_a_day_ends_at_midnight_on_the_readers_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    assert end_of_day(date(2020, 12, 31)) == datetime(2020, 12, 31, 15, 59, 59, 999999)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("number", [0, -1, 99, 10**30])
def test_an_unknown_upload_cannot_be_withdrawn(number: int, store: Store) -> None:
    version = store.version
    with pytest.raises(Refused, match=f"no upload {number}"):
        withdraw(store, number, "test")
    assert store.version == version


def test_an_upload_cannot_be_withdrawn_twice(store: Store, publish: Publish) -> None:
    upload = publish("population", population(1))
    withdraw(store, upload, "test")
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw(store, upload, "test")
    assert len(history(store)) == 3


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_interruption_while_writing_leaves_nothing(
    error: type[BaseException], store: Store, publish: Publish
) -> None:
    version = store.version
    with pytest.raises(error), store.writing() as cursor:
        store_module.add_upload(cursor, "population", "f.csv", "", 1, "test", sample=False)
        cursor.execute("insert into store.fact_population values (2020, '信都区', 3, 1, 3, 2, null)")
        raise error
    assert (store.version, persons(store), len(history(store))) == (version, [], 2)
    publish("population", population(5))
    assert persons(store) == [5]


def test_a_failure_in_the_middle_of_a_publish_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_late(share: float, _what: str) -> None:
        if 0.9 < share < 1:
            raise OSError("the disk is full")

    version = store.version
    with pytest.raises(OSError, match="disk is full"):
        intake.publish(store, population(1).encode(), "f.csv", by="test", progress=fail_late)
    assert (store.version, persons(store)) == (version, [])


def test_a_reader_sees_nothing_of_an_upload_before_it_is_whole(store: Store) -> None:
    seen: list[list[int]] = []
    intake.publish(
        store, population(1).encode(), "f.csv", by="test", progress=lambda _share, _what: seen.append(persons(store))
    )
    assert seen[:-1] == [[]] * (len(seen) - 1)
    assert seen[-1] == [1]


def test_two_threads_publish_at_once_and_both_succeed(store: Store) -> None:
    together = Barrier(2)

    def publish_rows(area: str) -> list[int | None]:
        together.wait()
        files = [population(age, area, age) for age in range(10)]
        return [intake.publish(store, file.encode(), "f.csv", by=area).upload for file in files]

    with ThreadPoolExecutor(2) as threads:
        uploads = [upload for done in threads.map(publish_rows, ("信都区", "襄都区")) for upload in done]
    assert None not in uploads
    assert (len(set(uploads)), len(persons(store)), store.version) == (20, 20, 22)


def test_a_store_for_reading_cannot_be_written_to(store: Store) -> None:
    store.close()
    reader = Store.open_for_reading(store.path)
    with pytest.raises(Refused, match="reading only"), reader.writing():
        pass
    with reader.reading() as cursor, pytest.raises(duckdb.Error):
        cursor.execute("delete from store.upload")
    reader.close()


def test_no_statement_reaches_beyond_the_store(store: Store, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    file = outside / "x.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    statements = [
        f"select * from read_csv('{file}')",
        f"select * from read_text('{file}')",
        f"select * from read_parquet('{file}')",
        f"select * from '{file}'",
        f"select * from glob('{outside}/*')",
        "select * from read_csv('https://example.invalid/x.csv')",
        f"attach '{outside}/other.duckdb' as other",
        f"attach '{file}' as other",
        f"copy (select 1) to '{outside}/out.csv'",
        f"copy store.upload to '{outside}/out.csv'",
        f"export database '{outside}/out'",
        "install httpfs",
        f"load '{file}'",
        "set enable_external_access = true",
        "reset enable_external_access",
        "set lock_configuration = false",
        f"set temp_directory = '{outside}/temp'",
    ]
    assert [statement for statement in statements if not _is_forbidden(store, statement)] == []
    assert [path.name for path in outside.iterdir()] == ["x.csv"]


def _is_forbidden(store: Store, statement: str) -> bool:
    with store.reading() as cursor:
        try:
            cursor.execute(statement).fetchall()
        except (duckdb.PermissionException, duckdb.InvalidInputException) as error:
            return any(reason in str(error) for reason in ("disabled by", "disabled through", "has been locked"))
    return False


def test_the_place_of_the_store_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "folder"))
    assert path_from_environment() == (tmp_path / "folder" / "quality.duckdb").resolve()
    monkeypatch.setenv("QUALITY_STORE", "~/city.duckdb")
    assert path_from_environment() == (Path.home() / "city.duckdb").resolve()
    monkeypatch.delenv("QUALITY_STORE")
    assert path_from_environment() == ROOT / "data" / "store" / "quality.duckdb"


def test_an_empty_file_left_by_a_stopped_start_is_made_a_store(tmp_path: Path) -> None:
    path = tmp_path / "quality.duckdb"
    path.touch()
    with pytest.raises(Refused):
        Store.open_for_reading(path)
    made = Store.open(path)
    assert made.version == 0
    made.close()


def test_a_path_with_quotes_and_spaces_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "it's a 'store'; --" / "质量.duckdb"
    Store.open(path).close()
    assert path.exists()


def test_the_process_shares_one_store(store: Store) -> None:
    store.close()
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _number: shared(prepare.opened), range(4)))
    assert len({id(one) for one in found}) == 1
    found[0].close()


@pytest.mark.parametrize(
    "content",
    [b"hello", bytes(20_000), b"SQLite format 3\0" + bytes(5_000)],
    ids=["text", "zeros", "another database"],
)
@pytest.mark.parametrize("open_store", [Store.open, Store.open_for_reading])
def test_a_file_that_is_no_store_is_refused_by_its_name_and_left_alone(
    content: bytes, open_store: Callable[[Path], Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    path = tmp_path / "other.duckdb"
    path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        open_store(path)
    assert str(path) in str(caught.value)
    assert "download" not in str(caught.value)
    assert path.read_bytes() == content
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_store_that_was_cut_off_is_refused(store: Store) -> None:
    store.close()
    store.path.write_bytes(store.path.read_bytes()[:13_000])
    for open_store in (Store.open, Store.open_for_reading):
        with pytest.raises(Refused, match=str(store.path)):
            open_store(store.path)


def test_a_folder_in_the_stores_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.duckdb").mkdir()
    for open_store in (Store.open, Store.open_for_reading):
        with pytest.raises(Refused, match=r"folder\.duckdb"):
            open_store(tmp_path / "folder.duckdb")


def test_a_place_where_no_folder_can_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match=r"quality\.duckdb"):
        Store.open(tmp_path / "file" / "quality.duckdb")


def test_a_store_that_does_not_exist_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="python -m data prepare"):
        Store.open_for_reading(tmp_path / "none.duckdb")
    assert not (tmp_path / "none.duckdb").exists()


def test_a_store_whose_making_was_cut_short_is_completed_by_the_next_writer_and_no_fault_to_a_reader(
    tmp_path: Path,
) -> None:
    path = tmp_path / "young.duckdb"
    duckdb.connect(str(path)).close()
    try:
        Store.open_for_reading(path).close()
    except Refused as refusal:
        assert str(path) in str(refusal)
    made = prepare.opened(path)
    assert made.version == 2
    made.close()


def test_an_old_store_gains_the_column_that_its_contract_gained(
    store: Store, publish: Publish, contract_folder: Path
) -> None:
    publish("population", population(1))
    store.close()
    contract = contract_folder / "population.yaml"
    added = "  - {name: urban_persons, type: integer, title: {zh: 城镇人口, en: Urban persons}}\n"
    contract.write_text(contract.read_text(encoding="utf-8") + added, encoding="utf-8")
    contracts.cache_clear()
    old = Store.open_for_reading(store.path)
    assert persons(old) == [1]
    old.close()
    opened = with_views(Store.open(store.path))
    assert persons(opened) == [1]
    file = "year,area,age,persons,urban_persons\n2020,襄都区,3,2,1\n"
    assert intake.publish(opened, file.encode(), "f.csv", by="test").problems == ()
    with opened.reading() as cursor:
        assert cursor.execute("select persons, urban_persons from population order by persons").fetchall() == [
            (1, None),
            (2, 1),
        ]
    opened.close()


def test_an_old_store_gains_the_dataset_that_was_added(store: Store, contract_folder: Path) -> None:
    store.close()
    shutil.copyfile(contract_folder / "population.yaml", contract_folder / "population_forecast.yaml")
    contracts.cache_clear()
    old = Store.open_for_reading(store.path)
    assert intake.check(old, population(1).encode(), "f.csv", "population_forecast").problems == ()
    old.close()
    opened = Store.open(store.path)
    assert intake.publish(opened, population(1).encode(), "f.csv", "population_forecast", by="test").problems == ()
    opened.close()


@pytest.fixture
def holder(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the store open for writing and has published one row."""
    store.close()
    script = tmp_path / "holder.py"
    script.write_text(HOLD_THE_STORE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    process = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    yield process
    process.communicate()


def test_a_second_process_is_told_who_holds_the_store(
    holder: subprocess.Popen[str], command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "f.csv").write_text(population(2), encoding="utf-8")
    for arguments in (("publish", tmp_path / "f.csv"), ("withdraw", "1"), ("prepare",)):
        done = command(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert f"held by process {holder.pid} (python holder.py)" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_second_process_reads_the_last_published_state_and_leaves_no_copy(
    holder: subprocess.Popen[str],
    command: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "f.csv").write_text(population(2), encoding="utf-8")
    listed, checked = command("uploads"), command("check", tmp_path / "f.csv")
    assert (listed.returncode, listed.stderr, checked.returncode, checked.stderr) == (0, "", 0, "")
    assert "held.csv" in listed.stdout
    assert "Nothing stands against 1 row of population" in checked.stdout
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_copy_for_reading_in_the_writers_own_process_keeps_other_writers_out(
    store: Store, command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """Closing any file handle of the store in a process gives up the process's lock on it."""
    with contextlib.suppress(Refused):
        Store.open_for_reading(store.path).close()
    (tmp_path / "f.csv").write_text(population(2), encoding="utf-8")
    done = command("publish", tmp_path / "f.csv")
    assert (done.returncode, "held by process" in done.stderr) == (2, True)


def test_an_answer_is_not_kept_if_somebody_publishes_while_it_is_computed(store: Store, publish: Publish) -> None:
    publish("population", population(5120))
    key = ("persons", store.version)

    def compute() -> list[int]:
        publish("population", population(5000, age=4))
        # A part of the answer that begins once the data are newer than the key says.
        return store.remembered(("part", key), lambda: persons(store))

    assert store.remembered(key, compute) == [5120, 5000]
    assert store.remembered(key, lambda: ["anew"]) == ["anew"]
    assert store.remembered(("part", key), lambda: ["anew"]) == ["anew"]
    assert store.remembered(key, lambda: ["not asked"]) == ["anew"]


def test_an_answer_between_a_commit_and_its_version_is_not_kept_under_the_version_before(
    store: Store, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("population", population(5120))
    before, newest_event, told = store.version, store._newest_event, list[list[int]]()

    def slowly(as_of: datetime | None) -> int:
        if not told:
            told.append([])  # the answer itself asks for the version
            told.append(store.remembered(("persons", store.version), lambda: persons(store)))
        return newest_event(as_of)

    monkeypatch.setattr(store, "_newest_event", slowly)
    publish("population", population(5000))
    assert told[1] == [5000], "the answer is of the newer data"
    assert store.remembered(("persons", before), lambda: ["as before"]) == ["as before"]


def test_a_computing_that_fails_leaves_the_next_to_be_kept(store: Store, publish: Publish) -> None:
    with pytest.raises(ZeroDivisionError):
        store.remembered("key", lambda: 1 // 0)
    publish("population", population(5120))
    assert (store.remembered("key", lambda: 1), store.remembered("key", lambda: 2)) == (1, 1)
