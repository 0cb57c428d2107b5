"""Figures and cells of the page of compulsory schools: what is drawn is what the schools have."""

from fractions import Fraction
from html import unescape

import plotly.graph_objects as go

from data import words
from pages.display import compulsory, figures
from queries.answers import Answer
from queries.compulsory import Measured, School
from queries.progress import Status
from queries.standards import standards
from tests.pages.display import made

CODES = list(standards().measures)
BAD, ESCAPED = "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"


def measured(code: str, percent: int | None, short: int | None = 3) -> Measured:
    """A measure at so many per cent of the standard; None: not reported."""
    if percent is None:
        return Measured(code, None, None, None, None, None)
    met, level = percent >= 100, Fraction(percent, 100)
    return Measured(code, level, level, 0 if met else short, met, percent >= 85)


def school(
    name: str, *percents: int | None, passes: bool | None = True, pupils: int | None = 900, stage: str = "小学"
) -> School:
    """A school whose measures are so many per cent of the standard; those that are not given are at 120 %."""
    levels = [*percents, *[120] * (len(CODES) - len(percents))]
    measures = tuple(measured(code, level) for code, level in zip(CODES, levels, strict=True))
    return School(2022, name, name, made.XINDU, stage, pupils, measures, passes)


SCHOOLS = (
    school("示例甲", 70, 99, passes=False),
    school("示例乙", 90, 250),
    school("示例丙", None, passes=None),
)


def answer() -> Answer:
    return made.answer(of=made.definition("balance_schools"))


def annotations(figure: go.Figure) -> list[str]:
    return [unescape(str(annotation.text)) for annotation in figure.layout.annotations]


def test_every_reported_measure_of_every_school_is_a_dot_of_its_kind() -> None:
    drawn = figures.strips(answer(), made.XINDU, SCHOOLS)
    counts = {trace.name: len(trace.x) for trace in drawn.data}
    assert counts == {"● achieved": 17, "◇ limited progress": 2, "✕ missed": 1}
    assert {trace.marker.symbol for trace in drawn.data} == {"circle", "diamond", "x"}
    [below] = [trace for trace in drawn.data if trace.name == "✕ missed"]
    assert (list(below.x), list(below.text)) == ([70.0], ["示例甲 70%"])
    assert max(place for trace in drawn.data for place in trace.x) == 200, "what is further is drawn at the end"


def test_a_strip_says_how_many_fall_short_and_names_the_lowest() -> None:
    texts = annotations(figures.strips(answer(), made.XINDU, SCHOOLS))
    assert "Teachers above the required degree<br>2 below; lowest 示例甲 (70%)" in texts
    assert "Value of teaching equipment<br>every school judged reaches the standard" in texts
    assert {"85%", "standard"} <= set(texts)


def test_the_standard_and_the_floor_are_lines() -> None:
    drawn = figures.strips(answer(), made.XINDU, SCHOOLS)
    assert sorted(shape.x0 for shape in drawn.layout.shapes) == [85, 100]


def test_the_title_of_the_strips_is_their_conclusion() -> None:
    words.use("en")
    title = compulsory.strips_title(answer(), made.XINDU, SCHOOLS)
    assert title.startswith("Xindu District 2022/23, Primary: 1 of 2 schools pass; most fall short in")
    assert compulsory.strips_title(answer(), made.XINDU, [school("示例")]).endswith("none falls short anywhere")


def test_names_from_outside_are_text() -> None:
    drawn = figures.strips(answer(), made.XINDU, [school(BAD, 50, passes=False)])
    texts = [str(one.text) for one in drawn.layout.annotations] + [text for trace in drawn.data for text in trace.text]
    assert not [text for text in texts if BAD in text]
    assert [text for text in texts if ESCAPED in text]


def test_without_schools_there_is_nothing_to_show() -> None:
    drawn = figures.strips(answer(), made.XINDU, [])
    assert not drawn.data
    assert "no data" in annotations(drawn)


def test_few_pupils_are_neither_drawn_nor_told() -> None:
    few = School(
        2022, "1", "示例", made.XINDU, "小学", None,
        tuple(Measured(code, None, None, None, False, False) for code in CODES), False,
    )  # fmt: skip
    assert not figures.strips(answer(), made.XINDU, [few]).data
    assert compulsory.pupils(few) == "fewer than 10 pupils"
    assert "few pupils" in compulsory.shortfall(few.measures[0])
    assert compulsory.strip([few], CODES[0])[1] == "1 school below"
    assert compulsory.rows([few])[0][5:7] == ["<10", None]


def test_a_shortfall_is_said_in_the_unit_that_people_act_on() -> None:
    one = measured("l3", 72)
    assert compulsory.shortfall(one) == "teachers of sport, music and art: 3 short (72% of the standard)"
    words.use("zh_CN")
    assert compulsory.shortfall(one) == "还差 3 名体音美教师（达到标准的 72%）"


def test_what_misses_the_standard_is_never_rounded_to_it() -> None:
    assert compulsory.share(Fraction(9999, 10000)) == "99%"


def test_the_file_has_a_row_a_school_and_a_column_a_measure() -> None:
    header, rows = compulsory.columns(), compulsory.rows(SCHOOLS)
    assert {len(row) for row in rows} == {len(header)}
    first = dict(zip(header, rows[0], strict=True))
    assert (first["l1_of_standard"], first["reached"], first["passes"]) == (0.7, 5, "no")
    assert dict(zip(header, rows[2], strict=True))["l1"] is None


# The spread


def spread(*percents: int) -> Answer:
    parts = [
        made.point(period, made.WHOLE, percent - period + 2022, 100, code)
        for period in (2021, 2022)
        for code, percent in zip(CODES, percents, strict=False)
    ]
    target = made.definition("balance_cv_junior").targets[0]
    area = made.trajectory(figures={2022: (max(percents, default=0), 100)}, target=target, status=Status.MISSED)
    return made.answer(area, of=made.definition("balance_cv_junior"), parts=tuple(parts))


def test_the_measures_beyond_the_limit_are_in_the_title_the_widest_first() -> None:
    title = compulsory.spread_title(spread(46, 20, 58, 45), made.WHOLE)
    assert title.endswith(
        "beyond the limit ≤ 0.45: Teachers of sport, music and art 0.580, Teachers above the required degree 0.460"
    )
    assert compulsory.spread_title(spread(45, 20), made.WHOLE).endswith("all within the limit ≤ 0.45")
    assert compulsory.spread_title(spread(), made.WHOLE).endswith("no data")


def test_every_part_is_a_row_of_dots_against_the_limit() -> None:
    drawn = figures.dots(spread(46, 20), made.WHOLE, "title")
    full = {trace.name: trace.x[0] for trace in drawn.data if trace.name}
    assert full == {"Teachers above the required degree": 0.46, "Backbone teachers": 0.2}
    assert [shape.x0 for shape in drawn.layout.shapes] == [0.45]
    texts = annotations(drawn)
    assert {"<b>0.460</b> ✕ missed", "<b>0.200</b> ● achieved", "○ 2021/22  ● 2022/23"} <= set(texts)


def test_without_parts_there_are_no_dots() -> None:
    drawn = figures.dots(spread(), made.WHOLE, "title")
    assert not drawn.data
    assert "no data" in annotations(drawn)
