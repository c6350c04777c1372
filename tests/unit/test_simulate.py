"""The tool that fills the pages of simulations: it replaces what stands between its markers and leaves the words alone."""

from __future__ import annotations

import pytest
from tools import simulate


def test_what_stands_between_the_markers_is_replaced() -> None:
    page = "Words.\n<!-- one -->\nold\n<!-- end one -->\nMore.\n"
    assert simulate.filled(page, "one", "new") == "Words.\n<!-- one -->\nnew\n<!-- end one -->\nMore.\n"
    assert simulate.filled(simulate.filled(page, "one", "a"), "one", "new").count("new") == 1
    with pytest.raises(ValueError, match="not found"):
        simulate.filled(page, "two", "new")


def test_every_table_has_its_place_on_its_page() -> None:
    for page, parts in simulate.PARTS.values():
        text = (simulate.PAGES / page).read_text(encoding="utf-8")
        for name in parts:
            inside = text.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- end {name} -->")[0]
            assert inside.startswith("| ") and inside.count("\n") > 3, name
