"""A short product keeps to its pages on paper, and its web page has all that paper leaves out."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from tools import look

from wardwise.definitions.find import files
from wardwise.disclosure import Audience
from wardwise.products import build, load
from wardwise.products.build import Order
from wardwise.products.definition import Product
from wardwise.records.periods import Period, shift
from wardwise.reports import html, pdf, word
from wardwise.reports.document import Document
from wardwise.sources import import_files
from wardwise.store import Store

SHORT = [name for name in sorted(path.stem for path in files("products")) if load(name).short]
AUDIENCES = (Audience.PUBLIC, Audience.ANALYST)


def made(store: Store, declared: Product, area: str, to: str, audience: Audience) -> Document:
    period = Period(shift(to, 1 - declared.months), to)
    return build(store, Order(declared, area, period, audience, date(2022, 11, 30))).document


def pages(path: Path) -> int:
    with pikepdf.open(path) as opened:
        return len(opened.pages)


def in_word(document: Document, folder: Path) -> int:
    """Pages as LibreOffice lays them out."""
    return pages(look.word_as_pdf(word.write(document, folder / "short.docx"), folder))


def test_the_monthly_bulletin_is_short_and_says_so_in_pages():
    assert "monthly-bulletin" in SHORT
    assert load("monthly-bulletin").pages == 2
    assert all(load(name).pages for name in SHORT)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", SHORT)
def test_it_keeps_to_its_pages_in_pdf(name: str, audience: Audience, store: Store, tmp_path: Path):
    declared = load(name)
    document = made(store, declared, "Z06000001", "2016-08", audience)
    assert pages(pdf.write(document, tmp_path / "short.pdf")) <= (declared.pages or 0)


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", SHORT)
def test_it_keeps_to_its_pages_in_word(name: str, store: Store, tmp_path: Path):
    declared = load(name)
    document = made(store, declared, "Z06000001", "2016-08", Audience.PUBLIC)
    assert in_word(document, tmp_path) <= (declared.pages or 0)


@pytest.mark.parametrize("name", SHORT)
def test_what_paper_leaves_out_is_in_its_web_page(name: str, store: Store):
    declared = load(name)
    document = made(store, declared, "Z06000001", "2016-08", Audience.PUBLIC)
    page, paper = html.page(document, interactive=False), str(document.blocks)
    for heading in (
        "The full record",
        "How this was worked out",
        "What to keep in mind",
        "Where each figure comes from",
    ):
        assert f">{heading}</h" in page
        assert f"text='{heading}'" not in paper
    assert "How we know" in paper and f"{declared.product}.figures.csv" in paper and f"{declared.product}.html" in paper


@pytest.mark.scale
@pytest.mark.parametrize("name", SHORT)
def test_it_keeps_to_its_pages_for_blackpool(name: str, shared: Path, tmp_path: Path):
    store = Store.open(tmp_path / "store", create=True)
    import_files(store, [shared / "data/areas", shared / "data/police_uk/lancashire-2018-11-to-2022-10.zip"])
    declared = load(name)
    for audience in AUDIENCES:
        document = made(store, declared, "E06000009", "2022-10", audience)
        assert "From March 2020 to July 2021 coronavirus restrictions" in str(document.blocks), (
            "last year's months lie in them"
        )
        assert pages(pdf.write(document, tmp_path / "short.pdf")) <= (declared.pages or 0)
    if shutil.which("soffice"):
        assert in_word(document, tmp_path) <= (declared.pages or 0)
