"""The store: canonical tables kept as Delta tables in one folder, read at fixed versions, changed one whole load at a time."""

from .snapshot import Snapshot
from .store import NOT_HELD, Store
from .supplies import Supply
from .verify import VerifyReport

__all__ = ["NOT_HELD", "Snapshot", "Store", "Supply", "VerifyReport"]
