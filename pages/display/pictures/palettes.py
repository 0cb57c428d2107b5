"""The colours of a picture on a light ground, as the figures name them, and on a dark one."""

import re
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache
from typing import Literal

Ground = Literal["light", "dark"]

GROUNDS: dict[Ground, str] = {"light": "#ffffff", "dark": "#0f151c"}
NAMED = {"white": "#ffffff", "black": "#000000"}
WHITE = (1.0, 1.0, 1.0)
_RGBA = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)")
# What is hardly there on white stays so on the dark ground; all else has at least this contrast there.
FAINT, LEAST = 1.8, 3.0
# Halvings of the range of lightness until the contrast is right: finer than a screen shows.
STEPS = 12

Rgb = tuple[float, float, float]


@lru_cache(maxsize=1000)
def colour(given: str, ground: Ground) -> tuple[str, float]:
    """A colour as #rrggbb and its opacity; on the dark ground in the hue and with the contrast that it has to white.

    ValueError: text that is no colour, which therefore never reaches a picture.
    """
    rgb, opacity = _read(given)
    return _hex(rgb if ground == "light" else _on_dark(rgb)), opacity


def _read(given: str) -> tuple[Rgb, float]:
    text = NAMED.get(given, given).strip()
    short = {"#": "".join(2 * sign for sign in text[1:])} if re.fullmatch("#[0-9a-fA-F]{3}", text) else {}
    if re.fullmatch("#[0-9a-fA-F]{6}", text) or short:
        digits = short.get("#", text[1:])
        return _rgb(int(digits[place : place + 2], 16) for place in (0, 2, 4)), 1.0
    if found := _RGBA.fullmatch(text):
        return _rgb(int(one) for one in found.groups()[:3]), float(found.group(4) or 1)
    raise ValueError(f"no colour: {given!r}")


def _rgb(parts: object) -> Rgb:
    red, green, blue = (min(part, 255) / 255 for part in parts)  # type: ignore[attr-defined]
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def _on_dark(rgb: Rgb) -> Rgb:
    """The colour in the lightness at which its contrast to the dark ground is the one that it has to white."""
    ground, _opacity = _read(GROUNDS["dark"])
    if rgb == WHITE:
        return ground
    hue, _lightness, saturation = rgb_to_hls(*rgb)
    given, low, high = contrast(rgb, WHITE), 0.0, 1.0
    wanted = given if given < FAINT else max(given, LEAST)
    for _step in range(STEPS):
        middle = (low + high) / 2
        lighter = luminance(hls_to_rgb(hue, middle, saturation)) + 0.05
        low, high = (low, middle) if lighter / (luminance(ground) + 0.05) > wanted else (middle, high)
    return hls_to_rgb(hue, (low + high) / 2, saturation)


def contrast(one: Rgb, other: Rgb) -> float:
    """1 to 21, after WCAG 2.1 (contrast ratio)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(rgb: Rgb) -> float:
    """0 (black) to 1 (white), after WCAG 2.1 (relative luminance)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
