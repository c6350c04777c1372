"""How the tests of the site's pages sign in, send a form as a browser would, and read a page's words."""

from __future__ import annotations

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from partnership.organisations.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(client: Client, path: str, **answers: Any) -> HttpResponse:
    """The form at `path`, sent with its own hidden answers and these. A date is sent in its three boxes."""
    shown = client.get(path)
    assert shown.status_code == 200, f"{path} answers {shown.status_code}"
    hidden = dict(re.findall(r'<input type="hidden" name="(once|seen)" value="([^"]*)"', shown.content.decode()))
    data: dict[str, Any] = {}
    for name, value in {**hidden, **answers}.items():
        if hasattr(value, "isoformat"):
            data |= {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
        else:
            data[name] = value
    return client.post(path, data)


def words(answer: HttpResponse) -> str:
    """What the page says, without its marks and with single spaces."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(text))
