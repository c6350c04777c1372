"""What else is hidden so that a small count cannot be subtracted back. Read as small tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wardwise.disclosure import Audience, Entry, Release, Rule, release
from wardwise.disclosure.audit import Ledger, agrees, components
from wardwise.disclosure.grid import Count
from wardwise.disclosure.relations import Relation
from wardwise.disclosure.solve import Solver
from wardwise.records.cells import MISSING, SUPPRESSED
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table

H = SUPPRESSED


def grid(
    name: str, *rows: tuple[object, ...], total: bool = True, profile: str = "standard", keys: bool = False
) -> Findings:
    """Counts in a table. With total, the last row and column are the sums of the others."""
    wide = len(rows[0])
    columns = (Column("n", Role.LABEL, "Row"), *(Column(f"c{j}", Role.COUNT, f"C{j}") for j in range(wide)))
    body: tuple[Row, ...] = tuple(
        {"n": f"row {i}", **{f"c{j}": v for j, v in enumerate(row)}} for i, row in enumerate(rows)
    )  # type: ignore[dict-item, misc]
    last, high = wide - 1, len(rows) - 1
    sums = [Sum(Ref("t", i, f"c{last}"), tuple(Ref("t", i, f"c{j}") for j in range(last))) for i in range(high + 1)]
    sums += [Sum(Ref("t", high, f"c{j}"), tuple(Ref("t", i, f"c{j}") for i in range(high))) for j in range(wide)]
    return Findings(
        name, name, {"t": Table("t", "T", columns, body)}, sums=tuple(sums) if total else (), profile=profile
    )


def column(name: str, *values: object, profile: str = "standard") -> Findings:
    """One column whose last row is the sum of the others."""
    rows: tuple[Row, ...] = tuple({"n": str(i), "c": v} for i, v in enumerate(values))  # type: ignore[dict-item, misc]
    table = Table("t", "T", (Column("n", Role.LABEL, "Row"), Column("c", Role.COUNT, "Count")), rows)
    last = len(values) - 1
    sums = (Sum(Ref("t", last, "c"), tuple(Ref("t", i, "c") for i in range(last))),)
    return Findings(name, name, {"t": table}, sums=sums, profile=profile)


def figures(
    name: str, measure: str, *cells: tuple[str, object], profile: str = "standard", area: str = "W01"
) -> Findings:
    """Counts with their figures' ids, given as (period or period~group, count)."""
    rows = tuple({"id": f"{measure}~{area}~{period}@abc.street_crime-1", "c": value} for period, value in cells)
    columns = (Column("id", Role.FIGURE, "Figure"), Column("c", Role.COUNT, "Count"))
    return Findings(name, name, {"t": Table("t", "T", columns, rows)}, profile=profile)  # type: ignore[arg-type]


def seen(result: Release, name: str = "f") -> list[object]:
    table = result.findings[name].table("t")
    return [row[c.name] for row in table.rows for c in table.having(Role.COUNT)]


def test_a_hidden_part_takes_the_next_smallest_with_it():
    assert seen(release([column("f", 3, 40, 12, 55)], Audience.PUBLIC)) == [H, 40, H, 55]


def test_a_none_is_shown_and_is_never_used_as_cover():
    assert seen(release([column("f", 3, 0, 0, 12, 15)], Audience.PUBLIC)) == [H, 0, 0, H, 15]


def test_where_only_nones_are_left_the_total_is_hidden():
    assert seen(release([column("f", 3, 0, 0, 3)], Audience.PUBLIC)) == [H, 0, 0, H]


def test_ones_that_add_up_to_their_number_are_not_enough_cover():
    """Four hidden counts that sum to 5, none of them 0, could only be 1 or 2 each; the fifth joins them."""
    assert seen(release([column("f", 1, 2, 1, 1, 5, 60, 70)], Audience.PUBLIC)) == [H, H, H, H, H, 60, 70]


def test_two_small_counts_that_guard_each_other_need_no_third():
    assert seen(release([column("f", 3, 4, 50, 57)], Audience.PUBLIC)) == [H, H, 50, 57]


def test_rows_and_columns_are_protected_together():
    found = seen(release([grid("f", (3, 20, 23), (30, 40, 70), (33, 60, 93))], Audience.PUBLIC))
    assert found == [H, H, 23, H, H, 70, 33, 60, 93]


def test_a_sum_with_an_unknown_part_gives_nothing_away():
    assert seen(release([column("f", 3, MISSING, 12, 15)], Audience.PUBLIC)) == [H, MISSING, 12, 15]


def test_a_total_that_is_not_the_sum_is_said_and_not_used():
    result = release([column("f", 3, 12, 99)], Audience.PUBLIC)
    assert seen(result) == [H, 12, 99]
    assert any("not the sum of its parts" in line for line in result.log)


def test_one_figure_in_two_tables_is_hidden_in_both():
    first = figures("f", "hate", ("2016-04", 3))
    second = figures("g", "hate", ("2016-04", 3), profile="open")
    result = release([first, second], Audience.PUBLIC)
    assert seen(result, "f") == seen(result, "g") == [H]


def test_months_cannot_be_subtracted_from_their_year_in_another_table():
    months = figures("f", "hate", ("2016-04", 3), ("2016-05", 9), ("2016-06", 20))
    quarter = figures("g", "hate", ("2016-04..2016-06", 32))
    result = release([months, quarter], Audience.PUBLIC)
    assert (seen(result, "f"), seen(result, "g")) == ([H, H, 20], [32])


def test_categories_cannot_be_subtracted_from_the_whole():
    parts = figures("f", "crime", ("2016-04~type=a", 2), ("2016-04~type=b", 8), ("2016-04~type=c", 30))
    whole = figures("g", "crime", ("2016-04", 40))
    result = release([parts, whole], Audience.PUBLIC)
    assert (seen(result, "f"), seen(result, "g")) == ([H, H, 30], [40])


def test_two_years_to_date_do_not_give_away_the_month_between():
    both = figures("f", "robbery", ("2016-04..2016-08", 20), ("2016-04..2016-09", 23))
    assert seen(release([both], Audience.PUBLIC)) == [H, 23]
    apart = figures("f", "robbery", ("2016-04..2016-08", 20), ("2016-04..2016-09", 29))
    assert seen(release([apart], Audience.PUBLIC)) == [20, 29]


def test_three_periods_that_tile_a_year_are_seen():
    parts = figures("f", "robbery", ("2016-04..2016-06", 2), ("2016-07..2016-12", 9), ("2017-01..2017-03", 30))
    year = figures("g", "robbery", ("2016-04..2017-03", 41))
    result = release([parts, year], Audience.PUBLIC)
    assert (seen(result, "f"), seen(result, "g")) == ([H, H, 30], [41])


def test_last_months_product_counts_as_known():
    before = release(
        [figures("f", "robbery", ("2016-04..2016-08", 20))], Audience.PUBLIC, product="bulletin", released="2016-09-20"
    )
    assert before.entries == (Entry("robbery~W01~2016-04..2016-08", Audience.PUBLIC, 20, "bulletin", "2016-09-20"),)
    now = figures("f", "robbery", ("2016-04..2016-09", 23))
    assert seen(release([now], Audience.PUBLIC)) == [23]
    after = release([now], Audience.PUBLIC, before.entries)
    assert seen(after) == [H]
    assert any("beside an earlier product" in line for line in after.log)


def test_what_the_partnership_saw_is_not_known_to_the_public():
    before = release([figures("f", "robbery", ("2016-04..2016-08", 20))], Audience.PARTNERSHIP)
    now = figures("f", "robbery", ("2016-04..2016-09", 23))
    assert seen(release([now], Audience.PUBLIC, before.entries)) == [23]


def test_what_was_hidden_stays_hidden_and_the_same_release_again_is_the_same():
    findings = [figures("f", "hate", ("2016-04", 3), ("2016-05", 9), ("2016-04..2016-05", 12), ("2016-06", 30))]
    first = release(findings, Audience.PUBLIC)
    again = release(findings, Audience.PUBLIC, first.entries)
    assert seen(first) == seen(again)
    assert again.entries == ()
    alone = [figures("f", "hate", ("2016-05", 9))]
    assert seen(release(alone, Audience.PUBLIC)) == [9]
    result = release(alone, Audience.PUBLIC, first.entries)
    assert seen(result) == [H]
    assert any("earlier product" in line for line in result.log)


def test_the_register_never_holds_a_hidden_count():
    result = release([figures("f", "hate", ("2016-04", 3), ("2016-05", 9))], Audience.PUBLIC)
    assert {entry.key: entry.value for entry in result.entries} == {"hate~W01~2016-04": None, "hate~W01~2016-05": 9}


def test_an_analysts_copy_adds_nothing_to_the_register():
    assert release([figures("f", "hate", ("2016-04", 3))], Audience.ANALYST).entries == ()


def test_what_earlier_products_give_away_is_said():
    earlier = [
        Entry("robbery~W01~2016-04..2016-08", Audience.PUBLIC, 20),
        Entry("robbery~W01~2016-04..2016-09", Audience.PUBLIC, 23),
    ]
    result = release([figures("f", "robbery", ("2016-09", 3), ("2016-10", 11))], Audience.PUBLIC, earlier)
    assert seen(result) == [H, 11]
    assert any("can be worked out from an earlier product" in line for line in result.log)


def test_a_revised_figure_is_not_taken_as_known():
    earlier = [Entry("robbery~W01~2016-04..2016-09", Audience.PUBLIC, 25)]
    findings = [figures("f", "robbery", ("2016-04..2016-08", 20), ("2016-09", 3), ("2016-04..2016-09", 23))]
    assert seen(release(findings, Audience.PUBLIC, earlier)) == [H, H, 23]


def test_entries_survive_being_kept():
    entry = Entry("hate~W01~2016-04", Audience.PUBLIC, None, "bulletin", "2016-09-20")
    assert Entry.of(entry.as_mapping()) == entry
    with pytest.raises(Exception, match="register"):
        Entry.of({"key": "x"})


def test_rounded_health_counts_leave_room_for_the_hidden_one():
    result = release([column("f", 4, 23, 61, 88, profile="health")], Audience.PUBLIC)
    assert seen(result) == [H, 25, 60, 90]
    released = result.findings["f"]
    assert "rounded to the nearest 5" in released.rounding
    assert "1 to 7" in released.key


def test_a_hidden_cell_hides_the_sentence_in_another_findings_of_the_same_product():
    first = figures("f", "hate", ("2016-04", 3))
    second = replace(
        figures("g", "hate", ("2016-04", 3)),
        statements=(Statement("{n} in April.", {"n": Ref("t", 0, "c")}, hidden="Few."),),
    )
    assert release([first, second], Audience.PUBLIC).findings["g"].statements[0].text == "Few."


def test_categories_that_overlap_are_not_taken_for_a_whole():
    """Two flags on one offence: the parts come to more than the whole, so nothing can be subtracted."""
    parts = figures("f", "crime", ("2016-04~flag=a", 2), ("2016-04~flag=b", 40))
    whole = figures("g", "crime", ("2016-04", 40))
    result = release([parts, whole], Audience.PUBLIC)
    assert (seen(result, "f"), seen(result, "g")) == ([H, 40], [40])


def test_an_id_that_is_not_a_figures_is_only_a_name():
    result = release([figures("f", "hate", ("last spring", 3), ("2016-04", 9), ("", 8))], Audience.PUBLIC)
    assert seen(result) == [H, 9, 8]


def test_a_revision_that_makes_the_shorter_period_larger_gives_nothing_away():
    earlier = [Entry("robbery~W01~2016-04..2016-08", Audience.PUBLIC, 30)]
    assert seen(release([figures("f", "robbery", ("2016-04..2016-09", 23))], Audience.PUBLIC, earlier)) == [23]


def test_the_same_rest_by_two_roads_is_one_number():
    """April–August less April–July, and a year less two pieces: August is 3 either way."""
    cells = (("2016-04..2016-07", 20), ("2016-04..2016-08", 23), ("2016-09..2017-03", 40), ("2016-08..2017-03", 43))
    found = seen(release([figures("f", "robbery", *cells)], Audience.PUBLIC))
    assert found == [H, 23, H, 43]


def test_months_that_do_not_add_up_to_the_rest_are_not_used():
    cells = (("2016-04", 20), ("2016-05", 3), ("2016-04..2016-05", 30))
    assert seen(release([figures("f", "robbery", *cells)], Audience.PUBLIC)) == [20, H, 30]


def test_a_count_in_three_sums_is_protected_too():
    """A cube: each count is in a row, a column and a layer, which only the solver can walk."""
    cube = [[3, 20], [30, 40], [50, 60], [70, 80]]
    rows = tuple({"n": str(i), "a": a, "b": b, "t": a + b} for i, (a, b) in enumerate(cube))
    sides = [
        {"n": "x", **{c: rows[0][c] + rows[1][c] for c in "abt"}},
        {"n": "y", **{c: rows[2][c] + rows[3][c] for c in "abt"}},
    ]
    layers = [
        {"n": "u", **{c: rows[0][c] + rows[2][c] for c in "abt"}},
        {"n": "v", **{c: rows[1][c] + rows[3][c] for c in "abt"}},
    ]
    columns = (Column("n", Role.LABEL, "Row"), *(Column(c, Role.COUNT, c) for c in "abt"))
    sums = [Sum(Ref("t", i, "t"), (Ref("t", i, "a"), Ref("t", i, "b"))) for i in range(8)]
    for total, parts in ((4, (0, 1)), (5, (2, 3)), (6, (0, 2)), (7, (1, 3))):
        sums += [Sum(Ref("t", total, c), tuple(Ref("t", i, c) for i in parts)) for c in "abt"]
    findings = Findings("f", "F", {"t": Table("t", "T", columns, (*rows, *sides, *layers))}, sums=tuple(sums))
    result = release([findings], Audience.PUBLIC)
    assert seen(result)[0] is H
    assert sum(cell is H for cell in seen(result)) >= 8
    assert any("8 of 8" in line or "could each still be" in line for line in result.log)


def test_counts_that_are_not_whole_are_protected_as_well():
    shares = [(0.5, 20.25, 20.75), (30.0, 40.0, 70.0), (30.5, 60.25, 90.75)]
    assert seen(release([grid("f", *shares)], Audience.PUBLIC)) == [H, H, 20.75, H, H, 70.0, 30.5, 60.25, 90.75]


def test_a_world_that_contradicts_the_page_proves_nothing():
    counts = [Count(3, Rule(hide_below=5)), Count(9, Rule(hide_below=5)), Count(12, Rule(hide_below=5))]
    part = next(components(counts, [Relation.sum(2, (0, 1))], {0, 1}, [0]))
    assert agrees(part, {0: 4, 1: 8, 2: 12})
    assert not agrees(part, {0: 4, 1: 9, 2: 12})
    assert not agrees(part, {0: 0, 1: 12, 2: 12})
    ledger = Ledger(part, {0: 3}, {0: 3, 1: 9, 2: 12})
    ledger.note({0: 30, 1: -18, 2: 12})
    assert ledger.unmet
    ledger.note({0: 6, 1: 6, 2: 12})
    assert not ledger.unmet


def test_a_solver_with_no_world_says_so():
    solver = Solver([Relation.sum(2, (0, 1))], {0: (5, 9), 1: (5, 9), 2: (3, 3)}, {0: 5, 1: 5, 2: 3}, 3)
    assert solver.world({0: 1}) is None


def test_categories_without_their_whole_and_two_ways_to_cut_a_year_up():
    parts = figures("f", "crime", ("2016-04~type=a", 2), ("2016-04~type=b", 8))
    assert seen(release([parts], Audience.PUBLIC)) == [H, 8]
    cells = (("2016-04..2016-06", 2), ("2016-04..2016-07", 11), ("2016-07..2016-09", 29), ("2016-08..2016-09", 20))
    year = ("2016-04..2016-09", 31)
    found = seen(release([figures("f", "robbery", *cells, year)], Audience.PUBLIC))
    assert found[0] is H
    assert found.count(H) >= 2
    cells = (
        ("2016-04..2016-06", 12),
        ("2016-04..2016-07", 14),
        ("2016-07", 2),
        ("2016-08..2016-09", 20),
        ("2016-04..2016-09", 34),
    )
    assert seen(release([figures("f", "robbery", *cells)], Audience.PUBLIC)) == [H, 14, H, 20, 34]


def test_districts_cannot_be_subtracted_from_their_county():
    ids = [f"robbery~{area}~2016-04@a" for area in ("W01", "W02", "W03")]
    columns = (Column("id", Role.FIGURE, "Figure"), Column("c", Role.COUNT, "Count"))
    rows = tuple({"id": id_, "c": count} for id_, count in zip(ids, (3, 30, 40), strict=True))
    districts = Findings("f", "f", {"t": Table("t", "T", columns, rows)})
    county = figures("g", "robbery", ("2016-04", 73), area="C01")
    result = release([districts, county], Audience.PUBLIC)
    assert (seen(result, "f"), seen(result, "g")) == ([H, H, 40], [73])
    other = figures("g", "robbery", ("2016-04", 75), area="C01")
    assert seen(release([districts, other], Audience.PUBLIC), "f") == [H, 30, 40]
