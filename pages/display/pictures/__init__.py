"""Charts as pictures, SVG and PNG, made without a browser: the same marks, words and colours as on the page.

A picture is written from the figure itself, which consists of lines, points, columns, shapes and notes; what else a figure
might hold is refused by ValueError, so that nothing vanishes silently.
"""

from pages.display.pictures.drawing import bare, svg
from pages.display.pictures.files import made, names, write
from pages.display.pictures.palettes import GROUNDS, Ground
from pages.display.pictures.raster import png

__all__ = ["GROUNDS", "Ground", "bare", "made", "names", "png", "svg", "write"]
