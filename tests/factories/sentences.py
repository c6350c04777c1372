"""The sentences of findings as an analyst reads them."""

from __future__ import annotations

from wardwise.disclosure import Audience, release
from wardwise.records.findings import Findings
from wardwise.reports.words import say_all


def sentences(found: Findings, audience: Audience = Audience.ANALYST) -> tuple[str, ...]:
    """Every sentence after release, so that a test reads what a person would."""
    return say_all(release([found], audience).findings[found.name])
