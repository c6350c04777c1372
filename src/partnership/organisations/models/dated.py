"""What holds from a day, and perhaps to a day. The last day is included."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q


def on(day: date, prefix: str = "") -> Q:
    """The condition that a dated row holds on `day`; `prefix` reaches it through a relation ("membership__")."""
    begun = Q(**{f"{prefix}valid_from__lte": day}) | Q(**{f"{prefix}valid_from__isnull": True})
    return begun & (Q(**{f"{prefix}valid_to__gte": day}) | Q(**{f"{prefix}valid_to__isnull": True}))


class Dated(models.Model):
    valid_from = models.DateField("from", null=True, blank=True)
    valid_to = models.DateField("to", null=True, blank=True)

    class Meta:
        abstract = True

    def holds(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or self.valid_to >= day)


def in_order(name: str) -> Any:
    """The database constraint that a row does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name
    )
