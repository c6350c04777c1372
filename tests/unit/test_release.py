from __future__ import annotations

import dataclasses

import pytest

from wardwise.disclosure import Audience, Released, release
from wardwise.records.cells import MISSING, SUPPRESSED
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Statement, Table


def small() -> Findings:
    columns = (Column("type", Role.LABEL, "Type"), Column("count", Role.COUNT, "Incidents"))
    rows = (
        {"type": "Disability", "count": 8},
        {"type": "Gender identity", "count": 3},
        {"type": "Other", "count": MISSING},
    )
    said = Statement("{n} incidents.", {"n": Ref("types", 1, "count")}, {"n": "count"}, hidden="Too few to say.")
    return Findings("hate", "Hate", {"types": Table("types", "Types", columns, rows)}, (said,), profile="sensitive")


def test_only_the_gate_makes_released_findings():
    with pytest.raises(WardwiseError, match="release gate"):
        Released("hate", "Hate", Audience.PUBLIC, "standard", {})
    released = release([small()], Audience.PUBLIC).findings["hate"]
    with pytest.raises((WardwiseError, ValueError)):
        dataclasses.replace(released, title="Other")


def test_a_hidden_count_is_neither_zero_nor_missing_and_its_sentence_gives_way():
    released = release([small()], Audience.PUBLIC).findings["hate"]
    assert [row["count"] for row in released.table("types").rows] == [8, SUPPRESSED, MISSING]
    assert released.statements[0].text == "Too few to say."
    assert not released.statements[0].cells
    assert not released.shows(Ref("types", 1, "count"))
    assert released.shows(Ref("types", 2, "count"))


def test_the_analyst_sees_everything():
    released = release([small()], Audience.ANALYST).findings["hate"]
    assert [row["count"] for row in released.table().rows] == [8, 3, MISSING]
    assert released.statements[0].cells == {"n": 3}
