"""What a measure is made of: the hate crime table to the digit, shares, and the changes that stand out."""

from __future__ import annotations

from tests.factories.answers import Canned, measure, spread
from tests.factories.sentences import sentences
from wardwise.analysis import breakdown, mix
from wardwise.disclosure import Audience, release
from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED
from wardwise.records.periods import Period
from wardwise.records.shown import cell

AREA = "E06000009"
NOW = Period("2016-01", "2016-08")
THEN = NOW.year_before()

HATE = {
    # type: 2015, 2016, change, % (golden case G-06)
    "Disability-Motivated Incident": (5, 8, "+3", "60.0%"),
    "Gender Identity": (1, 3, "+2", "200.0%"),
    "Gender-Motivated Incident": (2, 4, "+2", "100.0%"),
    "Homophobic Incident": (28, 26, "−2", "−7.1%"),
    "Racist Incident": (65, 68, "+3", "4.6%"),
    "Racist or Homophobic Incident Involving Police Staff": (1, 1, "=", "None"),
    "Religious-Motivated Incident": (1, 2, "+1", "100.0%"),
}


def hate() -> Canned:
    months: dict[str, dict[str, int]] = {month: {} for period in (THEN, NOW) for month in period.months()}
    for kind, (before, after, *_) in HATE.items():
        months[THEN.start][kind], months[NOW.end][kind] = before, after
    return Canned(counts={("hate-incidents", AREA): months}, names={AREA: "Blackpool"})


def test_the_published_hate_table_to_the_digit():
    found = breakdown.by_group(hate(), "hate-incidents", "subcategory", AREA, NOW, first="Incident type")
    table = found.tables["breakdown"]
    names = ("label", "before", "after", "change", "percent")
    said = [tuple(cell(row[name], table.column(name)) for name in names) for row in table.rows]
    published = [(kind, str(b), str(a), change, percent) for kind, (b, a, change, percent) in HATE.items()]
    assert said == [*published, ("Grand Total", "103", "112", "+9", "8.7%")]
    assert {row["verdict"] for row in table.rows} == {"Could be chance", "No change"}
    assert [column.title for column in table.columns[2:4]] == ["January to August 2015", "January to August 2016"]
    assert all(row["before_id"] and row["after_id"] for row in table.rows)


def test_the_public_copy_hides_small_cells_and_they_cannot_be_subtracted_back():
    found = breakdown.by_group(hate(), "hate-incidents", "subcategory", AREA, NOW)
    public = release([found], Audience.PUBLIC).findings["breakdown"].tables["breakdown"]
    by_kind = {row["label"]: row for row in public.rows}
    assert by_kind["Gender Identity"]["after"] is SUPPRESSED and by_kind["Gender Identity"]["change"] is SUPPRESSED
    assert by_kind["Racist Incident"]["after"] == 68
    hidden = [row for row in public.rows if row["after"] is SUPPRESSED]
    assert len(hidden) >= 2


def test_what_is_in_no_group_gets_a_row_so_that_the_total_holds():
    months = {month: {"a": 1, "": 2} for month in NOW.months()} | {month: {"a": 1} for month in THEN.months()}
    found = breakdown.by_group(Canned(counts={("m", AREA): months}), "m", "kind", AREA, NOW)
    assert [row["label"] for row in found.tables["breakdown"].rows] == ["Not stated", "a", "Grand Total"]
    assert len(found.sums) == 2


def test_a_group_not_stated_by_a_partner_is_not_nought():
    from types import SimpleNamespace

    stated = measure("m", count=SimpleNamespace(records="service_returns", where={}))
    months = {month: {"a": 1} for month in THEN.months()} | {month: {"a": 1, "b": 2} for month in NOW.months()}
    found = breakdown.by_group(Canned(counts={("m", AREA): months}), stated, "kind", AREA, NOW)
    row = next(row for row in found.tables["breakdown"].rows if row["label"] == "b")
    assert row["before"] is MISSING and row["verdict"] == "Not compared"
    assert found.sums == ()


def test_a_period_not_supplied_has_no_noughts():
    found = breakdown.by_group(
        Canned(counts={("m", AREA): {m: {"a": 1} for m in NOW.months()}}), "m", "kind", AREA, NOW
    )
    assert next(iter(found.tables["breakdown"].rows))["before"] is MISSING


class Awry(Canned):
    """Totals that are not the sum of their groups, as when a source restates one and not the other."""

    more = 0

    def figures(self, measure, areas, period, by=()):  # type: ignore[no-untyped-def]
        from dataclasses import replace

        found = super().figures(measure, areas, period, by)
        if by:
            return found
        return replace(found, figures=tuple(replace(f, count=f.count + self.more) for f in found.figures))


def test_a_total_larger_than_its_groups_shows_the_rest_and_a_smaller_one_is_not_a_sum():
    months = {month: {"a": 5, "b": 6} for period in (THEN, NOW) for month in period.months()}
    more, fewer = Awry(counts={("m", AREA): months}), Awry(counts={("m", AREA): months})
    object.__setattr__(more, "more", 4)
    object.__setattr__(fewer, "more", -4)
    rows = breakdown.by_group(more, "m", "kind", AREA, NOW).tables["breakdown"].rows
    assert [(row["label"], row["after"]) for row in rows][-2:] == [("Other or not stated", 4), ("Grand Total", 92)]
    assert breakdown.by_group(fewer, "m", "kind", AREA, NOW).sums == ()


def test_the_mix_is_largest_first_with_shares_and_what_changed_most():
    months = {month: {"ASB": 40, "Burglary": 20, "Drugs": 4} for month in THEN.months()}
    months |= {month: {"ASB": 41, "Burglary": 10, "Drugs": 9} for month in NOW.months()}
    ask = Canned(counts={("recorded-crime", AREA): months}, names={AREA: "Blackpool"})
    found = mix.of_volume(ask, "recorded-crime", "crime_type", AREA, NOW)
    rows = [(row["label"], row["after"], round(row["share"], 2)) for row in found.tables["mix"].rows]
    assert rows == [("ASB", 328, 68.33), ("Burglary", 80, 16.67), ("Drugs", 72, 15.0), ("Total", 480, 100.0)]
    assert sentences(found) == (
        "ASB made up 68.3% of what was recorded (328 of 480).",
        "Burglary made up 16.7% of what was recorded (80 of 480).",
        "Drugs made up 15.0% of what was recorded (72 of 480).",
        "Drugs rose by 40 (125.0%), from 32 to 72. A change this size rarely happens by chance.",
        "Burglary fell by 80 (50.0%), from 160 to 80. A change this size rarely happens by chance.",
    )


def test_a_mix_of_nothing_has_no_shares():
    none = Canned(counts={("m", AREA): spread(NOW, 0)})
    found = mix.of_volume(none, "m", "kind", AREA, NOW)
    assert found.tables["mix"].rows[-1]["share"] is NOT_APPLICABLE
    assert sentences(found) == ()
    missing = mix.of_volume(Canned(), "m", "kind", AREA, NOW)
    assert missing.tables["mix"].rows[-1]["after"] is MISSING
