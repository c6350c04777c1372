"""Many tests at once: how far down the list of p values may one go before too many of those called real are chance?"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL = 0.05
"""Of the places called hot spots, at most 1 in 20 is expected to be chance."""


def adjusted(p: ArrayLike, *, dependent: bool = False) -> NDArray[np.float64]:
    """Benjamini and Hochberg's (1995) adjusted p: a place with at most 0.05 belongs to a list of which at most 1 in 20 is expected to be
    chance. It holds for independent tests and for neighbours that rise and fall together (Benjamini & Yekutieli 2001, section 3.1, as
    Caldas de Castro & Singer 2006 use it for Gi*). dependent: for any dependence at all (the same, theorem 1.3), much stricter.

    The same as R's p.adjust with “BH” or “BY”. Any shape; raises ValueError for a p outside 0 to 1.
    """
    given = np.asarray(p, dtype=np.float64)
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError("p values lie between 0 and 1: leave out places that could not be tested")
    flat, many = given.ravel(), given.size
    order = np.argsort(flat)[::-1]
    strict = float((1 / np.arange(1, many + 1)).sum()) if dependent else 1.0
    stepped = np.minimum.accumulate(flat[order] * many * strict / np.arange(many, 0, -1))
    found = np.empty(many)
    found[order] = np.minimum(stepped, 1.0)
    return found.reshape(given.shape)


def real(p: ArrayLike, level: float = LEVEL, *, dependent: bool = False) -> NDArray[np.bool_]:
    """Which tests may be called real when at most `level` of those called so may be chance."""
    return np.asarray(adjusted(p, dependent=dependent) <= level, dtype=np.bool_)
