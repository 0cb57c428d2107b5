"""Upload contracts: valid as they stand, strict about themselves, and generous about headers."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import intake
from data.configuration import read
from data.contract import FOLDER, Contract, Field, contracts
from data.problem import BrokenConfiguration
from data.pseudonym import PERSONAL_HEADERS
from data.store import Store
from data.vocabulary import normalised
from tests.conftest import EXAMS, Publish

DATASETS = {
    "admission", "after_school", "agenda", "appraisal", "area", "award", "benefit", "class_size", "community",
    "community_kindergarten", "decision", "definition_check", "enrolment", "exam", "exam_item", "exam_line", "exam_result",
    "exam_roll", "foundation", "funding", "honour", "inspection", "institution", "item_result", "leader_assignment",
    "mentoring", "monitoring_report", "partnership",
    "pay", "population", "preschool_funding", "preschool_published", "project", "project_leader", "publicity",
    "readiness", "recruitment", "researcher", "researcher_term", "responsibility", "retention", "school_programme",
    "school_recognition", "school_resource", "school_target", "speciality", "special_education", "supervision",
}  # fmt: skip
STAFF = {"teacher_id", "person_id"}

CLASS_SIZE = """
title: {zh: 班额, en: Class sizes}
description: {zh: 每班一行。, en: One row a class.}
owner: {zh: 教育局, en: the bureau}
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
    assert set(contracts()) == DATASETS
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


def test_no_column_that_names_a_person_is_a_field() -> None:
    """The one `name` is a school's."""
    assert {
        (contract.dataset, field.name) for contract, field in every_field() if field.headers & PERSONAL_HEADERS
    } == {("institution", "name")}


def test_rows_about_staff_carry_a_code_that_is_kept_as_it_is() -> None:
    found = [(contract.dataset, field) for contract, field in every_field() if field.name in STAFF]
    assert {dataset for dataset, _field in found} >= {"honour", "researcher", "leader_assignment", "recruitment"}
    assert all(field.type == "string" and not field.pseudonym for _dataset, field in found)


def test_every_code_of_an_institution_may_be_given_as_its_name() -> None:
    for contract in contracts().values():
        if contract.dataset != "institution" and "institution_id" in contract.columns:
            field = contract.field("institution_id")
            assert field.lookup is not None, contract.dataset
            assert {"学校", "校名", "学校名称"} <= field.headers, contract.dataset


def test_a_lookup_reads_a_field_of_the_dataset_that_the_field_refers_to() -> None:
    for contract, field in every_field():
        if field.lookup:
            targets = {key.reference.resource for key in contract.foreignKeys if key.fields == (field.name,)}
            assert targets == {field.lookup.resource}, contract.dataset
            assert field.lookup.by in contracts()[field.lookup.resource].columns


def test_an_alias_means_one_value_of_the_field() -> None:
    for contract, field in every_field():
        values = field.constraints.enum or tuple(field.aliases)
        others = [normalised(text) for texts in field.aliases.values() for text in texts]
        assert set(field.aliases) <= set(values), (contract.dataset, field.name)
        assert sorted({*others, *map(normalised, values)}) == sorted([*others, *map(normalised, values)])


def test_every_dataset_that_is_owed_by_a_day_has_a_period_in_its_key() -> None:
    for contract in contracts().values():
        if contract.expected:
            terms = [deadline.term for deadline in contract.expected.by if deadline.term]
            assert {contract.period, *(["term"] if terms else [])} <= set(contract.primaryKey), contract.dataset


def test_kinds_that_owe_a_dataset_are_kinds_of_institutions_that_it_names() -> None:
    kinds = contracts()["institution"].field("kind").constraints.enum
    for contract in contracts().values():
        owing = contract.expected.kinds if contract.expected else ()
        assert set(owing) <= set(kinds), contract.dataset
        assert not owing or "institution_id" in contract.primaryKey, contract.dataset


def test_every_field_has_an_example_and_required_ones_a_value() -> None:
    for contract, field in every_field():
        assert "example" in field.model_fields_set, (contract.dataset, field.name)
        assert field.example != "" or not field.constraints.required, (contract.dataset, field.name)


def test_the_examples_of_every_dataset_are_a_file_that_passes(school_store: Store, publish: Publish) -> None:
    """Published in order, so that every example finds what it refers to; the exam has papers enough for its line."""
    publish("exam", EXAMS.replace("语文", "英语"))
    for contract in contracts().values():
        text = io.StringIO()
        csv.writer(text).writerows(
            [[field.name for field in contract.fields], [field.example for field in contract.fields]]
        )
        file = text.getvalue().encode()
        assert intake.check(school_store, file, "file.csv", contract.dataset).problems == ()
        intake.publish(school_store, file, "file.csv", contract.dataset, by="test")


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


def with_tally(tally: str) -> str:
    return CLASS_SIZE.replace("fields:\n", f"tally: {{{tally}}}\nfields:\n", 1)


def test_a_tally_keeps_what_differs_within_a_group_as_a_list(tmp_path: Path) -> None:
    contract = parsed(tmp_path, with_tally("scope: class_id, by: [class_id, pupils], listed: [pupils]"))
    assert contract.tally_views == {
        "class_size_tally": {"class_id": "varchar", "pupils": "bigint", "row_count": "bigint"}
    }
    assert contract.tally_tables == {"class_size_tally": {"class_id": "varchar", "pupils": "bigint[]"}}


@pytest.mark.parametrize(
    "tally",
    [
        "scope: class_id, by: [class_id, mark]",
        "scope: class_id, by: [pupils]",
        "scope: class_id, by: [class_id], listed: [pupils]",
        "scope: class_id, by: [class_id, pupils], listed: [class_id]",
    ],
    ids=["by a column that is none", "by without the scope", "a list of what it is not by", "a list of scopes"],
)
def test_a_tally_of_nothing_is_refused_with_file_and_key(tmp_path: Path, tally: str) -> None:
    assert "tally" in refusal(tmp_path, with_tally(tally))


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
