"""A partnership's own words for its products: its name, its committee's cover lines, paragraphs for sections that figures cannot fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wardwise.definitions.find import DefinitionError, read

FILE = "partnership.yaml"


@dataclass(frozen=True)
class Settings:
    """name: the partnership's. owner: the post that answers for the products. cover, text: by product, then by key or section id."""

    name: str = ""
    owner: str = ""
    cover: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    text: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


def load(own: Path | None) -> Settings:
    """Read partnership.yaml in the partnership's own definitions folder; empty settings when there is none.

    Raises DefinitionError when the file is not in the expected shape.
    """
    path = own / FILE if own else None
    if path is None or not path.is_file():
        return Settings()
    content = read(path)
    unknown = sorted(set(content) - {"name", "owner", "cover", "text"})
    if unknown:
        raise DefinitionError(
            f"“{unknown[0]}” is not a setting.",
            where=FILE,
            next_step="Use name, owner, cover and text; see docs/how-to.",
        )
    return Settings(
        str(content.get("name", "")), str(content.get("owner", "")), _nested(content, "cover"), _paragraphs(content)
    )


def _nested(content: Mapping[str, Any], key: str) -> dict[str, dict[str, str]]:
    found = content.get(key) or {}
    if not isinstance(found, dict) or not all(isinstance(value, dict) for value in found.values()):
        raise DefinitionError(
            f"“{key}” must list products, and under each its lines.",
            where=FILE,
            next_step="See docs/how-to for an example.",
        )
    return {product: {str(k): str(v) for k, v in lines.items()} for product, lines in found.items()}


def _paragraphs(content: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    texts = content.get("text") or {}
    if not isinstance(texts, dict) or not all(isinstance(value, dict) for value in texts.values()):
        raise DefinitionError(
            "“text” must list products, and under each its sections.",
            where=FILE,
            next_step="See docs/how-to for an example.",
        )
    return {
        product: {
            str(section): tuple(str(p) for p in (words if isinstance(words, list) else [words]))
            for section, words in sections.items()
        }
        for product, sections in texts.items()
    }
