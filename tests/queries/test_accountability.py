"""Clause 21 on small stores: targets met, letters signed, and the ledger with its evidence and changed verdicts."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from data.problem import Refused
from data.store import Store, restore, withdraw
from queries import answers
from queries.accountability import schools as records
from queries.accountability.ledger import Verdict
from queries.answers import PUBLIC, Viewer
from queries.progress import Status
from tests.queries.conftest import Publish

INTERNAL = Viewer(internal=True)
REGISTER = "institution_id,valid_from,name,area,kind,ownership,main_urban,key_senior,closed_on\n"
SCHOOLS = """1,2010-09-01,示例一中,信都区,高中,教育部门办,是,是,
2,2010-09-01,示例二中,襄都区,高中,教育部门办,是,是,
3,2010-09-01,示例三中,襄都区,高中,教育部门办,是,否,
4,2010-09-01,示例园,襄都区,幼儿园,教育部门办,否,,
"""
TARGETS = "year,institution_id,item,comparison,target,result,talked_on,replaced_on\n"
NAMES = ("key_school_targets_met", "responsibility_letters")
TODAY = date(2023, 6, 30)


@pytest.fixture
def schools(store: Store, publish: Publish) -> Store:
    publish("institution", REGISTER + SCHOOLS)
    return store


@pytest.fixture
def targets(schools: Store, publish: Publish) -> Publish:
    """Publishes rows of targets; returns the upload's number."""
    return lambda _name, text: publish("school_target", TARGETS + text)


def met(store: Store, area: str = "主城区") -> answers.Trajectory:
    return answers.answer(store, "key_school_targets_met", viewer=INTERNAL, today=TODAY).area(area)


def ledger(store: Store) -> dict[str, records.School]:
    return {one.institution_id: one for one in records.schools(store, INTERNAL)}


# Indicators


@pytest.mark.parametrize("name", NAMES)
def test_an_indicator_without_rows_says_what_is_lacking(name: str, schools: Store) -> None:
    found = answers.answer(schools, name, viewer=INTERNAL, today=TODAY)
    assert {one.status for one in found.areas} == {Status.NO_DATA}
    assert found.lacking == (found.definition.datasets[0],)


def test_there_is_no_figure_until_every_key_school_of_the_register_is_judged(schools: Store, targets: Publish) -> None:
    """School 2 awaits a result, then has one; school 3 is no key school."""
    targets("", "2021,1,甲,不低于,98,98,,\n2021,2,甲,不低于,98,99,,\n2021,2,乙,不高于,1,,,\n2021,3,甲,不低于,98,99,,\n")
    assert [(point.numerator, point.denominator) for point in met(schools).points] == [(None, 2)]
    assert met(schools).status == met(schools, "襄都区").status == Status.NO_DATA
    assert [(point.numerator, point.denominator) for point in met(schools, "信都区").points] == [(1, 1)]
    targets("", "2021,2,乙,不高于,1,1.1,,\n")
    assert [(point.numerator, point.denominator) for point in met(schools).points] == [(1, 2)]
    assert met(schools).gap == 1


def test_a_key_school_that_sent_nothing_stays_among_them_and_is_unknown(schools: Store, targets: Publish) -> None:
    targets("", "2021,1,甲,不低于,98,98,,\n2021,3,甲,不低于,98,99,,\n")
    assert [(point.numerator, point.denominator) for point in met(schools).points] == [(None, 2)]
    assert met(schools).latest is None, "one of two reported: not one of one"


def test_an_item_that_fell_short_decides_the_year_whatever_is_awaited(schools: Store, targets: Publish) -> None:
    targets("", "2021,1,甲,不低于,98,90,,\n2021,1,乙,不高于,1,,,\n2021,2,甲,不低于,98,99,,\n")
    assert [(point.numerator, point.denominator) for point in met(schools).points] == [(1, 2)]
    [year] = ledger(schools)["1"].years
    assert (year.judged.verdict, year.overdue) == (Verdict.MISSED, True)


@pytest.mark.parametrize("first", ["90", "99", ""])
@pytest.mark.parametrize("second", ["90", "99", ""])
def test_the_indicator_and_the_ledger_judge_alike(first: str, second: str, schools: Store, targets: Publish) -> None:
    targets("", f"2021,1,甲,不低于,98,{first},,\n2021,1,乙,不低于,98,{second},,\n")
    [year] = ledger(schools)["1"].years
    [point] = met(schools, "信都区").points
    assert {Verdict.MET: 1, Verdict.MISSED: 0, Verdict.OPEN: None}[year.judged.verdict] == point.numerator


def test_targets_of_other_schools_alone_give_no_figure(schools: Store, targets: Publish) -> None:
    targets("", "2021,3,甲,不低于,98,99,,\n")
    assert met(schools).status == Status.NO_DATA


def test_a_school_without_a_letter_counts_as_not_signed(schools: Store, publish: Publish) -> None:
    publish("responsibility", "year,institution_id,signed\n2021,1,是\n2021,2,是\n2021,4,否\n")
    found = answers.answer(schools, "responsibility_letters", today=TODAY)
    shares = {one.area: [point.value for point in one.points] for one in found.areas}
    assert shares == {"主城区": [Fraction(2, 3)], "信都区": [1], "襄都区": [Fraction(1, 3)], "开发区": []}
    assert found.area("开发区").status == Status.NO_DATA, "and hides no other area"


# The ledger


def test_outsiders_get_no_record(schools: Store, targets: Publish) -> None:
    targets("", "2021,1,甲,不低于,98,90,,\n")
    for asked in (records.schools, records.changes):
        with pytest.raises(Refused, match="internal record"):
            asked(schools, PUBLIC)
    with pytest.raises(Refused):
        answers.answer(schools, "key_school_targets_met")


def test_a_year_leads_to_its_rows_and_what_was_done(schools: Store, targets: Publish) -> None:
    targets("", "2020,1,甲,不低于,98,90,2021-03-01,\n2020,1,乙,不高于,1,0.5,,\n2021,1,甲,不低于,98,90,,\n")
    [school] = ledger(schools).values()
    first, second = school.years
    assert (school.name, school.area) == ("示例一中", "信都区")
    assert (first.judged.verdict, first.recorded_on, first.overdue) == (Verdict.MISSED, date(2021, 3, 1), False)
    assert [(one.item, one.met, one.line, one.file_name) for one in first.evidence] == [
        ("乙", True, 3, "school_target.csv"),
        ("甲", False, 2, "school_target.csv"),
    ]
    assert school.overdue == (second,)
    assert school.standing.if_missed is not None and school.standing.if_missed.recorded == "replaced_on"


def test_a_third_missed_year_wants_a_replacement_and_a_talk_is_not_enough(schools: Store, targets: Publish) -> None:
    rows = "".join(f"{year},1,甲,不低于,98,90,{year + 1}-03-01,\n" for year in (2020, 2021, 2022))
    upload = targets("", rows)
    assert [year.judged.year for year in ledger(schools)["1"].overdue] == [2022]
    withdraw(schools, upload, "test")
    targets("", rows + "2022,1,乙,不低于,98,99,,2023-04-01\n")
    assert ledger(schools)["1"].overdue == ()
    assert ledger(schools)["1"].years[-1].recorded_on == date(2023, 4, 1)


def test_a_miss_after_a_recorded_replacement_is_the_first_of_the_new_principal(
    schools: Store, targets: Publish
) -> None:
    rows = "".join(f"{year},1,甲,不低于,98,90,,\n" for year in (2020, 2021, 2023))
    targets("", rows + "2022,1,甲,不低于,98,90,,2023-04-01\n")
    last = ledger(schools)["1"].years[-1]
    assert (last.judged.run.sure, last.judged.step and last.judged.step.recorded) == (1, "talked_on")
    assert (ledger(schools)["1"].standing.next_year, ledger(schools)["1"].standing.in_a_row) == (2024, 2)


def test_years_before_the_rule_have_no_consequence(schools: Store, targets: Publish) -> None:
    targets("", "".join(f"{year},1,甲,不低于,98,90,,\n" for year in (2018, 2019, 2020)))
    found = ledger(schools)["1"]
    assert [(one.judged.year, one.judged.run.sure, one.overdue) for one in found.years] == [
        (2018, 0, False), (2019, 0, False), (2020, 1, True),
    ]  # fmt: skip
    assert found.standing.if_missed is not None and found.standing.if_missed.recorded == "talked_on"


def test_a_replacement_stands_for_a_talk(schools: Store, targets: Publish) -> None:
    targets("", "2020,1,甲,不低于,98,90,,2021-03-01\n")
    assert ledger(schools)["1"].overdue == ()


def test_a_year_between_two_that_nobody_reported_has_no_verdict_and_no_rows(schools: Store, targets: Publish) -> None:
    targets("", "2020,1,甲,不低于,98,90,,\n2022,1,甲,不低于,98,90,,\n")
    between = ledger(schools)["1"].years[1]
    assert (between.judged.verdict, between.evidence, between.overdue) == (Verdict.OPEN, (), False)


@pytest.mark.parametrize(
    ("item", "result", "withheld"),
    [
        ("双一流录取人数", "7", True), ("获奖人次", "9", True), ("特长生（人）", "1", True), ("特长生（人）", "10", False),
        ("特长生（人）", "0", False), ("合格率（%）", "7", False), ("清华北大录取", "3", True), ("600分以上", "9", True),
        ("竞赛省一（名）", "2", True), ("获奖", "4", True), ("承办活动（次）", "4", True), ("清华北大录取", "3.5", False),
        ("上线率", "7", False), ("双一流录取人数占比（％）", "7", False), ("数学均分", "9", False), ("考核得分", "8", False),
        ("德育（分）", "8", False), ("全市排名", "2", False), ("合格率（人）", "2", True), ("合作园（所）", "3", False),
    ],
)  # fmt: skip
def test_results_that_may_count_few_persons_are_withheld(
    item: str, result: str, withheld: bool, schools: Store, targets: Publish
) -> None:
    targets("", f"2020,1,{item},不低于,20,{result},,\n")
    [one] = ledger(schools)["1"].years[0].evidence
    assert (one.withheld, one.result) == (withheld, None if withheld else Decimal(result))
    assert one.met is False


def test_the_ledger_agrees_with_the_indicator(samples: Store) -> None:
    points = answers.answer(samples, "key_school_targets_met", viewer=INTERNAL).whole.points
    found = [year.judged for school in records.schools(samples, INTERNAL) for year in school.years]
    years = {year: [one.verdict for one in found if one.year == year] for year in (2020, 2021, 2022)}
    assert {point.period: (point.numerator, point.denominator) for point in points} == {
        year: (None if Verdict.OPEN in one else one.count(Verdict.MET), 5) for year, one in years.items()
    }


# Verdicts that changed


def test_a_verdict_that_a_corrected_upload_changes_is_shown_before_and_after(
    schools: Store, targets: Publish, clock: list[datetime]
) -> None:
    clock += [datetime(2090, 1, day) for day in range(1, 7)]
    targets("", "2020,1,甲,不低于,98,90,,\n2020,2,甲,不低于,98,99,,\n2021,2,甲,不低于,98,,,\n")
    assert records.changes(schools, INTERNAL) == ()
    same = targets("", "2020,1,甲,不低于,98,91,,\n2021,2,甲,不低于,98,99,,\n")
    assert records.changes(schools, INTERNAL) == (), "still missed; and a result that was awaited corrects nothing"
    better = targets("", "2020,1,甲,不低于,98,98.5,,\n")
    withdraw(schools, better, "甲")
    restore(schools, better, "乙")
    found = records.changes(schools, INTERNAL)
    assert [(one.before, one.after, one.action, one.actor, one.upload_id, one.occurred_at.day) for one in found] == [
        (Verdict.MISSED, Verdict.MET, "restored", "乙", better, 5),
        (Verdict.MET, Verdict.MISSED, "withdrawn", "甲", better, 4),
        (Verdict.MISSED, Verdict.MET, "published", "test", better, 3),
    ]
    assert {(one.institution_id, one.name, one.year) for one in found} == {("1", "示例一中", 2020)}
    assert same != better
    early = records.changes(schools, INTERNAL, date(2090, 1, 3))
    assert [one.action for one in early] == ["published"]


def test_a_year_whose_rows_are_gone_has_lost_its_verdict(schools: Store, targets: Publish) -> None:
    targets("", "2020,1,甲,不低于,98,90,,\n")
    withdraw(schools, targets("", "2021,1,甲,不低于,98,90,,\n"), "test")
    [one] = records.changes(schools, INTERNAL)
    assert (one.year, one.before, one.after) == (2021, Verdict.MISSED, None)
