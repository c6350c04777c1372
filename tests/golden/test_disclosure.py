"""Published cases: acro's threshold check (SDC-1), and the hate crime table that went out with counts of 1 and 3 (G-06)."""

from __future__ import annotations

import csv
import json
from types import MappingProxyType

from wardwise.disclosure import Audience, Rule, Thresholds, release
from wardwise.methods import dominance
from wardwise.records.cells import SUPPRESSED
from wardwise.records.findings import Column, Findings, Ref, Role, Sum, Table

TEN = Thresholds(MappingProxyType({"acro": {Audience.PARTNERSHIP: Rule(), Audience.PUBLIC: Rule(hide_below=10)}}))


def test_sdc_1_the_same_cells_fail_a_threshold_of_10_as_in_acro(shared):
    with (shared / "golden/sdc/acro_counts.csv").open() as file:
        rows = [{name: int(value) for name, value in row.items()} for row in csv.DictReader(file)]
    expected = json.loads((shared / "golden/sdc/acro_expected.json").read_text())
    failing = expected["results"]["threshold_year_by_grant_type"][1]["MinimumThresholdCheck"]
    assert _failing(rows) == [tuple(cell) for cell in failing]


def test_sdc_1_the_same_sums_fail_the_rules_of_dominance_as_in_acro(shared):
    """SDC-1: acro 1.0.2 on its own amounts: one cell fails the n-k rule (2 and 90%), two the p-percent rule (10%). Exact."""
    with (shared / "golden/sdc/acro_testdata_subset.csv").open() as file:
        rows = list(csv.DictReader(file))
    years, kinds = (sorted({row[name] for row in rows}) for name in ("year", "grant_type"))
    cells = {
        (i, j): [float(r["inc_grants"] or "nan") for r in rows if (r["year"], r["grant_type"]) == (year, kind)]
        for i, year in enumerate(years)
        for j, kind in enumerate(kinds)
    }
    expected = json.loads((shared / "golden/sdc/acro_expected.json").read_text())["results"]["mean_inc_grants"][1]
    assert [at for at, given in cells.items() if dominance.dominated(given)] == [tuple(c) for c in expected["NKCheck"]]
    assert [at for at, given in cells.items() if dominance.guessed(given)] == [
        tuple(c) for c in expected["PPercentCheck"]
    ]


def test_a_threshold_of_10_fails_9_and_passes_10_and_0():
    assert _failing([{"year": 2010, "A": 9, "B": 10, "C": 0, "D": 1}]) == [(0, 0), (0, 3)]


def _failing(rows: list[dict[str, int]]) -> list[tuple[int, int]]:
    groups = [name for name in rows[0] if name != "year"]
    columns = (Column("year", Role.LABEL, "Year"), *(Column(name, Role.COUNT, name) for name in groups))
    findings = Findings("acro", "Acro", {"t": Table("t", "T", columns, tuple(rows))}, profile="acro")
    shown = release([findings], Audience.PUBLIC, thresholds=TEN).findings["acro"].table().rows
    return [(i, j) for i, row in enumerate(shown) for j, name in enumerate(groups) if row[name] is SUPPRESSED]


HATE = (
    ("Disability", 5, 8, 3, 60.0),
    ("Gender identity", 1, 3, 2, 200.0),
    ("Gender-motivated", 2, 4, 2, 100.0),
    ("Homophobic", 28, 26, -2, -7.142857),
    ("Racist", 65, 68, 3, 4.615385),
    ("Racist or homophobic, police staff", 1, 1, 0, 0.0),
    ("Religious", 1, 2, 1, 100.0),
    ("Grand total", 103, 112, 9, 8.737864),
)


def hate() -> Findings:
    columns = (
        Column("type", Role.LABEL, "Incident type"),
        Column("before", Role.COUNT, "2015"),
        Column("after", Role.COUNT, "2016"),
        Column("change", Role.CHANGE, "Change", of=("before", "after")),
        Column("percent", Role.PERCENT, "%", of=("before", "after"), decimals=1),
    )
    rows = tuple(dict(zip([c.name for c in columns], row, strict=True)) for row in HATE)
    sums = tuple(
        Sum(Ref("types", 7, name), tuple(Ref("types", i, name) for i in range(7))) for name in ("before", "after")
    )
    return Findings("hate", "Hate", {"types": Table("types", "Types", columns, rows)}, sums=sums, profile="sensitive")


def test_g_06_the_public_copy_hides_the_small_cells_and_the_total_does_not_give_them_back():
    rows = release([hate()], Audience.PUBLIC).findings["hate"].table().rows
    hidden = [(row["before"] is SUPPRESSED, row["after"] is SUPPRESSED) for row in rows]
    small = [(0 < before < 5, 0 < after < 5) for _, before, after, _, _ in HATE]
    assert all(
        was <= now for pair, shown in zip(small, hidden, strict=True) for was, now in zip(pair, shown, strict=True)
    )
    assert (rows[7]["before"], rows[7]["after"], rows[7]["change"], round(rows[7]["percent"], 1)) == (103, 112, 9, 8.7)
    for column in (0, 1):
        left = [HATE[i][column + 1] for i in range(7) if hidden[i][column]]
        assert sum(left) - (len(left) - 1) >= 4, (
            "what is left of the total must allow any hidden count to be as large as 4"
        )
    assert [row["change"] for row in rows][:7] == [SUPPRESSED, SUPPRESSED, SUPPRESSED, -2, 3, SUPPRESSED, SUPPRESSED]


def test_g_06_the_partnership_copy_hides_ones_and_twos_and_the_analyst_copy_nothing():
    rows = release([hate()], Audience.PARTNERSHIP).findings["hate"].table().rows
    assert [row["before"] for row in rows] == [5, *[SUPPRESSED] * 2, 28, 65, *[SUPPRESSED] * 2, 103]
    assert [tuple(row.values()) for row in release([hate()], Audience.ANALYST).findings["hate"].table().rows] == list(
        HATE
    )
