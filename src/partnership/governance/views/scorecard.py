"""The scorecard: partnership, priority, measure, area, chart. Every figure is one the library released."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ...access.redact import redact
from ...access.rules import may
from ...access.scope import NotThere, one, rows
from ...access.who import Who
from ...cases.journey import Step, offered
from ..board import Board, actions_of, board, findings
from ..models import Indicator, RecoveryPlan, Target
from ..spark import spark
from ..steps import targets


@login_required
def partnership(request: HttpRequest) -> HttpResponse:
    """Every priority with its standings, what the figures rest on, and the area as a whole."""
    return _page(request, "scorecard", lambda found: {"whole": found.whole()})


@login_required
def priority(request: HttpRequest, reference: str) -> HttpResponse:
    """One priority: its measures, each with its standing, its line and its target."""

    def facts(found: Board) -> dict[str, Any]:
        under = found.under(reference)
        if under is None:
            raise NotThere
        return {"under": under, "rows": [(stood, spark(stood.chart)) for stood in under.stood]}

    return _page(request, "priority_scores", facts)


@login_required
def indicator(request: HttpRequest, reference: str) -> HttpResponse:
    """One measure: its standing by the rule, each released answer with its picture and table, its definition and the road back."""
    row = one(request.who, Indicator, reference)

    def facts(found: Board) -> dict[str, Any]:
        held = rows(request.who, Target).filter(indicator=row).order_by("-by", "-id")
        plans = redact(request.who, list(rows(request.who, RecoveryPlan).filter(indicator=row).select_related("lead")))
        answers = findings(request.who, found.bringing, row.measure) if found.bringing else []
        return {
            "indicator": row,
            "stood": found.of(row),
            "answers": answers,
            "definition": answers[0].facts.get("definition", {}) if answers else {},
            "targets": list(held),
            "plans": plans,
            "steps": [*_settable(request.who, row), *offered(row, request.who, targets.STEPS)],
        }

    return _page(request, "indicator", facts)


def _settable(who: Who, row: Indicator) -> list[Step]:
    watched = row.status == "watched" and may(who, targets.SET.permission, row)
    return [targets.SET] if watched else []


@login_required
def changed(request: HttpRequest) -> HttpResponse:
    """For councillors: what changed, whether it is real, and what is being done."""
    return _page(request, "changed", lambda found: {"actions": actions_of(found.who, found.plans)})


def _page(request: HttpRequest, name: str, facts: Any) -> HttpResponse:
    if request.who is None:
        raise NotThere
    found = board(request.who, request.GET.get("area", ""))
    return render(request, f"governance/{name}.html", {"board": found, "bringing": found.bringing, **facts(found)})
