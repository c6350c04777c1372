"""What a partnership wants evaluated: one declaration for each, in definitions/evaluations or its own folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wardwise.analysis.pilots import Pilot
from wardwise.definitions.find import DefinitionError, files, read
from wardwise.records.errors import WardwiseError


class Evaluation(BaseModel):
    """evaluation: its name, the file's. area: the partnership or district it belongs to. measure: what should fall. The rest as
    analysis.pilots.Pilot has it: codes of the areas, the first month, months before to compare with, pounds spent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    evaluation: str
    area: str
    title: str
    measure: str
    target: tuple[str, ...] = Field(min_length=1)
    start: str
    comparison: tuple[str, ...] = ()
    buffer: tuple[str, ...] = ()
    comparison_buffer: tuple[str, ...] = ()
    done: str = ""
    end: str = ""
    before: int = Field(default=24, ge=1, le=120)
    cost: float | None = Field(default=None, ge=0)

    def pilot(self) -> Pilot:
        """What the questions of analysis are asked about."""
        return Pilot(
            self.title,
            self.target,
            self.start,
            self.comparison,
            self.buffer,
            self.comparison_buffer,
            self.done,
            self.end,
            self.before,
            self.cost,
        )


def load(own: Path | None = None) -> dict[str, Evaluation]:
    """Every declared evaluation, by name. Raises DefinitionError when a file is wrong."""
    return {path.stem: _read(path) for path in files("evaluations", own)}


def chosen(area: str, options: dict[str, Any], own: Path | None = None) -> Evaluation | None:
    """The evaluation that a block asks about: spelt out in its options (`target`, `start` and `measure` at least), named by
    `evaluation`, or the one declared for the area that starts last; None when there is none.

    Raises WardwiseError when the name is not one, or the options do not make one.
    """
    if "target" in options:
        known = {key: options[key] for key in Evaluation.model_fields if key in options}
        return _of(
            {"evaluation": "spelt out", "area": area, "title": "The pilot", "done": "As asked about.", **known},
            "the options given",
        )
    declared = load(own)
    if name := options.get("evaluation"):
        if name not in declared:
            raise WardwiseError(
                f"There is no evaluation called “{name}”.",
                where="definitions/evaluations",
                next_step=f"Use one of: {', '.join(sorted(declared))}.",
            )
        return declared[name]
    ours = [one for one in declared.values() if one.area == area]
    return max(ours, key=lambda one: one.start, default=None)


def _read(path: Path) -> Evaluation:
    content = {key: str(value) if key in ("start", "end") else value for key, value in read(path).items()}
    found = _of(content, path.name)
    if found.evaluation != path.stem:
        raise DefinitionError(
            f"The evaluation is called “{found.evaluation}” but its file is not.",
            where=path.name,
            next_step="Give both the same name.",
        )
    return found


def _of(content: dict[str, Any], where: str) -> Evaluation:
    listed = ("target", "comparison", "buffer", "comparison_buffer")
    tidy = {key: _codes(value) if key in listed else value for key, value in content.items()}
    try:
        return Evaluation.model_validate(tidy)
    except ValidationError as error:
        first = error.errors()[0]
        raise DefinitionError(
            f"{'.'.join(map(str, first['loc']))}: {first['msg']}.",
            where=where,
            next_step="See docs/how-to/evaluate-a-pilot.md for what an evaluation needs.",
        ) from error


def _codes(value: Any) -> Any:
    """A list of codes; “A,B” where they were typed on one line."""
    return tuple(code.strip() for code in value.split(",")) if isinstance(value, str) else value
