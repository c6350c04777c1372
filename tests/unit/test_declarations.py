"""Declarations are checked when they are loaded: a wrong one is refused with its file, the place and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from wardwise.records.errors import WardwiseError
from wardwise.sources import declarations

GOOD: dict[str, Any] = {
    "source": "council-asb",
    "title": "ASB reported to the council",
    "owner": "the council",
    "table": "incidents",
    "recognise": {"columns": ["Ref", "Opened"]},
    "supplier": {"constant": "blackpool-council"},
    "columns": {
        "month": {"from": "Opened"},
        "service": {"constant": "council"},
        "category": {"constant": "anti-social behaviour"},
    },
}


def written(tmp_path: Path, **changes: Any) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir(exist_ok=True)
    path = folder / "council-asb.yaml"
    path.write_text(yaml.safe_dump({**GOOD, **changes}), encoding="utf-8")
    return path


def test_every_shipped_declaration_loads_and_names_are_unique() -> None:
    names = [source.source for source in declarations.every()]
    assert "police-street-crime" in names
    assert len(names) == len(set(names))


def test_a_partnerships_own_folder_is_read_first(tmp_path: Path) -> None:
    written(tmp_path)
    assert "council-asb" in [source.source for source in declarations.every(own=tmp_path)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"table": "crimes"}, "no table called crimes"),
        ({"columns": {"month": {"from": "Opened"}}}, "nothing is said about service, category"),
        ({"columns": {**GOOD["columns"], "colour": {"from": "Ref"}}}, "no column colour"),
        ({"columns": {**GOOD["columns"], "incident_ref": {}}}, "exactly one of"),
        ({"columns": {**GOOD["columns"], "incident_ref": {"cell": True}}}, "belong with unpivot"),
        ({"recognise": {}}, "at least one column"),
        ({"supplier": {"file": "[a-z]+"}}, "needs a group"),
        ({"supplier": {"file": "(?P<value>["}}, "not a regular expression"),
        ({"colour": "red"}, "Extra inputs"),
        (
            {
                "unbroken": True,
                "table": "casualties",
                "columns": {n: {"from": n} for n in ("year", "collision_ref", "severity")},
            },
            "unbroken is about months",
        ),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_file(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(WardwiseError, match=message) as caught:
        declarations.load(written(tmp_path, **changes))
    assert caught.value.where.startswith("council-asb.yaml")
    assert caught.value.next_step


def test_the_fingerprint_follows_the_mapping_and_not_the_title(tmp_path: Path) -> None:
    first = declarations.load(written(tmp_path)).reading
    assert declarations.load(written(tmp_path, title="Another title")).reading == first
    assert declarations.load(written(tmp_path, supplier={"constant": "burnley-council"})).reading != first
