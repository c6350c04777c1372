from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from ...organisations.models import COMMON, Membership, Organisation, Record, classes
from .group import Group
from .meeting import EXEMPT_PARAGRAPHS, Decision


class Action(Record):
    """A task a group agrees and an organisation owns: open → done, or withdrawn. Late is worked out, never stored."""

    class Tag(models.TextChoices):
        PURSUE = "pursue", "Pursue"
        PREVENT = "prevent", "Prevent"
        PROTECT = "protect", "Protect"
        PREPARE = "prepare", "Prepare"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="actions")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    handed_down = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="actions")
    lead = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    due = models.DateField()
    tag = models.CharField("4P", max_length=10, choices=Tag.choices, blank=True)
    threat = models.CharField(max_length=200, blank=True, help_text="For a tasking: what it answers.")
    tactic = models.CharField(max_length=200, blank=True)
    result = models.TextField(blank=True)
    finished = models.DateField(null=True, blank=True)
    exempt = models.CharField(max_length=1, choices=EXEMPT_PARAGRAPHS, blank=True)

    SENSITIVITY: ClassVar = classes(
        open=COMMON + " group decision handed_down title owner lead due tag finished exempt",
        restricted="detail threat tactic result",
    )

    class Meta:
        ordering: ClassVar = ["due", "id"]
        indexes: ClassVar = [
            models.Index(fields=["partnership", "status", "due"]),
            models.Index(fields=["group", "status", "due"]),
            models.Index(fields=["owner", "status", "due"]),
        ]

    def __str__(self) -> str:
        return self.title

    def late(self, today: date) -> bool:
        return self.status == "open" and self.due < today


class Progress(models.Model):
    """What an owner reported on an action, and what shows it. Added to, never changed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="progress")
    at = models.DateTimeField(auto_now_add=True)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    evidence = models.CharField("what shows it (a link or a document's name)", max_length=500, blank=True)

    PARTNERSHIP = "action__partnership_id"
    SENSITIVITY: ClassVar = classes(open="id action at organisation by", restricted="text evidence")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name_plural = "progress"
