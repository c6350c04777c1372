from __future__ import annotations

from typing import ClassVar

from django.db import models

from .dated import Dated, in_order
from .partnership import Partnership
from .sensitivity import classes


class Organisation(Dated):
    """A body that takes part, from the day it was set up to the day it ended."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        POLICE = "police", "Police force"
        FIRE = "fire", "Fire and rescue"
        HEALTH = "health", "Health"
        PROBATION = "probation", "Probation"
        YOUTH_JUSTICE = "youth-justice", "Youth justice"
        HOUSING = "housing", "Housing provider"
        POLICING_BODY = "policing-body", "Local policing body"
        AMBULANCE = "ambulance", "Ambulance"
        EDUCATION = "education", "Education"
        CHARITY = "charity", "Charity or community group"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    successors = models.ManyToManyField(
        "self", through="Succession", symmetrical=False, related_name="predecessors", through_fields=("before", "after")
    )

    SENSITIVITY: ClassVar = classes(open="id name short_name kind successors valid_from valid_to")

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [in_order("organisation_dates_in_order")]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One body took over from another on a day: the CCG's duties went to the ICB."""

    before = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    SENSITIVITY: ClassVar = classes(open="id before after day note")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["before", "after"], name="succession_once")]


class Standing(Dated):
    """On what footing an organisation takes part in a partnership (Crime and Disorder Act 1998, section 5)."""

    class Kind(models.TextChoices):
        RESPONSIBLE = "responsible", "Responsible authority"
        COOPERATING = "co-operating", "Co-operating body"
        INVITED = "invited", "Invited participant"
        LINKED = "linked", "Linked board or network"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="standings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="standings")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    liaison = models.CharField("person nominated to facilitate sharing (post)", max_length=200, blank=True)

    SENSITIVITY: ClassVar = classes(open="id partnership organisation kind liaison valid_from valid_to")

    class Meta:
        constraints: ClassVar = [in_order("standing_dates_in_order")]
