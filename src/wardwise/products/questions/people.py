"""Questions about people: how old, of which sex, how often again. Counts alone; no one is named."""

from __future__ import annotations

from typing import Any

from wardwise.analysis import profiles, repeat_people, vulnerability
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from .shape import Options, Question


def _profile(at: Enquiry, name: str, given: Options) -> Findings:
    return profiles.profile(
        at.asker, given["measure"], at.area, at.period,
        of=given.get("of", "victim"),
        bands=_bands(given["bands"]) if "bands" in given else profiles.BANDS,
        spoken=_bands(given["groups"]) if "groups" in given else profiles.SPOKEN,
        name=name,
    )  # fmt: skip


def _vulnerability(at: Enquiry, name: str, given: Options) -> Findings:
    return vulnerability.vulnerability(
        at.asker, at.area, at.period,
        level=given.get("level", "lsoa"), index=given.get("index", "vulnerability"), own=at.asker.own, name=name,
    )  # fmt: skip


def _repeats(who: repeat_people.Who) -> Question:
    def ask(at: Enquiry, name: str, given: Options) -> Findings:
        top = float(given.get("top", repeat_people.TOP))
        return repeat_people.repeat_people(
            at.asker, given["measure"], at.area, at.period, who=who, top=top, wider=given.get("wider", ""), name=name
        )

    return ask


def _bands(given: Any) -> tuple[tuple[int, int], ...]:
    """“15-24” and “75+” as bands. Raises WardwiseError for anything else."""
    try:
        found = [str(text).replace("–", "-").replace("+", "-120").split("-") for text in given]
        return tuple((int(low), int(high)) for low, high in found)
    except (TypeError, ValueError) as error:
        raise WardwiseError(
            "A band of ages is not understood.", next_step="Write bands as [10-17, 18-24, 25-64, 65+]."
        ) from error


QUESTIONS: dict[str, Question] = {
    "frequent-callers": _repeats("caller"),
    "profile": _profile,
    "repeat-offenders": _repeats("offender"),
    "repeat-victims": _repeats("victim"),
    "vulnerability": _vulnerability,
}

SAYS_WHY_NOT = frozenset(QUESTIONS) - {"profile"}
"""Their answer may be why there is none, such as references that a supplier does not send; it is worth giving."""
