"""The funnel's names: beside their dots, over no dot and no other name; where there is no room, in the table alone."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from tests.factories.released import through_the_gate
from wardwise.charts.beside import Beside, beside
from wardwise.charts.chart import Chart
from wardwise.charts.funnel import funnel
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Findings, Role, Table

LIMITS = ("lower", "upper", "far_lower", "far_upper")
BELOW = "Below the usual range"


def drawn(*areas: tuple[str, float, float, str]) -> Chart:
    """areas: name, residents, rate and where each stands."""
    columns = (
        Column("label", Role.LABEL, "Area"),
        Column("base", Role.BASE, "Residents"),
        Column("rate", Role.VALUE, "Violence per 1,000 residents", decimals=1),
        *(Column(key, Role.LOWER if "lower" in key else Role.UPPER, key, decimals=1) for key in LIMITS),
        Column("standing", Role.VERDICT, "Where it stands"),
    )
    limits = dict(zip(LIMITS, (15.0, 31.0, 11.0, 37.0), strict=True))
    rows: list[dict[str, Cell]] = [
        {"label": name, "base": base, "rate": rate, **limits, "standing": standing}
        for name, base, rate, standing in areas
    ]
    rows.append(
        {"label": "All areas", "base": 1e6, "rate": 22.0, **dict.fromkeys(LIMITS, NOT_APPLICABLE), "standing": ""}
    )
    table = Table("funnel", "Violence", columns, tuple(rows))
    return funnel(through_the_gate(Findings("funnel", "Violence", {"funnel": table}, meta={"area": "Saltpool"})))


def names(chart: Chart) -> dict[str, dict[str, Any]]:
    """The mark of each name that is drawn."""
    texts = [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "text"]
    return {row["name"]: layer["mark"] for layer in texts for row in layer["data"]["values"]}


def test_a_name_makes_way_for_another_places_dot() -> None:
    """Wrackford's dot lies left of and above Samphire Vale's: its name goes to its left, not over that dot."""
    found = names(
        drawn(
            ("Wrackford", 43_000, 15.0, BELOW),
            ("Samphire Vale", 45_500, 12.4, BELOW),
            ("Shingleby", 48_000, 15.7, "Within the usual range"),
            ("Saltpool", 141_000, 38.5, "Far above the usual range"),
        )
    )
    assert set(found) == {"Wrackford", "Samphire Vale", "Saltpool"}
    assert (found["Wrackford"]["align"], found["Samphire Vale"]["align"]) == ("right", "left")
    assert (found["Saltpool"]["align"], found["Saltpool"]["dy"]) == ("right", 0)


def test_a_name_without_room_is_left_to_the_table_and_that_is_said() -> None:
    crowd = [(f"A place with a long name {at}", 50_000 + 10 * at, 12.0 + at / 50, BELOW) for at in range(30)]
    chart = drawn(*crowd, ("Saltpool", 51_000, 12.2, BELOW))
    assert 0 < len(names(chart)) < 31 and "Saltpool" in names(chart)
    assert "Dark dots without room for a name are named in the table." in chart.source
    assert "without room" not in drawn(("Saltpool", 51_000, 12.2, BELOW)).source


def test_names_cover_no_dot_and_no_other_name() -> None:
    dots = [(40.0 + 23 * (at * 7 % 20), 20.0 + 11 * (at * 5 % 17)) for at in range(24)]
    said = [f"Name {'x' * (at % 9)}" if at % 2 else "" for at in range(24)]
    found = beside(dots, said, 560, 210)
    boxes = []
    for (x, y), name, at in zip(dots, said, found, strict=True):
        if at:
            wide = 6.6 * len(name)
            left = x + at.dx - {"left": 0, "center": wide / 2, "right": wide}[at.align]
            boxes.append((left, y + at.dy - 8, left + wide, y + at.dy + 8))
    assert len(boxes) > 3 and all(at is None for at, name in zip(found, said, strict=True) if not name)
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    for left, top, right, bottom in boxes:
        assert left >= 0 and right <= 560 and top >= -4 and bottom <= 210
        assert not any(left - 7 < x < right + 7 and top - 7 < y < bottom + 7 for x, y in dots)


def test_a_name_wider_than_the_sides_stands_over_its_dot() -> None:
    assert beside([(100, 100)], ["x" * 25], 200, 200) == [Beside("center", 0, -17)]
