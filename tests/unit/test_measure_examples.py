"""Every shipped measure: its worked example, its owner, its dates and the rows it serves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wardwise import measures
from wardwise.definitions import offences
from wardwise.definitions.find import DefinitionError, files
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


RECORDED = {
    *(
        f"A-{row:03d}"
        for row in (70, 71, 72, 73, 74, 75, 76, 77, 83, 84, 85, 88, 89, 90, 91, 93, 95, 96, 98, 99, 100, 101)
    ),
    *("G-10", "G-11a", "G-11b", "G-11c", "G-11d", "G-12", "G-13a", "G-13b", "G-13c", "G-13d", "G-13e", "G-13f", "G-14"),
    *("G-15a", "G-15b", "G-15c", "G-15d", "G-15e", "G-16", "G-17", "G-18a", "G-18b", "G-19", "G-20"),
    *("G-21a", "G-21b", "G-21c", "G-22a", "G-22b", "G-23a", "G-23b", "G-23c", "G-23d"),
    *("A-135", "A-136", "A-137", "A-138", "A-139", "A-140", "A-141", "G-06", "G-07", "G-08", "G-09"),
}
"""Rows of the inventory and golden cases that recorded data can give a number for."""


def test_every_row_that_recorded_data_can_give_is_served():
    served = {row for measure in measures.all() for row in measure.serves}
    assert sorted(RECORDED - served) == []


def test_listed_offences_are_home_office_codes():
    known = {row.code for row in offences.home_office()}
    listed = {code for measure in measures.all() for codes in measure.lists.values() for code in codes}
    assert listed and listed <= known


def test_an_example_with_a_column_its_table_lacks_is_refused(tmp_path: Path):
    own = tmp_path / "recorded-crime.yaml"
    shipped = Path(measures.load("recorded-crime").file).read_text(encoding="utf-8")
    own.write_text(
        shipped.replace("month: 2022-01, crime_type: Burglary}", "month: 2022-01, colour: red}", 1), encoding="utf-8"
    )
    with pytest.raises(DefinitionError, match="has no column colour"):
        list(differences(read_measure(own)))


def test_every_row_served_exists(shared: Path):
    named = "".join(path.read_text(encoding="utf-8") for path in (shared / "domain").glob("*.md"))
    served = {row for measure in measures.all() for row in measure.serves}
    assert [row for row in sorted(served) if row not in named and row.rstrip("abcdef") not in named] == []
