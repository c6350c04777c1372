"""The simulations give the tables that the pages show. A minute of drawing, so it runs with the long ones."""

from __future__ import annotations

import pytest
from tools import simulate, simulate_samples

ALL = simulate.PARTS | simulate_samples.PARTS


@pytest.mark.scale
@pytest.mark.parametrize("name", sorted(ALL))
def test_the_pages_show_what_the_simulations_give(name: str) -> None:
    page, parts = ALL[name]
    text = (simulate.PAGES / page).read_text(encoding="utf-8")
    for part, make in parts.items():
        assert simulate.filled(text, part, make()) == text, part
