"""An agenda as one file that any browser opens without a network, its charts alive."""

import json
from functools import cache

from plotly.offline import get_plotlyjs
from plotly.utils import PlotlyJSONEncoder

from data.intake import Progress
from data.words import language
from pages.display import meeting, tables
from pages.display.views import View
from queries.agendas import Agenda


def made(agenda: Agenda, view: View, report: Progress = lambda _share, _doing: None) -> bytes:
    """The file, in UTF-8: the stage, its slides and Plotly; nothing in it asks for anything outside."""
    shown, left_out = meeting.shown(agenda, view, report)
    frame = meeting.frame(agenda, view, left_out)
    data = {**frame, "slides": list(meeting.stage(shown, view, alive=True)), "start": 1}
    page = tables.render(
        "pack.html",
        title=agenda.name,
        lang=language().replace("_", "-"),
        style=tables.safe(tables.style(language())),
        css=tables.safe(meeting.asset("stage.css")),
        plotly=tables.safe(_plotly()),
        stage=tables.safe(meeting.asset("stage.js").replace("export default function", "window.stage = function")),
        data=tables.safe(_as_script(data)),
    )
    return page.encode("utf-8")


def _as_script(data: object) -> str:
    """JSON that can stand within a script: nothing in it ends the script or begins a comment."""
    text = json.dumps(data, cls=PlotlyJSONEncoder, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _plotly() -> str:
    return str(get_plotlyjs()).replace("</script", "<\\/script")
