"""What every page needs: the partnership's name, whether it is made up, and the places a person may go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ..organisations.models import Partnership


def page(request: HttpRequest) -> dict[str, Any]:
    """`partnership` is the one the person works in, or, for visitors, the only one there is."""
    who = getattr(request, "who", None)
    found = (
        Partnership.objects.filter(pk=who.partnership_id).first() if who else Partnership.objects.order_by("id").first()
    )
    return {"partnership": found, "who": who or None}
