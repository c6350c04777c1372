"""Where declarations are looked for: a partnership's own folder first, then the ones shipped with Wardwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED = _PACKAGE / "shipped" if (_PACKAGE / "shipped").is_dir() else _PACKAGE.parents[1] / "definitions"

OWN_FOLDER = "WARDWISE_DEFINITIONS"
"""Environment variable that names a partnership's own folder; a store may hold one too (folder `definitions`)."""


class DefinitionError(Exception):
    """A declaration that cannot be read: which file, what is wrong, what to do."""

    def __init__(self, what: str, *, where: str, next_step: str) -> None:
        self.what, self.where, self.next_step = what, where, next_step
        super().__init__(f"{what} ({where}) {next_step}")


def folders(own: Path | None = None) -> tuple[Path, ...]:
    """The folders searched, in order. `own` comes before the one named by the environment."""
    named = os.environ.get(OWN_FOLDER)
    candidates = (own, Path(named) if named else None, SHIPPED)
    return tuple(folder for folder in candidates if folder is not None and folder.is_dir())


def files(kind: str, own: Path | None = None, suffix: str = ".yaml") -> Iterator[Path]:
    """Files of one kind (measures, sources, products …). A file in an earlier folder hides one of the same name in a later."""
    seen: set[str] = set()
    for folder in folders(own):
        for path in sorted((folder / kind).glob(f"*{suffix}")):
            if path.name not in seen:
                seen.add(path.name)
                yield path


def read(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file, read with the safe loader. Raises DefinitionError when it is not one."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe loaders
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f"{path.name}, line {line + 1}" if line is not None else path.name
        raise DefinitionError(
            "This file is not valid YAML.", where=where, next_step="Check the spacing and quotes near that line."
        ) from error
    if not isinstance(content, dict):
        raise DefinitionError(
            "This file holds no settings.", where=path.name, next_step="Start it with a line such as “measure: name”."
        )
    return content
