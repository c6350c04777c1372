"""Each kind of block as plain data for the page's program (templates/page.typ)."""

from __future__ import annotations

import re
from typing import Any

from wardwise.charts import render

from .document import (
    Bullets,
    Callout,
    Caveats,
    ChartBlock,
    Contents,
    Fact,
    HeaderCell,
    Heading,
    HowWeKnow,
    KeyFacts,
    Line,
    Lines,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Sources,
    TableBlock,
    Text,
    spans,
)
from .numbering import Numbered
from .widths import GAP, layout

Plain = dict[str, Any]
_WHOLE, _TALL = 16, 19  # rows, and lines of type about, up to which a table is never broken over two pages


def block(one: Numbered, everything: tuple[Numbered, ...]) -> Plain:
    """The block's kind and what to show of it."""
    match one.block:
        case Heading() as heading:
            return {
                "kind": "heading",
                "level": heading.level,
                "text": heading.text,
                "number": one.number,
                "id": one.id,
                "compact": one.compact,
            }
        case Paragraph(text) | NumberedParagraph(text):
            return {"kind": "paragraph", "number": one.number, "text": words(text)}
        case Callout(text):
            return {"kind": "callout", "text": words(text)}
        case Bullets(items, small):
            return {"kind": "bullets", "items": [words(item) for item in items], "small": small}
        case Contents(title, depth):
            return {"kind": "contents", "title": title, "depth": depth}
        case KeyFacts(items):
            return {"kind": "facts", "items": [fact(item) for item in items]}
        case Lines(items):
            return {"kind": "lines", "items": [_line(item, everything) for item in items]}
        case Caveats(items, title) | Sources(items, title):
            return {"kind": "aside", "title": title, "items": list(items)} if items else {"kind": "nothing"}
        case ChartBlock() as chart:
            return _chart(chart, one, everything)
        case TableBlock() as table:
            return _table(table, one.number, one.id)
        case HowWeKnow() as known:
            return _how_we_know(known)
        case PageBreak():
            return {"kind": "break"}


def words(text: Text) -> list[Plain]:
    return [{"text": span.text, "bold": span.bold, "target": span.target} for span in spans(text)]


def fact(one: Fact) -> Plain:
    return {"label": one.label, "value": one.value, "note": one.note}


def _line(line: Line, everything: tuple[Numbered, ...]) -> Plain:
    names = {one.id: one.block.text for one in everything if isinstance(one.block, Heading)}
    name = names.get(line.target, "the section")
    return {"text": words(line.text), "verdict": line.verdict, "target": line.target, "know": line.know, "name": name}


def _chart(block: ChartBlock, one: Numbered, everything: tuple[Numbered, ...]) -> Plain:
    numbers = {other.id: other.number for other in everything}
    return {
        "kind": "chart",
        "id": one.id,
        "number": one.number,
        "caption": block.caption or block.chart.title,
        "subtitle": block.chart.subtitle,
        "svg": re.sub(r' (role|aria-[a-z]+|class)="[^"]*"', "", render.svg(block.chart)),
        "alt": block.chart.alt,
        "source": block.chart.source,
        "data": block.data,
        "data-number": numbers.get(block.data, ""),
    }


def _table(table: TableBlock, number: str, name: str) -> Plain:
    laid = layout(table)
    return {
        "kind": "table",
        "id": name,
        "number": number,
        "caption": table.caption,
        "intro": "",
        "header": [{"title": h.title, "unit": h.unit, "numeric": h.numeric} for h in table.header],
        "shares": list(laid.shares),
        "size": laid.size,
        "gap": GAP,
        "rows": [
            {"cells": [_pieces(c, i in table.breakable) for i, c in enumerate(row)], "ids": []} for row in table.rows
        ],
        "total-rows": list(table.total_rows),
        "notes": [text for text in (*table.notes, table.source) if text],
        "small": table.small,
        "whole": len(table.rows) <= _WHOLE and sum(map(_tall, table.rows)) < _TALL,
    }


def _tall(row: tuple[str, ...]) -> int:
    """Lines of type of a row, about."""
    return 1 + max(map(len, row), default=0) // 45


def _pieces(text: str, breakable: bool) -> list[str]:
    """The words in one piece, or a figure id in pieces between which a line may end; copied, they are still one id."""
    return [piece for piece in re.split(r"(?<=[~@=.])(?!\.)|(?<=%20)", text) if piece] if breakable else [text]


def _how_we_know(known: HowWeKnow) -> Plain:
    header = (HeaderCell("Number"), HeaderCell("Value"), HeaderCell("Figure id"))
    rows = tuple((item.what, item.value, item.figure) for item in known.items)
    made = _table(TableBlock(known.title, header, rows, small=True, breakable=(2,)), "", "")
    for row, item in zip(made["rows"], known.items, strict=True):
        row["ids"] = [item.id] if item.id else []
    return {**made, "intro": known.intro}
