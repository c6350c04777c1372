"""How wide must an interval be so that what was missed before would have lain inside? Split-conformal limits, from errors alone.

Nothing is assumed of the shape of the errors, only that the next one is like the ones before (exchangeable). Errors of forecasts from
neighbouring months are not quite so; what this costs is shown by simulation in docs/explanation/forecasts.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Reach:
    """size: how large a score may be and still lie inside. by_rank: the share of new scores that the ranks alone promise; under the
    level asked for, `size` is the largest score stretched to it by the normal curve."""

    size: float
    by_rank: float


def reach(scores: ArrayLike, level: float = 95) -> Reach | None:
    """The ⌈(n + 1) × level⌉-th smallest of n scores (none below nought): a new one is no larger with at least that chance.

    Vovk, Gammerman & Shafer (2005), Algorithmic Learning in a Random World; Lei, G'Sell, Rinaldo, Tibshirani & Wasserman (2018), JASA 113,
    section 2.2 (the finite-sample rank) and 5.2 (errors divided by their own expected size). With fewer than 19 scores no rank reaches
    95%: the largest promises n / (n + 1), and is stretched as far as 95% lies beyond that on the normal curve. NaN is left out; None when none is known.
    """
    from scipy.special import ndtri

    known = np.sort(np.ravel(np.asarray(scores, dtype=np.float64)))
    known = known[~np.isnan(known)]
    n, share = len(known), level / 100
    if not n:
        return None
    rank = math.ceil((n + 1) * share - 1e-9)
    if rank <= n:
        return Reach(float(known[rank - 1]), rank / (n + 1))
    most = n / (n + 1)
    return Reach(float(known[-1] * ndtri(0.5 + share / 2) / ndtri(0.5 + most / 2)), most)
