"""The layers of a map that every kind of map has: outlines, hatching, names, the key at the right, the scale bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import map_shapes as shapes
from .theme import CONFIG, GREY, INK, PAPER, WIDTH, haloed

KEY = 190  # px of the width for the key at the right
HEIGHT = 350  # px at most, two fifths of a page: its finding and its caption stay beside it
LINE = 20  # px from one line of the key to the next


def page(
    projection: shapes.Projection,
    layers: list[dict[str, Any]],
    placed: tuple[shapes.Name, ...],
    entries: list[dict[str, Any]],
) -> dict[str, Any]:
    """The whole specification: the map's own layers, names over them, the key, the scale bar."""
    names = [{"x": n.x, "y": n.y, "text": n.text} for n in placed]
    bottom = projection.height + 14
    over = haloed(text(names, align="center", baseline="middle")) if names else []
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": round(max(bottom + 24, LINE * len(entries) + 12)),
        "autosize": "none",
        "padding": 4,
        "config": CONFIG,
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "layer": [*layers, *over, *_key_layers(entries, projection.width + 22), *_bar_layers(projection, bottom)],
    }


def borders(over: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Outlines that lie over small areas, such as wards."""
    border = [shapes.feature(shape) for shape in over.values()]
    return [outlines(border, {"stroke": INK, "strokeWidth": 1, "filled": False})] if border else []


def outlines(features: list[dict[str, Any]], mark: dict[str, Any], *, filled: bool = False) -> dict[str, Any]:
    """A layer of shapes; filled in the colour each names, and saying what each says when pointed at."""
    layer: dict[str, Any] = {"data": {"values": features}, "mark": {"type": "geoshape", **mark}}
    if filled:
        fill = {"field": "properties.fill", "type": "nominal", "scale": None}
        layer["encoding"] = {"fill": fill, "tooltip": [{"field": "properties.says", "title": " "}]}
    return layer


def hatched(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """A layer of hatching, each in the colour it names."""
    layer = outlines(lines, {"strokeWidth": 0.9, "filled": False})
    layer["encoding"] = {"stroke": {"field": "properties.line", "type": "nominal", "scale": None}}
    return layer


def line(step: int) -> str:
    """Hatching that can be seen on its ground."""
    return PAPER if step >= 4 else INK


def text(values: list[dict[str, Any]], **mark: Any) -> dict[str, Any]:
    """A layer of words at places in pixels."""
    return {
        "data": {"values": values},
        "mark": {"type": "text", "color": INK, **mark},
        "encoding": {**at(), "text": {"field": "text", "type": "nominal"}},
    }


def at() -> dict[str, Any]:
    """Positions in pixels, as worked out already."""
    return {axis: {"field": axis, "type": "quantitative", "scale": None, "axis": None} for axis in ("x", "y")}


def _key_layers(entries: list[dict[str, Any]], left: float) -> list[dict[str, Any]]:
    import shapely

    boxes, lines, texts = [], [], []
    for place, entry in enumerate(entries):
        y = 8 + place * LINE
        if "fill" in entry:
            box = shapely.box(left, y - 6, left + 20, y + 7)
            boxes.append(shapes.feature(box, fill=entry["fill"], says=entry["text"]))
            lines += [shapes.feature(shapes.hatching(box), line=INK)] if entry.get("hatch") else []
        texts.append({"x": left + (28 if "fill" in entry else 0), "y": y, "text": entry["text"]})
    made = [outlines(boxes, {"stroke": GREY, "strokeWidth": 0.7}, filled=True)]
    made += [hatched(lines)] if lines else []
    return [*made, text(texts, align="left", baseline="middle")]


def _bar_layers(projection: shapes.Projection, y: float) -> list[dict[str, Any]]:
    distance, pixels = shapes.scale_bar(projection)
    rule = {
        "data": {"values": [{"x": 1, "y": y, "x2": 1 + pixels}]},
        "mark": {"type": "rule", "strokeWidth": 3, "color": INK},
        "encoding": {**at(), "x2": {"field": "x2"}},
    }
    said = f"{distance} km" if distance >= 1 else f"{distance * 1000:.0f} m"
    return [rule, text([{"x": 8 + pixels, "y": y, "text": said}], align="left", baseline="middle")]
