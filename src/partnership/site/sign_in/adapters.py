"""What we decide where django-allauth asks: nobody makes their own account, and one sign-on opens only an account that is there."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from ...organisations.models import User


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is wrong",
        "too_many_login_attempts": "Too many wrong tries. Wait a quarter of an hour, then try again",
        "incorrect_password": "The password is wrong",
        "enter_current_password": "Enter your present password",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by django-axes, in the database, for all processes together."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return address(request)


class OneSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A council's own sign-in opens the account with the e-mail address that the council has checked, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes from an app, passkeys and recovery codes, under the partnership's name."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is wrong. Wait for the next one, then try again"
    }

    def get_totp_issuer(self) -> str:
        return "Wardwise"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Wardwise"}


def username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whose account is being tried, for the counting of wrong tries."""
    given = (credentials or {}).get("email") or (credentials or {}).get("username")
    return str(given or request.POST.get("login", "")).strip().lower()


def address(request: HttpRequest) -> str:
    """The address the request came from. Each of our own proxies has added the one it saw to the end of X-Forwarded-For."""
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(seen) >= settings.PROXIES:
        return seen[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR") or "127.0.0.1")


def shown(user: User) -> str:
    """How allauth names a person in its own words."""
    return user.name
