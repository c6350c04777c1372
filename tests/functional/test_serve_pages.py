"""The local pages in a real browser: no accessibility violation, nothing blocked by their own policy, no sideways scroll."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import serving
from wardwise.cli.serve_site import Site

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = {
    "products": "/",
    "measures": "/measures",
    "form": "/measures/recorded-crime",
    "figures": "/measures/recorded-crime?area=E06&from=2022-01&to=2022-10",
    "problem": "/measures/recorded-crime?area=&from=x&to=",
    "nothing": "/nothing",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pages")
    serving.store(folder / "store")
    serving.product(folder / "products")
    with serving.serving(Site(folder / "store", folder / "products")) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no Chromium here (set CHROMIUM)")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def visit(browser, address: str, width: int = 1280):
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    return page, said


@pytest.mark.parametrize("name", PAGES)
def test_pages_pass_axe_and_obey_their_own_policy(browser, address, name):
    from axe_playwright_python.sync_playwright import Axe

    page, said = visit(browser, address + PAGES[name])
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert [words for words in said if "404" not in words] == []
    if folder := os.environ.get("WARDWISE_LOOK"):
        page.screenshot(path=f"{folder}/serve-{name}.png", full_page=True)
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_pages_do_not_scroll_sideways_on_a_phone(browser, address, name):
    page, _ = visit(browser, address + PAGES[name], width=360)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if folder := os.environ.get("WARDWISE_LOOK"):
        page.screenshot(path=f"{folder}/serve-{name}-phone.png")
    page.close()


def test_an_explanation_passes_axe(browser, address):
    from axe_playwright_python.sync_playwright import Axe

    page, said = visit(browser, address + PAGES["figures"])
    page.get_by_role("link", name="Source of October 2022").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert said == []
    if folder := os.environ.get("WARDWISE_LOOK"):
        page.screenshot(path=f"{folder}/serve-explain.png", full_page=True)
    page.close()


def test_the_form_works_by_keyboard_and_its_errors_lead_to_the_field(browser, address):
    page, _ = visit(browser, address + PAGES["problem"])
    page.get_by_role("link", name="Enter an area code").click()
    assert page.evaluate("document.activeElement.id") == "area"
    for name, value in (("area", "E06"), ("from", "2022-09"), ("to", "2022-10")):
        page.fill(f"#{name}", value)
    page.keyboard.press("Enter")
    page.wait_for_url("**/measures/recorded-crime?area=E06*")
    assert page.get_by_role("cell", name="7", exact=True).first.is_visible()
    page.close()


def test_a_product_opens_with_its_styles(browser, address):
    page, said = visit(browser, address)
    page.get_by_role("link", name="Web page").click()
    assert page.locator("h1").count() == 1
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    assert said == []
    page.close()
