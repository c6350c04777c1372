from __future__ import annotations

from typing import ClassVar

from django.db import models

from .organisation import Organisation
from .people import Membership
from .record import COMMON, Record
from .sensitivity import classes


class Invitation(Record):
    """Somebody is asked to take part: sent → accepted, or withdrawn. Past its day it can only be sent again."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=200, blank=True)
    roles = models.JSONField(default=list, blank=True)
    expires = models.DateField()
    membership = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY: ClassVar = classes(open=COMMON + " organisation post roles expires membership", personal="email name")

    def __str__(self) -> str:
        return f"Invitation {self.reference}"
