"""The catalogue of indicators: whole and in order, or the file and the key that are wrong."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.plan import plan
from data.problem import BrokenConfiguration, Refused
from data.store import Store
from queries import answers, catalogue
from queries.answers import Viewer
from queries.catalogue import Definition, Target

SOURCE = {"zh": "方案", "en": "Plan"}
TARGET = {"value": 0.8, "comparison": ">=", "due": date(2020, 12, 31), "areas": "each", "source": SOURCE}
RISING = {"comparison": "rising", "value": None, "due": None}


@pytest.fixture
def indicators(tmp_path: Path) -> Path:
    """A folder with one indicator in it."""
    folder = tmp_path / "indicators"
    shutil.copytree(catalogue.FOLDER / "inclusive_share", folder / "inclusive_share")
    return folder


def change(indicators: Path, **changes: object) -> None:
    """Writes the definition anew with some keys changed; a key that becomes None is left out."""
    path = indicators / "inclusive_share" / "definition.yaml"
    content = {**yaml.safe_load(path.read_text(encoding="utf-8")), **changes}
    kept = {key: value for key, value in content.items() if value is not None}
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")


def refusal(indicators: Path) -> str:
    with pytest.raises(BrokenConfiguration) as broken:
        catalogue.catalogue(indicators)
    return str(broken.value)


def targets(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**TARGET, **changed} for changed in changes]


def test_the_folders_are_the_indicators() -> None:
    folders = {path.name for path in catalogue.FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert set(catalogue.catalogue()) == folders
    assert all(name == one.id for name, one in catalogue.catalogue().items())


def test_the_indicators_of_the_main_job_are_there() -> None:
    assert {"inclusive_share", "public_share", "gross_enrolment", "pupils", "kindergartens", "mean_class_size"} <= set(
        catalogue.catalogue()
    )


def test_the_order_is_that_of_the_plan_and_what_has_a_target_comes_first() -> None:
    clauses = list(plan().clauses)
    places = [(clauses.index(one.clause), not one.targets, one.id) for one in catalogue.catalogue().values()]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("name", "value", "due"),
    [
        ("inclusive_share", Decimal("0.80"), date(2020, 12, 31)),
        ("public_share", Decimal("0.50"), date(2020, 12, 31)),
        ("gross_enrolment", Decimal("0.85"), None),
    ],
)
def test_the_targets_are_those_of_clause_27_and_of_the_county_standard(
    name: str, value: Decimal, due: date | None
) -> None:
    one = catalogue.catalogue()[name]
    assert [(target.value, target.comparison, target.due, target.areas) for target in one.targets] == [
        (value, ">=", due, "each")
    ]
    assert one.clause == 27


def test_an_indicator_needs_nothing_but_its_folder(indicators: Path) -> None:
    shutil.copytree(indicators / "inclusive_share", indicators / "another")
    found = catalogue.catalogue(indicators)
    assert list(found) == ["another", "inclusive_share"]
    assert found["another"].sql == (indicators / "another" / "query.sql").read_text(encoding="utf-8")


def test_files_and_folders_that_begin_with_an_underscore_are_no_indicators(indicators: Path) -> None:
    (indicators / "_kept").mkdir()
    (indicators / "notes.txt").write_text("notes", encoding="utf-8")
    assert list(catalogue.catalogue(indicators)) == ["inclusive_share"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"colour": "red"}, "colour"),
        ({"id": "inclusive_share"}, "id"),
        ({"clause": None}, "clause"),
        ({"clause": 99}, "clause"),
        ({"clause": "aims"}, "clause.int"),
        ({"title": {"zh": "普惠"}}, "title.en"),
        ({"title": {"zh": "普惠", "en": ""}}, "title.en"),
        ({"unit": "percent"}, "unit"),
        ({"unit": "mean"}, "unit_label"),
        ({"counts": "children"}, "counts"),
        ({"direction": "higher"}, "direction"),
        ({"period": "month"}, "period"),
        ({"gap_unit": None}, "gap_unit"),
        ({"targets": targets({"comparison": ">"})}, "targets.0.comparison"),
        ({"targets": targets({"comparison": "=>"})}, "targets.0.comparison"),
        ({"targets": targets({}, {"value": "four fifths"})}, "targets.1.value"),
        ({"targets": targets({"areas": "some"})}, "targets.0.areas"),
        ({"targets": targets({"due": "end of 2020"})}, "targets.0.due"),
        ({"targets": targets({}, {"value": 0.9})}, "targets"),
        ({"targets": targets({"due": None}, {"due": None})}, "targets"),
        ({"targets": [{key: TARGET[key] for key in TARGET if key != "source"}]}, "targets.0.source"),
        ({"targets": targets({"in_force": date(2020, 10, 1)}, {"in_force": date(2020, 10, 1)})}, "targets"),
        ({"targets": targets({}, {"comparison": "<=", "in_force": date(2020, 10, 1)})}, "targets"),
        (
            {"targets": targets({"due": None}, {**RISING, "comparison": "falling", "in_force": date(2020, 10, 1)})},
            "targets",
        ),
        ({"direction": "down"}, "targets"),
        ({"direction": "up", "targets": targets({"comparison": "<="})}, "targets"),
        ({"direction": "up", "targets": targets({**RISING, "comparison": "falling"})}, "targets"),
        ({"targets": targets({"value": None})}, "targets.0"),
        ({"targets": targets({**RISING, "value": 0.8})}, "targets.0"),
        ({"targets": targets({**RISING, "due": date(2020, 12, 31)})}, "targets.0"),
        ({"targets": targets({**RISING, "upper": 0.9})}, "targets.0"),
        ({"targets": targets({"upper": 0.7})}, "targets.0"),
        ({"direction": "none", "targets": targets({"comparison": "<=", "upper": 0.9})}, "targets.0"),
        ({"targets": targets({"in_force": date(2021, 1, 1)})}, "targets.0"),
        ({"targets": targets({"baseline": {"value": 0, "day": date(2020, 12, 31)}})}, "targets.0"),
        ({"visibility": "secret"}, "visibility"),
        ({"datasets": ["enrolment", "enrollment"]}, "datasets"),
        ({"published": "inclusive_share"}, "published"),
    ],
    ids=str,
)
def test_a_wrong_key_is_named_with_its_file(changes: dict[str, object], key: str, indicators: Path) -> None:
    change(indicators, **changes)
    message = refusal(indicators)
    assert str(indicators / "inclusive_share" / "definition.yaml") in message
    assert f": {key}: " in message or f"Value error, {key}: " in message
    assert "Traceback" not in message


def test_every_wrong_key_of_a_file_is_listed(indicators: Path) -> None:
    change(indicators, colour="red", unit="percent", visibility="secret")
    assert len(refusal(indicators).splitlines()) == 3


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "clause: [27\n", "\x00"])
def test_a_file_that_is_no_definition_is_named(text: str, indicators: Path) -> None:
    (indicators / "inclusive_share" / "definition.yaml").write_text(text, encoding="utf-8")
    assert str(indicators / "inclusive_share" / "definition.yaml") in refusal(indicators)


@pytest.mark.parametrize("name", ["query.sql", "definition.yaml"])
def test_a_missing_file_is_named(name: str, indicators: Path) -> None:
    (indicators / "inclusive_share" / name).unlink()
    assert str(indicators / "inclusive_share" / name) in refusal(indicators)


def test_a_definition_rests_on_the_views_that_its_sql_leads_to() -> None:
    known = catalogue.catalogue()
    assert catalogue.rests_on(known["inclusive_share"]) == (
        "views/10_institution_validity.sql",
        "views/20_institution_scope.sql",
        "views/30_stage_enrolment.sql",
        "views/40_kindergarten_enrolment.sql",
    )
    assert all((catalogue.ROOM / file).is_file() for one in known.values() for file in catalogue.rests_on(one))


def test_whatever_reads_the_standard_rests_on_its_file() -> None:
    """Its views and macros are no files of their own, so the definition has to name it."""
    given = re.compile(r"\b(balance_standard|shared_weight|balance_required|balance_floor|(very_)?large_class)\b")
    for one in catalogue.catalogue().values():
        files = catalogue.rests_on(one)
        read = [one.sql, *((catalogue.ROOM / file).read_text(encoding="utf-8") for file in files if ".sql" in file)]
        reads_it = any(given.search(re.sub("--.*", "", text)) for text in read)
        assert reads_it == ("compulsory/standards.yaml" in files), one.id


def test_a_file_to_rest_on_must_be_there(indicators: Path) -> None:
    change(indicators, beside=["compulsory/none.yaml"])
    assert "beside: there is no file compulsory/none.yaml" in refusal(indicators)


def test_a_file_of_the_product_is_named_as_a_reader_of_the_repository_knows_it() -> None:
    path = catalogue.FOLDER / "none" / "query.sql"
    with pytest.raises(BrokenConfiguration, match=r"^queries/indicators/none/query\.sql: "):
        catalogue._definition(path.parent)


def with_targets(*dues: date | None) -> Definition:
    made = tuple(Target.model_validate({**TARGET, "due": due, "value": number}) for number, due in enumerate(dues))
    return catalogue.catalogue()["inclusive_share"].model_copy(update={"targets": made})


@pytest.mark.parametrize(
    ("dues", "today", "chosen"),
    [
        ((), date(2020, 1, 1), None),
        ((date(2020, 12, 31),), date(2020, 12, 31), 0),
        ((date(2020, 12, 31),), date(2021, 1, 1), 0),
        ((date(2022, 12, 31), date(2020, 12, 31)), date(2020, 12, 31), 1),
        ((date(2022, 12, 31), date(2020, 12, 31)), date(2021, 1, 1), 0),
        ((date(2022, 12, 31), date(2020, 12, 31)), date(2023, 1, 1), 0),
        ((None, date(2020, 12, 31)), date(2020, 1, 1), 1),
        ((None, date(2020, 12, 31)), date(2021, 1, 1), 0),
    ],
)
def test_the_target_of_a_day_is_the_next_one_due_else_the_last(
    dues: tuple[date | None, ...], today: date, chosen: int | None
) -> None:
    found = with_targets(*dues).target_at(today)
    assert (None if found is None else int(found.value)) == chosen


def test_an_internal_indicator_is_for_internal_viewers(define: Callable[..., Definition], store: Store) -> None:
    define("rewards", "pupils", visibility="internal")
    assert "rewards" not in answers.visible()
    assert "rewards" in answers.visible(Viewer(internal=True))
    assert "rewards" not in [one.definition.id for one in answers.overview(store)]
    assert "rewards" in [one.definition.id for one in answers.overview(store, viewer=Viewer(internal=True))]
    assert answers.answer(store, "rewards", viewer=Viewer(internal=True)).definition.id == "rewards"
    with pytest.raises(Refused) as refused:
        answers.answer(store, "rewards")
    assert "rewards" not in str(refused.value).partition(":")[2]


# Targets over time


def changed(*targets_: dict[str, Any]) -> Definition:
    made = tuple(Target.model_validate({**TARGET, **one}) for one in targets_)
    return catalogue.catalogue()["inclusive_share"].model_copy(update={"targets": made})


def value_at(definition: Definition, day: date) -> Decimal | None:
    found = definition.target_at(day)
    return found and found.value


def test_a_changed_target_holds_from_its_day_on() -> None:
    one = changed({"value": "0.8"}, {"value": "0.9", "in_force": date(2020, 10, 1)})
    assert value_at(one, date(2020, 9, 30)) == Decimal("0.8")
    assert value_at(one, date(2020, 10, 1)) == Decimal("0.9")
    assert value_at(one, date(2021, 10, 1)) == Decimal("0.9")


def test_the_order_in_the_file_does_not_matter() -> None:
    first, second = {"value": "0.8"}, {"value": "0.9", "in_force": date(2020, 10, 1)}
    for day in (date(2020, 9, 30), date(2020, 10, 1)):
        assert value_at(changed(first, second), day) == value_at(changed(second, first), day)


def test_before_the_first_target_is_in_force_there_is_none() -> None:
    one = changed({"in_force": date(2020, 10, 1)})
    assert value_at(one, date(2020, 9, 30)) is None
    assert value_at(one, date(2020, 10, 1)) == Decimal("0.8")


def test_a_change_of_one_due_date_leaves_the_others() -> None:
    one = changed({"value": "0.7"}, {"value": "0.9", "due": date(2022, 12, 31)},
                  {"value": "0.95", "due": date(2022, 12, 31), "in_force": date(2021, 6, 1)})  # fmt: skip
    assert [value_at(one, day) for day in (date(2020, 12, 31), date(2021, 1, 1), date(2021, 6, 1))] == [
        Decimal("0.7"), Decimal("0.9"), Decimal("0.95"),
    ]  # fmt: skip


def test_two_targets_that_follow_each_other_at_every_period_are_one_target_over_time(indicators: Path) -> None:
    change(indicators, targets=targets({"due": None}, {"due": None, "value": 0.9, "in_force": date(2021, 1, 1)}))
    one = catalogue.catalogue(indicators)["inclusive_share"]
    assert [value_at(one, day) for day in (date(2020, 12, 31), date(2021, 1, 1))] == [Decimal("0.8"), Decimal("0.9")]


@pytest.mark.parametrize(("comparison", "more"), [(">=", True), ("rising", True), ("<=", False), ("falling", False)])
def test_a_target_wants_more_or_less(comparison: str, more: bool) -> None:
    trend = comparison in ("rising", "falling")
    one = Target.model_validate({**TARGET, "comparison": comparison, **({"value": None, "due": None} if trend else {})})
    assert (one.wants_more, one.is_trend) == (more, trend)


@pytest.mark.parametrize("direction", ["up", "none"])
def test_a_direction_that_agrees_with_the_targets_is_fine(direction: str, indicators: Path) -> None:
    change(indicators, direction=direction)
    assert catalogue.catalogue(indicators)["inclusive_share"].direction == direction


# What counts over a period, and what has no figure of the whole


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"flow": True, "accumulates": True}, "flow"),
        ({"flow": True, "period": "day"}, "flow"),
        ({"whole": False, "targets": targets({"areas": "whole"})}, "whole"),
    ],
)
def test_what_cannot_be_together_is_refused(changes: dict[str, Any], said: str, indicators: Path) -> None:
    change(indicators, **changes)
    assert said in refusal(indicators)


def test_a_flow_with_a_target_for_each_district_and_no_whole_is_fine(indicators: Path) -> None:
    change(indicators, flow=True, whole=False, period="year")
    one = catalogue.catalogue(indicators)["inclusive_share"]
    assert (one.flow, one.whole) == (True, False)


def test_states_are_no_flows_and_only_what_districts_have_alone_has_no_whole() -> None:
    every = catalogue.catalogue()
    states = {"inclusive_share", "star_teachers", "principal_studios", "schools_with_leader", "researcher_posts_filled"}
    assert not states & {name for name, one in every.items() if one.flow}
    assert {"recruited_leaders", "competition_awards", "researcher_quotas", "supervision_rounds"} <= {
        name for name, one in every.items() if one.flow
    }
    assert {name for name, one in every.items() if not one.whole} == {
        "teacher_pay_ratio", "district_government_score", "district_bureau_score",
    }  # fmt: skip


def test_what_is_owed_are_the_datasets_that_come_by_a_day() -> None:
    every = catalogue.catalogue()
    assert every["inclusive_share"].owed == ("enrolment",)
    assert every["attached_kindergartens_inclusive"].owed == ("project", "institution"), "no day is set for either"
