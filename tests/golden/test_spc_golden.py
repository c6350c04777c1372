"""Control charts of published tools: limits to 1e-9, signs exactly."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from wardwise.methods import spc
from wardwise.methods.spc_rules import NHS, WHEELER

SIGNS = {
    "Above UCL": "above",
    "Below LCL": "below",
    "7 Points Above CL": "run_above",
    "7 Points Below CL": "run_below",
    "7 Point Trend (Increasing)": "rising",
    "7 Point Trend (Decreasing)": "falling",
    "2 in 3 Above CL": "near_upper",
    "2 in 3 Below CL": "near_lower",
}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> float:
    return float("nan") if text in ("", "NA") else float(text)


def test_limits_and_signs_agree_with_nhs_charts(shared: Path) -> None:
    """SPC-1, SPC-2, SPC-3. A re-based series is charted in parts, as the reference does."""
    parts: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in _rows(shared / "golden/spc/nhsrplotthedots_cases.csv"):
        parts[row["case"], row["rebase_group"]].append(row)
    assert len(parts) > 35
    for rows in parts.values():
        y = np.array([_number(row["y"]) for row in rows])
        first = rows[0]
        baseline = slice(None) if first["fix_after"] == "NA" else slice(0, int(first["fix_after"]))
        limits = spc.limits(y, baseline=baseline, screen=first["screen_outliers"] == "TRUE")
        wanted = [_number(first[name]) for name in ("mean", "lpl", "upl")]
        np.testing.assert_allclose([limits.mean, limits.lower, limits.upper], wanted, rtol=1e-9, atol=1e-9)
        signals = spc.signals(y, limits, NHS)
        for i, row in enumerate(rows):
            found = {name for name in SIGNS.values() if getattr(signals, name)[i]}
            sign = SIGNS.get(row["special_cause_type"])
            assert sign in found if sign else not found, (row["case"], row["i"])


def test_domestic_abuse_series_of_2016(shared: Path) -> None:
    """G-05: three baselines to the digit, with the points each one shows to be special."""
    rows = _rows(shared / "golden/cora/cora_lancashire_da.csv")
    months = [row["month"] for row in rows]
    y = np.array([float(row["domestic_abuse"]) for row in rows])
    expected = json.loads((shared / "golden/cora/cora_expected.json").read_text(encoding="utf-8"))["xmr"]

    whole = spc.limits(y)
    assert [f"{float(v):.2f}" for v in (whole.mean, whole.lower, whole.upper)] == ["748.83", "611.04", "886.62"]
    assert float(whole.moving_range) == pytest.approx(expected["amr_all"], abs=1e-12)
    assert f"{float(whole.range_limit):.2f}" == "169.23"
    signals = spc.signals(y, whole, WHEELER)

    def named(flags: np.ndarray) -> list[str]:
        return [month for month, flag in zip(months, flags, strict=True) if flag]

    assert named(signals.above) == ["2016-05", "2016-06"]
    assert named(signals.below) == ["2015-02"]
    assert named(signals.wide_range) == ["2013-12"]
    assert (named(signals.run_below)[0], named(signals.run_below)[-1]) == ("2014-08", "2015-07")
    assert int(spc.longest_run(y < whole.mean)) == 12

    two_years = spc.limits(y, baseline=slice(0, 24))
    found = (two_years.mean, two_years.moving_range, two_years.lower, two_years.upper)
    assert [f"{float(v):.3f}" for v in found] == ["728.792", "59.565", "570.348", "887.235"]
    assert named(spc.signals(y, two_years, WHEELER).above) == ["2016-05", "2016-06"]

    one_year = spc.limits(y, baseline=slice(0, 12))
    found = (one_year.mean, one_year.moving_range, one_year.lower, one_year.upper)
    assert [f"{float(v):.2f}" for v in found] == ["756.92", "85.82", "528.64", "985.19"]
    beyond = spc.signals(y, one_year, WHEELER)
    assert not named(beyond.above) and not named(beyond.below)

    screened = spc.limits(y, screen=True)
    found = (screened.moving_range, screened.lower, screened.upper)
    wanted = [expected["amr_screened"], expected["lpl_screened"], expected["upl_screened"]]
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


def test_frozen_baseline(shared: Path) -> None:
    """SPC-5: Montgomery example 6.5, the first 20 of 40. The reference uses 3 / 1.128 where we use 2.66."""
    rows = _rows(shared / "golden/spc/qicharts2_montgomery_ex6.5_I_freeze20.csv")
    y = np.array([float(row["y"]) for row in rows])
    limits = spc.limits(y, baseline=slice(0, 20))
    assert float(limits.mean) == pytest.approx(float(rows[0]["cl"]), abs=1e-9)
    exact = float(limits.moving_range) * 3 / 1.128
    assert float(limits.mean) + exact == pytest.approx(float(rows[0]["ucl"]), abs=1e-9)
    assert float(limits.upper) == pytest.approx(float(rows[0]["ucl"]), abs=0.01)


def test_moving_range_sigma_of_qcc(shared: Path) -> None:
    """SPC-7: three series; their sigma is ours to the constant."""
    series: dict[str, list[float]] = defaultdict(list)
    for row in _rows(shared / "golden/spc/qcc_xbar_one_series.csv"):
        series[row["series"]].append(float(row["y"]))
    for row in _rows(shared / "golden/spc/qcc_xbar_one.csv"):
        limits = spc.limits(series[row["series"]])
        assert float(limits.mean) == pytest.approx(float(row["center"]), abs=1e-9)
        assert float(limits.moving_range) / 1.128 == pytest.approx(float(row["sd_MR"]), rel=1e-9)
