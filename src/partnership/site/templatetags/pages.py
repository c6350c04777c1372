"""Filters and tags that every template has without loading them."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from ...access.kinds import Column, Kind
from ...organisations.roles import Permission
from ..navigation import page_of
from .components import state

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """14 March 2026; "not set" where there is none."""
    if value is None:
        return "not set"
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value.day} {value:%B %Y}"


@register.filter
def clock(value: datetime | None) -> str:
    """10.30am, in the partnership's own time."""
    if value is None:
        return "not set"
    local = timezone.localtime(value)
    hour, half = local.hour % 12 or 12, "am" if local.hour < 12 else "pm"
    return f"{hour}.{local.minute:02d}{half}" if local.minute else f"{hour}{half}"


@register.simple_tag(takes_context=True)
def history(context: Context, record: Any) -> str:
    """For those who read the audit: the way from a record to everything that was done to it."""
    who = context.get("who")
    if not who or not who.has(Permission.READ_AUDIT):
        return ""
    url = f"{reverse('audit')}?reference={record.reference}"
    return format_html('<p class="govuk-body"><a class="govuk-link" href="{}">Who did what to this record</a></p>', url)


@register.simple_tag
def sign_in_with() -> list[dict[str, str]]:
    """Organisations whose own sign-in opens the site."""
    held = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [{"name": one["name"], "url": reverse("openid_connect_login", args=[one["provider_id"]])} for one in held]


@register.simple_tag
def once() -> str:
    """The form's own number: a form sent twice is acted on once."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(24))


@register.filter
def cells(row: Any, kind: Kind) -> list[tuple[Column, Any]]:
    """The columns, each with what stands in a row's cell, as people read it."""
    return [(column, (state if column.name == "status" else shown)(column.of(row))) for column in kind.columns]


@register.filter
def heads(kind: Kind) -> str:
    """The headings of a kind's list, as the `table` tag takes them."""
    return "|".join(
        column.label + (f"={column.name}" if column.sort else "") + ("#" if column.numeric else "")
        for column in kind.columns
    )


@register.filter
def page_url(row: Any, kind: Kind) -> str:
    """The address of a record's own page; "" while the site has none."""
    return page_of(kind.page, row.reference)


def shown(value: Any) -> Any:
    """A value as people read it: dates in words, "hidden" for what the reader may not see."""
    if value is None:
        return "hidden"
    return day(value).replace(" ", "\N{NO-BREAK SPACE}") if isinstance(value, date) else value
