"""What the published figures imply: golden-cases.md G-25, G-26, G-30 and G-32 to G-34. Ranges are the truth, not a point within
them; ours hold whole numbers that fit, so an end may lie one inside the bound that a division gives."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wardwise.analysis.claimed import change_fits
from wardwise.methods.grim import possible_counts
from wardwise.methods.rates import crude_rate


def ends(found: range) -> tuple[int, int]:
    return found[0], found[-1]


def test_g25_a_rate_of_95_fixes_the_population_of_pennine_lancashire():
    """S5: 29,552 crimes in 2017/18, 95 for every 1,000 residents."""
    fits = [n for n in range(300_000, 320_000) if round(float(crude_rate(29_552, n, 1000).value)) == 95]
    assert (fits[0], fits[-1]) == (309_446, 312_719)


def test_g25_shares_of_40_and_39_percent_fix_the_counts():
    assert ends(possible_counts(Decimal("40"), 29_552)) == (11_674, 11_968)
    assert ends(possible_counts(Decimal("39"), 29_552)) == (11_378, 11_673)


def test_g26_a_fall_of_15_percent_to_15579_fixes_the_earlier_count():
    """S5: 15,579 incidents of anti-social behaviour, 15% fewer than in 2013/14."""
    fits = [before for before in range(17_000, 20_000) if change_fits(Decimal("15"), before, 15_579)]
    assert (fits[0], fits[-1]) == (18_222, 18_436)


def test_g30_a_rate_of_users_fixes_the_residents_it_is_of():
    """S1: 1,822 opiate and crack users are 21.89 for every 1,000 residents aged 15 to 64."""
    fits = [n for n in range(80_000, 90_000) if f"{float(crude_rate(1_822, n, 1000).value):.2f}" == "21.89"]
    assert fits[0] <= 83_234 <= fits[-1]


def test_g30_six_percent_of_141400_is_8484():
    assert 8_484 in possible_counts(Decimal("6"), 141_400)
    assert 141_400 * 6 // 100 == 8_484


@pytest.mark.parametrize("shares", [(21, 9, 45, 26), (21, 9, 47, 23), (94, 3, 1, 2, 0.2, 0.2), (80, 6, 2, 8, 3, 1)])
def test_g32_rounded_shares_may_miss_100_by_their_rounding(shares: tuple[float, ...]):
    """S1, table 1: the ages of Blackpool add up to 101%. Half a step for each whole percent is allowed, and no more."""
    assert abs(sum(shares) - 100) <= 0.5 * sum(float(share).is_integer() for share in shares) + 0.05 * len(shares)


def test_g33_the_benefit_groups_do_not_make_their_totals():
    """S1, table 2: 20,310 claimants, and 16,390 of key out-of-work benefits."""
    groups = {
        "JSA": 4_800,
        "ESA": 10_670,
        "lone parents": 1_720,
        "carers": 2_070,
        "others": 630,
        "disabled": 1_600,
        "bereaved": 190,
    }
    assert sum(groups.values()) - 20_310 == 1_370
    assert sum(groups[name] for name in ("JSA", "ESA", "lone parents", "others")) - 16_390 == 1_430
