"""Records a judgement on an issue, with its author, day and reason, in the partnership's own definitions."""

from __future__ import annotations

from pathlib import Path

import yaml

from wardwise.definitions.find import read
from wardwise.definitions.priorities import JUDGEMENTS, Judgement, check

from .writing import replace_text


def record(definitions: Path, judgement: Judgement) -> Path:
    """Add a judgement to those recorded; earlier ones are kept. The file is replaced in one step.

    Raises DefinitionError when there is no such issue or no such judged criterion, or the file cannot be read.
    """
    check(judgement, definitions)
    path = definitions / "priorities" / JUDGEMENTS
    held = read(path).get("judgements", []) if path.is_file() else []
    held.append(judgement.model_dump())
    text = yaml.safe_dump({"judgements": held}, sort_keys=False, allow_unicode=True, width=120)
    replace_text(
        path, f"# Judgements of the partnership's own people; a later one takes the place of an earlier.\n{text}"
    )
    return path
