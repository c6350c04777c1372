"""Concentration, hours of the week and hotspot accuracy, to the tolerance stated in the golden folder's README."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from wardwise.methods import aoristic, concentration
from wardwise.methods.hotspot_accuracy import accuracy


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_gini_and_generalised_gini(shared: Path) -> None:
    """CONC-1: lorenzgini @aba5d1b, after Bernasco & Steenbeek 2017. Its vignette's caption “.58” is not what its code gives (.56)."""
    cases = json.loads((shared / "golden/concentration/gini.json").read_text(encoding="utf-8"))["cases"]
    assert len(cases) > 20
    for case in cases:
        ask = concentration.generalised_gini if case["generalized"] else concentration.gini
        found = ask(case["counts"], unbiased=case["unbiased"])
        assert found == pytest.approx(case.get("formula_value", case["expected"]), abs=1e-12)
        assert round(found, 2) == pytest.approx(case["expected"], abs=0.005)


def test_hours_of_the_week(shared: Path) -> None:
    """AOR-1: crimepy @59866bc, ten shapes of interval."""
    wanted: dict[tuple[str, str, str], dict[tuple[int, int], float]] = defaultdict(dict)
    for row in _rows(shared / "golden/aoristic/crimepy_aoristic_weekhour.csv"):
        key = (row["case"], row["begin"], row["end"])
        wanted[key][int(row["weekday_mon0"]), int(row["hour"])] = float(row["weight"])
    assert len(wanted) == 10
    for (_, begin, end), cells in wanted.items():
        found = aoristic.weights(begin, end or None)
        assert found.keys() == cells.keys()
        np.testing.assert_allclose([found[key] for key in cells], list(cells.values()), atol=1e-9)


@pytest.mark.parametrize(
    ("given", "answer"), [(None, "pai_pei_rri_ptools.csv"), ("pai_input50.csv", "pai_ptools50.csv")]
)
def test_hotspot_accuracy(shared: Path, given: str | None, answer: str) -> None:
    """EVAL-4: ptools 2.0.0, PAI, PEI and RRI over areas taken in the order of what was foreseen."""
    wanted = _rows(shared / "golden/wdd" / answer)
    source = _rows(shared / "golden/wdd" / given) if given else wanted
    came = [float(row["obs" if given else "Count"]) for row in source]
    foreseen = [float(row["pred" if given else "Pred"]) for row in source]
    found = accuracy(came, foreseen)
    for name, values in (("PCumCount", found.share), ("PAI", found.pai), ("PEI", found.pei), ("RRI", found.rri)):
        np.testing.assert_allclose(values, [float(row[name]) for row in wanted], atol=1e-9)
