"""Boxes that ask for a day or a file, and say plainly what is wrong with what was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Typed = tuple[str, str, str]
"""Day, month and year as they were typed."""


class DayInput(forms.Widget):
    """Three boxes, typed and not picked: dates at hand in papers are quicker to type, and everyone can."""

    template_name = "django/forms/widgets/day.html"
    use_fieldset = True
    boxes = PARTS

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}_day" if id_ else id_

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        day, month, year = (str(data.get(f"{name}_{part}") or "").strip() for part, _, _ in PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part, _, _ in PARTS)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = _typed(value)
        wrong = (attrs or {}).get("aria-invalid") == "true"
        context["widget"]["boxes"] = [
            {"part": part, "label": label, "width": width, "value": said, "wrong": wrong}
            for (part, label, width), said in zip(PARTS, typed, strict=True)
        ]
        return context


class DayField(forms.Field):
    """A day. The month may be a number or its name. `earliest` and `latest` are days, or functions that give one."""

    widget = DayInput

    def __init__(
        self,
        *,
        earliest: date | Callable[[], date] | None = None,
        latest: date | Callable[[], date] | None = None,
        **more: Any,
    ) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**more)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value is None:
            return value
        typed = _typed(value)
        if not any(typed):
            return None
        name = self.label or "The date"
        missing = [part for (part, _, _), said in zip(PARTS, typed, strict=True) if not said]
        if missing:
            raise ValidationError(f"{name} must include a {' and a '.join(missing)}")
        day, month, year = typed
        if not (year.isdecimal() and len(year) == 4):
            raise ValidationError(f"The year of {within(name)} must have 4 figures, like 2026")
        try:
            return date(int(year), _month(month), int(day))
        except (ValueError, OverflowError):
            raise ValidationError(f"{name} must be a real date") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        earliest, latest = _day(self.earliest), _day(self.latest)
        if earliest and value < earliest:
            raise ValidationError(f"{self.label or 'The date'} must be {_said(earliest)} or later")
        if latest and value > latest:
            raise ValidationError(f"{self.label or 'The date'} must be {_said(latest)} or earlier")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


def _typed(value: Any) -> Typed:
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    return value if isinstance(value, tuple) and len(value) == 3 else ("", "", "")


def _month(said: str) -> int:
    return int(said) if said.isdecimal() else MONTHS.index(said[:3].lower()) + 1


def _day(bound: date | Callable[[], date] | None) -> date | None:
    return bound() if callable(bound) else bound


def _said(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def within(label: str) -> str:
    """A label in the middle of a sentence: "Due date" becomes "due date", "PCC copy" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
