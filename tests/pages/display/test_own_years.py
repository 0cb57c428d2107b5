"""Schools against their own earlier years, and the words and cells of the pages of senior schools and of the ledger."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from data import words
from pages.display import colours, figures, ledger, senior
from pages.display.tables import render
from queries.accountability.ledger import Run, Verdict, judged, standing
from queries.accountability.rule import rule
from queries.accountability.schools import Evidence
from queries.accountability.schools import School as Record
from queries.accountability.schools import Year as RecordYear
from queries.answers import Answer
from queries.senior import Awards, Funding, Leader, Partnership, School, Speciality
from tests.pages.display import made

BAD, ESCAPED = "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"
PER_PUPIL = {2020: 12000, 2021: 13000}


def answer(**more: object) -> Answer:
    money = made.definition("senior_funding_per_pupil")
    areas = (made.without_target(made.WHOLE, {}), made.without_target(made.XINDU, {}))
    return made.answer(*areas, of=money, **more)  # type: ignore[arg-type]


def school(name: str = "示例一中", per_pupil: dict[int, int] | None = None, **changes: object) -> School:
    course = PER_PUPIL if per_pupil is None else per_pupil
    found = School(
        institution_id="1",
        name=name,
        district=made.XINDU,
        key=True,
        funding=tuple(Funding(year, Decimal(per * 1000), 1000, Fraction(per)) for year, per in course.items()),
        mentoring={"高一": ("班级培养",), "高二": (), "高三": ("小组培养",)},
        partnerships=(Partnership("示例外地中学", "省外", "联合办学", date(2020, 1, 1), date(2021, 1, 1), False),),
        specialities=(Speciality("外语", True, None),),
        leaders=(Leader("副局长", "市级", date(2020, 1, 1)),),
        awards=Awards(2021, 12),
    )
    return replace(found, **changes)  # type: ignore[arg-type]


FALLEN = {2020: 13000, 2021: 12500}


# The figure


def test_every_key_school_has_a_panel_with_its_own_years_and_its_districts_colour() -> None:
    listed = [school(), school("示例二中", FALLEN), school("示例三中", key=False), school("示例四中", {})]
    drawn = figures.own_years(answer(), senior.funding_title(listed), senior.panels(answer(), listed))
    assert [trace.name for trace in drawn.data] == ["示例一中", "示例二中"]
    assert list(drawn.data[1].y) == [13000, 12500]
    assert {trace.line.color for trace in drawn.data} == {colours.area(made.XINDU, [made.WHOLE, made.XINDU])}
    assert figures.alternative(drawn) == "Funding per pupil rose in 1 of 2 key schools in 2021; not in: 示例二中"
    texts = " ".join(str(one.text) for one in drawn.layout.annotations)
    assert "▲ rose" in texts and "▼ did not rise" in texts
    reaches = {tuple(axis.range) for axis in drawn.select_yaxes()}
    assert len(reaches) == 1, "shared axes"


def test_no_figure_is_said_and_sample_data_are_marked() -> None:
    empty = figures.own_years(answer(), senior.funding_title([]), [])
    assert "no data" in [one.text for one in empty.layout.annotations]
    marked = figures.own_years(answer(sample=True), "", senior.panels(answer(), [school()]))
    assert "sample data" in [one.text for one in marked.layout.annotations]


def test_names_from_outside_are_escaped() -> None:
    drawn = figures.own_years(answer(), BAD, senior.panels(answer(), [school(BAD)]))
    texts = [str(drawn.layout.title.text), *(str(one.text) for one in drawn.layout.annotations), drawn.data[0].name]
    assert not [text for text in texts if BAD in text.replace("<b>&lt;", "&lt;")]
    assert drawn.data[0].name == ESCAPED
    page = render("senior.html", answer=answer(), schools=[school(BAD)], awards_year=2021, senior=senior)
    assert BAD not in page and ESCAPED in page


def test_titles_say_how_many_schools_rose() -> None:
    assert senior.funding_title([school()]) == "Funding per pupil rose in all 1 key schools in 2021"
    assert senior.funding_title([school(per_pupil={2021: 1})]) == "Funding per pupil of every key senior school"


# Cells


def test_what_is_missing_is_listed_with_the_schools() -> None:
    good = school(
        mentoring={"高一": ("班级培养",), "高二": ("小组培养",), "高三": ("一对一培养",)},
        partnerships=(),
        specialities=(),
    )
    assert senior.missing([good]) == []
    bad = school("示例二中", FALLEN, leaders=())
    assert [names for _what, names in senior.missing([good, bad])] == [
        *["示例二中"] * 4,
        "示例二中 (since January 1, 2021)",
    ]


@pytest.mark.parametrize(
    ("awards", "shown"),
    [(None, "—"), (Awards(2021, 12), "12"), (Awards(2021, None, True), "<10"), (Awards(2021, None), "withheld")],
)
def test_few_awards_are_told_neither_on_the_page_nor_in_the_file(awards: Awards | None, shown: str) -> None:
    assert senior.awards(awards) == shown
    [row] = senior.rows([school(awards=awards)])
    assert len(row) == len(senior.COLUMNS)
    assert row[-1] == (shown if awards else None)


def test_codes_of_the_data_are_said_in_the_readers_language() -> None:
    one = school()
    assert senior.partnership(one.partnerships[0]) == "示例外地中学 (outside the province), until January 1, 2021"
    assert senior.speciality(one.specialities[0]) == "languages, not recognised yet"
    assert senior.mentoring(one) == [("grade 10", True), ("grade 11", False), ("grade 12", False)]
    words.use("zh_CN")
    assert senior.speciality(Speciality("体育", False, date(2021, 6, 18))) == "体育，2021年6月18日认定"


# The ledger


def record(pattern: str) -> Record:
    verdicts = {"+": Verdict.MET, "x": Verdict.MISSED, "?": Verdict.OPEN}
    found = judged({2020 + place: verdicts[sign] for place, sign in enumerate(pattern)}, rule())
    item = Evidence(
        "特长生（人）", "不低于", Decimal("20.0000"), None, True, False, None, None, 5, "a.csv", 2, "王",
        datetime(2022, 1, 2, tzinfo=UTC), False,
    )  # fmt: skip
    where = standing(found, rule())
    assert where is not None
    return Record("1", "示例一中", made.XINDU, tuple(RecordYear(one, (item,), None) for one in found), where)


def test_the_next_years_miss_is_foreseen_and_a_heavier_step_stands_out() -> None:
    assert ledger.if_missed(record("xx").standing) == (
        "A miss in 2022 would be number 3 in a row: the principal is replaced"
    )
    heavy = [ledger.is_heavier(record(pattern).standing) for pattern in ("+", "x", "xx", "xxx", "xx+")]
    assert heavy == [False, False, True, False, False]
    assert ledger.says_now(record("?").standing) == "no verdict yet"
    assert ledger.says_now(record("+").standing) == "2020: no consequence"


def test_open_years_are_named() -> None:
    assert ledger.in_a_row(Run(2, 2)) == "2"
    found = record("x?x").standing
    assert found.now is not None
    assert ledger.in_a_row(found.now.run) == "1, possibly 3: no verdict for 2021"
    assert ledger.if_open_missed(found) == "if 2021 were missed: the principal is replaced"
    assert ledger.if_open_missed(record("xx").standing) == ""


def test_the_conclusion_counts_the_newest_year_and_what_is_overdue() -> None:
    assert ledger.conclusion([record("+x"), record("x+")]) == (
        "2021: 1 key schools met their targets, 1 missed them, 0 have no verdict. "
        "2 consequences are without a recorded date."
    )


def test_few_persons_are_told_neither_on_the_page_nor_in_the_file() -> None:
    [row] = ledger.rows([record("x")])
    assert len(row) == len(ledger.COLUMNS)
    assert row[ledger.COLUMNS.index("result")] == "<10"
    assert ledger.result(record("x").years[0].evidence[0]) == "<10"


def test_a_verdict_is_colour_shape_and_word() -> None:
    shown = [ledger.verdict(one) for one in Verdict]
    assert (
        len({one.shape for one in shown})
        == len({one.colour for one in shown})
        == len({one.label for one in shown})
        == 3
    )
