"""The scorecard as one person sees it: every watched indicator in the newest month brought, by priority, with what is being done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..access.of_insight import audience_of
from ..access.redact import redact
from ..access.scope import rows
from ..access.who import Who
from ..insight.models import Bringing, Finding, said
from ..meetings.models import Action
from .models import Indicator, Priority, RecoveryPlan, Target
from .standing import Stood, newest, stand
from .steps.recovery import LIVE


@dataclass(frozen=True)
class Under:
    """One priority with its indicators; `priority` is None for those that belong to none."""

    priority: Priority | None
    stood: list[Stood]
    plans: list[RecoveryPlan] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.priority) if self.priority else "Other measures"

    @property
    def reference(self) -> str:
        return self.priority.reference if self.priority else "other"

    @property
    def told(self) -> list[Stood]:
        """Those that say something, the failing first."""
        order = sorted(self.stood, key=lambda one: (not one.standing.fails, one.indicator.position))
        return [one for one in order if one.standing.standing != "usual"]


@dataclass(frozen=True)
class Source:
    """One source and how fresh it is. behind: months between its newest month and the one brought."""

    name: str
    newest: str
    behind: int
    measures: tuple[str, ...]

    @property
    def month(self) -> str:
        return said(self.newest) if self.newest else ""


@dataclass(frozen=True)
class Board:
    """bringing is None until figures have been brought; then there are no standings. area: the code that was asked for, or of the newest."""

    who: Who
    bringing: Bringing | None
    others: list[Bringing]
    stood: list[Stood]
    plans: list[RecoveryPlan]

    @cached_property
    def priorities(self) -> list[Under]:
        """By priority in the plan's order; what belongs to none comes last."""
        found: dict[int | None, Under] = {}
        for one in self.stood:
            key = one.indicator.priority_id
            found.setdefault(key, Under(one.indicator.priority, [])).stood.append(one)
        for plan in self.plans:
            if plan.indicator.priority_id in found:
                found[plan.indicator.priority_id].plans.append(plan)
        return sorted(found.values(), key=lambda one: one.priority.position if one.priority else 999)

    @property
    def failing(self) -> list[Stood]:
        return [one for one in self.stood if one.standing.fails]

    @property
    def reading(self) -> list[Stood]:
        return [one for one in self.stood if one.standing.standing == "needs-reading"]

    @property
    def missing(self) -> list[Stood]:
        return [one for one in self.stood if one.standing.standing == "no-figure"]

    @property
    def sources(self) -> list[Source]:
        """Each source of the control charts with its newest month, the stalest first."""
        held: dict[str, tuple[str, list[str]]] = {}
        for one in self.stood:
            found = newest(one.chart)
            for name in one.chart.sources if one.chart else ():
                month, titles = held.get(name, ("", []))
                held[name] = (max(month, found["month"] if found else ""), [*titles, one.indicator.title])
        to = self.bringing.to if self.bringing else ""
        listed = [Source(name, month, _between(month, to), tuple(titles)) for name, (month, titles) in held.items()]
        return sorted(listed, key=lambda source: (-source.behind, source.name))

    def of(self, indicator: Indicator) -> Stood | None:
        return next((one for one in self.stood if one.indicator.pk == indicator.pk), None)

    def under(self, reference: str) -> Under | None:
        return next((one for one in self.priorities if one.reference == reference), None)

    def whole(self) -> list[Finding]:
        """What is known of the area as a whole."""
        return findings(self.who, self.bringing, "")


def board(who: Who, area: str = "") -> Board:
    """Everything the scorecard shows this person, in six queries whatever its size."""
    newest_ones = _newest(who)
    bringing = next((one for one in newest_ones if one.area == area), newest_ones[0] if newest_ones else None)
    charts = {
        one.measure: one
        for one in rows(who, Finding)
        .filter(bringing=bringing, name="chart", audience=audience_of(who))
        .defer("tables", "chart")
    }
    targets = {one.indicator_id: one for one in rows(who, Target).filter(status="set").order_by("by", "id")}
    watched = (
        rows(who, Indicator).filter(status="watched").select_related("priority", "owner").order_by("position", "title")
    )
    plans = rows(who, RecoveryPlan).filter(status__in=LIVE).select_related("indicator", "lead").order_by("created")
    to = bringing.to if bringing else ""
    stood = [stand(one, charts.get(one.measure), targets.get(one.pk), to, who.today) for one in watched] if to else []
    return Board(who, bringing, newest_ones, stood, redact(who, list(plans)))


def findings(who: Who, bringing: Bringing | None, measure: str) -> list[Finding]:
    """What was released of one measure, or of the area as a whole, for the audience this person belongs to."""
    found = rows(who, Finding).filter(bringing=bringing, measure=measure, audience=audience_of(who))
    return list(found.select_related("bringing").order_by("position", "id"))


def actions_of(who: Who, plans: Iterable[RecoveryPlan]) -> dict[int, list[Action]]:
    """The actions of recovery plans that this person may see, by the plan's number."""
    found: dict[int, list[Action]] = {}
    linked = rows(who, Action).filter(recovery_plans__in=[plan.pk for plan in plans]).select_related("owner")
    for action in redact(who, list(linked.prefetch_related("recovery_plans").distinct())):
        for plan in action.recovery_plans.all():
            found.setdefault(plan.pk, []).append(action)
    return found


def _newest(who: Who) -> list[Bringing]:
    """The newest run of each area, the newest area first."""
    found: dict[str, Any] = {}
    for one in rows(who, Bringing).order_by("-to", "-id")[:200]:
        found.setdefault(one.area, one)
    return list(found.values())


def _between(month: str, to: str) -> int:
    if not month or not to:
        return 999
    return (int(to[:4]) - int(month[:4])) * 12 + int(to[5:]) - int(month[5:])
