from __future__ import annotations

import pytest

from wardwise.records.errors import WardwiseError
from wardwise.records.figures import Key, Vintage
from wardwise.records.periods import Period, shift


def test_periods_are_labelled_as_people_say_them():
    assert Period("2016-04", "2016-08").label() == "April to August 2016"
    assert Period("2021-11", "2022-10").label() == "November 2021 to October 2022"
    assert Period.of("2022-10").label() == "October 2022"


def test_months_cross_the_year():
    assert Period("2019-11", "2020-02").months() == ("2019-11", "2019-12", "2020-01", "2020-02")
    assert shift("2020-01", -1) == "2019-12"


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(WardwiseError, match="ends"):
        Period("2020-02", "2020-01")


def test_a_month_that_is_not_one_says_how_to_write_it():
    with pytest.raises(WardwiseError, match="YYYY-MM"):
        Period("2020-13", "2020-13")


def test_a_figures_key_and_vintage_survive_being_written_and_read():
    key = Key("recorded-crime", "E06000009", Period.of("2022-10"), (("crime_type", "Violence and sexual offences"),))
    assert Key.of(key.text()) == key
    vintage = Vintage("1a2b3c4d", (("street_crime", 12), ("population", 3)))
    assert Vintage.of(vintage.text()) == vintage
