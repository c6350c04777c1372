"""The parts the synthetic partnership is made of: chance that adds up, a county that hangs together, declarations that are checked."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardwise.demo import counts, geography, incidents, offences, outlines, residents, series, targets
from wardwise.demo.chance import Chance, share_out
from wardwise.demo.grid import lonlat
from wardwise.demo.lattice import together
from wardwise.records.errors import WardwiseError


@pytest.fixture(scope="module")
def demo() -> targets.Demo:
    return targets.load()


@pytest.fixture(scope="module")
def county(demo: targets.Demo) -> geography.Geography:
    return geography.make(demo.county, Chance(1))


@given(st.integers(0, 5000), st.lists(st.integers(0, 900), min_size=1).filter(any))
def test_sharing_out_loses_nothing_and_is_fair(total: int, weights: list[int]) -> None:
    shares = share_out(total, weights)
    assert sum(shares) == total
    assert all(abs(share - total * weight / sum(weights)) < 1 for share, weight in zip(shares, weights, strict=True))


def test_chance_draws_the_same_for_the_same_name_and_differs_for_another() -> None:
    first, again, other = (Chance(7).of(name).below(10**9, 5).tolist() for name in ("a", "a", "b"))
    assert first == again != other
    # the raw stream of PCG64 is promised by NumPy; were these to change, the demo's files would too
    assert Chance(7).below(1000, 5).tolist() == [662, 642, 612, 581, 631]


def test_a_deal_has_exact_totals_and_a_choice_takes_only_what_it_may() -> None:
    dealt = Chance(1).deal([3, 0, 5]).tolist()
    assert sorted(dealt) == [0, 0, 0, 2, 2, 2, 2, 2]
    assert Chance(1).some([0, 4, 0, 1, 9], 3).tolist() == [1, 3, 4]
    with pytest.raises(ValueError, match="2 wanted, 1 to choose from"):
        Chance(1).some([0, 4, 0], 2)


def test_residents_by_age_and_sex_are_those_of_the_small_areas(county: geography.Geography) -> None:
    rise = residents.growth(county, Chance(1))
    header, rows = residents.by_area(county, rise)
    small = [dict(zip(header, row, strict=True)) for row in rows]
    header, rows = residents.by_age(county, rise, Chance(1))
    aged = [dict(zip(header, row, strict=True)) for row in rows]
    assert len(aged) == 14 * 2 * 91
    for district in county.districts:
        codes = {area.code for area in county.within(district.code)}
        for year in residents.AGED:
            people = sum(int(row[f"Mid-{year}: Population"]) for row in small if row["LSOA 2021 Code"] in codes)
            assert sum(int(r[f"population_{year}"]) for r in aged if r["ladcode21"] == district.code) == people
    old = [int(row["population_2016"]) for row in aged if row["age"] == "90" and row["ladcode21"] == geography.MAIN]
    assert 2 * old[1] < old[0]  # of those past ninety most are women


def test_the_county_hangs_together(county: geography.Geography) -> None:
    main = county.within(geography.MAIN)
    assert len(main) == 94
    assert len({small.ward.code for small in main}) == 21
    assert len(county.districts) == 14
    assert all(together(place.cells) for place in [*county.districts, *county.wards])
    named = {ward.name for ward in county.wards if ward.district == geography.MAIN}
    assert {"Talbot", "Brunswick", "Claremont", "Bloomfield", "Park", "Clifton"} <= named
    assert sum(small.people for small in main) == 141400
    assert 44 <= sum(small.decile <= 2 for small in main) <= 50  # about half in the most deprived fifth
    worst = {small.ward.name for small in main if small.rank <= 100}
    assert {"Talbot", "Brunswick", "Claremont", "Bloomfield", "Park"} <= worst
    assert len({small.name for small in county.areas}) == len({small.code for small in county.areas}) == 558


def test_outlines_leave_no_gap_and_do_not_overlap(county: geography.Geography) -> None:
    for district in county.districts:
        whole = outlines.area(county.outlines.ring(district.cells)) / 1e6
        assert whole == pytest.approx(sum(small.square_km for small in county.within(district.code)), rel=1e-9)
        assert whole > 10


def test_grid_agrees_with_proj() -> None:
    pyproj = pytest.importorskip("pyproj")
    there = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
    for easting, northing in ((600000.0, 560000.0), (331000.0, 436000.0), (530000.0, 180000.0)):
        lon, lat = lonlat(easting, northing)
        assert (lon, lat) == pytest.approx(there.transform(easting, northing), abs=2e-5)


def test_the_sea_is_where_nobody_lives(county: geography.Geography) -> None:
    points = [lonlat(*point) for small in county.areas for point in small.ring[:1]]
    assert all(0.8 < lon < 1.8 and 54.5 < lat < 55.3 for lon, lat in points)  # the shore nearest to it is at 0.2° west


def test_declarations_that_do_not_add_up_are_named(demo: targets.Demo) -> None:
    line = demo.lines[0]
    short = dataclasses.replace(line, counts={**line.counts, "now": line.counts["now"] - 1})
    with pytest.raises(WardwiseError, match="“all crime” add up to 7835 in now, not 7836"):
        targets.check(dataclasses.replace(demo, lines=(short, *demo.lines[1:])))
    with pytest.raises(WardwiseError, match="April to August 2015 has 9 and the whole of 2015-16 only 8"):
        targets.by_spell([1, 1, 9, 8, 1])


def test_declared_ranges_hold_the_numbers_chosen(demo: targets.Demo) -> None:
    columns = demo.targets["spells"]
    told = [*demo.targets["totals"], *demo.targets["flags"]]
    assert sum("range" in total for total in told) > 12
    for total in told:
        for spell, (low, high) in total.get("range", {}).items():
            count = total["counts"][columns.index(spell)]
            assert low <= count <= high, total


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_every_seed_has_its_months_as_reported(demo: targets.Demo, seed: int) -> None:
    rows = counts.records(demo, Chance(seed))
    every = counts.by_month(demo, rows, {})
    assert all(every[i] > every[i - 12] for i in range(36, 41))
    months = counts.by_month(demo, rows, {"domestic": "yes"})
    quarters = [sum(months[i : i + 3]) for i in range(0, 39, 3)]
    assert quarters[-1] == 480
    assert max(quarters[:-1]) < 480


def test_months_that_cannot_be_as_reported_are_told(demo: targets.Demo) -> None:
    quarter = {**demo.targets["domestic_quarter"], "count": 30}
    with pytest.raises(WardwiseError, match="cannot be made as the reports say"):
        counts.records(dataclasses.replace(demo, targets={**demo.targets, "domestic_quarter": quarter}), Chance(1))


def test_small_counts_vary_as_small_counts_do(demo: targets.Demo) -> None:
    rapes = counts.by_month(demo, counts.records(demo, Chance(9)), {"category": "Rape"})
    mean = sum(rapes) / len(rapes)
    spread = sum((n - mean) ** 2 for n in rapes) / len(rapes)
    assert spread > 0.6 * mean  # a count left to chance has a variance near its mean


def test_districts_move_as_the_reports_say(demo: targets.Demo, county: geography.Geography) -> None:
    rows = counts.records(demo, Chance(5))
    known = {"violence": "Violence against the person", "sexual": "Sexual offences", "theft": "Theft offences"}
    main = {kind: counts.by_month(demo, rows, {"group": group}) for kind, group in known.items()}
    every = counts.by_month(demo, rows, {})
    main["other"] = [a - sum(b) for a, b in zip(every, zip(*main.values(), strict=True), strict=True)]
    main["rape"] = counts.by_month(demo, rows, {"category": "Rape"})
    main["domestic"] = counts.by_month(demo, rows, {"domestic": "yes"})
    main["asb"] = [n for months in incidents.asb_months(demo, Chance(6)).values() for n in months]
    totals = series.districts(demo, county.districts, main, Chance(8))

    def change(kind: str, first: slice, second: slice) -> list[int]:
        return [sum(totals[d.code, kind][second]) - sum(totals[d.code, kind][first]) for d in county.districts]

    before, now = slice(24, 29), slice(36, 41)
    assert sum(rise > 0 for rise in change("all", before, now)) == 13
    assert sum(rise > 0 for rise in change("all", slice(12, 24), slice(24, 36))) == 11
    assert all(rise > 0 for rise in change("violence", before, now))
    domestic = change("domestic", before, now)
    assert all(rise > 0 for rise in domestic)
    assert domestic[0] == 111 < max(domestic)  # “numerical increases are lower than some other districts”
    county_domestic = [
        sum(month) for month in zip(*(totals[d.code, "domestic"] for d in county.districts), strict=True)
    ]
    assert county_domestic == list(counts.county_domestic(demo).values())
    assert all(min(series_) >= 0 for series_ in totals.values())


def test_victims_and_offenders_of_violence_have_the_published_ages(
    demo: targets.Demo, county: geography.Geography
) -> None:
    made = offences.make(demo, county.within(geography.MAIN), Chance(2))
    violent = [line.group == "Violence against the person" for line in demo.lines]
    other = offences.make(demo, county.within(geography.MAIN), Chance(3))
    assert len(other) == len(made)
    assert (other.times.reported != made.times.reported).any()
    rows = [i for i in range(len(made)) if violent[made.line[i]] and 24 <= made.month[i] < 36]

    def share(ages: list[int], low: int, high: int) -> int:
        known = [age for age in ages if age >= 0]
        return round(100 * sum(low <= age <= high for age in known) / len(known))

    victims, offenders = made.victim_age[rows].tolist(), made.offender_age[rows].tolist()
    assert (share(victims, 15, 24), share(offenders, 15, 24), share(offenders, 25, 29)) == (27, 29, 16)
    assert all(
        age < 16
        for age, young in zip(made.victim_age.tolist(), made.flags["victim_under_16"].tolist(), strict=True)
        if young and age >= 0
    )
    assert (made.times.first <= made.times.last).all()
    assert (made.times.last <= made.times.reported).all()
    ago = made.times.reported - made.times.last
    assert ((ago > 365) == made.flags["non_recent"]).all()
