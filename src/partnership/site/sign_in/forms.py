"""allauth's forms in our words: plain labels, nothing that vanishes when one begins to type."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as keys

from ...organisations.forms import speak_plainly

LONG_ENOUGH = "12 letters or more. Three or four words that do not belong together are good. Not one you use elsewhere."
LABELS = {
    "login": ("E-mail address", ""),
    "email": ("E-mail address", "The one your account is under."),
    "password": ("Password", ""),
    "oldpassword": ("Present password", ""),
    "password1": ("New password", LONG_ENOUGH),
    "password2": ("New password again", ""),
    "code": ("Code", ""),
    "name": ("Name of this key", "So that you know it again, such as “Work phone”."),
    "passwordless": (
        "Sign in with this key alone",
        "The key then asks for your finger, face or number instead of a password.",
    ),
}


class Plain:
    """Our label and hint on each box."""

    use_required_attribute = False
    fields: dict[str, Any]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in LABELS:
                field.label, field.help_text = LABELS[name]
            speak_plainly(field)


class SignIn(Plain, account.LoginForm):
    pass


class SignInAgain(Plain, account.ReauthenticateForm):
    pass


class NewPassword(Plain, account.ChangePasswordForm):
    pass


class FirstPassword(Plain, account.SetPasswordForm):
    pass


class Forgotten(Plain, account.ResetPasswordForm):
    pass


class AfterForgetting(Plain, account.ResetPasswordKeyForm):
    pass


class Code(Plain, second.AuthenticateForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["code"].help_text = "The six figures your app shows, or one of your recovery codes."


class CodeAgain(Plain, second.ReauthenticateForm):
    pass


class SetUpApp(Plain, app.ActivateTOTPForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["code"].label, self.fields["code"].help_text = "Code from the app", "Six figures."


class RemoveApp(Plain, app.DeactivateTOTPForm):
    pass


class NewCodes(Plain, codes.GenerateRecoveryCodesForm):
    pass


class AddKey(Plain, keys.AddWebAuthnForm):
    pass


class UseKey(Plain, keys.AuthenticateWebAuthnForm):
    pass
