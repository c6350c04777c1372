"""Do events come back to the same places more often than chance would bring them?

Source of the comparison: Sherman, Gartin & Buerger 1989, "Hot spots of predatory crime", Criminology 27, 27-56, who set repeat
calls at an address against what chance would give. The number of places hit when events fall at random is the classical
occupancy problem (Johnson & Kotz 1977, Urn Models and Their Application, chapter 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

UPTO = 5
"""The last step of the table is of places with this many events or more."""


@dataclass(frozen=True)
class Step:
    """Places with so many events (the last step: so many or more). expected: as chance alone would have it."""

    events: int
    places: int
    expected: float


@dataclass(frozen=True)
class Repeats:
    """events: all of them. hit: places that had any. places: places that could have had one.

    repeat_places: places with two or more. at_repeat_places: events there. again: events beyond the first at their place.
    expected_again: as chance alone would have them. ratio: again over expected_again; NaN when chance would have none.
    p: how often chance alone would leave as few places hit (normal limit of the occupancy distribution, one-sided).
    """

    events: int
    hit: int
    places: int
    repeat_places: int
    at_repeat_places: int
    again: int
    expected_again: float
    ratio: float
    p: float
    steps: tuple[Step, ...]


def repeats(counts: ArrayLike, places: int) -> Repeats:
    """Repeat events against chance. counts: events of each place that had any. places: how many places could have had one.

    By chance every event falls on any place alike, so that a place's count is binomial. Raises ValueError when there is no place,
    a place without an event, or fewer places than were hit.
    """
    x = np.asarray(counts)
    if x.ndim != 1 or not len(x) or not np.issubdtype(x.dtype, np.integer) or (x < 1).any():
        raise ValueError("counts are whole numbers of at least 1, one for each place that was hit")
    if places < len(x):
        raise ValueError("more places were hit than there are")
    n, hit = int(x.sum()), len(x)
    expected_hit = places * -np.expm1(n * np.log1p(-1 / places)) if places > 1 else 1.0
    again, expected = n - hit, float(n - expected_hit)
    more = x[x > 1]
    ratio = again / expected if expected > 1e-12 else float("nan")
    return Repeats(
        n, hit, places, len(more), int(more.sum()), again, expected, ratio, _p(hit, n, places), _steps(x, n, places)
    )


def _steps(x: NDArray[np.int64], n: int, places: int) -> tuple[Step, ...]:
    from scipy.stats import binom

    expected = [*places * binom.pmf(np.arange(1, UPTO), n, 1 / places), places * binom.sf(UPTO - 1, n, 1 / places)]
    seen = np.bincount(np.minimum(x, UPTO), minlength=UPTO + 1)[1:]
    return tuple(Step(i + 1, int(seen[i]), float(expected[i])) for i in range(UPTO))


def _p(hit: int, n: int, places: int) -> float:
    """P(so few places hit, or fewer), with half a place for continuity. 1 where chance leaves nothing open."""
    from scipy.special import ndtr

    if places == 1:
        return 1.0
    none, both = (1 - 1 / places) ** n, (1 - 2 / places) ** n
    variance = places * (places - 1) * both + places * none - (places * none) ** 2
    if variance <= 1e-9:
        return 1.0
    return float(ndtr((hit + 0.5 - places * (1 - none)) / np.sqrt(variance)))
