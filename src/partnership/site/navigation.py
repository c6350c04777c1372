"""The places of the site, in the order its menus show them. A place that is not built, or that a person may not enter, is left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse

from ..access.who import Who
from ..organisations.roles import Permission
from .kinds import KINDS

P = Permission


@dataclass(frozen=True)
class Place:
    """`address` is the name of its page in urls.py, or of a kind of record, whose list it then is; any of `allows` opens it, and none means anyone signed in."""

    title: str
    address: str
    allows: tuple[Permission, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A place as one page shows it. `current` is the page itself, `within` a page below it."""

    title: str
    url: str
    current: bool = False
    within: bool = False


MENU = (
    Place("What I must do", "home"),
    Place("Scorecard", "scorecard", (P.SEE_RECORDS, P.ASK_QUESTIONS)),
    Place("Plan", "plans", (P.SEE_RECORDS, P.ASK_QUESTIONS)),
    Place("Meetings", "meetings", (P.SEE_RECORDS, P.ASK_QUESTIONS)),
    Place("Actions", "actions", (P.SEE_RECORDS, P.ASK_QUESTIONS)),
    Place("Groups", "groups", (P.SEE_RECORDS, P.ASK_QUESTIONS, P.KEEP_STRUCTURE)),
    Place("Duties", "duties", (P.SEE_RECORDS, P.ASK_QUESTIONS)),
    Place("Registers", "registers", (P.SEE_RECORDS, P.ASK_QUESTIONS)),
    Place("Scrutiny", "scrutiny", (P.SEE_RECORDS, P.ASK_QUESTIONS)),
    Place("Consultation", "consultations", (P.KEEP_CONSULTATION,)),
)
"""The service navigation."""

ACCOUNT = (
    Place("Search", "search", (P.SEE_RECORDS, P.ASK_QUESTIONS)),
    Place("Accounts", "accounts", (P.KEEP_ACCOUNTS,)),
    Place("Who did what", "audit", (P.READ_AUDIT,)),
    Place("Your account", "account"),
)
"""Beside the partnership's name."""

FOOTER = (
    Place("Help", "help"),
    Place("Accessibility statement", "accessibility"),
    Place("Privacy", "privacy"),
)
"""For everyone, signed in or not."""


def menu(places: tuple[Place, ...], who: Who | None, path: str = "") -> list[Shown]:
    """The places this person may enter; the one whose page or whose inner page `path` is, marked."""
    return [shown(place, path) for place in places if built(place.address) and enters(place, who)]


def enters(place: Place, who: Who | None) -> bool:
    return not place.allows or (
        bool(who) and who is not None and any(who.has(permission) for permission in place.allows)
    )


def shown(place: Place, path: str) -> Shown:
    """A place holds the pages below its own address or its name, and the lists of records whose pages stand there: the
    list of risks stands in Registers, since a risk's page does."""
    url = built(place.address)
    held = (url, f"/{place.address}/", f"/list/{place.address}/")
    inner = url != "/" and (path.startswith(held) or _list_leads(path).startswith(held))
    return Shown(place.title, url, current=path == url, within=inner and path != url)


def _list_leads(path: str) -> str:
    """Where the records of the list at this path have their pages; "" where it is no list."""
    parts = path.split("/")
    kind = KINDS.get(parts[2]) if parts[1:2] == ["list"] and len(parts) > 2 else None
    return page_of(kind.page, "A") if kind else ""


@cache
def built(address: str) -> str:
    """The address of a place: its own page, else the list of its kind of record; "" where the site has neither."""
    try:
        return reverse(address)
    except NoReverseMatch:
        return reverse("list", args=[address]) if address in KINDS else ""


def page_of(kind: str, reference: str) -> str:
    """The page of one record. Its name in urls.py is the name of its model: "action" shows an action. "" where there is none."""
    try:
        return reverse(kind, args=[reference])
    except NoReverseMatch:
        return ""
