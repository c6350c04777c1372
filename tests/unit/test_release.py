from __future__ import annotations

import dataclasses
import pickle
from dataclasses import replace

import pytest

from wardwise.disclosure import Audience, Released, release
from wardwise.records.cells import MISSING, SUPPRESSED, Weighed, how_many
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Statement, Sum, Table


def small() -> Findings:
    columns = (Column("type", Role.LABEL, "Type"), Column("count", Role.COUNT, "Incidents"))
    rows = (
        {"type": "Disability", "count": 8},
        {"type": "Gender identity", "count": 3},
        {"type": "Other", "count": MISSING},
    )
    said = Statement("{n} incidents.", {"n": Ref("types", 1, "count")}, {"n": "count"}, hidden="Too few to say.")
    return Findings("hate", "Hate", {"types": Table("types", "Types", columns, rows)}, (said,), profile="sensitive")


def test_only_the_gate_makes_released_findings():
    with pytest.raises(WardwiseError, match="release gate"):
        Released("hate", "Hate", Audience.PUBLIC, "standard", {})
    released = release([small()], Audience.PUBLIC).findings["hate"]
    with pytest.raises((WardwiseError, ValueError)):
        dataclasses.replace(released, title="Other")


def test_a_hidden_count_is_neither_zero_nor_missing_and_its_sentence_gives_way():
    released = release([small()], Audience.PUBLIC).findings["hate"]
    assert [row["count"] for row in released.table("types").rows] == [8, SUPPRESSED, MISSING]
    assert released.statements[0].text == "Too few to say."
    assert not released.statements[0].cells
    assert not released.shows(Ref("types", 1, "count"))
    assert released.shows(Ref("types", 2, "count"))


def test_the_analyst_sees_everything():
    released = release([small()], Audience.ANALYST).findings["hate"]
    assert [row["count"] for row in released.table().rows] == [8, 3, MISSING]
    assert released.statements[0].cells == {"n": 3}


def table(*columns: Column, rows: list[tuple[object, ...]]) -> Table:
    names = [column.name for column in columns]
    return Table("t", "T", columns, tuple(dict(zip(names, row, strict=True)) for row in rows))  # type: ignore[arg-type]


LABEL = Column("area", Role.LABEL, "Area")
COUNT = Column("count", Role.COUNT, "Count")
BASE = Column("base", Role.BASE, "Residents")
RATE = Column("rate", Role.VALUE, "Rate", of=("count",))


def public(found: Table, profile: str = "standard", **more: object) -> Released:
    findings = Findings("f", "F", {"t": found}, profile=profile, **more)  # type: ignore[arg-type]
    return release([findings], Audience.PUBLIC).findings["f"]


def values(released: Released, column: str) -> list[object]:
    return [row[column] for row in released.table().rows]


def test_a_mean_over_all_rows_is_hidden_with_any_of_them():
    mean = Column("mean", Role.VALUE, "Mean", of=("count",), whole=True)
    assert values(public(table(COUNT, mean, rows=[(3, 6.0), (9, 6.0)])), "mean") == [SUPPRESSED] * 2
    assert values(public(table(COUNT, mean, rows=[(5, 7.0), (9, 7.0)])), "mean") == [7.0, 7.0]


def test_a_mean_that_nobody_declared_is_seen_by_its_repetition():
    mean = replace(RATE, name="mean")
    found = public(table(COUNT, mean, rows=[(3, 6.0), (9, 6.0), (20, 25.0), (30, 25.0)]))
    assert values(found, "mean") == [SUPPRESSED, SUPPRESSED, 25.0, 25.0]


def test_the_same_rate_over_other_bases_is_not_taken_for_a_mean():
    found = public(table(COUNT, BASE, RATE, rows=[(3, 300, 0.01), (9, 900, 0.01), (8, 0, MISSING)]))
    assert values(found, "rate") == [SUPPRESSED, 0.01, MISSING]


def test_a_derived_column_that_names_nothing_depends_on_every_count_in_its_row():
    verdict = Column("verdict", Role.VERDICT, "Verdict")
    other = Column("other", Role.COUNT, "Other")
    found = public(table(COUNT, other, verdict, rows=[(3, 50, "higher"), (60, 50, "higher")]))
    assert values(found, "verdict") == [SUPPRESSED, "higher"]


def test_a_column_worked_out_from_a_derived_one_depends_on_its_counts():
    verdict = Column("verdict", Role.VERDICT, "Verdict", of=("rate", "verdict"))
    found = public(table(COUNT, BASE, RATE, verdict, rows=[(3, 300, 0.01, True), (9, 100, 0.09, True)]))
    assert values(found, "verdict") == [SUPPRESSED, True]


def test_a_flag_or_words_about_a_hidden_count_are_hidden_and_what_was_not_supplied_is_still_not():
    note = Column("note", Role.NOTE, "Note")
    found = public(table(COUNT, note, rows=[(3, True), (3, "three men"), (3, MISSING), (3, "")]))
    assert values(found, "note") == [SUPPRESSED, SUPPRESSED, MISSING, ""]


def test_the_rows_of_a_ranking_do_not_tell_where_a_hidden_one_lies():
    said = Statement("{n}", {"n": Ref("t", 3, "count")}, {"n": "count"})
    rows = [("Ashton", 90, 900, 0.1), ("Whyndyke", 3, 50, 0.06), ("Bispham", 2, 45, 0.045), ("Carleton", 6, 200, 0.03)]
    found = public(table(LABEL, COUNT, BASE, RATE, rows=rows), statements=(said,))
    assert values(found, "area") == ["Ashton", "Carleton", "Bispham", "Whyndyke"]
    assert found.statements[0].cells == {"n": 6}


def test_rows_in_order_of_time_or_with_a_total_stay_where_they_are():
    month = Column("area", Role.PERIOD, "Month")
    rows = [("2016-04", 9), ("2016-05", 8), ("2016-06", 3), ("2016-07", 3)]
    assert values(public(table(month, COUNT, rows=rows)), "count") == [9, 8, SUPPRESSED, SUPPRESSED]
    parts = [("a", 2), ("b", 3), ("c", 9), ("d", 14)]
    total = Sum(Ref("t", 3, "count"), tuple(Ref("t", i, "count") for i in range(3)))
    assert values(public(table(LABEL, COUNT, rows=parts), sums=(total,)), "area") == ["a", "b", "c", "d"]


FIGURE = Column("id", Role.FIGURE, "Figure", of=("share",))
SHARE = Column("share", Role.VALUE, "Share")


def test_a_share_without_its_count_is_hidden_unless_the_product_shows_that_the_count_is_safe():
    shares = table(FIGURE, SHARE, rows=[("outcomes~W01~2016-04@a", 12.5)])
    assert values(public(shares), "share") == [SUPPRESSED]
    assert values(public(shares, "open"), "share") == [12.5]
    for count, expected in ((8, 12.5), (3, SUPPRESSED)):
        counts = table(replace(FIGURE, of=()), COUNT, rows=[("outcomes~W01~2016-04@a", count)])
        both = [Findings("f", "F", {"t": shares}), Findings("g", "G", {"t": counts})]
        assert values(release(both, Audience.PUBLIC).findings["f"], "share") == [expected]


def test_a_statistic_without_any_count_is_not_ours_to_judge():
    assert values(public(table(LABEL, SHARE, rows=[("IMD score", 41.5)])), "share") == [41.5]


def test_health_rates_and_changes_are_worked_out_again_from_rounded_counts():
    before = Column("before", Role.COUNT, "Before")
    change = Column("change", Role.CHANGE, "Change", of=("before", "count"))
    rank = Column("rank", Role.VALUE, "Rank", of=("count",))
    lower = Column("lower", Role.LOWER, "Lower", of=("count",))
    rows = [(23, 41, 18, 2_000, 20.5, 14.7, 1), (41, 23, 18, 0, 0.0, 0.0, 2)]
    rate = replace(RATE, of=("count",))
    points = Column("points", Role.CHANGE, "Points", of=("before", "count"))
    back = Column("back", Role.CHANGE, "Back", of=("count", "before"))
    rows = [(*row, 1.5, row[2]) for row in rows]  # type: ignore[misc]
    [first, second] = (
        public(table(before, COUNT, change, BASE, rate, lower, rank, points, back, rows=rows), "health").table().rows
    )
    assert [first[c] for c in ("before", "count", "change", "rate", "lower", "rank")] == [
        25,
        40,
        15,
        20.0,
        SUPPRESSED,
        SUPPRESSED,
    ]
    assert (second["change"], second["rate"]) == (15, SUPPRESSED)
    assert (first["points"], first["back"]) == (SUPPRESSED, 15)


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        (lambda: [small(), small()], "same name"),
        (lambda: [replace(small(), meta={"mean": 4.5})], "hold a number: mean"),
        (lambda: [replace(small(), statements=(Statement("{n}", {"n": Ref("types", 9, "count")}),))], "not there"),
        (lambda: [replace(small(), sums=(Sum(Ref("other", 0, "count"), (Ref("types", 0, "count"),)),))], "not there"),
        (lambda: [Findings("f", "F", {"t": Table("t", "T", (LABEL, COUNT), ({"count": 3},))})], "Row 0 has no “area”"),
        (lambda: [Findings("f", "F", {"t": Table("t", "T", (RATE,), ())})], "worked out from “count”"),
    ],
)
def test_findings_that_cannot_be_guarded_are_refused(findings, said):
    with pytest.raises(WardwiseError, match=said):
        release(findings(), Audience.PUBLIC)


def test_a_sentence_about_an_identifier_gives_way_for_all_but_the_analyst():
    said = Statement("{who}", {"who": Ref("t", 0, "who")}, hidden="Not named.")
    found = table(Column("who", Role.IDENTIFIER, "Who"), COUNT, rows=[("A", 20)])
    findings = Findings("f", "F", {"t": found}, (said,), profile="open")
    assert release([findings], Audience.PARTNERSHIP).findings["f"].statements[0].text == "Not named."
    assert release([findings], Audience.ANALYST).findings["f"].statements[0].cells == {"who": "A"}


def test_released_tables_are_found_by_name_and_cannot_be_changed():
    released = release([small()], Audience.PUBLIC).findings["hate"]
    with pytest.raises(WardwiseError, match="Use one of: types"):
        released.table("other")
    with pytest.raises(TypeError):
        released.table().rows[0]["count"] = 3  # type: ignore[index]
    with pytest.raises(TypeError):
        released.tables["x"] = released.table()  # type: ignore[index]


def test_the_key_says_what_is_hidden():
    public_key = release([small()], Audience.PUBLIC).findings["hate"].key
    assert "from 1 to 4" in public_key
    assert "rests on fewer than 10" in public_key
    assert release([small()], Audience.PUBLIC).findings["hate"].rounding == ""
    assert release([small()], Audience.ANALYST).findings["hate"].key == ""
    two = replace(small(), tables={"types": table(LABEL, COUNT, rows=[("a", 2), ("b", 3)])}, statements=())
    assert "1 or 2" in release([two], Audience.PARTNERSHIP).findings["hate"].key


def test_a_list_in_no_order_stays_as_it_is():
    rows = [("d", 90), ("b", 3), ("c", 100), ("a", 6)]
    assert values(public(table(LABEL, COUNT, rows=rows)), "area") == ["d", "b", "c", "a"]


def test_a_statistic_of_the_base_alone_does_not_depend_on_the_counts():
    density = Column("density", Role.VALUE, "Residents per hectare", of=("base",))
    assert values(public(table(COUNT, BASE, density, rows=[(3, 300, 41.0)])), "density") == [41.0]


def test_a_figure_is_found_by_the_column_that_shows_it():
    other = Column("other", Role.COUNT, "Other")
    ids = (Column("a", Role.FIGURE, "A", of=("count",)), Column("b", Role.FIGURE, "B", of=("other",)))
    found = table(COUNT, other, *ids, rows=[(3, 9, "m~W01~2016-04@v", "n~W01~2016-04@v")])
    entries = release([Findings("f", "F", {"t": found})], Audience.PUBLIC).entries
    assert [(entry.key, entry.value) for entry in entries] == [("m~W01~2016-04", None), ("n~W01~2016-04", 9)]


def test_words_beside_a_figure_without_a_count_are_shown():
    note = Column("edition", Role.NOTE, "Edition")
    ids = replace(FIGURE, of=())
    found = public(table(ids, note, rows=[("deprivation~W01~2019-01@a", "2019 edition")]))
    assert values(found, "edition") == ["2019 edition"]


def cells(month: str, count: int) -> Findings:
    """One cell of a grid, which no figure gives, from April 2025 to `month`."""
    columns = (LABEL, COUNT, Column("key", Role.KEY, "Key", of=("count",)))
    made = table(*columns, rows=[("Talbot 1", count, f"burglary~hex-1-2-3~2025-04..{month}")])
    return Findings("f", "F", {"t": made})


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.ANALYST])
def test_a_key_names_a_count_for_the_register_and_is_shown_to_nobody(audience: Audience):
    found = release([cells("2025-06", 9)], audience)
    assert [column.name for column in found.findings["f"].table().columns] == ["area", "count"]
    assert [entry.key for entry in found.entries] == ["burglary~hex-1-2-3~2025-04..2025-06"] * (
        audience is Audience.PUBLIC
    )
    assert not any("without a figure's id" in line for line in found.log)


def test_a_cell_of_a_grid_is_set_against_what_went_out_before():
    before = release([cells("2025-06", 9)], Audience.PUBLIC).entries
    after = release([cells("2025-07", 11)], Audience.PUBLIC, before)
    assert after.findings["f"].table().rows[0]["count"] is SUPPRESSED, "11 less 9 would tell that July had 2"


def test_one_key_may_name_several_counts_of_a_row():
    columns = (LABEL, COUNT, Column("more", Role.COUNT, "More"), Column("key", Role.KEY, "Key", of=("count", "more")))
    made = table(*columns, rows=[("Talbot", 9, 12, "burglary~W01~2025-04..2025-06")])
    entries = release([Findings("f", "F", {"t": made})], Audience.PUBLIC).entries
    key = "burglary~W01~2025-04..2025-06"
    assert {entry.key: entry.value for entry in entries} == {f"{key}~of=count": 9, f"{key}~of=more": 12}


def test_a_figure_is_named_before_a_key_and_a_key_where_there_is_no_figure():
    columns = (LABEL, COUNT, replace(FIGURE, of=("count",)), Column("key", Role.KEY, "Key", of=("count",)))
    rows = [("Talbot", 9, "burglary~W01~2025-04@a1", "other"), ("Not placed", 12, "", "rest~W01~2025-04")]
    entries = release([Findings("f", "F", {"t": table(*columns, rows=rows)})], Audience.PUBLIC).entries
    assert [entry.key for entry in entries] == ["burglary~W01~2025-04", "rest~W01~2025-04"]


def test_days_of_harm_are_guarded_by_the_crimes_behind_them_not_by_their_days():
    weighed = table(LABEL, COUNT, rows=[("A", Weighed(5475.0, 1)), ("B", Weighed(60.0, 12)), ("C", 0), ("D", 7300.0)])
    assert values(public(weighed), "count") == [SUPPRESSED, 60.0, 0, 7300.0]
    shown = public(weighed).table().rows[1]["count"]
    assert not isinstance(shown, Weighed)  # how many crimes they were does not go out with them


def test_a_hidden_sum_of_weights_cannot_be_subtracted_back():
    rows = [("A", Weighed(5475.0, 1)), ("B", Weighed(60.0, 12)), ("C", Weighed(90.0, 14)), ("All", Weighed(5625.0, 27))]
    total = Sum(Ref("t", 3, "count"), tuple(Ref("t", row, "count") for row in range(3)))
    shown = values(public(table(LABEL, COUNT, rows=rows), sums=(total,)), "count")
    assert shown == [SUPPRESSED, SUPPRESSED, 90.0, 5625.0]


def test_a_rate_on_few_weighed_crimes_is_hidden_on_a_sensitive_topic():
    rows = [("A", Weighed(2920.0, 9), 1000, 2.92), ("B", Weighed(2930.0, 10), 1000, 2.93)]
    shown = public(table(LABEL, COUNT, BASE, RATE, rows=rows), "sensitive")
    assert values(shown, "rate") == [SUPPRESSED, 2.93]


def test_sums_and_differences_of_weights_keep_how_many_records_they_are_of():
    one, two = Weighed(10.0, 1), Weighed(30.0, 4)
    assert [how_many(sum([one, two])), how_many(two - one), how_many(7)] == [5, 3, 7]
    assert (sum([one, two]), two - one, type(one + 1.0), type(two - 1.0)) == (40.0, 20.0, float, float)
    assert how_many(pickle.loads(pickle.dumps(two))) == 4
