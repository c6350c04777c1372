"""Short names of suppliers, as they are said."""

import pytest

from wardwise.records.suppliers import in_words


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("ministry-of-justice", "Ministry of Justice"),
        ("blackpool-women-s-centre", "Blackpool Women's Centre"),
        ("saltshire-synthetic-fire-and-rescue-service", "Saltshire Synthetic Fire and Rescue Service"),
        ("blackpool-teaching-hospitals-nhs-foundation-trust", "Blackpool Teaching Hospitals NHS Foundation Trust"),
        ("ons", "ONS"),
    ],
)
def test_a_short_name_in_words(short: str, said: str):
    assert in_words(short) == said
