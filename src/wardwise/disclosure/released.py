"""Findings that may be shown to an audience. Charts and reports take these and nothing else.

Only `release()` can make a `Released`: the class asks for a seal that this folder keeps to itself, and `dataclasses.replace` is
refused too. A hidden cell holds `Mark.SUPPRESSED`, which is not zero and not missing. Words are made in `reports`, from
the cells of a `Sentence`; no number that was hidden is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from enum import StrEnum
from types import MappingProxyType

from ..records.cells import SUPPRESSED, Cell
from ..records.errors import WardwiseError
from ..records.findings import Ref, Table

SEAL = object()
"""Held by this folder alone. Handing it over anywhere else is a lie that a reviewer can search for."""


class Audience(StrEnum):
    """Who will read it. analyst: the partnership's own analysts, who see everything. partnership: the responsible authorities
    and panels, in papers that are not published. public: anyone."""

    ANALYST = "analyst"
    PARTNERSHIP = "partnership"
    PUBLIC = "public"


@dataclass(frozen=True)
class Sentence:
    """A statement with its cells looked up after release.

    text: words with {names}. cells: what to put there. formats: how to say each (see records.findings.Statement).
    whole: False when a cell it needs is hidden; then `text` is the statement's `hidden` sentence and there are no cells.
    """

    text: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True


@dataclass(frozen=True)
class Released:
    """One question's findings, as this audience may see them. Identifier columns are dropped for all but the analyst. Rows keep their
    order, except in a list sorted by a number that is hidden in some rows: those go to the end, as their place would tell.

    key: the sentence to print under a table that has hidden cells; empty when there are none. rounding: the one to print where
    counts are rounded; empty where they are not.
    hidden: how many cells of the tables are hidden.
    """

    name: str
    title: str
    audience: Audience
    profile: str
    tables: Mapping[str, Table]
    statements: tuple[Sentence, ...] = ()
    method: str = ""
    shared_methods: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    meta: Mapping[str, Cell] = field(default_factory=dict)
    key: str = ""
    rounding: str = ""
    hidden: int = 0
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not SEAL:
            raise WardwiseError(
                "Only the release gate can make released findings.",
                where=self.name,
                next_step="Pass the findings through wardwise.disclosure.release.",
            )
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))
        object.__setattr__(self, "meta", MappingProxyType(dict(self.meta)))

    def table(self, name: str = "") -> Table:
        """The table called `name`; without a name, the first. Raises WardwiseError when there is none."""
        if not name and self.tables:
            return next(iter(self.tables.values()))
        if name not in self.tables:
            raise WardwiseError(
                f"There is no table called “{name}”.",
                where=self.name,
                next_step=f"Use one of: {', '.join(self.tables) or '(it has none)'}.",
            )
        return self.tables[name]

    def cell(self, ref: Ref) -> Cell:
        """What this audience may see in one cell. Raises WardwiseError when there is no such table, KeyError or IndexError
        when the table has no such column or row."""
        return self.table(ref.table).rows[ref.row][ref.column]

    def shows(self, ref: Ref) -> bool:
        """False when the cell is hidden. A cell that was not supplied is not hidden."""
        return self.cell(ref) is not SUPPRESSED
