"""Each kind of block as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from wardwise.charts import render

from . import captions
from .document import (
    Bullets,
    Callout,
    Caveats,
    ChartBlock,
    Contents,
    Document,
    Fact,
    Heading,
    HowWeKnow,
    KeyFacts,
    Lines,
    NumberedParagraph,
    Paragraph,
    Sources,
    TableBlock,
    Text,
    spans,
)
from .markup import Safe, element, join
from .numbering import Numbered, number
from .tables import of_table


def blocks(document: Document) -> Iterator[Safe]:
    """The document's blocks, in order."""
    numbered = number(document)
    for one in numbered:
        yield _block(one, numbered)


def _block(one: Numbered, everything: tuple[Numbered, ...]) -> Safe:
    match one.block:
        case Heading() as heading:
            look = "compact" if one.compact else ""
            return element(f"h{heading.level + 1}", _number(one), heading.text, id=one.id, class_=look)
        case Paragraph(text):
            return element("p", words(text))
        case NumberedParagraph(text):
            return element("p", _number(one), words(text), class_="numbered")
        case Callout(text):
            return element("p", words(text), class_="callout")
        case Bullets(items, _):
            return element("ul", [element("li", words(item)) for item in items])
        case Contents() as contents:
            return _contents(contents, everything)
        case KeyFacts(items):
            return facts(items)
        case Lines() as lines:
            return _lines(lines, everything)
        case ChartBlock() as block:
            return _chart(block, one)
        case TableBlock() as block:
            return _table(block, captions_for(one), one.id)
        case Caveats(items, title) | Sources(items, title):
            return _aside(title, items) if items else Safe("")
        case HowWeKnow() as known:
            return _how_we_know(known)
        case _:
            return Safe("")


def captions_for(one: Numbered) -> str:
    assert isinstance(one.block, TableBlock)
    return f"Table {one.number}: {one.block.caption}"


def _number(one: Numbered) -> Safe:
    return join([element("span", one.number, class_="number"), " "]) if one.number else Safe("")


def words(text: Text) -> Safe:
    """Runs of words, with their links."""
    made = []
    for span in spans(text):
        inner = element("strong", span.text) if span.bold else join([span.text])
        made.append(element("a", inner, href=f"#{span.target}") if span.target else inner)
    return join(made)


def facts(items: tuple[Fact, ...]) -> Safe:
    rows = []
    for fact in items:
        note = element("span", fact.note, class_="note") if fact.note else ""
        rows.append(
            element("div", element("dt", fact.label), element("dd", fact.value, " " if fact.note else "", note))
        )
    return element("dl", rows, class_="facts")


def _contents(contents: Contents, everything: tuple[Numbered, ...]) -> Safe:
    rows = []
    for one in everything:
        if isinstance(one.block, Heading) and one.block.level <= contents.depth and not one.compact:
            link = element("a", _number(one), one.block.text, href=f"#{one.id}")
            rows.append(element("li", link, class_=f"level-{one.block.level}"))
    return element("nav", element("h2", contents.title, id="contents"), element("ul", rows), aria_labelledby="contents")


def _lines(lines: Lines, everything: tuple[Numbered, ...]) -> Safe:
    titles = {one.id: one.block.text for one in everything if isinstance(one.block, Heading)}
    made = []
    for line in lines.items:
        verdict = element("strong", line.verdict, class_="tag") if line.verdict else ""
        plain = "".join(span.text for span in spans(line.text))
        links = []
        if line.target:
            links.append(element("a", f"Read more: {titles.get(line.target, 'the section')}", href=f"#{line.target}"))
        if line.know:
            about = element("span", f" {plain}", class_="hidden")
            links.append(element("a", "How do we know?", about, href=f"#{line.know}"))
        go = element("p", [element("span", link) for link in links], class_="go") if links else ""
        made.append(element("li", element("p", words(line.text), " ", verdict), go))
    return element("ul", made, class_="lines")


def _aside(title: str, items: tuple[str, ...]) -> Safe:
    return element(
        "div", element("p", element("strong", title)), element("ul", [element("li", i) for i in items]), class_="aside"
    )


def _chart(block: ChartBlock, one: Numbered) -> Safe:
    chart = block.chart
    title = captions.figure(one.number, block.caption or chart.title)
    data = of_table(chart.table, caption=f"Data for figure {one.number}: {chart.subtitle or chart.title}")
    spec = json.dumps(chart.spec, separators=(",", ":")).replace("<", "\\u003c")
    return element(
        "figure",
        element("figcaption", element("strong", title), element("span", chart.subtitle) if chart.subtitle else ""),
        element("div", drawing(render.svg(chart), chart.alt, one.id), **_frame(f"Figure {one.number}, chart")),
        element("p", chart.source, class_="source") if chart.source else "",
        element(
            "details", element("summary", f"Show the data for figure {one.number}"), _table(data, data.caption, "")
        ),
        element("script", Safe(spec), type="application/json"),
        id=one.id,
    )


def drawing(svg: str, alt: str, prefix: str) -> Safe:
    """An SVG as one picture with its words, its inner names made unique in the page."""
    inner = re.sub(r' (role|aria-[a-z]+|pointer-events|class)="[^"]*"', "", svg)
    inner = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', inner)
    inner = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", inner)
    label = element("svg", role="img", aria_label=alt).removeprefix("<svg").removesuffix("></svg>")
    return Safe(inner.replace("<svg", f"<svg{label}", 1))


def _frame(label: str) -> dict[str, str]:
    return {"class_": "frame", "role": "region", "aria_label": label, "tabindex": "0"}


def _table(block: TableBlock, caption: str, name: str) -> Safe:
    head = []
    for cell in block.header:
        unit = element("span", f" {cell.unit}", class_="unit") if cell.unit else ""
        head.append(element("th", cell.title, unit, scope="col", class_="n" if cell.numeric else ""))
    body = []
    for i, row in enumerate(block.rows):
        cells = [
            element("td" if j else "th", text, class_="n" if col.numeric else "", scope="" if j else "row")
            for j, (text, col) in enumerate(zip(row, block.header, strict=True))
        ]
        body.append(element("tr", cells, class_="total" if i in block.total_rows else ""))
    table = element(
        "table",
        element("caption", element("span", caption)),
        element("thead", element("tr", head)),
        element("tbody", body),
        class_="small" if block.small else "",
    )
    under = [element("p", text, class_="source") for text in (*block.notes, block.source) if text]
    return element("div", element("div", table, **_frame(caption)), under, class_="table", id=name)


def _how_we_know(known: HowWeKnow) -> Safe:
    rows = [
        element(
            "tr",
            element("th", k.what, scope="row"),
            element("td", k.value),
            element("td", element("code", k.figure)),
            id=k.id,
        )
        for k in known.items
    ]
    head = element("tr", [element("th", title, scope="col") for title in ("Number", "Value", "Figure id")])
    table = element(
        "table",
        element("caption", element("span", known.title or "Figures")),
        element("thead", head),
        element("tbody", rows),
        class_="small known",
    )
    return element("div", element("p", known.intro), element("div", table, **_frame(known.title)), class_="table")
