"""Exports: what is handed out can be published again, and rows about pupils are not handed out."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data import intake, words
from data.contract import Contract, contracts
from data.exported import Export, as_csv, as_dicts, as_xlsx, export
from data.prepare import REFERENCE_FILES
from data.problem import Refused
from data.samples.generate import files
from data.store import Store, quoted, utc_now, withdraw
from data.words import pick
from tests.conftest import Publish

PERSONAL = sorted(name for name, contract in contracts().items() if contract.personal)
# Those that the samples and the reference files fill.
OPEN = sorted({Path(name).stem for name in (*REFERENCE_FILES, *files())} - set(PERSONAL))


def made(rows: list[tuple[object, ...]], *fields: dict[str, object], **keys: object) -> Export:
    """An export of a contract with these fields; the first is its key."""
    title = {"zh": "列", "en": "Column"}
    described = [{**field, "title": {"zh": f"列{at}", "en": f"Column {at}"}} for at, field in enumerate(fields)]
    contract = Contract.model_validate(
        {
            "dataset": "made",
            "title": title,
            "description": title,
            "owner": title,
            "primaryKey": [fields[0]["name"]],
            "fields": described,
        }
        | keys
    )
    return Export(contract, tuple(rows), sample=False)


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.fixture(scope="module")
def sample_copy(store_with_samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the sample data to which uploads may be added that leave the data as they are."""
    file = tmp_path_factory.mktemp("copy") / "quality.duckdb"
    shutil.copyfile(store_with_samples, file)
    opened = Store.open(file)
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=OPEN)
def exported(request: pytest.FixtureRequest, samples: Store) -> Export:
    """Each dataset of the sample data, as staff get it; its tests run one after the other and share it."""
    return export(samples, request.param, staff=True)


def test_an_export_that_is_published_again_leaves_the_data_as_they_are(exported: Export, sample_copy: Store) -> None:
    """Of two datasets one in either language: that every title is read in both, the tests of templates show."""
    name = exported.contract.dataset
    words.use(("en", "zh_CN")[OPEN.index(name) % 2])
    checked = intake.publish(sample_copy, as_csv(exported), f"{name}.csv", name, by="test")
    assert checked.problems == ()
    assert checked.rows == len(exported.rows) > 0
    assert export(sample_copy, name, staff=True).rows == exported.rows


def test_a_workbook_and_json_have_every_row_too(exported: Export) -> None:
    header, *rows = sheet(as_xlsx(exported))
    assert header == list(exported.header)
    assert len(rows) == len(exported.rows)
    listed = json.loads(json.dumps(as_dicts(exported)))
    assert len(listed) == len(exported.rows)
    assert list(listed[0]) == list(exported.contract.columns)


def test_rows_stand_in_the_order_of_the_key_and_tell_no_upload(exported: Export, samples: Store) -> None:
    contract = exported.contract
    key = ", ".join(quoted(part) for part in contract.primaryKey)
    with samples.reading() as cursor:
        ordered = cursor.execute(f"select {key} from {contract.dataset} order by {key}").fetchall()
    places = [list(contract.columns).index(part) for part in contract.primaryKey]
    assert [tuple(row[place] for place in places) for row in exported.rows] == ordered
    assert not {"upload_id", "line"} & set(as_dicts(exported)[0])


@pytest.mark.parametrize("name", PERSONAL)
def test_rows_about_single_pupils_are_refused(name: str, samples: Store) -> None:
    title = pick(contracts()[name].title.pair())
    with pytest.raises(Refused, match=f"“{title}” has rows about single pupils; these are not handed out"):
        export(samples, name)


def test_a_dataset_with_a_pupils_code_is_refused_even_if_its_contract_does_not_say_personal(
    contract_folder: Path, samples: Store
) -> None:
    file = contract_folder / "exam_result.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("personal: true\n", ""), encoding="utf-8")
    contracts.cache_clear()
    assert not contracts()["exam_result"].personal
    with pytest.raises(Refused, match="single pupils"):
        export(samples, "exam_result")


@pytest.mark.parametrize("name", ["school_target", "admission", "retention", "exam"])
def test_internal_datasets_are_handed_out_to_staff_only(name: str, samples: Store) -> None:
    with pytest.raises(Refused, match=r"internal dataset.*staff.*QUALITY_INTERNAL=1"):
        export(samples, name)
    assert export(samples, name, staff=True).rows


@pytest.mark.parametrize(
    ("name", "open_to_all"), [("award", False), ("special_education", False), ("population", True)]
)
def test_rows_that_tell_of_few_persons_are_handed_out_to_staff_only(
    name: str, open_to_all: bool, samples: Store
) -> None:
    if open_to_all:
        assert export(samples, name).rows
        return
    with pytest.raises(Refused, match=r"fewer than 10 persons.*QUALITY_INTERNAL=1"):
        export(samples, name)
    assert export(samples, name, staff=True).rows


def test_an_unknown_dataset_is_refused_with_those_there_are(samples: Store) -> None:
    with pytest.raises(Refused, match=r"There is no dataset “pupils”\. Choose one of: .*enrolment"):
        export(samples, "pupils")


def test_an_export_as_of_a_moment_has_what_counted_then(school_store: Store, publish: Publish) -> None:
    early = utc_now()
    upload = publish("enrolment", "学年,学校代码,学段,学生数\n2020,3905000123,学前,312\n")
    later = utc_now() + timedelta(seconds=1)
    assert export(school_store, "enrolment", early).rows == ()
    assert export(school_store, "enrolment", later).rows == ((2020, "3905000123", "学前", 312, None),)
    withdraw(school_store, upload, "test")
    assert export(school_store, "enrolment").rows == ()


def test_an_empty_dataset_is_a_header(store: Store) -> None:
    found = export(store, "enrolment")
    assert table(as_csv(found)) == [["School year", "Institution code", "Stage", "Pupils", "Classes"]]
    assert as_dicts(found) == []
    assert sheet(as_xlsx(found)) == table(as_csv(found))


def test_the_header_is_in_the_readers_language(store: Store) -> None:
    words.use("zh_CN")
    assert table(as_csv(export(store, "enrolment")))[0] == ["学年", "学校代码", "学段", "学生数", "班级数"]


def test_sample_data_say_so_in_the_name(samples: Store, store: Store) -> None:
    assert (export(samples, "enrolment").sample, export(store, "area").sample) == (True, False)
    assert export(samples, "enrolment").name == "Enrolment (sample data)"
    assert export(store, "area").name == "Areas"
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(export(samples, "enrolment"))))
    assert book.sheet_names == ["Enrolment (sample data)"]


def test_values_are_written_as_a_file_has_them() -> None:
    found = made(
        [("01", date(2020, 9, 1), Decimal("0.8500"), True, 7), ("02", None, None, None, None)],
        {"name": "code", "type": "string"},
        {"name": "day", "type": "date"},
        {"name": "share", "type": "number"},
        {"name": "flag", "type": "boolean", "trueValues": ["是"], "falseValues": ["否"]},
        {"name": "count", "type": "integer"},
    )
    assert table(as_csv(found))[1:] == [["01", "2020-09-01", "0.85", "是", "7"], ["02", "", "", "", ""]]
    assert sheet(as_xlsx(found))[1:] == [["01", date(2020, 9, 1), 0.85, "是", 7], ["02", "", "", "", ""]]
    assert as_dicts(found) == [
        {"code": "01", "day": "2020-09-01", "share": 0.85, "flag": True, "count": 7},
        {"code": "02", "day": None, "share": None, "flag": None, "count": None},
    ]


def test_a_state_stands_where_there_is_no_value() -> None:
    states = {"absent": ["缺考", "缺"], "exempt": ["免考"], "missing": ["/", ""]}
    found = made(
        [("1", Decimal("5.0000"), "recorded"), ("2", None, "absent"), ("3", None, "exempt"), ("4", None, "missing")],
        {"name": "code", "type": "string"},
        {"name": "marks", "type": "number", "states": states},
    )
    assert [row[1] for row in table(as_csv(found))[1:]] == ["5", "缺考", "免考", ""]
    assert as_dicts(found)[1] == {"code": "2", "marks": None, "marks_state": "absent"}


def test_nothing_is_written_with_a_word_of_the_contract_that_does_not_run() -> None:
    fields: list[dict[str, object]] = [{"name": "code", "type": "string"}, {"name": "count", "type": "integer"}]
    found = made([("1", None)], *fields, missingValues=["-", "/"])
    assert table(as_csv(found))[1] == ["1", "/"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("150.0000"), 150),
        (Decimal("0.1000"), 0.1),
        (Decimal("12345678901234.5678"), "12345678901234.5678"),
        (Decimal("-0.5000"), -0.5),
    ],
)
def test_a_decimal_is_a_json_number_only_where_that_is_exact(value: Decimal, shown: object) -> None:
    found = made([("1", value)], {"name": "code", "type": "string"}, {"name": "share", "type": "number"})
    assert as_dicts(found)[0]["share"] == shown
    assert table(as_csv(found))[1][1] == str(shown)


def test_a_text_that_would_run_is_handed_out_as_text() -> None:
    found = made([("=1+1",)], {"name": "code", "type": "string"})
    assert table(as_csv(found))[1] == ["'=1+1"]
    assert sheet(as_xlsx(found))[1] == ["=1+1"]
    assert as_dicts(found) == [{"code": "=1+1"}]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_texts_that_begin_like_a_formula_are_read_back_as_they_are(
    language: str, store: Store, publish: Publish
) -> None:
    words.use(language)
    lines = [f"{sign}会议,2022-10-20,1,{sign}1 议题,overview,,5" for sign in ("=", "+", "-", "@", "＝")]
    publish("agenda", "\n".join(["agenda,held_on,position,title,link,parts,minutes", *lines]))
    before = export(store, "agenda")
    assert as_csv(before).decode().count("'") == 2 * len(lines)
    checked = intake.check(store, as_csv(before), "agenda.csv", "agenda")
    assert (checked.problems, checked.effect.unchanged, checked.effect.new) == ((), len(lines), 0)
