from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from ...organisations.models import Partnership, classes


class Reminder(models.Model):
    """That a person was reminded on a day: claimed before the message goes, `sent` when it has gone."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    claimed = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    actions = models.PositiveSmallIntegerField(default=0)

    SENSITIVITY: ClassVar = classes(open="id partnership user day claimed sent actions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "user", "day"], name="reminded_once_a_day")
        ]
