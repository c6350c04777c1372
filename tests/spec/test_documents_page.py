"""The example on the documents page runs, and says what the page says it does."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.factories.released import hate, points
from wardwise.disclosure.release import release
from wardwise.disclosure.released import Audience

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "documents.md"


def test_the_example_writes_three_files(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", text, re.S)
    assert found is not None
    made = release([points(), hate()], Audience.PUBLIC)
    names: dict[str, Any] = {"release": SimpleNamespace(findings=made.findings), "folder": tmp_path}
    exec(found[1], names)  # our own page, read from the repository
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".html", ".pdf"]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "6.0.1" in page
    assert "Recorded domestic abuse was 814 in August 2016." in page


def test_every_block_is_on_the_page() -> None:
    from wardwise.reports import document

    text = PAGE.read_text(encoding="utf-8")
    blocks = [kind.__name__ for kind in document.Block.__args__]
    assert [name for name in blocks if f"`{name}(" not in text] == []


def test_every_chart_named_on_the_page_is_there() -> None:
    import importlib

    named = re.findall(r"`charts\.(\w+)\.(\w+)\(", PAGE.read_text(encoding="utf-8"))
    assert len(named) >= 7
    for module, function in named:
        assert callable(getattr(importlib.import_module(f"wardwise.charts.{module}"), function))
