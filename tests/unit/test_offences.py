"""The offence taxonomy holds together: every code has a group, spells do not overlap, and categories cover the groups at any month."""

from __future__ import annotations

import csv
import itertools
from collections import defaultdict
from pathlib import Path

import pytest

from wardwise.definitions import offences
from wardwise.definitions.find import DefinitionError

GROUPS = {
    "Violence against the person",
    "Sexual offences",
    "Robbery",
    "Theft offences",
    "Criminal damage and arson",
    "Drug offences",
    "Possession of weapons offences",
    "Public order offences",
    "Miscellaneous crimes against society",
}


def test_every_code_has_one_row_at_any_month() -> None:
    spells = defaultdict(list)
    for row in offences.home_office():
        spells[row.code].append((row.valid_from, row.valid_to or "9999-12"))
    for code, held in spells.items():
        ordered = sorted(held)
        assert all(first[1] < second[0] for first, second in itertools.pairwise(ordered)), code
    assert {row.group for row in offences.home_office()} == GROUPS


def test_a_code_changes_its_subgroup_with_the_rules() -> None:
    found = {month: offences.code_at("8Q", month) for month in ("2013-12", "2016-08", "2022-10")}
    assert found["2013-12"] is None
    assert [row.subgroup for row in found.values() if row] == ["Violence without injury", "Stalking and harassment"]
    assert offences.code_at("28A", "2017-03") and not offences.code_at("28A", "2017-04")


@pytest.mark.parametrize("month", ["2011-10", "2013-04", "2013-05", "2022-10"])
def test_the_categories_hold_every_group_once_at_any_month(month: str) -> None:
    used = [category for category in offences.categories() if category.used(month) and category.crime]
    held = [each for category in used for each in category.holds]
    assert len(held) == len(set(held))
    subgroups = {row.subgroup for row in offences.home_office()} | GROUPS
    assert set(held) <= subgroups
    if month >= "2013-05":
        covered = {row for row in offences.home_office() if {row.group, row.subgroup} & set(held)}
        assert covered == set(offences.home_office())


def test_a_change_of_category_is_told() -> None:
    told = offences.breaks("2013-01", "2014-12")
    assert "“Violence and sexual offences” begins in 2013-05; before, it was part of “Violent crime”." in told
    assert "“Violent crime” ends after 2013-04." in told
    assert offences.breaks("2018-11", "2022-10") == ()


def test_local_headings_map_to_strands() -> None:
    assert len(offences.strands()) == 5
    assert offences.strand_of("homophobic incident ") == ("sexual_orientation",)
    assert offences.strand_of("Gender-Motivated Incident") == ()
    assert offences.strand_of("Something else") is None


def test_a_list_that_is_wrong_says_so(tmp_path: Path) -> None:
    (tmp_path / "offences").mkdir()
    (tmp_path / "offences" / "home-office-codes.csv").write_text("code,words\n1,x\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="other columns"):
        offences.home_office(tmp_path)
    (tmp_path / "offences" / "police-uk-categories.yaml").write_text("categories: [{holds: []}]", encoding="utf-8")
    with pytest.raises(DefinitionError, match="name"):
        offences.categories(tmp_path)


def test_published_codes_agree_with_ours(shared: Path) -> None:
    with (shared / "data/offences/ho_offence_list_from_outcomes.csv").open(encoding="utf-8") as file:
        published = [row for row in csv.DictReader(file) if row["offence_code"] not in ("NA", "20", "28")]
    assert len(published) == 120
    for row in published:
        ours = offences.code_at(row["offence_code"], "2017-12") or offences.code_at(row["offence_code"], "2014-12")
        assert ours is not None and (ours.subgroup, ours.group) == (row["offence_subgroup"], row["offence_group"])
