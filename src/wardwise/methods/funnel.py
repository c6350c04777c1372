"""Funnel plots: which areas differ from the group by more than chance, given their size; and by more than areas usually differ.

D. J. Spiegelhalter, “Funnel plots for comparing institutional performance”, Statistics in Medicine 24 (2005), and
“Handling over-dispersion of performance indicators”, Quality and Safety in Health Care 14 (2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .rates import Floats, Interval, _normal, exact_poisson

USUAL, FAR = 0.95, 0.998
"""Limits that 1 area in 40 passes on each side by chance, and 1 in 1,000 (Spiegelhalter 2005, section 2.2)."""

TRIM = 0.1
"""The share of areas at each end whose z is pulled in before the spread is judged (Spiegelhalter 2005b: 10%)."""


class Standing(StrEnum):
    """Beyond the far limits, beyond the usual ones, or within."""

    FAR_ABOVE = "far above"
    ABOVE = "above"
    WITHIN = "within"
    BELOW = "below"
    FAR_BELOW = "far below"


class Scale(StrEnum):
    """How a ratio is put on a scale where its spread hardly depends on its value. log: Summary Hospital-level Mortality
    Indicator; needs counts above nought. root: Care Quality Commission; a count of nought is allowed."""

    LOG = "log"
    ROOT = "root"


@dataclass(frozen=True)
class Spread:
    """phi: mean squared z, 1 when areas differ by chance alone. tau2: variance between areas beyond chance, on the scale used.
    used: how many areas it was judged from."""

    phi: float
    tau2: float
    used: int


def poisson_limits(expected: ArrayLike, confidence: float = USUAL) -> Interval:
    """Limits of observed over expected for areas that expect `expected` events: exact Poisson (Garwood 1936)."""
    e = np.asarray(expected, dtype=np.float64)
    found = exact_poisson(e, confidence)
    return Interval(found.lower / e, found.upper / e)


def rate_limits(events: ArrayLike, baseline: float, confidence: float = USUAL) -> Interval:
    """The rates, in the unit of `baseline`, at which an area with `events` events would lie on a limit: the count's exact
    Poisson limit is what the baseline expects there (as PHEindicatormethods draws funnels of rates)."""
    x = np.asarray(events, dtype=np.float64)
    found = exact_poisson(x, confidence)
    return Interval(baseline * x / found.upper, baseline * x / found.lower)


def share_limits(base: ArrayLike, baseline: float, confidence: float = USUAL) -> Interval:
    """Limits of a share around `baseline` (0 to 1) for areas with `base` cases: normal, kept between 0 and 1."""
    reach = _normal(confidence) * np.sqrt(baseline * (1 - baseline) / np.asarray(base, dtype=np.float64))
    return Interval(np.maximum(baseline - reach, 0.0), np.minimum(baseline + reach, 1.0))


def ratio_standing(observed: float, expected: float) -> Standing:
    """Where a count stands against what was expected of it: its own exact limits leave the expected count outside."""
    for confidence, high, low in (
        (FAR, Standing.FAR_ABOVE, Standing.FAR_BELOW),
        (USUAL, Standing.ABOVE, Standing.BELOW),
    ):
        limits = exact_poisson(observed, confidence)
        if float(limits.lower) > expected:
            return high
        if float(limits.upper) < expected:
            return low
    return Standing.WITHIN


def share_standing(count: float, base: float, baseline: float) -> Standing:
    """Where a share stands against the group's."""
    return standing(count / base, share_limits(base, baseline), share_limits(base, baseline, FAR))


def standing(value: float, usual: Interval, far: Interval) -> Standing:
    """Where `value` lies between the limits of its own area."""
    if value > float(far.upper):
        return Standing.FAR_ABOVE
    if value < float(far.lower):
        return Standing.FAR_BELOW
    if value > float(usual.upper):
        return Standing.ABOVE
    return Standing.BELOW if value < float(usual.lower) else Standing.WITHIN


def scores(observed: ArrayLike, expected: ArrayLike, scale: Scale = Scale.ROOT) -> Floats:
    """z of observed against expected on the scale: 2(√O − √E), or √E·log(O/E), which for an area without an event is minus
    infinity: it must be trimmed away before the spread is judged."""
    o, e = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if (e <= 0).any():
        raise ValueError("every area must expect some events")
    if scale is Scale.ROOT:
        return np.asarray(2 * (np.sqrt(o) - np.sqrt(e)))
    with np.errstate(divide="ignore"):
        return np.asarray(np.sqrt(e) * np.log(o / e))


def errors(expected: ArrayLike, scale: Scale = Scale.ROOT) -> Floats:
    """Standard error of an area's place on the scale: 1/(2√E) for roots, 1/√E for logs."""
    root = np.sqrt(np.asarray(expected, dtype=np.float64))
    return np.asarray(1 / (2 * root) if scale is Scale.ROOT else 1 / root)


def ratio_scores(counts: ArrayLike, bases: ArrayLike) -> tuple[Floats, Floats]:
    """z of the log of two counts' ratio against the group's ratio, with ½ added to each, and its standard error
    (Spiegelhalter 2005, appendix A.3.3, for ratios of counts)."""
    x, n = np.asarray(counts, dtype=np.float64), np.asarray(bases, dtype=np.float64)
    error = np.sqrt(x / (x + 0.5) ** 2 + n / (n + 0.5) ** 2)
    return np.asarray((np.log((x + 0.5) / (n + 0.5)) - np.log(x.sum() / n.sum())) / error), np.asarray(error)


def winsorised(z: ArrayLike, trim: float = TRIM) -> Floats:
    """z with the lowest and highest `trim` pulled in to the value there."""
    values = np.asarray(z, dtype=np.float64)
    low, high = np.quantile(values, [trim, 1 - trim])
    return np.clip(values, low, high)


def truncated(z: ArrayLike, trim: float = TRIM) -> Floats:
    """z without its lowest and highest whole number of areas in `trim`; NaN in their places."""
    values = np.asarray(z, dtype=np.float64)
    cut = int(values.size * trim)
    order = np.argsort(values, kind="stable")
    kept = values.copy()
    kept[np.concatenate([order[:cut], order[values.size - cut :]])] = np.nan
    return kept


def spread(z: ArrayLike, error: ArrayLike) -> Spread:
    """How much the areas differ beyond chance, from their trimmed z and standard errors (NaN where trimmed away).

    tau2 is DerSimonian and Laird's moment estimate (1986), nought when phi is no more than chance gives.
    Raises ValueError for fewer than two areas.
    """
    scored, errors_of = np.asarray(z, dtype=np.float64), np.asarray(error, dtype=np.float64)
    used = ~np.isnan(scored)
    kept, weights = scored[used], 1 / errors_of[used] ** 2
    n = int(used.sum())
    if n < 2 or not np.isfinite(kept).all():
        raise ValueError("it takes two areas to say how much areas differ, and on the log scale each needs an event")
    phi = float((kept**2).mean())
    room = weights.sum() - (weights**2).sum() / weights.sum()
    return Spread(phi, max(0.0, (n * phi - (n - 1)) / float(room)), n)


def wide_limits(error: ArrayLike, tau2: float, scale: Scale = Scale.ROOT, confidence: float = USUAL) -> Interval:
    """Limits of observed over expected that also allow for the usual differences between areas.

    On the root scale the limits are squared, so that they are limits of the ratio and not of its root.
    """
    reach = _normal(confidence) * np.sqrt(np.asarray(error, dtype=np.float64) ** 2 + tau2)
    if scale is Scale.LOG:
        return Interval(np.exp(-reach), np.exp(reach))
    return Interval(np.maximum(1 - reach, 0.0) ** 2, (1 + reach) ** 2)
