"""Analysis over a real store with the shipped measures: from rows to sentences, and every figure's road back."""

from __future__ import annotations

import pytest

from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise import measures
from wardwise.analysis import attention, breakdown, change, coverage, lines, many_spans, mix, peers, trends, wards
from wardwise.areas import PeerGroup
from wardwise.records.findings import Findings, Role
from wardwise.records.periods import Period
from wardwise.store.store import Store

AREA = "E06000009"
NOW = Period("2021-01", "2021-12")


def _street(month: str, lsoa: str, kind: str) -> dict[str, object]:
    return {
        "source": "police-street-crime",
        "supplier": "lancashire",
        "month": month,
        "area_code": lsoa,
        "crime_type": kind,
    }


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two wards of one district for two years: burglary doubles in the first ward, robbery stops."""
    links = [
        link("E01000001", "E05000001", "lsoa in ward"),
        link("E01000002", "E05000002", "lsoa in ward"),
        link("E05000001", AREA, "ward in district"),
        link("E05000002", AREA, "ward in district"),
        link(AREA, "E23000003", "district in force"),
    ]
    for row in links:
        if row["parent_code"] == "E23000003":
            row["parent_name"] = "Lancashire"
    rows = []
    for month in Period("2020-01", "2021-12").months():
        later = month >= "2021-01"
        rows += [_street(month, "E01000001", "Burglary")] * (20 if later else 10)
        rows += [_street(month, "E01000002", "Burglary")] * 5
        rows += [_street(month, "E01000002", "Robbery")] * (0 if later else 2)
    people = [
        {"year": "2020", "area_code": code, "age": "all", "residents": 1000.0} for code in ("E01000001", "E01000002")
    ]
    return fill(tmp_path_factory.mktemp("store"), area_links=links, street_crime=rows, population=people)


def test_what_changed_from_rows_to_a_sentence(store: Store):
    found = change.compare_periods(store.at(), ["recorded-burglary"], AREA, NOW)
    assert sentences(found)[0].startswith("Burglary rose by 120 (66.7%), from 180 to 300.")


def _answers(store: Store) -> list[Findings]:
    at = store.at()
    group = PeerGroup("both wards", ("E05000001", "E05000002"), "They are the only ones.")
    return [
        change.compare_periods(
            at, ["recorded-crime"], AREA, NOW, split=("recorded-crime", "crime_type"), each_month="recorded-crime"
        ),
        many_spans.compare_spans(at, "recorded-crime", AREA, "2021-12"),
        breakdown.by_group(at, "recorded-crime", "crime_type", AREA, NOW),
        mix.of_volume(at, "recorded-crime", "crime_type", AREA, NOW),
        trends.control_chart(at, "recorded-crime", AREA, Period("2020-01", "2021-12")),
        lines.monthly(at, "recorded-crime", AREA, "2021-12"),
        wards.by_area(at, "crime-rate", AREA, NOW),
        peers.rank(at, "crime-rate", "E05000001", NOW, group=group),
        attention.evidence(at, "recorded-crime", "crime_type", "E05000001", NOW, group=group),
        coverage.known(at, ["recorded-crime"], AREA, NOW),
    ]


def _shown(answers: list[Findings]) -> dict[str, int]:
    """Figure ids and the counts shown beside them: of each column of each table the first, the last and one nought."""
    chosen: dict[str, int] = {}
    for found in answers:
        for table in found.tables.values():
            for column in table.having(Role.FIGURE):
                [name] = column.of
                cells = [
                    (str(row[column.name]), n)
                    for row in table.rows
                    if row[column.name] and isinstance(n := row[name], int)
                ]
                noughts = [cell for cell in cells if cell[1] == 0]
                chosen.update(cells[:1] + cells[-1:] + noughts[:1])
    return chosen


def test_every_kind_of_counted_cell_has_a_road_back_to_the_same_number(store: Store):
    """The figure id beside a count, explained from the store, gives that count; noughts that no row states among them."""
    answers = _answers(store)
    assert all(sentences(found) for found in answers)
    shown = _shown(answers)
    again = {figure: measures.explain(figure, store, rows=1).figure.count for figure in shown}
    assert again == shown
    assert len(shown) > 15 and 0 in shown.values()


def test_wards_add_up_to_the_district(store: Store):
    rows = wards.by_area(store.at(), "crime-rate", AREA, NOW).tables["areas"].rows
    assert [(row["label"], row["count"]) for row in rows] == [
        ("name of E05000001", 240),
        ("name of E05000002", 60),
        ("In none of these wards", 0),
        ("Total", 300),
    ]
