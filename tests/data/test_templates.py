"""Templates: what they hold fits the contract, so that a sheet filled in after the example is right."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from functools import cache

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from data import intake, templates, words
from data.contract import Contract, Field, contracts
from data.problem import Problem
from data.store import Store
from data.words import pick

NAMES = sorted(contracts())
LANGUAGES = ["en", "zh_CN"]
TITLE = {"zh": "列", "en": "Column"}


def titles(contract: Contract) -> list[str]:
    return [pick(field.title.pair()) for field in contract.fields]


def template(contract: Contract) -> bytes:
    """The workbook as a file; a contract's own is made once a language."""
    known = contract is contracts().get(contract.dataset)
    return _template(contract.dataset, words.language()) if known else templates.as_xlsx(contract)


@cache
def _template(dataset: str, _language: str) -> bytes:
    return templates.as_xlsx(contracts()[dataset])


def workbook(contract: Contract) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(template(contract)))


def part(contract: Contract, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(template(contract))) as parts:
        return parts.read(name).decode()


def rules(contract: Contract) -> dict[str, str]:
    """The rule of a column's cells by the column's letter."""
    found = re.findall(
        r"<dataValidation [^>]*?(?:/>|>.*?</dataValidation>)", part(contract, "xl/worksheets/sheet1.xml")
    )
    return {re.search(r'sqref="([A-Z]+)2:\1(\d+)"', rule)[1]: rule for rule in found}  # type: ignore[index]


def made(**keys: object) -> Contract:
    """A contract of one column."""
    field = {"name": "one", "type": "string", "title": TITLE, "example": "x", **keys}
    return Contract.model_validate(
        {
            "dataset": "made",
            "title": TITLE,
            "description": TITLE,
            "owner": TITLE,
            "primaryKey": ["one"],
            "fields": [field],
        }
    )


def in_a_sheet(field: Field) -> object:
    """The contract's example as a spreadsheet shows it."""
    if field.type in ("integer", "number") and field.example != "":
        return float(str(field.example))
    return field.example


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_has_the_titles_as_header_and_the_example_below(name: str, language: str) -> None:
    words.use(language)
    contract = contracts()[name]
    header, example = workbook(contract).get_sheet_by_index(0).to_python()
    assert header == titles(contract)
    assert example == [in_a_sheet(field) for field in contract.fields]


@pytest.mark.parametrize("name", NAMES)
def test_identifiers_are_text_and_dates_are_dates(name: str) -> None:
    contract = contracts()[name]
    example = workbook(contract).get_sheet_by_index(0).to_python()[1]
    for field, cell in zip(contract.fields, example, strict=True):
        if cell != "" and field.is_identifier:
            assert isinstance(cell, str)
        if cell != "" and field.type == "date":
            assert isinstance(cell, date)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_second_sheet_explains_every_column(name: str, language: str) -> None:
    words.use(language)
    contract = contracts()[name]
    header, *rows = workbook(contract).get_sheet_by_index(1).to_python()
    assert len(header) == 9
    assert [row[:2] for row in rows] == [
        [title, field.name] for title, field in zip(titles(contract), contract.fields, strict=True)
    ]
    for row, field in zip(rows, contract.fields, strict=True):
        assert row[2], "the type is said"
        assert row[3] == (pick(field.unit.pair()) if field.unit else "")
        assert all(value in str(row[5]) for value in field.constraints.enum)
        assert all(other in str(row[6]) for other in field.synonyms if other != field.name)
        assert field.description is None or pick(field.description.pair()) in str(row[8])


def test_the_explanation_says_what_must_be_filled_and_what_is_allowed() -> None:
    rows = workbook(contracts()["enrolment"]).get_sheet_by_index(1).to_python()
    explained = {row[1]: row for row in rows}
    assert rows[0][:6] == ["Column", "Name", "Type", "Unit", "Must be filled", "Allowed values"]
    assert explained["school_year"][2:6] == ["whole number", "", "yes", "2000 or more; 2100 or less"]
    assert explained["classes"][3:6] == ["classes", "no", "0 or more; 2000 or less"]
    assert explained["institution_id"][2:6] == ["text", "", "yes", "at most 40 characters"]
    assert explained["stage"][5] == "学前, 小学, 初中, 高中, 特殊教育"


def test_the_explanation_says_which_texts_stand_for_no_score_and_what_becomes_of_a_code() -> None:
    explained = {row[1]: row for row in workbook(contracts()["exam_result"]).get_sheet_by_index(1).to_python()}
    assert explained["score"][5] == "0 or more; 1000 or less; 缺考, 缺, 未考, 旷考, 缓考; 免考; /, -, #N/A"
    assert explained["student_id"][8] == "Kept only as an encrypted code."


@pytest.mark.parametrize("name", NAMES)
def test_lists_to_choose_from_and_messages_reach_down_the_sheet(name: str) -> None:
    contract = contracts()[name]
    sheet = part(contract, "xl/worksheets/sheet1.xml")
    listed = [field for field in contract.fields if field.constraints.enum or field.type == "boolean"]
    told = [field for field in contract.fields if field.description]
    assert sheet.count('type="list"') == len(listed)
    assert sheet.count("prompt=") == len(told)
    assert all(f"2:{letter}5001" in rule for letter, rule in rules(contract).items())


def test_a_boolean_offers_its_two_words() -> None:
    contract = contracts()["institution"]
    column = "ABCDEFGHIJK"[[field.name for field in contract.fields].index("main_urban")]
    assert '<formula1>"是,否"</formula1>' in rules(contract)[column]


@pytest.mark.parametrize("values", [[f"value {number:03}" for number in range(40)], ["a,b", "c"], ['"a"', "b"]])
def test_a_list_that_a_rule_cannot_hold_stands_on_a_sheet_that_nobody_sees(values: list[str]) -> None:
    contract = made(constraints={"enum": values}, example=values[0])
    book = workbook(contract)
    assert [sheet.visible for sheet in book.sheets_metadata] == [
        SheetVisibleEnum.Visible, SheetVisibleEnum.Visible, SheetVisibleEnum.VeryHidden,
    ]  # fmt: skip
    assert book.get_sheet_by_index(2).to_python() == [[value] for value in values]
    assert f"<formula1>lists!$A$1:$A${len(values)}</formula1>" in rules(contract)["A"].replace("'", "")


def test_the_list_may_be_left_only_where_other_spellings_are_read() -> None:
    assert "errorStyle" not in rules(made(constraints={"enum": ["x", "y"]}))["A"]
    aliased = made(constraints={"enum": ["x", "y"]}, aliases={"x": ["ex"]})
    assert 'errorStyle="warning"' in rules(aliased)["A"]
    assert "“x” may also be written: ex." in str(workbook(aliased).get_sheet_by_index(1).to_python()[1][8])


def test_a_long_title_and_a_long_description_are_cut_to_what_a_message_holds() -> None:
    contract = made(title={"zh": "列", "en": "T" * 50}, description={"zh": "说明", "en": "d" * 300})
    rule = rules(contract)["A"]
    assert 'promptTitle="' + "T" * 31 + "…" in rule
    assert 'prompt="' + "d" * 254 + "…" in rule
    assert "d" * 300 in str(workbook(contract).get_sheet_by_index(1).to_python()[1][8])


def test_required_columns_have_a_colour_of_their_own_and_the_header_stays_in_sight() -> None:
    contract = contracts()["enrolment"]
    sheet = part(contract, "xl/worksheets/sheet1.xml")
    styles = dict(re.findall(r'<c r="([A-E])1" s="(\d+)"', sheet))
    assert len({styles[column] for column in "ABCD"}) == 1
    assert styles["E"] != styles["A"]
    assert 'state="frozen"' in sheet


def test_whole_columns_of_texts_are_text_so_that_codes_keep_their_zeros() -> None:
    sheet = part(made(), "xl/worksheets/sheet1.xml")
    style = int(re.search(r'<col min="1" max="1" [^>]*style="(\d+)"', sheet)[1])  # type: ignore[index]
    formats = re.search(r"<cellXfs.*?</cellXfs>", part(made(), "xl/styles.xml"))[0]  # type: ignore[index]
    assert 'numFmtId="49"' in re.findall(r"<xf [^>]*>", formats)[style], "49 is the built-in format @"


def test_the_same_contract_gives_the_same_workbook() -> None:
    assert templates.as_xlsx(contracts()["institution"]) == templates.as_xlsx(contracts()["institution"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_csv_fits_its_contract_but_for_what_the_store_does_not_know_yet(
    name: str, language: str, checked_against: Store
) -> None:
    words.use(language)
    contract = contracts()[name]
    content = templates.as_csv(contract)
    assert next(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == titles(contract)
    checked = intake.check(checked_against, content, f"{name}.csv", name)
    assert checked.rows == 1
    left = [one for one in checked.problems if not refers(contract, one)]
    # But for the example itself, which is invented, save where it is a fact.
    assert [(one.row, one.column) for one in left] == ([] if name in ("area", "preschool_published") else [(2, None)])
    if not contract.foreignKeys:
        assert list(checked.problems) == left


def test_the_example_that_a_template_shows_is_no_row_until_one_cell_differs(store: Store) -> None:
    content = templates.as_csv(contracts()["population"]).decode()
    (problem,) = intake.publish(store, content.encode(), "t.csv", by="test").problems
    assert (problem.row, problem.found) == (2, "the example of the template")
    own = content.replace("5124", "5121")
    assert intake.check(store, own.encode(), "t.csv").problems == ()
    below = own.replace("2020,信都区,3", "2020,信都区,4") + content.splitlines()[1] + "\r\n"
    (problem,) = intake.check(store, below.encode(), "t.csv").problems
    assert problem.row == 3


def test_the_example_of_a_pupil_is_known_behind_the_hash_of_the_code(school_store: Store) -> None:
    words.use("zh_CN")
    content = templates.as_csv(contracts()["exam_result"]).decode()
    (problem,) = intake.check(school_store, content.encode(), "t.csv").problems
    assert (problem.row, problem.column) == (2, None)
    assert intake.check(school_store, content.replace("202101", "202102").encode(), "t.csv").problems == ()


def refers(contract: Contract, problem: Problem) -> bool:
    """Whether the problem is a code that another dataset would have to bring first."""
    keys = ["+".join(pick(contract.field(name).title.pair()) for name in key.fields) for key in contract.foreignKeys]
    return problem.column in keys


def test_examples_are_written_as_the_type_wants_whatever_yaml_read() -> None:
    for keys, example in [
        ({"example": 2020}, "2020"),
        ({"example": date(2020, 9, 1)}, "2020-09-01"),
        ({"type": "date", "example": "2020-09-01"}, "2020-09-01"),
        ({"type": "boolean", "trueValues": ["是"], "falseValues": ["否"], "example": False}, "否"),
        ({"type": "number", "example": 0.85}, "0.85"),
        ({"example": ""}, ""),
    ]:
        lines = templates.as_csv(made(**keys)).decode("utf-8-sig").split("\r\n")
        assert lines == ["Column", example or '""', ""], keys


@pytest.mark.parametrize("name", NAMES)
def test_programs_get_every_field_with_its_rules(name: str) -> None:
    contract = contracts()[name]
    found = json.loads(json.dumps(templates.as_dict(contract)))
    assert found["dataset"] == name
    assert found["primaryKey"] == list(contract.primaryKey)
    assert [field["name"] for field in found["fields"]] == [field.name for field in contract.fields]
    assert [field["title"] for field in found["fields"]] == titles(contract)


def test_programs_get_limits_values_and_states() -> None:
    fields = {field["name"]: field for field in templates.as_dict(contracts()["exam_result"])["fields"]}  # type: ignore[attr-defined]
    assert fields["score"]["states"]["absent"][0] == "缺考"
    assert (fields["score"]["minimum"], fields["score"]["maximum"], fields["score"]["unit"]) == (0, 1000, "marks")
    assert fields["exam_id"]["required"] is True
