"""A document as one HTML file that needs nothing else: no outside links, no script to be read, usable from a USB stick.

Charts are drawings inside the page. Where scripts run, a button under each chart swaps in a version that answers to pointing;
the library for that is in the file once, and only when there is a chart.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from wardwise.charts.render import VEGA_LITE

from . import captions
from .document import ChartBlock, Document
from .html_blocks import blocks, facts
from .markup import Safe, element, join

_TEMPLATES = Path(__file__).parent / "templates"


def write(document: Document, path: Path, *, interactive: bool = True) -> Path:
    """Write the document to `path`. interactive False leaves out the charting library (0.9 MB)."""
    path.write_text(page(document, interactive=interactive), encoding="utf-8", newline="\n")
    return path


def page(document: Document, *, interactive: bool = True) -> str:
    """The whole page as text."""
    document = document.on_a_page()
    charts = any(isinstance(block, ChartBlock) for block in document.blocks)
    style = _style()
    script = _script() if charts and interactive else ""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("title", " – ".join(part for part in (document.title, document.area, document.period) if part)),
        element("style", Safe(style)),
    )
    code = element("script", Safe(script), type="module") if script else Safe("")
    return f"<!doctype html>\n{element('html', head, _body(document, code), lang=document.language)}\n"


def _body(document: Document, code: Safe) -> Safe:
    mark = element("p", element("strong", "Synthetic", class_="tag"), " ", captions.SYNTHETIC, class_="phase")
    return element(
        "body",
        element("a", "Skip to main content", class_="skip", href="#main"),
        element(
            "header",
            element("p", document.owner or "Community Safety Partnership", class_="owner"),
            mark if document.synthetic else "",
        ),
        element(
            "main",
            element("h1", document.title),
            element("p", document.subtitle, class_="lead") if document.subtitle else "",
            facts(captions.facts(document)),
            join(blocks(document)),
            id="main",
        ),
        element(
            "footer", element("p", captions.footer(document)), element("p", element("a", "Back to top", href="#main"))
        ),
        code,
    )


def _policy(style: str, script: str) -> str:
    parts = ["default-src 'none'", "img-src data:", "font-src data:", f"style-src {_hash(style)}", "base-uri 'none'"]
    parts.append(f"script-src {_hash(script)}" if script else "script-src 'none'")
    return "; ".join([*parts, "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _style() -> str:
    from wardwise.charts.theme import fonts

    from .woff import woff

    faces = ""
    for name, weight in (("Regular", 400), ("Semibold", 600)):
        data = base64.b64encode(woff(fonts() / f"SourceSansPro-{name}.ttf")).decode()
        faces += (
            "@font-face{font-family:'Source Sans Pro';font-display:swap;"
            f"font-weight:{weight};src:url(data:font/woff;base64,{data}) format('woff')}}\n"
        )
    return faces + (_TEMPLATES / "page.css").read_text(encoding="utf-8")


@cache
def _script() -> str:
    import vl_convert

    snippet = (_TEMPLATES / "charts.js").read_text(encoding="utf-8")
    bundle = str(vl_convert.javascript_bundle(snippet, vl_version=VEGA_LITE))
    return bundle.replace("</script", "<\\/script").replace("<!--", "<\\!--")
