"""The palette and the type of every chart. Sizes are in pixels of a chart WIDTH wide, which is the text width of an A4 page
(160 mm = 605 px at 96 px to the inch): 13 px is 9.75 pt in print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ACCENT = "#1d70b8"  # our area, this year, a special cause: the one strong colour
INK = "#0b0c0c"  # text, and the line that is read first
GREY = "#505a5f"  # limits, earlier years, the other areas
WARNING = "#d4351c"  # only for what needs action
MET = "#00703c"  # a target that is met
RULE = "#d9dcde"  # grid lines: they carry no meaning, so need no contrast
PAPER = "#ffffff"

FONT = "Source Sans Pro"
WIDTH = 605
HEIGHT = 195
LABEL = 13

STEPS = ("#eaf1f8", "#b5cfe8", "#6ea3d2", "#2c6aa8", "#0f3d6b")
"""Five steps of the accent's hue, light to dark, evenly spaced in lightness so that they stay apart in grey print."""

CONFIG: dict[str, Any] = {
    "font": FONT,
    "aria": False,  # the words are given once, for the whole picture
    "background": PAPER,
    "view": {"stroke": None},
    "axis": {
        "labelFont": FONT, "titleFont": FONT, "labelFontSize": LABEL, "titleFontSize": LABEL, "titleFontWeight": 400,
        "labelColor": INK, "titleColor": INK, "labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 6,
        "gridColor": RULE, "domainColor": GREY, "tickColor": GREY, "tickSize": 4, "labelPadding": 4, "labelLimit": 240,
    },
    "axisY": {"domain": False, "ticks": False},
    "axisX": {"grid": False},
    "legend": {
        "labelFont": FONT, "titleFont": FONT, "labelFontSize": LABEL, "titleFontSize": LABEL, "titleFontWeight": 400,
        "labelColor": INK, "titleColor": INK, "orient": "top", "labelLimit": 400, "symbolStrokeWidth": 2, "offset": 8,
        "columnPadding": 16,
    },
    "title": {"font": FONT, "subtitleFont": FONT, "fontSize": 17, "subtitleFontSize": LABEL, "fontWeight": 600,
              "color": INK, "subtitleColor": GREY, "anchor": "start", "frame": "group", "offset": 12, "subtitlePadding": 4},
    "text": {"font": FONT, "fontSize": LABEL, "color": INK},
    "line": {"strokeJoin": "round"},
}  # fmt: skip


def spec(layers: list[dict[str, Any]], *, width: int = WIDTH, height: int = HEIGHT, **more: Any) -> dict[str, Any]:
    """A layered Vega-Lite specification in our type and colours, `width` pixels wide all told."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 4,
        "config": CONFIG,
        "layer": layers,
        **more,
    }


def haloed(layer: dict[str, Any]) -> list[dict[str, Any]]:
    """A layer of text with a rim of paper under it, so that it can be read where it crosses a line."""
    rim = {**layer, "mark": {**layer["mark"], "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "color": PAPER}}
    return [rim, layer]


def fonts() -> Path:
    """The folder with the type's TrueType files."""
    import font_source_sans_pro

    return Path(font_source_sans_pro.font_directory)


def contrast(one: str, other: str = PAPER) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]  # sRGB, IEC 61966-2-1
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
