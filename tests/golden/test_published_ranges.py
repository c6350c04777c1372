"""What the published figures imply: golden-cases.md G-25 to G-27, G-30, G-32 and G-33. Ranges are the truth, not a point within
them; ours hold whole numbers that fit, so an end may lie one inside the bound that a division gives."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.factories.sentences import sentences
from tests.factories.tables import fill, link
from wardwise.analysis import returns
from wardwise.analysis.claimed import change_fits
from wardwise.claims import check_file
from wardwise.methods import checksum
from wardwise.methods.grim import possible_counts
from wardwise.methods.rates import crude_rate
from wardwise.records.periods import Period


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


TABLE_1 = """Ages

Group\tBlackpool\tEngland
Aged 0-17\t21%\t21%
Aged 18-24\t9%\t9%
Aged 25-59\t45%\t47%
Aged 60+\t26%\t23%
Total\t100%\t100%

Ethnicity

Group\tBlackpool\tEngland
White British\t94%\t80%
White other\t3%\t6%
Mixed\t1%\t2%
Asian\t2%\t8%
Black\t0.2%\t3%
Other\t0.2%\t1%
Total\t100%\t100%
"""
TABLE_2 = """Claimants

Group\tNumber
Job seekers\t4,800
ESA and incapacity benefits\t10,670
Lone parents\t1,720
Carers\t2,070
Others on income related benefits\t630
Disabled\t1,600
Bereaved\t190
Total claimants\t20,310
"""


def sums_doubted(folder: Path, text: str) -> list[str]:
    """Why the claim checker doubts that the parts of a table make its total."""
    file = folder / "report.txt"
    file.write_text(text, encoding="utf-8")
    return [doubt.why for doubt in check_file(file) if doubt.check == "sum"]


@pytest.mark.parametrize("shares", [(21, 9, 45, 26), (21, 9, 47, 23), (80, 6, 2, 8, 3, 1), (62, 11, 26), (64, 18, 17)])
def test_g32_rounded_shares_may_miss_100_by_their_rounding(shares: tuple[int, ...]):
    """S1, table 1: the ages of Blackpool add up to 101%, which the rounding of each part explains. Six points less would not be."""
    given, whole = [Decimal(share) for share in shares], Decimal(100)
    assert checksum.parts(whole, given).agrees
    assert not checksum.parts(whole, [given[0] - 6, *given[1:]]).agrees


def test_g32_the_checker_lets_it_pass(tmp_path: Path):
    assert sums_doubted(tmp_path, TABLE_1) == []


def test_g33_the_benefit_groups_do_not_make_their_totals(tmp_path: Path):
    """S1, table 2: 20,310 claimants, and 16,390 of key out-of-work benefits; the groups make 21,680 and 17,820."""
    groups = {"JSA": 4_800, "ESA": 10_670, "lone parents": 1_720, "carers": 2_070, "others": 630, "disabled": 1_600}
    groups |= {"bereaved": 190}
    every = checksum.parts(Decimal(20_310), [Decimal(n) for n in groups.values()])
    assert (int(abs(every.difference)), every.agrees) == (1_370, False)
    out_of_work = [Decimal(groups[name]) for name in ("JSA", "ESA", "lone parents", "others")]
    some = checksum.parts(Decimal(16_390), out_of_work)
    assert (int(abs(some.difference)), some.agrees) == (1_430, False)
    [why] = sums_doubted(tmp_path, TABLE_2)
    assert "21,680" in why
    assert sums_doubted(tmp_path, TABLE_2.replace("20,310", "21,680")) == []


KPIS = ("£1.4m", "Over 290", "over 250 public", "in excess of 8,000")
"""G-27 (S5): where its totals are printed."""
HUB = "E06000008"
"""Blackburn with Darwen, where the CCTV hub is."""


def test_g27_totals_alone_are_not_doubted_and_are_kept_as_returned(shared: Path, tmp_path: Path):
    """S5: 250 and more cameras, about 50 of traffic control, over 8,000 incidents, 1,184 reviews, 886 arrests; £1.4m for refuges, over 290
    women. No total is part of another, so the checker must leave them alone; a made-up share of them that cannot be is found."""
    [report] = (shared / "seeds").glob("004_*.txt")
    lines = report.read_text(encoding="utf-8").splitlines()
    places = {f"line {at}" for at, line in enumerate(lines, 1) if any(kpi in line for kpi in KPIS)}
    assert len(places) == 4
    assert [doubt for doubt in check_file(report) if doubt.place in places] == []
    hub = next(line for line in lines if "886 arrests" in line)
    for share, wrong in ((36, False), (37.45, True)):
        file = tmp_path / "hub.txt"
        file.write_text(
            f"{hub}\n\nThere were 886 arrests. Of these arrests, {share}% (n=319) were at night.\n", encoding="utf-8"
        )
        found = [doubt for doubt in check_file(file) if doubt.check == "possible"]
        assert bool(found) is wrong, share


def test_g27_the_hubs_totals_are_said_as_its_return_states_them(tmp_path: Path):
    """The same numbers as a service's return: said with their months, and none made of what was not returned."""
    year = {"area_code": HUB, "month": "2016-04", "months": 12, "service": "CCTV"}
    rows = [{**year, "measure": "incidents", "count": 8_000.0}, {**year, "measure": "arrests", "count": 886.0}]
    made = fill(tmp_path / "store", area_links=[link(HUB, "E23000003", "district in force")], service_returns=rows).at()
    found = returns.stated(made, ["cctv-incidents", "cctv-arrests", "cctv-assaults"], HUB, Period("2016-04", "2017-03"))
    said = sentences(found)
    assert any("8,000" in each for each in said) and any("886" in each for each in said)
    assert "not supplied" in said[2]
