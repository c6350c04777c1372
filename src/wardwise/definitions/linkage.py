"""When two rows of partners' lists are taken for one person: the declaration in definitions/linkage."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .find import DefinitionError, files, read

FILE = "same-person.yaml"
Field_ = Literal["given", "family", "born", "postcode", "sex", "family_initial", "born_year"]
Test = Literal[
    "names same", "names swapped", "names alike", "family alike", "born same", "born swapped", "born near",
    "postcode same", "postcode district", "sex same", "otherwise",
]  # fmt: skip


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Level(Strict):
    """How far two rows agree. m, u: of a hundred pairs that are one person, and of those that are two, how many agree so far."""

    test: Test
    say: str
    m: float = Field(gt=0, le=100)
    u: float = Field(gt=0, le=100)


class Comparison(Strict):
    """Levels in order, the first that holds; the last is “otherwise”."""

    name: Literal["names", "born", "postcode", "sex"]
    levels: tuple[Level, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _ends(self) -> Comparison:
        if [level.test == "otherwise" for level in self.levels] != [False] * (len(self.levels) - 1) + [True]:
            raise ValueError("the last level, and no other, is “otherwise”")
        return self


class Threshold(Strict):
    probability: float = Field(gt=0, lt=1)
    rule: str
    chosen_on: str


class Link(Strict):
    """headings: by what names partners call each column. blocking: pairs alike in all columns of one entry are compared."""

    link: str
    title: str
    why: str
    owner: str
    checked_by: str
    review_by: date
    law: str
    headings: dict[Literal["reference", "given", "family", "born", "postcode", "sex"], tuple[str, ...]]
    blocking: tuple[tuple[Field_, ...], ...] = Field(min_length=1)
    comparisons: tuple[Comparison, ...] = Field(min_length=1)
    prior: float = Field(gt=0, lt=100)
    threshold: Threshold


def load(own: Path | None = None) -> Link:
    """The declaration; a partnership's own comes first. Raises DefinitionError when it is not in the expected shape."""
    path = next(path for path in files("linkage", own) if path.name == FILE)
    try:
        return Link.model_validate(read(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise DefinitionError(
            f"{place}: {first['msg']}.", where=path.name, next_step="Mend that line; see docs/how-to/link-people.md."
        ) from error
