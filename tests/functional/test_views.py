"""What the synthetic partnership's residents say, beside what is recorded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wardwise.analysis import perception_gap, surveys
from wardwise.definitions.find import SHIPPED
from wardwise.definitions.views import load
from wardwise.records.periods import Period
from wardwise.store import Store

AREA, YEAR = "Z06000001", Period("2015-09", "2016-08")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    shutil.copy(SHIPPED / "demo" / "views.yaml", folder / "views.yaml")
    return folder


def test_what_residents_say_is_weighted_and_compared(store: Store, own: Path):
    found = surveys.said(store.at(), AREA, YEAR, load(own).items)
    assert found is not None
    rows = {row["label"]: row for row in found.tables["survey"].rows}
    assert rows["call anti-social behaviour a big problem"]["points"] > 3  # type: ignore[operator]
    assert all(1100 < row["base"] < 1206 for row in rows.values())  # type: ignore[operator]


def test_a_rise_in_violence_and_a_fall_in_feeling_safe_go_together(store: Store, own: Path):
    found = perception_gap.gaps(store.at(), AREA, YEAR, load(own).themes)
    assert found is not None
    asb, violence = found.tables["gaps"].rows
    assert asb["reading"] == perception_gap.FELT
    assert violence["reading"] == perception_gap.TOGETHER
