"""Would a sum tell what one contributor gave? The two rules that statistical offices use for amounts, not for counts of people.

Hundepool and others (2012), Statistical Disclosure Control, section 4.2. No product shows amounts by contributor; whoever makes a table of
them asks here first.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

LARGEST = 2
MOST = 0.9
"""n and k of the n-k rule: acro's defaults (AI-SDC/ACRO 1.0.2, default.yaml)."""
CLOSE = 0.1
"""The share of the largest amount within which the next largest could guess it: acro's default."""


def dominated(amounts: ArrayLike, largest: int = LARGEST, share: float = MOST) -> bool:
    """n-k rule: whether the `largest` contributors give more than `share` of the sum. amounts: one for each contributor, none below 0;
    NaN is not supplied. False when the sum is 0. Raises ValueError for an amount below 0."""
    given = _given(amounts)
    total = float(given.sum())
    return total > 0 and float(given[:largest].sum()) > share * total


def guessed(amounts: ArrayLike, share: float = CLOSE) -> bool:
    """p-percent rule: whether the second largest, who knows its own, could work out the largest to within `share` of it.

    A sum of 0 tells that everybody gave 0, so it is told; so is an amount that stands alone. False when nobody gave. Raises ValueError for
    an amount below 0.
    """
    given = _given(amounts)
    if not len(given):
        return False
    rest = float(given[2:].sum())
    return rest < share * float(given[0]) or float(given[0]) == 0


def _given(amounts: ArrayLike) -> NDArray[np.float64]:
    """The amounts that were supplied, the largest first."""
    every = np.asarray(amounts, dtype=np.float64)
    given = np.sort(every[np.isfinite(every)])[::-1]
    if len(given) and given[-1] < 0:
        raise ValueError("an amount below 0 has no share of a sum")
    return given
