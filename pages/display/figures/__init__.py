"""An answer in, a Plotly figure out. A figure's title is its conclusion; below it stand unit, source and date.

Text from outside (names of areas, schools, files) is escaped: Plotly reads a little HTML in every label.
"""

from pages.display.figures.assigned import assigned
from pages.display.figures.books import books
from pages.display.figures.bullets import bullets
from pages.display.figures.carried import carried
from pages.display.figures.composition import composition
from pages.display.figures.control import Series, control, series_of
from pages.display.figures.course import areas, compared, trajectory
from pages.display.figures.dots import dots
from pages.display.figures.exam import exam_boxes, exam_histogram, exam_schools
from pages.display.figures.exam_items import exam_items_figure
from pages.display.figures.exam_trend import control_figure, course_figure, gains_figure
from pages.display.figures.exam_unit import exam_profile
from pages.display.figures.look import Undressed, alternative, undressed
from pages.display.figures.own_years import Panel, own_years
from pages.display.figures.pay import pay
from pages.display.figures.places import places
from pages.display.figures.quotas import quotas
from pages.display.figures.report_calendar import report_calendar_figure
from pages.display.figures.standing import standing
from pages.display.figures.strips import strips
from pages.display.figures.timeline import timeline
from pages.display.figures.waterfall import waterfall

__all__ = [
    "Panel",
    "Series",
    "Undressed",
    "alternative",
    "areas",
    "assigned",
    "books",
    "bullets",
    "carried",
    "compared",
    "composition",
    "control",
    "control_figure",
    "course_figure",
    "dots",
    "exam_boxes",
    "exam_histogram",
    "exam_items_figure",
    "exam_profile",
    "exam_schools",
    "gains_figure",
    "own_years",
    "pay",
    "places",
    "quotas",
    "report_calendar_figure",
    "series_of",
    "standing",
    "strips",
    "timeline",
    "trajectory",
    "undressed",
    "waterfall",
]
