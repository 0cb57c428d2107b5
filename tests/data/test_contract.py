"""Upload contracts: valid as they stand, strict about themselves, and generous about headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.configuration import read
from data.contract import FOLDER, Contract, Field, contracts
from data.problem import BrokenConfiguration
from data.vocabulary import normalised

DATASETS = {"area", "institution", "enrolment", "population", "exam", "exam_result", "preschool_published"}

CLASS_SIZE = """
title: {zh: 班额, en: Class sizes}
description: {zh: 每班一行。, en: One row a class.}
primaryKey: [class_id]
fields:
  - name: class_id
    type: string
    title: {zh: 班级代码, en: Class code}
    synonyms: [班号, Ｃlass No]
    constraints: {required: true}
  - name: pupils
    type: integer
    title: {zh: 人数, en: Pupils}
"""


def parsed(folder: Path, text: str) -> Contract:
    file = folder / "class_size.yaml"
    file.write_text(text, encoding="utf-8")
    return read(file, Contract, dataset="class_size")


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(BrokenConfiguration) as caught:
        parsed(folder, text)
    return str(caught.value)


def every_field() -> Iterator[tuple[Contract, Field]]:
    for contract in contracts().values():
        for field in contract.fields:
            yield contract, field


def test_every_dataset_has_a_contract() -> None:
    assert set(contracts()) >= DATASETS
    assert set(contracts()) == {path.stem for path in FOLDER.glob("*.yaml")}


def test_referenced_datasets_come_before_those_that_refer_to_them() -> None:
    order = list(contracts())
    for contract in contracts().values():
        for key in contract.foreignKeys:
            assert order.index(key.reference.resource) <= order.index(contract.dataset)


def test_keys_are_required() -> None:
    assert [
        (contract.dataset, name)
        for contract in contracts().values()
        for name in contract.primaryKey
        if not contract.field(name).constraints.required
    ] == []


def test_no_header_means_two_fields_of_a_dataset() -> None:
    for contract in contracts().values():
        headers = [header for field in contract.fields for header in field.headers]
        assert sorted(headers) == sorted(set(headers)), contract.dataset


def test_only_rows_about_single_persons_have_pseudonyms_and_they_say_so() -> None:
    assert {contract.dataset for contract, field in every_field() if field.pseudonym} == {
        contract.dataset for contract in contracts().values() if contract.personal
    }


@pytest.mark.parametrize(
    "header",
    ["pupils", "PUPILS", "学生数", "Pupils", "在园人数", " 在园 人数 ", "在园\n人数", "Ｐｕｐｉｌｓ", "在校生数"],
)
def test_a_header_is_matched_by_name_title_or_synonym_whatever_its_width_case_and_spaces(header: str) -> None:
    field = contracts()["enrolment"].field_for(header)
    assert field is not None and field.name == "pupils"


def test_a_synonym_is_normalised_as_the_header_is(tmp_path: Path) -> None:
    contract = parsed(tmp_path, CLASS_SIZE)
    assert [field.name for text in ("class no", "班号", "人数") if (field := contract.field_for(text))] == [
        "class_id",
        "class_id",
        "pupils",
    ]


@pytest.mark.parametrize("header", ["", "学生", "pupil", "学生数2", "人数（人）（2020）", "学生数（女）"])
def test_a_header_that_is_only_similar_is_not_matched(header: str) -> None:
    assert contracts()["enrolment"].field_for(header) is None


def test_normalised_leaves_what_carries_meaning() -> None:
    assert normalised(" School　Ｃode\r\n（1）") == "schoolcode(1)"


def test_a_field_with_states_has_a_column_for_them() -> None:
    columns = contracts()["exam_result"].columns
    assert (columns["score"], columns["score_state"]) == ("decimal(18,4)", "varchar")


def test_a_small_contract_is_read(tmp_path: Path) -> None:
    contract = parsed(tmp_path, CLASS_SIZE)
    assert contract.columns == {"class_id": "varchar", "pupils": "bigint"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("primaryKey:", "primarykey: [class_id]\nprimaryKey:", "primarykey"),
        ("constraints: {required", "constraints: {requird", "fields.0.constraints.requird"),
        ("type: integer", "type: int", "fields.1.type"),
        ("name: pupils", "name: Pupils Count", "fields.1.name"),
        ("title: {zh: 班额, en: Class sizes}", "title: 班额", "title"),
        ("primaryKey: [class_id]\n", "", "primaryKey"),
        ("primaryKey: [class_id]", "primaryKey: []", "primaryKey"),
        ("primaryKey: [class_id]", "primaryKey: [klass]", "primaryKey"),
        ("primaryKey: [class_id]", "primaryKey: [class_id]\nperiod: year", "period"),
        (
            "primaryKey: [class_id]",
            "primaryKey: [class_id]\nforeignKeys: [{fields: [zone], reference: {resource: area, fields: [area]}}]",
            "foreignKeys",
        ),
        ("name: pupils", "name: class_id", "fields"),
    ],
    ids=[
        "unknown key", "unknown constraint", "unknown type", "name with a space", "one language", "no key", "empty key",
        "key without a field", "period without a field", "foreign key without a field", "field twice",
    ],
)  # fmt: skip
def test_a_broken_contract_is_refused_with_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert CLASS_SIZE.count(old) == 1
    message = refusal(tmp_path, CLASS_SIZE.replace(old, new))
    assert "class_size.yaml" in message
    assert key in message


@pytest.mark.parametrize(
    "reference",
    ["{resource: nowhere, fields: [area]}", "{resource: area, fields: [nowhere]}"],
    ids=["dataset", "field"],
)
def test_a_foreign_key_to_nothing_is_refused_with_file_and_key(contract_folder: Path, reference: str) -> None:
    keyed = CLASS_SIZE.replace(
        "fields:\n", f"foreignKeys: [{{fields: [class_id], reference: {reference}}}]\nfields:\n", 1
    )
    (contract_folder / "class_size.yaml").write_text(keyed, encoding="utf-8")
    with pytest.raises(BrokenConfiguration, match=r"class_size\.yaml: foreignKeys"):
        contracts()
