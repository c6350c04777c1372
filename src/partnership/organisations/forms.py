"""What every form of the site is: its own number, plain words for what is missing, and the record's own refusals beside their boxes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from .fields import DayField, within
from .uploads import UploadField

R = TypeVar("R")

__all__ = ["DayField", "FilterForm", "PageForm", "RecordForm", "UploadField"]


OUT_OF_DATE = dict.fromkeys(
    ("required", "invalid"), "This page is out of date. Open the record again and repeat the change"
)


class PageForm(forms.Form):
    """A form that changes something. Name its fields as the step names what it takes: `step(record, by=who,
    **form.cleaned_data)` then needs no other line. `once` is the form's own number: sent twice, it is acted on once.
    """

    use_required_attribute = False
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial.setdefault("once", secrets.token_urlsafe(24))
        for name, field in self.fields.items():
            field.label = field.label or forms.utils.pretty_name(name)
            if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = _rows(field.widget)
            speak_plainly(field)

    def take(self, step: Callable[..., R], *given: Any, **named: Any) -> R | None:
        """Take a step with what was typed. What the record itself refuses is put beside its box, and None comes back."""
        try:
            return step(*given, **named)
        except ValidationError as refused:
            self._put(refused)
            return None

    def _put(self, refused: ValidationError) -> None:
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, errors in refused.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class RecordForm(PageForm):
    """A form that changes a record somebody may be changing too. Give it `seen`, the version shown; the step compares it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=OUT_OF_DATE)

    def __init__(self, *given: Any, seen: int | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        if seen is not None:
            self.initial["seen"] = seen


class FilterForm(forms.Form):
    """Questions that narrow a list, in its address. Every answer may be left out."""

    use_required_attribute = False
    says_optional = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field in self.fields.values():
            field.required = False

    def chosen(self) -> dict[str, Any]:
        """The answers that were given and make sense; nothing else narrows the list."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}


def speak_plainly(field: forms.Field) -> None:
    """Our words in place of Django's. None says back what was sent."""
    said = field.error_messages
    if said.get("required") == forms.Field.default_error_messages["required"]:
        said["required"] = missing(field)
    said.setdefault("max_length", f"{field.label} must be %(limit_value)d characters or fewer")
    if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
        field.empty_label = "Choose one" if field.required else "None"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        said["invalid_choice"] = said["invalid_list"] = "Choose one of the answers shown"
    if (
        isinstance(field, forms.IntegerField)
        and said.get("invalid") == forms.IntegerField.default_error_messages["invalid"]
    ):
        said["invalid"] = f"{field.label} must be a whole number, like 12"
        said.setdefault("min_value", f"{field.label} must be %(limit_value)s or more")
        said.setdefault("max_value", f"{field.label} must be %(limit_value)s or less")
    if isinstance(field, forms.EmailField):
        said["invalid"] = "Enter an e-mail address like name@example.org"


def _rows(box: forms.Widget) -> Any:
    """Django gives every box ten rows; five are enough unless the form says otherwise."""
    return 5 if box.attrs.get("rows") == "10" else box.attrs.get("rows")


QUESTIONS = ("who", "what", "when", "where", "which", "why", "how", "is", "are", "may", "does", "do")
DEFINITE = ("the", "a", "an", "your", "its", "any")


def missing(field: forms.Field) -> str:
    """What to say where an answer is missing: "Enter the due date", "Choose the owner", "Answer “Who has been told”"."""
    label = str(field.label)
    first = label.split(" ", 1)[0].lower()
    if label.endswith("?") or first in QUESTIONS:
        return f"Answer “{label}”"
    chooses = isinstance(field, forms.FileField | forms.ChoiceField | forms.ModelChoiceField | forms.BooleanField)
    return f"{'Choose' if chooses else 'Enter'} {'' if first in DEFINITE else 'the '}{within(label)}"
