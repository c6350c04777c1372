"""What every page needs: the partnership's name, whether it is made up, and the places a person may go."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ..organisations.models import Partnership
from .navigation import ACCOUNT, FOOTER, MENU, menu


def page(request: HttpRequest) -> dict[str, Any]:
    """`partnership` is the one the person works in, or, for visitors, the only one there is."""
    who = getattr(request, "who", None) or None
    found = (
        Partnership.objects.filter(pk=who.partnership_id).first() if who else Partnership.objects.order_by("id").first()
    )
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "partnership": found,
        "who": who,
        "signed_in": signed_in,
        "menu": menu(MENU, who, request.path) if signed_in else [],
        "account_menu": menu(ACCOUNT, who, request.path) if signed_in else [],
        "footer_menu": menu(FOOTER, who, request.path),
        "synthetic": settings.DEMO or bool(found and found.synthetic),
        "version": version(),
    }


@cache
def version() -> str:
    try:
        return installed("wardwise")
    except PackageNotFoundError:
        return ""
