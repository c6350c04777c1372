"""The share of all harm that each kind of crime holds, for those who weigh matters against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardwise.records.periods import Period

    from .asking import Asker


def shares_of_harm(ask: Asker, area: str, period: Period) -> dict[str, float]:
    """Percent."""
    return {}
