"""The whole road, as a user walks it: partner files in, figures and a product out, through the command line alone."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.partner_files import DISTRICT, archive, look_ups, write_csv
from wardwise.records.periods import Period

RUN = [sys.executable, "-W", "error", "-c", "from wardwise.cli.main import run; run()"]


def wardwise(*words: str, fails: bool = False) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*RUN, *words], capture_output=True, text=True)
    assert (done.returncode != 0) is fails, done.stderr
    return done


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("road")
    archive(folder / "files", Period("2021-01", "2022-12"), leave_out=["2021-06"])
    look_ups(folder / "files")
    wardwise("--store", str(folder / "store"), "import", str(folder / "files"))
    return folder / "store"


def figures(store: Path, *words: str) -> list[dict[str, str]]:
    done = wardwise("--store", str(store), "figures", *words, "--format", "csv")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_monthly_figures_count_the_rows_of_the_files(store: Path):
    rows = figures(
        store, "recorded-crime", "--area", DISTRICT, "--from", "2022-01", "--to", "2022-02", "--by", "month,crime_type"
    )
    assert list(rows[0]) == ["area", "month", "crime_type", "count", "base", "value", "lower", "upper", "status"]
    found = {(row["month"], row["crime_type"]): int(row["count"]) for row in rows}
    assert found[("2022-01", "Burglary")] == 10
    assert found[("2022-02", "Burglary")] == 11
    assert found[("2022-01", "Anti-social behaviour")] == 20


def test_a_month_not_supplied_is_missing_and_a_period_with_it_has_no_count(store: Path):
    months = figures(store, "recorded-crime", "--area", DISTRICT, "--from", "2021-05", "--to", "2021-07")
    assert [(row["month"], row["status"]) for row in months] == [
        ("2021-05", "ok"),
        ("2021-06", "missing"),
        ("2021-07", "ok"),
    ]
    assert months[1]["count"] == ""


def test_importing_again_changes_nothing(store: Path):
    before = json.loads(wardwise("--store", str(store), "store", "verify", "--json").stdout)
    again = json.loads(wardwise("--store", str(store), "import", str(store.parent / "files"), "--json").stdout)
    assert again["rows"] == again["accepted"]
    assert json.loads(wardwise("--store", str(store), "store", "verify", "--json").stdout) == before


def test_a_product_is_written_in_three_formats_and_its_figures_lead_back(store: Path, tmp_path: Path):
    words = ["product", "strategic-assessment", "--area", DISTRICT, "--to", "2022-12", "--out", str(tmp_path), "--json"]
    made = json.loads(wardwise("--store", str(store), *words).stdout)
    assert [Path(file).name for file in made["files"]] == [f"strategic-assessment.{s}" for s in ("html", "docx", "pdf")]
    page = (tmp_path / "strategic-assessment.html").read_text(encoding="utf-8")
    start = page.index(f"~{DISTRICT}~2022-01..2022-12")
    name = page[:start].split(">")[-1].split('"')[-1]
    figure = name + page[start:].split("<")[0].split('"')[0]
    told = wardwise("--store", str(store), "explain", figure).stdout
    assert "sandhaven-street.csv" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["figures", "recorded-crime", "--area", "Z06999999", "--from", "2022-01", "--to", "2022-02"], "Z06999999"),
        (["figures", "no-such-measure", "--area", DISTRICT, "--from", "2022-01", "--to", "2022-02"], "no-such-measure"),
        (["figures", "recorded-crime", "--area", DISTRICT, "--from", "2022-13", "--to", "2022-02"], "2022-13"),
        (["product", "strategic-assessment", "--area", DISTRICT, "--to", "1999-12"], "1999"),
        (["product", "no-such-product", "--area", DISTRICT, "--to", "2022-12"], "no-such-product"),
        (["explain", "not-a-figure"], "not-a-figure"),
    ],
)
def test_a_wrong_command_says_what_where_and_what_to_do(store: Path, words: list[str], said: str):
    done = wardwise("--store", str(store), *words, fails=True)
    assert "Traceback" not in done.stderr
    assert said in done.stderr
    assert "What to do:" in done.stderr


def test_a_file_that_cannot_be_read_leaves_the_store_as_it_was(store: Path, tmp_path: Path):
    before = wardwise("--store", str(store), "store", "verify", "--json").stdout
    unknown = write_csv(tmp_path / "mystery.csv", ["colour", "shape"], [["red", "round"]])
    done = wardwise("--store", str(store), "import", str(unknown), fails=True)
    assert "mystery.csv" in done.stderr
    assert "What to do:" in done.stderr
    assert wardwise("--store", str(store), "store", "verify", "--json").stdout == before


def test_the_feeds_are_listed_before_there_is_a_store(tmp_path: Path):
    told = wardwise("--store", str(tmp_path / "none"), "sources").stdout
    assert "police-street-crime" in told
    assert "no store" in told
    assert not (tmp_path / "none").exists()
