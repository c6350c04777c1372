"""Survey estimates against R's survey package, and the Crime Survey's tables as published."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wardwise.analysis import survey_published
from wardwise.methods import survey
from wardwise.sources import import_files
from wardwise.store import Store


@pytest.fixture(scope="module")
def schools(shared: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((shared / "golden/survey/apistrat.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, tuple[float, float]]:
    rows = csv.DictReader((shared / "golden/survey/expected_R.csv").read_text(encoding="utf-8").splitlines())
    return {row["stat"]: (float(row["est"]), float(row["se"])) for row in rows}


def test_stratified_estimates_are_those_of_r(schools: list[dict[str, str]], expected: dict[str, tuple[float, float]]):
    """SURV-1: apistrat, R survey 4.1-1 (svymean, svytotal, svyby), tolerance 1e-5."""
    y, enroll = [float(row["api00"]) for row in schools], [float(row["enroll"]) for row in schools]
    weights, strata = [float(row["pw"]) for row in schools], [row["stype"] for row in schools]
    sizes = [float(row["fpc"]) for row in schools]
    found = {
        "mean_api00": survey.mean(y, weights, strata, sizes),
        "total_enroll": survey.total(enroll, weights, strata, sizes),
    }
    for kind in "EHM":
        within = [name == kind for name in strata]
        found[f"mean_api00_{kind}"] = survey.mean(y, weights, strata, sizes, within)
    assert set(found) == set(expected)
    for name, estimate in found.items():
        assert (estimate.value, estimate.error) == pytest.approx(expected[name], rel=1e-9), name


def test_the_crime_surveys_tables_load_whole(shared: Path, tmp_path: Path):
    store = Store.open(tmp_path / "store", create=True)
    report = import_files(store, [shared / "data" / "surveys"]).as_json()
    assert (report["rows"], report["accepted"], report["quarantined"]) == (94_785, 94_785, 0)
    found = survey_published.published(store.at(), "catt2", {"characteristic": "sex", "age": "16+"})
    assert found is not None
    rows = {row["label"]: row for row in found.tables["published"].rows}
    assert rows
    for row in rows.values():
        assert row["lower"] < row["share"] < row["upper"]  # type: ignore[operator]
        assert row["base"] >= 50  # type: ignore[operator]
