"""Fifty kills at random points: the store verifies each time with the old or the new data, never a mix."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import killing


@pytest.mark.scale
def test_fifty_kills(tmp_path: Path) -> None:
    left = killing.kill_at_random_points(tmp_path, times=50, seed=20)
    print({each: left.count(each) for each in sorted(set(left))})
    assert set(left) == {"old", "new"}  # the kills fell both before and after the decision
