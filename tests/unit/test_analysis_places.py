"""Wards that add up, hotspots by a stated rule, what is known, what asks for attention, and the first page."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.factories.answers import Canned, measure, spread
from tests.factories.sentences import sentences
from tests.factories.tables import fill
from wardwise.analysis import attention, change, coverage, hotspots, recording, summary, wards
from wardwise.analysis.about import called
from wardwise.areas import PeerGroup
from wardwise.disclosure import Audience, release
from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period
from wardwise.reports.tables import of_table

AREA = "E06000009"
NOW = Period("2022-01", "2022-12")
WARDS = {"W1": "Talbot", "W2": "Bloomfield", "W3": "Park", "W4": "Clifton", "W5": "Anchorsholme"}
NAMES = {AREA: "Blackpool", **WARDS}


class Places:
    def children(self, code: str, level: str) -> tuple[str, ...]:
        return tuple(WARDS)

    def peers(self, code: str) -> PeerGroup:
        return PeerGroup("the districts of Lancashire", (AREA, "P2", "P3", "P4"), "One force polices them.")

    def level(self, code: str) -> str:
        return "ward"

    def name(self, code: str) -> str:
        return NAMES.get(code, code)

    def force(self, code: str) -> str:
        return "lancashire"

    def force_area(self, code: str) -> str | None:
        return None

    def members(self, codes: list[str]) -> list[tuple[str, str]]:
        return [("L1", codes[0])]


RATE = measure("crime-rate", title="Crime", unit="crimes per 1,000 residents", per=1000)


def ward_ask(by_ward: dict[str, int], total: int, per: float | None = 1000, **more: int) -> Canned:
    counts = {("crime-rate", code): spread(NOW, n) for code, n in {**by_ward, AREA: total, **more}.items()}
    made = measure("crime-rate", title="Crime", unit="crimes per 1,000 residents" if per else "crimes", per=per)
    residents = dict.fromkeys([*WARDS, AREA], 1000.0)
    return Canned(counts=counts, names=NAMES, residents=residents, measures={"crime-rate": made}, known_places=Places())


def test_wards_and_what_is_in_none_of_them_add_up():
    ask = ward_ask({"W1": 300, "W2": 200, "W3": 100, "W4": 50, "W5": 9}, 670)
    found = wards.by_area(ask, "crime-rate", AREA, NOW)
    rows = found.tables["areas"].rows
    assert [(row["label"], row["count"], row["rank"], row["step"], row["note"]) for row in rows] == [
        ("Talbot", 300, 1, 5, ""),
        ("Bloomfield", 200, 2, 4, ""),
        ("Park", 100, 3, 3, ""),
        ("Clifton", 50, 4, 2, ""),
        ("Anchorsholme", 9, 5, 1, "few"),
        ("In none of these wards", 11, NOT_APPLICABLE, NOT_APPLICABLE, ""),
        ("Total", 670, NOT_APPLICABLE, NOT_APPLICABLE, ""),
    ]
    [total] = found.sums
    assert rows[total.total.row]["count"] == sum(rows[part.row]["count"] for part in total.parts)  # type: ignore[misc]
    assert sentences(found) == (
        "Crime: highest in Talbot (300.0), Bloomfield (200.0) and Park (100.0), in crimes per 1,000 residents.",
        "11 of 670 could be placed in the area as a whole and in none of the wards.",
    )


def test_small_wards_are_hidden_from_the_public_with_their_rates():
    ask = ward_ask({"W1": 300, "W2": 200, "W3": 100, "W4": 50, "W5": 2}, 652)
    public = release([wards.by_area(ask, "crime-rate", AREA, NOW)], Audience.PUBLIC).findings["wards"].tables["areas"]
    last = public.rows[4]
    assert (last["count"], last["rate"], last["rank"]) == (SUPPRESSED,) * 3


def test_counts_without_a_base_are_ranked_by_count_and_missing_wards_are_not_nought():
    ask = ward_ask({"W1": 300, "W2": 200, "W3": 100, "W4": 50}, 670, per=None)
    found = wards.by_area(ask, "crime-rate", AREA, NOW, level="ward")
    rows = found.tables["areas"].rows
    assert "rate" not in [column.name for column in found.tables["areas"].columns]
    assert (rows[4]["count"], rows[4]["step"], rows[5]["count"]) == (MISSING, NOT_APPLICABLE, MISSING)
    assert found.sums == ()
    assert sentences(found)[0].startswith("Crime: highest in Talbot (300)")


def test_what_is_in_no_ward_is_nought_when_none_is_and_words_when_wards_add_up_to_more_than_the_whole():
    by_ward = {"W1": 300, "W2": 200, "W3": 100, "W4": 50, "W5": 20}
    even, over = (wards.by_area(ward_ask(by_ward, total), "crime-rate", AREA, NOW) for total in (670, 660))
    assert [(row["count"], row["note"]) for row in even.tables["areas"].rows[5:]] == [(0, ""), (670, "")]
    row = over.tables["areas"].rows[5]
    assert (row["count"], row["note"]) == (NOT_APPLICABLE, wards.MORE_THAN_TOTAL) and over.sums == ()
    block = of_table(release([over], Audience.PUBLIC).findings["wards"].tables["areas"])
    assert f"In none of these wards: {wards.MORE_THAN_TOTAL}" in block.notes


def test_nothing_supplied_for_wards_is_said():
    found = wards.by_area(ward_ask({}, 0), "crime-rate", AREA, NOW, level="lsoa")
    assert sentences(found) == ("Crime: not supplied for the small areas (LSOAs) of Blackpool.",)


def spot_ask(kinds: dict[str, dict[str, int]]) -> Canned:
    """Counts by kind and ward; the whole place is their sum, with 1,000 residents a ward."""
    wards_ = {
        code: {month: {kind: each.get(code, 0) // 12 for kind, each in kinds.items()} for month in NOW.months()}
        for code in WARDS
    }
    whole = {
        month: {kind: sum(held[month][kind] for held in wards_.values()) for kind in kinds} for month in NOW.months()
    }
    counts = {("crime", code): held for code, held in wards_.items()} | {("crime", AREA): whole}
    counts |= {("crime-rate", code): spread(NOW, 1) for code in (*WARDS, AREA)}
    residents = {**dict.fromkeys(WARDS, 1000.0), AREA: 5000.0}
    return Canned(counts=counts, names=NAMES, residents=residents, measures={"crime-rate": RATE}, known_places=Places())


def test_hotspots_stand_out_by_the_rule():
    ask = spot_ask(
        {
            "Burglary": {"W1": 300, "W2": 36, "W3": 36, "W4": 36, "W5": 36},
            "Robbery": {"W1": 96, "W2": 12, "W3": 12},
            "Level": dict.fromkeys(WARDS, 60),
            "Rare": {"W2": 12, "W3": 0},
        }
    )
    found = hotspots.hotspots(ask, ["crime"], AREA, NOW, by="crime_type")
    assert [(row["label"], row["kinds"], row["stands_out"]) for row in found.tables["hotspots"].rows] == [
        ("Talbot", 2, "Burglary; Robbery"),
        ("Bloomfield", 1, "Rare"),
    ]
    evidence = [(row["label"], row["kind"], row["count"], row["rate"]) for row in found.tables["evidence"].rows]
    assert evidence == [
        ("Talbot", "Burglary", 300, 300.0),
        ("Bloomfield", "Rare", 12, 12.0),
        ("Talbot", "Robbery", 96, 96.0),
    ]
    assert sentences(found) == (
        "Talbot and Bloomfield stand out for one or more kinds of crime.",
        "Talbot stands out for 2 of four kinds, more than any other.",
    )
    assert "lower 95% limit" in found.method


def test_fewer_than_ten_events_never_stand_out():
    few = spot_ask({"Rare": {"W1": 0}})
    object.__setattr__(
        few, "counts", {**few.counts, ("crime", "W1"): {m: {"Rare": int(i < 9)} for i, m in enumerate(NOW.months())}}
    )
    assert hotspots.hotspots(few, ["crime"], AREA, NOW, by="crime_type").tables["hotspots"].rows == ()


def test_a_level_place_has_no_hotspots_and_measures_can_be_the_kinds():
    level = spot_ask({"Level": dict.fromkeys(WARDS, 60)})
    assert sentences(hotspots.hotspots(level, ["crime"], AREA, NOW)) == (
        "None of the wards stands out for any kind of crime.",
    )
    high = hotspots.hotspots(spot_ask({"All": {"W1": 300, "W2": 12}}), ["crime"], AREA, NOW)
    assert sentences(high) == ("Talbot stands out for one or more kinds of crime.",)
    nothing = hotspots.hotspots(level, ["crime"], AREA, Period("2001-01", "2001-12"))
    assert nothing.tables["evidence"].rows == ()


def attention_ask(burglary: tuple[int, int], **peers: int) -> Canned:
    months = {month: {"Burglary": burglary[0], "ASB": 50, "Rare": 0} for month in NOW.year_before().months()}
    months |= {month: {"Burglary": burglary[1], "ASB": 50, "Rare": 0} for month in NOW.months()}
    counts = {("crime", AREA): months}
    for code, n in peers.items():
        counts["crime", code] = {month: {"Burglary": n, "ASB": 90, "Rare": 5} for month in NOW.months()}
    counts |= {("crime-rate", code): spread(NOW, 10) for code in (AREA, *peers)}
    residents = dict.fromkeys((AREA, *peers), 1000.0)
    return Canned(counts=counts, names=NAMES, residents=residents, measures={"crime-rate": RATE}, known_places=Places())


def test_the_rule_picks_out_what_rose_and_what_is_high_among_peers():
    ask = attention_ask((10, 20), P2=5, P3=6, P4=7)
    found = attention.evidence(ask, "crime", "crime_type", AREA, NOW)
    rows = [(row["label"], row["after"], row["rank"], row["reasons"]) for row in found.tables["attention"].rows]
    assert rows == [
        ("Burglary", 240, 1, "rose; high among peers"),
        ("ASB", 600, 4, ""),
        ("Rare", 0, 4, ""),
        ("Total", 840, NOT_APPLICABLE, ""),
    ]
    assert sentences(found) == (
        "Burglary (240 recorded, 28.6% of the total): it rose from 120 (100.0%), more than chance often gives, and its rate is the highest of "
        "the four districts.",
    )
    assert len(found.sums) == 2 and "at least 2% of the total" in found.method


def test_nothing_picked_out_is_said_and_few_peers_do_not_rank():
    found = attention.evidence(attention_ask((20, 20), P2=5, P3=6), "crime", "crime_type", AREA, NOW)
    assert sentences(found)[0].startswith("No kind of crime is picked out")


def test_the_first_page_takes_the_changes_hardest_to_put_down_to_chance():
    then, now = NOW.year_before(), NOW
    pairs = {"all": (1000, 1010), "up": (100, 200), "down": (300, 200), "noise": (50, 52), "gone": (5, 5)}
    counts = {(name, AREA): spread(then, before) | spread(now, after) for name, (before, after) in pairs.items()}
    del counts["gone", AREA]
    ask = Canned(counts=counts, names=NAMES)
    whole = change.compare_periods(ask, list(pairs), AREA, NOW, each_month="all")
    found = summary.headlines(whole, always=["All"])
    assert [row["label"] for row in found.tables["change"].rows] == ["All", "Up", "Down"]
    assert sentences(found)[1].startswith("Up rose by 100 (100.0%)")
    assert found.name == "summary"
    assert len(summary.headlines(whole, most=1).tables["change"].rows) == 1
    assert set(found.tables) == {"change"}


def test_a_first_page_without_a_real_change_says_so():
    counts = {(name, AREA): spread(NOW.year_before(), 100) | spread(NOW, 101) for name in "abcd"}
    found = summary.headlines(change.compare_periods(Canned(counts=counts), list("abcd"), AREA, NOW))
    assert len(found.tables["change"].rows) == 3
    assert sentences(found)[-1] == summary.NONE


def street(month: str, area: str | None, supplier: str = "lancashire") -> dict[str, object]:
    return {
        "source": "police-street-crime",
        "supplier": supplier,
        "month": month,
        "area_code": area,
        "crime_type": "Burglary",
    }


def covered(tmp_path: Path, missing: tuple[str, ...]) -> Canned:
    held = [month for month in Period("2020-01", "2021-12").months() if month not in missing]
    rows = [street(month, place) for month in held for place in (*["L1"] * 11, None)]
    rows += [street("2021-01", None, "transport")]
    population = [{"year": "2020", "area_code": "L1", "age": "all", "residents": 100.0}]
    store = fill(tmp_path, street_crime=rows, population=population)
    counts = {("crime", AREA): dict.fromkeys(held, 11)}
    return Canned(snapshot=store.at(), counts=counts, names=NAMES, known_places=Places())


def test_what_was_supplied_and_what_was_not(tmp_path: Path):
    ask = covered(tmp_path, ("2021-03", "2021-04"))
    found = coverage.known(ask, ["crime"], AREA, Period("2021-01", "2021-12"))
    supplied = [
        tuple(row[c] for c in ("supplier", "first", "last", "held", "gaps")) for row in found.tables["supplied"].rows
    ]
    assert ("Lancashire", "2020-01", "2021-12", 22, "March to April 2021") in supplied
    assert (
        supplied[-1] == ("", "", "", NOT_APPLICABLE, "") and len(supplied) == 2
    )  # one line for reference files; the other force is left out
    lacking = [row["source"] for row in found.tables["not_held"].rows]
    assert len(lacking) == 9 and "Exclusions from school" in lacking  # as the regulations name them, and none else
    assert sentences(found)[1].startswith("Partners must share these")
    assert [row["missing"] for row in found.tables["months"].rows] == ["March to April 2021"]
    [unplaced] = found.tables["unplaced"].rows
    assert (unplaced["supplier"], unplaced["lost"], unplaced["rows"]) == ("lancashire", 22, 264)
    said = sentences(found)
    assert said[0] == "Crime: March to April 2021 were not supplied (2 of 24 months), so nothing is said about them."
    assert said[2].endswith("22 of 264 rows (8.3%) have no place, so they are in no area's count.")
    assert any(words.startswith("In April and May 2020 reports of lockdown breaches") for words in said)


def test_a_full_record_says_so(tmp_path: Path):
    found = coverage.known(covered(tmp_path, ()), ["crime"], AREA, Period("2021-01", "2021-12"))
    assert (
        sentences(found)[0] == "Every month from January 2020 to December 2021 was supplied for the measures used here."
    )
    one = coverage.known(covered(tmp_path / "b", ("2021-03",)), ["crime"], AREA, Period("2021-01", "2021-12"))
    assert "March 2021 was not supplied (1 of 24 months)" in sentences(one)[0]


def test_nothing_supplied_is_said_in_one_sentence(tmp_path: Path):
    found = coverage.known(covered(tmp_path, ()), ["other"], AREA, Period("2021-01", "2021-12"))
    assert (
        sentences(found)[0]
        == "Nothing was supplied for January 2020 to December 2021 on other from the force's own offence extract."
    )


def test_changes_of_recording_in_a_period():
    found = coverage.recording(AREA, Period("2022-01", "2022-12"))
    labels = [row["label"] for row in found.tables["recording"].rows]
    assert {"COVID-19 restrictions begin", "Map points redrawn", "Strangulation becomes an offence"} <= set(labels)
    assert "Devon and Cornwall changes its system" not in labels
    there = coverage.recording(AREA, Period("2022-01", "2022-12"), force="devon-and-cornwall")
    assert "Devon and Cornwall changes its system" in [row["label"] for row in there.tables["recording"].rows]
    nothing = coverage.recording(AREA, Period("2012-01", "2012-12"))
    assert sentences(nothing) == ("No change in recording or publishing is known for January 2011 to December 2012.",)


@pytest.mark.parametrize(
    "row",
    [
        {"from": "2020-04", "text": "t", "records": ["x"]},
        {"label": "l", "from": "April", "text": "t", "records": ["x"]},
    ],
)
def test_a_change_of_recording_that_lacks_something_is_refused(row: dict[str, object]):
    with pytest.raises(WardwiseError, match="lacks"):
        recording._event(row, "own.yaml")


@pytest.mark.parametrize(
    ("chosen", "meets"),
    [
        (None, True),
        ("ASB", True),
        (["ASB", "Drugs"], True),
        ("Drugs", False),
        ({"in": ["Drugs"]}, False),
        ({"not": ["ASB"]}, False),
        ({"not": "ASB"}, False),
        ({"not": ["Drugs"]}, True),
    ],
)
def test_which_measures_a_change_touches(chosen: object, meets: bool):
    assert recording._meets(chosen, ("ASB",)) is meets


def test_a_small_area_is_called_by_its_ward_too_and_not_by_the_district():
    names = {"L": "Blackpool 010E", "M": "Fylde 001A", "W": "Talbot"}
    places = SimpleNamespace(
        name=names.__getitem__,
        level=lambda code: "ward" if code == "W" else "lsoa",
        parent=lambda code, level: "W" if code == "L" else None,
    )
    said = [called(SimpleNamespace(places=places), code, "Blackpool") for code in names]  # type: ignore[arg-type]
    assert said == ["010E in Talbot", "Fylde 001A", "Talbot"]
