"""The indicators of data/samples/steering.py, computed a second time."""

from collections import defaultdict
from collections.abc import Mapping

from tests.queries.oracle.base import Figures, rows

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    rounds: dict[tuple[int, str, None], list[tuple[int, int]]] = defaultdict(list)
    meetings: Figures = {}
    for row in rows(files, "supervision"):
        place = int(row["year"]) * 10 + QUARTERS.index(row["term"]) + 1, row["area"], None
        held, scheduled = int(row["held"]), int(row["scheduled"])
        if row["kind"] == "领导小组会议":
            meetings[place] = (held, None)
        else:
            rounds[place].append((min(held, scheduled), scheduled))
    shares: Figures = {
        place: (sum(held for held, _scheduled in own), sum(scheduled for _held, scheduled in own))
        for place, own in rounds.items()
    }
    return {"supervision_rounds": shares, "leading_group_meetings": meetings}
