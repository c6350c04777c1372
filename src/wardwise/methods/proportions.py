"""Two shares compared: how far apart, and whether chance alone could do it; and the mean of measurements."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from .rates import wilson


@dataclass(frozen=True)
class TwoShares:
    """difference: second share less the first, 0 to 1, with its interval. p: chi-squared. p_corrected: with Yates's correction.
    exact: Fisher's. chi_squared: without correction; nought, and every p 1, when both shares are none or all."""

    difference: float
    lower: float
    upper: float
    chi_squared: float
    p: float
    p_corrected: float
    exact: float


@dataclass(frozen=True)
class Mean:
    """value and limits, in the unit of what was measured; deviation is the standard deviation of the sample."""

    value: float
    lower: float
    upper: float
    deviation: float
    number: int


def two_shares(part_one: int, whole_one: int, part_two: int, whole_two: int, confidence: float = 0.95) -> TwoShares:
    """Two independent shares. The interval is Wald's, as R's prop.test gives it without correction; chi-squared is Pearson's
    (1900); the correction Yates's (1934), no larger than the difference itself. Raises ValueError without two bases."""
    from scipy.special import ndtri
    from scipy.stats import chi2, fisher_exact

    if whole_one <= 0 or whole_two <= 0:
        raise ValueError("a share needs a base above nought on both sides")
    one, two = part_one / whole_one, part_two / whole_two
    reach = float(ndtri(0.5 + confidence / 2)) * math.sqrt(one * (1 - one) / whole_one + two * (1 - two) / whole_two)
    pooled = (part_one + part_two) / (whole_one + whole_two)
    inverse = 1 / whole_one + 1 / whole_two
    spread = pooled * (1 - pooled) * inverse
    gap = abs(two - one)
    plain = gap**2 / spread if spread else 0.0
    corrected = (gap - min(0.5 * inverse, gap)) ** 2 / spread if spread else 0.0
    table = [[part_one, whole_one - part_one], [part_two, whole_two - part_two]]
    exact = float(fisher_exact(table)[1])
    p, p_corrected = float(chi2.sf(plain, 1)), float(chi2.sf(corrected, 1))
    return TwoShares(two - one, two - one - reach, two - one + reach, plain, p, p_corrected, exact)


def two_shares_by_score(
    part_one: int, whole_one: int, part_two: int, whole_two: int, confidence: float = 0.95
) -> TwoShares:
    """As `two_shares`, with the interval that keeps its word for few: Newcombe's (1998, Statistics in Medicine 17, 873-890, method
    10), from the score limits of each share."""
    found = two_shares(part_one, whole_one, part_two, whole_two, confidence)
    one, two = part_one / whole_one, part_two / whole_two
    first, second = wilson(part_one, whole_one, confidence), wilson(part_two, whole_two, confidence)
    down = math.hypot(two - float(second.lower), float(first.upper) - one)
    up = math.hypot(float(second.upper) - two, one - float(first.lower))
    return replace(found, lower=found.difference - down, upper=found.difference + up)


def mean(values: ArrayLike, confidence: float = 0.95) -> Mean:
    """Mean of a sample with Student's (1908) interval. Raises ValueError for fewer than two values."""
    from scipy.special import stdtrit

    x = np.asarray(values, dtype=np.float64)
    if x.size < 2 or not np.isfinite(x).all():
        raise ValueError("a mean with an interval needs two values or more, all of them known")
    middle, deviation = float(x.mean()), float(x.std(ddof=1))
    reach = float(stdtrit(x.size - 1, 0.5 + confidence / 2)) * deviation / math.sqrt(x.size)
    return Mean(middle, middle - reach, middle + reach, deviation, x.size)
