"""Questions about counts: how many, of what kind, where, more than before, more than elsewhere."""

from __future__ import annotations

from wardwise.analysis import (
    attention,
    breakdown,
    change,
    coverage,
    deprivation,
    hotspots,
    lines,
    marac,
    mix,
    peers,
    powers,
    returns,
    shares,
    summary,
    wards,
)
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from .shape import Options, Question, last


def _changes(at: Enquiry, name: str, given: Options) -> Findings:
    split = given.get("split")
    return change.compare_periods(
        at.asker,
        given["measures"],
        at.where(given.get("area", "")),
        at.period,
        parts_of=given.get("parts_of", ""),
        overlap=bool(given.get("overlap", False)),
        split=(split["measure"], split["by"]) if split else None,
        each_month=given.get("each_month", ""),
        named=bool(given.get("area")),
        name=name,
    )


def _lines(at: Enquiry, name: str, given: Options) -> Findings:
    area, years = at.where(given.get("area", "")), int(given.get("years", 3))
    return lines.monthly(
        at.asker, given["measure"], area, at.period.end, years=years, named=bool(given.get("area")), name=name
    )


def _summary(at: Enquiry, name: str, given: Options) -> Findings | None:
    """The first page's lines, from another block's comparison; None when that was not answered."""
    of = at.answers.get(given["of"])
    return summary.headlines(of, always=tuple(given.get("always", ())), name=name) if of else None


def _mix(at: Enquiry, name: str, given: Options) -> Findings:
    return mix.of_volume(at.asker, given["measure"], given["by"], at.area, at.period, name=name)


def _breakdown(at: Enquiry, name: str, given: Options) -> Findings:
    return breakdown.by_group(at.asker, given["measure"], given["by"], at.area, at.period, name=name)


def _peers(at: Enquiry, name: str, given: Options) -> Findings:
    return peers.rank(
        at.asker,
        given["measure"],
        at.area,
        last(at, given),
        group=given.get("group"),
        change=given.get("change", "after"),
        name=name,
    )


def _wards(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no look-up says which wards (or small areas) the area has."""
    level = given.get("level", "ward")
    if not at.places.children(at.area, level):
        return None
    return wards.by_area(at.asker, given["measure"], at.area, last(at, given), level=level, name=name)


def _hotspots(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no look-up says which wards the area has."""
    if not at.places.children(at.area, "ward"):
        return None
    return hotspots.hotspots(at.asker, given["measures"], at.area, at.period, by=given.get("by", ""), name=name)


def _attention(at: Enquiry, name: str, given: Options) -> Findings:
    return attention.evidence(at.asker, given["measure"], given["by"], at.area, at.period, name=name)


def _deprivation(at: Enquiry, name: str, given: Options) -> Findings:
    return deprivation.shares(at.asker, at.area, at.period, given["measures"], name=name)


def _coverage(at: Enquiry, name: str, given: Options) -> Findings:
    changes = bool(given.get("recording", True))
    narrow = bool(given.get("narrow", False))
    return coverage.known(at.asker, given["measures"], at.area, at.period, changes=changes, narrow=narrow, name=name)


def _recording(at: Enquiry, name: str, _: Options) -> Findings:
    return coverage.recording(at.area, at.period, own=at.asker.definitions, force=at.asker.force(at.area), name=name)


def _returns(at: Enquiry, name: str, given: Options) -> Findings:
    return returns.stated(at.asker, given["measures"], at.area, at.period, name=name)


def _shares(at: Enquiry, name: str, given: Options) -> Findings:
    return shares.of_records(at.asker, given["measures"], at.area, at.period, name=name)


def _themes(at: Enquiry, name: str, given: Options) -> Findings:
    return shares.themes(at.asker, given["total"], given["parts"], at.area, at.period, name=name)


def _marac(at: Enquiry, name: str, _: Options) -> Findings:
    return marac.marac(at.asker, at.area, at.period, name=name)


def _powers(at: Enquiry, name: str, _: Options) -> Findings:
    return powers.powers(at.asker, at.area, at.period, name=name)


def _escalation(at: Enquiry, name: str, given: Options) -> Findings:
    return powers.escalation(
        at.asker, at.area, at.period, warnings=given["warnings"], notices=given["notices"], name=name
    )


QUESTIONS: dict[str, Question] = {
    "attention": _attention,
    "breakdown": _breakdown,
    "changes": _changes,
    "coverage": _coverage,
    "deprivation": _deprivation,
    "escalation": _escalation,
    "hotspots": _hotspots,
    "lines": _lines,
    "marac": _marac,
    "mix": _mix,
    "peers": _peers,
    "powers": _powers,
    "recording": _recording,
    "returns": _returns,
    "shares": _shares,
    "summary": _summary,
    "themes": _themes,
    "wards": _wards,
}
