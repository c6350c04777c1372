from __future__ import annotations

from typing import ClassVar

from django.db import models

from ...organisations.models import COMMON, Dated, Membership, Organisation, Record, classes, in_order


class Group(Record, Dated):
    """A board, a subgroup, a working group or a panel. `status` is open until a task-and-finish group has done."""

    class Kind(models.TextChoices):
        BOARD = "board", "Board"
        STRATEGY = "strategy", "Strategy group"
        TACTICAL = "tactical", "Tactical group"
        SUBGROUP = "subgroup", "Subgroup"
        WORKING = "working", "Working group"
        TASK = "task-and-finish", "Task and finish group"
        PANEL = "panel", "Panel"
        SCRUTINY = "scrutiny", "Scrutiny committee"
        LINKED = "linked", "Linked board"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    purpose = models.TextField()
    open_to_partners = models.BooleanField(
        default=True, help_text="Partners outside the group may see its open papers."
    )
    weeks_between = models.PositiveSmallIntegerField("weeks between meetings", null=True, blank=True)
    cycle = models.CharField(max_length=100, blank=True, help_text="As people say it: monthly, every two weeks.")
    quorum = models.PositiveSmallIntegerField(default=0, help_text="Responsible authorities that must be present.")
    chair_post = models.CharField(max_length=200, blank=True)
    standing_items = models.TextField(
        blank=True, help_text="One to a line. Every meeting of the group begins with them on its agenda."
    )
    sunset = models.DateField("to have finished by", null=True, blank=True)
    closing_report = models.TextField(blank=True)
    parents = models.ManyToManyField("self", through="ReportsTo", symmetrical=False, related_name="children")
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)

    SENSITIVITY: ClassVar = classes(
        open=COMMON
        + " name kind purpose open_to_partners weeks_between cycle quorum chair_post standing_items sunset closing_report"
        + " parents successors valid_from valid_to"
    )

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [in_order("group_dates_in_order")]

    def __str__(self) -> str:
        return self.name


class ReportsTo(Dated):
    """One group reports to another. A group may report to several, and some of those are not ours."""

    child = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="reports_to")
    parent = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="reported_by")
    note = models.CharField(max_length=300, blank=True)

    PARTNERSHIP = "child__partnership_id"
    SENSITIVITY: ClassVar = classes(open="id child parent note valid_from valid_to")

    class Meta:
        constraints: ClassVar = [
            in_order("reports_to_dates_in_order"),
            models.CheckConstraint(condition=~models.Q(child=models.F("parent")), name="group_not_its_own_parent"),
        ]


class Chairing(Dated):
    """Who chaired a group, by post and day: the history that the law asks a partnership to be able to tell."""

    class Place(models.TextChoices):
        CHAIR = "chair", "Chair"
        DEPUTY = "deputy", "Deputy chair"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="chairings")
    post = models.CharField(max_length=200)
    place = models.CharField(max_length=10, choices=Place.choices, default=Place.CHAIR)

    PARTNERSHIP = "group__partnership_id"
    SENSITIVITY: ClassVar = classes(open="id group post place valid_from valid_to")

    class Meta:
        ordering: ClassVar = ["-valid_from", "id"]
        constraints: ClassVar = [in_order("chairing_dates_in_order")]


class GroupMember(Dated):
    """An organisation's seat on a group, and the member who fills it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seats")
    membership = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    represents = models.CharField(max_length=100, blank=True, help_text="For boards whose membership the law sets.")

    def __str__(self) -> str:
        return f"{self.organisation}" + (f", for {self.represents}" if self.represents else "")

    PARTNERSHIP = "group__partnership_id"
    SENSITIVITY: ClassVar = classes(open="id group organisation membership represents valid_from valid_to")

    class Meta:
        ordering: ClassVar = ["organisation__name", "id"]
        constraints: ClassVar = [in_order("group_member_dates_in_order")]
