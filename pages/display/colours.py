"""An area keeps its colour everywhere. The palette is safe for colour-blind readers and dark enough for a projector."""

WHOLE = "#12355b"
_DISTRICTS = ("#c2571a", "#00796b", "#7b3fa0", "#9a6a00", "#3d6fb6", "#a3285f")
_PUBLISHED = ("#6b7683", "#94700c", "#7d6b99")
TARGET = "#1d2733"
MUTED = "#c9d1da"
TEXT = "#1d2733"
SOFT_TEXT = "#5b6673"
GRID = "#e6eaef"

# Parts go from counting to not counting, dark to light; a light colour has a darker one for its name.
_PARTS = (
    ("#12355b", "#12355b"),
    ("#3f78bb", "#2f629e"),
    ("#d9a066", "#8a5a00"),
    ("#8fb58a", "#3c6b36"),
    ("#b7a3cf", "#6a4c93"),
    ("#d58ca5", "#94405f"),
    ("#5aa7a0", "#1f6f68"),
)


def area(name: str, areas: list[str]) -> str:
    """The colour of an area among the plan's areas, of which the whole comes first."""
    position = areas.index(name)
    return WHOLE if position == 0 else _DISTRICTS[(position - 1) % len(_DISTRICTS)]


def published(position: int) -> str:
    """The colour of the nation, a province, … as a line to compare with."""
    return _PUBLISHED[position % len(_PUBLISHED)]


def part(position: int) -> str:
    """The colour of a part's columns."""
    return _PARTS[position % len(_PARTS)][0]


def part_text(position: int) -> str:
    """The colour of a part's name on white."""
    return _PARTS[position % len(_PARTS)][1]
