"""Forms for duties: a box for each slot of evidence that the duty declares."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from wardwise.definitions.duties import Duty, duties

from ..access.who import Who
from ..meetings.forms.choices import taking_part
from ..organisations.forms import DayField, PageForm, RecordForm
from ..organisations.models import Organisation
from .models import DutyDue


class EvidenceForm(RecordForm):
    """Every slot of the duty, with what stands in it. `all_optional` while evidence is only being gathered."""

    def __init__(self, row: DutyDue, *given: Any, all_optional: bool = True, **named: Any) -> None:
        super().__init__(*given, **named)
        declared = duties().get(row.duty)
        self.slots = declared.evidence if declared else ()
        for slot in self.slots:
            self.fields[slot.name] = forms.CharField(
                label=slot.label,
                required=slot.needed and not all_optional,
                max_length=1_000,
                error_messages={"required": f"Enter “{slot.label}”"},
                initial=row.evidence.get(slot.name, ""),
            )

    def evidence(self) -> dict[str, str]:
        return {slot.name: self.cleaned_data.get(slot.name, "") for slot in self.slots}


class MeetForm(EvidenceForm):
    met_on = DayField(label="Day it was met", latest=timezone.localdate)

    def __init__(self, row: DutyDue, *given: Any, **named: Any) -> None:
        super().__init__(row, *given, all_optional=False, **named)


class WhyForm(RecordForm):
    reason = forms.CharField(label="Why", widget=forms.Textarea, max_length=2_000)


class MoveForm(WhyForm):
    due = DayField(label="Due day")
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Who answers for it", required=False)

    def __init__(self, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["owner"].queryset = taking_part(who)
        self.order_fields(["once", "seen", "due", "owner", "reason"])


class StartForm(PageForm):
    happened = DayField(label="Day it happened", latest=timezone.localdate)

    def __init__(self, duty: Duty, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["happened"].help_text = f"{duty.when.what}. It is due {duty.when.days} days after."


class YearForm(PageForm):
    year = forms.TypedChoiceField(label="Year from 1 April", coerce=int, widget=forms.RadioSelect)

    def __init__(self, this: int, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["year"].choices = [(year, f"{year}-{(year + 1) % 100:02d}") for year in (this - 1, this, this + 1)]
