"""The demo's performance report: the published tables digit for digit for analysts, small cells hidden from the public, and
different tables when ten records are taken away."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from wardwise.disclosure import Audience
from wardwise.products import build, load
from wardwise.products.build import Built, Order
from wardwise.records.periods import Period
from wardwise.reports.document import Document, NumberedParagraph, TableBlock
from wardwise.sources import import_files
from wardwise.store import Store

MAIN = "Z06000001"
PERIOD = Period("2016-04", "2016-08")
HATE = {  # G-06, as published
    "Disability-Motivated Incident": ("5", "8", "+3", "60.0%"),
    "Gender Identity": ("1", "3", "+2", "200.0%"),
    "Gender-Motivated Incident": ("2", "4", "+2", "100.0%"),
    "Homophobic Incident": ("28", "26", "−2", "−7.1%"),
    "Racist Incident": ("65", "68", "+3", "4.6%"),
    "Racist or Homophobic Incident Involving Police Staff": ("1", "1", "=", "None"),
    "Religious-Motivated Incident": ("1", "2", "+1", "100.0%"),
    "Grand Total": ("103", "112", "+9", "8.7%"),
}
CHANGES = {  # golden row: (change, %) as published
    "All recorded crime": ("+932", "13.5%"),  # G-10
    "Violence against the person": ("+416", "20.3%"),  # G-11a
    "Serious assaults": ("−2", "−3.2%"),  # G-11b
    "Less serious assaults": ("+320", "34.4%"),  # G-11c
    "Non-injury assaults": ("−7", "−0.8%"),  # G-11d
    "Theft offences": ("+316", "10.6%"),  # G-12
    "Sexual offences": ("+83", "44.9%"),  # G-13a
    "Rape": ("−4", "−5.3%"),  # G-13b
    "Sexual assault": ("+35", "53.0%"),  # G-13c
    "Sexual offences against children under 16": ("+37", "38.5%"),  # G-13d
    "Domestic assaults": ("+78", "15.5%"),  # G-15a
    "Serious domestic assaults": ("+3", "21.4%"),  # G-15b
    "Less serious domestic assaults": ("+79", "34.6%"),  # G-15c
    "Non-injury domestic assaults": ("−4", "−1.7%"),  # G-15d
    "Domestic abuse crimes": ("+111", "15.6%"),  # G-16
    "Anti-social behaviour incidents (police)": ("−256", "−4.1%"),  # G-18a
    "ASBRAC referrals": ("−12", "−33.3%"),  # G-18b: 36 to 24; the report prints 33%
}


def report(store: Store, audience: Audience, product: str = "performance-report") -> Built:
    return build(store, Order(load(product), MAIN, PERIOD, audience, date(2016, 10, 27)))


def rows(document: Document, *, starting: str) -> dict[str, tuple[str, ...]]:
    """Rows of every table whose first heading is `starting`, by their first cell."""
    tables = [block for block in document.blocks if isinstance(block, TableBlock) and block.header[0].title == starting]
    return {row[0]: row[1:] for table in reversed(tables) for row in table.rows}


def test_the_hate_crime_table_is_the_published_one(store: Store):
    found = rows(report(store, Audience.ANALYST).document, starting="Type")
    assert {name: cells[:4] for name, cells in found.items()} == HATE


def test_every_published_change_is_reproduced(store: Store):
    found = rows(report(store, Audience.ANALYST).document, starting="What was recorded")
    assert {name: found[name][2:4] for name in CHANGES} == CHANGES


def test_counts_that_were_published_are_reproduced(store: Store):
    found = rows(report(store, Audience.ANALYST).document, starting="What was recorded")
    assert found["Sexual offences"][:2] == ("185", "268")
    assert found["Serious domestic assaults"][:2] == ("14", "17")
    assert found["Less serious domestic assaults"][:2] == ("228", "307")
    assert found["ASBRAC referrals"][:2] == ("36", "24")


def test_the_county_and_the_shares_are_as_published(store: Store):
    said = " ".join(
        str(b.text) for b in report(store, Audience.ANALYST).document.blocks if isinstance(b, NumberedParagraph)
    )
    assert "rose by 65 (20.0%)" in said  # G-14
    assert "(24.0%)" in said  # G-11a, the county
    assert "21.3% of sexual offences in April to August 2016 (57 of 268)" in said  # G-13e
    assert "(480)" in said or "with 480" in said  # G-16: the first quarter of 2016/17 was the highest
    assert "fell in four of the five months" in said  # G-18a


def test_the_public_copy_hides_the_small_cells_and_nothing_gives_them_back(store: Store):
    found = rows(report(store, Audience.PUBLIC).document, starting="Type")
    for name in ("Gender Identity", "Gender-Motivated Incident", "Religious-Motivated Incident"):
        assert found[name][:2] == ("[c]", "[c]")
    assert found["Grand Total"][:2] == ("103", "112")
    assert "0" not in {cell for cells in found.values() for cell in cells[:2]}


def test_ten_records_fewer_change_the_tables(store: Store, files: Path, tmp_path: Path):
    before = rows(report(store, Audience.ANALYST).document, starting="What was recorded")
    folder = files / "police"
    name = next(path for path in sorted(folder.rglob("*offences*2015-16*.csv")))
    with name.open(encoding="utf-8", newline="") as file:
        header, *records = list(csv.reader(file))
    dropped = 0
    kept = []
    for record in records:
        drop = dropped < 10 and any(
            cell in ("2015-04", "2015-05", "2015-06") or cell.endswith("/05/2015") for cell in record
        )
        dropped += drop
        kept += [] if drop else [record]
    assert dropped == 10
    with (tmp_path / name.name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *kept])
    fewer = Store.open(tmp_path / "store", create=True)
    import_files(fewer, [files])
    outcome = import_files(fewer, [tmp_path / name.name])
    assert sum(each.before - each.after for each in outcome.differences) == 10
    after = rows(report(fewer, Audience.ANALYST).document, starting="What was recorded")
    assert (
        int(before["All recorded crime"][0].replace(",", "")) - int(after["All recorded crime"][0].replace(",", ""))
        == 10
    )


def test_the_assessment_has_its_statutory_sections_and_says_what_is_lacking(store: Store):
    document = report(store, Audience.PUBLIC, "strategic-assessment").document
    headings = [heading.text for heading in document.headings]
    for wanted in (
        "Levels and patterns",
        "Changes since the year before",
        "Why things changed",
        "Matters to put first",
    ):
        assert wanted in headings
    assert document.synthetic
