"""The synthetic partnership: writes partner files in the official shapes, and nothing else."""

from __future__ import annotations

from .write import SEED, Summary, write

__all__ = ["SEED", "Summary", "write"]
