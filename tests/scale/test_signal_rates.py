"""The rates that docs/explanation/signals-and-false-alarms.md tells, drawn again with fewer series."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks import signals

from wardwise.methods import changepoint, spc, trend
from wardwise.methods.spc_rules import WHEELER

pytestmark = pytest.mark.scale


def test_the_latest_month_is_seldom_marked_when_nothing_has_changed():
    y = signals._series(signals.KINDS[2], 2000)
    marked = spc.signals(y, spc.limits(y), WHEELER).any()[:, -1].mean()
    assert 0.008 < marked < 0.03


def test_trend_words_and_new_levels_are_false_about_one_time_in_twenty():
    y = signals._series(signals.KINDS[3], 600)
    assert np.mean(trend.trend(y).p < 0.05) < 0.08
    assert np.mean([bool(changepoint.changes(one)) for one in y[:150]]) < 0.12


def test_a_count_that_varies_widely_is_judged_by_its_own_variation():
    later = np.r_[np.zeros(36), np.ones(12)]
    y = signals._series(signals.KINDS[5], 200)
    assert signals._exact(y) > 0.5
    assert signals._own(y, later) < 0.15
