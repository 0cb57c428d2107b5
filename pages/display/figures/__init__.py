"""An answer in, a Plotly figure out. A figure's title is its conclusion; below it stand unit, source and date.

Text from outside (names of areas, schools, files) is escaped: Plotly reads a little HTML in every label.
"""

from pages.display.figures.composition import composition
from pages.display.figures.course import areas, trajectory
from pages.display.figures.look import alternative
from pages.display.figures.standing import standing

__all__ = ["alternative", "areas", "composition", "standing", "trajectory"]
