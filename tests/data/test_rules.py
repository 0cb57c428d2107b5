"""Rules between rows, datasets and years: each has a file that trips it and one that does not."""

import csv
import io
import json
from typing import Any

import pytest

from data import intake
from data import rules as rules_module
from data.contract import contracts
from data.intake import Said
from data.problem import Problem, Warned
from data.rules import Case, Rule, rules
from data.store import Store

IDS = [rule.id for rule in rules()]


def as_file(rows: tuple[dict[str, Any], ...]) -> bytes:
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def noticed(store: Store, rule: Rule, case: Case) -> list[Problem]:
    """What a check of the case's file says in this rule's name."""
    for dataset in contracts():
        if dataset in case.given:
            content = as_file(case.given[dataset])
            done = intake.publish(store, content, f"{dataset}.csv", dataset, by="test", said=Said(accept=True))
            assert done.upload, done.problems
    checked = intake.check(store, as_file(case.file), "file.csv", rule.dataset)
    others = [problem for problem in checked.problems if rule.severity == "warning"]
    assert others == []
    return [one for one in (*checked.problems, *checked.warnings) if not isinstance(one, Warned) or one.rule == rule.id]


@pytest.mark.parametrize("rule", rules(), ids=IDS)
def test_a_file_trips_the_rule(rule: Rule, school_store: Store) -> None:
    found = noticed(school_store, rule, rule.trips)
    assert len(found) == 1
    assert isinstance(found[0], Warned) == (rule.severity == "warning")
    assert "{" not in found[0].found + found[0].expected


@pytest.mark.parametrize("rule", rules(), ids=IDS)
def test_a_file_passes_the_rule(rule: Rule, school_store: Store) -> None:
    assert noticed(school_store, rule, rule.passes) == []


def test_a_warning_waits_until_a_person_accepts_it_and_is_kept_with_the_name(school_store: Store) -> None:
    rule = next(rule for rule in rules() if rule.severity == "warning")
    noticed(school_store, rule, rule.trips)
    content = as_file(rule.trips.file)
    assert intake.publish(school_store, content, "f.csv", rule.dataset, by="张三").upload is None
    done = intake.publish(school_store, content, "f.csv", rule.dataset, by="张三", said=Said(accept=True))
    with school_store.reading() as cursor:
        (kept,) = cursor.execute("select warnings from upload where upload_id = ?", [done.upload]).fetchone() or ("",)
    assert [(one["rule"], one["accepted_by"]) for one in json.loads(kept)] == [(rule.id, "张三")]


def test_an_error_stops_a_publish_whatever_a_person_accepts(school_store: Store) -> None:
    rule = next(rule for rule in rules() if rule.severity == "error")
    noticed(school_store, rule, rule.trips)
    done = intake.publish(
        school_store, as_file(rule.trips.file), "f.csv", rule.dataset, by="张三", said=Said(accept=True)
    )
    assert (done.upload, len(done.problems)) == (None, 1)


def test_what_a_file_replaces_whole_breaks_no_rule_any_more(school_store: Store) -> None:
    """A line that is called otherwise leaves its old name, and so stands no longer beside it at the same mark."""
    old, new = (f"exam_id,line_name,track,mark\n2021-11-G3,{name},物理类,200\n".encode() for name in ("甲线", "乙线"))
    assert intake.publish(school_store, old, "old.csv", "exam_line", by="test").upload
    assert [one.rule for one in intake.check(school_store, new, "new.csv", "exam_line").warnings] == ["lines_differ"]
    replaced = Said(replace={"exam_id": "2021-11-G3"})
    assert intake.check(school_store, new, "new.csv", "exam_line", said=replaced).warnings == ()


@pytest.mark.parametrize("rule", [one for one in rules() if "{" in one.expected.en], ids=lambda one: one.id)
def test_rows_that_are_only_counted_name_no_place_for_a_number(
    rule: Rule, school_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules_module, "LISTED", 0)
    (found,) = noticed(school_store, rule, rule.trips)
    assert found.found == "1 more row like this"
    assert "…" in found.expected and "{" not in found.expected


def a_year(year: int, pupils: int) -> bytes:
    return f"school_year,institution_id,stage,pupils,classes\n{year},3905000123,学前,{pupils},1\n".encode()


def jump_from_few(store: Store) -> intake.Checked:
    assert intake.publish(store, a_year(2022, 7), "f.csv", "enrolment", by="test").upload
    return intake.check(store, a_year(2023, 1000), "f.csv", "enrolment")


def test_a_warning_tells_staff_alone_the_number_from_which_a_stored_one_follows(school_store: Store) -> None:
    checked = jump_from_few(school_store)
    (staff,) = [one for one in intake.told(checked, staff=True).warnings if one.rule == "pupils_jump"]
    (public,) = [one for one in intake.told(checked, staff=False).warnings if one.rule == "pupils_jump"]
    assert staff.found == "3905000123 学前 2023: 993 pupils more or fewer than the year before"
    assert public.found == "3905000123 学前 2023: (withheld) pupils more or fewer than the year before"
    assert set(public.as_dict()) == {"row", "column", "found", "expected", "rule"}


@pytest.mark.parametrize("rule", [one for one in rules() if one.quoted_counts], ids=lambda one: one.id)
def test_what_is_said_to_all_leaves_out_the_sides_that_read_stored_counts(rule: Rule, school_store: Store) -> None:
    (found,) = noticed(school_store, rule, rule.trips)
    public = found.told(staff=False)
    quoted = [side for side in rule.quoted_counts if f"{{{side}}}" in rule.found.en + rule.expected.en]
    assert (public.found + public.expected).count("(withheld)") == len(quoted)


def test_the_rules_that_compare_with_stored_counts_of_persons_are_known() -> None:
    quoting = {one.id: one.quoted_counts for one in rules() if one.quoted_counts}
    both = ("left", "right")
    assert quoting.items() >= {"pupils_jump": both, "pupils_outlier": both, "population_jump": both}.items()
    assert quoting["children_within_population"] == quoting["classes_add_up"] == ("right",)
    assert "participants_within_pupils" not in quoting, "it compares the file with itself"


def test_the_history_keeps_the_numbers_of_an_accepted_warning_for_staff(school_store: Store) -> None:
    jump_from_few(school_store)
    accepted = Said(accept=True)
    done = intake.publish(school_store, a_year(2023, 1000), "f.csv", "enrolment", by="张三", said=accepted)
    with school_store.reading() as cursor:
        (kept,) = cursor.execute("select warnings from upload where upload_id = ?", [done.upload]).fetchone() or ("",)
    assert "993" in kept
