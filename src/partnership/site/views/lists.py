"""Lists, search and exports of every kind of record, all through `access.kinds`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from ...access.kinds import Kind, chosen, listing, matching
from ...access.redact import redact
from ...audit.record import record
from ...organisations.roles import Permission
from ..kinds import KINDS

MOST = 20_000
"""Rows in one export. A longer list is narrowed by its filters first; the file says so in its last line."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@login_required
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One list, with its filters, its order and its pages."""
    kind = _kind(name)
    found = listing(request.who, kind, request.GET)
    filters = [(one, one.choices(request.who), request.GET.get(one.name, "")) for one in kind.filters if request.who]
    adds = bool(request.who and kind.add and request.who.permissions & set(kind.added_with))
    facts = {"listing": found, "kind": kind, "filters": filters, "asked": request.GET, "addable": adds}
    return render(request, "site/list.html", facts)


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """What the words are found in, at most eight of each kind."""
    words = request.GET.get("q", "").strip()
    found = []
    for kind in (one for one in KINDS.values() if words and one.searched):
        rows = redact(request.who, list(matching(kind.rows(request.who), kind, words).order_by(*kind.order)[:8]))
        if rows:
            found.append((kind, rows))
    return render(request, "site/search.html", {"words": words, "found": found})


@login_required
def export(request: HttpRequest, name: str) -> HttpResponse:
    """The list as chosen, as a CSV file. Recorded, with the number of rows and the filters but not their words."""
    kind, who = _kind(name), request.who
    if not who or not who.has(Permission.EXPORT):
        raise Http404
    rows = redact(who, list(chosen(who, kind, request.GET)[:MOST]))
    record(
        "export-list",
        partnership_id=who.partnership_id,
        kind=kind.name,
        subject=kind.name,
        actor_id=who.user_id,
        acting_as=who.acting_as,
        facts={"rows": len(rows), "filters": sorted(set(request.GET) & {one.name for one in kind.filters})},
    )
    response = StreamingHttpResponse(_csv(kind, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind.name}-{who.today}.csv"'
    return response


def _csv(kind: Kind, rows: list[Any]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(["Reference", *(column.label for column in kind.columns)])
    for row in rows:
        yield writer.writerow([row.reference, *(cell(column.of(row)) for column in kind.columns)])
    if len(rows) == MOST:
        yield writer.writerow(
            [f"Only the first {MOST:,} rows are here. Narrow the list with its filters for the rest."]
        )


def cell(value: Any) -> str:
    """A value as a spreadsheet may safely hold it: what looks like a formula is written as text."""
    if value is None:
        return "[hidden]"
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


class _Echo:
    """csv writes into it, and gets back what it wrote."""

    def write(self, text: str) -> str:
        return text


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]
