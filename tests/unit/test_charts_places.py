"""Hour strip, Lorenz curve, circles and kinds: what is drawn, what is said, and that nothing hidden is drawn."""

from __future__ import annotations

import pytest
import shapely

from tests.factories.released import through_the_gate
from wardwise.charts import render
from wardwise.charts.hour_week import hour_week
from wardwise.charts.lorenz import lorenz
from wardwise.charts.map_density import density
from wardwise.charts.map_kinds import kinds, look
from wardwise.charts.map_symbols import symbols
from wardwise.charts.matrix import matrix
from wardwise.disclosure import Audience
from wardwise.records.cells import Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Role, Table

DAYS = ("Monday", "Tuesday", "Sunday")
OUTLINES = {f"Z{i}": shapely.box(-3 + i * 0.02, 53.7, -2.98 + i * 0.02, 53.72) for i in range(4)}


def week() -> Findings:
    rows: list[dict[str, Cell]] = [
        {"label": f"{hour:02d}:00", **{day.lower(): hour * 3 for day in DAYS}, "all": hour * 9} for hour in range(24)
    ]
    rows.append({"label": "All hours", **{day.lower(): 828 for day in DAYS}, "all": 2484})
    columns = (
        Column("label", Role.LABEL, "Hour"),
        *(Column(day.lower(), Role.COUNT, day) for day in DAYS),
        Column("all", Role.COUNT, "All days"),
    )
    return Findings("week", "Most late", {"week": Table("week", "Burglary by hour", columns, tuple(rows))})


def curve() -> Findings:
    columns = (
        Column("label", Role.LABEL, "Busiest"),
        Column("places", Role.BASE, "Share of wards", decimals=0),
        Column("count", Role.COUNT, "Records"),
        Column("share", Role.PERCENT, "Share", of=("count",), decimals=1),
    )
    rows = tuple(
        {"label": f"{p}%", "places": float(p), "count": n, "share": float(n)}
        for p, n in ((10, 40), (50, 80), (100, 100))
    )
    return Findings("curve", "Few places", {"curve": Table("curve", "Concentration", columns, rows)})


def places(*kinds_: str) -> Findings:
    columns = (
        Column("label", Role.LABEL, "Small area"),
        Column("area", Role.AREA, "Code"),
        Column("kind", Role.VERDICT, "What it is", of=("count",)),
        Column("count", Role.COUNT, "Number"),
    )
    rows = tuple(
        {"label": f"Sands 00{i}", "area": f"Z{i}", "kind": kind, "count": (500, 60, 2, 30)[i]}
        for i, kind in enumerate(kinds_)
    )
    return Findings("kinds", "One hotspot", {"kinds": Table("kinds", "Hotspots of Sands", columns, rows)})


def test_the_hour_strip_names_every_day_and_hour_and_leaves_sums_out():
    chart = hour_week(through_the_gate(week()))
    drawn = render.svg(chart)
    for words in (*DAYS, "00", "23", "Hour beginning"):
        assert f">{words}<" in drawn
    assert "All hours" not in drawn and "All days" not in drawn
    assert "Most: Monday 23:00 (69)" in chart.alt
    assert "Fewest: Monday 00:00 (0)" in chart.alt


def test_hidden_hours_are_marked_and_said():
    chart = hour_week(through_the_gate(week(), audience=Audience.PUBLIC))
    assert ">c<" in render.svg(chart)
    assert "hidden to protect people" in chart.source
    assert "Some hours are hidden" in chart.alt


def test_the_curve_names_points_and_says_them():
    chart = lorenz(through_the_gate(curve()))
    drawn = render.svg(chart)
    assert "10% of places: 40.0%" in drawn
    assert "if spread evenly" in drawn
    assert "10% of places hold 40.0%" in chart.alt


def test_kinds_have_a_letter_a_tone_and_a_word():
    chart = kinds(through_the_gate(places("intensifying hotspot", "no pattern", "new cold spot", "hotspot")), OUTLINES)
    drawn = render.svg(chart)
    for words in ("↑  intensifying hotspot", "n  new cold spot", "H  hotspot", "no pattern"):
        assert words in drawn or words.replace("  ", " ") in drawn
    assert "intensifying hotspot: Sands 000" in chart.alt
    assert "1 area without a mark" in chart.alt


def test_a_hidden_kind_is_white_and_said():
    chart = kinds(
        through_the_gate(places("hotspot", "hotspot", "hotspot", "no pattern"), audience=Audience.PUBLIC),
        OUTLINES,
        names={"Sands": OUTLINES["Z0"]},
    )
    assert "c  Hidden to protect people" in render.svg(chart)
    assert "1 area hidden" in chart.source


def test_of_kinds_the_rows_that_stand_out_are_printed():
    drawn = kinds(through_the_gate(places("hotspot", "cold spot", "no pattern", "no pattern")), OUTLINES)
    plain = kinds(through_the_gate(places("no pattern", "no pattern", "no pattern", "no pattern")), OUTLINES)
    assert (drawn.first_rows, plain.first_rows) == (2, 1)


def test_no_kind_at_all_is_said():
    chart = kinds(through_the_gate(places("no pattern", "no pattern")), OUTLINES)
    assert "No area stands out." in chart.alt
    assert look("no pattern") is None


def test_circles_are_as_large_as_counts_and_the_key_says_how():
    chart = symbols(through_the_gate(places("", "", "", "")), OUTLINES)
    drawn = render.svg(chart)
    for words in ("500", "125", "25", "Number"):
        assert f">{words}<" in drawn
    assert "Map of circles" in chart.alt
    hidden = symbols(through_the_gate(places("", "", "", ""), audience=Audience.PUBLIC), OUTLINES)
    assert "Not drawn: 1 area hidden" in hidden.source


@pytest.mark.parametrize("draw", [kinds, symbols])
def test_a_map_without_outlines_says_what_to_do(draw):  # type: ignore[no-untyped-def]
    with pytest.raises(WardwiseError, match="outline"):
        draw(through_the_gate(places("hotspot")), {})


def dense() -> Findings:
    columns = (Column("label", Role.LABEL, "Land"), Column("count", Role.COUNT, "Records"))
    rows = ({"label": "Densest", "count": 40}, {"label": "Next", "count": 3}, {"label": "Total", "count": 90})
    meta: dict[str, Cell] = {
        f"outline {name}": "POLYGON ((-3 53.7, -2.99 53.7, -2.99 53.71, -3 53.7))" for name in ("Densest", "Next")
    }
    return Findings("dense", "Most at the pier", {"bands": Table("bands", "Density", columns, rows)}, meta=meta)


def test_dense_land_is_drawn_over_wards_and_a_hidden_band_is_not():
    chart = density(through_the_gate(dense()), OUTLINES)
    drawn = render.svg(chart)
    assert ">Densest<" in drawn and ">Next<" in drawn and ">Total<" not in drawn
    assert "Densest: 40 records" in chart.alt
    public = density(through_the_gate(dense(), audience=Audience.PUBLIC), OUTLINES)
    assert ">Next<" not in render.svg(public)
    assert "1 band hidden" in public.source
    with pytest.raises(WardwiseError, match="outline"):
        density(through_the_gate(dense()), {})


def test_the_matrix_marks_where_a_place_stands_out():
    columns = (
        Column("label", Role.LABEL, "Ward"),
        Column("a", Role.NOTE, "Burglary"),
        Column("b", Role.NOTE, "Robbery"),
        Column("c", Role.NOTE, "Arson"),
    )
    rows = (
        {"label": "Park", "a": "stands out", "b": "", "c": ""},
        {"label": "Talbot", "a": "stands out", "b": "stands out", "c": ""},
    )
    chart = matrix(
        through_the_gate(Findings("m", "Two wards", {"matrix": Table("matrix", "Wards by kind", columns, rows)}))
    )
    drawn = render.svg(chart)
    assert "Robbery" in drawn and "Arson" not in drawn
    assert "Talbot: Burglary and Robbery" in chart.alt


def test_no_circle_is_cut_at_the_edge_of_a_narrow_place() -> None:
    chart = symbols(through_the_gate(places("", "", "", "")), OUTLINES)
    [circles] = [
        layer
        for layer in chart.spec["layer"]
        if "size" in str(layer.get("encoding")) and len(layer["data"]["values"]) == 4
    ]
    for each in circles["data"]["values"]:
        radius = (each["size"] / 3.1416) ** 0.5
        assert each["x"] - radius >= -0.5 and each["y"] - radius >= -0.5
