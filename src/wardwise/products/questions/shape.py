"""What a question is: it is given the enquiry, the block's name and the block's options, and gives findings, or None."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wardwise.analysis import year_to_date
from wardwise.records.findings import Findings
from wardwise.records.periods import Period, shift

from ..enquiry import Enquiry

Options = dict[str, Any]
Question = Callable[[Enquiry, str, Options], Findings | None]


def chosen(at: Enquiry, choice: Any) -> Any:
    """Of a list of measures that answer the same question from different files, the first that is held for the last month and the same
    month a year before; None when none is held. A measure by itself as it is."""
    if isinstance(choice, str):
        return choice
    month = Period(at.period.end, at.period.end)
    return year_to_date.first_held(at.asker, choice, at.area, month, month.year_before())


def last(at: Enquiry, given: Options) -> Period:
    """The product's period; only its last so many months where a block says `last`."""
    months = int(given.get("last", 0))
    return Period(shift(at.period.end, 1 - months), at.period.end) if months else at.period
