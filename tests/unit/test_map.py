"""Maps: five steps with their values, few events hatched, hidden and missing areas white and said, names never overlapping."""

from __future__ import annotations

import json

import pytest
import shapely

from tests.factories.released import through_the_gate
from wardwise.charts import map_shapes as shapes
from wardwise.charts import render
from wardwise.charts.map import choropleth
from wardwise.charts.theme import PAPER, STEPS, WIDTH
from wardwise.disclosure.released import Audience
from wardwise.records.cells import MISSING, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Role, Table

WARDS = (
    "Anchorsholme",
    "Bispham",
    "Bloomfield",
    "Claremont",
    "Layton",
    "Park",
    "Talbot",
    "Victoria",
    "Warbreck",
    "Waterloo",
)
OUTLINES = {
    f"Z{i:02}": shapely.box(-3 + i % 2 * 0.03, 53.7 + i // 2 * 0.02, -2.97 + i % 2 * 0.03, 53.72 + i // 2 * 0.02)
    for i in range(10)
}


def wards() -> Findings:
    """Ten wards: Claremont has a count of 2, Layton was not supplied, Park is marked as having few."""
    rows: list[dict[str, Cell]] = [
        {"label": name, "area": f"Z{i:02}", "count": 20 + i, "rate": 10.0 + i, "note": "few" if name == "Park" else ""}
        for i, name in enumerate(WARDS)
    ]
    rows[3] |= {"count": 2, "rate": 1.0}
    rows[4] |= {"count": MISSING, "rate": MISSING}
    rows.append({"label": "Not placed", "area": "", "count": 40, "rate": MISSING, "note": ""})
    columns = (
        Column("label", Role.LABEL, "Ward"),
        Column("area", Role.AREA, "Code"),
        Column("count", Role.COUNT, "Number"),
        Column("rate", Role.VALUE, "Offences", of=("count",), decimals=1, unit="per 1,000 residents"),
        Column("note", Role.NOTE, "Note", of=("count",)),
    )
    return Findings("wards", "Waterloo is highest", {"areas": Table("areas", "Wards", columns, tuple(rows))})


def test_the_map_says_its_values_and_what_it_may_not_show() -> None:
    chart = choropleth(through_the_gate(wards(), audience=Audience.PUBLIC), OUTLINES)
    drawn = render.svg(chart)
    for words in (
        "Per 1,000 residents",
        "Hidden to protect people [c]",
        "Not supplied",
        "Few events: read with care",
        "1 km",
    ):
        assert f">{words}<" in drawn
    assert "Not drawn: 1 area hidden to protect people; 1 area not supplied." in chart.source
    assert "Waterloo (19.0)" in chart.alt
    assert f'width="{WIDTH + 8}"' in drawn or f'width="{WIDTH}"' in drawn


def test_hidden_and_missing_areas_are_white_and_the_hidden_number_is_nowhere() -> None:
    chart = choropleth(through_the_gate(wards(), audience=Audience.PUBLIC), OUTLINES)
    areas = {f["properties"]["says"]: f["properties"]["fill"] for f in chart.spec["layer"][0]["data"]["values"]}
    assert areas["Claremont: [c]"] == PAPER
    assert areas["Layton: not supplied"] == PAPER
    assert areas["Waterloo: 19.0"] == STEPS[4]
    assert '"value": 1.0' not in json.dumps(chart.spec)


def test_names_do_not_overlap_and_none_is_lost_without_a_number() -> None:
    outlines = {name: shapely.box(i * 12, 0, i * 12 + 12, 200) for i, name in enumerate(WARDS)}
    placed = shapes.place(outlines, 400, 200)
    assert {n.stands_for or n.text for n in placed} == set(WARDS)
    boxes = [shapely.box(n.x - len(n.text) * 3, n.y - 7, n.x + len(n.text) * 3, n.y + 7) for n in placed]
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    projection = shapes.fit([shapely.box(-3, 53, -2, 54)], width=1000, height=400)
    distance, pixels = shapes.scale_bar(projection)
    assert pixels == pytest.approx(distance / 111.32 * 400, rel=1e-6)
    assert projection.width == pytest.approx(400 * 0.595, rel=0.01)  # a degree of longitude at 53.5° north


def test_areas_without_outlines_are_an_error_when_there_are_none_at_all() -> None:
    with pytest.raises(WardwiseError, match="None of these areas has an outline"):
        choropleth(through_the_gate(wards()), {})


def test_raw_findings_are_refused() -> None:
    with pytest.raises(WardwiseError, match="Only released findings"):
        choropleth(wards(), OUTLINES)  # type: ignore[arg-type]


def test_fifths_keep_equal_values_together() -> None:
    assert shapes.fifths({"a": 1, "b": 1, "c": 2, "d": 3, "e": 4}) == {"a": 1, "b": 1, "c": 3, "d": 4, "e": 5}


def test_a_small_area_under_larger_ones_names_still_gets_its_number() -> None:
    small = shapely.box(40, 88, 110, 100)
    outlines = {
        "A long name of the north": shapely.box(0, 0, 200, 88),
        "South of the small one": shapely.box(0, 100, 200, 180),
        "Victoria": small,
    }
    crowded = {**outlines, "Middle name here": shapely.box(0, 84, 200, 104)}
    placed = {n.stands_for or n.text: n for n in shapes.place(crowded, 200, 180)}
    assert "Victoria" in placed
    assert small.buffer(20).contains(shapely.Point(placed["Victoria"].x, placed["Victoria"].y))


def test_numbers_that_stand_for_names_run_from_north_to_south() -> None:
    outlines = {name: shapely.box(0, at * 25, 30 + at, at * 25 + 25) for at, name in enumerate(reversed(WARDS))}
    numbered = [n for n in shapes.place(outlines, 100, 400, numbers=True) if n.stands_for]
    assert [n.text for n in numbered] == [str(at) for at in range(1, len(WARDS) + 1)]
    assert [n.stands_for for n in numbered] == list(reversed(WARDS))


def test_a_letter_goes_where_the_area_is_widest() -> None:
    strip = shapely.union_all([shapely.box(0, 0, 4, 100), shapely.box(0, 80, 40, 120)])
    x, y, room = shapes.middle(strip)
    assert (x, y) == pytest.approx((20, 100), abs=1) and room == pytest.approx(20, abs=1)
    assert shapes.middle(shapely.union_all([strip, shapely.box(200, 200, 202, 202)]))[2] == room
    assert shapes.middle(shapely.Point(3, 4)) == (3, 4, 0)
