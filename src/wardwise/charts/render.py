"""A chart as SVG or PNG, without a browser and without the network."""

from __future__ import annotations

import json
import textwrap
from functools import cache, lru_cache
from typing import Any

from .chart import Chart
from .theme import fonts

VEGA_LITE = "v6.1"
_TITLE_CHARACTERS, _SUBTITLE_CHARACTERS = 68, 92  # of 17 px and 13 px type across 605 px
_TITLE_LINE, _SUBTITLE_LINE, _BELOW = 20, 16, 20  # pixels


def svg(chart: Chart, *, titled: bool = False) -> str:
    """The chart as SVG, text kept as text. titled: with its title, subtitle and source, for use on its own."""
    return _svg(json.dumps(_shown(chart, titled)))


def png(chart: Chart, *, scale: float = 3.0, titled: bool = False) -> bytes:
    """The chart as PNG. At scale 3 a chart as wide as the page prints at 288 dots to the inch."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg(chart, titled=titled), scale=scale, ppi=96))


@lru_cache(maxsize=200)
def _svg(spec: str) -> str:
    """Drawn once for all the formats of a document: drawing takes longer than writing."""
    _ready()
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))


def _shown(chart: Chart, titled: bool) -> dict[str, Any]:
    if not titled:
        return chart.spec
    title = textwrap.wrap(chart.title, _TITLE_CHARACTERS)
    under = [*textwrap.wrap(chart.subtitle, _SUBTITLE_CHARACTERS), *textwrap.wrap(chart.source, _SUBTITLE_CHARACTERS)]
    shown = {**chart.spec, "title": {"text": title, "subtitle": under, "frame": "bounds"}}
    room = _TITLE_LINE * len(title) + _SUBTITLE_LINE * len(under) + _BELOW
    if shown.get("autosize") == "none":  # a map's own size stays; the title stands above it
        shown["padding"] = {"left": 4, "right": 4, "bottom": 4, "top": room}
    elif "height" in shown:
        shown["height"] += room
    return shown


@cache
def _ready() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(fonts()))
