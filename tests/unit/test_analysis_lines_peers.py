"""Three-year lines, lines compared, and standing among peers."""

from __future__ import annotations

import pytest

from tests.factories.answers import Canned, measure, spread
from tests.factories.sentences import sentences
from wardwise.analysis import lines, peers
from wardwise.areas import PeerGroup
from wardwise.disclosure import Audience
from wardwise.methods.ranks import Place
from wardwise.records.cells import MISSING, NOT_APPLICABLE
from wardwise.records.periods import Period

AREA = "E06000009"


def test_three_financial_years_line_by_line():
    held = {month: i for i, month in enumerate(Period("2014-04", "2016-08").months(), start=100)}
    del held["2015-06"]
    ask = Canned(counts={("da", AREA): held}, names={AREA: "Blackpool"})
    found = lines.monthly(ask, "da", AREA, "2016-08")
    long, wide = found.tables["lines"], found.tables["by_year"]
    assert len(long.rows) == 29 and {row["series"] for row in long.rows} == {"2014/15", "2015/16", "2016/17"}
    assert [column.title for column in wide.columns[:4]] == ["Month", "2014/15", "2015/16", "2016/17"]
    first, june, september = wide.rows[0], wide.rows[2], wide.rows[5]
    assert (first["month"], first["y0"], first["y1"], first["y2"]) == ("April", 100, 112, 124)
    assert june["y1"] is MISSING and september["y2"] is NOT_APPLICABLE
    assert sentences(found) == (
        "Da: higher in April to August 2016 (630) than in the same months of 2014 (510).",
        "The highest month of those supplied for da was August 2016, with 128.",
        "April to June 2016 was the highest quarter held of these three years, with 375.",
    )
    quarters = found.tables["quarters"].rows
    assert [row["period"] for row in quarters][3:5] == ["2015-01..2015-03", "2015-07..2015-09"]
    assert [row["value"] for row in found.tables["to_date"].rows] == [630, MISSING, 510]
    for each in found.sums:
        assert found.tables[each.total.table].rows[each.total.row]["value"] == sum(
            long.rows[part.row]["value"] for part in each.parts
        )  # type: ignore[misc]
    assert "Not supplied, and left as a gap: June 2015." in found.caveats
    assert wide.rows[0]["id0"] == long.rows[0]["id"]


def test_a_quarter_that_is_neither_highest_nor_lowest_is_not_remarked_on():
    held = {month: 100 + (i % 7) for i, month in enumerate(Period("2014-04", "2016-06").months())}
    held["2014-05"], held["2015-05"] = 200, 1
    assert len(lines.monthly(Canned(counts={("da", AREA): held}), "da", AREA, "2016-06").statements) == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            (5, 7, 9),
            "Da in Blackpool: lower in April 2015 to February 2016 (55) than in the same months of 2014/15 (77) and 2013/14 (99).",
        ),
        (
            (7, 5, 9),
            "Da in Blackpool: April 2015 to February 2016 (77), against the same months of 2014/15 (55) and 2013/14 (99).",
        ),
    ],
)
def test_the_year_so_far_beside_the_years_before(values: tuple[int, int, int], said: str):
    held = {
        m: n
        for n, year in zip(values, (2015, 2014, 2013), strict=True)
        for m in Period(f"{year}-04", f"{year + 1}-03").months()
    }
    ask = Canned(counts={("da", AREA): held}, names={AREA: "Blackpool"})
    assert sentences(lines.monthly(ask, "da", AREA, "2016-02", named=True))[0] == said


def test_one_year_alone_is_compared_with_nothing():
    ask = Canned(counts={("da", AREA): spread(Period("2015-04", "2016-03"), 120)})
    assert len(lines.monthly(ask, "da", AREA, "2016-02").statements) == 1


def test_no_month_at_all_is_said():
    assert sentences(lines.monthly(Canned(), "da", AREA, "2016-08")) == ("Da: no month of this period was supplied.",)


def test_lines_of_two_areas_and_of_two_measures():
    period = Period("2016-01", "2016-03")
    counts = {(name, area): spread(period, 30) for name in ("a", "b") for area in ("X", "Y")}
    ask = Canned(counts=counts, names={"X": "Blackpool", "Y": "Lancashire"})
    areas = lines.compare(ask, ["a"], ["X", "Y"], period)
    assert [row["series"] for row in areas.tables["lines"].rows] == ["Blackpool"] * 3 + ["Lancashire"] * 3
    assert areas.title == "A, Blackpool and Lancashire, January to March 2016, by month"
    kinds = lines.compare(ask, ["a", "b"], ["X"], period)
    assert {row["series"] for row in kinds.tables["lines"].rows} == {"A", "B"}
    both = lines.compare(ask, ["a", "b"], ["X", "Y"], period)
    assert {row["series"] for row in both.tables["lines"].rows} == {
        "A, Blackpool",
        "A, Lancashire",
        "B, Blackpool",
        "B, Lancashire",
    }


NOW = Period("2022-01", "2022-12")
GROUP = PeerGroup("the districts of Lancashire", ("X", "Y", "Z", "W"), "One force polices them.")


def peer_ask(after: dict[str, int], before: dict[str, int], per: float | None = 1000) -> Canned:
    rate = measure("crime-rate", title="Crime per 1,000 residents", unit="crimes per 1,000 residents", per=per)
    counts = {
        ("crime-rate", code): spread(NOW, after[code])
        | (spread(NOW.year_before(), before[code]) if code in before else {})
        for code in after
    }
    names = {"X": "Blackpool", "Y": "Burnley", "Z": "Fylde", "W": "Wyre"}
    return Canned(counts=counts, names=names, measures={"crime-rate": rate}, residents=dict.fromkeys(after, 1000.0))


def test_rank_rate_interval_and_how_many_rose():
    ask = peer_ask({"X": 150, "Y": 90, "Z": 50, "W": 50}, {"X": 100, "Y": 80, "Z": 60, "W": 40})
    found = peers.rank(ask, "crime-rate", "X", NOW, group=GROUP)
    rows = found.tables["peers"].rows
    assert [(row["rank"], row["label"], row["rate"]) for row in rows] == [
        (1, "Blackpool", 150.0),
        (2, "Burnley", 90.0),
        (3, "Fylde", 50.0),
        (3, "Wyre", 50.0),
    ]
    assert [row["change"] for row in found.tables["peers_change"].rows] == [50, 10, -10, 10]
    assert rows[0]["lower"] == pytest.approx(126.95, abs=0.01) and rows[0]["base"] == 1000.0
    assert sentences(found) == (
        "Crime per 1,000 residents: the rate in Blackpool over January to December 2022 was the highest of the four districts, at 150.0 crimes per 1,000 residents.",
        "Three of the four districts recorded more than in January to December 2021; one recorded fewer.",
        "Chance alone would not change the rank of Blackpool.",
    )
    assert found.caveats[0] == "One force polices them."


def test_all_rose():
    ask = peer_ask({"X": 150, "Y": 90, "Z": 61, "W": 50}, {"X": 100, "Y": 80, "Z": 60, "W": 40})
    assert sentences(peers.rank(ask, "crime-rate", "W", NOW, group=GROUP))[0].startswith(
        "Crime per 1,000 residents: the rate in Wyre over January to December 2022 was the lowest of the four districts"
    )
    assert sentences(peers.rank(ask, "crime-rate", "X", NOW, group=GROUP))[1].startswith(
        "All four districts recorded more"
    )


def test_an_area_without_data_is_not_ranked_and_is_counted_apart():
    ask = peer_ask({"X": 150, "Y": 90, "Z": 61}, {"X": 100, "Y": 80})
    found = peers.rank(ask, "crime-rate", "W", NOW, group=GROUP)
    assert sentences(found)[0].endswith("Wyre cannot be ranked, because a month of its data was not supplied.")
    assert found.tables["peers"].rows[-1]["rank"] is NOT_APPLICABLE
    other = peers.rank(ask, "crime-rate", "X", NOW, group=GROUP)
    assert sentences(other)[1].endswith("(two could not be compared).")


def test_counts_are_ranked_where_there_is_no_base_and_small_ones_hide_the_sentence():
    ask = peer_ask({"X": 150, "Y": 90, "Z": 61, "W": 2}, {"X": 100, "Y": 80, "Z": 60, "W": 40}, per=None)
    found = peers.rank(ask, "crime-rate", "X", NOW, group=GROUP)
    assert "rate" not in found.tables["peers"].rows[0]
    assert (
        sentences(found)[0]
        == "Crime per 1,000 residents: the count in Blackpool over January to December 2022 was the highest of the four districts."
    )
    assert "Three of the four" not in " ".join(sentences(found, Audience.PUBLIC))


def test_unequal_periods_tally_nothing():
    ask = peer_ask({"X": 150, "Y": 90, "Z": 61, "W": 50}, {"X": 100, "Y": 80, "Z": 60, "W": 40})
    found = peers.rank(ask, "crime-rate", "X", NOW, Period("2021-01", "2021-06"), group=GROUP)
    assert len(found.statements) == 2


class Places:
    """A force that covers three districts."""

    def peers(self, code: str) -> PeerGroup:
        return GROUP

    def level(self, code: str) -> str:
        return "force" if code == "F" else "district"

    def parent(self, code: str, level: str) -> str | None:
        return "F" if code != "elsewhere" else None

    def children(self, code: str, level: str) -> tuple[str, ...]:
        return ("X", "Y", "Z")

    def name(self, code: str) -> str:
        return "Lancashire"


def test_the_group_comes_from_places():
    ask = peer_ask({"X": 150, "Y": 90, "Z": 61, "W": 50}, {"X": 100, "Y": 80, "Z": 60, "W": 40})
    object.__setattr__(ask, "known_places", Places())
    assert len(peers.rank(ask, "crime-rate", "X", NOW).tables["peers"].rows) == 4
    of_force = peers.rank(ask, "crime-rate", "X", NOW, group="districts")
    assert of_force.meta["group"] == "districts of Lancashire" and len(of_force.tables["peers"].rows) == 3
    assert len(peers.rank(ask, "crime-rate", "F", NOW, group="districts").tables["peers"].rows) == 3
    alone = peers.rank(ask, "crime-rate", "elsewhere", NOW, group="districts")
    assert len(alone.tables["peers"].rows) == 1


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(1, 14, 1), "the highest of the fourteen districts"),
        (Place(10, 14, 1), "the fifth lowest of the fourteen districts"),
        (Place(2, 14, 2), "joint second highest of the fourteen districts"),
        (Place(14, 14, 1), "the lowest of the fourteen districts"),
        (Place(1, 30, 1), "the highest of the 30 districts"),
    ],
)
def test_standing_in_words(place: Place, words: str):
    assert peers.standing_words(place, "districts") == words
