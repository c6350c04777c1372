"""A supplier's folder name as a reader is told it."""

from __future__ import annotations

import pytest

from wardwise.records.suppliers import in_words


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("lancashire", "Lancashire"),
        ("ministry-of-justice", "Ministry of Justice"),
        ("saltpool-synthetic-women-s-centre", "Saltpool Synthetic Women's Centre"),
        ("the-wish-centre", "The Wish Centre"),
    ],
)
def test_a_short_name_in_words(short: str, said: str) -> None:
    assert in_words(short) == said
