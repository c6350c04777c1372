"""Ages and sexes in bands, people who come back, and scores of areas: small cases worked by hand, and slow plain answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardwise.methods import age_sex

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
