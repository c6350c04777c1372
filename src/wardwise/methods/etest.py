"""Two small counts compared with more power, and the most events that chance would bunch together."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

TAIL = 1e-12
"""Outcomes less likely than this are left out of the sum."""


def e_test(count_one: int, count_two: int, exposure_one: float = 1.0, exposure_two: float = 1.0) -> float:
    """p value, two-sided, that two Poisson rates are the same: Krishnamoorthy & Thomson (2004), “A more powerful test for comparing
    two Poisson means”, Journal of Statistical Planning and Inference 119. 1 when nothing happened in either.

    The score is taken over the pooled rate; for equal exposures that is the paper's own, for others ptools' reading of it.
    """
    total, both = count_one + count_two, exposure_one + exposure_two
    if total == 0:
        return 1.0
    rate = total / both
    seen = abs(count_one / exposure_one - count_two / exposure_two) / math.sqrt(rate)
    one, two = _outcomes(exposure_one * rate), _outcomes(exposure_two * rate)
    pooled = np.sqrt((one[:, None] + two[None, :]) / both)
    gap = np.abs(one[:, None] / exposure_one - two[None, :] / exposure_two)
    far = (pooled > 0) & (gap >= seen * pooled * (1 - 1e-12))
    chance = _mass(one, exposure_one * rate)[:, None] * _mass(two, exposure_two * rate)[None, :]
    return float(min(1.0, chance[far].sum()))


def scan(total: float, window: float, rate: float, most: int) -> float:
    """Probability that some `window` of time holds `most` events or more in `total` time units at `rate` events to a unit, if they
    come by chance: Naus (1982), “Approximations for distributions of scan statistics”, Journal of the American Statistical Association 77.

    Raises ValueError when fewer than two windows fit in the time, or `most` is below 2.
    """
    if total < 2 * window or most < 2:
        raise ValueError("a scan needs room for two windows, and bunches of two events or more")
    two, three = _q2(most, rate * window), _q3(most, rate * window)
    return float(min(1.0, max(0.0, 1 - two * (three / two) ** (total / window - 2))))


def _q2(n: int, mean: float) -> float:
    """No bunch in two windows (Naus 1982, equation 2.1)."""
    return float(
        _cdf(n - 1, mean) ** 2
        - (n - 1) * _pmf(n, mean) * _pmf(n - 2, mean)
        - (n - 1 - mean) * _pmf(n, mean) * _cdf(n - 3, mean)
    )


def _q3(n: int, mean: float) -> float:
    """No bunch in three windows (Naus 1982, equation 2.2)."""
    below, p = _cdf(n - 1, mean), _pmf(n, mean)
    a1 = 2 * p * below * ((n - 1) * _cdf(n - 2, mean) - mean * _cdf(n - 3, mean))
    a2 = (
        0.5
        * p**2
        * ((n - 1) * (n - 2) * _cdf(n - 3, mean) - 2 * (n - 2) * mean * _cdf(n - 4, mean) + mean**2 * _cdf(n - 5, mean))
    )
    a3 = sum(_pmf(2 * n - r, mean) * _cdf(r - 1, mean) ** 2 for r in range(1, n))
    a4 = sum(
        _pmf(2 * n - r, mean) * _pmf(r, mean) * ((r - 1) * _cdf(r - 2, mean) - mean * _cdf(r - 3, mean))
        for r in range(2, n)
    )
    return below**3 - a1 + a2 + a3 - a4


def _pmf(n: int, mean: float) -> float:
    return math.exp(n * math.log(mean) - mean - math.lgamma(n + 1))


def _cdf(n: int, mean: float) -> float:
    from scipy.special import pdtr

    return float(pdtr(n, mean)) if n >= 0 else 0.0


def _outcomes(mean: float) -> NDArray[np.int64]:
    from scipy.special import pdtrik

    low = int(max(0.0, mean - 8 * math.sqrt(mean)))
    return np.arange(low, math.ceil(float(pdtrik(1 - TAIL, mean))) + 2)


def _mass(outcomes: NDArray[np.int64], mean: float) -> NDArray[np.float64]:
    from scipy.special import gammaln, xlogy

    return np.asarray(np.exp(xlogy(outcomes, mean) - mean - gammaln(outcomes + 1)))
