"""Areas and their links: one parent each, all vintages, nothing twice."""

from __future__ import annotations

import pytest

from wardwise.areas import Area, Link, Partnership, PeerRule, Places, force_slug, locate
from wardwise.records.errors import WardwiseError

AREAS = [
    Area("F1", "Northshire", "force", "2024"),
    Area("C1", "Aton", "csp", "2024"),
    Area("C2", "Beeford", "csp", "2024"),
    Area("D1", "Aton", "district", "2018 2024"),
    Area("D2", "Beeford", "district", "2018 2024"),
    Area("D0", "Old Aton", "district", "2018"),
    Area("W1", "North ward", "ward", "2018"),
    Area("W2", "New north ward", "ward", "2024"),
    Area("W3", "South ward", "ward", "2024"),
    Area("L1", "Aton 1", "lsoa", "2011 2021"),
    Area("L2", "Aton 2", "lsoa", "2011"),
    Area("L2a", "Aton 2A", "lsoa", "2021"),
    Area("L2b", "Aton 2B", "lsoa", "2021"),
    Area("L3", "Aton 3", "lsoa", "2011"),
    Area("L4", "Aton 4", "lsoa", "2011"),
    Area("L34", "Aton 34", "lsoa", "2021"),
    Area("L5", "Beeford 1", "lsoa", "2011 2021"),
]

LINKS = [
    Link("D1", "C1", "csp", "2024", True),
    Link("D2", "C2", "csp", "2024", True),
    Link("C1", "F1", "force", "2024", True),
    Link("C2", "F1", "force", "2024", True),
    *(Link(code, "D0", "district", "2018", False) for code in ("L1", "L2", "L3", "L4")),
    *(Link(code, "W1", "ward", "2018", False) for code in ("L1", "L2", "L3", "L4")),
    *(Link(code, "D1", "district", "2024", False) for code in ("L1", "L2a", "L2b", "L34")),
    *(Link(code, "W2", "ward", "2024", False) for code in ("L1", "L2a", "L2b")),
    Link("L34", "W3", "ward", "2024", False),
    *(Link(ward, "D1", "district", "2024", True) for ward in ("W2", "W3")),
    Link("W1", "D0", "district", "2018", True),
    Link("L2", "L2a", "lsoa", "2021", True, "S"),
    Link("L2", "L2b", "lsoa", "2021", True, "S"),
    Link("L3", "L34", "lsoa", "2021", True, "M"),
    Link("L4", "L34", "lsoa", "2021", True, "M"),
    Link("L5", "D2", "district", "2018", False),
    Link("L5", "D2", "district", "2024", False),
    # the exact-fit look-up puts L5 in two districts of one year
    Link("L5", "D1", "district", "2022", True),
    Link("L5", "D2", "district", "2022", True),
]


@pytest.fixture
def places() -> Places:
    return Places(
        AREAS,
        LINKS,
        partnerships=[Partnership("both", "Aton and Beeford", ("D1", "D2"))],
        peer_rules=[
            PeerRule("hand picked", "alike", codes=("W2", "W3"), applies_to=("W2",)),
            PeerRule("{number} districts of {area}", "one force", level="district", same="force"),
        ],
        held=("LAD 2024",),
    )


def test_a_district_has_the_small_areas_of_all_years_once(places: Places) -> None:
    members = places.members(["D1"])
    assert sorted(code for code, _ in members) == ["D1", "L1", "L2", "L2a", "L2b", "L3", "L34", "L4", "W2", "W3"]


def test_a_small_area_in_two_districts_is_given_one(places: Places) -> None:
    pairs = places.members(["D1", "D2"])
    assert [area for code, area in pairs if code == "L5"] == ["D2"]
    assert len({code for code, _ in pairs}) == len(pairs)


def test_an_abolished_district_keeps_its_own_small_areas(places: Places) -> None:
    assert ("L3", "D0") in places.members(["D0"])
    assert ("W1", "D0") in places.members(["D0"])
    both = places.members(["D0", "D1"])
    assert [area for code, area in both if code == "L1"] == ["D1"]


def test_wards_are_reached_across_vintages(places: Places) -> None:
    assert {code for code, _ in places.members(["W2"])} == {"W2", "L1", "L2", "L2a", "L2b"}
    assert {code for code, _ in places.members(["W1"])} >= {"L1", "L2", "L2a", "L34"}
    assert places.fit("L3", "ward") == "best"
    assert places.fit("W2", "district") == "exact"
    assert places.fit("L5", "district") == "best"


def test_only_whole_small_areas_belong_to_another_small_area(places: Places) -> None:
    assert sorted(places.members(["L34"])) == [("L3", "L34"), ("L34", "L34"), ("L4", "L34")]
    assert sorted(places.members(["L2"])) == [("L2", "L2"), ("L2a", "L2"), ("L2b", "L2")]
    assert places.members(["L2a"]) == [("L2a", "L2a")]


def test_children_are_of_the_newest_year_unless_told(places: Places) -> None:
    assert places.children("D1", "lsoa") == ("L1", "L2a", "L2b", "L34")
    assert places.children("D1", "lsoa", "2011") == ("L1", "L2", "L3", "L4")
    assert places.children("F1", "ward") == ("W2", "W3")
    assert places.children("F1", "district") == ("D1", "D2")
    assert places.children("W2", "lsoa") == ("L1", "L2a", "L2b")
    assert places.children("both", "district") == ("D1", "D2")


def test_the_force_is_found_through_district_and_partnership(places: Places) -> None:
    assert {places.force(code) for code in ("L1", "L3", "W2", "D1", "C1", "F1", "both")} == {"northshire"}
    assert places.force("D0") is None


def test_a_merged_partnership_counts_all_its_districts(places: Places) -> None:
    members = places.members(["both"])
    assert ("L5", "both") in members and ("L1", "both") in members
    assert len(members) == len({code for code, _ in members})
    assert places.level("both") == "partnership"


def test_peers_are_declared_or_share_a_larger_area(places: Places) -> None:
    assert places.peers("W2").codes == ("W2", "W3")
    assert places.peers("D1").name == "2 districts of Northshire"
    assert places.peers("D1").codes == ("D1", "D2")
    assert places.peers("W3").codes == ("W3",)


def test_an_unknown_code_is_told_what_is_held_and_what_is_near(places: Places) -> None:
    with pytest.raises(WardwiseError) as error:
        places.name("Aton 2")
    assert "LAD 2024" in error.value.where
    assert "L2a (Aton 2A)" in error.value.next_step
    with pytest.raises(WardwiseError, match="No area look-up") as error:
        Places([], []).members(["E06000009"])
    assert "Exact Fit Lookup" in error.value.next_step and "wardwise import FILE" in error.value.next_step


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Lancashire Constabulary", "lancashire"),
        ("Lancashire", "lancashire"),
        ("Metropolitan Police Service", "metropolitan"),
        ("Metropolitan Police", "metropolitan"),
        ("London, City of", "city-of-london"),
        ("City of London Police", "city-of-london"),
        ("Police Service of Northern Ireland", "northern-ireland"),
        ("Devon & Cornwall Police", "devon-and-cornwall"),
        ("Dyfed-Powys", "dyfed-powys"),
        ("British Transport Police", "british-transport"),
        ("Greater Manchester Police", "greater-manchester"),
        ("Avon and Somerset Constabulary", "avon-and-somerset"),
    ],
)
def test_a_force_has_one_slug(name: str, slug: str) -> None:
    assert force_slug(name) == slug


def test_points_fall_in_the_area_that_holds_them() -> None:
    from shapely import box

    areas = {"B": box(1, 0, 2, 1), "A": box(0, 0, 1, 1)}
    assert locate([0.5, 1.5, 1.0, 9, float("nan"), 0.5], [0.5, 0.5, 0.5, 9, 0.5, 0.5], areas) == [
        "A",
        "B",
        "A",
        None,
        None,
        "A",
    ]
    assert locate([1.0], [1.0], {}) == [None]
