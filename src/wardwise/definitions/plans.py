"""What a plan must contain before it can be approved, declared with the law that asks for it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .find import DefinitionError, files, read
from .registers import Name

FOLDER = "plans"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Strand(Strict):
    name: Name
    label: str


class Part(Strict):
    """One thing the law asks for. check: how it is seen to be there; `text` is a passage written under this heading, the others
    look at the plan's own records."""

    name: Name
    label: str
    law: str
    check: Literal[
        "text", "assessment", "strands", "priorities", "commitments", "resources", "measures", "outcomes", "activities"
    ]


class Checklist(Strict):
    checklist: Name
    title: str
    law: str
    checked_on: date | None = None
    serves: tuple[str, ...] = Field(min_length=1)
    note: str = ""
    strands: tuple[Strand, ...] = ()
    parts: tuple[Part, ...] = Field(min_length=1)


@cache
def checklists(own: Path | None = None) -> dict[str, Checklist]:
    """Every checklist by name. Raises DefinitionError for one that does not hold together."""
    return {found.checklist: found for found in (_load(path) for path in files(FOLDER, own))}


def _load(path: Path) -> Checklist:
    try:
        return Checklist.model_validate(read(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise DefinitionError(
            f"This checklist of a plan is not in the expected shape: {first['msg']}.",
            where=f"{path.name}, {' → '.join(str(part) for part in first['loc'])}",
            next_step="Correct that line. docs/how-to/write-the-plan.md describes the shape.",
        ) from error
