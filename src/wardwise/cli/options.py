"""Options that every command shares, and how they reach it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from wardwise.disclosure import Audience
    from wardwise.store import Store

DEFAULT_STORE = "wardwise-store"
STORE_VARIABLE = "WARDWISE_STORE"


@dataclass(frozen=True)
class Options:
    """store: the folder that holds the tables. engine: duckdb or spark."""

    store: Path
    engine: str

    @property
    def own_definitions(self) -> Path | None:
        """The partnership's own declarations, searched before the shipped ones."""
        folder = self.store / "definitions"
        return folder if folder.is_dir() else None

    def open_store(self, *, create: bool = False) -> Store:
        """Open the store. Raises WardwiseError when there is none and `create` is false."""
        from wardwise.store import Store

        return Store.open(self.store, create=create)


def options(context: typer.Context) -> Options:
    """The shared options of the running command."""
    found = context.find_object(Options)
    assert found is not None, "the main callback always sets the options"
    return found


def audience_called(name: str) -> Audience:
    """The audience of that name. Raises WardwiseError when there is none."""
    from wardwise.disclosure import Audience
    from wardwise.records.errors import WardwiseError

    if name not in {each.value for each in Audience}:
        raise WardwiseError(f"“{name}” is not an audience.", next_step="Use --audience analyst, partnership or public.")
    return Audience(name)
