"""What carried a share, in words and as a waterfall: what is drawn adds up, and tells of no few children."""

import re
from fractions import Fraction
from html import unescape

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data import words
from data.store import Store
from pages.display import carried as said
from pages.display import figures, numbers, tables
from queries import answers
from queries.answers import Answer
from queries.preschool.carried import COUNTING, Carried, Kind, Part, Reclassified, carried, steps
from tests.pages.display import made

settings = hypothesis_settings(max_examples=300, derandomize=True, deadline=None, database=None)
shares = st.fractions(0, 1, max_denominator=5000)

AREAS = (made.WHOLE, made.XINDU, made.XIANGDU, made.ZONE)
TARGET = Fraction(4, 5)


def one(*parts: Part, before: tuple[int, int], after: tuple[int, int], **changes: object) -> Carried:
    points = [made.point(2019 + number, made.WHOLE, *sides) for number, sides in enumerate((before, after))]
    values = {"reclassified": (), "without": None, **changes}
    return Carried(points[0], points[1], TARGET, parts, **values)  # type: ignore[arg-type]


def turned(name: str, *, counts: bool = True, children: int | None = 100, small: bool = False) -> Reclassified:
    return Reclassified(name, name, "private", "inclusive_private", counts, children, small)


def just_met() -> Carried:
    """74 % → 80.6 %: 5.1 points by twelve kindergartens, 1.0 by more children, 0.5 by fewer altogether."""
    kindergartens = tuple(turned(f"示例{number}园") for number in range(12))
    return one(
        Part((Kind.KEPT,), 100, Fraction(10, 1000), 80),
        Part((Kind.RECLASSIFIED,), 510, Fraction(51, 1000), 12),
        Part((Kind.OPENED_CLOSED,), 0, Fraction(0), 0),
        Part((Kind.ALL_CHILDREN,), -50, Fraction(5, 1000), 120),
        before=(7_400, 10_000), after=(8_060, 10_000), reclassified=kindergartens, without=Fraction(755, 1000),
    )  # fmt: skip


def bars(figure: go.Figure) -> list[tuple[float, float]]:
    """Where every bar begins and ends."""
    return [(trace.base[0], trace.base[0] + trace.x[0]) for trace in figure.data]


def annotations(figure: go.Figure) -> list[str]:
    return [re.sub("</?b>", "", unescape(str(one.text))) for one in figure.layout.annotations]


# Rounded so that they add up


@settings
@given(start=shares, changes=st.lists(st.fractions(-1, 1, max_denominator=5000), min_size=1, max_size=5))
def test_what_is_shown_leads_from_the_share_as_shown_to_the_other(start: Fraction, changes: list[Fraction]) -> None:
    end = start + sum(changes)
    points = numbers.points_that_add_up(made.definition(), start, changes, end)
    shown = [Fraction(text.replace("−", "-").replace(",", "")) for text in points]
    first, last = (
        Fraction(numbers.bare(made.definition(), value).rstrip("%").replace("−", "-").replace(",", ""))
        for value in (start, end)
    )
    assert first + sum(shown) == last
    assert all(abs(text - change * 100) <= Fraction(2, 10) for text, change in zip(shown, changes, strict=True))


def test_a_change_has_its_sign() -> None:
    assert [numbers.signed_whole(amount) for amount in (1_234, -56, 0)] == ["+1,234", "−56", "0"]
    assert [numbers.percentage_points(Fraction(amount, 1000)) for amount in (51, -4, 0)] == ["+5.1", "−0.4", "0.0"]


# Sentences


def test_a_target_that_is_only_just_met_says_what_carried_it() -> None:
    found, carried_by = made.answer(), just_met()
    assert said.conclusion(found, made.WHOLE, carried_by) == (
        "Main urban area: target only just met in 2020/21 (+0.6 percentage points), "
        "mainly because of 12 kindergartens reclassified as inclusive (+5.1 percentage points)"
    )
    words.use("zh_CN")
    assert said.conclusion(found, made.WHOLE, carried_by) == (
        "主城区2020/21学年刚刚达标（+0.6 个百分点）：主要因为12 所园重新认定为普惠（+5.1 个百分点）"
    )


def test_a_fall_names_what_fell() -> None:
    lost = one(
        Part((Kind.RECLASSIFIED,), -300, Fraction(-3, 100), 2),
        Part((Kind.ALL_CHILDREN,), 0, Fraction(0), 100),
        before=(8_000, 10_000),
        after=(7_700, 10_000),
        reclassified=(turned("甲", counts=False), turned("乙", counts=False)),
    )
    assert said.conclusion(made.answer(), made.WHOLE, lost) == (
        "Main urban area: target not met in 2020/21 (−3.0 percentage points); from 2019/20 on it moved −3.0, "
        "mainly because of 2 kindergartens reclassified that no longer count (−3.0 percentage points)"
    )


def test_the_same_share_has_no_cause() -> None:
    same = one(Part((Kind.ALL_CHILDREN,), 0, Fraction(0), 9), before=(8_000, 10_000), after=(8_000, 10_000))
    assert said.conclusion(made.answer(), made.WHOLE, same).endswith("the same share in 2020/21 as in 2019/20")


def test_without_the_reclassified_kindergartens_the_share_would_be_another() -> None:
    text = said.without(made.answer(), just_met())
    assert "75.5%" in text and "warning" in text
    public = made.answer(of=made.definition("public_share"))
    assert "warning" not in said.without(public, just_met()), "the rule at the upload knows the inclusive line"


def test_the_sides_of_a_share_are_said_where_its_target_is_met() -> None:
    found = made.answer(made.trajectory(figures={2020: (8_100, 10_000), 2021: (8_220, 9_700)}))
    assert said.sides(found, found.whole) == (
        "What carried the share from 2020/21 to 2021/22: numerator +120 contributed +1.2, "
        "denominator −300 contributed +2.5 percentage points"
    )
    assert said.sides(found, made.trajectory(status=answers.Status.MISSED)) == ""


@pytest.mark.parametrize("line", COUNTING)
@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_step_of_the_sample_data_is_said_and_drawn(line: str, area: str, language: str, samples: Store) -> None:
    words.use(language)
    found = answers.answer(samples, line)
    for step in steps(found.area(area)):
        carried_by = carried(samples, line, area, step)
        assert carried_by is not None
        sentence = said.conclusion(found, area, carried_by)
        assert "{" not in sentence
        figure = figures.carried(found, area, carried_by)
        assert sentence.split("（")[0].split(" (")[0][:12] in figures.alternative(figure).replace("\n", " ")
        assert len(said.rows(found, area, carried_by)) == 4 + len(carried_by.reclassified)


# The waterfall


def test_the_bars_lead_from_the_earlier_share_to_the_later_one() -> None:
    figure = figures.carried(made.answer(), made.WHOLE, just_met())
    expected = [(80, 74), (74, 75), (75, 80.1), (80.1, 80.6), (80, 80.6)]
    assert [place for bar in bars(figure) for place in bar] == pytest.approx(
        [place for bar in expected for place in bar]
    )
    assert {"74.0%", "+1.0", "+5.1", "+0.5", "80.6%", "target ≥ 80%"} <= set(annotations(figure))
    assert [trace.marker.pattern.shape for trace in figure.data] == ["", "", "/", "", ""]
    assert [shape.x0 for shape in figure.layout.shapes if shape.line.dash == "dash"] == [80]


def test_a_fall_is_drawn_to_the_left() -> None:
    fall = one(Part((Kind.KEPT,), -300, Fraction(-3, 100), 9), before=(8_000, 10_000), after=(7_700, 10_000))
    figure = figures.carried(made.answer(), made.WHOLE, fall)
    assert [place for bar in bars(figure) for place in bar] == pytest.approx([80, 80, 80, 77, 80, 77])
    assert figure.layout.xaxis.range[0] < 77


def test_without_two_figures_there_is_nothing_to_show() -> None:
    figure = figures.carried(made.answer(), made.WHOLE, None)
    assert "no data" in annotations(figure) and not figure.data


def test_names_from_outside_stay_text() -> None:
    bad = made.answer(made.trajectory("<b>x</b>"), english={})
    figure = figures.carried(bad, "<b>x</b>", just_met())
    assert "&lt;b&gt;x&lt;/b&gt;" in str(figure.layout.title.text)


# The table


def rendered(found: Answer, carried_by: Carried | None) -> str:
    return tables.render(
        "carried.html", answer=found, area=made.WHOLE, one=carried_by, classes=made.definition(), words=said
    )


def test_the_table_names_the_reclassified_kindergartens_and_leaves_out_what_did_not_happen() -> None:
    text = rendered(made.answer(), just_met())
    assert "示例11园" in text and "Inclusive private" in text
    assert "opened or closed</b>" not in text
    assert "<table>" not in rendered(made.answer(), None)


def test_few_children_of_a_reclassified_kindergarten_are_in_nothing_that_is_handed_out() -> None:
    together = one(
        Part((Kind.RECLASSIFIED, Kind.OPENED_CLOSED), 137, Fraction(1, 10), 3),
        Part((Kind.ALL_CHILDREN,), 0, Fraction(0), 9),
        before=(8_000, 10_000),
        after=(9_000, 10_000),
        reclassified=(turned("甲", children=None, small=True), turned("乙", children=None)),
    )
    text = rendered(made.answer(), together)
    assert "several changes that can only be given together" in text.lower()
    assert "&lt;10" in text and "withheld" in text
    cells = [row[6] for row in said.rows(made.answer(), made.WHOLE, together)]
    assert cells == [137, 0, "<10", "withheld"]


def test_the_indicator_page_points_from_a_line_to_its_parts_only() -> None:
    line, other = made.answer(), made.answer(of=made.definition("gross_enrolment"))
    shown = [
        tables.render("carried_line.html", answer=found, one=found.whole, as_of=None, words=said)
        for found in (line, other)
    ]
    assert "./preschool?" in shown[0] and "line=inclusive_share" in shown[0]
    assert "./preschool?" not in shown[1] and "numerator" in shown[1]
