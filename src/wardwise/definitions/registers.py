"""Registers a partnership keeps, declared: what an entry holds, its states, its clock. Nobody writes a screen for one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from .find import DefinitionError, files, read

FOLDER = "registers"
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,58}$")]
Kind = Literal["text", "long", "number", "money", "percent", "date", "choice", "choices", "yes-no", "link"]
Permission = Literal["keep-registers", "update-own", "ask-questions"]
Colour = Literal["", "grey", "blue", "teal", "green", "yellow", "orange", "red", "magenta", "purple"]
State = tuple[str, str, Colour]
NUMBERS = {"number", "money", "percent"}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(Strict):
    """One thing an entry holds. restricted: only those with the right, and the entry's owner, are shown it."""

    name: Name
    label: str = Field(min_length=1)
    kind: Kind = "text"
    hint: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    restricted: bool = False

    @model_validator(mode="after")
    def has_choices(self) -> Answer:
        if (self.kind in {"choice", "choices"}) != bool(self.choices):
            raise ValueError(f"“{self.name}” needs choices exactly when its kind is choice or choices")
        return self


class Move(Strict):
    """A step from one state to another. asks: answers to be given with it. reason: whether it must say why."""

    move: Name
    label: str
    start: tuple[str, ...] = Field(min_length=1)
    to: str
    said: str = Field(description="The audit sentence with {who} and {what}.")
    permission: Permission = "keep-registers"
    asks: tuple[str, ...] = ()
    reason: bool = False


class Due(Strict):
    """When an entry is due: so many days after (or, below 0, before) the day it is added or a date it holds, while it is
    in one of `during`."""

    after: str = "added"
    days: int = Field(default=0, ge=-1_830, le=3_660)
    during: tuple[str, ...] = Field(min_length=1)
    said: str = Field(min_length=1)


class Worked(Strict):
    """A figure worked out from two answers whenever it is shown: the share that the first is of the second (with its base),
    or what is left of the first after the second."""

    name: Name
    label: str = Field(min_length=1)
    how: Literal["share", "left"]
    of: tuple[str, str]


class Start(Strict):
    """An entry that is shipped with the register. owner: the kind of organisation that answers for it."""

    title: str = Field(min_length=1, max_length=200)
    owner: str = ""
    answers: dict[str, Any]


class Register(Strict):
    """One register. `serves` names the capabilities of the inventory it is there for; `public` puts it on public pages.

    A state is its name, its words and, where it matters, the colour of its tag. `may_be_private`: whoever adds an entry may
    keep it to those with the right.
    """

    register_: Name = Field(alias="register")
    title: str
    singular: str
    why: str
    law: str = ""
    serves: tuple[str, ...] = Field(min_length=1)
    owner: str
    states: tuple[State, ...] = Field(min_length=1, description="State, its words, its colour; the first one first.")
    answers: tuple[Answer, ...] = Field(min_length=1)
    moves: tuple[Move, ...] = ()
    due: tuple[Due, ...] = ()
    worked: tuple[Worked, ...] = ()
    columns: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    starts_with: tuple[Start, ...] = ()
    added_with: tuple[Permission, ...] = ("keep-registers",)
    owned: bool = True
    by_group: bool = False
    by_priority: bool = False
    private: bool = False
    may_be_private: bool = False
    public: bool = False
    empty: str

    @field_validator("states", mode="before")
    @classmethod
    def with_colours(cls, given: Any) -> Any:
        return [[*state, ""] if isinstance(state, list) and len(state) == 2 else state for state in given]

    @field_validator("due", mode="before")
    @classmethod
    def several(cls, given: Any) -> Any:
        return [given] if isinstance(given, dict) else given

    @property
    def name(self) -> str:
        return self.register_

    @property
    def first(self) -> str:
        return self.states[0][0]

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Each state with its words, for boxes to choose from."""
        return tuple((name, words) for name, words, _ in self.states)

    def words(self, state: str) -> str:
        return dict(self.choices).get(state, state)

    def colour(self, state: str) -> str:
        return next((colour for name, _, colour in self.states if name == state), "")

    def clock(self, state: str) -> Due | None:
        """What says when an entry in this state is due; None when nothing does."""
        return next((due for due in self.due if state in due.during), None)

    @property
    def due_said(self) -> str:
        """The heading of the column of due days."""
        return self.due[0].said if len(self.due) == 1 else "Next date"

    def answer(self, name: str) -> Answer:
        return next(answer for answer in self.answers if answer.name == name)

    def worked_out(self, name: str) -> Worked | None:
        return next((worked for worked in self.worked if worked.name == name), None)

    @model_validator(mode="after")
    def holds_together(self) -> Register:
        states, answers = {name for name, _, _ in self.states}, {answer.name: answer for answer in self.answers}
        _once("answer", [*(answer.name for answer in self.answers), *(worked.name for worked in self.worked)])
        _once("move", [move.move for move in self.moves])
        _known("state", states, [state for move in self.moves for state in (*move.start, move.to)])
        _known("answer", set(answers), [name for move in self.moves for name in move.asks])
        _known("answer", set(answers) | {worked.name for worked in self.worked}, self.columns)
        _known("choice", {name for name, one in answers.items() if one.choices}, self.filters)
        numbers = {name for name, one in answers.items() if one.kind in NUMBERS}
        _known("number", numbers, [*self.totals, *(name for worked in self.worked for name in worked.of)])
        for start in self.starts_with:
            _known("answer", set(answers), tuple(start.answers))
        _known("state", states, [state for due in self.due for state in due.during])
        _known("date", {"added", *(n for n, one in answers.items() if one.kind == "date")}, [d.after for d in self.due])
        _once("state with a due day", [state for due in self.due for state in due.during])
        reached = {self.first, *(move.to for move in self.moves)}
        if unreached := sorted(states - reached):
            raise ValueError(f"no move leads to the state “{unreached[0]}”")
        _shown_rightly(self, {name for name, one in answers.items() if one.restricted})
        return self


def _shown_rightly(register: Register, hidden: set[str]) -> None:
    """Nothing restricted stands in a list or is asked for by a move, and no date stands in a list twice."""
    listed = {*register.columns, *register.filters, *register.totals, *(name for w in register.worked for name in w.of)}
    if shown := sorted(hidden & listed):
        raise ValueError(f"“{shown[0]}” is restricted and cannot be a column of the list")
    if asked := sorted(hidden & {name for move in register.moves for name in move.asks}):
        raise ValueError(f"“{asked[0]}” is restricted: whoever takes the move may not see it. Let a change ask for it")
    if twice := sorted({due.after for due in register.due if not due.days} & set(register.columns)):
        raise ValueError(f"“{twice[0]}” is the due day, which has a column of its own")


def _once(what: str, names: list[str]) -> None:
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"the {what} “{twice[0]}” is declared twice")


def _known(what: str, known: set[str], asked: tuple[str, ...] | list[str]) -> None:
    if unknown := [name for name in asked if name not in known]:
        raise ValueError(f"“{unknown[0]}” is no {what} of this register")


@cache
def registers(own: Path | None = None) -> dict[str, Register]:
    """Every register by name, a partnership's own before the shipped. Raises DefinitionError for one that does not hold together."""
    found = (_load(path) for path in files(FOLDER, own))
    return {register.name: register for register in found}


def _load(path: Path) -> Register:
    try:
        register = Register.model_validate(read(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise DefinitionError(
            f"This register is not in the expected shape: {first['msg']}.",
            where=f"{path.name}, {place}" if place else path.name,
            next_step="Correct that line. docs/how-to/add-a-register.md describes the shape.",
        ) from error
    if register.name != path.stem:
        raise DefinitionError(
            f"The register is called “{register.name}” and its file “{path.stem}”.",
            where=path.name,
            next_step="Give both the same name.",
        )
    return register
