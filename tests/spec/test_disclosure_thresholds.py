"""Who sees which count, by profile: the table that an information governance lead signs."""

from __future__ import annotations

import pytest

from wardwise.definitions import find
from wardwise.disclosure import SHIPPED, Audience, Rule, Thresholds, release
from wardwise.records.cells import SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Role, Table

H = "[c]"
COUNTS = (0, 1, 2, 3, 4, 5, 7, 8, 12, 13)
SHOWN = {
    ("open", "partnership"): (0, 1, 2, 3, 4, 5, 7, 8, 12, 13),
    ("open", "public"): (0, 1, 2, 3, 4, 5, 7, 8, 12, 13),
    ("standard", "partnership"): (0, 1, 2, 3, 4, 5, 7, 8, 12, 13),
    ("standard", "public"): (0, H, H, H, H, 5, 7, 8, 12, 13),
    ("sensitive", "partnership"): (0, H, H, 3, 4, 5, 7, 8, 12, 13),
    ("sensitive", "public"): (0, H, H, H, H, 5, 7, 8, 12, 13),
    ("health", "partnership"): (0, H, H, H, H, H, H, 10, 10, 15),
    ("health", "public"): (0, H, H, H, H, H, H, 10, 10, 15),
}
RATES_HIDDEN_BELOW = {("sensitive", "public"): 10, ("health", "partnership"): 8, ("health", "public"): 10}


def rows_for(profile: str, audience: Audience) -> list[dict[str, object]]:
    columns = (
        Column("name", Role.IDENTIFIER, "Name"),
        Column("count", Role.COUNT, "Count"),
        Column("base", Role.BASE, "Residents"),
        Column("rate", Role.VALUE, "Rate", of=("count",)),
        Column("verdict", Role.VERDICT, "Verdict", of=("count",)),
    )
    rows = tuple(
        {"name": "A", "count": n, "base": 200, "rate": n / 200 * 100, "verdict": "likely chance"} for n in COUNTS
    )
    findings = Findings("f", "F", {"t": Table("t", "T", columns, rows)}, profile=profile)
    return [dict(row) for row in release([findings], audience).findings["f"].table().rows]


@pytest.mark.parametrize(("profile", "audience"), SHOWN)
def test_counts_by_profile_and_audience(profile, audience):
    rows = rows_for(profile, Audience(audience))
    assert tuple(H if row["count"] is SUPPRESSED else row["count"] for row in rows) == SHOWN[profile, audience]
    assert all("name" not in row for row in rows)
    for count, row in zip(COUNTS, rows, strict=True):
        few = 0 < count < RATES_HIDDEN_BELOW.get((profile, audience), 0)
        assert (row["rate"] is SUPPRESSED) == (few or row["count"] is SUPPRESSED)
        assert (row["verdict"] is SUPPRESSED) == (row["count"] is SUPPRESSED)


@pytest.mark.parametrize("profile", SHIPPED.profiles)
def test_the_analyst_sees_every_count_and_name(profile):
    rows = rows_for(profile, Audience.ANALYST)
    assert tuple(row["count"] for row in rows) == COUNTS
    assert all(row["name"] == "A" for row in rows)


def test_the_shipped_file_says_what_the_table_says():
    [path] = [path for path in find.files("disclosure") if path.stem == "thresholds"]
    assert Thresholds.of(find.read(path)).profiles == SHIPPED.profiles


@pytest.mark.parametrize(
    ("declaration", "said"),
    [
        ({}, "no disclosure profiles"),
        ({"profiles": {"x": {"public": {"hide_below": 5}}}}, "partnership audience has no rule"),
        ({"profiles": {"x": {"partnership": {}, "public": {"hide_under": 5}}}}, "not understood: hide_under"),
        ({"profiles": {"x": {"partnership": {}, "public": {"hide_below": "5"}}}}, "not understood: hide_below"),
        ({"profiles": {"x": {"partnership": {}, "public": {"hide_below": -1}}}}, "makes no sense"),
        ({"profiles": {"x": {"partnership": {"hide_below": 9}, "public": {}}}}, "more than the partnership"),
    ],
)
def test_a_threshold_file_that_is_wrong_is_refused(declaration, said):
    with pytest.raises(WardwiseError, match=said):
        Thresholds.of(declaration)


def test_an_unknown_profile_does_not_open_the_gate():
    with pytest.raises(WardwiseError, match="no disclosure profile called “sensitve”"):
        SHIPPED.rule("sensitve", Audience.PUBLIC)
    with pytest.raises(WardwiseError, match="sensitve"):
        SHIPPED.rule("sensitve", Audience.ANALYST)


def test_the_spread_is_what_the_rule_itself_leaves_open():
    assert [Rule(hide_below=n).spread for n in (0, 2, 3, 5, 8)] == [1, 1, 1, 3, 6]
