"""Which small areas touch, from their outlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

APART = 0.0003
"""Degrees (about 20 to 30 m): outlines nearer than this touch. Generalised outlines leave slivers between neighbours."""


def touching(codes: Sequence[str], outlines: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Square array in the order of `codes`: true where two outlines touch. An area without an outline touches none."""
    import shapely

    known = [at for at, code in enumerate(codes) if code in outlines]
    found = np.zeros((len(codes), len(codes)), dtype=bool)
    if known:
        shapes = [outlines[codes[at]] for at in known]
        one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=APART)
        at = np.array(known)
        found[at[one], at[other]] = True
        np.fill_diagonal(found, False)
    return found
