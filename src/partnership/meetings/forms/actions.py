"""What is asked when an action is given out, handed down, changed, reported on or ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from ...access.who import Who
from ...organisations.forms import DayField, PageForm, RecordForm
from ...organisations.models import Membership, Organisation
from ..models import Action, Group
from .choices import EXEMPT, PostChoice, in_post, open_groups, taking_part, words

SHOWS = "A link, or the name of a document or photograph. Leave out names of people."


class Facts(PageForm):
    """What every action says. Fields are named as the steps take them."""

    title = forms.CharField(
        max_length=200, label="What is to be done", help_text="A few words. Leave out names of people."
    )
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation that owns it")
    lead = PostChoice(
        Membership.objects.none(),
        label="Post that leads it",
        required=False,
        help_text="Reminders go to this post, or to everyone from the organisation if you choose none.",
    )
    detail = words("Detail", required=False, help_text="Shown to the group and the owner only.")
    tag = forms.ChoiceField(choices=[("", "None"), *Action.Tag.choices], label="Kind of work (4P)", required=False)
    threat = forms.CharField(
        max_length=200, required=False, label="Threat", help_text="For a tasking: what it answers."
    )
    tactic = forms.CharField(max_length=200, required=False, label="Tactic", help_text="For a tasking: how.")
    exempt = forms.ChoiceField(choices=EXEMPT, required=False, label="Exempt from the public under")

    def __init__(self, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["owner"].queryset = taking_part(who)
        self.fields["lead"].queryset = in_post(who)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lead, owner = cleaned.get("lead"), cleaned.get("owner")
        if lead and owner and lead.organisation_id != owner.pk:
            self.add_error("lead", "The post must be in the organisation that owns the action")
        return cleaned


class Give(Facts):
    due = DayField(label="Due date", earliest=timezone.localdate)
    field_order = ("once", "title", "owner", "lead", "due")


class HandDown(Give):
    group = forms.ModelChoiceField(Group.unscoped_rows.none(), label="Group that follows it")
    field_order = ("once", "title", "group", "owner", "lead", "due")

    def __init__(self, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(who, *given, **named)
        self.fields["group"].queryset = open_groups(who)


class Change(Facts, RecordForm):
    due = DayField(label="Due date")
    reason = words("Why", rows=3, longest=1000)
    field_order = ("once", "seen", "title", "owner", "lead", "due")


class Report(PageForm):
    text = words("How it is going")
    evidence = forms.CharField(max_length=500, required=False, label="What shows it", help_text=SHOWS)


class Complete(RecordForm):
    result = words("What was done, and what came of it")
    evidence = forms.CharField(max_length=500, required=False, label="What shows it", help_text=SHOWS)


class Why(RecordForm):
    reason = words("Why", rows=3, longest=1000)
