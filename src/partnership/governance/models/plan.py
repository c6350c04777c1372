from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ...meetings.models import Group
from ...organisations.models import COMMON, Organisation, Record, classes


class Plan(Record):
    """A community safety plan or a county agreement: draft → consulting → ready → approved → superseded.

    `contents` holds what is written under each heading the law asks for, by the name the checklist gives it.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", "Community safety plan"
        AGREEMENT = "agreement", "Community safety agreement"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PLAN)
    title = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField(help_text="The law fixes no length. Three years is the custom.")
    refresh_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="refreshes")
    districts = models.ManyToManyField("self", symmetrical=False, related_name="agreements", blank=True)
    assessment = models.CharField("strategic assessment it rests on", max_length=200, blank=True)
    checklist = models.CharField(max_length=60, default="plan-england")
    contents = models.JSONField(default=dict, blank=True)
    foreword = models.TextField(blank=True)

    SENSITIVITY: ClassVar = classes(
        open=COMMON + " kind title starts ends refresh_of districts assessment checklist contents foreword"
    )

    class Meta:
        ordering: ClassVar = ["-starts", "-id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="plan_dates_in_order")]

    def __str__(self) -> str:
        return self.title


class Cause(Record):
    """A causation factor, such as alcohol or deprivation."""

    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)

    SENSITIVITY: ClassVar = classes(open=COMMON + " name note")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Priority(Record):
    """What a plan puts first, why, and who leads on it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="priorities")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    rationale = models.TextField("why it is a priority", blank=True)
    proposals = models.TextField("what we propose to do", blank=True)
    lead = models.CharField("lead (post)", max_length=200, blank=True)
    lead_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="priorities")
    causes = models.ManyToManyField(Cause, related_name="priorities", blank=True)
    predecessors = models.ManyToManyField("self", symmetrical=False, related_name="successors", blank=True)
    aims = models.JSONField("aims of the Police and Crime Plan it serves", default=list, blank=True)
    strands = models.JSONField("strands of section 6 it serves", default=list, blank=True)

    SENSITIVITY: ClassVar = classes(
        open=COMMON
        + " plan position name rationale proposals lead lead_organisation group causes predecessors aims strands"
    )

    class Meta:
        ordering: ClassVar = ["plan_id", "position"]
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return self.name


class Outcome(Record):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)

    SENSITIVITY: ClassVar = classes(open=COMMON + " plan position name")

    class Meta:
        ordering: ClassVar = ["plan_id", "position"]

    def __str__(self) -> str:
        return self.name


class Activity(Record):
    """A strategic activity, and the issues, outcomes and causes it serves: the matrix of a plan or agreement."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="activities")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=300)
    priorities = models.ManyToManyField(Priority, related_name="activities", blank=True)
    outcomes = models.ManyToManyField(Outcome, related_name="activities", blank=True)
    causes = models.ManyToManyField(Cause, related_name="activities", blank=True)

    SENSITIVITY: ClassVar = classes(open=COMMON + " plan number heading name priorities outcomes causes")

    class Meta:
        ordering: ClassVar = ["plan_id", "number"]
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return self.name


class Commitment(Record):
    """What one partner commits itself to: promised → under-way → kept, or dropped with a reason."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="commitments")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    text = models.TextField()
    measure = models.CharField("how it will measure its success", max_length=300, blank=True)
    tags = models.JSONField(default=list, blank=True)

    SENSITIVITY: ClassVar = classes(open=COMMON + " plan priority organisation text measure tags")

    class Meta:
        ordering: ClassVar = ["plan_id", "priority_id", "id"]

    def __str__(self) -> str:
        return self.text[:100]


class Milestone(Record):
    """A date by which something will be there: ahead → reached or missed."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=200)
    due = models.DateField()
    reached = models.DateField(null=True, blank=True)

    SENSITIVITY: ClassVar = classes(open=COMMON + " priority name due reached")

    class Meta:
        ordering: ClassVar = ["due"]

    def __str__(self) -> str:
        return self.name


class Resource(Record):
    """Money or people put to a priority in a year, and who gives them."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="resources")
    giver = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=7, help_text="The year from April, as 2026-27.")
    purpose = models.CharField(max_length=200)
    pounds = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    people = models.DecimalField("full-time equivalents", max_digits=6, decimal_places=2, null=True, blank=True)

    SENSITIVITY: ClassVar = classes(open=COMMON + " priority giver year purpose pounds people")

    class Meta:
        ordering: ClassVar = ["year", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pounds__isnull=False) | Q(people__isnull=False), name="resource_is_something"
            )
        ]

    @property
    def money(self) -> str:
        """ "£85,000"; "none" where people are given and no money."""
        return f"£{self.pounds:,.2f}".removesuffix(".00") if self.pounds is not None else "none"

    @property
    def posts(self) -> str:
        """Full-time equivalents as people say them: 4, 3.5."""
        return f"{self.people.normalize():f}" if self.people is not None else "none"

    def __str__(self) -> str:
        return self.purpose
