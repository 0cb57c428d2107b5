"""An area keeps its colour everywhere. The palette is safe for colour-blind readers and dark enough for a projector."""

WHOLE = "#12355b"
_DISTRICTS = ("#c2571a", "#00796b", "#7b3fa0", "#9a6a00", "#3d6fb6", "#a3285f")
_PUBLISHED = ("#6b7683", "#94700c", "#7d6b99")
TARGET = "#1d2733"
MUTED = "#c9d1da"
TEXT = "#1d2733"
SOFT_TEXT = "#5b6673"
GRID = "#e6eaef"

# Parts go from counting to not counting, dark to light.
PARTS = ("#12355b", "#4f86c6", "#d9a066", "#8fb58a", "#b7a3cf")


def area(name: str, areas: list[str]) -> str:
    """The colour of an area among the plan's areas, of which the whole comes first."""
    position = areas.index(name)
    return WHOLE if position == 0 else _DISTRICTS[(position - 1) % len(_DISTRICTS)]


def published(position: int) -> str:
    """The colour of the nation, a province, … as a line to compare with."""
    return _PUBLISHED[position % len(_PUBLISHED)]
