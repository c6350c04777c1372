"""Questions about the place and its people: indicators that others publish, and how many live here."""

from __future__ import annotations

from wardwise.analysis import context, population_change
from wardwise.records.findings import Findings

from ..enquiry import Enquiry
from .shape import Options, Question


def _context(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when no indicator is held for the area."""
    wanted = given.get("indicators", ())
    indicators = [wanted] if isinstance(wanted, str) else list(wanted)
    return context.context(at.asker, at.area, at.period, indicators, name=name)


def _population(at: Enquiry, name: str, given: Options) -> Findings | None:
    """None when estimates of fewer than two years are held."""
    years = int(given.get("years", population_change.YEARS))
    return population_change.change(at.asker, at.area, at.period, years=years, name=name)


QUESTIONS: dict[str, Question] = {"context": _context, "population-change": _population}
