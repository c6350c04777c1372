"""Choices that several forms of this room ask for: organisations that take part, groups one may see, posts that may lead."""

from __future__ import annotations

from typing import Any

from django import forms

from ...access.scope import rows
from ...access.who import Who
from ...organisations.models import Membership, Organisation, on
from ..models import EXEMPT_PARAGRAPHS, Group

EXEMPT = [("", "Not exempt"), *EXEMPT_PARAGRAPHS]


class PostChoice(forms.ModelChoiceField):
    """Members by their posts, never by their names."""

    def label_from_instance(self, member: Membership) -> str:
        return str(member.post)


def taking_part(who: Who) -> Any:
    """Organisations that take part in the partnership today."""
    return Organisation.objects.filter(
        on(who.today, "standings__"), standings__partnership_id=who.partnership_id
    ).distinct()


def open_groups(who: Who) -> Any:
    return rows(who, Group).filter(status="open")


def in_post(who: Who) -> Any:
    """People who take part today and have a post."""
    held = Membership.objects.filter(on(who.today), partnership_id=who.partnership_id, post__isnull=False)
    return held.filter(user__is_active=True).select_related("post__organisation").order_by("organisation__name", "id")


def words(label: str, *, rows: int = 4, longest: int = 4000, **more: Any) -> forms.CharField:
    """A box for a few sentences."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=longest, **more)
