"""Ages and sexes in bands, people who come back, and scores of areas: small cases worked by hand, and slow plain answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardwise.methods import age_sex, composite, linkage, repeat_people

BANDS = ((0, 9), (10, 17), (18, 120))
NOT_KNOWN = float("nan")


def test_each_event_is_in_its_band_and_sex():
    found = age_sex.profile([9, 10, 17, 18, NOT_KNOWN, 90], [0, 0, 1, 1, 1, 2], BANDS, 3)
    assert found.counts.tolist() == [[1, 0, 0], [1, 1, 0], [0, 1, 1]]
    assert found.unaged.tolist() == [0, 1, 0]


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 120)), st.integers(0, 2))))
def test_a_plain_count_agrees(events):
    ages = np.array([NOT_KNOWN if age is None else age for age, _ in events], dtype=float)
    found = age_sex.profile(ages, [sex for _, sex in events], BANDS, 3)
    plain = [
        [sum(age is not None and low <= age <= high and sex == kind for age, sex in events) for kind in range(3)]
        for low, high in BANDS
    ]
    assert found.counts.tolist() == plain
    assert found.counts.sum() + found.unaged.sum() == len(events)


@pytest.mark.parametrize(
    ("ages", "sexes", "bands"),
    [
        ([1], [0, 1], BANDS),
        ([1], [3], BANDS),
        ([1], [-1], BANDS),
        ([121], [0], BANDS),
        ([1], [0], ()),
        ([1], [0], ((9, 0),)),
        ([1], [0], ((0, 9), (9, 20))),
    ],
)
def test_what_is_not_a_profile_is_refused(ages, sexes, bands):
    with pytest.raises(ValueError, match=r"age|band"):
        age_sex.profile(ages, sexes, bands, 3)


def test_a_group_is_set_beside_its_share_of_residents():
    """Golden row G-31: 27% of victims are 15 to 24; here an eighth of residents are."""
    found = age_sex.quotient(27, 100, 12_500, 100_000)
    assert (found.share, found.residents, found.times) == (0.27, 0.125, pytest.approx(2.16))
    assert (found.lower, found.upper) == (pytest.approx(0.1926, abs=1e-4), pytest.approx(0.3643, abs=1e-4))
    assert age_sex.quotient(0, 5, 1, 1).times == 0


@pytest.mark.parametrize("given_", [(1, 0, 1, 1), (2, 1, 1, 1), (1, 2, 0, 1), (1, 2, 2, 1), (-1, 2, 1, 1)])
def test_no_quotient_without_both_bases(given_):
    with pytest.raises(ValueError, match="quotient"):
        age_sex.quotient(*given_)


def test_people_by_number_of_times_beside_chance():
    """Six people, ten events, twenty people who could have had one: a rate of a half, so Poisson(0.5)."""
    found = repeat_people.steps([1, 1, 1, 2, 2, 3], 20)
    assert [(s.low, s.high, s.people, s.events) for s in found] == [
        (1, 1, 3, 3), (2, 2, 2, 4), (3, 3, 1, 3), (4, 4, 0, 0), (5, 9, 0, 0), (10, None, 0, 0),
    ]  # fmt: skip
    plain = [20 * math.exp(-0.5) * 0.5**k / math.factorial(k) for k in range(40)]
    assert [s.expected for s in found] == pytest.approx([*plain[1:5], sum(plain[5:10]), sum(plain[10:])], abs=1e-9)
    assert all(s.expected is None for s in repeat_people.steps([1, 2]))


def test_the_last_step_holds_enough_people():
    found = repeat_people.steps([1] * 10 + [2] * 3 + [3, 11], 100, fewest=2)
    assert [(s.low, s.high, s.people, s.events) for s in found] == [(1, 1, 10, 10), (2, 2, 3, 6), (3, None, 2, 14)]
    whole = repeat_people.steps([1, 5], 100, fewest=9)
    assert [(s.low, s.high, s.people, s.events) for s in whole] == [(1, None, 2, 6)]
    assert whole[0].expected == pytest.approx(100 * -math.expm1(-0.06))
    assert repeat_people.steps([1, 5], fewest=9)[0].expected is None


@given(st.lists(st.integers(1, 15), min_size=1, max_size=40), st.integers(0, 60), st.integers(0, 8))
def test_steps_hold_everyone_once_and_chance_adds_up(counts, more, fewest):
    people = len(counts) + more
    found = repeat_people.steps(counts, people, fewest=fewest)
    assert sum(s.people for s in found) == len(counts)
    assert sum(s.events for s in found) == sum(counts)
    assert sum(s.expected for s in found) == pytest.approx(people * -math.expm1(-sum(counts) / people))
    once = repeat_people.again(counts, people)
    assert once.people == sum(n > 1 for n in counts)
    assert once.events == sum(n for n in counts if n > 1)
    if len(found) > 1:
        assert once.expected == pytest.approx(sum(s.expected for s in found[1:]), abs=1e-9)
    assert 0 <= once.p <= 1


def test_without_the_number_of_people_there_is_no_chance():
    assert repeat_people.again([1, 2, 2]) == repeat_people.Again(2, 4, None, None)


def test_repeats_beyond_chance_are_told_and_luck_is_not():
    assert repeat_people.again([8] * 10 + [1] * 20, 1000).p < 1e-6
    assert repeat_people.again([1] * 30, 1000).p > 0.5


def test_the_share_on_the_most_often_seen():
    """Ten people, twenty events, one of them with eleven. Chance is worked out the long way: many draws."""
    counts = [11, *([1] * 9)]
    found = repeat_people.top(counts, 0.1)
    assert (found.people, found.observed) == (1, 0.55)
    rng, rate = np.random.default_rng(3), repeat_people.shared_rate(2.0)
    drawn = rng.poisson(rate, 400_000)
    drawn = np.sort(drawn[drawn > 0])[::-1]
    assert found.by_chance == pytest.approx(drawn[: len(drawn) // 10].sum() / drawn.sum(), abs=0.003)
    assert repeat_people.top([1, 1, 1, 1], 0.5) == repeat_people.Top(2, 0.5, 0.5)
    assert repeat_people.top([3, 2, 1], 1.0).by_chance == pytest.approx(1.0)


def test_the_shared_rate_gives_the_mean_of_those_seen():
    for mean in (1.001, 1.5, 4.0, 40.0):
        rate = repeat_people.shared_rate(mean)
        assert rate / -math.expm1(-rate) == pytest.approx(mean)
    assert repeat_people.shared_rate(1.0) == 0


@pytest.mark.parametrize("counts", [[], [0], [1.5], [[1]]])
def test_counts_that_are_none_are_refused(counts):
    with pytest.raises(ValueError, match="whole numbers"):
        repeat_people.steps(counts)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="more people"):
        repeat_people.again([1, 1], 1)
    with pytest.raises(ValueError, match="fraction"):
        repeat_people.top([1], 0.0)


def test_weights_are_counted_on_labelled_pairs():
    """Nine of ten true pairs and one of four others are at level 0; half is added to each count (Jeffreys)."""
    levels = [0] * 9 + [1] + [0] + [1] * 3 + [-1, -1]
    matched = [True] * 10 + [False] * 4 + [True, False]
    found = linkage.weights(levels, matched, 2)
    assert found.m == pytest.approx([9.5 / 11, 1.5 / 11])
    assert found.u == pytest.approx([1.5 / 5, 3.5 / 5])
    assert found.bits == pytest.approx([math.log2(9.5 / 11 / 0.3), math.log2(1.5 / 11 / 0.7)])
    for wrong in (([0], [True], 1), ([0], [False], 1), ([2], [True], 2), ([-2], [True], 2), ([0, 1], [True], 2)):
        with pytest.raises(ValueError, match=r"weights need|one level"):
            linkage.weights(*wrong)


def test_precision_and_recall_count_pairs_that_were_never_compared():
    found = linkage.quality([0.99, 0.95, 0.9, 0.2], [True, True, False, True], 0.9, missed=1)
    assert (found.taken, found.right, found.true) == (3, 2, 4)
    assert (found.precision[0], found.recall[0]) == (2 / 3, 0.5)
    assert found.precision[1] < 2 / 3 < found.precision[2]
    none = linkage.quality([0.1], [True], 0.9)
    assert (none.taken, none.recall[0], math.isnan(none.precision[0])) == (0, 0.0, True)
    with pytest.raises(ValueError, match="one label"):
        linkage.quality([0.1], [True, False], 0.5)


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), st.booleans()), max_size=30))
def test_the_lowest_threshold_is_that_of_trying_them_all(pairs):
    chance, same = [p for p, _ in pairs], [s for _, s in pairs]
    good = [
        t for t in sorted(set(chance)) if sum(s for p, s in pairs if p >= t) >= 0.8 * sum(p >= t for p in chance) - 1e-9
    ]
    assert linkage.lowest_threshold(chance, same, 0.8) == (good[0] if good else None)


def test_places_among_the_others_by_rank():
    assert composite.by_rank([10.0, 30.0, 20.0]).tolist() == [0.0, 1.0, 0.5]
    assert composite.by_rank([1.0, 1.0, 2.0, NOT_KNOWN]).tolist()[:3] == [0.25, 0.25, 1.0]
    assert composite.by_rank([5.0, 5.0]).tolist() == [0.5, 0.5]
    assert composite.by_rank([5.0]).tolist() == [0.5]
    assert np.isnan(composite.by_rank([NOT_KNOWN])).all()


def test_distances_from_the_mean_end_at_three_deviations():
    found = composite.by_deviation([-1.0, 1.0, NOT_KNOWN])
    assert found[:2].tolist() == pytest.approx([(3 - 1) / 6, (3 + 1) / 6])
    assert math.isnan(found[2])
    assert composite.by_deviation([7.0, 7.0]).tolist() == [0.5, 0.5]
    assert composite.by_deviation([0.0] * 30 + [9.0])[-1] == 1.0
    assert np.isnan(composite.by_deviation([NOT_KNOWN])).all()


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=1, max_size=20))
def test_ranks_agree_with_counting_one_by_one(values):
    known = [v for v in values if v is not None]
    found = composite.by_rank([NOT_KNOWN if v is None else v for v in values])
    for value, part in zip(values, found, strict=True):
        if value is None:
            assert math.isnan(part)
        elif len(known) > 1:
            others = sorted(known)
            others.remove(value)
            plain = sum(1.0 if o < value else 0.5 if o == value else 0.0 for o in others) / len(others)
            assert part == pytest.approx(plain)


def test_agreement_is_spearmans():
    from scipy.stats import spearmanr

    x, y = [1.0, 5.0, 3.0, 3.0, 9.0, NOT_KNOWN], [2.0, 4.0, 8.0, 1.0, 9.0, 1.0]
    assert composite.agreement(x, y) == pytest.approx(spearmanr(x[:5], y[:5]).statistic)
    assert math.isnan(composite.agreement([1, 2], [1, 2]))
    assert math.isnan(composite.agreement([1, 1, 1], [1, 2, 3]))
    for wrong in ([[1.0]], [math.inf, 1.0]):
        with pytest.raises(ValueError, match="list of numbers"):
            composite.by_rank(wrong)
