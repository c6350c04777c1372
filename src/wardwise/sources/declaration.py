"""A source's declaration: how its files are recognised, and which column becomes what. The checked object is what travels.

The format is described for the people who write declarations in docs/reference/sources.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ..records.columns import Table, Type
from ..records.figures import fingerprint
from ..records.tables import TABLES

Kind = Literal[
    "text",
    "code",
    "slug",
    "force",
    "month",
    "date",
    "time",
    "year",
    "integer",
    "number",
    "flag",
    "hex",
    "geometry",
]
"""What the text of a cell is read as. `KIND_OF` gives the one that is used when a declaration says none."""

KIND_OF: dict[Type, Kind] = {
    Type.TEXT: "text",
    Type.INTEGER: "integer",
    Type.NUMBER: "number",
    Type.MONTH: "month",
    Type.DATE: "date",
    Type.TIME: "time",
    Type.FLAG: "flag",
    Type.BYTES: "hex",
}


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"“{text}” is not a regular expression: {error}") from error
    return text


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _unquoted(words: object) -> object:
    """YAML reads an unquoted Yes or No as true or false; both spellings are meant."""
    if not isinstance(words, dict):
        return words
    spelt = {True: ("yes", "true"), False: ("no", "false")}
    return {
        name: value for key, value in words.items() for name in (spelt[key] if isinstance(key, bool) else (str(key),))
    }


Pattern = Annotated[str, AfterValidator(_pattern)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Words = Annotated[dict[str, str | bool | int | float | None], BeforeValidator(_unquoted)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)


class Mapping(_Strict):
    """Where one value comes from (exactly one of from, constant, group, cell, file) and how its text is read."""

    columns: Names = Field(default=(), alias="from")
    """Header names; the first that the file has is used."""
    constant: str | None = None
    group: str | None = None
    """A named group of `unpivot.columns`: a piece of the column's heading."""
    cell: bool = False
    """The cell under an unpivoted heading."""
    file: Pattern | None = None
    """A regular expression searched for in the file's name; its group `value` is taken."""
    sheet: Pattern | None = None
    """The same for the name of a workbook's sheet."""
    kind: Kind | None = Field(default=None, alias="as")
    words: Words = {}
    """Values that stand for others, compared without regard to capitals. A value that is not listed stays as it is."""
    empty: Names = ()
    """Values that mean “not known” besides an empty cell."""
    year: str | None = None
    """For a month that is written without its year: the heading, or the group of `unpivot.columns`, that holds the year.
    2015-16 and 2015/16 run from April to March, 2016 from January to December."""
    minimum: float | None = None
    """A number below this cannot be right, where the table itself would allow it."""
    matching: Pattern | None = None
    """Text in which this finds nothing cannot be right: the row's cells stand in the wrong columns, say."""
    formats: Names = ()
    """More ways to write a date or month, such as %d.%m.%Y, tried after the usual ones."""
    default: str | None = None
    """Used where the cell is empty."""
    optional: bool = False
    """The file may lack the column; the value is then not known."""

    @model_validator(mode="after")
    def _one_origin(self) -> Mapping:
        given = [
            bool(self.columns),
            self.constant is not None,
            self.group is not None,
            self.cell,
            self.file is not None,
            self.sheet is not None,
        ]
        if sum(given) != 1:
            raise ValueError("say exactly one of from, constant, group, cell, file, sheet")
        if any(each is not None and "(?P<value>" not in each for each in (self.file, self.sheet)):
            raise ValueError("the expression under file or sheet needs a group (?P<value>…)")
        if self.year is not None and self.kind not in (None, "month"):
            raise ValueError("year belongs with a month")
        return self


Columns = dict[str, Mapping]


class Recognise(_Strict):
    """What must be true of a file for it to be this source. Header names are compared without case and outer spaces."""

    columns: Names = ()
    matching: Names = ()
    """Regular expressions; each must match some header name."""
    without: Names = ()
    """Header names that must not be there."""
    file: Pattern | None = None
    """A regular expression searched for in the file's name, without regard to case."""
    sheet: Pattern | None = None

    @model_validator(mode="after")
    def _something(self) -> Recognise:
        if not self.columns and not self.matching:
            raise ValueError("name at least one column to recognise the file by")
        for text in self.matching:
            _pattern(text)
        return self


class Unpivot(_Strict):
    """Headings that are values: each cell under a heading that matches becomes a record; an empty cell makes none."""

    columns: Pattern


class Point(_Strict):
    """British National Grid coordinates, in metres, turned into longitude and latitude."""

    easting: Names
    northing: Names
    optional: bool = False
    """The file may lack them, or leave them empty; longitude and latitude are then read from their own columns."""


class Row(_Strict):
    """One of several records that a line gives: its columns, besides those that all share."""

    columns: Columns
    when: Names = ()
    """The record is made only where these columns of the file are filled in."""


class Note(_Strict):
    """Something worth counting in rows that are accepted as they are, and the words to report it with."""

    count: Literal["empty", "repeats", "elsewhere"]
    of: Names
    where: dict[str, str] = {}
    say: str


class Source(_Strict):
    """One source, checked against the canonical table that it fills."""

    source: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: str
    owner: str
    table: str
    serves: tuple[str, ...] = ()
    about: str = ""
    prescribed: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    """The paragraphs of the Crime and Disorder (Prescribed Information) Regulations 2007 (SI 2007/1831, schedule) that name what
    it carries: partners must share it."""
    recognise: Recognise
    supplier: Mapping
    columns: Columns = {}
    rows: tuple[Row, ...] = ()
    unpivot: Unpivot | None = None
    point: Point | None = None
    points: Literal["snapped", "exact"] = "snapped"
    """exact: coordinates are the place itself. snapped: they were moved to a point nearby, as public files' are; such points are
    never taken for addresses. What a declaration does not say is taken to be snapped."""
    locate: Names = ()
    """Levels of area, finest first: a record with a point and no area code gets the code of the boundary it falls in."""
    notes: tuple[Note, ...] = ()
    unbroken: bool = False
    """Each file says all there is from its first month to its last: a month between them without a row had none."""

    @property
    def canonical(self) -> Table:
        return TABLES[self.table]

    @property
    def record_mappings(self) -> tuple[Columns, ...]:
        """The mapping of each record that a line gives: one, or one for each of `rows`."""
        return tuple({**self.columns, **row.columns} for row in self.rows) or (self.columns,)

    @property
    def one_to_one(self) -> bool:
        """Whether each line of a file is one record."""
        return self.unpivot is None and len(self.rows) <= 1

    @cached_property
    def numbered(self) -> bool:
        """Whether headings that a file has twice are told apart: the second Month is called “Month (2)”."""
        return any(each.endswith(" (2)") for _, mapping in self.mappings() for each in mapping.columns)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The named groups of the unpivoted headings' expression."""
        return tuple(re.compile(self.unpivot.columns).groupindex) if self.unpivot else ()

    @cached_property
    def reading(self) -> str:
        """A fingerprint of all that decides what a file is read as; it changes when the mapping does, and not when a later
        version of Wardwise lets declarations say more."""
        words = {"title", "owner", "serves", "about", "notes", "recognise", "points", "prescribed", "unbroken"}
        told = self.model_dump_json(exclude=words, exclude_defaults=True)
        return fingerprint(told)

    def mappings(self) -> Iterator[tuple[str, Mapping]]:
        yield "supplier", self.supplier
        for columns in self.record_mappings:
            yield from columns.items()

    @model_validator(mode="after")
    def _fits_its_table(self) -> Source:
        if self.table not in TABLES:
            raise ValueError(f"there is no table called {self.table}; use one of {', '.join(TABLES)}")
        for columns in self.record_mappings:
            self._check(columns)
        if self.point and "longitude" not in self.canonical.names:
            raise ValueError(f"the table {self.table} has no longitude to put a point in")
        if self.unbroken and self.canonical.period != "month":
            raise ValueError(f"unbroken is about months, and the table {self.table} is by {self.canonical.period}")
        return self

    def _check(self, columns: Columns) -> None:
        names = set(self.canonical.names)
        unknown = set(columns) - names
        if unknown:
            raise ValueError(f"the table {self.table} has no column {', '.join(sorted(unknown))}")
        given = set(columns) | {"source", "supplier"}
        lacking = [column.name for column in self.canonical.columns if column.required and column.name not in given]
        if lacking:
            raise ValueError(f"nothing is said about {', '.join(lacking)}, which the table {self.table} requires")
        if set(columns) & {"source", "supplier"}:
            raise ValueError("source and supplier are not written under columns")
        turned = [name for name, mapping in columns.items() if mapping.cell or mapping.group]
        if bool(turned) != bool(self.unpivot):
            raise ValueError("cell and group belong with unpivot, and unpivot with them")
