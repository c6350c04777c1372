"""For those who keep the site: is it well, and who uses it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from ...access.scope import NotThere
from ...access.who import Who
from ...audit.models import Event
from ...organisations.models import Membership
from ...organisations.roles import Permission
from ..context import version

LEAST_FREE = 500_000_000
"""Bytes that must be free where papers and the database stand."""
MONTHS = 12


@dataclass(frozen=True)
class Check:
    """One thing that must hold, in words for the page."""

    name: str
    well: bool
    said: str


def checks() -> list[Check]:
    """What is looked at. None says anything about the partnership's records."""
    free = shutil.disk_usage(settings.DATA).free
    return [
        _database(),
        Check("Room on the disk", free > LEAST_FREE, f"{free / 1e9:,.1f} GB free"),
        _counts(),
    ]


def _database() -> Check:
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return Check("Database", False, "It does not answer")
    return Check(
        "Database", not waiting, f"{waiting} changes wait: run wardwise-site migrate" if waiting else "Answers"
    )


def _counts() -> Check:
    try:
        cache.set("health", "kept", 30)
        kept = cache.get("health") == "kept"
    except DatabaseError:
        kept = False
    return Check("Counts of wrong tries", kept, "Kept" if kept else "Not kept: run wardwise-site migrate")


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """For machines: 200 when all is well, else 503. It says no more than that to anybody."""
    found = checks()
    well = all(check.well for check in found)
    said = {"well": well, "checks": {check.name: check.well for check in found}}
    return JsonResponse(said, status=200 if well else 503)


@login_required
def health_page(request: HttpRequest) -> HttpResponse:
    _keeper(request)
    return render(request, "site/health.html", {"checks": checks(), "site_version": version()})


@login_required
def usage(request: HttpRequest) -> HttpResponse:
    """How often people of each organisation signed in and did something, month by month, and how many they were."""
    who = _keeper(request)
    organisation = {
        member["user_id"]: member["organisation__name"]
        for member in Membership.objects.filter(partnership_id=who.partnership_id)
        .order_by("id")
        .values("user_id", "organisation__name")
    }
    counted = (
        Event.objects.filter(partnership_id=who.partnership_id, actor__isnull=False)
        .annotate(month=TruncMonth("at"))
        .values("month", "actor_id")
        .annotate(signed=Count("id", filter=Q(verb="sign-in")), did=Count("id", filter=~Q(verb="sign-in")))
        .order_by("-month")
    )
    told: dict[tuple[object, str], list[int]] = {}
    for row in counted:
        sums = told.setdefault((row["month"], organisation.get(row["actor_id"], "Nobody's now")), [0, 0, 0])
        sums[0] += 1
        sums[1] += row["signed"]
        sums[2] += row["did"]
    months = sorted({month for month, _ in told}, reverse=True)[:MONTHS]  # type: ignore[type-var]
    rows = [(month, name, *told[month, name]) for month in months for at, name in sorted(told, key=str) if at == month]
    return render(request, "site/usage.html", {"rows": rows})


def _keeper(request: HttpRequest) -> Who:
    who: Who | None = request.who or None
    if who is None or not (who.has(Permission.KEEP_ACCOUNTS) or who.has(Permission.KEEP_STRUCTURE)):
        raise NotThere
    return who
