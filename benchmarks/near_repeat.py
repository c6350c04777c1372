"""The near-repeat table with 99 dealings, against pointpats' two Knox tests on the same events.

Events are spread evenly over 20 km × 20 km and a year. pointpats answers one cell (at most 200 m, at most 14 days); Wardwise gives a table of
three bands by three, of which four cells add up to that one, so the answers can be compared.

    python -m benchmarks near_repeat
"""

from __future__ import annotations

import math
from typing import Any

from benchmarks.contest import best, measured

SIZES = ((10_000, 20.0, 7), (100_000, 7.0, 2))
"""Events, how many times as fast as pointpats' fastest, and rounds."""
GOAL_MEMORY = 1000
"""Megabytes at 100,000 events."""
GOAL_CLOSED = 1.0
"""Seconds for the closed form at 100,000 events."""
METRES, DAYS, DEALINGS = 200.0, 14, 99


def events(n: int) -> tuple[Any, Any]:
    import numpy as np

    chance = np.random.default_rng(1)
    return chance.uniform(0, 20_000, (n, 2)), chance.integers(0, 365, n)


def ours(n: int, rounds: int, dealings: int = DEALINGS) -> dict[str, Any]:
    from wardwise.methods import bands, nearrepeat

    near = bands.between(0, METRES / 2, math.nextafter(METRES, math.inf), math.inf)
    soon = bands.between(0, DAYS // 2 + 1, DAYS + 1, math.inf)
    nearrepeat.knox(*events(100), near, soon, permutations=1)  # loading SciPy is not what is measured
    seconds, table = best(lambda: nearrepeat.knox(*events(n), near, soon, permutations=dealings), rounds)
    return {"seconds": seconds, "pairs": int(table.observed[:2, :2].sum()), "close": int(table.observed[:2].sum())}


def older(n: int, rounds: int) -> dict[str, Any]:
    from pointpats.spacetime import knox

    def work() -> Any:
        xy, days = events(n)
        return knox(xy, days[:, None].astype(float), delta=METRES, tau=float(DAYS), permutations=DEALINGS)

    seconds, found = best(work, rounds)
    return {"seconds": seconds, "pairs": int(found["stat"])}


def newer(n: int, rounds: int) -> dict[str, Any]:
    from pointpats.spacetime import Knox

    def work() -> Any:
        xy, days = events(n)
        return Knox(xy, days[:, None].astype(float), delta=METRES, tau=DAYS, permutations=DEALINGS)

    seconds, found = best(work, rounds)
    return {"seconds": seconds, "pairs": int(found.nst)}


def floor(n: int, rounds: int) -> dict[str, Any]:
    """What no way of dealing can avoid: shuffling the dates, and fetching both dates of every close pair, 99 times, on one core."""
    import numpy as np

    from wardwise.methods.pairs import layout

    xy, days = events(n)
    blocks = list(layout(xy, METRES).blocks())
    pairs = [np.concatenate([getattr(block, side) for block in blocks]) for side in ("first", "second")]
    chance, row = np.random.default_rng(1), days.astype(np.int64)
    small, out = days.astype(np.int16), np.empty(len(pairs[0]), np.int16)

    def work() -> None:
        for _ in range(DEALINGS):
            chance.shuffle(row)
            small[:] = row
            for side in pairs:
                np.take(small, side, out=out, mode="clip")

    return {"seconds": best(work, rounds)[0]}


def main() -> None:
    for n, goal, rounds in SIZES:
        names = ("ours", "older", "floor") if n > 10_000 else ("ours", "older", "newer", "floor")
        took = {
            name: measured("benchmarks.near_repeat", name, n=n, rounds=min(rounds, 2) if name == "newer" else rounds)
            for name in names
        }
        assert took["ours"]["pairs"] == took["older"]["pairs"]
        mine, peer = took["ours"], took["older"]["seconds"]
        print(
            f"{n:,} events, {mine['close']:,} pairs within {METRES:g} m, {DEALINGS} dealings, {mine['pairs']:,} near repeats by both"
        )
        print(f"  wardwise, whole table    {mine['seconds']:7.3f} s   peak {mine['megabytes']:,.0f} MB")
        print(
            f"  pointpats knox()         {peer:7.3f} s   peak {took['older']['megabytes']:,.0f} MB   {peer / mine['seconds']:.1f} × wardwise (goal {goal:.0f})"
        )
        if "newer" in took:
            print(
                f"  pointpats Knox           {took['newer']['seconds']:7.3f} s   peak {took['newer']['megabytes']:,.0f} MB   {took['newer']['seconds'] / mine['seconds']:.0f} × wardwise"
            )
        print(
            f"  shuffles and look-ups    {took['floor']['seconds']:7.3f} s   on one core: wardwise takes {mine['seconds'] / took['floor']['seconds']:.1f} ×"
        )
        closed = measured("benchmarks.near_repeat", "ours", n=n, rounds=rounds, dealings=0)
        print(
            f"  wardwise, closed form    {closed['seconds']:7.3f} s   peak {closed['megabytes']:,.0f} MB (goal {GOAL_CLOSED:g} s at 100,000)"
        )
    print(f"  goal for memory at 100,000: {GOAL_MEMORY:,} MB")


if __name__ == "__main__":
    main()
