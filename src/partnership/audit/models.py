from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from ..organisations.models import classes


class Chain(models.Model):
    """The head of one partnership's chain: the last number and hash. Locked while an event is added."""

    partnership = models.OneToOneField("organisations.Partnership", on_delete=models.PROTECT, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    SENSITIVITY: ClassVar = classes(open="partnership length hash")


class Event(models.Model):
    """One thing done. The database refuses to change or delete a row (triggers in the first migration)."""

    partnership = models.ForeignKey("organisations.Partnership", on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acting_as = models.CharField(max_length=200, blank=True, help_text="Roles held then, or how the change came in.")
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    subject = models.CharField("reference", max_length=40, db_index=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    once = models.CharField(
        max_length=40, null=True, unique=True, help_text="The form's own number: it is acted on once."
    )
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    SENSITIVITY: ClassVar = classes(
        open="id partnership sequence at acting_as verb kind subject facts once previous hash", personal="actor reason"
    )

    class Meta:
        ordering: ClassVar = ["partnership_id", "sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "sequence"], name="event_numbered_once")
        ]
