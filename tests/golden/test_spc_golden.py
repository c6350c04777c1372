"""Control charts of published tools: limits to 1e-9, signs exactly."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from wardwise.methods import spc, spc_counts, spc_rare, spc_runs
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


def _reference(shared: Path, name: str) -> list[dict[str, str]]:
    return _rows(shared / f"golden/spc/qicharts2_ref_{name}.csv")


def _table(shared: Path, name: str) -> dict[str, np.ndarray]:
    rows = _rows(shared / f"golden/spc/qicharts2_input_tbl_{name}.csv")
    return {key: np.array([_number(row[key]) for row in rows]) for key in rows[0] if key != "note"}


def _agrees(found: spc_counts.Chart, wanted: list[dict[str, str]]) -> None:
    for mine, theirs in (("values", "y"), ("centre", "cl"), ("lower", "lcl"), ("upper", "ucl")):
        np.testing.assert_allclose(getattr(found, mine), [_number(row[theirs]) for row in wanted], rtol=1e-9, atol=1e-9)
    used = [row["include"] == "TRUE" for row in wanted]
    runs = spc_runs.runs(found.values[used], float(found.centre[0]))
    names = ("n.useful", "longest.run", "longest.run.max", "n.crossings", "n.crossings.min")
    assert tuple(vars(runs).values()) == tuple(int(wanted[0][name]) for name in names)
    assert runs.shift is (wanted[0]["runs.signal"] == "TRUE")


@pytest.mark.parametrize(("data", "example"), [("06.03", "6.3"), ("06.04", "6.4")])
def test_sample_means_and_spreads(shared: Path, data: str, example: str) -> None:
    """SPC-4: Montgomery examples 6.3 (samples of one size) and 6.4 (samples that differ in size), as qicharts2 0.8.1 gives them."""
    table = _table(shared, data)
    samples = [table["obs"][table["sample"] == n] for n in np.unique(table["sample"])]
    _agrees(spc_counts.sample_means(samples), _reference(shared, f"ex_{example}_1"))
    _agrees(spc_counts.sample_spreads(samples), _reference(shared, f"ex_{example}_2"))


def test_shares_in_two_phases_with_two_samples_left_out(shared: Path) -> None:
    """SPC-4: Montgomery example 7.1, p chart; samples 15 and 23 are left out of the first phase's limits."""
    table, wanted = _table(shared, "07.03"), _reference(shared, "ex_7.1_5")
    included = np.array([row["include"] == "TRUE" for row in wanted])
    first = np.array([row["part"] == "1" for row in wanted])
    for phase in (first, ~first):
        found = spc_counts.shares(table["count"][phase], table["size"][phase], baseline=included[phase])
        _agrees(found, [row for row, here in zip(wanted, phase, strict=True) if here])


def test_counts_rates_and_shares(shared: Path) -> None:
    """SPC-4: p chart of unequal samples (7.4), u charts of equal and unequal units (7.4, 7.5), c chart from the same equal units."""
    unequal = _table(shared, "07.04")
    _agrees(spc_counts.shares(unequal["count"], unequal["size"]), _reference(shared, "tbl_7.4_1"))
    equal, wanted = _table(shared, "07.10"), _reference(shared, "ex_7.4_1")
    _agrees(spc_counts.rates(equal["count"], equal["size"]), wanted)
    as_counts = spc_counts.counts(equal["count"])
    np.testing.assert_allclose(as_counts.upper / 50, [_number(row["ucl"]) for row in wanted], rtol=1e-9)
    cloth = _table(shared, "07.11")
    _agrees(spc_counts.rates(cloth["count"], cloth["meters"] / 50), _reference(shared, "ex_7.5_1"))


def test_times_between_failures(shared: Path) -> None:
    """SPC-4: Montgomery example 7.6, t chart. qicharts2 leaves outlying moving ranges out and takes 3 / 1.128."""
    wanted = _reference(shared, "ex_7.6_1")
    found = spc_rare.times(_table(shared, "07.14")["hours"], screen=True, factor=3 / 1.128)
    limits = (found.centre, found.lower, found.upper)
    np.testing.assert_allclose(
        limits, [_number(wanted[0][name]) for name in ("cl", "lcl", "ucl")], rtol=1e-9, atol=1e-9
    )


def test_runs_of_the_series_of_2016(shared: Path) -> None:
    """SPC-6: longest run 12 where 8 is usual, 13 crossings where 15 are; as a run chart about the median 12 and 11 of 40."""
    y = np.array([float(row["domestic_abuse"]) for row in _rows(shared / "golden/cora/cora_lancashire_da.csv")])
    for row in _rows(shared / "golden/spc/qicharts2_cora_summary.csv"):
        centre = float(spc.limits(y).mean) if row["chart"] == "i" else None
        found = spc_runs.runs(y, centre)
        names = ("n.useful", "longest.run", "longest.run.max", "n.crossings", "n.crossings.min")
        assert tuple(vars(found).values()) == tuple(int(row[name]) for name in names)
        assert found.shift
        if row["chart"] == "i":
            limits = spc.limits(y, screen=True)
            reach = float(limits.moving_range) * 3 / 1.128
            assert float(limits.mean) - reach == pytest.approx(float(row["aLCL"]), abs=1e-4)
            assert float(limits.mean) + reach == pytest.approx(float(row["aUCL"]), abs=1e-4)


def test_a_rebased_series_is_charted_in_phases(shared: Path) -> None:
    """SPC-1: the case with two phases, charted in one call."""
    rows = _rows(shared / "golden/spc/nhsrplotthedots_cases.csv")
    cases = {row["case"] for row in rows if row["rebase_group"] == "1"}
    assert cases
    for case in cases:
        mine = [row for row in rows if row["case"] == case]
        start = next(i for i, row in enumerate(mine) if row["rebase_group"] == "1")
        y = np.array([_number(row["y"]) for row in mine])
        found = spc_runs.phased(y, NHS, starts=[start], screen=mine[0]["screen_outliers"] == "TRUE")
        for line, name in (("mean", "mean"), ("lower", "lpl"), ("upper", "upl")):
            np.testing.assert_allclose(getattr(found, line), [_number(row[name]) for row in mine], rtol=1e-9, atol=1e-9)
        special = [row["special_cause_type"] != "Common Cause" for row in mine]
        np.testing.assert_array_equal(found.signals.any(), special)


def test_the_low_run_and_the_step_up_of_2016(shared: Path) -> None:
    """G-05: “a low run to Jul-15, then a step up from about Aug-15”, quite different from the smooth quadratic."""
    from wardwise.methods import changepoint

    rows = _rows(shared / "golden/cora/cora_lancashire_da.csv")
    months = [row["month"] for row in rows]
    y = np.array([float(row["domestic_abuse"]) for row in rows])
    found = changepoint.changes(y)
    assert [months[change.at] for change in found] == ["2014-08", "2015-08"]
    assert [change.after > change.before for change in found] == [False, True]
