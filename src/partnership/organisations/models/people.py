from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from ..roles import ROLES
from .dated import Dated, in_order
from .organisation import Organisation
from .partnership import Partnership
from .record import COMMON, Record
from .sensitivity import classes


class Accounts(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **facts: Any) -> User:
        user: User = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can sign in. What they may do comes from their memberships, never from the account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField("can sign in", default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    last_seen = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = Accounts()

    SENSITIVITY: ClassVar = classes(
        open="id is_active",
        personal="email name date_joined last_seen last_login",
        secret="password",  # noqa: S106 -- the name of a class of field
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Post(Dated):
    """A post in an organisation. Public pages and papers name posts, never the people in them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)

    SENSITIVITY: ClassVar = classes(open="id organisation title valid_from valid_to")

    class Meta:
        constraints: ClassVar = [in_order("post_dates_in_order")]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"


class Membership(Record, Dated):
    """A person takes part in a partnership for an organisation, in a post: current → ended, from a day to a day. Its
    reference stands for the person in addresses and in the record of who did what."""

    status = models.CharField(max_length=20, default="current")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")

    objects = models.Manager()

    SENSITIVITY: ClassVar = classes(open=COMMON + " user organisation post valid_from valid_to")

    class Meta:
        constraints: ClassVar = [in_order("membership_dates_in_order")]

    def __str__(self) -> str:
        return f"{self.user} for {self.organisation}"


class RoleHeld(Dated):
    """A role that a member holds from a day to a day, with who gave it and why."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role.name, role.title) for role in ROLES.values()])
    reason = models.CharField(max_length=300, blank=True)

    SENSITIVITY: ClassVar = classes(open="id membership role reason valid_from valid_to")

    class Meta:
        constraints: ClassVar = [in_order("role_dates_in_order")]

    def __str__(self) -> str:
        return ROLES[self.role].title if self.role in ROLES else self.role
