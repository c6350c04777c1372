"""Accounts in a real browser, wide and narrow: axe finds nothing, and a passkey opens the site."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.site.demo.people import PASSWORD
from tests.functional.test_site_front import MANAGER, WIDTHS, Watched, look  # noqa: F401 -- a fixture

pytestmark = pytest.mark.browser

SEEN = {
    "forgotten": "/password/",
    "sent": "/password/sent/",
    "sign up": "/sign-up/",
    "cancelled": "/sign-in/with/cancelled/",
    "ended": "/sign-in/ended/",
}
MINE = {
    "account": "/account/",
    "password": "/account/password/",
    "second step": "/account/second-step/",
    "app": "/account/second-step/app/",
    "keys": "/account/second-step/keys/",
    "add a key": "/account/second-step/keys/add/",
}

KEPT = {
    "people": "/list/accounts/",
    "invitations": "/list/invitations/",
    "invite": "/accounts/invite/accounts/",
    "audit": "/who-did-what/",
    "audit filtered": "/who-did-what/?kind=membership",
}
STEPS = ("give-role", "end-role", "end-sessions", "reset-second-step", "end-membership")


def faults(page: Watched, pages: dict[str, str]) -> dict[str, list[str]]:
    found = {}
    for name, path in pages.items():
        page.go(path)
        found[name] = page.faults()
    return {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_of_signing_in_have_no_fault(look: Any, width: int):  # noqa: F811
    page = look(width)
    assert faults(page, SEEN) == {}
    page.sign_in(MANAGER)
    page.go("/account/second-step/app/")
    assert page.faults() == []
    page.page.fill("#id_password", PASSWORD)
    page.page.get_by_role("button", name="Go on").click()
    page.page.wait_for_url("**/app/")
    assert faults(page, MINE) == {}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_pages_of_keeping_accounts_have_no_fault(look: Any, width: int):  # noqa: F811
    page = look(width)
    page.sign_in("governance@saltpool.invalid")
    assert faults(page, KEPT) == {}
    page.go("/list/accounts/")
    page.page.get_by_role("link", name="Kim Lund").click()
    own = page.page.url.removeprefix(page.address)
    assert faults(page, {verb: f"{own}{verb}/" for verb in STEPS} | {"person": own}) == {}
    page.go("/list/invitations/")
    page.page.get_by_role("link", name="Noor Castellan").click()
    own = page.page.url.removeprefix(page.address)
    assert faults(page, {"invitation": own, "again": f"{own}send-invitation-again/"}) == {}


def test_a_passkey_is_added_and_opens_the_site(look: Any):  # noqa: F811
    page = look()
    page.address = page.address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to a number
    chromium = page.page.context.new_cdp_session(page.page)
    chromium.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": kind | {"isUserVerified": True}})
    page.sign_in("secretary@saltpool.invalid")
    page.go("/account/second-step/keys/add/")
    page.page.fill("#id_password", PASSWORD)
    page.page.get_by_role("button", name="Go on").click()
    page.page.fill("#id_name", "Work phone")
    page.page.check("#id_passwordless")
    page.page.click("#mfa_webauthn_add")
    page.page.wait_for_url("**/account/second-step/codes/**")
    assert page.page.locator(".secret li").count() == 10
    page.go("/account/second-step/keys/")
    assert page.page.get_by_role("rowheader", name="Work phone").is_visible()
    page.page.get_by_role("button", name="Sign out", exact=True).click()
    page.page.wait_for_url("**/sign-in/")
    page.page.click("#passkey_login")
    page.page.wait_for_url(page.address + "/")
    assert page.page.get_by_role("link", name="Your account").is_visible()
    assert page.complaints == []
