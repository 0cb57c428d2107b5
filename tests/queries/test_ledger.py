"""The rule of consequences over every pattern of five years, at its boundaries, and where years have no verdict."""

import re
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from data.problem import BrokenConfiguration
from queries.accountability.ledger import Judged, Run, Standing, Verdict, anew, judged, met, standing, verdict
from queries.accountability.rule import FILE, Rule, rule

FIRST = 2018
VERDICTS = {"+": Verdict.MET, "x": Verdict.MISSED, "?": Verdict.OPEN}
STEPS = {"talked_on": "the principal is talked to", "replaced_on": "the principal is replaced"}
IN_FORCE = {"version": 1, "in_force": date(2010, 1, 1), "source": {"zh": "规则", "en": "Rule"}}
TALK = {"in_a_row": 1, "consequence": {"zh": "约谈", "en": "talk"}, "recorded": "talked_on"}
REPLACE = {"in_a_row": 3, "consequence": {"zh": "调整", "en": "replace"}, "recorded": "replaced_on"}
RULE = Rule.model_validate({"versions": [{**IN_FORCE, "steps": [TALK, REPLACE]}]})


def years(pattern: str, known: Rule = RULE) -> tuple[Judged, ...]:
    """+ is a met year, x a missed one, ? one without a verdict, a blank one that nobody reported."""
    given = {FIRST + place: VERDICTS[sign] for place, sign in enumerate(pattern) if sign != " "}
    return judged(given, known)


def patterns(signs: str) -> list[str]:
    """Every pattern of five years."""
    return ["".join(one) for one in product(signs, repeat=5)]


def stands(pattern: str) -> Standing:
    found = standing(years(pattern), RULE)
    assert found is not None
    return found


def follows(one: Judged) -> str | None:
    return one.step.consequence.en if one.step else None


def expected(read: str) -> tuple[int, int, str | None]:
    """What a pattern that ends with the year says, read as text: the x at its end, and the x and ? at its end."""
    ends = [re.search(f"[{signs}]*$", read) for signs in ("x", "x?")]
    sure, possible = (len(found.group()) if found else 0 for found in ends)
    if not read.endswith("x"):
        return 0, 0, None
    return sure, possible, "replace" if sure >= 3 else "talk"


def test_every_pattern_of_five_years_met_and_missed() -> None:
    for pattern in patterns("+x"):
        for place, one in enumerate(years(pattern)):
            sure, possible, consequence = expected(pattern[: place + 1])
            assert (one.year, one.run.sure, follows(one)) == (FIRST + place, sure, consequence)
            assert one.run.possible == possible == sure
        assert stands(pattern).in_a_row == expected(pattern)[0] + 1


def test_every_pattern_with_years_without_a_verdict() -> None:
    for pattern in patterns("+x?"):
        for place, one in enumerate(years(pattern)):
            sure, possible, consequence = expected(pattern[: place + 1])
            assert (one.run.sure, one.run.possible, follows(one)) == (sure, possible, consequence)
            assert one.run.possible - one.run.sure >= len(one.run.open_years) > 0 or one.run.possible == one.run.sure
        if set(pattern) != {"?"}:
            told = pattern.rstrip("?")
            assert stands(pattern) == stands(told), "years to come without a verdict yet change nothing"


def test_a_year_that_nobody_reported_is_one_without_a_verdict() -> None:
    assert [(one.year, one.verdict, one.run) for one in years("x x")] == [
        (one.year, one.verdict, one.run) for one in years("x?x")
    ]


@pytest.mark.parametrize(
    ("pattern", "consequence"),
    [("x", "talk"), ("xx", "talk"), ("xxx", "replace"), ("xxxx", "replace"), ("xx+x", "talk"), ("xxx+", None), ("xx+xx", "talk"), ("+xxx", "replace")],
)  # fmt: skip
def test_three_in_a_row_and_not_one_less(pattern: str, consequence: str | None) -> None:
    assert follows(years(pattern)[-1]) == consequence


def test_what_is_sure_has_a_consequence_and_what_is_possible_is_said() -> None:
    now = stands("xx?x").now
    assert now is not None
    assert now.run == Run(1, 4, (FIRST + 2,))
    assert follows(now) == "talk"
    step = stands("xx?x").if_open_missed
    assert step is not None and step.recorded == "replaced_on"
    assert stands("x?x?").if_open_missed == step
    assert stands("?x").if_open_missed is None, "two years in a row have the same consequence as one"
    assert stands("xxx").if_open_missed is None


@pytest.mark.parametrize(
    ("pattern", "next_year", "in_a_row", "consequence"),
    [("+", 1, 1, "talk"), ("x", 1, 2, "talk"), ("xx", 2, 3, "replace"), ("xxx", 3, 4, "replace"), ("xx+", 3, 1, "talk"), ("xx?", 2, 3, "replace"), ("x??", 1, 2, "talk"), ("?", 0, 1, "talk")],
)  # fmt: skip
def test_a_miss_of_the_next_year_is_foreseen(pattern: str, next_year: int, in_a_row: int, consequence: str) -> None:
    found = stands(pattern)
    assert (found.next_year, found.in_a_row) == (FIRST + next_year, in_a_row)
    assert found.if_missed is not None and found.if_missed.consequence.en == consequence


def test_without_any_report_there_is_nothing_to_say() -> None:
    assert judged({}, RULE) == ()
    assert standing((), RULE) is None


def test_a_year_is_judged_by_the_version_in_force_on_its_last_day() -> None:
    """From the last day of the third year on, two missed years in a row are enough."""
    harder = {"version": 2, "in_force": date(FIRST + 2, 12, 31), "source": IN_FORCE["source"], "steps": [{**REPLACE, "in_a_row": 2}]}  # fmt: skip
    both = Rule.model_validate(
        {"versions": [{**IN_FORCE, "in_force": date(FIRST + 1, 1, 1), "steps": [TALK, REPLACE]}, harder]}
    )
    found = years("xxx", both)
    assert [follows(one) for one in found] == [None, "talk", "replace"]
    assert [one.version.version if one.version else None for one in found] == [None, 1, 2]


@pytest.mark.parametrize(
    ("comparison", "target", "result", "reached"),
    [
        ("不低于", "98", "98", True), ("不低于", "98", "98.0001", True), ("不低于", "98", "97.9999", False),
        ("不高于", "1", "1", True), ("不高于", "1", "0", True), ("不高于", "1", "1.0001", False), ("不高于", "0", "0", True),
    ],
)  # fmt: skip
def test_a_target_is_reached_where_the_result_is_equal(
    comparison: str, target: str, result: str, reached: bool
) -> None:
    assert met(comparison, Decimal(target), Decimal(result)) is reached


def test_a_missing_result_is_no_verdict() -> None:
    assert met("不低于", Decimal(0), None) is None
    assert verdict([True, True]) == Verdict.MET
    assert verdict([True, False]) == Verdict.MISSED
    assert verdict([True, None]) == verdict([None]) == verdict([]) == Verdict.OPEN


@pytest.mark.parametrize("items", list(product([True, False, None], repeat=3)))
def test_a_year_is_what_it_is_however_the_awaited_results_turn_out(items: tuple[bool | None, ...]) -> None:
    """The verdict is the one that all completions agree on; where they disagree there is none."""
    completed = product(*([True, False] if item is None else [item] for item in items))
    ends = {all(one) for one in completed}
    expected = Verdict.OPEN if len(ends) > 1 else Verdict.MET if ends == {True} else Verdict.MISSED
    assert verdict(items) == expected
    assert verdict(iter(items)) == expected


# Years that do not count


@pytest.mark.parametrize("before", range(1, 6))
def test_years_before_the_rule_are_shown_and_count_for_nothing(before: int) -> None:
    """The first years of every pattern lie before the rule: what follows is as if they had never been reported."""
    for pattern in patterns("+x"):
        late = Rule.model_validate(
            {"versions": [{**IN_FORCE, "in_force": date(FIRST + before, 7, 28), "steps": [TALK, REPLACE]}]}
        )
        for place, one in enumerate(years(pattern, late)):
            sure, _possible, consequence = expected(pattern[before : place + 1]) if place >= before else (0, 0, None)
            assert one.verdict == VERDICTS[pattern[place]]
            assert (one.run.sure, one.run.possible, follows(one)) == (sure, sure, consequence)
        found = standing(years(pattern, late), late)
        assert found is not None and found.next_year == FIRST + 5
        assert found.in_a_row == (expected(pattern[before:])[0] if before < 5 else 0) + 1


def test_misses_of_2018_to_2020_do_not_replace_a_principal_by_the_plans_rule() -> None:
    found = years("xxxxx", rule())
    assert [(one.year, one.run.sure, one.step and one.step.recorded) for one in found] == [
        (2018, 0, None), (2019, 0, None), (2020, 1, "talked_on"), (2021, 2, "talked_on"), (2022, 3, "replaced_on"),
    ]  # fmt: skip


def test_of_a_school_with_years_before_the_rule_only_the_first_year_of_the_rule_is_foreseen() -> None:
    found = standing(judged({2017: Verdict.MISSED}, rule()), rule())
    assert found is not None and (found.next_year, found.in_a_row) == (2020, 1)
    assert found.if_missed is not None and found.if_missed.recorded == "talked_on"


@pytest.mark.parametrize("begin", range(1, 6))
def test_the_count_begins_anew_after_a_replacement(begin: int) -> None:
    for pattern in patterns("+x?"):
        begins = {FIRST + begin}
        found = judged({FIRST + place: VERDICTS[sign] for place, sign in enumerate(pattern)}, RULE, begins)
        for place, one in enumerate(found):
            sure, possible, consequence = expected(pattern[begin if place >= begin else 0 : place + 1])
            assert (one.run.sure, one.run.possible, follows(one)) == (sure, possible, consequence)
        told = pattern.rstrip("?")
        where = standing(found, RULE, begins)
        assert where is not None
        if told:
            # A next year that counts anew is the first; else the row goes on.
            on = 0 if len(told) == begin else expected(told[begin if len(told) > begin else 0 :])[0]
            assert (where.next_year, where.in_a_row) == (FIRST + len(told), on + 1)


@pytest.mark.parametrize(
    ("year", "replaced_on", "first"),
    [(2020, date(2021, 3, 1), 2021), (2020, date(2020, 12, 20), 2021), (2020, date(2022, 3, 1), 2022)],
)
def test_the_year_of_a_replacement_is_the_first_of_the_new_principal(year: int, replaced_on: date, first: int) -> None:
    assert anew(year, replaced_on) == first


# The rule's file


def test_the_plans_rule_is_one_year_and_three_in_a_row() -> None:
    [version] = rule().versions
    assert version.in_force == date(2020, 7, 28)
    assert [(step.in_a_row, STEPS[step.recorded] == step.consequence.en) for step in version.steps] == [
        (1, True),
        (3, True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("in_a_row: 3", "in_a_row: 1", "steps"),
        ("in_a_row: 1", "in_a_row: 0", "in_a_row"),
        ("recorded: talked_on", "recorded: shouted_at", "recorded"),
        ("in_force: 2020-07-28", "in_force: soon", "in_force"),
        ("    steps:", "    notice: none\n    steps:", "notice"),
    ],
    ids=["steps that do not rise", "no year", "unknown column", "no day", "unknown key"],
)
def test_a_broken_rule_names_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "rule.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BrokenConfiguration, match=r"rule\.yaml") as broken:
        rule(path)
    assert key in str(broken.value)


def test_versions_must_follow_each_other() -> None:
    later = {**IN_FORCE, "version": 2, "steps": [TALK]}
    with pytest.raises(ValueError, match="later day"):
        Rule.model_validate({"versions": [{**IN_FORCE, "steps": [TALK]}, later]})
