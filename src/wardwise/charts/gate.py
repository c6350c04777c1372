"""The one question every chart and table asks first: did this come through the release gate?"""

from __future__ import annotations

from wardwise.disclosure.released import Released
from wardwise.records.errors import WardwiseError


def released_only(finding: object) -> Released:
    """`finding` itself. Raises WardwiseError when it is anything but a released finding."""
    if isinstance(finding, Released):
        return finding
    raise WardwiseError(
        "Only released findings may be drawn or set in a table.",
        where=type(finding).__name__,
        next_step="Pass it through disclosure.release first.",
    )
