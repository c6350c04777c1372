from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from .people import User
from .sensitivity import classes


class SignedIn(models.Model):
    """One browser in which a person is signed in, so that they, or whoever keeps accounts, can end it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="signed_in")
    session_key = models.CharField(max_length=40, unique=True)
    began = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)
    browser = models.CharField(max_length=120, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)

    SENSITIVITY: ClassVar = classes(
        open="id",
        personal="user began seen browser address",
        secret="session_key",  # noqa: S106 -- the name of a class of field
    )

    class Meta:
        ordering: ClassVar = ["-seen"]

    def end(self) -> None:
        """Sign this browser out."""
        store().delete(self.session_key)
        self.delete()


def store(key: str | None = None) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


def live(user: User) -> list[SignedIn]:
    """The person's sessions that still hold; those that ran out are forgotten."""
    rows = list(user.signed_in.all())
    held = [row for row in rows if store().exists(row.session_key)]
    SignedIn.objects.filter(pk__in=[row.pk for row in rows if row not in held]).delete()
    return held
