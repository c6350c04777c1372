"""What the parts of the demo hand to one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from wardwise.definitions import find

from ...access.who import Who
from ...meetings.models import Group
from ...organisations.models import Organisation, Partnership


@dataclass
class Story:
    """`organisations` and `groups` by the short key their file gives them; `accounts` are printed by `make serve`."""

    partnership: Partnership
    by: Who
    organisations: dict[str, Organisation] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    accounts: list[tuple[str, str, str]] = field(default_factory=list)

    def day(self, offset: int) -> date:
        """A day near today: the demo is dated around the day it is made."""
        return self.by.today + timedelta(days=offset)


def read(name: str) -> dict[str, Any]:
    """One of the demo's files in definitions/demo/site."""
    path = next(path for path in find.files("demo/site") if path.stem == name)
    return find.read(path)
