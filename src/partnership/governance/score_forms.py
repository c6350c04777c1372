"""Forms of targets and recovery plans. Fields are named as the steps name what they take."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms

from wardwise.definitions import find

from ..access.scope import rows
from ..access.who import Who
from ..meetings.forms.choices import taking_part
from ..meetings.models import Action, Decision
from ..organisations.forms import DayField, PageForm, RecordForm
from ..organisations.models import Organisation
from .models import Indicator, Priority, Target


@cache
def declared() -> tuple[tuple[str, str], ...]:
    """Every measure that is declared, by its title."""
    told = (find.read(path) for path in find.files("measures"))
    return tuple(sorted(((one["measure"], one["title"]) for one in told), key=lambda pair: pair[1].lower()))


class IndicatorForm(PageForm):
    """A measure to watch."""

    measure = forms.ChoiceField(choices=declared, label="Measure of the library")
    title = forms.CharField(max_length=200, label="What the partnership calls it")
    better = forms.ChoiceField(choices=Indicator.Better.choices, widget=forms.RadioSelect, label="Which way is better?")
    rise_may_be_good = forms.CharField(
        max_length=300,
        required=False,
        label="Why a rise may be good news",
        help_text="With a reason here, a rise is shown as “Needs reading” and opens no recovery plan.",
    )
    priority = forms.ModelChoiceField(Priority.unscoped_rows.none(), required=False, label="Priority it belongs to")
    owner = forms.ModelChoiceField(Organisation.objects.none(), required=False, label="Owner")

    def __init__(self, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["priority"].queryset = rows(who, Priority)
        self.fields["owner"].queryset = taking_part(who)


class TargetForm(PageForm):
    side = forms.ChoiceField(
        choices=Target.Side.choices, widget=forms.RadioSelect, label="Which way is the target met?"
    )
    value = forms.DecimalField(
        max_digits=14, decimal_places=3, label="Value", help_text="The number over all the months it covers."
    )
    over_months = forms.IntegerField(
        min_value=1,
        max_value=36,
        initial=12,
        label="Months the value covers",
        help_text="12 for a year, 1 for a month.",
    )
    day = DayField(label="To be reached by")
    rationale = forms.CharField(
        widget=forms.Textarea,
        label="Why this value",
        help_text="What it rests on: the level so far, a pledge, similar places.",
    )


class ReplaceForm(TargetForm, RecordForm):
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="Why the target is replaced")


class SeenForm(RecordForm):
    """Nothing is asked: the button says it all."""


class ReasonForm(RecordForm):
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="Why")


class ProposeForm(RecordForm):
    lead = forms.ModelChoiceField(Organisation.objects.none(), label="Lead organisation")
    cause = forms.CharField(
        widget=forms.Textarea,
        label="What causes it",
        help_text="What you know, and how. Say so when you do not know yet.",
    )
    resources = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What it takes",
        help_text="People, money, time, and who gives them.",
    )
    actions = forms.ModelMultipleChoiceField(
        Action.unscoped_rows.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Actions that carry it out",
        help_text="Open actions you may see. Give out new ones from the group first.",
    )

    def __init__(self, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["lead"].queryset = taking_part(who)
        self.fields["actions"].queryset = _first(rows(who, Action).filter(status="open").order_by("due"))


class AgreeForm(RecordForm):
    decision = forms.ModelChoiceField(
        Decision.unscoped_rows.none(),
        required=False,
        label="Decision it rests on",
        help_text="As the minutes record it.",
    )

    def __init__(self, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["decision"].queryset = _first(rows(who, Decision).order_by("-created"))


def _first(found: Any, most: int = 200) -> Any:
    """The first rows, as a choice that can still be narrowed to what was chosen."""
    return found.filter(pk__in=list(found.values_list("pk", flat=True)[:most]))
