"""The page that says which question, chart and product each method is reached by is true, and leaves out none of them."""

from __future__ import annotations

import re
from pathlib import Path

from wardwise.definitions.find import files
from wardwise.products import load
from wardwise.products.questions import QUESTIONS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/reference/what-answers-what.md").read_text(encoding="utf-8")
METHODS = {path.stem for path in (ROOT / "src/wardwise/methods").glob("*.py")} - {"__init__"}
BLOCKS = {f"{path.stem}/{block.name}": block for path in files("products") for block in load(path.stem).blocks()}


def _rows(heading: str, columns: int) -> list[list[str]]:
    """The cells of the table under a heading; of the first table where it is empty."""
    part = PAGE.split(f"## {heading}")[1].split("## ")[0] if heading else PAGE.split("## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert rows and all(len(row) == columns for row in rows)
    return rows


def _names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


REACHED = _rows("", 6)


def test_each_row_is_true() -> None:
    for _, what, methods, question, chart, section in REACHED:
        assert _names(methods) and set(_names(methods)) <= METHODS, what
        [asked], [place] = _names(question), _names(section)
        assert BLOCKS[place].ask == asked, what
        drawn = {BLOCKS[place].chart, *BLOCKS[place].more_charts}
        assert set(_names(chart)) <= drawn, what


def test_no_method_and_no_question_is_left_out() -> None:
    asked = {name for row in REACHED for name in _names(row[3])}
    stated = {name for row in _rows("Questions that state facts", 2) for name in _names(row[0])}
    assert asked | stated == set(QUESTIONS)
    elsewhere = {name for row in _rows("What is reached in another way", 3) for name in _names(row[1])}
    assert {name for row in REACHED for name in _names(row[2])} | elsewhere == METHODS


def test_every_chart_is_in_some_product() -> None:
    from wardwise.products.pictures import pictures

    drawn = {chart for block in BLOCKS.values() for chart in (block.chart, *block.more_charts) if chart}
    assert drawn <= set(pictures(None))  # type: ignore[arg-type]
