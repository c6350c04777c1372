"""wardwise ask: one question on its own, and the files and scripts an analyst takes away."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from wardwise.charts.render import svg
from wardwise.cli import main
from wardwise.disclosure import Audience
from wardwise.products import single
from wardwise.records.periods import Period
from wardwise.sources import import_files
from wardwise.store import Store

if not any(command.name == "ask" for command in main.app.registered_commands):
    main._register()

ROOT = Path(__file__).resolve().parents[2]
SALTPOOL = ("--area", "Z06000001", "--from", "2016-04", "--to", "2016-08")
NOTEBOOK = ROOT / "docs" / "tutorials" / "analysis-in-a-notebook.ipynb"


def ask(store: Store, *words: str) -> Result:
    return CliRunner().invoke(main.app, ["--store", str(store.folder), "ask", *words], catch_exceptions=False)


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def run(script: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]}
    return subprocess.run([sys.executable, str(script), *words], capture_output=True, text=True, env=kept, check=False)


@pytest.fixture(scope="module")
def taken(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The control chart of all crime, with every file."""
    folder = tmp_path_factory.mktemp("taken")
    given = ("--with", "measure=all-crime", "--with", "months=30", "--chart", "control_chart", "--out", str(folder))
    assert ask(store, "control-chart", *SALTPOOL, *given).exit_code == 0
    return folder


def test_the_answer_is_told_in_words_and_a_table(store: Store):
    shown = ask(store, "control-chart", *SALTPOOL, "--with", "measure=all-crime").stdout
    assert "All crime" in shown or "all crime" in shown
    assert "usual range" in shown
    assert "August 2016" in shown


def test_a_products_block_is_asked_by_its_name(store: Store):
    told = json.loads(ask(store, "strategic-assessment/crime-lines", *SALTPOOL, "--format", "json").stdout)
    assert told["question"] == "lines"
    assert told["options"]["years"] == 3
    assert told["rows"]


def test_every_file_holds_the_same_numbers(taken: Path):
    rows = table(taken / "control-chart.points.csv")
    parquet = pq.read_table(taken / "control-chart.points.parquet")
    assert [int(row["value"]) for row in rows] == [int(value) for value in parquet["value"].to_pylist()]
    assert json.loads(parquet.schema.metadata[b"wardwise"])["versions"]
    book = load_workbook(taken / "control-chart.xlsx")
    assert book.sheetnames == ["Notes", "points"]
    assert [row[1].value for row in list(book["points"])[1:]] == [int(row["value"]) for row in rows]
    assert book["points"].freeze_panes == "A2"


def test_the_picture_is_there_twice(taken: Path):
    assert (taken / "control-chart.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (taken / "control-chart.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_on_its_own_has_room_for_its_title(store: Store):
    """The title stands above the plot and does not squeeze it, on a chart and on a map."""
    months = Period("2015-09", "2016-08")
    for question, given, chart in (
        ("control-chart", {"measure": "all-crime", "months": 30}, "control_chart"),
        ("wards", {"measure": "crime-rate"}, "map"),
    ):
        wanted = single.Wanted(question, "Z06000001", months, Audience.ANALYST, date(2016, 10, 27), given, chart)
        drawn = single.ask(store, wanted).chart
        assert drawn is not None
        plain, titled = (svg(drawn, titled=with_title) for with_title in (False, True))
        heights = [float(re.search(r'height="([0-9.]+)"', each)[1]) for each in (plain, titled)]  # type: ignore[index]
        assert heights[1] >= heights[0] + 40
        assert "role-title" in titled and "role-title" not in plain.replace("role-axis-title", "")


def test_the_script_finds_the_same_numbers_and_notices_others(taken: Path, store: Store, tmp_path: Path):
    script = taken / "control-chart.py"
    again = run(script, str(store.folder))
    assert again.returncode == 0, again.stderr
    assert "The same numbers" in again.stdout
    other = tmp_path / "other.py"
    other.write_text(script.read_text(encoding="utf-8").replace("'months': 30", "'months': 29"), encoding="utf-8")
    assert "DIFFER" in run(other, str(store.folder)).stdout


def test_a_figures_script_finds_the_same_count(store: Store, taken: Path, tmp_path: Path):
    rows = table(taken / "control-chart.points.csv")
    script = tmp_path / "figure.py"
    words = ["--store", str(store.folder), "explain", rows[-1]["id"], "--script", str(script)]
    assert CliRunner().invoke(main.app, words, catch_exceptions=False).exit_code == 0
    again = run(script, str(store.folder))
    assert again.returncode == 0, again.stderr
    assert f"count {rows[-1]['value']}" in again.stdout
    assert "SELECT" in script.read_text(encoding="utf-8")


def test_hidden_cells_are_hidden_in_every_file_and_enter_the_register(files: Path, tmp_path: Path):
    own = Store.open(tmp_path / "own", create=True)
    import_files(own, [files])
    given = ("--with", "measure=hate-incidents", "--with", "by=subcategory", "--audience", "public")
    folder = tmp_path / "out"
    done = ask(own, "breakdown", *SALTPOOL, *given, "--out", str(folder), "--format", "csv")
    assert done.exit_code == 0
    table = next(folder.glob("breakdown.*.csv")).read_text(encoding="utf-8")
    assert "[c]" in table
    parquet = pq.read_table(next(folder.glob("*.parquet")))
    marks = [name for name in parquet.column_names if name.endswith("_mark")]
    assert any("[c]" in parquet[name].to_pylist() for name in marks)
    assert (own.folder / "released.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("no-such-question",), "no question called"),
        (("strategic-assessment/no-such-block",), "has no block called"),
        (("control-chart", "--with", "measure"), "is not an option"),
        (("control-chart", "--with", "measure=all-crime", "--chart", "pie"), "no chart called"),
        (("control-chart", "--with", "measure=all-crime", "--format", "pdf"), "no format"),
        (("control-chart", "--with", "measure=all-crime", "--audience", "press"), "not an audience"),
        (("control-chart",), "needs the option"),
    ],
)
def test_what_cannot_be_asked_is_told(store: Store, words: tuple[str, ...], told: str):
    with pytest.raises(Exception, match=told) as error:
        ask(store, *words, *SALTPOOL)
    assert getattr(error.value, "next_step", "")


def test_every_cell_of_the_notebook_runs(store: Store):
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    named = {'Path("work")': f"Path({str(store.folder)!r})", "E06000009": "Z06000001", "2022-10": "2016-08"}
    for old, new in named.items():
        assert old in code[0]
        code[0] = code[0].replace(old, new)
    known: dict[str, object] = {}
    for number, text in enumerate(code):
        exec(compile(text, f"cell {number + 1}", "exec"), known)
    assert known["answer"].chart is not None  # type: ignore[attr-defined]
