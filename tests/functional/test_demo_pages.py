"""The pages of both products, as the demo makes them: accessible on a screen, tagged in PDF, whole in Word."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tools import look

from tests.unit.test_pdf import tags
from wardwise.disclosure import Audience
from wardwise.products import build, load
from wardwise.products.build import Order
from wardwise.records.periods import Period
from wardwise.reports import html, pdf, word
from wardwise.reports.document import ChartBlock, Document, Heading, Lines, PageBreak
from wardwise.store import Store

PERIODS = {"performance-report": Period("2016-04", "2016-08"), "strategic-assessment": Period("2015-09", "2016-08")}


@pytest.fixture(scope="session", params=PERIODS)
def document(request: Any, store: Store) -> Document:
    order = Order(load(request.param), "Z06000001", PERIODS[request.param], Audience.PUBLIC, date(2016, 10, 27))
    return build(store, order).document


@pytest.fixture(scope="session")
def paper(document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pdf.write(document, tmp_path_factory.mktemp("paper") / "product.pdf")


def test_the_pdf_is_tagged_and_every_chart_has_words(document: Document, paper: Path) -> None:
    charts = [block.chart for block in document.blocks if isinstance(block, ChartBlock)]
    with pikepdf.open(paper) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert 15 <= len(opened.pages) <= 35
        found = tags(opened.Root.StructTreeRoot)
    alternatives = [alt for kind, alt in found if kind == "/Figure"]
    assert len(charts) >= 5
    assert alternatives == [chart.alt for chart in charts]


def test_what_matters_stands_on_the_first_page(document: Document, paper: Path, tmp_path: Path) -> None:
    if not any(isinstance(block, Lines) for block in document.blocks):
        pytest.skip("this product has no first page of its own")
    first = [*document.blocks[: document.blocks.index(PageBreak())]]
    titles = [block.text for block in first if isinstance(block, Heading)]
    assert titles
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    import subprocess

    shown = subprocess.run(["pdftotext", "-l", "1", str(paper), "-"], check=True, capture_output=True, text=True).stdout
    assert [title for title in titles if title not in shown] == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [1000, 390])
def test_axe_finds_no_violation(document: Document, browser: Any, width: int, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(html.write(document, tmp_path / "product.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    found = Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.office
def test_libreoffice_opens_the_word_file(document: Document, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    made = look.word_as_pdf(word.write(document, tmp_path / "product.docx"), tmp_path)
    with pikepdf.open(made) as opened:
        assert 15 <= len(opened.pages) <= 40
