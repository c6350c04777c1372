"""Limits and rates of published public-health tests and of R, to the tolerance stated in the golden folder's README."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from wardwise.methods import compare, rates


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_byar_and_wilson_limits(shared: Path) -> None:
    """RATE-1: PHEindicatormethods 2.1.0."""
    for row in _rows(shared / "golden/rates/phe_testdata_B_W.csv"):
        confidence = float(row["confidence"].rstrip("%")) / 100
        if row["method"] == "Byars":
            found = rates.byar(float(row["x"]), confidence)
        else:
            found = rates.wilson(float(row["x"]), float(row["n"]), confidence)
        if row["lowercl"]:
            assert float(found.lower) == pytest.approx(float(row["lowercl"]), abs=1e-10)
        assert float(found.upper) == pytest.approx(float(row["uppercl"]), rel=1e-12)


@pytest.mark.parametrize("file", ["phe_testdata_Rate.csv", "phe_testdata_Rate_g.csv"])
def test_crude_rates(shared: Path, file: str) -> None:
    """RATE-2: exact under 10 events, Byar's from 10."""
    for row in _rows(shared / "golden/rates" / file):
        count, base = _number(row["Numerator"]), _number(row["Denominator"])
        spans = ((0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl"))
        for confidence, lower, upper in spans if "lower95_0cl" in row else ((0.95, "lowercl", "uppercl"),):
            found = rates.crude_rate(count, base, float(row["multiplier"]), confidence)
            wanted = [_number(row["value"]), _number(row[lower]), _number(row[upper])]
            np.testing.assert_allclose([found.value, found.lower, found.upper], wanted, rtol=1e-9)


def test_proportions(shared: Path) -> None:
    """RATE-2, proportions."""
    for row in _rows(shared / "golden/rates/phe_testdata_Prop.csv"):
        count, base = _number(row["Numerator"]), _number(row["Denominator"])
        found = rates.wilson(count, base)
        wanted = [_number(row["lower95_0cl"]), _number(row["upper95_0cl"])]
        scale = float(row["multiplier"])
        np.testing.assert_allclose([found.lower * scale, found.upper * scale], wanted, rtol=1e-9)
        far = rates.wilson(count, base, 0.998)
        wanted = [_number(row["lower99_8cl"]), _number(row["upper99_8cl"])]
        np.testing.assert_allclose([far.lower * scale, far.upper * scale], wanted, rtol=1e-9)
    for row in _rows(shared / "golden/rates/phe_testdata_Prop_g.csv"):
        found = rates.wilson(_number(row["Numerator"]), _number(row["Denominator"]))
        wanted = [_number(row["lowercl"]), _number(row["uppercl"])]
        np.testing.assert_allclose([found.lower, found.upper], np.array(wanted) / float(row["multiplier"]), rtol=1e-9)


def test_exact_poisson_limits(shared: Path) -> None:
    """RATE-8: R 4.2.2 poisson.test."""
    rows = _rows(shared / "golden/rates/exact_poisson_ci_R.csv")
    found = rates.exact_poisson([float(row["count"]) for row in rows])
    np.testing.assert_allclose(found.lower, [float(row["lo95"]) for row in rows], rtol=1e-10)
    np.testing.assert_allclose(found.upper, [float(row["hi95"]) for row in rows], rtol=1e-10)


def test_exact_ratio_of_two_counts(shared: Path) -> None:
    """RATE-8: R 4.2.2 poisson.test on two samples; R's first sample is our later one."""
    for row in _rows(shared / "golden/rates/poisson_test_R.csv"):
        found = compare.ratio_test(int(row["x2"]), int(row["x1"]), float(row["t2"]), float(row["t1"]))
        wanted = [float(row[name]) for name in ("est", "lo", "hi", "p")]
        np.testing.assert_allclose([found.ratio, found.lower, found.upper, found.p], wanted, rtol=1e-8)


def _number(text: str) -> float:
    return float(text) if text else float("nan")
