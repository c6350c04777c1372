"""Outcomes that partners agreed, each with what measures it and what would fill it where nothing does."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .find import DefinitionError, files, read
from .views import Item

FOLDER = "outcomes"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Outcome(Strict):
    """One outcome. measures: compared year with year. groups: compared by road user or age. survey: answers people gave. returns: what was done."""

    outcome: str = Field(min_length=1)
    measures: tuple[str, ...] = ()
    groups: tuple[Literal["road-user", "age"], ...] = ()
    survey: Item | None = None
    returns: tuple[str, ...] = ()
    needs: str = Field(min_length=1)


class Outcomes(Strict):
    outcomes: str
    title: str
    source: str
    serves: tuple[str, ...] = Field(min_length=1)
    list: tuple[Outcome, ...] = Field(min_length=1)


def load(name: str, own: Path | None = None) -> Outcomes:
    """The outcomes called `name`. Raises DefinitionError when there are none, or the file is not in the expected shape."""
    found = {path.stem: path for path in files(FOLDER, own)}
    if name not in found:
        raise DefinitionError(
            f"There are no outcomes called “{name}”.",
            where=f"definitions/{FOLDER}",
            next_step=f"Use one of: {', '.join(sorted(found))}.",
        )
    try:
        return Outcomes.model_validate(read(found[name]))
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise DefinitionError(
            f"{place}: {first['msg']}.", where=found[name].name, next_step="Compare with the shipped towards-zero.yaml."
        ) from error
