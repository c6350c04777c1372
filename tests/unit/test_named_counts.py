"""Counts that are no figures get a name in the register, so that hidden ones stay hidden and none goes out unseen."""

from __future__ import annotations

from wardwise.disclosure import Audience, release
from wardwise.products.definition import Block
from wardwise.products.named_counts import named
from wardwise.records.cells import MISSING, SUPPRESSED
from wardwise.records.figures import Key, alone
from wardwise.records.findings import Column, Findings, Role, Table
from wardwise.records.periods import Period

YEAR, NEXT = Period("2025-04", "2026-03"), Period("2025-04", "2026-04")
COLUMNS = (
    Column("label", Role.LABEL, "Place"),
    Column("hit", Role.COUNT, "Places hit"),
    Column("again", Role.COUNT, "Repeats"),
)


def findings(*rows: tuple[str, int, int]) -> Findings:
    cells = tuple(dict(zip(("label", "hit", "again"), row, strict=True)) for row in rows)
    return Findings("repeats", "Repeats", {"all": Table("all", "All", COLUMNS, cells)})


def asked(*rows: tuple[str, int, int], period: Period = YEAR, **options: str) -> Findings:
    return named(
        findings(*rows), Block.model_validate({"ask": "repeat-places", "name": "r", "with": options}), "W01", period
    )


def keys(found: Findings) -> list[str]:
    return [entry.key for entry in release([found], Audience.PUBLIC).entries]


def test_each_count_gets_a_name_of_its_own_and_nothing_is_left_unnamed():
    found = asked(("All", 40, 9), ("All", 30, 8))
    assert len(set(keys(found))) == 4
    assert all(Key.of(key).period == YEAR and alone(key) for key in keys(found))
    log = release([found], Audience.PUBLIC).log
    assert not any("without a figure's id" in line for line in log)
    assert "Risk left: 4 counts of no figure, set against earlier products of the same months only." in log


def test_the_name_tells_the_options_and_the_months_apart():
    one = keys(asked(("All", 40, 9), measure="burglary"))
    assert not set(one) & set(keys(asked(("All", 40, 9), measure="robbery")))
    assert not set(one) & set(keys(asked(("All", 40, 9), measure="burglary", period=NEXT)))
    assert one == keys(asked(("All", 40, 9), measure="burglary"))


def test_what_was_hidden_stays_hidden_when_it_is_asked_again():
    before = release([asked(("All", 40, 3))], Audience.PUBLIC).entries
    again = release([asked(("All", 40, 6))], Audience.PUBLIC, before).findings["repeats"].table().rows
    assert again[0]["again"] is SUPPRESSED, "revised since, and still not shown beside what it guarded"


def test_longer_months_of_it_are_not_subtracted():
    before = release([asked(("All", 40, 9))], Audience.PUBLIC).entries
    later = release([asked(("All", 41, 10), period=NEXT)], Audience.PUBLIC, before).findings["repeats"].table().rows
    assert later[0] == {"label": "All", "hit": 41, "again": 10}


def test_a_table_whose_counts_all_have_names_is_left_as_it_is():
    figure = Column("id", Role.FIGURE, "Figure", of=("hit", "again"))
    rows = ({"label": "All", "hit": 9, "again": MISSING, "id": "burglary~W01~2025-04@a1"},)
    made = Findings("f", "F", {"all": Table("all", "All", (*COLUMNS, figure), rows)})
    assert named(made, Block(ask="repeat-places", name="r"), "W01", YEAR) == made
