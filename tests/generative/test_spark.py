"""Spark, on a real standalone master with two workers, agrees with DuckDB and with the slow plain answer."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings

from wardwise import measures
from wardwise.records.periods import Period
from wardwise.records.tables import TABLES
from wardwise.sources import import_files
from wardwise.store import Snapshot, Store, Supply, spark

from .cluster import NEEDED
from .test_engines_agree import CALM, asked, slow, told
from .worlds import Question, full, links, questions

pytestmark = NEEDED


def stored(folder: Path, question: Question) -> Snapshot:
    """The question's world as a store: real Delta tables, real Parquet files."""
    store = Store.open(folder, create=True)
    for name, rows in {**question.rows, "area_links": links()}.items():
        table = TABLES[name]
        given_rows = pa.Table.from_pylist([full(name, row) for row in rows], schema=table.schema())
        slots = sorted({tuple(row[key] for key in table.supply) for row in rows})
        supplies = [Supply(*slot, file="made-up.csv", digest="", rows=0) for slot in slots]  # type: ignore[misc]
        store.save(table, given_rows, supplies)
    return store.at()


def agree(question: Question, folder: Path, master: str) -> None:
    held = stored(folder, question)
    expected = slow(question)
    assert told(asked(question, held)) == expected
    assert told(asked(question, held, "spark", master)) == expected


def new(folder: pytest.TempPathFactory) -> Path:
    return folder.mktemp("store") / "store"


@settings(max_examples=3, deadline=None, suppress_health_check=CALM, derandomize=True)
@given(question=questions())
def test_three_engines_agree(master: str, tmp_path_factory: pytest.TempPathFactory, question: Question):
    agree(question, new(tmp_path_factory), master)


@pytest.mark.scale
@settings(max_examples=150, deadline=None, suppress_health_check=CALM)
@given(question=questions())
def test_three_engines_agree_on_many(master: str, tmp_path_factory: pytest.TempPathFactory, question: Question):
    agree(question, new(tmp_path_factory), master)


FEW = (
    *(
        "crime-rate",
        "recorded-crime",
        "killed-or-seriously-injured",
        "most-deprived-tenth",
        "residents",
        "marac-repeat-rate",
    ),
    *(
        "non-recent-share-of-sexual-offences",
        "asb-nuisance",
        "young-victims-of-violence",
        "county-domestic-abuse",
        "harm-days",
    ),
)
"""One measure of each kind of count and table."""


def test_shipped_measures_give_the_same_on_both_engines(master: str, tmp_path: Path):
    same_on_both([measures.load(name) for name in FEW], master, tmp_path / "store")


@pytest.mark.scale
def test_every_shipped_measure_gives_the_same_on_both_engines(master: str, tmp_path: Path):
    same_on_both(measures.all(), master, tmp_path / "store")


def same_on_both(chosen: Sequence[measures.Measure], master: str, folder: Path) -> None:
    """Fill a store with the worked examples and ask both engines for the same figures."""
    examples: dict[str, list[dict[str, Any]]] = {}
    codes = {"A": "Z01000001", "B": "Z01000003"}
    for measure in chosen:
        for name, rows in measure.example.rows.items():
            plain = {"source": "example", "supplier": "northshire"} | (
                {"months": 1} if "months" in TABLES[name].names else {}
            )
            placed = [{**plain, **row, "area_code": codes.get(row.get("area"))} for row in rows]
            examples.setdefault(name, []).extend(placed)
    for row in examples["population"]:
        row.setdefault("age", "all")
    held = stored(folder, Question({}, examples, (), "", "", ()))
    period = Period("2013-01", "2022-12")
    counted = 0
    for measure in chosen:
        by = ["year"] if measure.count.records != "service_returns" else []
        one, other = (
            measures.calculate(measure, held, ["Z06000001", "Z06000002"], period, by, engine, master=master)
            for engine in ("duckdb", "spark")
        )
        assert one.figures == other.figures, measure.measure
        counted += sum(figure.count or 0 for figure in one.figures)
    assert counted, "nothing was counted, so nothing was compared"


@pytest.mark.scale
def test_real_months_give_the_same_on_both_engines_and_by_hand(master: str, tmp_path: Path, shared: Path):
    archive = shared / "data/police_uk/lancashire-2018-11-to-2022-10.zip"
    store = Store.open(tmp_path / "store", create=True)
    import_files(
        store, [archive, shared / "data/areas/ons-lookups.zip", shared / "data/areas/lookup_ltla24_csp24_pfa24.csv"]
    )
    period, by = Period("2018-11", "2022-10"), ["month", "crime_type"]
    one, other = (
        measures.calculate("recorded-crime", store.at(), ["E06000009"], period, by, engine, master=master)
        for engine in ("duckdb", "spark")
    )
    assert one.figures == other.figures
    by_hand: Counter[tuple[str, str]] = Counter()
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if name.endswith("-street.csv"):
                with opened.open(name) as file:
                    for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig")):
                        if row["LSOA name"].startswith("Blackpool "):
                            by_hand[row["Month"], row["Crime type"]] += 1
    found = {(f.key.period.text(), f.key.group[0][1]): f.count for f in one.figures if f.status == "ok"}
    assert {key: count for key, count in found.items() if count} == dict(by_hand)


class Asked:
    """Stands in for Spark's builder and keeps what it was asked for."""

    def __init__(self) -> None:
        self.masters: list[str] = []

    def appName(self, _: str) -> Asked:
        return self

    def master(self, name: str) -> Asked:
        self.masters.append(name)
        return self

    def config(self, *_: str) -> Asked:
        return self

    def getOrCreate(self) -> Asked:
        return self


def test_the_master_named_is_used_and_otherwise_the_one_that_spark_is_configured_with(monkeypatch: pytest.MonkeyPatch):
    asked = Asked()
    monkeypatch.setattr("pyspark.sql.SparkSession.builder", asked)
    monkeypatch.delenv("WARDWISE_SPARK", raising=False)
    spark.session()
    assert asked.masters == []
    monkeypatch.setenv("WARDWISE_SPARK", "spark://variable:7077")
    spark.session()
    spark.session("spark://given:7077")
    assert asked.masters == ["spark://variable:7077", "spark://given:7077"]
