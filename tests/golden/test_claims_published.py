"""The claim checker on the five published documents, against what a careful reader doubts in them (labelled by hand)."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.claims import LABELS, Score, score

from wardwise.claims import Level, check_file
from wardwise.definitions.find import read

LABELLED = read(LABELS)


@pytest.fixture(scope="module")
def scored(shared: Path) -> Score:
    return score(shared / "seeds")


@pytest.mark.parametrize(
    "case", ["G-06", "G-07", "G-11e", "G-15e", "G-17", "G-19", "G-20", "G-23a", "G-23d", "G-29", "G-33", "G-34"]
)
def test_it_finds_what_the_golden_cases_call_inconsistent(scored: Score, case: str):
    wanted = {
        (name, label["place"], label["check"])
        for name, labels in LABELLED.items()
        for label in labels
        if label["case"] == case and label["doubt"]
    }
    assert wanted
    assert wanted <= scored.found


def test_it_accuses_nothing_that_the_golden_cases_mark_right(scored: Score):
    assert scored.found & scored.unwanted == set()


def test_it_doubts_little_that_a_careful_reader_does_not_and_misses_little(
    scored: Score, capsys: pytest.CaptureFixture[str]
):
    with capsys.disabled():
        print(f"\nclaim checker: precision {scored.precision:.0%}, recall {scored.recall:.0%}")
    assert scored.precision >= 0.95
    assert scored.recall >= 0.9


def test_only_impossible_numbers_are_called_wrong(shared: Path):
    wrong = {
        (path.name[:3], doubt.place, doubt.check)
        for path in sorted((shared / "seeds").glob("*.txt"))
        for doubt in check_file(path)
        if doubt.level is Level.WRONG
    }
    assert wrong == {
        ("000", "line 120", "two-values"),
        ("000", "table at line 124", "sum"),
        ("001", "paragraph 6.1.10", "possible"),
    }


def test_no_name_is_repeated(shared: Path):
    for path in (shared / "seeds").glob("*.txt"):
        for doubt in check_file(path):
            if doubt.check == "named-person":
                assert "Rajpura" not in f"{doubt.says}{doubt.why}{doubt.ask}"
                assert doubt.says == ""
