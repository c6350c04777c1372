"""Fills the demo in order: who there is, the groups, then the work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from ...access.who import system
from ...organisations.models import Partnership
from . import accounts, actions, duties, people, plans, registers, scorecard, structure
from .story import Story

PARTS: tuple[Callable[[Story], None], ...] = (
    structure.fill,
    people.fill,
    accounts.fill,
    actions.fill,
    registers.fill,
    duties.fill,
    plans.fill,
    scorecard.fill,
    plans.refresh,
)
"""Each part reads its own file in definitions/demo/site and may use what the parts before it made."""


def fill(today: date) -> Story | None:
    """Make the synthetic partnership, all of it or nothing. None when it is there already."""
    if Partnership.objects.filter(slug="saltpool").exists():
        return None
    with transaction.atomic():
        partnership = Partnership.objects.create(
            name="Saltpool Community Safety Partnership", slug="saltpool", synthetic=True, valid_from=date(1998, 7, 31)
        )
        story = Story(partnership, system(partnership, today, "The demo"))
        for part in PARTS:
            part(story)
    return story
