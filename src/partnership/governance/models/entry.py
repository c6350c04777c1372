from __future__ import annotations

from typing import ClassVar

from django.db import models

from ...meetings.models import Group
from ...organisations.models import COMMON, Organisation, Record, classes
from .plan import Priority


class Entry(Record):
    """One entry of a declared register (definitions/registers): a risk, a grant, a training day, a question of scrutiny.

    What every register has is a column; the register's own answers are typed by its declaration and kept in `answers`,
    those it declares restricted in `restricted`.
    """

    register = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    due = models.DateField(null=True, blank=True)
    private = models.BooleanField("restricted entry", default=False)
    answers = models.JSONField(default=dict, blank=True)
    restricted = models.JSONField(default=dict, blank=True)
    declared = models.CharField("version of the declaration", max_length=40, blank=True)

    SENSITIVITY: ClassVar = classes(
        open=COMMON + " register title owner group priority due private answers declared", restricted="restricted"
    )

    class Meta:
        ordering: ClassVar = ["register", "-created"]
        verbose_name_plural = "entries"
        indexes: ClassVar = [models.Index(fields=["partnership", "register", "status", "due"])]

    def __str__(self) -> str:
        return self.title
