"""Every kind of record that can be listed, searched, exported and asked for over the API."""

from __future__ import annotations

from ..access.kinds import Kind
from ..governance.kinds import KINDS as GOVERNANCE
from ..meetings.kinds import KINDS as MEETINGS
from ..organisations.people import KINDS as PEOPLE

KINDS: dict[str, Kind] = {kind.name: kind for kind in (*MEETINGS, *GOVERNANCE, *PEOPLE)}
