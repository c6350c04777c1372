"""Duties of a partnership, declared: what the law asks, of whom, by when, and what shows that it was done."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .find import DefinitionError, files, read
from .registers import Name, registers

FOLDER = "duties"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
Day = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class When(Strict):
    """How often. A year runs from 1 April.

    year: by a day of it. years: every so many years since `first`. quarter: by the end of the quarter after the one the data
    are of. event: `days` after something happened. entry: each entry of a register, on its own day, while in `during`.
    """

    every: Literal["year", "years", "quarter", "event", "entry"]
    by: Day | None = None
    years: int = Field(default=1, ge=1, le=25)
    first: int | None = None
    what: str = ""
    days: int = Field(default=0, ge=0, le=3_660)
    register_: Name | None = Field(default=None, alias="register")
    during: tuple[str, ...] = ()

    @model_validator(mode="after")
    def has_what_it_needs(self) -> When:
        needs = {
            "year": bool(self.by),
            "years": bool(self.by and self.first),
            "quarter": True,
            "event": bool(self.what and self.days),
            "entry": bool(self.register_ and self.during),
        }
        if not needs[self.every]:
            raise ValueError(f"“every: {self.every}” does not say when")
        return self


class For(Strict):
    """Whose duty. partnership: one for all, answered for by the first organisation of the kind `owner`. authority: one for each
    organisation of `kinds` or on the footing `standing`. register: one for each entry of a register that is in `during`."""

    each: Literal["partnership", "authority", "register"]
    owner: str = ""
    kinds: tuple[str, ...] = ()
    standing: str = ""
    register_: Name | None = Field(default=None, alias="register")
    during: tuple[str, ...] = ()


class Evidence(Strict):
    """A slot to be filled before the duty can be recorded as met, unless needed is false."""

    name: Name
    label: str = Field(min_length=1)
    needed: bool = True


class Duty(Strict):
    """One duty. `checked_on` is the day somebody read the law named; without it the site says that nobody has."""

    duty: Name
    title: str
    asks: str
    law: str
    checked_on: date | None = None
    kind: Literal["statute", "guidance", "local"]
    in_force: bool = True
    serves: tuple[str, ...] = Field(min_length=1)
    tier: Literal["any", "csp", "county"] = "any"
    when: When
    for_: For = Field(alias="for")
    items: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    late_means: str
    note: str = ""

    @property
    def checked(self) -> bool:
        """Whether the law named was read. What a partnership asks of itself needs no reading."""
        return self.kind == "local" or self.checked_on is not None

    @property
    def how_often(self) -> str:
        """The cadence in words."""
        when = self.when
        if when.every in {"year", "years"} and when.by:
            month, day = (int(part) for part in when.by.split("-"))
            return f"{'Every year' if when.years == 1 else f'Every {when.years} years'}, by {day} {MONTHS[month - 1]}"
        if when.every == "quarter":
            return "Every quarter, by the end of the quarter after it"
        if when.every == "event":
            return f"{when.days} days after: {when.what[:1].lower()}{when.what[1:]}"
        return f"On the day of each entry in “{registers()[when.register_ or ''].title}”"

    @model_validator(mode="after")
    def holds_together(self) -> Duty:
        named = (self.when.register_, self.when.during), (self.for_.register_, self.for_.during)
        for name, during in named:
            if name is None:
                continue
            register = registers().get(name)
            if register is None:
                raise ValueError(f"there is no register “{name}”")
            if unknown := sorted(set(during) - {state for state, _ in register.choices}):
                raise ValueError(f"“{unknown[0]}” is no state of the register “{name}”")
        if self.when.every != "entry" and not self.evidence:
            raise ValueError("it names nothing that would show the duty was met")
        return self


def dues(duty: Duty, year: int) -> list[tuple[str, date]]:
    """The periods of a duty that fall due in the year from 1 April `year`, each with its day. None for events and entries."""
    when = duty.when
    if when.every == "quarter":
        return [_quarter(year, number) for number in range(4)]
    if when.every in {"event", "entry"} or not when.by:
        return []
    if when.every == "years" and (year - (when.first or 0)) % when.years:
        return []
    month, day = (int(part) for part in when.by.split("-"))
    due = _day(year if month >= 4 else year + 1, month, day)
    ends = year + when.years
    return [(f"{year}-{ends % 100:02d}", due)]


def _quarter(year: int, number: int) -> tuple[str, date]:
    """The quarter whose data are due at the end of the year's `number`-th quarter: the one just before it."""
    due = _quarter_end(year, number)
    ended = _quarter_end(year, number - 1)
    return f"{MONTHS[ended.month - 3]} to {MONTHS[ended.month - 1]} {ended.year}", due


def _quarter_end(year: int, number: int) -> date:
    after = 4 + 3 * (number + 1)
    return date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date:
    """The day, or the month's last where it is shorter (29 February)."""
    first = date(year, month, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(last, first + timedelta(days=day - 1))


@cache
def duties(own: Path | None = None) -> dict[str, Duty]:
    """Every duty by name, a partnership's own before the shipped. Raises DefinitionError for one that does not hold together."""
    found = (_load(path) for path in files(FOLDER, own))
    return {duty.duty: duty for duty in found}


def _load(path: Path) -> Duty:
    try:
        duty = Duty.model_validate(read(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise DefinitionError(
            f"This duty is not in the expected shape: {first['msg']}.",
            where=f"{path.name}, {place}" if place else path.name,
            next_step="Correct that line. docs/how-to/keep-the-duties.md describes the shape.",
        ) from error
    if duty.duty != path.stem:
        raise DefinitionError(
            f"The duty is called “{duty.duty}” and its file “{path.stem}”.",
            where=path.name,
            next_step="Give both the same name.",
        )
    return duty
