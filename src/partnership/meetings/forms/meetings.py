"""What is asked when meetings are planned, called, held and agreed, and when papers are laid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from ...organisations.forms import DayField, PageForm, RecordForm, UploadField
from ...organisations.models import Organisation
from ..models import Attendance, Paper
from .choices import EXEMPT, words

CLOCKS = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H"]


class Clock(forms.TimeField):
    """A time of day, typed as people type it: 10:30, 10.30am, 2pm."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            input_formats=CLOCKS,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
            help_text="For example, 10:30 or 2pm",
            error_messages={"invalid": "The time must be like 10:30 or 2pm"},
            **more,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(" ", "") if isinstance(value, str) else value)


class When(PageForm):
    """Day, time and place."""

    first = DayField(label="Date")
    clock = Clock(label="Time")
    place = forms.CharField(max_length=200, required=False, label="Where")
    public = forms.BooleanField(required=False, label="The public may attend")


class Plan(When):
    first = DayField(label="First date")
    count = forms.IntegerField(
        min_value=1, max_value=26, label="How many meetings", help_text="The dates follow the group's cycle."
    )
    field_order = ("once", "first", "clock", "count")


class Change(When, RecordForm):
    reason = words("Why", rows=3, longest=1000)


class Sure(RecordForm):
    """Nothing is asked but the press of the button."""


class Why(RecordForm):
    reason = words("Why", rows=3, longest=1000)


class Came(RecordForm):
    """One question for each organisation with a seat on the group that day."""

    notes = words(
        "Opening of the minutes", required=False, help_text="Welcome, declarations of interest, the last minutes."
    )

    def __init__(
        self, seats: Iterable[tuple[Organisation, str]], held: dict[int, Attendance], *given: Any, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.organisations = []
        for organisation, post in seats:
            before = held.get(organisation.pk)
            self.organisations.append(organisation.pk)
            self.fields[f"came_{organisation.pk}"] = forms.ChoiceField(
                label=str(organisation),
                choices=Attendance.Kind.choices,
                widget=forms.RadioSelect,
                initial=before.kind if before else None,
                error_messages={"required": f"Say whether {organisation} came"},
            )
            self.fields[f"post_{organisation.pk}"] = forms.CharField(
                label=f"Post that came for {organisation}",
                max_length=200,
                required=False,
                initial=before.post if before else post,
            )

    def answers(self) -> dict[str, Any]:
        """What was said, as the step takes it."""
        cleaned = self.cleaned_data
        came = {pk: (cleaned[f"came_{pk}"], cleaned[f"post_{pk}"]) for pk in self.organisations}
        return {"came": came, **{name: cleaned[name] for name in ("notes", "seen", "once")}}


class Item(PageForm):
    title = forms.CharField(max_length=200, help_text="A few words. Leave out names of people.")
    purpose = words("What the group is asked to do", rows=3, required=False)
    lead = forms.CharField(max_length=200, required=False, label="Presented by", help_text="The post, not the person.")
    minutes = forms.IntegerField(min_value=1, max_value=480, required=False, label="Minutes allowed")
    exempt = forms.ChoiceField(
        choices=EXEMPT,
        required=False,
        label="Exempt from the public under",
        help_text="Local Government Act 1972, Schedule 12A. Only those with the right to exempt items then see it.",
    )


class ChangeItem(Item, RecordForm):
    place = forms.IntegerField(min_value=1, max_value=99, label="Place on the agenda")


class Minute(RecordForm):
    note = words("Minute", rows=8, longest=20000, help_text="What was said and agreed. Posts, never names.")


class Decide(PageForm):
    text = words("Decision", help_text="As it would be read out: “The board agreed to …”.")
    reason = words("Why", rows=3, required=False)


class Lay(PageForm):
    title = forms.CharField(max_length=Paper._meta.get_field("title").max_length, label="Title of the paper")
    file = UploadField(label="File")
