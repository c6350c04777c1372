"""Indexes made of several indicators: which, with what weight and why; declared in definitions/indexes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .find import DefinitionError, files, read


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Indicator(Strict):
    """measures: tried in order. better: whether a higher value makes an area less vulnerable (“higher”) or more (“lower”)."""

    name: str
    title: str
    measures: tuple[str, ...] = Field(min_length=1)
    weight: float = Field(gt=0)
    better: Literal["lower", "higher"] = "lower"
    why: str


class Index(Strict):
    index: str
    title: str
    why: str
    owner: str
    checked_by: str
    review_by: date
    scale: Literal["rank", "z"]
    indicators: tuple[Indicator, ...] = Field(min_length=2)
    source: str = ""

    @model_validator(mode="after")
    def _once(self) -> Index:
        names = [each.name for each in self.indicators]
        if len(set(names)) < len(names):
            raise ValueError("each indicator has a name of its own")
        return self


def load(name: str, own: Path | None = None) -> Index:
    """The index called `name`; a partnership's own comes first. Raises DefinitionError when there is none, or it is not in shape."""
    held = {path.stem: path for path in files("indexes", own)}
    if name not in held:
        raise DefinitionError(
            f"There is no index called “{name}”.", where="indexes", next_step=f"Use one of: {', '.join(sorted(held))}."
        )
    try:
        return Index.model_validate(read(held[name]))
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise DefinitionError(
            f"{place}: {first['msg']}.",
            where=held[name].name,
            next_step="Mend that line; see docs/how-to/weigh-vulnerability.md.",
        ) from error
