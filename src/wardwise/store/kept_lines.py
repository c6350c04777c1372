"""A file of JSON lines that only grows: what has gone out, who was told what, kept for ever."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from wardwise.records.errors import WardwiseError

from .whole import whole

T = TypeVar("T")


def read(path: Path, of: Callable[[Any], T], what: str, next_step: str) -> tuple[T, ...]:
    """Every line, as `of` makes it; none when there is no file. Raises WardwiseError (`what`, the file and line, `next_step`) when
    a line cannot be read."""
    if not path.is_file():
        return ()
    # not splitlines: JSON may hold other marks that Python takes for the end of a line
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
    found = []
    for number, line in lines:
        if not line.strip():
            continue
        try:
            found.append(of(json.loads(line)))
        except (ValueError, WardwiseError) as error:
            raise WardwiseError(what, where=f"{path}, line {number}", next_step=next_step) from error
    return tuple(found)


def add(path: Path, mappings: Iterable[Mapping[str, Any]]) -> None:
    """Add lines, where there are any: the whole file is replaced in one step, so that a kill leaves the old or the new one."""
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in mappings)
    if lines:
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        with whole(path) as part:
            part.write_text(before + lines, encoding="utf-8")
