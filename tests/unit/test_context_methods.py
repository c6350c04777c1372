"""Parts against their whole, and releases against words: published slips are found, rounding is not called one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wardwise.disclosure import Audience, release
from wardwise.methods import checksum
from wardwise.products import editions
from wardwise.records.findings import Column, Findings, Role, Table


def exact(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_the_published_table_of_benefits_does_not_add_up() -> None:
    """G-33: Blackpool's Community Safety Plan 2016-19, table 2, August 2014: groups of 21,680 against a total of 20,310."""
    groups = exact("4800", "10670", "1720", "2070", "630", "1600", "190")
    found = checksum.parts(Decimal(20310), groups)
    assert (found.sum, found.difference, found.agrees) == (21680, 1370, False)
    out_of_work = checksum.parts(Decimal(16390), exact("4800", "10670", "1720", "630"))
    assert (out_of_work.sum, out_of_work.difference, out_of_work.agrees) == (17820, 1430, False)


@pytest.mark.parametrize("ages", [("21", "9", "45", "26"), ("21", "9", "47", "23")])
def test_shares_that_miss_a_hundred_by_rounding_agree(ages: tuple[str, ...]) -> None:
    """G-32: the same plan's table 1: ages of 21, 9, 45 and 26 percent make 101, as rounding may."""
    assert checksum.parts(Decimal(100), exact(*ages)).agrees


def test_tenure_leaves_out_more_than_rounding() -> None:
    """G-32: 62, 11 and 26 make 99, within half a percent each; 62, 11 and 21 do not."""
    assert checksum.parts(Decimal(100), exact("62", "11", "26")).agrees
    assert not checksum.parts(Decimal(100), exact("62", "11", "21")).agrees


def test_the_step_is_that_of_the_finest_value() -> None:
    assert checksum.step(exact("64.9", "72")) == Decimal("0.1")
    assert checksum.step(exact("20310", "4800")) == Decimal(10)
    assert checksum.step(exact("20000", "4000")) == Decimal(10)
    assert checksum.step(exact("0", "0")) == Decimal(1)


def test_too_little_to_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="two parts"):
        checksum.parts(Decimal(1), [Decimal(1)])
    with pytest.raises(ValueError, match="nothing"):
        checksum.step([])


def of_editions(*used: str) -> Findings:
    columns = (Column("label", Role.LABEL, "Measure"), Column("edition", Role.NOTE, "Release"))
    rows = tuple({"label": f"row {i}", "edition": f"Edition {edition}."} for i, edition in enumerate(used))
    return Findings("deprivation", "Deprivation", {"deprivation": Table("deprivation", "Deprivation", columns, rows)})


def flagged(texts: list[str], *used: str) -> str:
    passed = release([of_editions(*used)], Audience.ANALYST, [], product="p", released=date(2026, 1, 1).isoformat())
    return editions.mismatch(texts, passed.findings)


def test_words_of_one_release_over_figures_of_another_are_flagged() -> None:
    """A-085: a plan whose text quotes the Indices of 2015 under a map of those of 2010."""
    said = flagged(["On the Indices of Multiple Deprivation 2015 the town stands first."], "2010")
    assert "name the Indices of Deprivation 2015, and the figures are of 2010" in said
    assert flagged(["IMD 2019 is used; see the Indices of Deprivation (2019)."], "2019") == ""
    assert flagged(["In 2015 the town changed."], "2019") == ""
    assert flagged(["The IoD 2015."]) == ""


def test_figures_of_two_releases_are_flagged() -> None:
    assert "2015 and 2019" in flagged([], "2019", "2015")
