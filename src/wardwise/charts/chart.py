"""A drawn chart: its Vega-Lite specification, the words that say the same, and the table of its data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Table


@dataclass(frozen=True)
class Chart:
    """title: the finding. subtitle: measure, area, period, unit. alt: what the picture says, in words. table: the data drawn.

    first_rows: how many rows of the table stand out, where the others need not be printed; 0 for all.

    spec holds no title, so that a document can set the words in its own type; `render` adds them for a picture on its own.
    """

    spec: dict[str, Any]
    alt: str
    title: str
    subtitle: str
    source: str
    table: Table
    first_rows: int = 0

    def __post_init__(self) -> None:
        if not (self.alt.strip() and self.title.strip()):
            raise WardwiseError(
                "A chart needs a title and words for those who cannot see it.", where=self.title or self.subtitle
            )
