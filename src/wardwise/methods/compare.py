"""Two counts compared: how much, in percent of what, and whether chance alone could do it.

Wheeler (2016), "Tables and graphs for monitoring temporal crime trends", gives the square-root score that crime analysts use;
Przyborowski & Wilenski (1940) give the exact test of two Poisson counts, conditional on their total, that decides here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

ALPHA = 0.05
"""A change is called distinguishable from chance when chance alone would give one as unlikely less than 1 time in 20."""

SAME_PROBABILITY = 1 + 1e-7
"""Outcomes this close in probability count as equally likely: rounding error must not drop one (as R's binom.test)."""


class UnequalPeriodsError(ValueError):
    """Two counts cover different numbers of months, and the caller did not say that this is meant."""


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """before and after are counts; months are what each covers. percent is exact, None when there is no base to take it of,
    and None for unequal periods, where it would compare different lengths of time."""

    before: int
    after: int
    months_before: int
    months_after: int
    percent: Fraction | None

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def unequal(self) -> bool:
        return self.months_before != self.months_after

    @property
    def monthly_percent(self) -> Fraction | None:
        """Change in the average month, in percent: the one fair percentage between unequal periods."""
        if self.before == 0:
            return None
        return Fraction(self.after * self.months_before * 100, self.before * self.months_after) - 100


@dataclass(frozen=True)
class PointChange:
    """Change between two shares. points: percentage points (31.2% to 29.1% is −2.1 points). percent: the same change in
    percent of the first share (−6.7%). They are never interchangeable, so both carry their name."""

    before: Fraction
    after: Fraction

    @property
    def points(self) -> Fraction:
        return (self.after - self.before) * 100

    @property
    def percent(self) -> Fraction | None:
        return None if self.before == 0 else (self.after / self.before - 1) * 100


@dataclass(frozen=True)
class RatioTest:
    """ratio: rate after over rate before (infinite when before is nought), with its exact interval; p: two-sided."""

    ratio: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True)
class Verdict:
    """Whether a change can be told from chance. direction: of the rates. z: the square-root score, for equal exposures only."""

    direction: Direction
    distinguishable: bool
    p: float
    z: float | None


def change(
    before: int, after: int, *, months_before: int = 1, months_after: int = 1, unequal_stated: bool = False
) -> Change:
    """Compare two counts. Raises UnequalPeriodsError when they cover different numbers of months and `unequal_stated` is False."""
    if months_before != months_after and not unequal_stated:
        raise UnequalPeriodsError(f"{months_before} months cannot be compared with {months_after} without saying so")
    fair = before != 0 and months_before == months_after
    percent = Fraction((after - before) * 100, before) if fair else None
    return Change(before, after, months_before, months_after, percent)


def point_change(part_before: int, whole_before: int, part_after: int, whole_after: int) -> PointChange | None:
    """Change of a share, exactly. None when either share has no base."""
    if whole_before == 0 or whole_after == 0:
        return None
    return PointChange(Fraction(part_before, whole_before), Fraction(part_after, whole_after))


def poisson_z(before: int, after: int) -> float:
    """2(√after − √before), Wheeler's (2016) score for two counts over equal periods. He screens at 3: the score treats the
    earlier count as known, so its spread between two chance counts is √2, and 3 stands for about 1 in 30."""
    return 2 * (math.sqrt(after) - math.sqrt(before))


def ratio_test(
    before: int,
    after: int,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    confidence: float = 0.95,
) -> RatioTest:
    """Exact test that two Poisson counts share one rate, given their exposures (months, residents, or both multiplied).

    Conditional on the total, `after` is binomial with share exposure_after / both (Przyborowski & Wilenski 1940). The p value
    adds the outcomes no more likely than the one seen; the interval is Clopper and Pearson's (1934), turned into a ratio.
    Agrees with R's poisson.test.
    """
    from scipy.special import betaincinv

    total, share = before + after, exposure_after / (exposure_before + exposure_after)
    tail, scale = (1 - confidence) / 2, exposure_before / exposure_after
    low = 0.0 if after == 0 else float(betaincinv(after, before + 1, tail))
    high = 1.0 if before == 0 else float(betaincinv(after + 1, before, 1 - tail))
    return RatioTest(
        _odds(after / total, scale) if total else math.nan,
        _odds(low, scale),
        _odds(high, scale),
        _binomial_p(after, total, share),
    )


def verdict(
    before: int, after: int, exposure_before: float = 1.0, exposure_after: float = 1.0, alpha: float = ALPHA
) -> Verdict:
    """Whether the change from `before` to `after` can be told from chance, by the exact test at `alpha`."""
    p = ratio_test(before, after, exposure_before, exposure_after).p
    rates = before * exposure_after, after * exposure_before
    direction = Direction.SAME if rates[0] == rates[1] else Direction.UP if rates[1] > rates[0] else Direction.DOWN
    z = poisson_z(before, after) if exposure_before == exposure_after else None
    return Verdict(direction, p < alpha, p, z)


def _odds(share: float, scale: float) -> float:
    return math.inf if share == 1 else share / (1 - share) * scale


def _binomial_p(seen: int, total: int, share: float) -> float:
    """Two-sided binomial p: the probability of every outcome no more likely than `seen` of `total`."""
    mode = total * share
    if seen == mode:
        return 1.0
    if seen < mode:
        other = _no_likelier(seen, total, share, math.ceil(mode), total, rising=False)
        return min(1.0, _at_most(seen, total, share) + _at_least(other, total, share))
    other = _no_likelier(seen, total, share, 0, math.floor(mode), rising=True)
    return min(1.0, _at_most(other, total, share) + _at_least(seen, total, share))


def _at_most(count: int, total: int, share: float) -> float:
    from scipy.special import bdtr

    return float(bdtr(count, total, share)) if count >= 0 else 0.0


def _at_least(count: int, total: int, share: float) -> float:
    from scipy.special import bdtrc

    return float(bdtrc(count - 1, total, share)) if count <= total else 0.0


def _no_likelier(seen: int, total: int, share: float, low: int, high: int, *, rising: bool) -> int:
    """On the far side of the mode, between `low` and `high`, the outcome nearest the mode that is no more likely than `seen`;
    one past the end when there is none. The probabilities rise or fall there without turning, so it is found by halving."""
    limit = _log_probability(seen, total, share) + math.log(SAME_PROBABILITY)
    while low <= high:
        middle = (low + high) // 2
        unlikely = _log_probability(middle, total, share) <= limit
        if unlikely == rising:
            low = middle + 1
        else:
            high = middle - 1
    return high if rising else low


def _log_probability(count: int, total: int, share: float) -> float:
    ways = math.lgamma(total + 1) - math.lgamma(count + 1) - math.lgamma(total - count + 1)
    return ways + count * math.log(share) + (total - count) * math.log1p(-share)
