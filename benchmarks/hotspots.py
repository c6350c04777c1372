"""Gi* on 100,000 cells, in closed form and with 999 redraws whose ties count on both sides, against esda on the same cells.

python -m benchmarks hotspots
"""

from __future__ import annotations

from typing import Any

from benchmarks.contest import best, measured

SIDE, REDRAWS = 316, 999
GOALS = {"closed form": 100.0, "999 redraws": 20.0}
"""How many times as fast as esda."""


def values() -> Any:
    """Sparse counts with some clusters: as burglaries in small cells."""
    import numpy as np

    chance = np.random.default_rng(4)
    rate = np.full((SIDE, SIDE), 0.3)
    for row, column in chance.integers(5, SIDE - 5, (60, 2)):
        rate[row - 2 : row + 3, column - 2 : column + 3] = 1.5
    return chance.poisson(rate).astype(float).ravel()


def ours(redraws: int, rounds: int) -> dict[str, Any]:
    from wardwise.methods import autocorrelation, false_discovery
    from wardwise.methods.grids import Squares

    near, counts = Squares(0, 0, 1, SIDE, SIDE).neighbours(), values()
    assert near.table.nnz == len(near.ids)
    seconds, found = best(lambda: autocorrelation.gi_star(counts, near, redraws=redraws), rounds)
    hot = found.p / 2 <= 0.05 if found.tails is None else found.tails.high <= 0.05
    cold = found.p / 2 <= 0.05 if found.tails is None else found.tails.low <= 0.05
    return {
        "seconds": seconds,
        "checked": float(found.z[: SIDE * 3].sum()),
        "hot": int((hot & (found.z > 0)).sum()),
        "cold": int((cold & (found.z < 0)).sum()),
        "real": int(false_discovery.real(found.p).sum()),
    }


def esda(redraws: int, rounds: int) -> dict[str, Any]:
    import numpy as np
    from esda.getisord import G_Local
    from libpysal.weights import lat2W

    near, counts = lat2W(SIDE, SIDE, rook=False), values()
    np.random.seed(1)
    seconds, found = best(
        lambda: G_Local(counts, near, transform="B", permutations=redraws, star=True, n_jobs=-1), rounds
    )
    low, z = (found.p_sim if redraws else found.p_norm) <= 0.05, found.Zs
    hot, cold = int((low & (z > 0)).sum()), int((low & (z < 0)).sum())
    return {"seconds": seconds, "checked": float(z[: SIDE * 3].sum()), "hot": hot, "cold": cold}


def floor(rounds: int) -> dict[str, Any]:
    """One sum over each cell's neighbours, which any answer needs."""
    from wardwise.methods.grids import Squares

    near, counts = Squares(0, 0, 1, SIDE, SIDE).neighbours(), values()
    near.sums(counts)
    return {"seconds": best(lambda: near.sums(counts), rounds)[0]}


def main() -> None:
    print(f"{SIDE * SIDE:,} cells, queen neighbours")
    least = measured("benchmarks.hotspots", "floor", rounds=20)["seconds"]
    for name, redraws, rounds in (("closed form", 0, 20), ("999 redraws", REDRAWS, 5)):
        mine = measured("benchmarks.hotspots", "ours", redraws=redraws, rounds=rounds)
        peer = measured("benchmarks.hotspots", "esda", redraws=redraws, rounds=2 if redraws == 0 else 1)
        assert abs(mine["checked"] - peer["checked"]) < 1e-6
        times = peer["seconds"] / mine["seconds"]
        print(f"  {name}, hot and cold cells with a one-sided p of at most 0.05")
        for who, took in (("wardwise", mine), ("esda", peer)):
            print(
                f"    {who:9} {took['seconds']:8.4f} s   peak {took['megabytes']:5,.0f} MB   {took['hot']:,} hot, {took['cold']:,} cold"
            )
        print(
            f"    esda takes {times:.0f} × wardwise's time (goal {GOALS[name]:.0f}); real at 0.05 under control: {mine['real']:,}"
        )
        print(f"    one sum a cell {least:.4f} s: wardwise takes {mine['seconds'] / least:.1f} ×")


if __name__ == "__main__":
    main()
