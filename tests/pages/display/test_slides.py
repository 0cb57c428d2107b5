"""Charts taken out of their frame, to stand on a slide or in a document."""

import plotly.graph_objects as go
import pytest

from pages.display import recorded, slides
from pages.display.figures import look
from pages.display.views import Link

TITLE = "主城区 2020 年底：普惠性幼儿园在园幼儿占比 82.3 %，达标；信都区 76.1 %，还差 412 个学位，其他区均已达标"


@pytest.mark.parametrize("sample", [True, False])
def test_a_slide_says_in_words_what_the_figure_said_around_its_plot(sample: bool) -> None:
    figure = go.Figure(go.Bar(x=[1], y=[2]))
    look.dress_rows(figure, TITLE, "单位：% · 来源：学前教育年报", sample=sample, plot_height=200)
    look.beside(figure, "目标", x=1, y=1)
    slide = slides.of_figure("inclusive_share", figure)
    assert (slide.title, slide.footing, slide.sample) == (TITLE, "单位：% · 来源：学前教育年报", sample)
    bare = slide.figure
    assert bare is not None
    assert bare.layout.title.text is None
    assert [one.text for one in bare.layout.annotations] == ["目标"]
    assert bare.layout.height - bare.layout.margin.t - bare.layout.margin.b == 200
    assert figure.layout.title.text, "the page's own figure stays as it is"


def titles(*shown: recorded.Shown) -> list[str]:
    """The titles of the slides that a page becomes."""
    found = recorded.Recording(Link("construction"), "School construction", shown)
    return [one.title for one in slides.of_page(found, sample=False)]


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<div class=qd data-title='Five of six are behind'><div>88 %</div></div>", "Five of six are behind"),
        (
            "<div class=qd><p><b>3 estates are owed</b></p><table><tr><td>1</td></tr></table></div>",
            "3 estates are owed",
        ),
        ("<div class=qd><p><b>3</b> of 5</p></div>", "School construction"),
        ("<div class=qd><h2>Rounds</h2><p><b>All held</b></p></div>", "Rounds"),
    ],
)
def test_words_are_titled_by_their_conclusion(html: str, title: str) -> None:
    assert titles(recorded.Fragment("words", html)) == [title]


def test_hints_for_the_hand_on_a_mouse_are_left_out() -> None:
    html = "<div class=qd><p>Behind: short of it. <span class='at-desk'>Every number leads on.</span></p></div>"
    found = recorded.Recording(Link("overview"), "Overview", (recorded.Fragment("outline", html),))
    (slide,) = slides.of_page(found, sample=False)
    assert "Behind" in slide.html and "leads on" not in slide.html


def test_what_has_no_title_of_its_own_has_that_of_the_heading_above_it() -> None:
    table = recorded.Fragment("rounds", "<div class=qd><table><tr><td>3</td></tr></table></div>")
    cards = recorded.Fragment("cards", "<div class=qd data-title='Both are behind'><div>1</div></div>")
    assert titles(table, recorded.Heading("Rounds"), cards, table) == [
        "School construction",
        "Both are behind",
        "Rounds",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<div class=qd><p><a href='./decisions'>Note a decision</a></p></div>",
        "<div class=qd><details><summary>In numbers</summary><table><tr><td>3</td></tr></table></details></div>",
        "<div class=qd><style>.list {color: red}</style></div>",
    ],
)
def test_what_only_leads_elsewhere_or_is_not_opened_by_the_page_is_no_slide(html: str) -> None:
    assert titles(recorded.Fragment("words", html)) == []
