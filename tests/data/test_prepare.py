"""A store that is ready to use: reference data always, sample data where asked for, and both whole after an interruption."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import intake, prepare, pseudonym
from data.problem import BrokenConfiguration, Refused
from data.store import Store, withdraw
from data.uploads import history

INSTITUTION = (
    "institution_id,valid_from,name,area,kind,ownership,main_urban\n1,2015-09-01,示例园,信都区,幼儿园,集体办,是\n"
)
SAMPLES = {
    "institution.csv": INSTITUTION.encode("gb18030"),
    "enrolment.csv": "school_year,institution_id,stage,pupils\n2020,1,学前,100\n".encode(),
    "population.csv": "year,area,age,persons\n2020,信都区,3,120\n".encode("utf-8-sig"),
}


@pytest.fixture(autouse=True)
def small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "files", lambda: SAMPLES)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "quality.duckdb"


def datasets(store: Store) -> list[str]:
    return [upload.dataset for upload in reversed(history(store))]


def silent(_text: str) -> None:
    """Progress that nobody watches."""


def test_a_new_store_holds_the_reference_data_of_the_system(path: Path) -> None:
    made = prepare.opened(path)
    assert datasets(made) == ["area", "preschool_published"]
    assert {(upload.uploader, upload.sample) for upload in history(made)} == {("system", False)}
    assert not prepare.has_data(made)
    made.close()


def test_published_figures_are_those_of_the_product(path: Path) -> None:
    made = prepare.opened(path)
    lines = (prepare.REFERENCE_FOLDER / "preschool_published.csv").read_text(encoding="utf-8").splitlines()
    with made.reading() as cursor:
        rows = cursor.execute("select area, year, source from preschool_published order by line").fetchall()
    assert [f"{area},{year}" for area, year, _source in rows] == [",".join(line.split(",")[:2]) for line in lines[1:]]
    assert all(source for _area, _year, source in rows)
    made.close()


def test_opening_again_publishes_nothing(path: Path) -> None:
    prepare.opened(path).close()
    again = prepare.opened(path)
    assert again.version == 2
    again.close()


def test_making_a_store_makes_the_installations_key(path: Path) -> None:
    prepare.opened(path).close()
    assert pseudonym.key_path().exists()


def test_a_broken_reference_file_stops_the_start_and_is_named(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "area.csv").write_text("area,level\n示例区,county\n", encoding="utf-8")
    monkeypatch.setattr(prepare, "REFERENCE_FOLDER", tmp_path)
    with pytest.raises(BrokenConfiguration, match=r"area\.csv"):
        prepare.opened(path)


def test_reference_data_is_completed_after_an_interrupted_start(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as interrupted:
        interrupted.setattr(prepare, "REFERENCE_FILES", ("area.csv", "not_there.csv"))
        with pytest.raises(OSError, match=r"not_there\.csv"):
            prepare.opened(path)
    again = prepare.opened(path)
    assert datasets(again) == ["area", "preschool_published"]
    again.close()


def test_a_store_that_does_not_exist_is_read_as_an_empty_one_and_not_made(path: Path) -> None:
    read = prepare.readable()
    assert datasets(read) == ["area", "preschool_published"]
    assert intake.check(read, SAMPLES["population.csv"], "population.csv").problems == ()
    assert not path.exists()


def test_a_check_before_the_first_start_leaves_the_machine_as_it_was(path: Path) -> None:
    prepare.readable()
    assert not path.exists()
    assert not path.with_name("quality.duckdb.wal").exists()


def test_samples_are_published_through_the_same_door_and_marked(store: Store) -> None:
    told: list[str] = []
    prepare.add_samples(store, told.append)
    assert datasets(store)[2:] == ["institution", "enrolment", "population"]
    assert [upload.sample for upload in reversed(history(store))] == [False, False, True, True, True]
    assert told == [f"sample data: {name}, 1 rows" for name in SAMPLES]
    assert prepare.has_data(store)
    assert prepare.sample_datasets(store) == {"institution", "enrolment", "population"}


def test_clearing_withdraws_the_samples_and_nothing_else(store: Store) -> None:
    prepare.add_samples(store, silent)
    real = intake.publish(store, "year,area,age,persons\n2020,襄都区,3,9\n".encode(), "real.csv", by="test").upload
    assert prepare.clear_samples(store, "王五") == 3
    assert prepare.sample_datasets(store) == frozenset()
    assert {upload.upload_id for upload in history(store) if upload.withdrawn_at is None} == {1, 2, real}
    assert {upload.withdrawn_by for upload in history(store) if upload.sample} == {"王五"}
    assert prepare.clear_samples(store, "王五") == 0


def test_cleared_samples_count_as_data_so_that_they_do_not_come_back(store: Store) -> None:
    prepare.add_samples(store, silent)
    prepare.clear_samples(store, "test")
    assert prepare.has_data(store)


def test_a_real_upload_replaces_the_sample_rows_of_its_keys(store: Store) -> None:
    prepare.add_samples(store, silent)
    intake.publish(store, "year,area,age,persons\n2020,信都区,3,125\n".encode(), "real.csv", by="test")
    with store.reading() as cursor:
        assert cursor.execute("select persons from population").fetchall() == [(125,)]


def test_a_dataset_without_sample_rows_is_no_sample_dataset(store: Store) -> None:
    prepare.add_samples(store, silent)
    intake.publish(store, "year,area,age,persons\n2020,信都区,3,125\n".encode(), "real.csv", by="test")
    assert prepare.sample_datasets(store) == {"institution", "enrolment"}


def test_a_single_withdrawn_sample_is_not_shown_as_sample(store: Store) -> None:
    prepare.add_samples(store, silent)
    withdraw(store, next(upload.upload_id for upload in history(store) if upload.dataset == "population"), "test")
    assert prepare.sample_datasets(store) == {"institution", "enrolment"}


def test_an_unknown_dataset_is_refused_with_those_that_exist() -> None:
    prepare.refuse_unknown(None, ["area", "exam"])
    prepare.refuse_unknown("exam", ["area", "exam"])
    with pytest.raises(Refused, match=r"no dataset “exams”.*area, exam"):
        prepare.refuse_unknown("exams", ["area", "exam"])
