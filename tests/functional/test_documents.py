"""Documents as people and machines meet them: a browser with an accessibility checker, LibreOffice, a phone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tools import look

from tests.factories.documents import every_block
from wardwise.reports import html, word


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return html.write(every_block(numbered=True), tmp_path_factory.mktemp("html") / "report.html")


def opened(browser: Any, path: Path, *, width: int = 1000, scripts: bool = True) -> tuple[Any, list[str]]:
    """The page, and what the browser complained of."""
    page = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 800}).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: complaints.append(request.url) if not request.url.startswith(("file:", "data:")) else None,
    )
    page.goto(path.as_uri())
    return page, complaints


@pytest.mark.browser
@pytest.mark.parametrize("width", [1000, 390])
def test_axe_finds_no_violation(browser: Any, page_file: Path, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _ = opened(browser, page_file, width=width)
    for closed in page.query_selector_all("summary"):
        closed.click()
    found = Axe().run(page)
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found.response["violations"]] == []


@pytest.mark.browser
def test_a_chart_answers_to_pointing_and_nothing_is_fetched_or_blocked(browser: Any, page_file: Path) -> None:
    page, complaints = opened(browser, page_file)
    button = page.get_by_role("button", name="Show values on pointing").first
    button.click()
    page.wait_for_selector("figure .frame div svg path")
    assert button.get_attribute("aria-pressed") == "true"
    page.hover("figure .frame div svg path[aria-roledescription], figure .frame div svg .mark-symbol path >> nth=3")
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert "2013: " in page.inner_text("#vg-tooltip-element")
    button.click()
    assert page.locator("figure svg[role=img]").first.is_visible()
    assert complaints == []


@pytest.mark.browser
def test_without_scripts_the_charts_and_their_data_are_there(browser: Any, page_file: Path) -> None:
    page, complaints = opened(browser, page_file, scripts=False)
    assert page.locator("figure svg[role=img]").count() == 2
    assert page.locator("button").count() == 0
    page.locator("summary").first.click()
    assert page.get_by_role("cell", name="936").first.is_visible()
    assert complaints == []


@pytest.mark.browser
def test_on_a_phone_only_frames_scroll_sideways(browser: Any, page_file: Path) -> None:
    page, _ = opened(browser, page_file, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".frame[tabindex='0']").count() > 0


@pytest.mark.browser
def test_a_keyboard_reaches_the_text_first_and_shows_where_it_is(browser: Any, page_file: Path) -> None:
    page, _ = opened(browser, page_file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    assert page.evaluate("getComputedStyle(document.activeElement).position") == "static"


@pytest.mark.office
def test_libreoffice_opens_the_word_file_and_keeps_its_pages(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    written = word.write(every_block(numbered=True), tmp_path / "report.docx")
    as_pdf = look.word_as_pdf(written, tmp_path)
    with pikepdf.open(as_pdf) as pdf:
        assert 4 <= len(pdf.pages) <= 6
        width, height = (float(v) for v in pdf.pages[0].mediabox[2:])
        assert (round(width), round(height)) == (595, 842)
    words = page_words(as_pdf)
    for expected in ("6.0", "6.0.1", "6.1.1", "6.2.1", "Figure 1: Domestic abuse", "Page 1 of", "Synthetic data"):
        assert expected in words


def page_words(path: Path) -> str:
    import subprocess

    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout
