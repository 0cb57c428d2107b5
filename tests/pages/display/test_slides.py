"""Charts taken out of their frame, to stand on a slide or in a document."""

import plotly.graph_objects as go
import pytest

from pages.display import slides
from pages.display.figures import look

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
