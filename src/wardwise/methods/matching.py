"""People or families who took part beside others like them: matched one to one, with the balance shown before anything is compared.

P. R. Rosenbaum & D. B. Rubin, “The central role of the propensity score”, Biometrika 70 (1983). P. C. Austin, “Optimal caliper widths
for propensity-score matching”, Pharmaceutical Statistics 10 (2011).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .rates import Floats, _normal

CALIPER = 0.2
"""Pairs may differ by no more than 0.2 standard deviations of the logit of the score (Austin 2011)."""

BALANCED = 0.1
"""A standardised difference below 0.1 is taken as balance (Austin 2009, Statistics in Medicine 28)."""

RIDGE = 1e-4
"""A touch of shrinkage, so that a group that one covariate tells apart wholly still has finite scores."""


@dataclass(frozen=True)
class Balance:
    """Standardised difference of one covariate, in pooled standard deviations, before and after matching."""

    before: float
    after: float

    @property
    def good(self) -> bool:
        return abs(self.after) < BALANCED


@dataclass(frozen=True)
class Paired:
    """Shares with the outcome in each group of matched pairs; difference (took part less not) with its interval; p: McNemar's, exact.
    only_one, only_other: pairs in which only the one who took part, or only the other, had the outcome."""

    pairs: int
    share_one: float
    share_other: float
    difference: float
    lower: float
    upper: float
    p: float
    only_one: int
    only_other: int


def propensity(took_part: ArrayLike, covariates: ArrayLike) -> Floats:
    """Log odds of taking part, by logistic regression on the covariates (one row for each person), each first put in units of its
    standard deviation. Raises ValueError when all or nobody took part, or a value is not known."""
    treated, x = np.asarray(took_part, dtype=bool), np.asarray(covariates, dtype=np.float64)
    if treated.all() or not treated.any() or not np.isfinite(x).all():
        raise ValueError("matching needs people who took part, people who did not, and every covariate known")
    spread = x.std(axis=0)
    scaled = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    design = np.column_stack([np.ones(len(x)), scaled])
    beta, ridge = np.zeros(design.shape[1]), RIDGE * len(x) * np.eye(design.shape[1])
    for _ in range(50):  # Newton's steps; shrinkage keeps them finite
        share = 1 / (1 + np.exp(-(design @ beta)))
        slope = design.T @ (treated - share) - ridge @ beta
        beta = beta + np.linalg.solve(design.T @ (design * (share * (1 - share))[:, None]) + ridge, slope)
    return np.asarray(design @ beta)


def nearest(scores: ArrayLike, took_part: ArrayLike, caliper: float = CALIPER) -> tuple[tuple[int, int], ...]:
    """Pairs (place of one who took part, place of the other): the nearest score not yet taken, hardest to match first, none further than
    the caliper. Those without a partner are left out."""
    score, treated = np.asarray(scores, dtype=np.float64), np.asarray(took_part, dtype=bool)
    reach = caliper * float(score.std())
    free = [int(i) for i in np.flatnonzero(~treated)]
    pairs: list[tuple[int, int]] = []
    for one in sorted((int(i) for i in np.flatnonzero(treated)), key=lambda i: (-score[i], i)):
        near = min(free, key=lambda other: (abs(score[other] - score[one]), other), default=None)
        if near is not None and abs(score[near] - score[one]) <= reach:
            pairs.append((one, near))
            free.remove(near)
    return tuple(sorted(pairs))


def balance(covariates: ArrayLike, took_part: ArrayLike, pairs: Sequence[tuple[int, int]]) -> tuple[Balance, ...]:
    """For each covariate, how different the groups were before and after matching; the standard deviations are those before."""
    x, treated = np.asarray(covariates, dtype=np.float64), np.asarray(took_part, dtype=bool)
    one, other = x[treated], x[~treated]
    spread = np.sqrt((one.var(axis=0) + other.var(axis=0)) / 2)
    spread = np.where(spread > 0, spread, 1.0)
    before = (one.mean(axis=0) - other.mean(axis=0)) / spread
    kept = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    after = (x[kept[:, 0]] - x[kept[:, 1]]).mean(axis=0) / spread if len(kept) else np.full(x.shape[1], np.inf)
    return tuple(Balance(float(b), float(a)) for b, a in zip(before, after, strict=True))


def paired(outcomes: Sequence[tuple[bool, bool]], confidence: float = 0.95) -> Paired:
    """Outcome of each pair (who took part, the other). The interval is Bonett & Price's (2012) for paired shares, which holds for
    small groups. Raises ValueError without a pair."""
    from scipy.special import bdtr

    n = len(outcomes)
    if n == 0:
        raise ValueError("no pair could be matched, so nothing can be compared")
    only_one, only_other = sum(a and not b for a, b in outcomes), sum(b and not a for a, b in outcomes)
    p1, p2 = (only_one + 1) / (n + 2), (only_other + 1) / (n + 2)
    reach = _normal(confidence) * math.sqrt((p1 + p2 - (p1 - p2) ** 2) / (n + 2))
    apart = only_one + only_other
    p = min(1.0, 2 * float(bdtr(min(only_one, only_other), apart, 0.5)))
    shares = [sum(pair[side] for pair in outcomes) / n for side in (0, 1)]
    middle = p1 - p2
    limits = max(middle - reach, -1.0), min(middle + reach, 1.0)
    return Paired(n, shares[0], shares[1], shares[0] - shares[1], *limits, p, only_one, only_other)
