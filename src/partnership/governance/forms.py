"""Forms made from the declaration of a register: a box for each answer, checked by the same rules as everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms

from wardwise.definitions.registers import Answer, Register

from ..access.scope import rows
from ..access.who import Who
from ..meetings.forms.choices import taking_part
from ..meetings.models import Group
from ..organisations.forms import DayField, PageForm
from ..organisations.models import Organisation
from .answers import NotRight, checked
from .models import Priority

YES_NO = (("yes", "Yes"), ("no", "No"))


def _field(answer: Answer) -> forms.Field:
    """The box for one answer. What it holds is checked by `answers.checked`, so that a form asks no more and no less."""
    said = {"label": answer.label, "help_text": answer.hint, "required": answer.needed}
    match answer.kind:
        case "date":
            return DayField(**said)
        case "long":
            return forms.CharField(widget=forms.Textarea, **said)
        case "choice":
            return forms.ChoiceField(choices=_choices(answer), widget=forms.RadioSelect, **said)
        case "choices":
            return forms.MultipleChoiceField(choices=_choices(answer), widget=forms.CheckboxSelectMultiple, **said)
        case "yes-no":
            return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **said)
        case _:
            return forms.CharField(max_length=1_000, **said)


def _choices(answer: Answer) -> list[tuple[str, str]]:
    return [(choice, choice) for choice in answer.choices]


class AnswersForm(PageForm):
    """The answers that a register, or one of its moves, asks for. Made by `asking`."""

    register: Register
    asked: tuple[str, ...] = ()

    def answers(self) -> dict[str, Any]:
        """The answers as they are kept. Ask it after `is_valid`."""
        return {name: self.cleaned_data.get(name) for name in self.asked}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            checked(self.register, {name: cleaned.get(name) for name in self.asked}, self.asked)
        except NotRight as wrong:
            for name, message in wrong.messages.items():
                if name not in self.errors:
                    self.add_error(name, message)
        return cleaned


class EntryForm(AnswersForm):
    """A whole entry: its title, whose it is, and every answer that the person may give."""

    title = forms.CharField(max_length=200, label="Title", help_text="A few words. Leave out names of people.")
    owner = forms.ModelChoiceField(Organisation.objects.none(), label="Who answers for it", required=False)
    group = forms.ModelChoiceField(Group.unscoped_rows.none(), label="Group it belongs to", required=False)
    priority = forms.ModelChoiceField(Priority.unscoped_rows.none(), label="Priority it belongs to", required=False)
    private = forms.BooleanField(
        label="Keep this entry restricted",
        help_text="Only people with the right, and the organisation that answers for it, will know it is there.",
        required=False,
    )

    def __init__(self, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = {
            "owner": taking_part(who) if self.register.owned else None,
            "group": rows(who, Group) if self.register.by_group else None,
            "priority": rows(who, Priority) if self.register.by_priority else None,
        }
        for name, choice in choices.items():
            if choice is None:
                del self.fields[name]
            else:
                self.fields[name].queryset = choice
        if not self.register.may_be_private:
            del self.fields["private"]
        self.order_fields(["once", "title", *self.asked, "owner", "group", "priority", "private", "reason"])

    def core(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name]
            for name in ("title", "owner", "group", "priority", "private")
            if name in self.cleaned_data
        }


F = TypeVar("F", bound=AnswersForm)


def asking(form: type[F], register: Register, asked: Iterable[str], *, reason: bool = False) -> type[F]:
    """The form with a box for each answer asked for, and one for the reason where the step needs one."""
    asked = tuple(asked)
    boxes: dict[str, Any] = {name: _field(register.answer(name)) for name in asked}
    if reason:
        boxes["reason"] = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))
    return type(form)(form.__name__, (form,), {**boxes, "register": register, "asked": asked, "__module__": __name__})


def initial(answers: Mapping[str, Any], register: Register) -> dict[str, Any]:
    """Kept answers as a form shows them again."""
    shown = dict(answers)
    for answer in register.answers:
        value = shown.get(answer.name)
        if answer.kind == "date" and value:
            shown[answer.name] = date.fromisoformat(value)
        if answer.kind == "yes-no" and value is not None:
            shown[answer.name] = "yes" if value else "no"
    return shown
