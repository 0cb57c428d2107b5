"""A draft becomes the figure that Plotly's own steps make, and what Plotly does not know is refused."""

import plotly.graph_objects as go
import pytest

from pages.display.figures import look
from pages.display.figures.draft import Draft

LINE = {"color": "red", "width": 2}


def test_a_draft_becomes_the_figure_that_the_same_steps_make() -> None:
    draft, figure = Draft(), go.Figure()
    figure.add_trace(go.Scatter(x=[1], y=[2]))
    figure.add_trace(go.Bar(x=[1], y=[2]))
    draft.add_scatter(x=[1], y=[2])
    draft.add_bar(x=[1], y=[2])
    for one in (draft, figure):
        look.dress_rows(one, "a title", "a foot", sample=True)
        one.add_hline(1, line=LINE, layer="below")
        one.add_vline(2, line=LINE)
        one.update_xaxes(range=[0, 1])
        look.name_places(one, {0: "2020"})
    assert draft.made().to_dict() == figure.to_dict()


def test_what_plotly_does_not_know_is_refused() -> None:
    draft = Draft()
    draft.add_scatter(x=[1], y=[2], markr={"size": 3})
    with pytest.raises(ValueError, match="markr"):
        draft.made()
