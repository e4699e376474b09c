"""Colours: how well two are told apart, the nearest that is readable, and a whole palette from one.

Contrast after WCAG 2.2; lightness and hue in OKLab (Björn Ottosson, 2020), in which equal steps look equal.
"""

from __future__ import annotations

import re
from math import atan2, cos, hypot, sin

WHITE, PAPER, INK = "#ffffff", "#f5f2ec", "#231a02"
# Running text, and what is no text but must be seen: WCAG 1.4.3 and 1.4.11.
TEXT, SEEN = 4.5, 3.0
# An accent also stands on the dark band: what is this far from dark letters is far enough from that.
BRIGHT = 7.0
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
_STEPS = 200
# Lightness of each shade, and how much of the colour is left in it.
_SHADES = {
    "green-950": (0.265, 0.75), "green-900": (0.325, 0.85), "green-300": (0.80, 0.75), "green-200": (0.885, 0.45),
    "green-100": (0.957, 0.2), "green-50": (0.975, 0.12), "band-glow": (0.40, 0.95), "on-dark": (0.95, 0.14),
    "on-dark-soft": (0.90, 0.22), "on-dark-muted": (0.84, 0.3),
}  # fmt: skip


def clean(text: str) -> str:
    """A colour as it is kept: ``#`` and six small letters or digits. Raises ValueError for what is none."""
    found = _HEX.fullmatch(text.strip().lower())
    if not found:
        raise ValueError(text)
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return f"#{digits}"


def contrast(one: str, other: str) -> float:
    """How well two colours are told apart: from 1 (not at all) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def reads_on(colour: str, *grounds: str, least: float = TEXT) -> bool:
    """Whether something in this colour can be read on all of these."""
    return all(contrast(colour, ground) >= least for ground in grounds)


def nearest(colour: str, *grounds: str, least: float = TEXT) -> str:
    """The colour most like this one, darker or lighter but of the same hue, that reads on all of these grounds."""
    if reads_on(colour, *grounds, least=least):
        return colour
    lightness, chroma, hue = _to_lch(colour)
    for step in range(1, _STEPS + 1):
        for way in (-step, step):
            tried = lightness + way / _STEPS
            if 0 <= tried <= 1 and reads_on(found := _from_lch(tried, chroma, hue), *grounds, least=least):
                return found
    raise ValueError(colour)


def palette(main: str, accent: str = "") -> dict[str, str]:
    """All shades that the style sheet needs, by name, from a main colour that reads on white and on paper."""
    _lightness, chroma, hue = _to_lch(main)
    shades = {name: _from_lch(light, chroma * left, hue) for name, (light, left) in _SHADES.items()}
    shades |= {"green-700": main, "green-600": main, "focus": shades["green-950"]}
    if accent:
        light, strong, turn = _to_lch(accent)
        shades |= {
            "accent": accent,
            "accent-dark": _from_lch(max(light - 0.05, 0), strong, turn),
            "accent-soft": _from_lch(0.965, min(strong, 0.05), turn),
        }
    return shades


def _channels(colour: str) -> list[float]:
    """Red, green and blue as light, from 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_lch(colour: str) -> tuple[float, float, float]:
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    first = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    second = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, hypot(first, second), atan2(second, first)


def _from_lch(lightness: float, chroma: float, hue: float) -> str:
    """The nearest colour that a screen can show: with less colour in it where there is no such one."""
    while True:
        light = _light_of(lightness, chroma * cos(hue), chroma * sin(hue))
        if chroma < 0.001 or all(-0.0005 <= part <= 1.0005 for part in light):
            break
        chroma *= 0.96
    parts = [min(max(part, 0.0), 1.0) for part in light]
    shown = [12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts]
    return "#" + "".join(f"{round(part * 255):02x}" for part in shown)


def _light_of(lightness: float, first: float, second: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * first + 0.2158037573 * second) ** 3
    middle = (lightness - 0.1055613458 * first - 0.0638541728 * second) ** 3
    short = (lightness - 0.0894841775 * first - 1.2914855480 * second) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
