"""What a cell may hold besides a number or words: hidden, or not supplied. Neither is zero, and they are not each other."""

from __future__ import annotations

from datetime import date
from enum import Enum


class Mark(Enum):
    """SUPPRESSED: there is a number and it may not be shown. MISSING: nobody supplied one. NOT_APPLICABLE: there can be none."""

    SUPPRESSED = "[c]"
    MISSING = "not supplied"
    NOT_APPLICABLE = "–"

    def __str__(self) -> str:
        return self.value


SUPPRESSED = Mark.SUPPRESSED
MISSING = Mark.MISSING
NOT_APPLICABLE = Mark.NOT_APPLICABLE

Cell = int | float | str | bool | date | Mark
