"""Harm from rows to sentences: a force's own offences by code, and public categories as an estimate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise.analysis import harm, harm_places, harm_sensitivity, harm_trend
from wardwise.analysis.asking import Asker
from wardwise.analysis.harm import folded
from wardwise.analysis.harm_counts import Group, Kind, NothingToWeighError
from wardwise.analysis.harm_mix import estimates
from wardwise.analysis.harm_share import HarmShares
from wardwise.analysis.harm_weights import choose, tables
from wardwise.disclosure import Audience, release
from wardwise.records.cells import MISSING, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings
from wardwise.records.periods import Period
from wardwise.store import Store

AREA = "E06000009"
NOW = Period("2021-01", "2021-12")
LINKS = [
    link("E01000001", "E05000001", "lsoa in ward"),
    link("E01000002", "E05000002", "lsoa in ward"),
    link("E05000001", AREA, "ward in district"),
    link("E05000002", AREA, "ward in district"),
    {**link(AREA, "E23000003", "district in force"), "parent_name": "Lancashire"},
]
PEOPLE = [{"year": "2020", "area_code": code, "age": "all", "residents": 1000.0} for code in ("E01000001", "E01000002")]
RECORDED = {
    # code: offences a month in the first ward, in the second; the open table's days for one
    "19C": (1, 0),  # rape: 2,920
    "8N": (4, 4),  # assault with injury: 252
    "46": (30, 10),  # shoplifting: 7.5
    "92E": (1, 1),  # possession of cannabis: 5
    "X99": (0, 1),  # in no list
}


def offence(month: str, code: str, lsoa: str, **more: Any) -> dict[str, Any]:
    base = {
        "source": "force-offences",
        "supplier": "lancashire",
        "month": month,
        "offence_code": code,
        "area_code": lsoa,
    }
    return {**base, **more}


def offences() -> list[dict[str, Any]]:
    rows = []
    for month in NOW.months():
        for code, (first, second) in RECORDED.items():
            old = code == "19C" and month == "2021-06"
            rows += [offence(month, code, "E01000001", non_recent=old)] * first
            rows += [offence(month, code, "E01000002", non_recent=False)] * second
    rows += [offence("2021-03", "2", "E01000001", non_recent=False)]  # one attempted murder: 7,300
    return rows


def street(kinds: dict[str, int]) -> list[dict[str, Any]]:
    row = {"source": "police-street-crime", "supplier": "lancashire", "area_code": "E01000001"}
    return [
        {**row, "month": month, "crime_type": kind}
        for month in NOW.months()
        for kind, n in kinds.items()
        for _ in range(n)
    ]


def mix(force: str, **codes: int) -> list[dict[str, Any]]:
    row = {
        "source": "ho-outcomes",
        "supplier": force,
        "month": "2017-04",
        "months": 12,
        "series": "outcomes of recorded offences",
    }
    return [{**row, "offence_code": code.removeprefix("c"), "count": n} for code, n in codes.items()]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    weight = {"source": "harm-made-up", "supplier": "made-up", "edition": "2020", "table": "made-up"}
    theirs = [("46", 4000.0), ("19C", 2000.0), ("19C", 4000.0), ("19C", 1000.0), ("8N", 20.0)]
    return fill(
        tmp_path_factory.mktemp("store"),
        area_links=LINKS,
        population=PEOPLE,
        offences=offences(),
        harm_weights=[{**weight, "offence_code": code, "offence": code, "weight": days} for code, days in theirs],
    )


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Store:
    mixes = mix("lancashire", c46=500, c28E=300, c30C=100, c19C=50, c105A=450)
    for number in range(10):
        mixes += mix(f"force-{number}", c28E=100 * (number + 1), c30C=200, c105A=300, c19C=20 * number + 1)
    rows = street({"Burglary": 2, "Violence and sexual offences": 5, "Shoplifting": 9, "Anti-social behaviour": 50})
    return fill(tmp_path_factory.mktemp("store"), area_links=LINKS, street_crime=rows, published_series=mixes)


def rows(found: Findings, table: str) -> dict[Any, Any]:
    return {row["label"]: row for row in found.tables[table].rows}


def test_few_kinds_make_most_of_the_harm(store: Store) -> None:
    found = harm.of_volume(store.at(), AREA, NOW)
    harmed = rows(found, "harm")
    # The one attempted murder is not shown alone: with the next smallest group, until ten are reached.
    few = "Rarer offences together"
    assert [(label[:23], row["count"]) for label, row in harmed.items()] == [
        ("Rape", 12),
        ("Violence with injury", 97),
        ("Shoplifting", 480),
        ("Possession of drugs", 24),
        ("Total", 613),
    ]
    assert not any(label.startswith(few) for label in harmed)  # attempted murder is violence with injury
    days = 12 * 2920 + 96 * 252 + 7300
    assert harmed["Violence with injury"]["harm"] == pytest.approx(96 * 252 + 7300, rel=0.005)
    total = days + 480 * 7.5 + 24 * 5
    assert harmed["Rape"]["share_of_harm"] == pytest.approx(100 * 12 * 2920 / total)
    assert sentences(found)[0] == (
        "Two kinds of offence of four made up 94.7% of the harm and 17.8% of recorded crimes: rape and violence with injury."
    )
    assert "Shoplifting was recorded most often: 5.1% of the harm, and 78.3% of recorded crimes." in sentences(found)


def test_an_offence_without_a_weight_is_named_never_nought(store: Store) -> None:
    found = harm.of_volume(store.at(), AREA, NOW)
    row, every = found.tables["unweighed"].rows
    assert (row["label"], row["count"], every["count"]) == ("Code X99 (X99)", 12, 625)
    assert sentences(found)[-1].startswith(
        "Not weighed, because the table of weights lacks them: X99 (12, 1.9% of recorded crimes)."
    )


def test_what_the_police_find_and_what_is_long_past_stand_apart(store: Store) -> None:
    found = harm.of_volume(store.at(), AREA, NOW)
    assert rows(found, "reported")["Mostly found by police activity"]["count"] == 24
    old = rows(found, "recent")["Happened longer ago"]
    assert old["count"] == 1 and old["share_of_harm"] == pytest.approx(100 * 2920 / 70186, rel=0.01)
    assert any("more than 12 months before" in said for said in sentences(found))


def test_groups_too_small_to_stand_alone_are_put_together() -> None:
    counts = {"Theft": (500, 7.5), "Homicide": (2, 8000.0), "Death by driving": (1, 2190.0), "Arson": (6, 300.0)}
    found = folded([Group(label, (Kind(label, label, *each),)) for label, each in counts.items()])
    # Three are still too few to stand alone, so the next smallest group goes in with them.
    assert [(one.label, one.count) for one in found] == [
        ("Rarer offences together (Death by driving, Homicide and Arson)", 9),
        ("Theft", 500),
    ]
    assert [one.label for one in folded([Group("Theft", (Kind("Theft", "Theft", 3, 7.5),))])] == ["Theft"]


def test_a_public_copy_hides_the_one_old_offence(store: Store) -> None:
    said = sentences(harm.of_volume(store.at(), AREA, NOW), Audience.PUBLIC)
    assert not any("4.2%" in each for each in said)
    shown = release([harm.of_volume(store.at(), AREA, NOW)], Audience.PUBLIC).findings["harm"].tables["recent"]
    assert [row["count"] for row in shown.rows] == [SUPPRESSED, SUPPRESSED]


def test_wards_by_harm_and_by_number(store: Store) -> None:
    found = harm_places.by_area(store.at(), AREA, NOW)
    placed = rows(found, "areas")
    assert [row["rank"] for row in found.tables["areas"].rows[:2]] == [1, 2]
    assert placed["name of E05000001"]["harm"] == pytest.approx(12 * 2920 + 48 * 252 + 7300 + 360 * 7.5 + 60, rel=0.005)
    assert placed["Total"]["count"] == placed["name of E05000001"]["count"] + placed["name of E05000002"]["count"]
    assert sentences(found)[0].startswith("Harm from recorded crime was highest in name of E05000001 (")


def test_wards_high_in_harm_and_not_in_number_are_named(tmp_path: Path) -> None:
    wards = [f"E0500000{i}" for i in range(1, 8)]
    links = [link(f"E0100000{i}", code, "lsoa in ward") for i, code in enumerate(wards, 1)]
    links += [link(code, AREA, "ward in district") for code in wards] + [LINKS[-1]]
    rows = []
    for month in NOW.months():
        for i in range(1, 8):
            rows += [offence(month, "46", f"E0100000{i}")] * (10 - i)
        rows += [offence(month, "19C", "E01000007")]
    people = [{"year": "2020", "area_code": f"E0100000{i}", "age": "all", "residents": 1000.0} for i in range(1, 8)]
    at = fill(tmp_path / "a", area_links=links, population=people, offences=rows).at()
    said = sentences(harm_places.by_area(at, AREA, NOW))
    assert said[1] == (
        "Of the five wards with most harm for their residents, four are among the five with most recorded crimes. Not among them: name of E05000007."
    )
    even = fill(tmp_path / "b", area_links=links, offences=[row for row in rows if row["offence_code"] == "46"]).at()
    found = harm_places.by_area(even, AREA, NOW)
    assert (
        sentences(found)[1]
        == "The five wards with most harm for their residents are also the five with most recorded crimes."
    )
    assert [column.name for column in found.tables["areas"].columns][3:5] == ["harm", "rate"]  # no residents are held


def test_months_of_harm(store: Store) -> None:
    found = harm_trend.control_chart(store.at(), AREA, Period("2020-12", "2021-12"))
    points = {row["month"]: row["value"] for row in found.tables["points"].rows}
    assert points["2020-12"] is MISSING and points["2021-03"] == pytest.approx(points["2021-04"] + 7300, rel=0.01)
    assert any("left as a gap: December 2020" in caveat for caveat in found.caveats)
    assert "March 2021" in " ".join(sentences(found))


def test_other_tables_rank_otherwise(store: Store) -> None:
    found = harm_sensitivity.of_ranking(store.at(), AREA, NOW, times=200)
    ranked = rows(found, "ranks")
    assert [ranked["Rape"][f"rank_{name}"] for name in ("number", "open", "made-up")] == [4, 1, 2]
    assert ranked["Rape"]["first"] + ranked["Violence with injury"]["first"] == pytest.approx(100)
    assert {row["label"] for row in found.tables["agreement"].rows} == {"Number of crimes", "The made-up 2020"}
    said = sentences(found)
    assert said[0].startswith("Rape did most harm in ") and "By the made-up 2020, shoplifting comes first." in " ".join(
        said
    )
    again = harm_sensitivity.of_ranking(store.at(), AREA, NOW, times=200)
    assert again.tables == found.tables


def test_several_offences_of_one_code_give_their_median_and_a_code_that_is_lacking_its_subgroups(store: Store) -> None:
    table = choose(Asker(store.at()), "made-up")
    rape = table.of("19C")
    assert rape and (rape.days, rape.low, rape.high, rape.own) == (2000.0, 1000.0, 4000.0, True)
    girl = table.of("19E")
    assert girl and (girl.days, girl.own) == (2000.0, False)
    assert table.of("92E") is None
    with pytest.raises(WardwiseError, match="no table of harm weights called “gold”"):
        choose(Asker(store.at()), "gold")


def test_the_imported_table_says_what_it_lacks(store: Store) -> None:
    found = harm.of_volume(store.at(), AREA, NOW, table="made-up")
    assert [row["count"] for row in found.tables["unweighed"].rows] == [24, 12, 625]
    assert any("for the offence codes 2: the median of their subgroup" in caveat for caveat in found.caveats)


def test_categories_give_an_estimate_with_a_range(public: Store) -> None:
    found = harm.of_volume(public.at(), AREA, NOW)
    assert [row["label"] for row in found.tables["harm"].rows] == [
        "Violence and sexual offences",
        "Burglary",
        "Shoplifting",
        "Total",
    ]
    violence = rows(found, "harm")["Violence and sexual offences"]
    assert violence["harm"] == pytest.approx(60 * (50 * 2920 + 450 * 5) / 500, rel=0.005)
    assert violence["low"] < violence["harm"] <= violence["high"]
    assert "estimated harm" in sentences(found)[0] and "With other mixes" in sentences(found)[2]
    assert found.caveats[0].startswith("This is an estimate.") and "April 2017 to March 2018" in found.caveats[0]
    assert "estimate" in found.tables["harm"].column("harm").title
    assert found.tables["recent"].rows == ()
    ranked = harm_sensitivity.of_ranking(public.at(), AREA, NOW, times=100)
    assert rows(ranked, "ranks")["Violence and sexual offences"]["rank_open"] == 1


def test_without_a_mix_the_table_s_own_spread_is_the_range(tmp_path: Path) -> None:
    bare = fill(tmp_path / "bare", area_links=LINKS, street_crime=street({"Robbery": 1, "Burglary": 1}))
    ask = Asker(bare.at())
    found = estimates(ask, tables(ask)[0], AREA)
    assert found["Robbery"].low == found["Robbery"].days == 1460
    assert found["Burglary"].low < found["Burglary"].days < found["Burglary"].high
    assert "no mix of offences is held" in found["Burglary"].how
    own = fill(
        tmp_path / "own",
        area_links=LINKS,
        street_crime=street({"Burglary": 1}),
        published_series=mix("lancashire", c28E=100, c30C=100),
    )
    one = estimates(Asker(own.at()), tables(Asker(own.at()))[0], AREA)["Burglary"]
    assert one.days == pytest.approx((547.5 + 182.5) / 2) and one.least < one.low <= one.days < one.most
    assert "without other forces'" in one.how
    others = [row for n in range(10) for row in mix(f"force-{n}", c28E=100, c30C=100)]
    most = fill(tmp_path / "others", area_links=LINKS, street_crime=street({"Burglary": 1}), published_series=others)
    assert "other forces' mixes" in estimates(Asker(most.at()), tables(Asker(most.at()))[0], AREA)["Burglary"].how


def test_shares_for_weighing_matters_against_each_other(store: Store, public: Store) -> None:
    ask = Asker(store.at())
    found = HarmShares.of(ask, AREA, NOW)
    assert found.share(ask.measure("all-crime")) == pytest.approx(100)
    assert found.share(ask.measure("asb-incidents")) is None  # no offence, so no weight
    assert found.share(ask.measure("domestic-share-of-crime")) is None
    assert found.caveats()
    ask = Asker(public.at())
    by_category = HarmShares.of(ask, AREA, NOW)
    shares = [by_category.share(ask.measure(f"recorded-{kind}")) for kind in ("violence", "burglary", "shoplifting")]
    assert sum(share or 0 for share in shares) == pytest.approx(100)
    assert HarmShares.of(ask, AREA, Period("2019-01", "2019-12")).share(ask.measure("recorded-burglary")) is None


def test_nothing_to_weigh_is_said(public: Store, tmp_path: Path) -> None:
    empty = Period("2019-01", "2019-12")
    for ask in (harm.of_volume, harm_places.by_area, harm_trend.control_chart, harm_sensitivity.of_ranking):
        with pytest.raises(NothingToWeighError, match="can be weighed"):
            ask(public.at(), AREA, empty)


def test_released_for_everyone(store: Store, public: Store) -> None:
    for held in (store, public):
        at = held.at()
        answers = [
            harm.of_volume(at, AREA, NOW),
            harm_places.by_area(at, AREA, NOW),
            harm_trend.control_chart(at, AREA, NOW),
            harm_sensitivity.of_ranking(at, AREA, NOW, times=50),
        ]
        for audience in Audience:
            assert set(release(answers, audience).findings) == {each.name for each in answers}
