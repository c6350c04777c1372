"""Ages and sexes counted in bands, and how far a group's share of events goes beyond its share of residents.

The ratio of two shares is the location quotient of regional science (Isard 1960, Methods of Regional Analysis, chapter 7), here
with the limits of the events' share by Wilson's score (Wilson 1927, Journal of the American Statistical Association 22, 209-212).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .rates import wilson

Band = tuple[int, int]
"""First and last age in years, both included."""


@dataclass(frozen=True)
class Profile:
    """counts: events by band (rows) and sex (columns). unaged: events of each sex whose age is not known."""

    counts: NDArray[np.int64]
    unaged: NDArray[np.int64]


@dataclass(frozen=True)
class Quotient:
    """share: of the events, 0 to 1, with its limits. residents: the group's share of residents, 0 to 1. times: one over the other."""

    share: float
    lower: float
    upper: float
    residents: float
    times: float


def profile(ages: ArrayLike, sexes: ArrayLike, bands: Sequence[Band], kinds: int) -> Profile:
    """Events by band and sex. ages: years, NaN where not known. sexes: numbers from 0 to kinds − 1.

    Raises ValueError when the two are not as long, a sex is out of range, bands overlap or are out of order, or an age lies in none.
    """
    age, sex = np.asarray(ages, dtype=np.float64), np.asarray(sexes, dtype=np.int64)
    if age.shape != sex.shape or age.ndim != 1 or (sex < 0).any() or (sex >= kinds).any():
        raise ValueError(f"there is one age and one sex, 0 to {kinds - 1}, for each event")
    ordered(bands)
    known = np.isfinite(age)
    band = np.full(age.size, -1)
    for place, (low, high) in enumerate(bands):
        band[known & (age >= low) & (age < high + 1)] = place
    if (band[known] < 0).any():
        raise ValueError("an age lies in none of the bands")
    counts = np.zeros((len(bands), kinds), dtype=np.int64)
    np.add.at(counts, (band[known], sex[known]), 1)
    return Profile(counts, np.bincount(sex[~known], minlength=kinds))


def ordered(bands: Sequence[Band]) -> None:
    """Raises ValueError when bands are none, overlap, or are out of order."""
    if not bands or any(low > high for low, high in bands):
        raise ValueError("a band runs from its first age to its last")
    if any(later[0] <= earlier[1] for earlier, later in pairwise(bands)):
        raise ValueError("bands follow one another and do not overlap")


def quotient(part: int, whole: int, residents: float, everyone: float) -> Quotient:
    """The group's share of events over its share of residents. Raises ValueError without events, or without residents in the group."""
    if not 0 <= part <= whole or whole <= 0 or not 0 < residents <= everyone:
        raise ValueError("a quotient needs events, and residents in the group and beside it")
    found = wilson(part, whole)
    held = residents / everyone
    share = part / whole
    return Quotient(share, float(found.lower), float(found.upper), held, share / held)
