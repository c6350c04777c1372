"""The records that a measure counts, for questions that need more of them than their number: where, at what hour, how often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period
from wardwise.store.dialect import named

from .definition import Measure
from .kinds import Kind
from .query import rows
from .reading import Held, Reading

if TYPE_CHECKING:
    import pyarrow as pa


def behind(
    measure: Measure, snapshot: Held, area: str, period: Period, columns: Sequence[str], engine: str = "duckdb"
) -> pa.Table:
    """Every record of one area and period that `measure` counts, with the named columns, in a fixed order.

    Exact places and dates are restricted: what is made of them goes through the release gate. Raises WardwiseError for a measure
    of totals or states, behind which there are no records.
    """
    if measure.count.kind is not Kind.EVENTS:
        raise WardwiseError(
            f"{measure.title} is counted from totals, so there are no records behind it.",
            where=measure.measure,
            next_step="Ask of a measure that counts records of offences or incidents.",
        )
    reading = Reading.of(snapshot, engine)
    reading.lend_members([area])
    query = rows(measure.count, period, (), measure.lists, columns, None)
    return reading.engine.run(reading.text(query), named(query.parameters))
