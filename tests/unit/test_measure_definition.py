"""What a wrong definition is told: the file, what is wrong, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.factories.measures import GOOD
from wardwise.definitions.find import DefinitionError
from wardwise.measures.catalogue import load, offence_list, read_measure
from wardwise.measures.definition import Measure
from wardwise.records.periods import Period


def written(folder: Path, **changes: object) -> Path:
    path = folder / "one.yaml"
    path.write_text(yaml.safe_dump({**GOOD, **changes}), encoding="utf-8")
    return path


def counting(**where: object) -> dict[str, object]:
    return {"records": "offences", "of": "offences", "where": where}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"count": {"records": "crimes", "of": "offences"}}, "there is no table called “crimes”"),
        ({"count": counting(colour="red")}, "offences has no column “colour”"),
        ({"count": counting(offence_group=[])}, "the list for “offence_group” is empty"),
        ({"count": counting(victim_sex="man")}, "“victim_sex” is never “man”"),
        ({"count": counting(domestic="yes")}, "“domestic” holds a flag"),
        ({"count": counting(victim_age=True)}, "“victim_age” holds a integer"),
        ({"count": counting(month="2022-13")}, "“month” holds a month"),
        ({"count": counting(reported_date="soon")}, "“reported_date” holds a date"),
        ({"count": counting(victim_age={"at least": 3})}, "“victim_age” may be a value, a list"),
        ({"count": counting(offence_list="no-such-list")}, "There is no offence list called “no-such-list”"),
        ({"count": counting(offence_list=[])}, "offence_list must name at least one list"),
        ({"count": counting(months_between={"first": "occurred_to"})}, "months_between needs first, last"),
        (
            {"count": counting(months_between={"first": "offence", "last": "reported_date", "more_than": 12})},
            "months_between compares dates",
        ),
        (
            {"count": counting(months_between={"first": "occurred_to", "last": "reported_date", "more_than": "x"})},
            "whole number of months",
        ),
        ({"count": {**counting(), "sum": "offence"}}, "“offence” is not a number"),
        (
            {"count": {**counting(), "sum": "victim_age", "distinct": "offence"}},
            "only one of sum, distinct and weights",
        ),
        ({"count": {"records": "service_returns", "of": "cases"}}, "add “sum: count”"),
        ({"base": {"records": "population", "of": "residents"}}, "base and per go together"),
        ({"by": ["area", "reported_date"]}, "cannot be split by “reported_date”"),
        ({"by": ["offence_ref"]}, "cannot be split by “offence_ref”"),
        ({"better": "up"}, "better: Input should be"),
        ({"colour": "red"}, "colour: this setting does not exist"),
        ({"lists": {"a": ["b"]}}, "lists: this setting does not exist"),
        ({"serves": []}, "serves:"),
        ({"example": {"crimes": [], "expect": []}}, "there is no table called “crimes”"),
        (
            {"base": counting(domestic=True), "per": 100},
            "what is counted must be part of what it is a share of",
        ),
        ({"measure": "two"}, "The file is called one and the measure in it two"),
    ],
)
def test_a_wrong_definition_names_the_file_and_the_fault(tmp_path: Path, changes: dict[str, object], said: str):
    with pytest.raises(DefinitionError) as caught:
        read_measure(written(tmp_path, **changes))
    assert said in caught.value.what
    assert caught.value.where == "one.yaml"
    assert caught.value.next_step


def test_a_missing_setting_is_named(tmp_path: Path):
    path = tmp_path / "one.yaml"
    path.write_text(yaml.safe_dump({name: value for name, value in GOOD.items() if name != "owner"}), encoding="utf-8")
    with pytest.raises(DefinitionError, match="owner: this setting is missing"):
        read_measure(path)


def test_a_measure_that_does_not_exist_says_how_to_list_them():
    with pytest.raises(DefinitionError, match="wardwise measures"):
        load("no-such-measure")


def test_offence_lists_are_read_and_an_empty_one_is_refused(tmp_path: Path):
    folder = tmp_path / "offences"
    folder.mkdir()
    (folder / "knives.yaml").write_text("codes: [8N, {code: 10D, label: Possession}]", encoding="utf-8")
    (folder / "none.yaml").write_text("codes: []", encoding="utf-8")
    assert offence_list("knives", tmp_path) == ("8N", "10D")
    with pytest.raises(DefinitionError, match="empty"):
        offence_list("none", tmp_path)


def test_units_are_in_words():
    people = {"records": "population", "of": "residents"}
    assert Measure.model_validate(GOOD).unit == "offences"
    assert Measure.model_validate({**GOOD, "base": people, "per": 1000}).unit == "offences per 1,000 residents"
    share = {**GOOD, "base": {"records": "offences", "of": "all offences"}, "per": 100}
    assert Measure.model_validate(share).unit == "% of all offences"
    assert Measure.model_validate(share).is_share


def test_the_fingerprint_follows_the_content_and_not_the_layout(tmp_path: Path):
    first = read_measure(written(tmp_path)).version
    path = tmp_path / "one.yaml"
    path.write_text("# a note\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_measure(path).version == first
    assert read_measure(written(tmp_path, why="Another reason.")).version != first


def test_a_caveat_with_dates_is_said_only_of_periods_it_touches() -> None:
    dated = [{"until": "2013-12", "text": "Until 2013."}, {"from": "2014-11", "text": "Since the inspection."}]
    made = Measure.model_validate({**GOOD, "caveats": ["Always."], "dated_caveats": dated})
    assert made.caveats_for(Period("2013-12", "2014-01")) == ("Always.", "Until 2013.")
    assert made.caveats_for(Period("2014-01", "2014-10")) == ("Always.",)
    assert made.caveats_for(Period("2013-01", "2020-01")) == made.all_caveats
    assert Measure.model_validate({**GOOD, "caveats": ["Always."]}).version != made.version
