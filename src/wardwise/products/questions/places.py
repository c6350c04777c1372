"""Questions about places and hours: where it gathers, where it comes back to, when in the week, what is becoming a hotspot."""

from __future__ import annotations

from wardwise.analysis import (
    clusters,
    concentration,
    density,
    emerging,
    harm_spots,
    hotspot_accuracy,
    hour_week,
    map_points,
    near_repeat,
    night_time,
    repeat_places,
)
from wardwise.analysis.harm_counts import NothingToWeighError
from wardwise.analysis.harm_weights import OPEN
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from .shape import Options, Question


def _clusters(at: Enquiry, name: str, given: Options) -> Findings:
    return clusters.clusters(
        at.asker, given["measure"], at.area, at.period,
        level=given.get("level", "lsoa"), hectares=float(given.get("hectares", clusters.HECTARES)), name=name,
    )  # fmt: skip


def _density(at: Enquiry, name: str, given: Options) -> Findings:
    metres = float(given.get("bandwidth", density.BANDWIDTH))
    return density.density(at.asker, given["measure"], at.area, at.period, bandwidth=metres, name=name)


def _near_repeat(at: Enquiry, name: str, given: Options) -> Findings:
    dealings = int(given.get("dealings", near_repeat.DEALINGS))
    return near_repeat.near_repeat(at.asker, given["measure"], at.area, at.period, dealings=dealings, name=name)


def _concentration(at: Enquiry, name: str, given: Options) -> Findings:
    return concentration.concentration(
        at.asker, given["measure"], at.area, at.period,
        level=given.get("level", "lsoa"), top=float(given.get("top", 0.1)), name=name,
    )  # fmt: skip


def _emerging(at: Enquiry, name: str, given: Options) -> Findings:
    return emerging.emerging(
        at.asker, given["measure"], at.area, at.period,
        level=given.get("level", "lsoa"), months=int(given.get("months", 24)), name=name,
    )  # fmt: skip


def _harm_spots(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when nothing could be weighed."""
    level, table = given.get("level", "lsoa"), given.get("table", OPEN)
    try:
        return harm_spots.harm_spots(at.asker, at.area, at.period, level=level, table=table, name=name)
    except NothingToWeighError:
        return None


def _hotspot_accuracy(at: Enquiry, name: str, given: Options) -> Findings:
    level = given.get("level", "lsoa")
    return hotspot_accuracy.hotspot_accuracy(at.asker, given["measure"], at.area, at.period, level=level, name=name)


def _hour_week(at: Enquiry, name: str, given: Options) -> Findings:
    return hour_week.hour_week(at.asker, given["measure"], at.area, at.period, name=name)


def _map_points(at: Enquiry, name: str, given: Options) -> Findings:
    most = int(given.get("most", map_points.MOST))
    return map_points.map_points(at.asker, given["measure"], at.area, at.period, most=most, name=name)


def _night_time(at: Enquiry, name: str, given: Options) -> Findings:
    return night_time.night_time(
        at.asker, given["measure"], at.area, at.period,
        start=int(given.get("start", night_time.FROM)), end=int(given.get("end", night_time.TO)), name=name,
    )  # fmt: skip


def _repeat_places(at: Enquiry, name: str, given: Options) -> Findings:
    addresses = given.get("addresses")
    return repeat_places.repeat_places(
        at.asker, given["measure"], at.area, at.period,
        addresses=int(addresses) if addresses else None, wider=given.get("wider", ""), name=name,
    )  # fmt: skip


QUESTIONS: dict[str, Question] = {
    "clusters": _clusters,
    "concentration": _concentration,
    "density": _density,
    "emerging": _emerging,
    "harm-spots": _harm_spots,
    "hotspot-accuracy": _hotspot_accuracy,
    "hour-week": _hour_week,
    "map-points": _map_points,
    "near-repeat": _near_repeat,
    "night-time": _night_time,
    "repeat-places": _repeat_places,
}

SAYS_WHY_NOT = frozenset(QUESTIONS)
"""Their answer may be the reason why there is none, such as public points that are no addresses; it is worth giving."""
