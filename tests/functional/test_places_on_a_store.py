"""Questions about places and hours over a real store: refused where points are not addresses, answered where they are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import shapely

from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise.analysis import (
    cells,
    clusters,
    concentration,
    density,
    emerging,
    harm_spots,
    hotspot_accuracy,
    hour_week,
    map_points,
    near_repeat,
    night_time,
    points,
    repeat_places,
)
from wardwise.analysis.about import About
from wardwise.disclosure import Audience, release
from wardwise.products import load
from wardwise.products.build import Order, build
from wardwise.records.cells import NOT_APPLICABLE, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings, Role
from wardwise.records.periods import Period, month_number
from wardwise.reports.document import ChartBlock
from wardwise.store.snapshot import Snapshot
from wardwise.store.store import Store

AREA, FORCE = "E06000009", "E23000003"
SMALL = [f"E010000{n:02d}" for n in range(16)]
YEAR = Period("2022-01", "2022-12")
TWO = Period("2021-01", "2022-12")
WEST, SOUTH, STEP = -3.05, 53.80, 0.004


def _corner(n: int) -> tuple[float, float]:
    return WEST + n % 4 * STEP, SOUTH + n // 4 * STEP


def _street(month: str, n: int, at: int, kind: str = "Burglary") -> dict[str, Any]:
    """Small area n, its public point number `at`: other points from July 2022."""
    west, south = _corner(n)
    moved = 0.0007 if month >= "2022-07" else 0.0
    return {
        "source": "police-street-crime", "supplier": "lancashire", "month": month, "area_code": SMALL[n], "crime_type": kind,
        "longitude": west + 0.0003 * at + moved, "latitude": south + 0.001, "location": f"On or near {at} Road",
    }  # fmt: skip


def _offence(month: str, n: int, home: int, hour: str = "21:30", **more: Any) -> dict[str, Any]:
    west, south = _corner(n)
    day = date(int(month[:4]), int(month[5:]), 1 + home % 28)
    return {
        "source": "force-offences", "supplier": "lancashire", "month": month, "area_code": SMALL[n],
        "offence_group": "Theft offences", "offence_subgroup": "Domestic burglary", "offence_code": "28A", "reported_date": day,
        "occurred_from": day, "occurred_to": day, "time_from": hour, "time_to": hour,
        "longitude": west + 0.00005 * (home + 1), "latitude": south + 0.002, **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Sixteen square small areas. Three at a corner have most street crime, more each month; in the first, house 3 is broken into each month."""
    links = [*(link(code, AREA, "lsoa in district") for code in SMALL), link(AREA, FORCE, "district in force")]
    for row in links:
        row["child_name"] = row["child_code"]
        if row["parent_code"] == FORCE:
            row["parent_name"] = "Lancashire"
    outlines = []
    for n, code in enumerate(SMALL):
        west, south = _corner(n)
        square = shapely.box(west, south, west + STEP, south + STEP)
        outlines.append({"edition": "2021", "area_code": code, "level": "lsoa", "geometry": shapely.to_wkb(square)})
    people = [{"year": "2021", "area_code": code, "age": "all", "residents": 240.0} for code in SMALL]
    street, offences = [], []
    for month in TWO.months():
        grows = month_number(month) - month_number("2021-01")
        street += [_street(month, n, at % 4) for n in (0, 1, 4) for at in range(40 + grows)]
        street += [_street(month, n, at) for n in range(16) for at in range(3)]
        offences += [_offence(month, 0, 3, "23:30")] * 2
        offences += [_offence(month, n, month_number(month) % 12) for n in range(16)]
    folder = tmp_path_factory.mktemp("places") / "store"
    held = {"area_links": links, "boundaries": outlines, "population": people, "street_crime": street}
    return fill(folder, **held, offences=offences).at()


def test_redrawn_points_are_found_in_the_points_themselves(snapshot: Snapshot) -> None:
    about = About.of(snapshot, "recorded-burglary", AREA, YEAR)
    [found] = points.redrawn(about)
    assert (found.month, found.before) == ("2022-07", "2022-06")
    assert "redrawn in July 2022: 0% of them" in points.redrawn_words(found)
    assert points.redrawn(About.of(snapshot, "recorded-burglary", AREA, Period("2021-02", "2022-06"))) == ()
    assert points.redrawn(About.of(snapshot, "burglary", AREA, YEAR)) == ()


def test_public_points_are_refused_as_addresses(snapshot: Snapshot) -> None:
    found = repeat_places.repeat_places(snapshot, "recorded-burglary", AREA, YEAR)
    assert found.tables["steps"].rows == ()
    assert "at least eight addresses or none" in sentences(found)[0]
    assert "force's own" in sentences(found)[0]


def test_points_of_a_source_that_does_not_say_or_that_lie_on_public_points_are_refused(snapshot: Snapshot) -> None:
    about = About.of(snapshot, "burglary", AREA, YEAR)
    placed = points.placed(about)
    assert points.not_exact(about, placed) == ""
    unsaid = placed.rows.set_column(
        placed.rows.schema.get_field_index("source"), "source", [["somebodys-list"] * len(placed)]
    )
    assert "points: exact" in points.not_exact(about, points.Placed(placed.easting, placed.northing, unsaid, 0))
    public = points.placed(About.of(snapshot, "recorded-burglary", AREA, YEAR)).rows
    copied = public.set_column(
        public.schema.get_field_index("source"), "source", [["force-offences"] * public.num_rows]
    )
    told = points.not_exact(about, points.Placed(placed.easting, placed.northing, copied, 0))
    assert "whatever the source" in told


def test_repeats_at_exact_places_and_only_the_analyst_sees_where(snapshot: Snapshot) -> None:
    found = repeat_places.repeat_places(snapshot, "burglary", AREA, YEAR)
    said = sentences(found)
    assert "places hit twice or more" in said[0]
    top = found.tables["places"].rows[0]
    assert (top["count"], top["area"]) == (25, SMALL[0])
    public = release([found], Audience.PUBLIC).findings[found.name].tables["places"]
    assert "place" not in [column.name for column in public.columns]
    assert release([found], Audience.ANALYST).findings[found.name].tables["places"].having(Role.IDENTIFIER)


def test_addresses_may_be_given_and_must_be_enough(snapshot: Snapshot) -> None:
    few = repeat_places.repeat_places(snapshot, "burglary", AREA, YEAR, addresses=3)
    assert "“addresses”" in sentences(few)[0]
    many = repeat_places.repeat_places(snapshot, "burglary", AREA, YEAR, addresses=5000)
    assert "where chance alone would bring about" in sentences(many)[1]
    nobody = repeat_places.repeat_places(snapshot, "burglary", SMALL[3], Period("2022-01", "2022-02"))
    assert "too few" in sentences(nobody)[0]


def test_map_points_are_not_compared_across_the_redrawing(snapshot: Snapshot) -> None:
    found = map_points.map_points(snapshot, "recorded-burglary", AREA, YEAR)
    assert "July to December 2022 is counted" in sentences(found)[1]
    assert {row["before"] for row in found.tables["points"].rows} == {NOT_APPLICABLE}
    whole = map_points.map_points(snapshot, "recorded-burglary", AREA, Period("2022-01", "2022-06"))
    assert isinstance(whole.tables["points"].rows[0]["change"], int)
    assert "ask for repeats" in sentences(map_points.map_points(snapshot, "burglary", AREA, YEAR))[0].lower()


def test_concentration_in_small_areas(snapshot: Snapshot) -> None:
    found = concentration.concentration(snapshot, "recorded-burglary", AREA, YEAR)
    assert sentences(found)[0].startswith("Burglary: half of the records are in 2 of 16 small areas")
    curve = found.tables["curve"].rows
    assert curve[-1]["share"] == pytest.approx(100)
    few = concentration.concentration(snapshot, "recorded-burglary", AREA, YEAR, level="ward")
    assert "too few wards" in sentences(few)[0]
    gone = concentration.concentration(snapshot, "recorded-burglary", AREA, Period("2023-01", "2023-12"))
    assert "not supplied" in sentences(gone)[0]
    none = concentration.concentration(snapshot, "recorded-robbery", AREA, YEAR)
    assert "too few records" in sentences(none)[0]


def test_hours_are_set_against_an_earlier_product(snapshot: Snapshot) -> None:
    """A year less its first eleven months is December: an hour that gained a few in December is not shown in the year's table."""
    eleven = Period("2022-01", "2022-11")
    found = [hour_week.hour_week(snapshot, "burglary", AREA, period) for period in (eleven, YEAR)]
    before = release([found[0]], Audience.PUBLIC)
    alone, after = (release([found[1]], Audience.PUBLIC, entries) for entries in ((), before.entries))
    cells = [
        (at, column.name)
        for at, row in enumerate(found[1].tables["week"].rows)
        for column in found[1].tables["week"].having(Role.COUNT)
        if 0 < row[column.name] - found[0].tables["week"].rows[at][column.name] < 5
    ]
    was, now, earlier = (each.findings["hour_week"].tables["week"].rows for each in (alone, after, before))
    open_before = [(at, name) for at, name in cells if earlier[at][name] is not SUPPRESSED]
    assert any(was[at][name] is not SUPPRESSED for at, name in open_before), "by itself it would be shown"
    assert all(now[at][name] is SUPPRESSED for at, name in open_before)


def test_hours_come_from_the_forces_extract_and_not_from_public_files(snapshot: Snapshot) -> None:
    found = hour_week.hour_week(snapshot, "burglary", AREA, YEAR)
    rows = {row["label"]: row for row in found.tables["week"].rows}
    assert rows["All hours"]["all"] == sum(row["all"] for label, row in rows.items() if label != "All hours")
    assert rows["23:00"]["all"] == 24
    assert ": most from " in sentences(found)[0]
    public = release([found], Audience.PUBLIC).findings[found.name].tables["week"]
    assert any(value is SUPPRESSED for row in public.rows for value in row.values())
    assert (
        "gives the month of a crime and no day or time"
        in sentences(hour_week.hour_week(snapshot, "recorded-burglary", AREA, YEAR))[0]
    )
    few = hour_week.hour_week(snapshot, "burglary", SMALL[2], YEAR)
    assert "too few to spread" in sentences(few)[0]
    nothing = hour_week.hour_week(snapshot, "robbery", AREA, YEAR)
    assert "have no day and time" in sentences(nothing)[0]


def test_nights_belong_to_the_day_they_begin_on(snapshot: Snapshot) -> None:
    found = night_time.night_time(snapshot, "burglary", AREA, YEAR)
    rows = found.tables["nights"].rows
    assert rows[8]["count"] == sum(row["count"] for row in rows[:8])
    assert rows[7]["count"] == 0
    assert len(sentences(found)) == 2
    with pytest.raises(WardwiseError, match="midnight"):
        night_time.night_time(snapshot, "burglary", AREA, YEAR, start=9)
    for measure in ("recorded-burglary", "robbery"):
        assert "no day" in sentences(night_time.night_time(snapshot, measure, AREA, YEAR))[0]
    assert "too few" in sentences(night_time.night_time(snapshot, "burglary", SMALL[2], YEAR))[0]


def test_a_growing_hotspot_is_named(snapshot: Snapshot) -> None:
    found = emerging.emerging(snapshot, "recorded-burglary", AREA, YEAR)
    first = found.tables["courses"].rows[0]
    assert first["kind"] == "consecutive hotspot"
    assert {row["area"] for row in found.tables["courses"].rows if row["kind"] != "no pattern"} >= {SMALL[0]}
    assert "unbroken run" in sentences(found)[0]


@pytest.mark.parametrize(
    ("measure", "period", "options", "said"),
    [
        ("recorded-burglary", YEAR, {"level": "ward"}, "too few wards"),
        ("recorded-burglary", YEAR, {"months": 6}, "need 10"),
        ("recorded-robbery", YEAR, {}, "the same count"),
    ],
)
def test_emerging_hotspots_say_what_they_lack(
    snapshot: Snapshot, measure: str, period: Period, options: dict[str, Any], said: str
) -> None:
    assert said in sentences(emerging.emerging(snapshot, measure, AREA, period, **options))[0]


def test_every_answer_passes_the_gate_for_every_audience(snapshot: Snapshot) -> None:
    found: list[Findings] = [
        concentration.concentration(snapshot, "recorded-burglary", AREA, YEAR),
        emerging.emerging(snapshot, "recorded-burglary", AREA, YEAR),
        hour_week.hour_week(snapshot, "burglary", AREA, YEAR),
        night_time.night_time(snapshot, "burglary", AREA, YEAR),
        repeat_places.repeat_places(snapshot, "burglary", AREA, YEAR),
        map_points.map_points(snapshot, "recorded-burglary", AREA, YEAR),
        hotspot_accuracy.hotspot_accuracy(snapshot, "recorded-burglary", AREA, YEAR),
    ]
    for audience in Audience:
        assert len(release(found, audience).findings) == len(found)


def test_clusters_of_small_areas_and_of_hexagons(snapshot: Snapshot) -> None:
    areas = clusters.clusters(snapshot, "recorded-burglary", AREA, YEAR)
    assert len(areas.tables["clusters"].rows) == 16
    assert areas.tables["clusters"].rows[0]["area"] in (SMALL[0], SMALL[1], SMALL[4])
    found = clusters.clusters(snapshot, "recorded-burglary", AREA, YEAR, level="hexagon", hectares=2)
    rows = found.tables["clusters"].rows
    assert rows and all(cells.outline(str(row["area"])) is not None for row in rows)
    assert {row["kind"] for row in rows if not row["moran"]} <= {"hotspot", "cold spot"}
    assert any("redrawn in July 2022" in caveat for caveat in found.caveats)
    assert rows[0]["id"] == f"recorded-burglary~{rows[0]['area']}~{YEAR.text()}", "what the register knows it by"


def test_clusters_say_what_they_lack(snapshot: Snapshot) -> None:
    ask = clusters.clusters
    assert "too few wards" in sentences(ask(snapshot, "recorded-burglary", AREA, YEAR, level="ward"))[0]
    assert "the same value" in sentences(ask(snapshot, "recorded-robbery", AREA, YEAR))[0]
    assert "too few for hexagons" in sentences(ask(snapshot, "recorded-robbery", AREA, YEAR, level="hexagon"))[0]
    gone = sentences(ask(snapshot, "recorded-burglary", AREA, Period("2023-01", "2023-02")))[0]
    assert (
        gone
        == "Burglary: not supplied for name of E06000009 in January to February 2023. It would come from the data.police.uk street files."
    )


def test_only_codes_of_hexagons_have_hexagons() -> None:
    assert cells.outline("E01000001") is None
    assert cells.outline("hex-330000-436000") is None
    assert cells.outline("hex-330000-436000-200").area > 0


def test_dense_land_holds_more_than_its_share(snapshot: Snapshot) -> None:
    found = density.density(snapshot, "recorded-burglary", AREA, YEAR)
    rows = found.tables["bands"].rows
    assert sum(row["count"] for row in rows[:-1]) == rows[-1]["count"]
    assert rows[0]["times"] > 1
    assert str(found.meta[f"outline {rows[0]['label']}"]).startswith(("POLYGON", "MULTIPOLYGON"))
    assert (
        "too few for a map"
        in sentences(density.density(snapshot, "recorded-burglary", SMALL[9], Period("2022-01", "2022-02")))[0]
    )


def test_a_patch_with_few_records_is_not_drawn(snapshot: Snapshot) -> None:
    found = density.density(snapshot, "burglary", AREA, YEAR, bandwidth=40)
    assert all(row["count"] == 0 or row["count"] >= density.IN_PATCH for row in found.tables["bands"].rows[:-2])


def test_near_repeats_need_exact_places_and_days(snapshot: Snapshot) -> None:
    found = near_repeat.near_repeat(snapshot, "burglary", AREA, YEAR, dealings=19)
    rows = found.tables["pairs"].rows
    assert rows[0]["label"] == "same place"
    assert sentences(found)[0].startswith("Burglary. At the same place and under 7 days apart:")
    refused = near_repeat.near_repeat(snapshot, "recorded-burglary", AREA, YEAR)
    assert "eight addresses" in sentences(refused)[0]
    few = near_repeat.near_repeat(snapshot, "burglary", SMALL[2], Period("2022-01", "2022-02"))
    assert few.tables["pairs"].rows == ()
    none = near_repeat.near_repeat(snapshot, "robbery", AREA, YEAR)
    assert "No record has a point" in sentences(none)[0]


def test_hotspots_of_the_year_before_are_tried_on_this_year(snapshot: Snapshot) -> None:
    """Small areas 0, 1 and 4, which touch, have 40 records a month and one more each month, the others 3. The year before, the one
    between the other two stood out with its neighbours; sixteen squares of one size."""
    found = hotspot_accuracy.hotspot_accuracy(snapshot, "recorded-burglary", AREA, YEAR)
    hot, plain, lot = found.tables["choices"].rows
    assert (hot["areas"], plain["areas"], lot["areas"]) == (1, 1, 1)
    assert hot["land"] == pytest.approx(100 / 16, abs=0.1)
    grown = sum(40 + month for month in range(12, 24))
    total = 3 * grown + 16 * 3 * 12
    assert hot["count"] == grown + 36
    assert hot["share"] == pytest.approx(100 * hot["count"] / total)
    assert hot["lower"] < hot["share"] < hot["upper"]
    assert hot["pai"] == pytest.approx(hot["share"] / hot["land"])
    assert hot["pei"] == pytest.approx(100, abs=0.1), "no other square held more"
    assert plain["count"] == hot["count"]
    assert lot["share"] == pytest.approx(100 / 16)
    assert hot["rri"] == pytest.approx(hot["had"] / hot["share"])
    said = sentences(found)
    assert "of January to December 2021 held" in said[0] and "95% limits" in said[0]
    assert "drawn by lot" in said[2]


@pytest.mark.parametrize(
    ("measure", "period", "level", "said"),
    [
        ("recorded-burglary", YEAR, "ward", "too few wards"),
        ("recorded-burglary", Period("2021-06", "2022-05"), "lsoa", "not supplied"),
        ("recorded-burglary", Period("2023-01", "2023-12"), "lsoa", "not supplied"),
        ("recorded-robbery", YEAR, "lsoa", "fewer than 30"),
    ],
)
def test_hotspots_that_cannot_be_tried_say_why(
    snapshot: Snapshot, measure: str, period: Period, level: str, said: str
) -> None:
    found = hotspot_accuracy.hotspot_accuracy(snapshot, measure, AREA, period, level=level)
    assert found.tables["choices"].rows == ()
    assert said in sentences(found)[0]


def test_even_counts_have_no_hotspot_to_try(snapshot: Snapshot) -> None:
    """Burglaries of the force's own extract: one in each small area each month, and two more in the first."""
    found = hotspot_accuracy.hotspot_accuracy(snapshot, "burglary", AREA, YEAR)
    assert "no hotspot to try" in sentences(found)[0]


@pytest.mark.parametrize("name", ["hotspot-briefing", "problem-profile", "asb-product"])
def test_products_of_places_are_built_for_every_audience(snapshot: Snapshot, name: str) -> None:
    store = Store.open(snapshot.folder)
    for audience in Audience:
        built = build(store, Order(load(name), AREA, YEAR, audience, date(2023, 1, 31)))
        assert [block for block in built.document.blocks if isinstance(block, ChartBlock)]


def test_harm_spots_beside_hotspots(snapshot: Snapshot) -> None:
    found = harm_spots.harm_spots(snapshot, AREA, YEAR)
    rows = found.tables["spots"].rows
    assert len(rows) == 16 and all(float(row["harm"]) >= 0 for row in rows)
    assert {row["kind"] for row in rows} <= {
        "high in harm and number",
        "high in harm alone",
        "high in number alone",
        "as chance would have it",
    }
    few = harm_spots.harm_spots(snapshot, AREA, YEAR, level="ward")
    assert "too few wards" in sentences(few)[0]
