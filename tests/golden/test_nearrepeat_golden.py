"""Near-repeat tables of published tools, to the tolerance stated in the golden folder's README."""

from __future__ import annotations

import csv
import json
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import poisson

from wardwise.methods import bands, dealing, nearrepeat
from wardwise.methods.pairs import Metric, layout

MAN, EUC = Metric.MANHATTAN, Metric.EUCLIDEAN


def events(path: Path, *, heading: bool = False) -> tuple[np.ndarray, np.ndarray]:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1 if heading else 0 :]
    days = [date.fromisoformat(row[2]).toordinal() for row in rows]
    return np.array([[float(row[0]), float(row[1])] for row in rows]), np.array(days)


@pytest.mark.parametrize(
    ("name", "width", "distances", "days"), [("chicago_arson", 200, 3, (1, 3)), ("chicago_be_month1", 100, 3, (7, 3))]
)
def test_ratcliffes_calculator(shared: Path, name: str, width: int, distances: int, days: tuple[int, int]) -> None:
    """NR-1: Near Repeat Calculator 1.3. Counts exact, with its bands off by one; ratios within 0.1 or, where few pairs are
    expected, within what its 99 (arson) or 19 dealings can tell."""
    folder = shared / "golden/nearrepeat"
    wanted = json.loads((folder / "nrc13_outputs.json").read_text(encoding="utf-8"))["tables"][name]
    xy, when = events(folder / f"{name}.csv")
    if name == "chicago_arson":  # the calculator keeps coordinates in four bytes
        xy = xy.astype(np.float32).astype(np.float64)
    space, time = bands.calculator_distance(width, distances), bands.calculator_days(*days)
    dealings = 99 if name == "chicago_arson" else 19
    found = nearrepeat.knox(xy, when, space, time, metric=MAN, permutations=dealings)
    counts = wanted["Observed frequencies distribution"]
    assert (space.labels, time.labels) == (tuple(counts["rows"]), tuple(counts["cols"]))
    assert found.observed.tolist() == [[int(one) for one in row] for row in counts["rows"].values()]
    ratios = np.array(list(wanted["Observed over mean expected frequencies"]["rows"].values()))
    ours = found.observed / found.expected
    told = 0.1 + 4 * ours * np.sqrt(found.variance / dealings) / found.expected
    assert (np.abs(ours - ratios) <= told).all()
    least = np.array(list(wanted["Statistical significant table"]["rows"].values())) == 1 / (1 + dealings)
    assert (found.p_closed[least] < 0.12).all()


CASES = {
    "arson_man_200": ("chicago_arson", MAN),
    "arson_euc_200": ("chicago_arson", EUC),
    "be_month1_man_100x7": ("chicago_be_month1", MAN),
    "be_month1_euc_100x7": ("chicago_be_month1", EUC),
    "be_month1_NRCbands_man_100x7": ("chicago_be_month1", MAN),
}


@pytest.mark.parametrize("case", CASES)
def test_nearrepeat_of_r(shared: Path, case: str) -> None:
    """NR-2: NearRepeat 0.1.1, 999 dealings. Observed exact; ratio within 3% (or four standard errors of its own 999 dealings, where few
    pairs are expected); p within 0.03 (or four standard errors)."""
    folder, (name, metric) = shared / "golden/nearrepeat", CASES[case]
    with (folder / "nearrepeat_r_expected.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["case"] == case]
    space, time = (bands.between(*_breaks(rows, which)) for which in ("space", "time"))
    found = nearrepeat.knox(*events(folder / f"{name}.csv"), space, time, metric=metric, permutations=999, seed=831)
    cells = {(cell.space, cell.time): cell for cell in found.cells()}
    spread = {(s, t): found.variance[i, j] for i, s in enumerate(space.labels) for j, t in enumerate(time.labels)}
    assert len(cells) == len(rows)
    for row in rows:
        cell = cells[row["space"], row["time"]]
        assert cell.observed == int(row["observed"])
        error = 4 * math.sqrt(spread[row["space"], row["time"]] / 999) / cell.expected
        assert cell.ratio == pytest.approx(float(row["knox_ratio"]), rel=max(0.03, error))
        noise = 4 * math.sqrt(2 * cell.p * (1 - cell.p) / 999)
        assert cell.p == pytest.approx(float(row["p_value"]), abs=max(0.03, noise))
        assert cell.p_closed == pytest.approx(float(row["p_value"]), abs=0.06)
        if row["knox_ratio_median"] in ("Inf", "NA"):
            assert cell.ratio_of_median is None
        elif cell.observed and cell.ratio_of_median is not None:
            middle = cell.observed / float(row["knox_ratio_median"])
            far = max(1.001, 5 * math.sqrt(spread[row["space"], row["time"]] / 999))
            assert cell.observed / cell.ratio_of_median == pytest.approx(middle, abs=far)


def _breaks(rows: list[dict[str, str]], which: str) -> list[float]:
    ends = {float(end) for row in rows for end in row[which].strip("[)").split(",")}
    return sorted(ends)


@pytest.mark.parametrize(
    ("metric", "space"), [(MAN, (0, 100, math.inf)), (EUC, (0, 0.001, 100, math.inf))], ids=["manhattan", "euclidean"]
)
def test_the_example_of_the_help_page(shared: Path, metric: Metric, space: tuple[float, ...]) -> None:
    """NR-4: NearRepeat's 20 points."""
    folder = shared / "golden/nearrepeat"
    with (folder / f"pkg_example_observed_{metric}.csv").open(encoding="utf-8") as file:
        wanted = {(row["space"], row["time"]): int(row["value"]) for row in csv.DictReader(file)}
    given = events(folder / "pkg_example_input.csv", heading=True)
    found = nearrepeat.knox(*given, bands.between(*space), bands.between(0, 2, 4), metric=metric)
    assert {(cell.space, cell.time): cell.observed for cell in found.cells()} == wanted


def _burkitt(shared: Path) -> tuple[np.ndarray, np.ndarray]:
    rows = np.loadtxt(shared / "golden/nearrepeat/burkitt.csv", delimiter=",", skiprows=1)
    return rows[:, :2], rows[:, 2]


def test_burkitts_lymphoma(shared: Path) -> None:
    """NR-5: pointpats 2.5.5: 13 pairs at most 20 units and 5 days apart, 10.1438 expected, p over dealings 0.21. Its Poisson p is
    the chance of more than 13; ours is of 13 or more."""
    wanted = json.loads((shared / "golden/nearrepeat/burkitt_knox_pointpats.json").read_text(encoding="utf-8"))
    found = nearrepeat.knox(*_burkitt(shared), bands.at_most(20), bands.at_most(5), permutations=9_999)
    np.testing.assert_array_equal(found.observed, wanted["observed"])
    np.testing.assert_allclose(found.expected, wanted["expected"], rtol=1e-12)
    assert float(poisson.sf(13, found.expected[0, 0])) == pytest.approx(wanted["p_poisson"], rel=1e-12)
    assert found.p is not None
    assert float(found.p[0, 0]) == pytest.approx(wanted["p_sim_9999"], abs=0.02)
    assert float(found.p_closed[0, 0]) == pytest.approx(wanted["p_sim_9999"], abs=0.02)
    assert float(found.variance[0, 0]) == pytest.approx(wanted["perm_var"], rel=0.05)


def test_local_knox(shared: Path) -> None:
    """NR-5: local counts and hypergeometric p."""
    wanted = np.loadtxt(shared / "golden/nearrepeat/burkitt_knoxlocal_pointpats.csv", delimiter=",", skiprows=1)
    found = nearrepeat.local(*_burkitt(shared), 20, 5)
    np.testing.assert_array_equal(found.both, wanted[:, 1])
    np.testing.assert_allclose(found.p, wanted[:, 2], rtol=1e-9, atol=1e-12)


def test_the_closed_variance_is_that_of_dealings(shared: Path) -> None:
    """NR-6: within 2% of 20,000 dealings, on the burglaries of a month."""
    given = events(shared / "golden/nearrepeat/chicago_be_month1.csv")
    space, time = bands.between(0, 1, 401, math.inf), bands.between(0, 8, math.inf)
    found = nearrepeat.knox(*given, space, time)
    laid = layout(given[0], 401.0)
    dealt = dealing.deal(laid, given[1][laid.order], space, dealing.day_bands(given[1], time), 20_000, 1).counts[1:]
    np.testing.assert_allclose(dealt.var(axis=0)[:2], found.variance[:2], rtol=0.02)
