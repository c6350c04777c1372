"""What a partnership reports of its surveys: its own views.yaml, beside its other declarations. None is shipped."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .find import DefinitionError, read

FILE = "views.yaml"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Item(Strict):
    """Answers to one question of a survey, put together. say: the words to report them with."""

    survey: str
    question: str
    answers: tuple[str, ...] = Field(min_length=1)
    say: str


class Theme(Item):
    """An item beside a measure of the same theme. worse: whether the answers mean that things are bad."""

    measure: str
    worse: bool = True


class Views(Strict):
    """would_report: the item that says how many would report a crime, set beside rises that more reporting could make."""

    items: tuple[Item, ...] = ()
    themes: tuple[Theme, ...] = ()
    would_report: Item | None = None


def load(own: Path | None) -> Views:
    """The partnership's views.yaml; empty when there is none. Raises DefinitionError when it is not in the expected shape."""
    path = own / FILE if own else None
    if path is None or not path.is_file():
        return Views()
    return checked(read(path), FILE)


def checked(content: object, where: str) -> Views:
    """`content` as views. Raises DefinitionError when it is not in the expected shape."""
    try:
        return Views.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise DefinitionError(
            f"{place}: {first['msg']}.", where=where, next_step="See docs/how-to/report-a-survey.md for an example."
        ) from error
