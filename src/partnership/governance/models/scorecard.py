from __future__ import annotations

from typing import ClassVar

from django.db import models

from ...meetings.models import Action
from ...organisations.models import COMMON, Organisation, Record, classes
from .plan import Priority


class Indicator(Record):
    """A measure of the library that the partnership watches, and the priority it belongs to: watched → retired."""

    class Better(models.TextChoices):
        LOWER = "lower", "Lower is better"
        HIGHER = "higher", "Higher is better"
        NEITHER = "neither", "Neither: it needs reading"

    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators")
    measure = models.SlugField("measure of the library", max_length=80)
    title = models.CharField(max_length=200)
    better = models.CharField(max_length=10, choices=Better.choices)
    rise_may_be_good = models.CharField("why a rise may be good news", max_length=300, blank=True)
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    SENSITIVITY: ClassVar = classes(open=COMMON + " priority measure title better rise_may_be_good owner position")

    class Meta:
        ordering: ClassVar = ["position", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "priority", "measure"], name="indicator_once")
        ]

    def __str__(self) -> str:
        return self.title


class Target(Record):
    """A value to be reached by a day, and why that value: set → met, missed or replaced."""

    class Side(models.TextChoices):
        AT_MOST = "at-most", "At most"
        AT_LEAST = "at-least", "At least"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    side = models.CharField(max_length=10, choices=Side.choices)
    value = models.DecimalField(max_digits=14, decimal_places=3)
    over_months = models.PositiveSmallIntegerField("months the value covers", default=12)
    by = models.DateField("to be reached by")
    rationale = models.TextField("why this value")

    SENSITIVITY: ClassVar = classes(open=COMMON + " indicator side value over_months by rationale")

    class Meta:
        ordering: ClassVar = ["by"]

    def __str__(self) -> str:
        return f"{self.get_side_display()} {self.value.normalize():,f} by {self.by.day} {self.by:%B %Y}"


class RecoveryPlan(Record):
    """Opened by a rule when a measure fails: opened → proposed → agreed → testing → closed, or set-aside with a reason."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="recovery_plans")
    rule = models.CharField("rule that opened it", max_length=60)
    period = models.CharField("period that failed", max_length=40)
    finding = models.TextField("what failed, as it was then")
    lead = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cause = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    exit_test = models.JSONField(default=dict, blank=True)
    exit_words = models.CharField("it closes when", max_length=300, blank=True)
    decision = models.ForeignKey(
        "meetings.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="recovery_plans"
    )
    actions = models.ManyToManyField(Action, related_name="recovery_plans", blank=True)

    SENSITIVITY: ClassVar = classes(
        open=COMMON + " indicator rule period finding lead exit_test exit_words decision actions",
        restricted="cause resources",
    )

    class Meta:
        ordering: ClassVar = ["-created"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "rule", "period"], name="recovery_opened_once")
        ]

    def __str__(self) -> str:
        return f"Recovery plan: {self.indicator}"
