from __future__ import annotations

from typing import ClassVar

from django.db import models

from ...organisations.models import COMMON, Organisation, Record, classes


class DutyDue(Record):
    """One occasion of a declared duty (definitions/duties): due → met, or not-met with a reason. Late is worked out."""

    duty = models.SlugField("declared duty", max_length=80)
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")
    item = models.CharField("which part", max_length=120, blank=True, help_text="A data set, an authority, a must.")
    period = models.CharField(max_length=40)
    due = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)

    SENSITIVITY: ClassVar = classes(open=COMMON + " duty owner item period due met_on evidence note")

    class Meta:
        ordering: ClassVar = ["due", "duty", "item"]
        verbose_name_plural = "duties due"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "duty", "owner", "item", "period"], name="duty_due_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty}, {self.period}"
