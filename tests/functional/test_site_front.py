"""The site's pages in a real browser, wide and narrow: axe finds nothing, the policy blocks nothing, nothing is fetched from
elsewhere, nothing scrolls sideways, and the keyboard alone is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from partnership.site.demo.people import PASSWORD

pytestmark = pytest.mark.browser

MANAGER = "manager@saltpool.invalid"
WIDTHS = {"wide": 1280, "phone": 390}
OPEN = {
    "sign in": "/sign-in/",
    "help": "/help/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "every piece": "/style/",
    "every problem": "/style/?wrong=1&said=1",
    "missing": "/nowhere/",
    "bad request": "/style/errors/bad-request/",
    "not allowed": "/style/errors/not-allowed/",
    "expired": "/style/errors/expired-form/",
    "too large": "/style/errors/too-large/",
    "fault": "/style/errors/fault/",
    "changed": "/style/errors/changed/",
    "moved on": "/style/errors/moved-on/",
    "done twice": "/style/errors/already-done/",
    "reason": "/style/errors/reason-needed/",
}
SIGNED_IN = {
    "home": "/",
    "list": "/list/actions/",
    "filtered": "/list/actions/?q=lamps&sort=-due",
    "search": "/search/?q=lamps",
    "registers": "/registers/",
    "form": "/registers/add/risks/",
    "empty": "/list/actions/?q=nothing-holds-this",
}
SAID_BY_STATUS = "Failed to load resource: the server responded with a status of"
"""What Chromium says of a page whose status is 400 or more: it is what we mean."""


class Watched:
    """A page that keeps what the browser complained of and every host it asked."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(SAID_BY_STATUS):
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, email: str) -> None:
        self.go("/sign-in/")
        self.page.fill("input[type=email], input[name=username]", email)
        self.page.fill("input[type=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(self.address + "/")

    def faults(self) -> list[str]:
        from axe_playwright_python.sync_playwright import Axe

        found = [
            f"{one['id']}: {node['html'][:120]}"
            for one in Axe().run(self.page).response["violations"]
            for node in one["nodes"]
        ]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("the page scrolls sideways")
        if self.page.evaluate("document.querySelectorAll('h1').length") != 1:
            found.append("not one first-level heading")
        found += self.complaints
        found += sorted(self.hosts - {urlsplit(self.address).netloc})
        return found


@pytest.fixture
def look(browser: Any, demo_site: str) -> Iterator[Any]:
    opened = []

    def new(width: int = 1280, **more: Any) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        opened.append(context)
        return Watched(context.new_page(), demo_site)

    yield new
    for context in opened:
        context.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_open_pages_have_no_fault(look: Any, width: int):
    page = look(width)
    found = {}
    for name, path in OPEN.items():
        page.go(path)
        found[name] = page.faults()
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_of_people_signed_in_have_no_fault(look: Any, width: int):
    page = look(width)
    page.sign_in(MANAGER)
    found = {}
    for name, path in SIGNED_IN.items():
        page.go(path)
        found[name] = page.faults()
    assert {name: faults for name, faults in found.items() if faults} == {}


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


def test_the_keyboard_goes_through_a_page_in_its_order(look: Any):
    page = look()
    page.sign_in(MANAGER)
    page.go("/list/actions/")
    stops = []
    for _ in range(20):
        page.page.keyboard.press("Tab")
        stops.append(focused(page.page))
    assert stops[:6] == [
        "Skip to main content",
        "Saltpool Community Safety Partnership",
        "Search",
        "Your account",
        "Sign out",
        "What I must do",
    ]
    assert stops.index("Actions") < stops.index("Filter this list") < stops.index("f-state")
    page.go("/list/actions/")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    assert page.page.evaluate("document.activeElement.id") == "main"


def test_a_problem_is_read_first_and_leads_to_its_box(look: Any):
    page = look(390)
    page.go("/style/?wrong=1")
    assert page.page.title().startswith("Error: ")
    assert page.page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.page.click("text=Due date must be a real date >> nth=0")
    assert focused(page.page) == "id_due_day"
    page.page.click(".govuk-error-summary >> text=Choose the kind of work")
    assert focused(page.page) == "id_tag_0"


def test_every_page_works_without_scripts(look: Any):
    page = look(390, java_script_enabled=False)
    page.sign_in(MANAGER)
    assert page.page.is_visible("nav >> text=Actions")
    page.go("/list/actions/")
    page.page.fill("#q", "lamps")
    page.page.click("text=Show")
    assert page.page.locator("tbody tr").count() == 1
    page.page.click("text=Sign out")
    assert page.page.url.endswith("/sign-in/")


def test_a_phone_menu_opens_and_closes(look: Any):
    page = look(390)
    page.sign_in(MANAGER)
    menu = page.page.get_by_role("button", name="Menu")
    assert not page.page.is_visible("nav >> text=Actions")
    menu.click()
    assert page.page.is_visible("nav >> text=Actions")


def test_a_wide_table_moves_in_its_frame_by_keyboard(look: Any):
    page = look(390)
    page.go("/style/")
    frame = page.page.locator(".frame").first
    assert frame.get_attribute("tabindex") == "0"
    frame.focus()
    page.page.keyboard.press("ArrowRight")
    for _ in range(60):  # the policy of the pages lets no text be run, so the page cannot be asked to wait
        if page.page.evaluate("document.querySelector('.frame').scrollLeft > 0"):
            break
        page.page.wait_for_timeout(50)
    assert page.page.evaluate("document.querySelector('.frame').scrollLeft > 0")
    wide = look(1280)
    wide.go("/style/")
    assert wide.page.locator(".frame").first.get_attribute("tabindex") is None


def test_paper_shows_the_page_and_not_its_machinery(look: Any):
    page = look()
    page.go("/style/")
    page.page.emulate_media(media="print")
    for gone in (".filters", ".govuk-pagination", ".govuk-exit-this-page", ".govuk-breadcrumbs"):
        assert not page.page.locator(gone).first.is_visible()
    assert page.page.locator(".frame table").first.is_visible()
