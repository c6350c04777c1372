"""Forms of a plan and of its parts."""

from __future__ import annotations

from typing import Any

from django import forms

from ..access.scope import rows
from ..access.who import Who
from ..meetings.forms.choices import taking_part
from ..meetings.models import Group
from ..organisations.forms import DayField, PageForm, RecordForm
from ..organisations.models import Organisation
from .models import Plan, Priority
from .plan_contents import checklist


class BeginForm(PageForm):
    title = forms.CharField(max_length=200, label="Title of the plan")
    kind = forms.ChoiceField(choices=Plan.Kind.choices, widget=forms.RadioSelect, label="Kind")
    starts = DayField(label="First day")
    ends = DayField(label="Last day", help_text="The law fixes no length. Three years is the custom.")


class RefreshForm(PageForm):
    title = forms.CharField(max_length=200, label="Title of the plan")
    starts = DayField(label="First day")
    ends = DayField(label="Last day")


class WordsForm(RecordForm):
    words = forms.CharField(widget=forms.Textarea, max_length=20_000, label="Text")


class MoveForm(RecordForm):
    """A step that asks for nothing but, sometimes, the reason."""

    reason = forms.CharField(widget=forms.Textarea, max_length=2_000, label="Why")

    def __init__(self, *given: Any, why: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        if not why:
            del self.fields["reason"]


class PriorityForm(PageForm):
    name = forms.CharField(max_length=200, label="Name of the priority")
    rationale = forms.CharField(widget=forms.Textarea, required=False, label="Why it is a priority")
    proposals = forms.CharField(widget=forms.Textarea, required=False, label="What we propose to do")
    lead = forms.CharField(max_length=200, required=False, label="Lead (post)")
    lead_organisation = forms.ModelChoiceField(Organisation.objects.none(), required=False, label="Lead organisation")
    group = forms.ModelChoiceField(Group.unscoped_rows.none(), required=False, label="Group that answers for it")
    strands = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, required=False, label="Strands of section 6 it serves"
    )

    def __init__(self, who: Who, plan: Plan, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["lead_organisation"].queryset = taking_part(who)
        self.fields["group"].queryset = rows(who, Group)
        strands = checklist(plan).strands
        self.fields["strands"].choices = [(strand.name, strand.label) for strand in strands]
        if not strands:
            del self.fields["strands"]


class CommitmentForm(PageForm):
    text = forms.CharField(widget=forms.Textarea, max_length=2_000, label="Commitment")
    organisation = forms.ModelChoiceField(Organisation.objects.none(), required=False, label="Partner")
    priority = forms.ModelChoiceField(Priority.unscoped_rows.none(), required=False, label="Priority")
    measure = forms.CharField(max_length=300, required=False, label="How it will measure its success")

    def __init__(self, who: Who, plan: Plan, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["organisation"].queryset = taking_part(who)
        self.fields["priority"].queryset = rows(who, Priority).filter(plan=plan)


class ResourceForm(PageForm):
    purpose = forms.CharField(max_length=200, label="Purpose")
    priority = forms.ModelChoiceField(Priority.unscoped_rows.none(), label="Priority")
    giver = forms.ModelChoiceField(Organisation.objects.none(), required=False, label="Who gives it")
    year = forms.RegexField(r"^\d{4}-\d{2}$", label="Year from April", help_text="As 2026-27.")
    pounds = forms.DecimalField(max_digits=12, decimal_places=2, min_value=0, required=False, label="Pounds")
    people = forms.DecimalField(
        max_digits=6, decimal_places=2, min_value=0, required=False, label="Full-time equivalents"
    )

    def __init__(self, who: Who, plan: Plan, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["giver"].queryset = taking_part(who)
        self.fields["priority"].queryset = rows(who, Priority).filter(plan=plan)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("pounds") is None and cleaned.get("people") is None:
            self.add_error("pounds", "Enter pounds, people or both")
        return cleaned
