"""Every indicator computed a second time from the bytes of the sample files, in plain Python.

Nothing of the product is used here, and no SQL: what both agree on is not one mistake made once.
"""

from collections.abc import Mapping

from tests.queries.oracle import (
    accountability,
    compulsory,
    construction,
    enrolment,
    excellence,
    incentives,
    preschool,
    research,
    senior,
    steering,
)
from tests.queries.oracle.base import DISTRICTS, WHOLE, Figures, read, rows, same, value

__all__ = ["DISTRICTS", "WHOLE", "Figures", "enrolment", "figures", "read", "rows", "same", "value"]

_PARTS = (
    enrolment,
    construction,
    senior,
    excellence,
    research,
    incentives,
    accountability,
    compulsory,
    preschool,
    steering,
)


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    return {name: found for part in _PARTS for name, found in part.figures(files).items()}
