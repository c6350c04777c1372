"""Questions about the roads: who is hurt and how badly, at which spots, and how near the outcomes that were agreed."""

from __future__ import annotations

from wardwise.analysis import road_clusters, road_severity, roads, towards_zero
from wardwise.definitions import outcomes
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from .shape import Options, Question


def _casualties(at: Enquiry, name: str, _: Options) -> Findings | None:
    """None when no whole year of casualties was supplied."""
    return roads.casualties(at.asker, at.area, at.period, name=name)


def _severity(at: Enquiry, name: str, _: Options) -> Findings | None:
    return road_severity.severity(at.asker, at.area, at.period, name=name)


def _clusters(at: Enquiry, name: str, given: Options) -> Findings:
    return road_clusters.clusters(
        at.asker,
        at.area,
        at.period,
        radius=float(given.get("radius", road_clusters.RADIUS)),
        fewest=int(given.get("fewest", road_clusters.FEWEST)),
        ring=float(given.get("ring", road_clusters.RING)),
        most=int(given.get("most", road_clusters.MOST)),
        name=name,
    )


def _towards_zero(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no whole year of casualties was supplied."""
    agreed = outcomes.load(str(given.get("outcomes", "towards-zero")), at.asker.own)
    return towards_zero.measured(at.asker, at.area, at.period, agreed, name=name)


QUESTIONS: dict[str, Question] = {
    "road-casualties": _casualties,
    "road-clusters": _clusters,
    "road-severity": _severity,
    "towards-zero": _towards_zero,
}

SAYS_WHY_NOT = frozenset({"road-clusters"})
"""Their answer may be that there is no such spot, which is worth giving."""
