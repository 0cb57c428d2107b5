"""The data dictionary: every definition whole in every file, and checks that an office made, never invented ones."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from data import store as store_module
from data.configuration import Bilingual
from data.contract import contracts
from data.store import Store, note_definitions
from queries import dictionary
from queries.answers import Viewer, visible
from queries.catalogue import FOLDER, Definition, Target, catalogue, texts
from queries.dictionary import COLUMNS, Entry, State

HEADER = "indicator,checked_by,checked_on,remark\n"
INTERNAL = Viewer(internal=True)

Publish = Callable[[str, str], int]


def entry(store: Store, name: str, **more: object) -> Entry:
    return {one.definition.id: one for one in dictionary.dictionary(store, **more)}[name]  # type: ignore[arg-type]


def read_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[object]]:
    return list(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())


# What an entry says


def test_every_definition_that_may_be_seen_has_an_entry_in_the_plans_order(store: Store) -> None:
    assert [one.definition.id for one in dictionary.dictionary(store)] == list(visible())


def test_json_comes_back_as_it_was_and_holds_the_whole_definition(store: Store) -> None:
    found = dictionary.dictionary(store, viewer=INTERNAL)
    documents = json.loads(dictionary.as_json(found))
    assert documents == [dictionary.as_document(one) for one in found]
    for document, one in zip(documents, found, strict=True):
        definition = one.definition
        assert tuple(Target.model_validate(target) for target in document["targets"]) == definition.targets
        assert (document["id"], document["clause"], document["group"]["id"]) == (
            definition.id, definition.clause, definition.group.id,
        )  # fmt: skip
        for key in ("title", "meaning", "calculation"):
            assert Bilingual.model_validate(document[key]) == getattr(definition, key)
        assert [dataset["id"] for dataset in document["datasets"]] == list(definition.datasets)
        assert all(dataset["owner"] == contracts()[dataset["id"]].owner.pair() for dataset in document["datasets"])
        assert {one["id"]: one["rows"] for one in document["datasets"] if one["rows"]} == {
            name: {column: list(values) for column, values in of.items()} for name, of in definition.rows.items()
        }


def test_the_fingerprint_is_that_of_the_sql_file(store: Store) -> None:
    for one in dictionary.dictionary(store):
        file = FOLDER / one.definition.id / "query.sql"
        assert one.fingerprint == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_target_names_its_days_range_and_baseline(store: Store, define: Callable[..., Definition]) -> None:
    like = catalogue()["inclusive_share"].targets[0]
    changed = Target.model_validate({
        **like.model_dump(), "value": "1", "upper": "2", "due": date(2022, 12, 31), "in_force": date(2021, 1, 1),
        "baseline": {"value": 0, "day": date(2020, 1, 1)}, "areas": "whole",
    })  # fmt: skip
    define("changed", "inclusive_share", targets=(like, changed))
    (row,) = [row for row in read_csv(dictionary.as_csv(dictionary.dictionary(store))) if row["id"] == "changed"]
    assert row["targets"] == (
        ">= 0.8, due 2020-12-31, areas each; "
        ">= 1, upper 2, due 2022-12-31, in force from 2021-01-01, from 0 on 2020-01-01, areas whole"
    )


# The files


def test_the_files_hold_every_entry_in_both_languages(store: Store) -> None:
    found = dictionary.dictionary(store)
    rows = read_csv(dictionary.as_csv(found))
    assert list(rows[0]) == list(COLUMNS)
    for row, one in zip(rows, found, strict=True):
        definition = one.definition
        assert (row["id"], row["clause"], row["visibility"]) == (
            definition.id, str(definition.clause), definition.visibility,
        )  # fmt: skip
        assert (row["title_zh"], row["title_en"]) == (definition.title.zh, definition.title.en)
        assert (row["calculation_zh"], row["calculation_en"]) == (definition.calculation.zh, definition.calculation.en)
        assert row["datasets"] == "; ".join(definition.datasets)
        assert (row["check"], row["checked_by"]) == ("unchecked", "")


def test_a_workbook_holds_what_the_csv_holds_under_readable_titles(store: Store) -> None:
    found = dictionary.dictionary(store)
    header, *rows = read_xlsx(dictionary.as_xlsx(found))
    assert header == [title for title, _width in COLUMNS.values()]
    assert [[str(cell) for cell in row] for row in rows] == [
        [{"True": "True", "False": "False"}.get(cell, cell) for cell in row.values()]
        for row in read_csv(dictionary.as_csv(found))
    ]


def test_the_header_of_the_workbook_stays_in_sight_and_columns_have_widths(store: Store) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(dictionary.as_xlsx(dictionary.dictionary(store)))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert sheet.count("<col ") >= len({width for _title, width in COLUMNS.values()})


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-1", "＝HYPERLINK(1)"])
def test_a_text_that_a_spreadsheet_would_run_is_made_text(
    text: str, store: Store, publish: Publish, define: Callable[..., Definition]
) -> None:
    define("formula", "pupils", title=Bilingual(zh=text, en=text))
    publish("definition_check", HEADER + f'formula,"{text}",2100-01-01,"{text}"\n')
    found = [one for one in dictionary.dictionary(store) if one.definition.id == "formula"]
    (row,) = read_csv(dictionary.as_csv(found))
    assert [row[name] for name in ("title_zh", "title_en", "checked_by", "check_remark")] == [f"'{text}"] * 4
    _header, cells = read_xlsx(dictionary.as_xlsx(found))
    assert cells.count(text) == 4, "texts of a workbook are texts, and need no apostrophe"


def test_internal_definitions_are_left_out_unless_the_viewer_may_see_them(
    store: Store, define: Callable[..., Definition]
) -> None:
    define("hidden", "pupils", visibility="internal")
    public, internal = (dictionary.dictionary(store, viewer=viewer) for viewer in (Viewer(), INTERNAL))
    for make in (dictionary.as_json, dictionary.as_csv):
        assert b"hidden" not in make(public)
        assert b"hidden" in make(internal)
    assert "hidden" not in str(read_xlsx(dictionary.as_xlsx(public)))


# Who checked


def test_without_a_check_nothing_is_said_to_be_checked(store: Store, samples: Store) -> None:
    for one in (*dictionary.dictionary(store), *dictionary.dictionary(samples)):
        assert (one.check, one.state) == (None, State.UNCHECKED)


def test_the_newest_check_counts(store: Store, publish: Publish) -> None:
    publish("definition_check", HEADER + "pupils,教育局,2021-03-15,一\npupils,统计局,2021-02-01,二\n")
    found = entry(store, "pupils")
    assert found.check == dictionary.Check("教育局", date(2021, 3, 15), "一", False)
    assert found.state is State.CHECKED
    assert entry(store, "inclusive_share").state is State.UNCHECKED


def test_a_past_day_knows_the_checks_of_then(store: Store, publish: Publish, clock: list[datetime]) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3)]
    publish("definition_check", HEADER + "pupils,教育局,2021-03-15,\n")
    publish("definition_check", HEADER + "pupils,统计局,2022-03-15,\n")
    names = [(found := entry(store, "pupils", as_of=date(2100, 1, day))).check and found.check.by for day in (2, 4)]
    assert names == ["教育局", "统计局"]


@pytest.fixture
def seen(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[date, str], None]:
    """Lets the store see a text of the definition of `pupils` on a day; the one that holds now is the catalogue's."""

    def on(day: date, text: str) -> None:
        moment = datetime(day.year, day.month, day.day, 12)
        monkeypatch.setattr(store_module, "utc_now", lambda: moment)
        note_definitions(store, {"pupils": texts()["pupils"] if text == "now" else text})
        monkeypatch.undo()

    return on


@pytest.mark.parametrize(
    ("history", "state"),
    [
        ([], State.CHECKED),
        ([(date(2100, 1, 1), "now")], State.CHECKED),
        ([(date(2100, 1, 1), "old"), (date(2100, 1, 9), "now")], State.CHANGED),
        ([(date(2100, 1, 1), "old"), (date(2100, 1, 5), "now")], State.CHECKED),
        ([(date(2100, 1, 9), "old"), (date(2100, 1, 10), "now")], State.CHANGED),
        ([(date(2100, 1, 9), "now")], State.CHECKED),
        ([(date(2100, 1, 1), "now"), (date(2100, 1, 8), "other"), (date(2100, 1, 9), "now")], State.CHECKED),
    ],
    ids=[
        "nothing remembered",
        "same since",
        "changed after",
        "changed on the day",
        "both after",
        "first seen after",
        "back",
    ],
)
def test_a_definition_that_was_changed_after_its_check_says_so(
    history: list[tuple[date, str]],
    state: State,
    store: Store,
    publish: Publish,
    seen: Callable[[date, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was checked on 5 January 2100; what matters is the text of that day, and the one that holds now."""
    for day, text in history:
        seen(day, text)
    publish("definition_check", HEADER + "pupils,教育局,2100-01-05,\n")
    assert entry(store, "pupils").state is state


def test_a_view_that_was_changed_after_the_check_changes_the_definition(
    store: Store, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("definition_check", HEADER + "inclusive_share,教育局,2100-01-05,\npupils,教育局,2100-01-05,\n")
    for day, more in ((date(2100, 1, 1), "-- old"), (date(2100, 1, 9), "")):
        monkeypatch.setattr(store_module, "utc_now", lambda day=day: datetime(day.year, day.month, day.day, 12))
        file = "views/40_kindergarten_enrolment.sql"
        note_definitions(store, {**texts(), file: texts()[file] + more})
    assert (entry(store, "inclusive_share").state, entry(store, "pupils").state) == (State.CHANGED, State.CHECKED)


def test_a_code_that_names_no_indicator_is_told(
    store: Store, publish: Publish, define: Callable[..., Definition]
) -> None:
    define("hidden", "pupils", visibility="internal")
    publish(
        "definition_check", HEADER + "pupils,教育局,2021-03-15,\npupil,教育局,2021-03-15,\nhidden,教育局,2021-03-15,\n"
    )
    assert dictionary.unknown_checks(store) == ("pupil",)
