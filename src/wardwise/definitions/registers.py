"""Registers a partnership keeps, declared: what an entry holds, its states, its clock. Nobody writes a screen for one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .find import DefinitionError, files, read

FOLDER = "registers"
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,58}$")]
Kind = Literal["text", "long", "number", "money", "percent", "date", "choice", "choices", "yes-no", "link"]
Permission = Literal["keep-registers", "update-own", "ask-questions"]


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
    """When an entry is due: so many days after it is added or after a date it holds, while it is in one of `during`."""

    after: str = "added"
    days: int = Field(default=0, ge=0)
    during: tuple[str, ...] = Field(min_length=1)
    said: str = Field(min_length=1)


class Register(Strict):
    """One register. `serves` names the capabilities of the inventory it is there for; `public` puts it on public pages."""

    register_: Name = Field(alias="register")
    title: str
    singular: str
    why: str
    law: str = ""
    serves: tuple[str, ...] = Field(min_length=1)
    owner: str
    states: tuple[tuple[str, str], ...] = Field(min_length=1, description="State and its words, the first one first.")
    answers: tuple[Answer, ...] = Field(min_length=1)
    moves: tuple[Move, ...] = ()
    due: Due | None = None
    columns: tuple[str, ...] = ()
    added_with: tuple[Permission, ...] = ("keep-registers",)
    owned: bool = True
    by_group: bool = False
    by_priority: bool = False
    private: bool = False
    public: bool = False
    empty: str

    @property
    def name(self) -> str:
        return self.register_

    @property
    def first(self) -> str:
        return self.states[0][0]

    def words(self, state: str) -> str:
        return dict(self.states).get(state, state)

    def answer(self, name: str) -> Answer:
        return next(answer for answer in self.answers if answer.name == name)

    @model_validator(mode="after")
    def holds_together(self) -> Register:
        states, names = {state for state, _ in self.states}, [answer.name for answer in self.answers]
        moves = [move.move for move in self.moves]
        _once("answer", names)
        _once("move", moves)
        _known("state", states, [state for move in self.moves for state in (*move.start, move.to)])
        _known("answer", set(names), [*self.columns, *(name for move in self.moves for name in move.asks)])
        if self.due:
            _known("state", states, self.due.during)
            _known("date", {"added", *(a.name for a in self.answers if a.kind == "date")}, [self.due.after])
        reached = {self.first, *(move.to for move in self.moves)}
        if unreached := sorted(states - reached):
            raise ValueError(f"no move leads to the state “{unreached[0]}”")
        hidden = {answer.name for answer in self.answers if answer.restricted}
        if shown := hidden & set(self.columns):
            raise ValueError(f"“{sorted(shown)[0]}” is restricted and cannot be a column of the list")
        return self


def _once(what: str, names: list[str]) -> None:
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"the {what} “{twice[0]}” is declared twice")


def _known(what: str, known: set[str], asked: tuple[str, ...] | list[str]) -> None:
    if unknown := [name for name in asked if name not in known]:
        raise ValueError(f"“{unknown[0]}” is not a {what} of this register")


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
