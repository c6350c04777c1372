"""The one question every chart and table asks first: did this come through the release gate?"""

from __future__ import annotations

from wardwise.disclosure.released import Released
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Table


def released_only(finding: object) -> Released:
    """`finding` itself. Raises WardwiseError when it is anything but a released finding."""
    if isinstance(finding, Released):
        return finding
    raise WardwiseError(
        "Only released findings may be drawn or set in a table.",
        where=type(finding).__name__,
        next_step="Pass it through disclosure.release first.",
    )


def filled(finding: object, table: str = "") -> Table:
    """The table to draw: the one named, else the first. Raises WardwiseError when the finding was not released, when it has no such
    table, and when the table has no rows."""
    chosen = released_only(finding).table(table)
    if not chosen.rows:
        raise WardwiseError("There is nothing to draw.", where=chosen.title, next_step="Leave the chart out.")
    return chosen
