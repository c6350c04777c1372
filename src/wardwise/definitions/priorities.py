"""What the board chooses among: issues, criteria, causes, and the judgements that people have recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .find import DefinitionError, files, read

ISSUES, JUDGEMENTS = "issues.yaml", "judgements.yaml"
HIGHEST = 4
"""A judgement is a whole number from 0 (not at all) to 4 (very much)."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Criterion(Strict):
    """from: which figure it is, or a judgement."""

    name: str
    title: str
    source: Literal["harm", "volume", "trend", "peers", "deprivation", "judgement"] = Field(alias="from")
    weight: float = Field(ge=0)
    why: str


class Issue(Strict):
    """measures: names of measures that count it, the first with data used."""

    name: str
    title: str
    measures: tuple[str, ...] = Field(min_length=1)


class Cause(Strict):
    """A causation factor: measures that show it, and the issues it bears on."""

    name: str
    title: str
    measures: tuple[str, ...] = ()
    issues: tuple[str, ...] = Field(min_length=1)


class Judgement(Strict):
    """What a post decided, when and why. Later ones of the same issue and criterion take the place of earlier ones."""

    issue: str
    criterion: str
    score: int = Field(ge=0, le=HIGHEST)
    by: str = Field(min_length=3)
    day: date
    reason: str = Field(min_length=3)


class Choice(Strict):
    """Everything that is chosen among and by."""

    title: str
    owner: str
    checked_by: str
    review_by: date
    scale: str
    source: str = ""
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    issues: tuple[Issue, ...] = Field(min_length=1)
    causes: tuple[Cause, ...] = ()


class _Judged(Strict):
    judgements: tuple[Judgement, ...] = ()


def load(own: Path | None = None) -> tuple[Choice, tuple[Judgement, ...]]:
    """The choice and the judgements recorded for it, of which there may be none.

    Raises DefinitionError when a file is not in the expected shape, names an issue or criterion that there is not, has a name
    twice, or weighs nothing.
    """
    found = {path.name: path for path in files("priorities", own)}
    choice = _checked(Choice, found[ISSUES])
    judged = _checked(_Judged, found[JUDGEMENTS]).judgements if JUDGEMENTS in found else ()
    _names(choice)
    for judgement in judged:
        _known(judgement, choice)
    return choice, judged


def check(judgement: Judgement, own: Path | None = None) -> None:
    """Raises DefinitionError when the judgement is of no issue or of no criterion that is judged."""
    _known(judgement, load(own)[0])


def _names(choice: Choice) -> None:
    issues = [issue.name for issue in choice.issues]
    for names in (issues, [criterion.name for criterion in choice.criteria], [cause.name for cause in choice.causes]):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise _wrong(f"“{twice[0]}” stands twice.", ISSUES, "Give each its own name.")
    stray = sorted({name for cause in choice.causes for name in cause.issues} - set(issues))
    if stray:
        raise _wrong(f"A cause names the issue “{stray[0]}”, which there is not.", ISSUES, f"Use {', '.join(issues)}.")
    if not any(criterion.weight for criterion in choice.criteria):
        raise _wrong("The weights of the criteria are all nought.", ISSUES, "Give at least one criterion a weight.")


def _known(judgement: Judgement, choice: Choice) -> None:
    issues = [issue.name for issue in choice.issues]
    judged = [criterion.name for criterion in choice.criteria if criterion.source == "judgement"]
    if judgement.issue not in issues:
        raise _wrong(f"There is no issue “{judgement.issue}”.", JUDGEMENTS, f"Use {', '.join(issues)}.")
    if judgement.criterion not in judged:
        raise _wrong(
            f"“{judgement.criterion}” is not a criterion that is judged.", JUDGEMENTS, f"Use {', '.join(judged)}."
        )


def _checked(shape: Any, path: Path) -> Any:
    try:
        return shape.model_validate(read(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = " → ".join(str(part) for part in first["loc"])
        raise _wrong(
            f"{place}: {first['msg']}.", path.name, "Mend that line; see docs/how-to/choose-priorities.md."
        ) from error


def _wrong(what: str, where: str, next_step: str) -> DefinitionError:
    return DefinitionError(what, where=where, next_step=next_step)
