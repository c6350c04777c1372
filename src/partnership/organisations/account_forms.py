"""Forms of the pages that keep accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ..access.who import Who
from .forms import DayField, PageForm, RecordForm
from .models import Invitation, Membership, Organisation, User, on
from .roles import ROLES

TITLES = [(role.name, role.title) for role in ROLES.values()]
WHY = {"label": "Why", "max_length": 300, "widget": forms.Textarea(attrs={"rows": 3})}


class InviteForm(PageForm):
    """Who is asked, for whom they sit, and what they may do."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    name = forms.CharField(label="Name", max_length=200)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation they sit for")
    post = forms.CharField(label="Post", max_length=200, required=False)
    roles = forms.MultipleChoiceField(choices=TITLES, label="Roles", widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(**WHY)

    def __init__(self, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        part = on(who.today, "standings__")
        taking = Organisation.objects.filter(part, standings__partnership_id=who.partnership_id).distinct()
        self.fields["organisation"].queryset = taking


class GiveRoleForm(RecordForm):
    role = forms.ChoiceField(choices=TITLES, label="Role", widget=forms.RadioSelect)
    valid_from = DayField(label="First day", required=False, help_text="Left out: today.")
    valid_to = DayField(label="Last day", required=False, help_text="Left out: until it is ended.")
    reason = forms.CharField(**WHY)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Last day must be on or after the first day")
        return given


class EndRoleForm(RecordForm):
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    reason = forms.CharField(**WHY)

    def __init__(self, member: Membership, who: Who, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        held = member.roles.exclude(valid_to__lt=who.today)
        self.fields["role"].choices = [(role.role, str(role)) for role in held]


class ReasonForm(PageForm):
    reason = forms.CharField(**WHY)


class AcceptForm(PageForm):
    """The password of a new account, twice."""

    password = forms.CharField(
        label="Password",
        help_text="12 letters or more. Three or four words that do not belong together are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="Password again", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, invitation: Invitation, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        password = given.get("password")
        if password and given.get("password_again") and password != given["password_again"]:
            self.add_error("password_again", "The two passwords are not the same")
        if password:
            try:
                validate_password(password, User(email=self.invitation.email, name=self.invitation.name))
            except ValidationError as weak:
                self.add_error("password", weak)
        return given
