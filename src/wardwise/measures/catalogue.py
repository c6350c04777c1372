"""Finds measures and offence lists among the definitions, and turns what is wrong with one into a plain message."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wardwise.definitions import harm
from wardwise.definitions.find import DefinitionError, files, folders, read

from .conditions import Listed
from .definition import Count, Measure

_KIND = "measures"

OPEN_HARM = "open-harm"
"""The name in measures of the open table of sentencing starting points (definitions/harm), in days."""


def every(own: Path | None = None) -> tuple[Measure, ...]:
    """All measures, by name. `own` is a partnership's own folder of definitions, searched first.

    Raises DefinitionError, with the file's name, for the first that cannot be read.
    """
    return tuple(_load(path, _stamp(path), own) for path in files(_KIND, own))


def load(name: str, own: Path | None = None) -> Measure:
    """The measure called `name`. Raises DefinitionError when there is none or it cannot be read."""
    for folder in folders(own):
        path = folder / _KIND / f"{name}.yaml"
        if path.is_file():
            return _load(path, _stamp(path), own)
    raise DefinitionError(
        f"There is no measure called “{name}”.", where="definitions/measures", next_step="List them: wardwise measures."
    )


def read_measure(path: Path, own: Path | None = None) -> Measure:
    """The measure in one file. Raises DefinitionError that says which file, what is wrong and what to do."""
    content = read(path)
    counts = [count for name in ("count", "base") if isinstance(count := content.get(name), dict)]
    for own_word in [*({"file", "lists"} & {*content}), *({"weighed"} & {word for count in counts for word in count})]:
        raise DefinitionError(f"{own_word}: this setting does not exist.", where=path.name, next_step=_NEXT)
    try:
        measure = Measure.model_validate({**content, "file": str(path)})
    except ValidationError as error:
        raise DefinitionError(_first(error), where=path.name, next_step=_NEXT) from error
    if measure.measure != path.stem:
        raise DefinitionError(
            f"The file is called {path.stem} and the measure in it {measure.measure}.",
            where=path.name,
            next_step="Give the file and the measure the same name.",
        )
    weighed = {name: _weighed(count, path, own) for name in ("count", "base") if (count := getattr(measure, name))}
    return measure.model_copy(update={**weighed, "lists": dict(_lists(measure, path, own))})


_NEXT = "Correct that line; definitions/measures holds measures to compare it with."


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ": ".join(str(part) for part in first["loc"])
    words = str(first["msg"]).removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        words = "this setting does not exist"
    if first["type"] == "missing":
        words = "this setting is missing"
    return f"{place}: {words}." if place else f"{words}."


def _stamp(path: Path) -> float:
    return path.stat().st_mtime


@lru_cache(maxsize=1024)
def _load(path: Path, _changed: float, own: Path | None) -> Measure:
    return read_measure(path, own)


def _lists(measure: Measure, path: Path, own: Path | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    for count in filter(None, (measure.count, measure.base)):
        for name in _list_names(count):
            yield name, offence_list(name, own, asked_by=path.name)


def _weighed(count: Count, path: Path, own: Path | None) -> Count:
    """The count with the weights of the table it names."""
    if count.weights is None:
        return count
    if count.weights != OPEN_HARM:
        raise DefinitionError(
            f"There is no table of weights called “{count.weights}” for measures.",
            where=path.name,
            next_step=f"Use {OPEN_HARM}; the tables of other owners are asked for with the question “harm”.",
        )
    return count.model_copy(update={"weighed": {row.code: row.days for row in harm.open_table(own).rows}})


def _list_names(count: Count) -> Iterator[str]:
    for condition in count.conditions:
        if isinstance(condition, Listed):
            yield from condition.names


def offence_list(name: str, own: Path | None = None, *, asked_by: str = "") -> tuple[str, ...]:
    """Home Office offence codes on the list called `name`. Raises DefinitionError when it is missing or empty."""
    for path in files("offences", own):
        if path.stem == name:
            return _codes(read(path), path)
    raise DefinitionError(
        f"There is no offence list called “{name}”.",
        where=asked_by,
        next_step=f"Add definitions/offences/{name}.yaml, or name a list that is there.",
    )


def _codes(content: dict[str, Any], path: Path) -> tuple[str, ...]:
    codes = content.get("codes")
    if not isinstance(codes, list) or not codes:
        raise DefinitionError(
            "This offence list is empty.", where=path.name, next_step="Give it at least one code under “codes:”."
        )
    return tuple(str(code["code"] if isinstance(code, dict) else code) for code in codes)
