"""A measure: what is counted, over what, why, and who answers for it. Checked when it is read; then it is the object that travels."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from wardwise.records.columns import Sensitivity, Table, Type
from wardwise.records.figures import fingerprint
from wardwise.records.periods import Period
from wardwise.records.tables import TABLES

from .conditions import Apart, Between, Condition, ConditionError, Listed, OneOf, column_of, read_where
from .kinds import PERIODS, Kind, kind_of

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Row = Annotated[str, StringConstraints(pattern=r"^([A-D]-\d{3}|G-\d{2}[a-f]?)$")]


WEIGHED_BY = "offence_code"
"""The column by which rows are weighed."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Count(Strict):
    """Which records are counted, and how: rows unless `sum` or `distinct` names a column, or `weights` a table of weights by offence code.
    `of` is the unit in words. weighed: the weights themselves, from that table's own file."""

    records: str
    of: Words
    where: dict[str, Any] = Field(default_factory=dict)
    sum: str | None = None
    distinct: str | None = None
    weights: Name | None = None
    weighed: dict[str, float] = Field(default_factory=dict)

    @field_validator("records")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in TABLES:
            raise ValueError(f"there is no table called “{name}”; use one of {', '.join(TABLES)}")
        return name

    @model_validator(mode="after")
    def _makes_sense(self) -> Count:
        if len([way for way in (self.sum, self.distinct, self.weights) if way]) > 1:
            raise ValueError("only one of sum, distinct and weights can be given")
        if self.weights and (WEIGHED_BY not in self.table.names or self.kind is not Kind.EVENTS):
            raise ValueError(f"{self.records} has no offence codes, so its rows cannot be weighed")
        for name in filter(None, (self.sum, self.distinct)):
            column_of(self.table, name)
        if self.sum and self.table.column(self.sum).type not in (Type.INTEGER, Type.NUMBER):
            raise ValueError(f"“{self.sum}” is not a number, so it cannot be added up")
        if self.kind is Kind.TOTALS and self.sum != "count":
            raise ValueError(f"{self.records} holds totals, not records: add “sum: count”")
        assert self.conditions is not None
        return self

    @property
    def adds(self) -> str | None:
        """The column that is added up: people, where population is counted and nothing else is said."""
        plain = self.records == "population" and not self.distinct
        return self.sum or ("residents" if plain else None)

    @property
    def weights_table(self) -> str:
        """The name under which the weights are lent to an engine: another for other weights."""
        return f"weights_{fingerprint(json.dumps(self.weighed, sort_keys=True))}"

    @property
    def table(self) -> Table:
        return TABLES[self.records]

    @property
    def kind(self) -> Kind:
        return kind_of(self.records)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        return read_where(self.table, self.where)


class Example(Strict):
    """Rows of made-up records and the figures they must give. Run by the tests for every measure."""

    rows: dict[str, tuple[dict[str, Any], ...]]
    expect: tuple[dict[str, Any], ...] = Field(min_length=1)
    period: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _split(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        rows = {name: rows for name, rows in given.items() if name not in ("expect", "period", "rows")}
        for name in rows:
            if name not in TABLES:
                raise ValueError(f"there is no table called “{name}” to take example rows")
        return {"rows": rows, **{name: given[name] for name in ("expect", "period") if name in given}}


class DatedCaveat(Strict):
    """What is true of some months only. first, last: the months (YYYY-MM) that it touches; open at an end that is not given."""

    text: Words
    first: Month | None = Field(default=None, alias="from")
    last: Month | None = Field(default=None, alias="until")

    def touches(self, period: Period) -> bool:
        return (self.first or period.start) <= period.end and (self.last or period.end) >= period.start


class Measure(Strict):
    """One definition. `per` 100 over records makes a share (percent); any other base makes a rate."""

    measure: Name
    title: Words
    question: Words
    count: Count
    base: Count | None = None
    per: float | None = Field(default=None, gt=0)
    by: tuple[str, ...] = ("area", "month")
    better: Literal["lower", "higher", "neither"]
    rise_may_be_good: Words | None = None
    why: Words
    caveats: tuple[Words, ...] = ()
    dated_caveats: tuple[DatedCaveat, ...] = ()
    owner: Words
    checked_by: Words
    review_by: date
    serves: tuple[Row, ...] = Field(min_length=1)
    profile: Literal["open", "standard", "sensitive", "health"] = "standard"
    example: Example
    file: str = Field(default="", exclude=True)
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _makes_sense(self) -> Measure:
        if (self.base is None) != (self.per is None):
            raise ValueError("base and per go together: give both, or neither")
        for name in self.by:
            if name not in ("area", "month", *PERIODS):
                dimension(self.count.table, name)
        if self.is_share:
            self._base_holds_the_count()
        return self

    def caveats_for(self, period: Period) -> tuple[str, ...]:
        """What to keep in mind of its counts in `period`: what holds always, and what touches any of its months."""
        return (*self.caveats, *(each.text for each in self.dated_caveats if each.touches(period)))

    @property
    def all_caveats(self) -> tuple[str, ...]:
        return (*self.caveats, *(each.text for each in self.dated_caveats))

    def _base_holds_the_count(self) -> None:
        assert self.base is not None
        if self.count.kind is Kind.TOTALS or self.base.records != self.count.records:
            return
        missing = [name for name, given in self.base.where.items() if not _within(self.count.where.get(name), given)]
        if missing:
            raise ValueError(
                f"what is counted must be part of what it is a share of: repeat the base's {', '.join(missing)} in the count"
            )

    @property
    def is_share(self) -> bool:
        """Per 100 of other records: a part of a whole, in percent."""
        return self.base is not None and self.base.records != "population" and self.per == 100

    @property
    def unit(self) -> str:
        """The unit of `value` in words, for example “offences per 1,000 residents” or “% of sexual offences”."""
        if self.base is None or self.per is None:
            return self.count.of
        if self.is_share:
            return f"% of {self.base.of}"
        return (
            f"{self.count.of} per {self.per:,g} {self.base.of}"
            if self.per != 1
            else f"{self.count.of} per {self.base.of}"
        )

    @cached_property
    def version(self) -> str:
        """The definition's fingerprint: changes when anything in the definition, its offence lists or its weights does. A definition without
        dated caveats or weights keeps the version that it had before there were such."""
        told = self.model_dump(mode="json")
        if not self.dated_caveats:
            del told["dated_caveats"]
        for count in filter(None, (told["count"], told["base"])):
            if not count["weights"]:
                del count["weights"], count["weighed"]
        return fingerprint(json.dumps(told, sort_keys=True))


def _within(part: Any, whole: Any) -> bool:
    """Whether what a count asks of a column can only be true where what its base asks is true."""
    if isinstance(part, dict) and isinstance(whole, dict) and {*part, *whole} <= {"from", "to"}:
        low = "from" not in whole or ("from" in part and part["from"] >= whole["from"])
        return low and ("to" not in whole or ("to" in part and part["to"] <= whole["to"]))
    if isinstance(whole, list):
        return all(one in whole for one in (part if isinstance(part, list) else [part]))
    return bool(part == whole)


def dimension(table: Table, name: str) -> str:
    """`name`, when figures of this table may be split by it. Raises ConditionError, naming those that may, when not."""
    allowed = [
        column.name
        for column in table.columns
        if column.type in (Type.TEXT, Type.FLAG) and column.sensitivity is not Sensitivity.RESTRICTED
    ]
    if name not in allowed:
        raise ConditionError(f"{table.name} cannot be split by “{name}”; use {', '.join((*PERIODS, *allowed))}")
    return name


__all__ = ["Apart", "Between", "Condition", "Count", "Example", "Listed", "Measure", "OneOf", "dimension"]
