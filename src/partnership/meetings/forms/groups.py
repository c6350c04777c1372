"""What is asked when a group is set up, changed, chaired, joined, left or closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from ...access.who import Who
from ...organisations.forms import DayField, FilterForm, PageForm, RecordForm
from ...organisations.models import Organisation, on
from ..models import Chairing, Group, GroupMember
from .choices import open_groups, taking_part, words


class Facts(PageForm):
    """What every group says of itself."""

    name = forms.CharField(max_length=200)
    kind = forms.ChoiceField(choices=[("", "Choose one"), *Group.Kind.choices], label="Kind of group")
    purpose = words("Purpose", help_text="What the group is for, in a sentence or two.")
    cycle = forms.CharField(
        max_length=100, required=False, label="How often it meets", help_text="As people say it: every three months."
    )
    weeks_between = forms.IntegerField(
        min_value=1,
        max_value=104,
        required=False,
        label="Weeks between meetings",
        help_text="Its dates are set from this number.",
    )
    quorum = forms.IntegerField(min_value=0, max_value=20, label="Responsible authorities for a quorum")
    standing_items = words(
        "Standing items of its agenda", required=False, help_text="One to a line, in order. Every meeting has them."
    )
    sunset = DayField(label="To have finished by", required=False, help_text="For a task and finish group.")
    open_to_partners = forms.BooleanField(
        required=False, label="Partners outside the group may see its papers", help_text="Never those that are exempt."
    )


class SetUp(Facts):
    """A new group."""


class Change(Facts, RecordForm):
    reason = words("Why", rows=3, longest=1000)


class NameChair(PageForm):
    post = forms.CharField(
        max_length=200, label="Post", help_text="The post, not the person: Director of public health."
    )
    place = forms.ChoiceField(choices=Chairing.Place.choices, label="Place", widget=forms.RadioSelect)
    since = DayField(label="First day")


class GiveSeat(PageForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation")
    represents = forms.CharField(
        max_length=100, required=False, label="Represents", help_text="For a board whose membership the law sets."
    )
    since = DayField(label="First day")

    def __init__(self, who: Who, group: Group, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["organisation"].queryset = taking_part(who)


class EndSeat(PageForm):
    seat = forms.ModelChoiceField(GroupMember.objects.none(), label="Seat")
    last = DayField(label="Last day")
    reason = words("Why", rows=3, longest=1000)

    def __init__(self, who: Who, group: Group, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        seats = GroupMember.objects.filter(on(who.today), group=group)
        self.fields["seat"].queryset = seats.select_related("organisation")


class ReportTo(PageForm):
    parent = forms.ModelChoiceField(Group.unscoped_rows.none(), label="Group it reports to")
    note = forms.CharField(
        max_length=300, required=False, label="Footnote", help_text="Shown under the picture of the structure."
    )

    def __init__(self, who: Who, group: Group, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["parent"].queryset = open_groups(who).exclude(pk=group.pk)


class Close(RecordForm):
    closing_report = words("Closing report", rows=8, help_text="What it was asked to do, what it did, what is left.")
    successor = forms.ModelChoiceField(
        Group.unscoped_rows.none(),
        required=False,
        label="Group that takes over",
        help_text="Open actions go to it.",
    )

    def __init__(self, who: Who, group: Group, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["successor"].queryset = open_groups(who).exclude(pk=group.pk)


class OnDay(FilterForm):
    """Who belonged on a day."""

    day = DayField(label="Members on", latest=timezone.localdate)
