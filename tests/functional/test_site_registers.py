"""Registers, duties and plans in a real browser, wide and narrow, and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.functional.test_site_front import MANAGER, WIDTHS, Watched

pytestmark = pytest.mark.browser

PAGES = {
    "registers": "/registers/",
    "totals": "/list/grants/",
    "everything": "/list/entries/?late=yes",
    "alert form": "/registers/add/drug-alerts/",
    "duties": "/duties/",
    "duties by organisation": "/duties/?by=organisation",
    "law": "/duties/law/",
    "one duty": "/duties/about/prevent-duty/",
    "returns": "/duties/returns/",
    "set days": "/duties/set/",
    "plans": "/list/plans/",
    "begin": "/plans/begin/plans/",
}
LISTED = {
    "asset": "/list/assets/",
    "day": "/list/duty-days/",
    "plan": "/list/plans/",
    "commitment": "/list/commitments/",
}


@pytest.fixture
def look(browser: Any, demo_site: str) -> Iterator[Any]:
    opened = []

    def new(width: int = 1280) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 900})
        opened.append(context)
        return Watched(context.new_page(), demo_site)

    yield new
    for context in opened:
        context.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_have_no_fault(look: Any, width: int):
    page = look(width)
    page.sign_in(MANAGER)
    found = {}
    for name, path in PAGES.items():
        page.go(path)
        found[name] = page.faults()
    for name, path in LISTED.items():
        page.go(path)
        page.page.click("tbody th a >> nth=0")
        found[name] = page.faults()
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_matrix_and_a_difference_have_no_fault(look: Any, width: int):
    page = look(width)
    page.sign_in(MANAGER)
    for plan, link in (
        ("County community safety agreement", "Which of its 17 activities"),
        ("(refresh)", "See what changed"),
    ):
        page.go("/list/plans/")
        page.page.click(f"tbody th a:has-text('{plan}')")
        page.page.click(f"text={link}")
        assert page.faults() == []


def test_a_duty_is_met_with_the_keyboard_alone(look: Any):
    page = look()
    page.sign_in(MANAGER)
    page.go("/list/duty-days/?duty=plan-copy&state=late")
    page.page.locator("tbody th a").first.focus()
    page.page.keyboard.press("Enter")
    page.page.locator("text=Record as met").focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/meet-duty/")
    for name, words in (("met_on_day", "1"), ("met_on_month", "May"), ("met_on_year", "2026"), ("sent", "By post")):
        page.page.locator(f"[name={name}]").focus()
        page.page.keyboard.type(words)
    page.page.keyboard.press("Enter")
    page.page.wait_for_url(lambda url: "meet-duty" not in url)
    assert page.page.is_visible("text=Recorded.")
