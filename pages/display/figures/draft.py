"""A figure while it is drawn."""

from typing import Any

import plotly.graph_objects as go

# Where a line across the whole plot begins and ends.
_ACROSS = {"x0": 0, "x1": 1, "xref": "x domain", "yref": "y"}
_UPRIGHT = {"y0": 0, "y1": 1, "xref": "x", "yref": "y domain"}


class Draft:
    """Traces and layout as plain values under Plotly's own names, for a figure with one plot.

    Plotly checks them once, when the figure is made. A go.Figure does so at every step, which takes five times as long:
    longer than all the rest of a page. For several plots in one figure use `make_subplots`.
    """

    def __init__(self) -> None:
        self.data: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = {"annotations": [], "shapes": [], "xaxis": {}, "yaxis": {}}

    def made(self) -> go.Figure:
        return go.Figure(data=self.data, layout=self.layout)

    def add_scatter(self, **values: object) -> None:
        self.data.append({"type": "scatter", **values})

    def add_bar(self, **values: object) -> None:
        self.data.append({"type": "bar", **values})

    def add_annotation(self, **values: object) -> None:
        self.layout["annotations"].append(values)

    def add_shape(self, **values: object) -> None:
        self.layout["shapes"].append(values)

    def add_hline(self, y: object, **values: object) -> None:
        self.add_shape(type="line", y0=y, y1=y, **_ACROSS, **values)

    def add_vline(self, x: object, **values: object) -> None:
        self.add_shape(type="line", x0=x, x1=x, **_UPRIGHT, **values)

    def update_layout(self, *, overwrite: bool = True, **values: object) -> None:
        self.layout.update(values)

    def update_xaxes(self, **values: object) -> None:
        self.layout["xaxis"].update(values)

    def update_yaxes(self, **values: object) -> None:
        self.layout["yaxis"].update(values)
