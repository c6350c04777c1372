"""Monthly series for tests: the 41 published months of G-01, and made ones with trend, season and chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .released import G01

PUBLISHED = np.array(G01, dtype=float)


def made(
    months: int = 48,
    level: float = 60.0,
    slope: float = 0.3,
    season: float = 0.2,
    seed: int = 1,
    step: float = 0.0,
    at: int = 0,
) -> NDArray[np.float64]:
    """Poisson counts about a straight line with a yearly wave; `step` is added from month `at` on."""
    time = np.arange(months)
    mean = (level + slope * time) * (1 + season * np.sin(2 * np.pi * time / 12)) + step * (time >= at)
    return np.random.default_rng(seed).poisson(np.maximum(mean, 0.0)).astype(float)
