"""Several indicators on one scale, so that they can be weighed together.

Source: OECD & European Commission 2008, Handbook on Constructing Composite Indicators, section 5 (normalisation) and section 7
(robustness). Weighing and how firm the order is: `priorities.scores` and `priorities.robustness`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

REACH = 3.0
"""Standard deviations at which a z-score ends: one area far out would otherwise push all others together (Handbook, section 5.2)."""


def by_rank(values: ArrayLike) -> Floats:
    """Each value's place among the others, 0 for the lowest and 1 for the highest; equal values share their middle place. NaN stays;
    one value alone, or all alike, stand at the middle."""
    x, known = _known(values)
    found = np.full(x.shape, np.nan)
    if known.sum() == 1:
        found[known] = 0.5
    elif known.any():
        held = x[known]
        below = (held[None, :] < held[:, None]).sum(axis=1)
        alike = (held[None, :] == held[:, None]).sum(axis=1)
        found[known] = (below + (alike - 1) / 2) / (len(held) - 1)
    return found


def by_deviation(values: ArrayLike) -> Floats:
    """z-scores of the known values, cut off at REACH either side and set on a scale from 0 to 1 with the mean at a half. NaN stays."""
    x, known = _known(values)
    found = np.full(x.shape, np.nan)
    if known.any():
        held = x[known]
        spread = float(held.std())
        z = (held - held.mean()) / spread if spread > 0 else np.zeros(len(held))
        found[known] = (np.clip(z, -REACH, REACH) + REACH) / (2 * REACH)
    return found


def agreement(one: ArrayLike, other: ArrayLike) -> float:
    """Spearman's (1904) rank correlation of the areas for which both are known; NaN for fewer than three, or where one is all alike."""
    (x, known), (y, beside) = _known(one), _known(other)
    both = known & beside
    if both.sum() < 3:
        return float("nan")
    a, b = by_rank(x[both]), by_rank(y[both])
    if a.std() == 0 or b.std() == 0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def _known(values: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1 or np.isinf(x).any():
        raise ValueError("values are a list of numbers, NaN where one is not known")
    return x, ~np.isnan(x)
