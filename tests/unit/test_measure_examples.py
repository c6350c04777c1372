"""Every shipped measure: its worked example, its owner, its dates and the rows it serves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wardwise import measures
from wardwise.definitions.find import files
from wardwise.measures.catalogue import read_measure
from wardwise.measures.examples import differences

PATHS = tuple(files("measures"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_worked_example_gives_the_expected_figures(path: Path):
    measure = read_measure(path)
    assert list(differences(measure)) == []
    assert measure.owner and measure.checked_by and measure.owner != measure.checked_by
    assert date(2027, 1, 1) <= measure.review_by <= date(2028, 12, 31), "reviewed too long ago, or never"
    assert measure.serves


def test_a_wrong_expectation_is_found(tmp_path: Path):
    text = PATHS[0].read_text(encoding="utf-8")
    own = tmp_path / "measures" / "recorded-crime.yaml"
    own.parent.mkdir()
    text = next(path for path in PATHS if path.stem == "recorded-crime").read_text(encoding="utf-8")
    own.write_text(text.replace("count: 2, value: 2", "count: 3, value: 2"), encoding="utf-8")
    assert list(differences(read_measure(own))) == [
        "recorded-crime area A, month 2022-01: count is 2, expected 3",
    ]


def test_a_partnerships_own_measure_hides_the_shipped_one(tmp_path: Path):
    own = tmp_path / "measures" / "recorded-crime.yaml"
    own.parent.mkdir()
    shipped = measures.load("recorded-crime")
    text = Path(shipped.file).read_text(encoding="utf-8")
    own.write_text(text.replace("better: lower", "better: neither"), encoding="utf-8")
    ours = measures.load("recorded-crime", tmp_path)
    assert (ours.better, ours.file) == ("neither", str(own))
    assert ours.version != shipped.version
    assert len(measures.all(tmp_path)) == len(measures.all())
