"""Finds and loads the declarations: a partnership's own folder first, then the ones shipped."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from ..definitions import find
from ..records.errors import WardwiseError
from .declaration import Source

_KIND = "sources"


def load(path: Path) -> Source:
    """The declaration in one file. Raises WardwiseError that names the file, the place in it and what is wrong."""
    try:
        content = find.read(path)
    except find.DefinitionError as error:
        raise WardwiseError(error.what, where=error.where, next_step=error.next_step) from error
    try:
        return Source.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ", ".join([path.name, *(str(part) for part in first["loc"])])
        raise WardwiseError(
            f"This source declaration is wrong: {first['msg'].removeprefix('Value error, ')}.",
            where=place,
            next_step="Put it right, following docs/reference/sources.md.",
        ) from error


def every(own: Path | None = None) -> tuple[Source, ...]:
    """All declarations, in order of name. own: a partnership's folder of definitions, which may override shipped ones."""
    return tuple(sorted(map(load, find.files(_KIND, own)), key=lambda source: source.source))
