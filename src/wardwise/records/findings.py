"""The answer to a question, in one shape for every question, before release.

A finding holds named tables whose columns have roles. The roles let one release gate, one set of charts and one set of writers
serve every question. Numbers in sentences are references to cells, so that a hidden cell cannot leak through prose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .cells import Cell


class Role(StrEnum):
    LABEL = "label"
    AREA = "area"  # an area's code
    PERIOD = "period"  # a month (YYYY-MM) or a period in words
    COUNT = "count"  # a number of people, offences, incidents: what disclosure control protects
    BASE = "base"  # a denominator; open unless said otherwise
    VALUE = "value"  # a rate, share or statistic worked out from counts
    LOWER = "lower"
    UPPER = "upper"
    CHANGE = "change"  # difference of two counts
    PERCENT = "percent"
    VERDICT = "verdict"  # words about whether a change can be told from chance
    NOTE = "note"
    FIGURE = "figure"  # a figure's id; the column's `of` names the columns that show that figure
    KEY = "key"  # what names a count that is no figure, such as a cell of a grid, from product to product; for the register, never shown
    IDENTIFIER = "identifier"  # dropped for every audience but the analyst


@dataclass(frozen=True)
class Column:
    """A column of a finding's table.

    of: names of the COUNT columns that this one was worked out from. When one of them is hidden in a row, so is this. A derived
        column that names none is taken to come from every count in its row. For a FIGURE column: the columns that show the figure
        (needed only where a row has several counts); two cells of a product with the same figure are then known to be one number.
        For a KEY column: the count that the key names, or several, told apart by their columns' names.
        “points.value” names a COUNT column of another table of the same findings, in all its rows: a forecast is worked out from the
        months of another table. When any of them is hidden, so is the whole column; where they are rounded, so are its cells.
    whole: worked out from `of` in all rows, not in its own row alone, e.g. the mean of a control chart.
    decimals: how many to show; None shows a whole number.
    unit: shown in the heading, e.g. "per 1,000 residents".
    """

    name: str
    role: Role
    title: str
    of: tuple[str, ...] = ()
    decimals: int | None = None
    unit: str = ""
    whole: bool = False


Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Ref:
    """One cell: table, row number (from 0) and column of this finding."""

    table: str
    row: int
    column: str


@dataclass(frozen=True)
class Table:
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def having(self, role: Role) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role is role)


@dataclass(frozen=True)
class Sum:
    """total = the sum of parts (cells with role COUNT). Given so that hidden cells cannot be subtracted back."""

    total: Ref
    parts: tuple[Ref, ...]


@dataclass(frozen=True)
class Statement:
    """A sentence with {names} for cells. `hidden` is said instead when any of the cells may not be shown.

    formats: for a name, one of count, signed, size, percent, signed-percent, percent-size, points, rate, text, period, month. A size
    has no sign: “fell by 4 (5.3%)”.
    """

    text: str
    refs: Mapping[str, Ref] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    hidden: str = "A number behind this could identify someone, so it is not told here."


@dataclass(frozen=True)
class Findings:
    """name: unique in a product. profile: which disclosure thresholds apply (standard, sensitive, health).

    method: how this question was answered. shared_methods: what other questions are answered by too, word for word the same, so
    that a product can say it once.
    """

    name: str
    title: str
    tables: Mapping[str, Table]
    statements: tuple[Statement, ...] = ()
    sums: tuple[Sum, ...] = ()
    method: str = ""
    shared_methods: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    profile: str = "standard"
    meta: Mapping[str, Cell] = field(default_factory=dict)
    """Facts a chart needs that are not cells, e.g. the area's name. No counts."""
