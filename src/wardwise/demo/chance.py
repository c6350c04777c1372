"""Seeded chance that gives the same draws on every machine: whole numbers only, from the raw stream of PCG64.

NumPy promises the raw stream of a bit generator, not the draws made from it, so the draws are made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Whole = np.ndarray[Any, np.dtype[np.int64]]


class Chance:
    """One stream of draws. `of` gives a stream of its own to each part, so that changing one part leaves the others alone."""

    def __init__(self, seed: int, *part: str) -> None:
        import hashlib

        import numpy as np

        self.seed, self.part = seed, part
        digest = hashlib.sha256("\n".join([str(seed), *part]).encode()).digest()
        self._bits = np.random.PCG64(int.from_bytes(digest[:16], "big"))

    def of(self, *part: str) -> Chance:
        """A stream that depends on the seed and on the names given, and on nothing drawn before."""
        return Chance(self.seed, *self.part, *part)

    def below(self, top: int, size: int) -> Whole:
        """`size` whole numbers from 0 to top − 1, each as likely as the others."""
        import numpy as np

        raw = self._bits.random_raw(size) >> np.uint64(11)
        return (raw % np.uint64(top)).astype(np.int64)

    def between(self, low: int, high: int, size: int) -> Whole:
        """`size` whole numbers from low to high, both included."""
        return self.below(high - low + 1, size) + low

    def pick(self, weights: Sequence[int], size: int) -> Whole:
        """`size` positions in `weights`, each as likely as its weight says."""
        import numpy as np

        ends = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(ends, self.below(int(ends[-1]), size), side="right").astype(np.int64)

    def order(self, size: int) -> Whole:
        """The numbers 0 to size − 1 in an order left to chance."""
        import numpy as np

        return np.argsort(self._bits.random_raw(size), kind="stable").astype(np.int64)

    def deal(self, counts: Sequence[int]) -> Whole:
        """Each position of `counts` as often as it says, shuffled: a draw whose totals are exact."""
        import numpy as np

        counts = [int(count) for count in counts]
        return np.repeat(np.arange(len(counts)), counts)[self.order(sum(counts))]

    def scatter(self, total: int, weights: Sequence[int]) -> list[int]:
        """`total` things fall one by one on places of the given weights: how many fell on each. They spread as counts do."""
        import numpy as np

        return [int(count) for count in np.bincount(self.pick(weights, total), minlength=len(weights))]

    def some(self, weights: Sequence[int] | Whole, take: int) -> Whole:
        """`take` different positions, heavier ones sooner, none of weight 0. Raises ValueError when there are too few."""
        import numpy as np

        heavy = np.asarray(weights, dtype=np.int64)
        if int((heavy > 0).sum()) < take:
            raise ValueError(f"{take} wanted, {int((heavy > 0).sum())} to choose from")
        # the most of `weight` draws is larger the heavier the weight: divide a draw's shortfall by its weight
        shortfall = (np.uint64(2**53) - (self._bits.random_raw(len(heavy)) >> np.uint64(11))).astype(np.int64)
        ranked = np.where(heavy > 0, shortfall // np.maximum(heavy, 1), np.int64(2**62))
        return np.sort(np.argsort(ranked, kind="stable")[:take]).astype(np.int64)

    def identifiers(self, size: int, length: int = 64) -> list[str]:
        """`size` identifiers of `length` hexadecimal characters."""
        words = -(-length // 16)
        text = self._bits.random_raw(size * words).astype(">u8").tobytes().hex()
        return [text[i * words * 16 : i * words * 16 + length] for i in range(size)]


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole numbers in proportion to `weights`: largest remainder, the earlier first when equal.

    Raises ValueError when there is something to share and nobody to have it.
    """
    whole = sum(weights)
    if total and not whole:
        raise ValueError(f"{total} to share out and no weights")
    if not total:
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    rest = [total * weight % whole for weight in weights]
    for place in sorted(range(len(weights)), key=lambda i: (-rest[i], i))[: total - sum(shares)]:
        shares[place] += 1
    return shares
