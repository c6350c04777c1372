"""Rows weighed by their offence code: what adds, what lacks a weight, what is said of it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.factories.measures import Covered, measure, said
from wardwise.definitions.find import DefinitionError
from wardwise.definitions.harm import open_table
from wardwise.measures import calculate
from wardwise.measures.catalogue import load, read_measure
from wardwise.measures.examples import Memory
from wardwise.measures.reference import page
from wardwise.records.cells import how_many
from wardwise.records.periods import Period

MONTH = Period.of("2022-01")
WEIGHTS = {"weights": "made-up", "weighed": {"1": 8212.5, "49": 28.125}}


def offence(area: str, code: str | None, **more: Any) -> dict[str, Any]:
    return {"area": area, "month": "2022-01", "offence_code": code, "supplier": "county", **more}


def weighed(**changes: Any) -> Any:
    return measure("offences", count={"of": "days", **WEIGHTS}, **changes)


def test_days_add_up_and_rows_without_a_weight_are_counted_and_said():
    rows = [offence("A", code) for code in ("1", "49", "49", "99Z", None)]
    found = calculate(weighed(), Memory({"offences": rows}, Covered()), ["A"], MONTH, [])
    figure = found.figures[0]
    assert (figure.count, figure.value, figure.lower, figure.upper) == (8268.75, 8268.75, None, None)
    assert figure.note == "No weight for 2 of 5 rows."
    assert how_many(figure.count or 0) == 3
    assert (
        "A: 2 of 5 rows have no weight in made-up and are left out; that is not to say that they weigh nothing."
        in found.provenance.checks
    )
    assert "LEFT JOIN weights_" in found.provenance.query


def test_rows_that_all_lack_a_weight_are_missing_and_no_rows_are_nought():
    rows = [offence("A", "99Z", offence_group="Robbery"), offence("B", "1", offence_group="Fraud")]
    found = calculate(weighed(), Memory({"offences": rows}, Covered()), ["A", "B"], MONTH, ["offence_group"])
    assert said(found) == [
        ("A", "2022-01", "Fraud", 0, None, "ok"),
        ("A", "2022-01", "Robbery", None, None, "missing"),
        ("B", "2022-01", "Fraud", 8212.5, None, "ok"),
        ("B", "2022-01", "Robbery", 0, None, "ok"),
    ]
    assert found.figures[1].note == "No weight for 1 of 1 row."


def test_a_rate_of_days_has_no_interval():
    people = [{"area": "A", "year": "2022", "residents": 2000.0}]
    held = Memory({"offences": [offence("A", "1")], "population": people}, Covered())
    rate = weighed(base={"records": "population", "of": "residents"}, per=1000)
    figure = calculate(rate, held, ["A"], MONTH, []).figures[0]
    assert (figure.value, figure.lower) == (4106.25, None)


@pytest.mark.parametrize(
    ("records", "count", "says"),
    [
        ("offences", {**WEIGHTS, "sum": "victim_age"}, "only one of sum, distinct and weights"),
        ("street_crime", WEIGHTS, "has no offence codes"),
        ("service_returns", WEIGHTS, "has no offence codes"),
    ],
)
def test_a_count_that_cannot_be_weighed_is_refused(records: str, count: dict[str, Any], says: str):
    with pytest.raises(ValidationError, match=says):
        measure(records, count=count)


def test_the_version_of_a_measure_changes_with_its_weights_alone():
    plain, one = measure("offences"), weighed()
    other = measure("offences", count={"of": "days", **WEIGHTS, "weighed": {"1": 1.0}})
    assert len({plain.version, one.version, other.version}) == 3


def test_harm_days_take_the_open_table_or_a_partnerships_own(tmp_path: Path):
    shipped = load("harm-days")
    assert shipped.count.weighed == {row.code: row.days for row in open_table().rows}
    assert "rows, weighed by `open-harm`, of `offences`" in page()
    folder = tmp_path / "harm"
    folder.mkdir()
    with (folder / "open-starting-points.csv").open("w", newline="", encoding="utf-8") as file:
        heads = [
            "code",
            "offence",
            "starting_point",
            "lowest",
            "highest",
            "box",
            "guideline",
            "in_force",
            "checked",
            "second_source",
            "note",
        ]
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerow(["1", "Murder", "10 years custody", "", "", "", "", "", "yes", "", "Ours"])
    assert load("harm-days", tmp_path).count.weighed == {"1": 3650.0}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("weights: no-such-table", "no table of weights called “no-such-table”"),
        ("weighed: {}", "weighed: this setting"),
    ],
)
def test_a_file_names_a_table_that_is_there_and_gives_no_weights_of_its_own(tmp_path: Path, line: str, says: str):
    text = Path(load("harm-days").file).read_text(encoding="utf-8").replace("weights: open-harm", line)
    path = tmp_path / "harm-days.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=says):
        read_measure(path)
