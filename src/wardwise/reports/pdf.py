"""A document as a tagged PDF (PDF/UA-1): a screen reader hears headings, lists, tables and the words of every chart.

Set by Typst. The document travels as JSON and is never pasted into the page's program, so no text of it can be read as markup.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from wardwise.charts.theme import fonts
from wardwise.records.errors import WardwiseError

from . import captions
from .document import Document
from .numbering import number
from .pdf_blocks import block, fact
from .printed import printed

_TEMPLATE = Path(__file__).parent / "templates" / "page.typ"


def write(document: Document, path: Path) -> Path:
    """Write the document to `path` (.pdf, A4). Raises WardwiseError when it cannot be set as an accessible PDF."""
    path.write_bytes(_set(document))
    return path


_WAYS: tuple[tuple[bool, list[Any]], ...] = ((True, ["ua-1"]), (False, ["ua-1"]), (False, []))
"""Our type alone, the same on every machine; then with this machine's types, for letters that ours lacks; then, for letters that no
type has, tagged as before but without the claim to PDF/UA, which forbids a letter that cannot be shown."""


def _set(document: Document) -> bytes:
    import typst

    stamp = datetime.combine(document.date, time(), tzinfo=UTC)
    data = {"document": json.dumps(content(document), ensure_ascii=False)}
    problem: typst.TypstError | None = None
    for ours_alone, standards in _WAYS:
        try:
            return typst.compile(
                _TEMPLATE,
                font_paths=[fonts()],
                ignore_system_fonts=ours_alone,
                sys_inputs=data,
                pdf_standards=standards,
                timestamp=stamp,
            )
        except typst.TypstError as error:
            problem = problem or error
            if "could not be displayed" not in error.message:
                break
    assert problem is not None
    raise WardwiseError(
        f"The PDF could not be made: {problem.message}.",
        where=document.title,
        next_step="Use the Word or HTML copy, and report this message.",
    ) from problem


def content(document: Document) -> dict[str, Any]:
    """What the page's program reads: plain strings, numbers and lists."""
    on_paper = printed(document)
    numbered = number(on_paper)
    language, _, region = document.language.partition("-")
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "owner": document.owner,
        "audience": captions.audience(document),
        "lang": language,
        "region": region or None,
        "date": {"year": document.date.year, "month": document.date.month, "day": document.date.day},
        "footer": captions.footer(document),
        "synthetic": captions.SYNTHETIC if document.synthetic else "",
        "facts": [] if document.short else [fact(one) for one in captions.facts(document)],
        "short": document.short,
        "line": captions.under_title(document) if document.short else "",
        "blocks": [block(one, numbered) for one in numbered],
    }
