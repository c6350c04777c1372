"""Groups, meetings and actions in a real browser, wide and narrow, and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.functional.test_site_front import MANAGER, WIDTHS, Watched

pytestmark = pytest.mark.browser


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


STEPS = {
    "the structure": ("/groups/", ""),
    "a group": ("/groups/", "Saltpool Community Safety Partnership Board"),
    "an ended group": ("/groups/", "Aquamarine"),
    "meetings": ("/meetings/", ""),
    "a meeting": ("/list/meetings/?sort=starts", "tbody a >> nth=0"),
    "a paper": ("/list/papers/", "tbody a >> nth=0"),
    "a decision": ("/list/decisions/", "tbody a >> nth=0"),
    "an item": ("/list/agenda-items/", "tbody a >> nth=0"),
    "an action": ("/list/actions/?q=quay", "tbody a >> nth=0"),
}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_of_the_room_have_no_fault(look: Any, width: int):
    page = look(width)
    page.sign_in(MANAGER)
    found = {}
    for name, (path, link) in STEPS.items():
        page.go(path)
        if link:
            page.page.locator(link if ">>" in link else f"main a:text-is('{link}')").first.click()
        found[name] = page.faults()
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_progress_is_reported_with_the_keyboard_alone(look: Any):
    page = look(390)
    page.sign_in(MANAGER)
    page.go("/list/actions/?q=station roof")
    page.page.locator("tbody a").first.focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/actions/*/")
    page.page.get_by_role("button", name="Report progress").focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/report-progress/")
    page.page.locator("#id_text").focus()
    page.page.keyboard.type("Both schools have a day in their diary")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/actions/*/")
    assert page.page.is_visible("text=Progress recorded.")
    assert page.faults() == []


def test_the_picture_of_the_structure_is_drawn(look: Any):
    page = look()
    page.sign_in(MANAGER)
    page.go("/groups/")
    drawn = page.page.evaluate("document.querySelector('.chart img').naturalWidth")
    assert drawn > 800
