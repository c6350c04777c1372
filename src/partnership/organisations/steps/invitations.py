"""The signed link of an invitation. It names no person, and ends with the invitation or when it is sent again."""

from __future__ import annotations

from datetime import date

from django.core import signing

from ..models import Invitation

SALT = "partnership.invitation"


def token(invitation: Invitation) -> str:
    return signing.dumps([invitation.reference, invitation.version], salt=SALT)


def invited(link: str, today: date) -> Invitation | None:
    """The invitation a link opens today; None when it was changed, used, withdrawn, sent again or is past its day."""
    try:
        reference, version = signing.loads(link, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    holds = {"reference": reference, "version": version, "status": "sent", "expires__gte": today}
    return Invitation.unscoped_rows.filter(**holds).select_related("partnership", "organisation").first()
