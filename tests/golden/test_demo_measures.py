"""The synthetic partnership through the whole road, files to figures: the published numbers, and what removing records does.

Golden rows G-10 to G-16 and G-18; the counts behind a published change are one choice in the range that it allows.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wardwise import measures, sources
from wardwise.records.periods import Period
from wardwise.store import Snapshot, Store
from wardwise.store import places as store_places

BEFORE, NOW = Period("2015-04", "2015-08"), Period("2016-04", "2016-08")
MAIN, COUNTY = "Z06000001", "Z23000001"

PUBLISHED = {
    ("G-10", "all-crime", MAIN): (6904, 7836, "+13.5%"),
    ("G-11a", "violence-against-the-person", MAIN): (2050, 2466, "+20.3%"),
    ("G-11b", "serious-assaults", MAIN): (62, 60, "-3.2%"),
    ("G-11c", "less-serious-assaults", MAIN): (930, 1250, "+34.4%"),
    ("G-11d", "non-injury-assaults", MAIN): (880, 873, "-0.8%"),
    ("G-12", "theft-offences", MAIN): (2981, 3297, "+10.6%"),
    ("G-13a", "sexual-offences", MAIN): (185, 268, "+44.9%"),
    ("G-13b", "rape", MAIN): (75, 71, "-5.3%"),
    ("G-13c", "sexual-assault", MAIN): (66, 101, "+53.0%"),
    ("G-13d", "sexual-offences-under-16", MAIN): (96, 133, "+38.5%"),
    ("G-14", "county-rape", COUNTY): (325, 390, "+20.0%"),
    ("G-11a", "county-violence", COUNTY): (7650, 9486, "+24.0%"),
    ("G-15a", "domestic-assaults", MAIN): (503, 581, "+15.5%"),
    ("G-15b", "serious-domestic-assaults", MAIN): (14, 17, "+21.4%"),
    ("G-15c", "less-serious-domestic-assaults", MAIN): (228, 307, "+34.6%"),
    ("G-15d", "non-injury-domestic-assaults", MAIN): (235, 231, "-1.7%"),
    ("G-16", "domestic-abuse", MAIN): (711, 822, "+15.6%"),
    ("G-03", "county-domestic-abuse", COUNTY): (3595, 4325, "+20.3%"),
    ("G-18a", "asb-incidents", MAIN): (6244, 5988, "-4.1%"),
    ("G-18a", "county-asb", COUNTY): (17644, 17626, "-0.1%"),
    ("G-18b", "asbrac-referrals", MAIN): (36, 24, "-33.3%"),
    ("G-06", "hate-incidents", MAIN): (103, 112, "+8.7%"),
}


POLICE = (
    "synthetic-offences-2015-16.csv",
    "synthetic-offences-2016-17.xlsx",
    "synthetic-asb-incidents.csv",
    "synthetic-hate-incidents.csv",
    "synthetic-monthly-totals.csv",
    "synthetic-county-domestic-abuse.csv",
)
"""What the two periods need: the two years of offences before are left out, to be quick."""


@pytest.fixture(scope="module")
def store(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.open(tmp_path_factory.mktemp("store"), create=True)
    parts = ("places", "services", "roads", "data.police.uk/2016-08", *(f"police/{name}" for name in POLICE))
    report = sources.import_files(store, [demo_folder / part for part in parts])
    assert report.rows == report.accepted > 100_000
    assert all(file.sources for file in report.files)
    return store


def count(snapshot: Snapshot, measure: str, area: str, period: Period) -> float | None:
    [figure] = measures.calculate(measure, snapshot, [area], period, by=()).figures
    return figure.count


def test_the_published_figures_come_out(store: Store) -> None:
    snapshot = store.at()
    for (row, measure, area), (before, now, published) in PUBLISHED.items():
        found = count(snapshot, measure, area, BEFORE), count(snapshot, measure, area, NOW)
        assert found == (before, now), (row, measure)
        assert f"{100 * (now - before) / before:+.1f}%" == published, row


def test_shares_and_returns(store: Store) -> None:
    snapshot = store.at()
    for measure, base, share in (
        ("non-recent-share-of-sexual-offences", 57, 21.3),
        ("social-media-share-of-sexual-offences", 40, 14.9),
    ):
        [figure] = measures.calculate(measure, snapshot, [MAIN], NOW, by=()).figures
        assert figure.value is not None
        assert (figure.count, round(figure.value, 1)) == (base, share)
    powers = {
        "warning-letters": 238,
        "community-protection-notices": 56,
        "fixed-penalty-notices": 0,
        "civil-injunctions": 3,
    }
    assert {name: count(snapshot, name, MAIN, NOW) for name in powers} == powers
    assert count(snapshot, "marac-cases", MAIN, Period("2015-04", "2016-03")) == 442
    assert count(snapshot, "marac-cases", MAIN, Period("2016-04", "2016-06")) == 136
    assert count(snapshot, "marac-cases", MAIN, NOW) is None  # July and August were not returned
    [figure] = measures.calculate("domestic-abuse", snapshot, [MAIN], Period("2016-04", "2016-06"), by=()).figures
    assert figure.count == 480


def test_places_and_published_files_are_read_too(store: Store) -> None:
    snapshot = store.at()
    month = Period("2016-08", "2016-08")
    every = count(snapshot, "all-crime", MAIN, month)
    street = count(snapshot, "recorded-crime-excluding-asb", MAIN, month)
    assert every is not None and street is not None
    assert 0.9 * every < street < every  # about one street row in twenty has no place
    for measure in ("stop-and-search", "road-collisions", "residents", "council-asb", "deliberate-fires"):
        found = count(snapshot, measure, MAIN, month)
        assert found is not None and found > 0, measure
    [figure] = measures.calculate("crime-rate-visitor-adjusted", snapshot, [MAIN], month, by=()).figures
    assert figure.base == 150532  # 141,400 residents and a third of ten million day trips over 365 days
    peers = store_places.load(snapshot).peers(MAIN)
    assert len(peers.codes) == 14


def test_removing_ten_records_changes_the_figures(store: Store, demo_folder: Path, tmp_path: Path) -> None:
    """The months are supplied again, ten rapes short; the older supply stays readable."""
    versions = store.at().versions
    with (demo_folder / "police" / "synthetic-offences-2015-16.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    category, reported = header.index("Local category"), header.index("Reported date")
    april = [row for row in rows if row[reported][3:] == "04/2015"]
    taken = [row for row in april if row[category] == "Rape"][:10]
    assert len(taken) == 10
    with (tmp_path / "synthetic-offences-2015-04.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(row for row in april if row not in taken)])
    sources.import_files(store, [tmp_path])
    assert count(store.at(), "rape", MAIN, BEFORE) == 65
    assert count(store.at(), "all-crime", MAIN, BEFORE) == 6894
    assert count(store.at(versions=versions), "rape", MAIN, BEFORE) == 75
