"""Who may read what: rows about single persons nobody, internal ones staff, counts of few persons the public never."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data import changes, preview, readers
from data.changes import DatasetChange, Reasons, Revision, Rows
from data.contract import contracts
from data.preview import Change
from data.uploads import Upload

COUNTING = ("award", "mentoring", "special_education", "enrolment", "after_school", "class_size", "population")
OPEN = ("institution", "area", "project", "supervision", "inspection", "funding", "honour", "appraisal")
INTERNAL = ("school_target", "admission", "retention", "exam")
WARNING = {
    "row": 2,
    "column": "学生数",
    "found": "5",
    "expected": "about 300",
    "rule": "pupils_jump",
    "accepted_by": "李四",
}
UPLOAD = Upload(
    1, "area", "f.csv", "0" * 64, 1, "王芳", False, datetime(2100, 1, 1, tzinfo=UTC), None, None,
    warnings=(WARNING,), note="再报一次",
)  # fmt: skip


@pytest.mark.parametrize(("setting", "staff"), [("1", True), ("0", False), ("", False), ("true", False)])
def test_the_installation_says_who_its_readers_are(setting: str, staff: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_INTERNAL", setting)
    assert readers.are_staff() is staff


@pytest.mark.parametrize(
    ("names", "public", "staff"),
    [
        (("exam_result",), (False, False), (False, False)),
        (INTERNAL, (False, False), (True, True)),
        (COUNTING, (True, False), (True, True)),
        (OPEN, (True, True), (True, True)),
    ],
    ids=["about pupils", "internal", "counting persons", "open"],
)
def test_rows_and_files_are_for_whom_the_contract_says(
    names: tuple[str, ...], public: tuple[bool, bool], staff: tuple[bool, bool]
) -> None:
    for name in names:
        contract = contracts()[name]
        for reader, wanted in ((False, public), (True, staff)):
            assert (readers.may_read(contract, staff=reader), readers.may_take(contract, staff=reader)) == wanted, name


def test_every_field_that_counts_persons_has_their_unit() -> None:
    """Else a file with its small numbers would be handed out."""
    titled = re.compile(r"人数|人次|学生数|教师数|儿童数|幼儿数|生数$")
    for name, contract in contracts().items():
        counted = {
            one.name for one in contract.fields if one.type in ("integer", "number") and titled.search(one.title.zh)
        }
        assert counted <= set(contract.person_counts), name
        assert not set(contract.person_counts) & set(contract.primaryKey), name


@pytest.mark.parametrize(
    ("counts", "few"),
    [
        ((9,), True), ((10,), False), ((0,), False), ((None,), False), ((), False),
        ((500, 495), True), ((500, 500), False), ((186, 74, 83, 12, 10), True), ((186, 74, 83, 11, 11), True),
        ((200, 50, 80, 30, 20), False), ((200, 0, None), False),
    ],
    ids=str,
)  # fmt: skip
def test_a_row_tells_of_few_by_a_count_a_difference_or_what_is_left(counts: tuple[int | None, ...], few: bool) -> None:
    assert readers.tell_of_few(counts) is few


# Remarks and warnings


@pytest.mark.parametrize("name", [*INTERNAL, "exam_result"])
def test_of_records_that_are_not_open_the_public_reads_neither_remark_nor_warning(name: str) -> None:
    one = replace(UPLOAD, dataset=name)
    told = readers.told(one, staff=False)
    assert (told.note, told.warnings, told.file_name) == (None, (), one.file_name)
    assert readers.told(one, staff=True) == one


@pytest.mark.parametrize("name", COUNTING)
def test_of_warnings_that_may_quote_persons_the_public_reads_who_accepted_them(name: str) -> None:
    one = replace(UPLOAD, dataset=name)
    told = readers.told(one, staff=False)
    assert (told.note, told.warnings) == (one.note, ({"rule": "pupils_jump", "accepted_by": "李四"},))
    assert readers.told(one, staff=True) == one


@pytest.mark.parametrize("name", OPEN)
def test_other_warnings_are_open(name: str) -> None:
    one = replace(UPLOAD, dataset=name)
    assert readers.told(one, staff=False) == one


# Revised values, and those that a file would change


def revised(dataset: str, *first: Revision) -> DatasetChange:
    return DatasetChange(
        dataset,
        (replace(UPLOAD, dataset=dataset),),
        (),
        (),
        Rows(revised=len(first), first=first),
        Reasons(revision=True),
    )


@pytest.mark.parametrize("name", INTERNAL)
def test_revised_values_of_internal_records_are_for_staff(name: str) -> None:
    found = revised(name, Revision({"year": 2020}, "result", 98, 99))
    told = changes.told(found, staff=False)
    assert told.rows == Rows(revised=1)
    assert told.published[0].note is None
    assert changes.told(found, staff=True) == found


def test_counts_of_a_row_that_tells_of_few_are_withheld_all_together() -> None:
    few = [Revision({}, "special_classes", 5, 12, few=True), Revision({}, "children", 186, 0, few=True)]
    other = Revision({}, "children", 186, 190)
    told = changes.told(revised("special_education", *few, other), staff=False)
    assert told.rows is not None
    assert [(one.old, one.new) for one in told.rows.first] == [("<10", "withheld"), ("withheld", 0), (186, 190)]


def test_old_values_that_a_file_would_change_are_withheld_in_the_same_way() -> None:
    listed = (Change("2020 1", "awards", 5, 50, few=True), Change("2020 2", "awards", 30, 31))
    told = preview.told(contracts()["award"], listed, staff=False)
    assert [(one.old, one.new) for one in told] == [("<10", 50), (30, 31)]
    assert preview.told(contracts()["award"], listed, staff=True) == listed
    for name in INTERNAL:
        assert preview.told(contracts()[name], listed, staff=False) == ()
