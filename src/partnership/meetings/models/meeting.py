from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ...organisations.models import COMMON, Organisation, Record, classes
from .group import Group

EXEMPT_PARAGRAPHS = [
    ("1", "1. Information relating to any individual"),
    ("2", "2. Information likely to reveal the identity of an individual"),
    ("3", "3. Financial or business affairs of any person, the authority included"),
    ("4", "4. Labour relations consultations or negotiations"),
    ("5", "5. Legal professional privilege"),
    ("6", "6. A notice, order or direction the authority proposes"),
    ("7", "7. Prevention, investigation or prosecution of crime"),
]
"""Local Government Act 1972, Schedule 12A, Part 1 (England), paragraphs 1 to 7."""


class Meeting(Record):
    """planned → called → held → agreed, or cancelled."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    starts = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    public = models.BooleanField(default=False, help_text="Anyone may attend.")
    notes = models.TextField("opening of the minutes", blank=True)
    agreed_on = models.DateField("minutes agreed", null=True, blank=True)

    SENSITIVITY: ClassVar = classes(open=COMMON + " group starts place public agreed_on", restricted="notes")

    class Meta:
        ordering: ClassVar = ["-starts"]
        indexes: ClassVar = [models.Index(fields=["partnership", "-starts"])]

    def __str__(self) -> str:
        starts = timezone.localtime(self.starts)
        return f"{self.group}, {starts.day} {starts:%B %Y}"

    @property
    def day(self) -> date:
        """The day it is on, in the partnership's own time."""
        return timezone.localtime(self.starts).date()


class AgendaItem(Record):
    """One item. An exempt one carries its paragraph of Schedule 12A and is hidden from those without the right."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    standing = models.BooleanField("standing item", default=False)
    lead = models.CharField("presented by (post)", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes allowed", null=True, blank=True)
    exempt = models.CharField(max_length=1, choices=EXEMPT_PARAGRAPHS, blank=True)
    note = models.TextField("minute", blank=True)

    SENSITIVITY: ClassVar = classes(
        open=COMMON + " meeting position title purpose standing lead minutes exempt", restricted="note"
    )

    class Meta:
        ordering: ClassVar = ["meeting_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="item_position_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.title


class Paper(Record):
    """A file laid before an item. The file stands outside the web root under a name of our own."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="%Y/%m")
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    SENSITIVITY: ClassVar = classes(open=COMMON + " item title file_name kind size", restricted="file")

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """An organisation's attendance. Quorum counts responsible authorities present."""

    class Kind(models.TextChoices):
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Sent apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)

    PARTNERSHIP = "meeting__partnership_id"
    SENSITIVITY: ClassVar = classes(open="id meeting organisation post kind")

    class Meta:
        ordering: ClassVar = ["organisation__name", "post"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "organisation", "post"], name="attends_once")
        ]


class Decision(Record):
    """What a meeting decided on an item: recorded, and then agreed with the minutes."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    text = models.TextField()
    reason = models.TextField(blank=True)

    SENSITIVITY: ClassVar = classes(open=COMMON + " item", restricted="text reason")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="decision_says_something")]

    def __str__(self) -> str:
        return self.text[:80]
