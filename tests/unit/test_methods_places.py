"""Concentration, hours of the week, emerging hotspots, repeats and accuracy: small cases worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from wardwise.methods import aoristic, concentration, emerging
from wardwise.methods.emerging import Pattern
from wardwise.methods.hotspot_accuracy import accuracy, at_random, chosen
from wardwise.methods.repeat_places import repeats


def test_gini_of_two_places_by_hand():
    """One place with 3 and one with 1: the area between the curve and the diagonal is a quarter, so Gini is ¼; unbiased ½."""
    assert concentration.gini([3, 1]) == pytest.approx(0.25)
    assert concentration.gini([3, 1], unbiased=True) == pytest.approx(0.5)


def test_fewer_events_than_places_are_not_called_concentrated():
    """Two events in two of four places are as even as whole events can be."""
    assert concentration.gini([1, 1, 0, 0]) == pytest.approx(0.5)
    assert concentration.generalised_gini([1, 1, 0, 0]) == pytest.approx(0.0)
    assert concentration.generalised_gini([1, 0, 0, 0], unbiased=True) == pytest.approx(0.0)


def test_the_curve_begins_with_the_busiest():
    found = concentration.curve([1, 0, 3, 0])
    assert found.places.tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert found.events.tolist() == [0, 0.75, 1, 1, 1]
    assert concentration.places_for([1, 0, 3, 0]) == 1
    assert concentration.places_for([1, 0, 3, 0], 0.8) == 2


def test_the_busiest_places_of_even_risk_hold_more_than_their_share_by_luck():
    """Twenty places of one risk: the two busiest are picked after looking, so they hold more than a tenth."""
    counts = np.random.default_rng(1).poisson(5, 20)
    found = concentration.top_share(counts, 0.1)
    assert found.places == 2
    assert found.observed > 0.12
    assert found.lower <= 0.15
    even = concentration.top_share([4, 4, 4, 4], 0.25)
    assert (even.underlying, even.lower, even.upper, even.observed) == pytest.approx((0.25,) * 4)
    assert even.by_chance > 0.3
    assert concentration.top_share([9], 1).observed == 1


def test_the_busiest_places_of_uneven_risk_hold_about_their_share_of_it():
    """Ten places that run ten times the risk of ninety others hold a little over half of it, and the limits say so."""
    risk = np.concatenate([np.full(10, 50.0), np.full(90, 5.0)])
    found = concentration.top_share(np.random.default_rng(2).poisson(risk), 0.1)
    assert found.lower < 500 / 950 < found.upper
    assert found.by_chance < 0.2


@pytest.mark.parametrize("counts", [[], [0, 0], [1, -1], [1, float("nan")], [[1, 2]]])
def test_counts_that_make_no_sense_are_refused(counts: list[float]):
    with pytest.raises(ValueError, match="counts"):
        concentration.gini(counts)


def test_a_fraction_of_places_lies_between_nought_and_one():
    with pytest.raises(ValueError, match="fraction"):
        concentration.top_share([1, 2], 0)


def test_a_night_is_shared_out_over_its_hours():
    """From 22:30 to 00:30: half an hour of two in the first hour, a whole one in the second."""
    found = aoristic.weights("2024-01-05T22:30", "2024-01-06T00:30")
    assert found == pytest.approx({(4, 22): 0.25, (4, 23): 0.5, (5, 0): 0.25})


def test_sunday_night_runs_into_monday():
    assert aoristic.weights("2024-01-07T23:00", "2024-01-08T01:00") == pytest.approx({(6, 23): 0.5, (0, 0): 0.5})


def test_one_known_end_places_an_event_and_none_does_not():
    assert aoristic.weights("NaT", "2024-01-01T05:10") == {(0, 5): 1.0}
    with pytest.raises(ValueError, match="any time"):
        aoristic.weights("NaT", None)


def test_a_place_foreseen_well_scores_high():
    """The first of three equal areas has all 4: share 1 over a third of the land; as much as any land that size could catch."""
    found = accuracy([4, 0, 0], [3, 2, 1])
    assert (found.pai[0], found.pei[0], found.rri[0]) == pytest.approx((3.0, 1.0, 0.75))
    assert found.pai[-1] == pytest.approx(1.0)


def test_land_counts_and_what_has_nothing_to_divide_by_is_not_a_number():
    found = accuracy([0, 6], [5, 1], size=[1, 2])
    assert found.order.tolist() == [0, 1]
    assert np.isnan(found.rri[0])
    assert found.pei[0] == 0
    assert found.area.tolist() == pytest.approx([1 / 3, 1])


@pytest.mark.parametrize(("came", "size"), [([0, 0], None), ([1, 2], [0, 1]), ([1], None)])
def test_accuracy_needs_events_land_and_equal_lengths(came: list[int], size: list[int] | None):
    with pytest.raises(ValueError, match=r"length|land"):
        accuracy(came, [1, 2], size)


def test_repeats_by_hand():
    """Three events on two of two places. By chance all three fall on one place once in four, so 1.75 places are hit, and 1.25
    events are beyond the first at their place."""
    found = repeats([2, 1], 2)
    assert (found.events, found.hit, found.repeat_places, found.at_repeat_places, found.again) == (3, 2, 1, 2, 1)
    assert found.expected_again == pytest.approx(1.25)
    assert found.ratio == pytest.approx(0.8)
    assert [step.expected for step in found.steps] == pytest.approx([0.75, 0.75, 0.25, 0, 0])
    assert found.p > 0.05


def test_repeats_far_beyond_chance_are_told():
    found = repeats([30, 20, 10, 1, 1], 1000)
    assert found.p < 0.001
    assert found.ratio > 10
    assert found.steps[-1].places == 3


def test_repeats_where_chance_leaves_nothing_open():
    assert repeats([4], 1).p == 1
    assert np.isnan(repeats([1], 7).ratio)
    assert repeats([1], 7).p == 1


@pytest.mark.parametrize(("counts", "places"), [([], 3), ([0, 1], 3), ([1.5], 3), ([1, 1], 1)])
def test_repeats_that_make_no_sense_are_refused(counts: list[float], places: int):
    with pytest.raises(ValueError, match=r"places|counts"):
        repeats(counts, places)


def test_gi_star_of_a_line_of_three_by_hand():
    """Places 0-1-2 in a line, one month, counts 0 0 3: mean 1, deviation √2. For the last: (3 − 2) / (√2 · √((3·2 − 4) / 2))."""
    near = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    found = emerging.space_time_gi_star([[0], [0], [3]], near)
    assert found[:, 0] == pytest.approx([-2 / np.sqrt(2), 0, 1 / np.sqrt(2)])


def test_gi_star_takes_in_the_month_before():
    found = emerging.space_time_gi_star([[4, 0, 0], [0, 0, 0]], np.zeros((2, 2)))
    assert found[0, 1] > 0 > found[0, 2]


@pytest.mark.parametrize(("counts", "near"), [([[1, 1]], [[0]]), ([1, 2], [[0]]), ([[1, 2]], [[0, 0], [0, 0]])])
def test_gi_star_needs_counts_that_differ(counts: list[list[int]], near: list[list[int]]):
    with pytest.raises(ValueError, match="counts"):
        emerging.space_time_gi_star(counts, near)


def test_mann_kendall_by_hand():
    """1 2 3 4 5 rises ten times of ten: variance 5·4·15 / 18 = 16.67, z = 9 / √16.67 = 2.2045."""
    found = emerging.mann_kendall([[1, 2, 3, 4, 5], [1, 1, 1, 1, 1], [5, 4, 3, 2, 1]])
    assert found.s.tolist() == [10, 0, -10]
    assert found.z.tolist() == pytest.approx([2.20454, 0, -2.20454], abs=1e-5)
    assert found.p.tolist() == pytest.approx([0.02749, 1, 0.02749], abs=1e-5)
    assert emerging.mann_kendall([1, 2]).p.tolist() == [1]


UP, FLAT = list(range(10)), [5] * 10


@pytest.mark.parametrize(
    ("z", "hot", "cold", "pattern"),
    [
        (FLAT, "0000000001", "", Pattern.NEW),
        (FLAT, "0000000011", "", Pattern.CONSECUTIVE),
        (UP, "0111111111", "", Pattern.INTENSIFYING),
        (FLAT, "1111111111", "", Pattern.PERSISTENT),
        (UP[::-1], "1111111111", "", Pattern.DIMINISHING),
        (FLAT, "0110000001", "", Pattern.SPORADIC),
        (FLAT, "0000000001", "1100000000", Pattern.NEW),
        (FLAT, "0110000001", "1000000000", Pattern.OSCILLATING),
        (FLAT, "1111111110", "", Pattern.HISTORICAL),
        (FLAT, "0100000000", "", Pattern.NONE),
    ],
)
def test_each_pattern(z: list[int], hot: str, cold: str, pattern: Pattern):
    flags = [[mark == "1" for mark in each.ljust(10, "0")] for each in (hot, cold)]
    [found] = emerging.courses(z, *flags)
    assert found.pattern is pattern
    assert found.hot is (None if pattern is Pattern.NONE else True)
    assert (found.months_hot, found.months_cold) == (hot.count("1"), cold.count("1"))


def test_a_cold_place_that_grows_colder_is_intensifying():
    [found] = emerging.courses(UP[::-1], [False] * 10, [True] * 10)
    assert (found.pattern, found.hot) == (Pattern.INTENSIFYING, False)


def test_whole_numbers_keep_their_sum():
    assert aoristic.whole([0.5, 0.5, 1.2, 0.8]).tolist() == [1, 0, 1, 1]
    assert aoristic.whole([[2.0, 3.0]]).tolist() == [[2, 3]]


def test_even_days_are_not_called_uneven():
    assert aoristic.uneven([10, 11, 9]) > 0.5
    assert aoristic.uneven([10, 110, 9]) < 0.001
    assert aoristic.uneven([0, 0]) == 1


def test_many_tests_together_are_asked_for_more():
    """One z of 2.2 alone stands out at 5%; among twenty it does not, and one of 5 still does."""
    assert emerging.stands_out([2.2])[0].tolist() == [True]
    hot, cold = emerging.stands_out([[2.2, -5.0] + [0.0] * 18])
    assert not hot.any()
    assert cold.tolist() == [[False, True] + [False] * 18]


def test_a_chosen_set_by_hand():
    """Four areas of one land. Two are chosen: they held 6 of 10, on half the land, where the best half held 8. Before, 6 of 8."""
    found = chosen([5, 1, 3, 1], [4, 2, 1, 1], [True, True, False, False])
    assert (found.caught, found.share, found.area) == pytest.approx((6, 0.6, 0.5))
    assert (found.pai, found.most, found.pei) == pytest.approx((1.2, 1.6, 0.75))
    assert found.rri == pytest.approx(0.75 / 0.6)
    nothing = chosen([0, 2], [1, 1], [True, False])
    assert (nothing.pai, nothing.pei) == (0, 0)
    assert np.isnan(nothing.rri)


@pytest.mark.parametrize(("foreseen", "inside"), [([0, 0], [True, False]), ([1, 1], [False, False]), ([1, 1], [True])])
def test_a_chosen_set_needs_an_area_and_something_foreseen(foreseen: list[int], inside: list[bool]):
    with pytest.raises(ValueError, match="chosen"):
        chosen([1, 2], foreseen, inside)


def test_areas_by_lot_hold_their_number_on_average():
    """One area of four has all: two drawn by lot hold it every other time, so the limits are none and all."""
    found = at_random([8, 0, 0, 0], 2)
    assert (found.share, found.lower, found.upper) == (0.5, 0, 1)
    assert at_random([3, 3, 3], 3).lower == 1
    for came, many in (([0, 0], 1), ([1, 2], 3)):
        with pytest.raises(ValueError, match="drawn"):
            at_random(came, many)
