"""What should come first in the synthetic partnership, what was judged, and what is said where too little is known."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wardwise.analysis import criteria, priorities
from wardwise.cli import main
from wardwise.definitions.find import SHIPPED, DefinitionError
from wardwise.definitions.priorities import Judgement, load
from wardwise.products.judgements import record
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings
from wardwise.records.periods import Period
from wardwise.store import Store

AREA, YEAR = "Z06000001", Period("2015-09", "2016-08")

if not any(command.name == "judge" for command in main.app.registered_commands):
    main._register()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Definitions of a partnership that has recorded the demo's judgements."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "priorities").mkdir()
    shutil.copy(SHIPPED / "demo" / "judgements.yaml", folder / "priorities" / "judgements.yaml")
    return folder


@pytest.fixture(scope="module")
def found(store: Store, own: Path) -> Findings:
    return priorities.choose(store.at(), AREA, YEAR, own)


def test_every_matter_that_is_counted_has_a_place(found: Findings):
    rows = found.tables["ranking"].rows
    assert [row["rank"] for row in rows] == sorted(row["rank"] for row in rows)  # type: ignore[type-var]
    assert {"Violence", "Domestic abuse", "Anti-social behaviour"} <= {row["label"] for row in rows}
    assert sum(row["first"] for row in rows) == pytest.approx(100)  # type: ignore[misc]


def test_every_judgement_used_stands_with_its_author(found: Findings):
    rows = found.tables["judgements"].rows
    assert {"label": "Domestic abuse", "score": 4, "by": "Council solicitor"}.items() <= rows[-1].items() or any(
        row["by"] == "Council solicitor" for row in rows
    )
    assert all(row["reason"] and row["day"] for row in rows)


def test_what_is_not_known_is_said(store: Store):
    without = priorities.choose(store.at(), AREA, YEAR)
    assert any(
        "Nothing is known or recorded on" in caveat and "what partner organisations say" in caveat
        for caveat in without.caveats
    )
    assert without.tables["judgements"].rows == ()


def test_a_later_judgement_takes_the_place_of_an_earlier(store: Store, own: Path, tmp_path: Path):
    shutil.copytree(own / "priorities", tmp_path / "priorities")
    later = Judgement(issue="asb", criterion="public", score=0, by="Chair", day=date(2016, 7, 1), reason="Asked again.")
    record(tmp_path, later)
    rows = priorities.choose(store.at(), AREA, YEAR, tmp_path).tables["judgements"].rows
    asked = [
        row for row in rows if row["label"] == "Anti-social behaviour" and "live and work" in str(row["criterion"])
    ]
    assert [row["score"] for row in asked] == [0]
    assert len(load(tmp_path)[1]) == 10


def test_a_rise_that_chance_often_gives_counts_as_no_change():
    spans = priorities.Spans(YEAR.year_before(), YEAR)
    assert criteria._trend(criteria.Pair("Rape", 14, 17), spans) == 0
    assert criteria._trend(criteria.Pair("Violence", 4000, 4400), spans) == 10
    assert criteria._trend(criteria.Pair("New", 0, 40), spans) is None


def test_the_command_records_and_refuses(store: Store, tmp_path: Path):
    place = tmp_path / "s"
    Store.open(place, create=True)
    words = [
        "--store",
        str(place),
        "judge",
        "asb",
        "public",
        "3",
        "--by",
        "Chair of the partnership",
        "--reason",
        "Consultation.",
    ]
    assert CliRunner().invoke(main.app, words, catch_exceptions=False).exit_code == 0
    assert load(place / "definitions")[1][0].by == "Chair of the partnership"
    for wrong, told in (("volume", "not a criterion that is judged"), ("nothing", "not a criterion")):
        words[4] = wrong
        with pytest.raises(DefinitionError, match=told):
            CliRunner().invoke(main.app, words, catch_exceptions=False)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: burglary", "name: violence", "stands twice"),
        ("issues: [burglary, shoplifting, vehicle-crime, violence]", "issues: [nothing]", "which there is not"),
        ("from: volume", "from: feeling", "criteria"),
    ],
)
def test_a_broken_choice_is_told(tmp_path: Path, old: str, new: str, told: str):
    (tmp_path / "priorities").mkdir()
    text = (SHIPPED / "priorities" / "issues.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "priorities" / "issues.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError, match=told):
        load(tmp_path)


def test_weights_that_are_all_nought_are_told(tmp_path: Path):
    (tmp_path / "priorities").mkdir()
    text = (SHIPPED / "priorities" / "issues.yaml").read_text(encoding="utf-8")
    for weight in (25, 15, 10, 5):
        text = text.replace(f"weight: {weight},", "weight: 0,")
    (tmp_path / "priorities" / "issues.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match="all nought"):
        load(tmp_path)


def test_an_area_where_nothing_is_counted_has_no_order(store: Store):
    with pytest.raises(WardwiseError, match="no order to give"):
        priorities.choose(store.at(), AREA, Period("2010-01", "2010-12"))
