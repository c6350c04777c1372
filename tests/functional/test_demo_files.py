"""The synthetic partnership's files, read with nothing but the standard library: the published figures come out of the rows."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wardwise import demo

Row = dict[str, str]
BEFORE, NOW = ("2015-04", "2015-08"), ("2016-04", "2016-08")
INJURY = {"Serious assault", "Less serious assault", "Non-injury assault", "Other assault"}


def rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def workbook(path: Path) -> Iterator[Row]:
    import xml.etree.ElementTree as ElementTree

    with zipfile.ZipFile(path) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    header: dict[str, str] = {}
    for line in sheet.iter(f"{space}row"):
        cells = {re.sub(r"\d", "", cell.get("r", "")): "".join(cell.itertext()) for cell in line}
        if header:
            yield {name: cells.get(letter, "") for letter, name in header.items()}
        else:
            header = cells


@pytest.fixture(scope="module")
def offences(demo_folder: Path) -> list[Row]:
    found = [row for path in sorted((demo_folder / "police").glob("*offences*.csv")) for row in rows(path)]
    return found + list(workbook(demo_folder / "police" / "synthetic-offences-2016-17.xlsx"))


def month(row: Row) -> str:
    day, month_, year = row["Reported date"].split("/")
    assert 1 <= int(day) <= 31
    return f"{year}-{month_}"


def two(found: list[Row], keep: Callable[[Row], bool]) -> tuple[int, int]:
    """Counts of April to August 2015 and April to August 2016."""
    months = Counter(month(row) for row in found if keep(row))
    return tuple(sum(n for m, n in months.items() if first <= m <= last) for first, last in (BEFORE, NOW))  # type: ignore[return-value]


def said(before: int, now: int) -> str:
    """A change as the report prints it."""
    return f"{100 * (now - before) / before:+.1f}% ({now - before:+d})"


def group(name: str) -> Callable[[Row], bool]:
    return lambda row: row["Offence group"] == name


def category(name: str) -> Callable[[Row], bool]:
    return lambda row: row["Local category"] == name


def domestic(keep: Callable[[Row], bool]) -> Callable[[Row], bool]:
    return lambda row: row["Domestic"] == "Y" and keep(row)


PUBLISHED = {
    "G-10 all crime": (lambda row: True, "+13.5% (+932)"),
    "G-11a violence": (group("Violence against the person"), "+20.3% (+416)"),
    "G-11b serious": (category("Serious assault"), "-3.2% (-2)"),
    "G-11c less serious": (category("Less serious assault"), "+34.4% (+320)"),
    "G-11d non-injury": (category("Non-injury assault"), "-0.8% (-7)"),
    "G-12 theft": (group("Theft offences"), "+10.6% (+316)"),
    "G-13a sexual offences": (group("Sexual offences"), "+44.9% (+83)"),
    "G-13b rape": (category("Rape"), "-5.3% (-4)"),
    "G-13c sexual assault": (category("Sexual assault"), "+53.0% (+35)"),
    "G-13d under 16": (
        lambda row: row["Offence group"] == "Sexual offences" and row["Victim under 16"] == "Y",
        "+38.5% (+37)",
    ),
    "G-15a domestic assaults": (domestic(lambda row: row["Local category"] in INJURY), "+15.5% (+78)"),
    "G-15b serious domestic": (domestic(category("Serious assault")), "+21.4% (+3)"),
    "G-15c less serious domestic": (domestic(category("Less serious assault")), "+34.6% (+79)"),
    "G-15d non-injury domestic": (domestic(category("Non-injury assault")), "-1.7% (-4)"),
    "G-16 domestic abuse": (domestic(lambda row: True), "+15.6% (+111)"),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_changes_come_out_of_the_offences(offences: list[Row], name: str) -> None:
    keep, published = PUBLISHED[name]
    assert said(*two(offences, keep)) == published


def test_each_month_is_up_and_the_spring_quarter_is_the_highest(offences: list[Row]) -> None:
    every = Counter(month(row) for row in offences)
    assert all(every[f"2016-0{m}"] > every[f"2015-0{m}"] for m in range(4, 9))
    marked = Counter(month(row) for row in offences if row["Domestic"] == "Y")
    months = [marked[m] for m in sorted(marked)]
    quarters = [sum(months[i : i + 3]) for i in range(0, 39, 3)]
    assert (quarters[-1], max(quarters[:-1]) < 480) == (480, True)


def test_shares_of_sexual_offences_and_years_before(offences: list[Row]) -> None:
    sexual = [row for row in offences if row["Offence group"] == "Sexual offences" and month(row) >= "2016-04"]
    assert (len(sexual), sum(row["Non-recent"] == "Y" for row in sexual)) == (268, 57)
    assert round(100 * sum(row["Social media"] == "Y" for row in sexual) / 268) == 15
    years = Counter()  # type: ignore[var-annotated]
    for row in offences:
        year = int(month(row)[:4]) - (month(row)[5:] < "04")
        violent = row["Offence group"] == "Violence against the person"
        years[year, "all"] += 1
        years[year, "violent"] += violent
        years[year, "drunk"] += row["Alcohol"] == "Y"
        years[year, "drunk and violent"] += violent and row["Alcohol"] == "Y"
        years[year, "rape"] += row["Local category"] == "Rape"
        years[year, "sexual"] += row["Offence group"] == "Sexual offences"
        years[year, "drugs"] += row["Offence group"] == "Drug offences"
    kinds = ("all", "violent", "drunk and violent", "rape", "sexual", "drugs")
    assert [years[2013, kind] for kind in kinds] == [16332, 3947, 1385, 118, 370, 620]
    assert [years[2014, kind] for kind in kinds] == [15246, 4048, 1312, 137, 371, 514]
    assert round(100 * years[2014, "drunk"] / 15246, 1) == 14.8


def test_anti_social_behaviour_and_hate_incidents(demo_folder: Path) -> None:
    calls = list(rows(demo_folder / "police" / "synthetic-asb-incidents.csv"))
    assert said(*two(calls, lambda row: True)) == "-4.1% (-256)"
    every = Counter(month(row) for row in calls)
    assert [every[f"2016-0{m}"] > every[f"2015-0{m}"] for m in range(4, 9)] == [False, True, False, False, False]
    peak = [every[f"{y}-07"] + every[f"{y}-08"] for y in (2015, 2016)]
    assert round(100 * (peak[1] - peak[0]) / peak[0]) == -8
    hate = list(rows(demo_folder / "police" / "synthetic-hate-incidents.csv"))
    by_type = {
        kind: two(hate, lambda row, kind=kind: row["Hate incident type"] == kind)
        for kind in {r["Hate incident type"] for r in hate}
    }  # type: ignore[misc]
    assert two(hate, lambda row: True) == (103, 112)
    assert by_type["Homophobic Incident"] == (28, 26)
    assert by_type["Racist or Homophobic Incident Involving Police Staff"] == (1, 1)
    assert sorted(by_type.values()) == [(1, 1), (1, 2), (1, 3), (2, 4), (5, 8), (28, 26), (65, 68)]


def test_county_series(demo_folder: Path) -> None:
    totals: Counter[tuple[str, str, bool]] = Counter()
    for row in rows(demo_folder / "police" / "synthetic-monthly-totals.csv"):
        for first, last in (BEFORE, NOW):
            if first <= row["Month"] <= last:
                totals[row["Area code"], row["Series"], first == NOW[0]] += int(row["Count"])
    county = {s: (totals["Z23000001", s, False], totals["Z23000001", s, True]) for s in {key[1] for key in totals}}
    assert said(*county["Rape"]) == "+20.0% (+65)"
    assert round(100 * (county["Violence against the person"][1] / county["Violence against the person"][0] - 1)) == 24
    assert said(*county["Antisocial Behaviour"]).startswith("-0.1%")
    [across] = rows(demo_folder / "police" / "synthetic-county-domestic-abuse.csv")
    months = list(across.values())[4:]
    assert sum(map(int, months[:12])) == 9083
    assert sum(map(int, months[36:41])) == 4325
    assert months[41:] == [""] * 7  # not supplied, and so not 0


def test_service_returns_state_their_noughts(demo_folder: Path) -> None:
    found: Counter[tuple[str, str]] = Counter()
    for row in rows(demo_folder / "services" / "synthetic-service-returns.csv"):
        if row["Period start"] >= "2016-04":
            found[row["Service"], row["Measure"]] += int(row["Count"])
    assert found["ASB powers", "Warning letters"] == 238
    assert found["ASB powers", "Community Protection Notices"] == 56
    assert ("ASB powers", "Fixed Penalty Notices") in found
    assert found["ASBRAC", "Referrals"] == 24
    assert found["MARAC", "Cases listed"] == 136


def test_street_files_have_the_official_layout_and_agree_with_the_extract(
    demo_folder: Path, offences: list[Row]
) -> None:
    paths = sorted((demo_folder / "data.police.uk").rglob("*-street.csv"))
    assert [path.relative_to(demo_folder).as_posix() for path in paths][:1] == [
        "data.police.uk/2013-04/2013-04-saltshire-synthetic-street.csv"
    ]
    assert len(paths) == 41
    found = list(rows(paths[-1]))
    asb = [row for row in found if row["Crime type"] == "Anti-social behaviour"]
    assert all(not row["Crime ID"] and not row["Last outcome category"] for row in asb)
    assert all(
        re.fullmatch("[0-9a-f]{64}", row["Crime ID"]) for row in found if row["Crime type"] != "Anti-social behaviour"
    )
    nowhere = sum(row["Location"] == "No Location" for row in found) / len(found)
    assert 0.03 < nowhere < 0.08
    placed = sum(
        row["LSOA name"].startswith("Saltpool") for row in found if row["Crime type"] != "Anti-social behaviour"
    )
    recorded = sum(month(row) == "2016-08" for row in offences)
    assert 0.9 * recorded < placed < recorded
    assert sum(len(path.read_bytes().splitlines()) - 1 for path in paths) < 400_000


def test_no_official_code_no_real_place_and_synthetic_on_everything(demo_folder: Path) -> None:
    codes = re.compile(rb"\b[A-Z]\d{8}\b")
    for path in sorted(demo_folder.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()[: None if path.parent.name in ("2013-04", "2016-08") else 200_000]
        assert b"ynthetic" in content[:4000] or b"SYNTHETIC" in content[:40] or "synthetic" in path.name, path.name
        assert {code[:1] for code in codes.findall(content)} <= {b"Z"}, path.name
        assert not re.search(rb"Blackpool|Lancashire|Burnley|Preston", content), path.name


def test_everything_lies_in_the_sea(demo_folder: Path, offences: list[Row]) -> None:
    points = [(row["Easting"], row["Northing"]) for row in offences if row["Easting"]]
    assert {(int(easting) // 100_000, int(northing) // 100_000) for easting, northing in points} == {(5, 5), (6, 5)}
    unplaced = [row for row in offences if not row["Easting"]]
    assert 0.005 < len(unplaced) / len(offences) < 0.02
    assert {row["Area code"] for row in unplaced} == {"Z06000001"}
    outline = json.loads(
        (demo_folder / "places" / "boundaries" / "synthetic_pfa20.geojson").read_text(encoding="utf-8")
    )
    [[ring]] = outline["features"][0]["geometry"]["coordinates"]
    assert min(x for x, _ in ring) > 0.8
    assert ring[0] == ring[-1]


DIGEST = "dbd0387adfbb547b90bd7e7900097a06c4e8ab21dde2ad548c7028e37f606dd0"
"""Of every file's name and bytes, for the usual seed. The same on every machine; changes only when the demo is meant to change."""


def test_the_same_seed_gives_the_same_bytes_everywhere(demo_folder: Path) -> None:
    whole = hashlib.sha256()
    for path in sorted(demo_folder.rglob("*"), key=lambda path: path.relative_to(demo_folder).as_posix()):
        if path.is_file():
            name = path.relative_to(demo_folder).as_posix()
            whole.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
    found = whole.hexdigest()
    assert found == DIGEST, f"if the demo was meant to change, write {found!r} here"


def test_writing_tells_how_far_it_is_and_what_it_wrote(demo_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    told: list[str] = []

    def tell(words: str) -> None:
        told.append(words)
        if words == "Recording offences":
            raise KeyboardInterrupt  # whoever watches may stop it

    with pytest.raises(KeyboardInterrupt):
        demo.write(folder, progress=tell)
    assert told == ["Reading what the numbers must add up to", "Drawing the county", "Recording offences"]
    assert (folder / "places").is_dir()


def test_removing_ten_records_changes_the_table(offences: list[Row]) -> None:
    rapes = [row for row in offences if row["Local category"] == "Rape" and month(row) >= "2016-04"]
    left = [row for row in offences if row not in rapes[:10]]
    assert said(*two(left, category("Rape"))) == "-18.7% (-14)"
