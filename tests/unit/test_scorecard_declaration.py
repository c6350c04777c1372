"""The scorecard's declaration holds together, or says in words why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from wardwise import measures
from wardwise.definitions import find
from wardwise.definitions.find import DefinitionError
from wardwise.definitions.scorecard import FACTS, scorecard
from wardwise.products.pictures import pictures
from wardwise.products.questions import QUESTIONS

PLAIN = {"figure": "held", "signal": "none", "target": "none", "capable": "unknown"}


def told(**changes: Any) -> dict[str, Any]:
    shipped = next(path for path in find.files("scorecard") if path.stem == "standard")
    return find.read(shipped) | changes


def test_the_shipped_one_asks_questions_that_there_are():
    declared = scorecard()
    asked = (*declared.asks, *declared.whole)
    assert {one.ask for one in asked} <= set(QUESTIONS)
    assert {one.chart for one in asked if one.chart} <= set(pictures(None))  # type: ignore[arg-type]
    for one in asked:
        for measure in (*one.other, *one.other.values()):
            assert measures.load(measure).measure == measure


def test_every_standing_can_come_about():
    declared = scorecard()
    found = {
        declared.standing(dict(zip(FACTS, facts, strict=True))).standing
        for facts in [
            (figure, signal, target, capable)
            for figure in sorted(FACTS["figure"])
            for signal in sorted(FACTS["signal"])
            for target in sorted(FACTS["target"])
            for capable in sorted(FACTS["capable"])
        ]
    }
    assert found == {one.standing for one in declared.standings}
    assert declared.standing(PLAIN).standing == "usual"
    failing = {one.standing for one in declared.standings if one.fails}
    assert failing == {standing for rule in declared.recovery for standing in rule.when}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"standings": [{"standing": "a", "when": {"mood": ["good"]}, "tag": "A", "colour": "red", "words": "A"}]},
            "mood",
        ),
        (
            {"standings": [{"standing": "a", "when": {"signal": ["loud"]}, "tag": "A", "colour": "red", "words": "A"}]},
            "loud",
        ),
        (
            {"standings": [{"standing": "a", "when": {"signal": ["none"]}, "tag": "A", "colour": "red", "words": "A"}]},
            "the last standing must hold",
        ),
        (
            {"recovery": [{"rule": "r", "when": ["gone"], "words": "R", "exit": {"target": "met"}, "exit_words": "R"}]},
            "gone",
        ),
        (
            {"recovery": [{"rule": "r", "when": ["worse"], "words": "R", "exit": {}, "exit_words": "R"}]},
            "an exit test asks",
        ),
        ({"asks": [{"name": "a", "title": "A", "ask": "wards"}] * 2}, "declared twice"),
    ],
)
def test_what_does_not_hold_together_is_said(tmp_path: Path, changes: dict[str, Any], words: str):
    (tmp_path / "scorecard").mkdir()
    (tmp_path / "scorecard" / "standard.yaml").write_text(yaml.safe_dump(told(**changes)), encoding="utf-8")
    with pytest.raises(DefinitionError) as wrong:
        scorecard("standard", tmp_path)
    assert words in str(wrong.value)


def test_one_that_there_is_not():
    with pytest.raises(DefinitionError, match="no scorecard called “golden”"):
        scorecard("golden")
